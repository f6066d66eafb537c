from press_themes.identifiers import content_id, number_copies


def test_equal_parts_have_equal_identifiers_and_parts_do_not_run_together() -> None:
    assert content_id("a", "b") == content_id("a", "b")
    assert content_id("ab", "c") != content_id("a", "bc")
    assert len(content_id("\ud800 lone surrogate")) == 16


def test_copies_are_numbered_in_order() -> None:
    assert number_copies(["x", "y", "x", "x"]) == ["x", "y", "x-2", "x-3"]
