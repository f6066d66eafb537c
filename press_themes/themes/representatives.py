"""Representatives: the passages that show best what a theme or topic is, one a story.

They are the strongest members themselves, not texts composed from them.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import pandas as pd


def choose_representatives(
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    members: Mapping[Hashable, Sequence[int]],
    strengths: Mapping[Hashable, Sequence[float]],
    count: int = 3,
) -> dict[Hashable, list[str]]:
    """Choose the passages that represent groups.

    Parameters
    ----------
    passages : DataFrame
        With ``passage_id`` and ``article_id``.
    articles : DataFrame
        With ``article_id`` and ``family_id``, which names the story.
    members : mapping of group to sequence of int
        Row numbers of the passages of each group.
    strengths : mapping of group to sequence of float
        How strongly each member belongs, in the order of `members`.
    count : int
        Passages a group at most.

    Returns
    -------
    dict of group to list of str
        Passage ids, the strongest first, no two of one story.
    """
    stories = articles.set_index("article_id")["family_id"]
    story = passages["article_id"].map(stories).to_numpy()
    identifiers = passages["passage_id"].to_numpy()
    chosen: dict[Hashable, list[str]] = {}
    for group, rows in members.items():
        ranked = sorted(
            zip(rows, strengths[group], strict=True), key=lambda m: (-m[1], identifiers[m[0]])
        )
        seen: set[str] = set()
        chosen[group] = []
        for row, _ in ranked:
            if story[row] not in seen and len(chosen[group]) < count:
                seen.add(story[row])
                chosen[group].append(str(identifiers[row]))
    return chosen
