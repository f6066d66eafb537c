"""What a finding is: a sentence, the figure that shows it and the passages that bear it out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from press_themes.telling.wording import Wording


class Finding(NamedTuple):
    """A finding with the figure that shows it and the passages that bear it out.

    Attributes
    ----------
    name, sentence, figure : str
        What it is about, what it says, and the name of the figure, empty without one.
    theme, topic, story : str or int, optional
        The theme, topic or story it speaks of.
    ask : mapping
        Which passages bear it out, as the filters of the report name them.
    said : bool
        Whether it says something of what the press wrote; what cannot be said, and what concerns
        the codebook, is no news.
    """

    name: str
    sentence: str
    figure: str
    theme: str | None = None
    topic: int | None = None
    ask: Mapping[str, object] = MappingProxyType({})
    said: bool = True
    story: str | None = None


def name_themes(tables: Any, words: Wording) -> dict[str, str]:
    """Return the label of each theme in quotation marks."""
    themes = tables.themes
    return {
        theme: words.quote(words.pick(label) or str(theme))
        for theme, label in zip(themes["theme"], themes["label"], strict=True)
    }


def state_basis(tables: Any, theme: str, words: Wording) -> str:
    """Say what the share of a theme rests on: the codebook's reading or a judged sample."""
    themes = tables.themes.set_index("theme")
    if "basis" not in themes or themes["basis"].get(theme) != "judged":
        return words("share.read")
    shares = tables.theme_shares
    return words("share.judged", n=int(shares.set_index("theme")["n_judged"][theme]))
