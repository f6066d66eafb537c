from contextlib import closing

import pytest

from press_themes.articles.row_store import RowStore


@pytest.fixture
def store():
    with closing(RowStore({"notes": ("path", "line", "text")})) as made:
        made.add("notes", [("b", 2, "two"), ("a", None, "none"), ("b", 1, "one")])
        yield made


def test_rows_come_back_as_they_were_added(store):
    assert store.count("notes") == 3
    assert store.rows("notes", [3, 1]) == [("b", 1, "one"), ("b", 2, "two")]
    assert store.value("notes", "text", 2) == "none"
    assert [row for batch in store.batches("notes") for row in batch][1] == ("a", None, "none")


def test_columns_come_in_order_with_the_number_of_their_row(store):
    assert store.columns("notes", "text", order=("path", "line")) == [
        (2, "none"),
        (3, "one"),
        (1, "two"),
    ]


def test_values_are_counted_the_most_frequent_first(store):
    assert list(store.counts("notes", "path").items()) == [("b", 2), ("a", 1)]


def test_many_rows_come_in_batches(store):
    store.add("notes", (("c", number, "x") for number in range(12_000)))
    sizes = [len(batch) for batch in store.batches("notes")]
    assert sum(sizes) == 12_003
    assert max(sizes) < 12_003


def test_half_a_character_is_replaced(store):
    store.add("notes", [("\ud83d.txt", 1, "é")])
    assert store.rows("notes", [4]) == [("?.txt", 1, "é")]


def test_what_cannot_be_put_aside_is_told_with_its_mend():
    store = RowStore({"notes": ("text",)})
    store._database.execute("PRAGMA max_page_count = 40")
    with closing(store), pytest.raises(OSError, match="set TMPDIR to a folder with more room"):
        store.add("notes", [("x" * 100_000,)] * 100)
