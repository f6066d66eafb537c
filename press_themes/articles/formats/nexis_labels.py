"""The labels that Nexis writes around the parts of an article, in the languages of its accounts.

Only whole lines count: a label alone, or a label, a colon and a value.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from press_themes.folding import fold


class Label(Enum):
    """What a labelled line is about."""

    LENGTH = "length"
    BODY = "body"
    HEAD = "head"
    HIGHLIGHT = "highlight"
    GRAPHIC = "graphic"
    LOADED = "loaded"
    CLASSIFICATION = "classification"
    LANGUAGE = "language"


ENDS = (
    "end of document", "fin du document", "ende des dokuments", "dokumentende",
    "fin del documento", "fine del documento", "fim do documento", "einde van document",
    "einde van het document",
)  # fmt: skip
# Folded, as `fold` leaves them.
_ALONE = {
    Label.BODY: "body|text|texte|corps|corps du texte|corps de l'article|haupttext|volltext|"
    "cuerpo|cuerpo del articulo|texto|corpo|corpo do texto|testo|tekst",
    Label.GRAPHIC: "graphics?|graphiques?|illustrations?|grafik|grafiken|abbildung|graficos?|"
    "ilustracion|grafica|grafici|imagem|grafiek",
    Label.CLASSIFICATION: "classification|klassifizierung|klassifikation|clasificacion|"
    "classificazione|classificacao|classificatie",
}
_WITH_VALUE = {
    Label.LENGTH: "length|longueur|lange|umfang|longitud|extension|lunghezza|comprimento|"
    "extensao|lengte",
    Label.HEAD: "section|byline|author|dateline|series|rubrique|auteurs?|signataire|signature|"
    "lieu|serie|rubrik|ressort|autor(?:en|es)?|verfasser|ort|datumzeile|seccion|firma|lugar|"
    "sezione|autore|firma|secao|rubriek|distribution|correction|page",
    Label.HIGHLIGHT: "highlights?|points? forts?|en bref|zusammenfassung|highlight|destacados?|"
    "resumen|in evidenza|destaques?",
    Label.LOADED: "load[- ]date|date de chargement|date[- ]chargement|ladedatum|"
    "fecha de carga|data di caricamento|data de carregamento|laaddatum",
    Label.LANGUAGE: "language|langue|sprache|idioma|lingua|taal",
}
_LONGEST_END = 40


def is_end(line: str) -> bool:
    """Tell whether a line closes an article."""
    return len(line) < _LONGEST_END and fold(line).strip(" .|") in ENDS


def looks_like_end(data: bytes) -> bool:
    """Tell whether bytes of RTF hold the words that close an article."""
    small = data.lower()
    return any(end.encode() in small for end in ENDS)


def find_label(line: str) -> Label | None:
    """Name the label of a line."""
    folded = fold(line[:200])
    for label, expression in _expressions():
        if expression.match(folded):
            return label
    return None


def label_value(line: str) -> str:
    """Return what stands behind the label of a line."""
    return re.split("[:：]", line, maxsplit=1)[-1].strip()


@lru_cache(maxsize=1)
def _expressions() -> tuple[tuple[Label, re.Pattern[str]], ...]:
    alone = [(label, re.compile(rf"^(?:{names}) ?:?$")) for label, names in _ALONE.items()]
    valued = [
        (
            label,
            re.compile(
                rf"^(?:{names}) ?[:：] ?"
                + (r"\d[\d., ]* ?\w*$" if label is Label.LENGTH else r"\S")
            ),
        )
        for label, names in _WITH_VALUE.items()
    ]
    return tuple(alone + valued)
