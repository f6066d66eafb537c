"""How well stories are linked, what the links rest on, and what it costs.

`python bench/stories.py [fit] [score] [size N]`: `fit` writes press_themes/stories/link_model.json,
`score` prints precision and recall by set and writes press_themes/stories/link_quality.csv, `size`
links N articles of drawn text and vectors. Every set is halved by story: the model is fitted on one
half and scored on the other; sets that are not named in `_FITTED` are only scored.
"""

from __future__ import annotations

import json
import resource
import sys
import time
import zlib
from functools import lru_cache

import numpy as np
import pandas as pd
from story_sets import PRESS, ROOT, StorySet, load_set

from press_themes.stories import linking
from press_themes.stories.linking import StorySettings, join_links, link_stories, weigh_links
from press_themes.vectors.continued_alignment import align_languages
from press_themes.vectors.encoders import load_encoder
from press_themes.vectors.parallel import embed_parallel_sentences

_MODEL = ROOT / "press_themes/stories/link_model.json"
_QUALITY = ROOT / "press_themes/stories/link_quality.csv"
_WEIGHED = {
    "two_languages": ["standing", "gap", "names", "words", "sounds", "mute"],
    "one_language": ["standing", "gap", "match", "best", "names", "overlap", "words"],
}
# Halves of one article stand for two reports in one language, of which the sets have none.
_FITTED = ["ntrex", "thirds", "incidents", "ntrex cut", "swahili cut"]
_TRIED = ["ntrex", "thirds", "incidents", "ntrex cut"]
_OTHERS = [
    "incidents undated",
    "corpus",
    "corpus_all",
    "memos",
    "posts",
    "seeds",
    "look_alikes",
    "look_alikes in corpus",
]
# Stories of two outlets that on reading report one event, beside those the set marks: a vote on the
# name of Macedonia, and a speech of the minister of North Korea.
_SAME_EVENT = {
    "rt.com.91337": "macedonia_vote",
    "reuters.218932": "macedonia_vote",
    "cnbc.com.6769": "north_korea_speech",
    "reuters.218861": "north_korea_speech",
}
_MOST_UNDATED = 20_000
_LINES = np.round(np.concatenate([np.arange(0.05, 0.95, 0.05), [0.93, 0.95, 0.97, 0.98, 0.99]]), 2)


@lru_cache(maxsize=4)
def prepare(name: str, half: int | None, aligned: bool = True) -> StorySet:
    """Return a set, or a half of its stories, with the languages of its vectors aligned."""
    base, _, how = name.partition(" ")
    found = load_set(base)
    if how == "undated":
        found = found._replace(articles=found.articles.assign(date=pd.NaT))
    if how == "in corpus":
        found = _join(found, load_set("corpus"))
    if half is not None:
        found = _halve(found, half)
    if how == "cut":
        found = _cut(found)
    if not aligned or found.passages["language"].nunique() < 2:
        return found
    parallel = embed_parallel_sentences(found.passages, load_encoder())
    return found._replace(
        vectors=align_languages(found.vectors, found.passages, parallel=parallel).vectors
    )


def _halve(found: StorySet, half: int) -> StorySet:
    chosen = found.key[found.key.map(lambda story: zlib.crc32(str(story).encode()) % 2) == half]
    inside = found.passages["article_id"].isin(chosen.index).to_numpy()
    articles = found.articles[found.articles["article_id"].isin(chosen.index)]
    return StorySet(
        articles.reset_index(drop=True),
        found.passages[inside].reset_index(drop=True),
        found.vectors[inside],
        chosen,
    )


def _join(one: StorySet, other: StorySet) -> StorySet:
    return StorySet(
        pd.concat([one.articles, other.articles], ignore_index=True),
        pd.concat([one.passages, other.passages], ignore_index=True),
        np.vstack([one.vectors, other.vectors]),
        pd.concat([one.key, other.key]),
    )


