from pathlib import Path

from articles_for_tests import read_member

from press_themes.articles.formats import Record, Unusable
from press_themes.articles.formats.members import Member, depth, read_members
from press_themes.errors import InputError


def read(members, reader=read_member, path="a.zip", first=0):
    return list(read_members(iter(members), Path(path), reader, first))


def test_members_are_counted_through_the_container_and_named():
    table = b"title,text\nA,one\nB,\nC,three\n"
    found = read([Member("x/t.csv", table), Member("n.txt", b"Just words.")], first=1)
    assert [item.position for item in found] == [1, 2, 3, 4]
    assert [item.place for item in found][1:] == ["x/t.csv, row 3", "x/t.csv, row 4", "n.txt"]
    assert [type(item).__name__ for item in found] == ["Record", "Unusable", "Record", "Record"]


def test_the_path_tells_where_a_member_lies():
    seen = []

    def reader(path, data):
        seen.append(path)
        return iter(())

    read([Member("b/c.txt", b"")], reader)
    assert seen == [Path("a.zip!/b/c.txt")]
    assert (depth(seen[0]), depth(Path("a.zip"))) == (1, 0)


def test_one_bad_member_costs_only_itself():
    def reader(path, data):
        if data == b"bad":
            raise InputError(path, "is bad", "mend it", "line 3")
        if data == b"odd":
            raise KeyError("odd")
        return iter([Record("x"), Unusable(None, "", "a note", "nothing")])

    found = read([Member("a", b"bad"), Member("b", b"odd"), Member("c", b"")], reader)
    assert found[0] == Unusable(None, "a", "line 3: is bad", "mend it", "a")
    assert found[1].cause == "could not be read (KeyError: 'odd')"
    assert (found[2].position, found[2].place) == (0, "c")
    assert found[3] == Unusable(None, "c", "a note", "nothing", "c")
    assert [item.member for item in found] == ["a", "b", "c", "c"]


def test_a_member_may_break_off_while_it_is_read():
    def reader(path, data):
        yield Record("x")
        raise InputError(path, "breaks off", "save it again")

    found = read([Member("a", b"")], reader)
    assert (found[0].text, found[1].cause) == ("x", "breaks off")


def test_containers_are_not_followed_for_ever():
    found = read([Member("d", b"words")], path="a!/b!/c!/x")
    assert "too many archives" in found[0].cause
