import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from press_themes.stories.grouping import group_pairs


def group(n, pairs, together=None, unseen=-3.0):
    left, right, evidence = (np.array(part) for part in zip(*pairs, strict=True))
    alone = np.arange(n) if together is None else np.array(together)
    return group_pairs(n, left, right, evidence.astype(float), unseen, alone).tolist()


def test_what_speaks_for_one_story_joins_and_what_speaks_against_does_not():
    assert group(4, [(0, 1, 2.0), (2, 3, -1.0)]) == [0, 0, 2, 3]


def test_one_doubtful_link_does_not_join_two_stories():
    inside = [(0, 1, 4.0), (0, 2, 4.0), (1, 2, 4.0), (3, 4, 4.0), (3, 5, 4.0), (4, 5, 4.0)]
    assert group(6, [*inside, (2, 3, 3.0)]) == [0, 0, 0, 3, 3, 3]


def test_a_chain_of_single_links_does_not_become_one_story():
    assert len(set(group(6, [(at, at + 1, 2.0) for at in range(5)]))) > 1


def test_reprints_stay_together_whatever_speaks_against_it():
    assert group(3, [(0, 1, -9.0), (1, 2, -9.0)], together=[7, 7, 8]) == [0, 0, 2]


def test_a_link_of_one_reprint_counts_for_its_family_as_a_whole():
    assert group(3, [(0, 2, 5.0), (1, 2, 4.0)], together=[0, 0, 1]) == [0, 0, 0]


pairs_of = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7), st.floats(-5, 5, width=32)),
    max_size=20,
).map(
    lambda found: list(
        {(min(a, b), max(a, b)): (min(a, b), max(a, b), e) for a, b, e in found if a != b}.values()
    )
)


@given(pairs_of, st.randoms())
def test_the_order_of_the_pairs_does_not_matter(pairs, random):
    if not pairs:
        return
    shuffled = random.sample(pairs, len(pairs))
    assert group(8, pairs) == group(8, shuffled)


@given(pairs_of)
def test_every_group_is_named_by_its_smallest_row(pairs):
    if not pairs:
        return
    found = group(8, pairs)
    assert all(found[name] == name <= row for row, name in enumerate(found))