def _cut(found: StorySet, most: int = 600) -> StorySet:
    """Cut articles of several passages in two; of a story in many languages, two are taken."""
    sizes = found.passages.groupby("article_id").size()
    articles = found.articles[found.articles["article_id"].map(sizes).fillna(0) >= 2]
    articles = articles.sample(frac=1, random_state=0)
    story = articles["article_id"].map(found.key)
    if (story != "").all():
        articles = articles[story.groupby(story).cumcount() < 2]
    articles = articles.head(most).set_index("article_id")
    inside = found.passages["article_id"].isin(articles.index).to_numpy()
    passages = found.passages[inside].reset_index(drop=True)
    second = passages["position"] >= (passages["article_id"].map(sizes) + 1) // 2
    passages = passages.assign(
        article_id=passages["article_id"] + np.where(second, " second", " first")
    )
    rows, key = [], {}
    for half, group in passages.groupby("article_id"):
        whole = half.split(" ")[0]
        row = {**articles.loc[whole].to_dict(), "article_id": half, "family_id": half}
        row["title"] = row["title"] if half.endswith("first") else ""
        row["body"] = "\n\n".join(group["text"])
        rows.append(row)
        key[half] = found.key[whole] or whole
    return StorySet(pd.DataFrame(rows), passages, found.vectors[inside], pd.Series(key))


@lru_cache(maxsize=1)
def read_events() -> dict[str, str]:
    """Return the event of each story of which several report one; such pairs count neither way."""
    events = dict(_SAME_EVENT)
    for name in ("articles", "thirds"):
        path = PRESS / f"ntrex_{name}.jsonl"
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            if row["event"]:
                events[row["cluster"]] = row["event"]
    return events


def _label(found: StorySet, pairs: pd.DataFrame) -> pd.Series:
    """Return for each pair whether it is of one story; missing where it is of one event."""
    key = found.articles.sort_values("article_id")["article_id"].map(found.key).to_numpy()
    left, right = key[pairs["left"]], key[pairs["right"]]
    events = read_events()
    same_event = [a != b and a in events and events.get(b) == events[a]
                  for a, b in zip(left, right, strict=True)]  # fmt: skip
    return pd.Series(left == right, index=pairs.index).astype(float).mask(same_event)


def fit() -> None:
    """Fit the coefficients, none of them below zero, and write them."""
    parts = []
    for name in _FITTED:
        for aligned in (True, False):
            found = prepare(name, None if name == "swahili cut" else 0, aligned)
            if not aligned and found.passages["language"].nunique() < 2:
                continue
            pairs, _ = _weigh(found)
            parts.append(pairs.assign(y=_label(found, pairs), part=f"{name} {aligned}"))
    table = pd.concat(parts, ignore_index=True).dropna(subset=["y"])
    model = {}
    for name, features in _WEIGHED.items():
        own = table[table["alike"] == (name == "one_language")]
        weight = 1 / np.sqrt(own.groupby("part")["y"].transform("size"))
        model[name] = _fit_logit(own, features, (weight / weight.mean()).to_numpy())
    _MODEL.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    linking.read_model.cache_clear()
    print(json.dumps(model, indent=1))


def _weigh(found: StorySet) -> tuple[pd.DataFrame, object]:
    articles = found.articles.sort_values("article_id").reset_index(drop=True)
    return weigh_links(articles, found.passages, found.vectors)


