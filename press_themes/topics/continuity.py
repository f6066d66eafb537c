"""Topics that go on: the topics of a former run looked for in a new corpus, and what is new beside them.

Both runs are grouped together. What lies in groups that hardly hold a story of the former run is new;
every other passage goes where those beside it are, or stays outside if it lies too far from them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from press_themes.topics.clustering import TopicSettings
from press_themes.topics.topics import OUTLIER, Topics, discover_topics, measure_strength

# Former passages that decide where a new one belongs.
_NEAREST = 5
# A group is new if the share of former stories in it is at most this part of their share of all, and if
# chance alone has that few in it; of the groups called new this share may be wrong.
_LEAST_FORMER = 0.5
_FALSE_DISCOVERIES = 0.1
# A passage apart from a topic's others joins it when it lies nearer its centre than this share of them do.
_REACH_QUANTILE = 0.1
# A passage grouped with others of its topic stays outside when it lies farther from the centre than all
# but this share of the former passages do from theirs.
_FAR_QUANTILE = 0.01
# Passages of the former run that take part, at most.
_MOST = 20_000
_ROWS = 2_000
_COLUMNS = ["passage_id", "article_id", "text", "language"]


class Former(NamedTuple):
    """What a new run takes over from a former one.

    Attributes
    ----------
    passages : DataFrame
        ``passage_id, article_id, text, language, topic`` of the former run, and of what it
        remembered of runs before it.
    memory : DataFrame
        Its topics, from `remember_topics`.
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Its aligned vectors, rows as in `passages`.
    shifts : DataFrame
        Its shifts of languages.
    """

    passages: pd.DataFrame
    memory: pd.DataFrame
    vectors: np.ndarray
    shifts: pd.DataFrame


def find_topics(
    passages: pd.DataFrame,
    vectors: np.ndarray,
    settings: TopicSettings = TopicSettings(),
    former: Former | None = None,
    titles: pd.DataFrame | None = None,
) -> Topics:
    """Find topics: those of a former run where there is one, and new ones beside them.

    Parameters
    ----------
    passages : DataFrame
        With ``passage_id``, ``article_id``, ``text`` and ``language``.
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Vectors of unit length, aligned as those of the former run.
    settings : TopicSettings
        Granularity, sample size and seed.
    former : Former, optional
        The run that this one continues.
    titles : DataFrame, optional
        ``article_id, vector`` from `embed_titles`, for a run of its own: of a former run no
        headlines are kept, and passages must be read alike in both.

    Returns
    -------
    Topics
        Those of `discover_topics` for a run of its own. Otherwise a passage that the former run
        held keeps its topic, and both runs are grouped together, at the granularity set and at the
        finest. Where articles of the former run are far rarer in a group than among all, beyond
        chance, its passages are a new topic, and so is a group at the granularity set that holds
        none of the former run; new topics take numbers never used before. Every other passage goes
        where most of its nearest are. Where neither of its groups holds a former passage of that
        topic, it must lie nearer the topic's centre than one in ten of these; in any case nearer
        than one in a hundred of all former passages lies to its own. Else it is an outlier.

    Notes
    -----
    Rarer than chance has it is judged by the binomial distribution, with the false discovery rate
    held at 10 % (Benjamini and Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x).
    """
    if former is None:
        return discover_topics(passages, vectors, settings, titles)
    held, fresh = _hold(passages, former)
    others = np.flatnonzero(~former.passages["passage_id"].isin(passages["passage_id"]))
    pool = _draw(others, settings)
    both = pd.concat([passages[_COLUMNS], former.passages.iloc[pool][_COLUMNS]], ignore_index=True)
    joint = _group(both, np.vstack([vectors, former.vectors[pool]]), settings)
    is_former = np.concatenate([~fresh, np.ones(len(pool), dtype=bool)])
    new = _find_new(joint, both["article_id"].to_numpy(), is_former)[: len(passages)]
    free = 1 + max([OUTLIER, *former.memory["topic"]])
    placed, left = fresh & (new != OUTLIER), fresh & (new == OUTLIER)
    topic = np.where(placed, new + free, held)
    topic[left] = _vote(vectors[left], vectors[placed], topic[placed], former, settings)
    known = np.concatenate([held, former.passages["topic"].to_numpy(dtype="int64")[pool]])
    groups = joint.topics.assignments["topic"].to_numpy()
    among = _share_group(topic, joint.fine, known, is_former)
    among |= _share_group(topic, groups, known, is_former)
    topic[left & ~_is_within_reach(vectors, topic, placed, among, former)] = OUTLIER
    own = joint.topics.assignments.head(len(passages))
    raw = np.where(left & (own["topic_raw"].to_numpy() == OUTLIER), OUTLIER, topic)
    strength = measure_strength(vectors, topic)
    assignments = own.assign(topic=topic, topic_raw=raw, topic_strength=strength)
    # What an analyst merged into another topic is not silent.
    sought = former.memory.loc[former.memory["status"] != "merged", "topic"]
    return Topics(assignments, {**joint.topics.regime, **_say(topic, set(sought))})


def find_free_number(former: Former | None) -> int:
    """Return the least number that a new topic may take: above all of the former run.

    Parameters
    ----------
    former : Former or None
        The run that is continued.

    Returns
    -------
    int
        0 for a run of its own.
    """
    return 0 if former is None else 1 + max([OUTLIER, *former.memory["topic"]])


class _Joint(NamedTuple):
    """Both runs grouped together.

    Attributes
    ----------
    topics : Topics
        At the granularity that is set.
    fine : ndarray of int, shape (n_passages,)
        At the finest, in which what is new and small stands by itself.
    """

    topics: Topics
    fine: np.ndarray


def _group(passages: pd.DataFrame, vectors: np.ndarray, settings: TopicSettings) -> _Joint:
    topics = discover_topics(passages, vectors, settings)
    return _Joint(topics, topics.assignments["topic_fine"].to_numpy())


def _find_new(joint: _Joint, articles: np.ndarray, is_former: np.ndarray) -> np.ndarray:
    """Return new topics from 0, the largest first: the new passages of one group, or of a fine one."""
    groups = joint.topics.assignments["topic"].to_numpy()
    beside = np.where(joint.fine == OUTLIER, OUTLIER, joint.fine + 1 + groups.max(initial=OUTLIER))
    rare = _find_rare(np.vstack([groups, beside]), articles, is_former)
    # A topic of which the former run tells nothing has nowhere else to go, however small.
    alone = np.setdiff1d(groups[~is_former], [*groups[is_former], OUTLIER])
    new = (np.isin(groups, [*rare, *alone]) | np.isin(beside, rare)) & ~is_former
    named = np.where(groups == OUTLIER, beside, groups)
    numbers, counts = np.unique(named[new], return_counts=True)
    following = {
        number: rank for rank, number in enumerate(numbers[np.argsort(-counts, kind="stable")])
    }
    return np.array(
        [following[name] if own else OUTLIER for name, own in zip(named, new, strict=True)]
    )


def _find_rare(levels: np.ndarray, articles: np.ndarray, is_former: np.ndarray) -> np.ndarray:
    """Return the groups, of all levels, in which articles of the former run are rarer than chance has it."""
    from scipy.stats import binom, false_discovery_control

    rows = pd.DataFrame(
        {
            "group": levels.reshape(-1),
            "article": np.tile(articles, len(levels)),
            "is_former": np.tile(is_former, len(levels)),
        }
    ).sort_values("is_former", kind="stable")
    expected = rows.drop_duplicates("article", keep="last")["is_former"].mean()
    # Passages of one article are no independent evidence.
    told = rows[rows["group"] != OUTLIER].drop_duplicates(["group", "article"], keep="last")
    counted = told.groupby("group")["is_former"].agg(["sum", "size"])
    if counted.empty:
        return np.array([], dtype=int)
    # Where the former run held nothing, everything is new.
    chance = (
        binom.cdf(counted["sum"], counted["size"], expected) if expected else 0.0 * counted["sum"]
    )
    beyond = false_discovery_control(chance) <= _FALSE_DISCOVERIES
    rare = counted["sum"] <= _LEAST_FORMER * expected * counted["size"]
    return counted.index[rare & beyond].to_numpy()


def _hold(passages: pd.DataFrame, former: Former) -> tuple[np.ndarray, np.ndarray]:
    """Return the topics that the former run gave, and which rows it did not hold."""
    known = former.passages.drop_duplicates("passage_id").set_index("passage_id")["topic"]
    held = known.reindex(passages["passage_id"])
    return np.array(held.fillna(OUTLIER), dtype="int64"), held.isna().to_numpy()


def _draw(rows: np.ndarray, settings: TopicSettings) -> np.ndarray:
    """Return the rows that take part: all, or a sample."""
    if len(rows) <= _MOST:
        return rows
    return np.sort(np.random.default_rng(settings.seed).choice(rows, _MOST, replace=False))


def _vote(
    own: np.ndarray,
    placed: np.ndarray,
    topics_placed: np.ndarray,
    former: Former,
    settings: TopicSettings,
) -> np.ndarray:
    """Return the topic of most of the nearest former or placed passages; of equal ones the nearer."""
    pool = _draw(np.arange(len(former.passages)), settings)
    beside = _draw(np.arange(len(placed)), settings)
    near = np.vstack([former.vectors[pool], placed[beside]])
    before = former.passages["topic"].to_numpy(dtype="int64")
    topics = np.concatenate([before[pool], topics_placed[beside]])
    voted = np.full(len(own), OUTLIER)
    if len(near) == 0:
        return voted
    for rows in _parts(len(own)):
        nearest = _list_nearest(own[rows] @ near.T, min(_NEAREST, len(near)))
        votes = topics[nearest]
        agreement = (votes[:, :, None] == votes[:, None, :]).sum(axis=2)
        voted[rows] = votes[np.arange(len(rows)), agreement.argmax(axis=1)]
    return voted


def _share_group(
    topic: np.ndarray, groups: np.ndarray, known: np.ndarray, is_former: np.ndarray
) -> np.ndarray:
    """Whether the group of each passage holds a former one of the passage's topic."""
    pairs = {
        (group, own)
        for group, own in zip(groups[is_former], known[is_former], strict=True)
        if group != OUTLIER
    }
    own_groups = groups[: len(topic)]
    return np.array([pair in pairs for pair in zip(own_groups, topic, strict=True)], dtype=bool)


