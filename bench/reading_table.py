"""What a corpus is read as, article by article, and every line that was left out of them.

`python bench/reading_table.py CORPUS` prints title, date, truncation, length and the first and last
six words of each body, then the discarded lines, so that both can be checked by eye.
"""

from __future__ import annotations

import sys
from pathlib import Path

from press_themes.articles.read import read_articles

_SHOWN = 100


def print_reading(corpus: Path) -> None:
    """Print the articles of a corpus and what was discarded."""
    articles, skipped, discarded = read_articles(corpus)
    for row in articles.sort_values(["path", "position"]).itertuples():
        words = row.body.split()
        day = "no date" if row.date is None or row.date != row.date else f"{row.date:%Y-%m-%d}"
        cut = "truncated" if row.truncated else "whole"
        share = (
            f" ({row.share_missing:.0%} missing)" if row.share_missing == row.share_missing else ""
        )
        derived = " (derived)" if row.title_derived else ""
        print(f"{row.path} [{row.position}] {row.title}{derived}")
        print(f"    {day}, {cut}{share}, {row.n_chars} characters, {row.outlet}, {row.language}")
        print(f"    {' '.join(words[:6])} … {' '.join(words[-6:])}")
    print(f"\n{len(articles)} articles; skipped {len(skipped)}; discarded {len(discarded)}:")
    for row in discarded.itertuples():
        print(f"    {row.path}:{row.line} [{row.kind}] {row.text[:_SHOWN]}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python bench/reading_table.py CORPUS")
    print_reading(Path(sys.argv[1]))
