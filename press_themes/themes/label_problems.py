"""What is told of rows of labels.csv that could not be used: one sentence each, a few for many."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

# Problems told one by one; the lines of the rest are named together.
_MOST_TOLD = 20
_REASONS = {
    "unreadable": {
        "en": "the file cannot be read as a table with the columns id, theme and label; none of "
        "it was used",
        "fr": "le fichier ne se lit pas comme un tableau aux colonnes id, theme et label ; rien "
        "n'en a été utilisé",
    },
    "id": {
        "en": "“{value}” is neither a passage nor an article of this corpus; the row was left out",
        "fr": "« {value} » n'est ni un passage ni un article de ce corpus ; la ligne est laissée "
        "de côté",
    },
    "theme": {
        "en": "“{value}” is not a theme of the codebook{nearest}; the row was left out",
        "fr": "« {value} » n'est pas un thème de la grille{nearest} ; la ligne est laissée de côté",
    },
    "label": {
        "en": "“{value}” is neither yes nor no; the row was left out",
        "fr": "« {value} » n'est ni oui ni non ; la ligne est laissée de côté",
    },
    "conflict": {
        "en": "“{value}” was judged otherwise further up; the later row stands",
        "fr": "« {value} » a été jugé autrement plus haut ; la dernière ligne l'emporte",
    },
    "more": {
        "en": "{value} more rows were left out or replaced, on lines {lines}",
        "fr": "{value} autres lignes laissées de côté ou remplacées, aux lignes {lines}",
    },
}
_NEAREST = {"en": " (nearest: “{name}”)", "fr": " (le plus proche : « {name} »)"}


def tell_problem(
    path: Path, line: int, reason: str, value: str = "", themes: Iterable[str] = ()
) -> dict[str, str]:
    """Tell why a row was not used."""
    nearest = difflib.get_close_matches(value, themes, n=1) if reason == "theme" else []
    place = {"en": f"{path.name}, line {line}: ", "fr": f"{path.name}, ligne {line} : "}
    shown = value if len(value) <= 60 else value[:60] + "…"
    sentences = {}
    for language, text in _REASONS[reason].items():
        hint = _NEAREST[language].format(name=nearest[0]) if nearest else ""
        told = text.replace("{nearest}", hint).replace("{value}", shown)
        sentences[language] = f"{place[language]}{told}."
    return sentences


def shorten_problems(
    path: Path, problems: list[tuple[int, dict[str, str]]]
) -> list[dict[str, str]]:
    """Tell the first problems one by one and the rest by their lines."""
    told = [sentence for _, sentence in problems[:_MOST_TOLD]]
    rest = [str(line) for line, _ in problems[_MOST_TOLD:]]
    if rest:
        lines = ", ".join(rest)
        told.append(
            {
                language: f"{path.name}: {text.format(value=len(rest), lines=lines)}."
                for language, text in _REASONS["more"].items()
            }
        )
    return told