def _fit_logit(table: pd.DataFrame, features: list[str], weight: np.ndarray) -> dict[str, object]:
    from scipy.optimize import minimize

    spread = table[features].std().to_numpy()
    known, y = table[features].to_numpy() / spread, table["y"].to_numpy()

    def loss(b: np.ndarray) -> tuple[float, np.ndarray]:
        z = b[0] + known @ b[1:]
        off = weight * (1 / (1 + np.exp(-z)) - y)
        value = float(weight @ (np.logaddexp(0, z) - y * z) + 0.5 * b[1:] @ b[1:])
        return value, np.concatenate([[off.sum()], known.T @ off + b[1:]])

    bounds = [(None, None)] + [(0, None)] * len(features)
    b = minimize(loss, np.zeros(len(features) + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    weights = {
        name: round(float(slope), 3)
        for name, slope in zip(features, b[1:] / spread, strict=True)
        if slope > 0.01
    }
    return {"intercept": round(float(b[0]), 3), "weights": weights}


def score_pairs(found: StorySet, stories: pd.DataFrame) -> dict[str, float]:
    """Return pair precision, recall and F1 by the key, and precision where one event is no error."""
    table = stories.assign(key=stories["article_id"].map(found.key))
    table["event"] = table["key"].map(read_events()).fillna(table["key"])
    pairs = lambda *columns: int(  # noqa: E731
        table.groupby(list(columns)).size().map(lambda n: n * (n - 1) // 2).sum()
    )
    said, right, true = pairs("story_id"), pairs("story_id", "key"), pairs("key")
    return {
        "n_true": true,
        "n_linked": said,
        "precision": right / said if said else np.nan,
        "recall": right / true if true else np.nan,
        "f1": 2 * right / (said + true) if said + true else np.nan,
        "precision_of_events": pairs("story_id", "event") / said if said else np.nan,
        "n_stories": table["story_id"].nunique(),
        "n_keys": table["key"].nunique(),
    }


def score() -> None:
    """Print the quality by set, and write the curve over the kept half of all sets together."""
    rows = []
    tried = [(name, 1) for name in _TRIED] + [(name, None) for name in _OTHERS]
    for name, half in tried:
        found = prepare(name, half)
        articles = found.articles.sort_values("article_id").reset_index(drop=True)
        weighed = weigh_links(articles, found.passages, found.vectors)
        for line in _LINES:
            settings = StorySettings(least_probability=float(line))
            result = join_links(articles, *weighed, settings)
            rows.append({"set": name, "line": line, **score_pairs(found, result.stories)})
            if line == StorySettings().least_probability:
                print(f"{name:<22}" + "  ".join(f"{k} {v:.4g}" for k, v in rows[-1].items()
                                                if k not in ("set", "line")), flush=True)  # fmt: skip
    table = pd.DataFrame(rows).dropna(subset=["recall"])
    table.to_csv(_QUALITY, index=False, float_format="%.4f")


def measure_size(n_articles: int) -> None:
    """Print the time and memory of linking articles of drawn words and vectors, in stories of five."""
    rng = np.random.default_rng(0)
    n_stories, vocabulary = n_articles // 5, np.array([f"W{i:05}ord" for i in range(60_000)])
    story = rng.integers(0, n_stories, n_articles)
    centres = rng.normal(size=(n_stories, 384)).astype(np.float32)
    own = rng.integers(0, len(vocabulary), (n_stories, 12))
    bodies = [" ".join([*vocabulary[own[s]], *vocabulary[rng.integers(0, 3_000, 240)]])
              for s in story]  # fmt: skip
    days = pd.Timestamp("2025-01-01") + pd.to_timedelta(rng.integers(0, 365, n_stories)[story], "D")
    articles = pd.DataFrame(
        {"article_id": [f"{i:07}" for i in range(n_articles)], "title": "", "body": bodies,
         "date": days, "outlet": "x", "language": "en", "title_derived": True}
    )  # fmt: skip
    articles["family_id"] = articles["article_id"]
    passages = pd.DataFrame(
        {"article_id": np.repeat(articles["article_id"].to_numpy(), 5),
         "position": np.tile(np.arange(5), n_articles)}
    )  # fmt: skip
    vectors = np.repeat(centres[story], 5, axis=0)
    for start in range(0, len(vectors), 10_000):
        part = slice(start, start + 10_000)
        vectors[part] += rng.normal(size=vectors[part].shape).astype(np.float32)
        vectors[part] /= np.linalg.norm(vectors[part], axis=1, keepdims=True)
    # Without dates every article is compared with every other: the square of their number.
    for dated in (True, False) if n_articles <= _MOST_UNDATED else (True,):
        table = articles if dated else articles.assign(date=pd.NaT)
        before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        result = link_stories(table, passages, vectors)
        seconds = time.process_time() - begun
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(
            f"{n_articles} articles, {'dated' if dated else 'undated'}: {seconds:.0f} s of processor time, "
            f"{(after - before) / 1e3:.0f} MB more, "
            f"{result.stories['story_id'].nunique()} stories of {len(np.unique(story))}",
            flush=True,
        )


if __name__ == "__main__":
    arguments = sys.argv[1:] or ["fit", "score"]
    if "fit" in arguments:
        fit()
    if "score" in arguments:
        score()
    if "size" in arguments:
        measure_size(int(arguments[arguments.index("size") + 1]))