def _is_within_reach(
    vectors: np.ndarray,
    topic: np.ndarray,
    placed: np.ndarray,
    among: np.ndarray,
    former: Former,
) -> np.ndarray:
    """Whether each passage lies near its topic's centre: as those of the topic do, or as any do."""
    before = former.passages["topic"].to_numpy()
    nearness, bar = np.full(len(topic), -np.inf), np.full(len(topic), np.inf)
    everywhere = []
    for number in np.unique(topic[topic != OUTLIER]):
        known = np.vstack([former.vectors[before == number], vectors[placed & (topic == number)]])
        total = known.sum(axis=0)
        # A passage lies nearer to a centre that it helped to place: each is held against the others'.
        rest = total - known
        others = (known * rest).sum(axis=1) / np.maximum(np.linalg.norm(rest, axis=1), 1e-12)
        members = topic == number
        nearness[members] = vectors[members] @ _unit(total)
        bar[members] = np.quantile(others, _REACH_QUANTILE)
        everywhere.append(others)
    if everywhere:
        # A topic of five passages does not say how far out its sixth may lie.
        bar[among] = np.quantile(np.concatenate(everywhere), _FAR_QUANTILE)
    return nearness >= bar


def _list_nearest(similarity: np.ndarray, count: int) -> np.ndarray:
    best = np.argpartition(-similarity, count - 1, axis=1)[:, :count]
    order = np.argsort(-np.take_along_axis(similarity, best, axis=1), axis=1, kind="stable")
    return np.take_along_axis(best, order, axis=1)


def _parts(count: int) -> list[np.ndarray]:
    return [np.arange(start, min(start + _ROWS, count)) for start in range(0, count, _ROWS)]


def _say(topic: np.ndarray, known: set[int]) -> dict[str, Any]:
    here = {int(number) for number in topic if number != OUTLIER}
    counts = {
        "continued": len(here & known),
        "new": len(here - known),
        "silent": len(known - here),
    }
    return {
        "continued": counts,
        "sentence": {
            "en": f"The topics of the former run were looked for here: {counts['continued']} go on, "
            f"{counts['silent']} have no passage; {counts['new']} are new, found among the passages "
            "that lie near none of them.",
            "fr": "Les sujets de l’exécution précédente ont été cherchés ici : "
            f"{counts['continued']} se poursuivent, {counts['silent']} n’ont aucun passage ; "
            f"{counts['new']} sont nouveaux, trouvés parmi les passages éloignés de tous.",
        },
    }


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / max(float(np.linalg.norm(vector)), 1e-12)
