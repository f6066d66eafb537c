from press_themes.errors import first_line


def test_an_error_without_a_message_is_named_by_its_kind() -> None:
    assert first_line(ValueError("wrong\nat line 2")) == "wrong"
    assert first_line(TimeoutError()) == first_line(TimeoutError("\n")) == "TimeoutError"
