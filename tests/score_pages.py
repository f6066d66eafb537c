"""How well the reader does on scraped pages whose articles are known, page by page.

`python tests/score_pages.py FOLDER` reads every page of a folder that has a key (`NAME.txt` beside
`NAME.yml`) alone, and prints one line a page and the totals.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from press_themes.articles.read import read_articles
from press_themes.errors import InputError

FIELDS = ["title", "strapline", "date", "outlet", "truncated", "share_missing"]
COUNTS = ["expected", "found", "matched", *FIELDS, "words_expected", "words_found", "words_shared"]
# Chinese is written without spaces, so there each character counts as a word.
WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")


def score_pages(folder: Path) -> pd.DataFrame:
    """Compare what the reader finds in each page with the page's key.

    An article found answers an article expected if their bodies share at least half of the runs
    of three words of one of them; each answers one at most, the pairs that share most first.

    Parameters
    ----------
    folder : Path
        Holds `NAME.txt` beside `NAME.yml` for every page.

    Returns
    -------
    DataFrame
        One row a page: page, language, layout, the counts in ``COUNTS`` and the body's precision
        and recall, by words as a multiset. A field's count says in how many articles it is exactly
        the key's; words of articles that answer none count as found, those of articles that none
        answers as expected.
    """
    rows = []
    for path in sorted(Path(folder).glob("*.yml")):
        key = yaml.safe_load(path.read_text(encoding="utf-8"))
        found = _read_alone(path.with_suffix(".txt"))
        described = {"page": path.stem, "language": key["language"], "layout": key["layout"]}
        rows.append({**described, **_compare(key["articles"], found)})
    return _rate(pd.DataFrame(rows))


def total_scores(scores: pd.DataFrame) -> pd.DataFrame:
    """Sum the pages: all of them, then by language; same columns, the page says which."""
    groups = [("all pages", scores)]
    groups += [(f"all {language}", rows) for language, rows in scores.groupby("language")]
    sums = [{"page": name, **rows[COUNTS].sum().to_dict()} for name, rows in groups]
    return _rate(pd.DataFrame(sums))


def _rate(scores: pd.DataFrame) -> pd.DataFrame:
    # Where nothing was found, nothing found was wrong; recall says that it was missed.
    precision = (scores["words_shared"] / scores["words_found"].replace(0, np.nan)).fillna(1.0)
    recall = scores["words_shared"] / scores["words_expected"]
    return scores.assign(precision=precision, recall=recall)


def _read_alone(path: Path) -> list[dict[str, Any]]:
    try:
        return read_articles(path).articles.to_dict("records")
    except InputError:
        return []


def _compare(expected: list[dict[str, Any]], found: list[dict[str, Any]]) -> dict[str, int]:
    wanted = [_split_words("\n".join(article["body"])) for article in expected]
    given = [_split_words(article["body"]) for article in found]
    pairs = _match(wanted, given)
    shared = sum((Counter(wanted[i]) & Counter(given[j])).total() for i, j in pairs)
    exact = {
        field: sum(_same(expected[i].get(field), found[j].get(field)) for i, j in pairs)
        for field in FIELDS
    }
    return {
        "expected": len(expected),
        "found": len(found),
        "matched": len(pairs),
        **exact,
        "words_expected": sum(len(words) for words in wanted),
        "words_found": sum(len(words) for words in given),
        "words_shared": shared,
    }


def _match(wanted: list[list[str]], given: list[list[str]]) -> list[tuple[int, int]]:
    from scipy.optimize import linear_sum_assignment

    if not wanted or not given:
        return []
    shared = np.array([[_shared_runs(w, g) for g in given] for w in wanted])
    rows, columns = linear_sum_assignment(shared, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if shared[i, j] > 0]


def _shared_runs(wanted: list[str], given: list[str]) -> int:
    # Single words will not do: any two texts of one language share half of their common words.
    ours, theirs = (Counter(zip(w, w[1:], w[2:], strict=False)) for w in (wanted, given))
    shared = (ours & theirs).total()
    return shared if 2 * shared >= min(ours.total(), theirs.total()) else 0


def _split_words(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    unmarked = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    return WORD.findall(unmarked)


def _same(expected: Any, found: Any) -> bool:
    return _plain(expected) == _plain(found)


def _plain(value: Any) -> Any:
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return None
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | float):
        return round(float(value), 3)
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return " ".join(unicodedata.normalize("NFC", str(value)).split()) or None


def _print_scores(folder: Path) -> None:
    scores = score_pages(folder)
    shown = pd.concat([scores, total_scores(scores)], ignore_index=True)
    shown = shown.fillna({"language": "", "layout": ""})
    with pd.option_context("display.width", 300, "display.max_columns", None):
        print(shown.to_string(index=False, float_format="{:.3f}".format))


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("usage: python tests/score_pages.py FOLDER")
    _print_scores(Path(sys.argv[1]))
