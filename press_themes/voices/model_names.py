"""Names found by a model that the analyst has installed and named: a spaCy pipeline or GLiNER.

Nothing else depends on it, and nothing is downloaded.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from press_themes.errors import ConfigurationError
from press_themes.voices.name_runs import Run
from press_themes.voices.name_selection import name_key

_KINDS = {
    "PER": "person", "PERSON": "person", "PERSNAME": "person", "ORG": "organisation",
    "ORGANIZATION": "organisation", "ORGANISATION": "organisation", "GPE": "place", "LOC": "place",
    "LOCATION": "place", "PLACE": "place",
}  # fmt: skip


def find_with_model(passages: pd.DataFrame, model: str) -> tuple[list[Run], dict[str, str]]:
    """Find names with a model."""
    read = _load(model)
    runs, kinds = [], {}
    row: Any
    for row in passages.itertuples(index=False):
        text = str(row.text)
        for start, end, label in read(text):
            kind = _KINDS.get(label.upper())
            if kind:
                run = Run(
                    row.passage_id, row.article_id, str(row.language), start, end, text[start:end],
                    False, False, False, False, text[start:end] != text[start:end].lower(),
                )  # fmt: skip
                runs.append(run)
                kinds[name_key(run.text)] = kind
    return runs, kinds


def _load(model: str) -> Any:
    causes = []
    try:
        import spacy

        pipeline = spacy.load(model)
        return lambda text: [(e.start_char, e.end_char, e.label_) for e in pipeline(text).ents]
    except (ImportError, OSError) as error:
        causes.append(str(error).splitlines()[0])
    try:
        from gliner import GLiNER

        gliner = GLiNER.from_pretrained(model, local_files_only=True)
        labels = ["person", "organization", "location"]
        return lambda text: [
            (e["start"], e["end"], e["label"]) for e in gliner.predict_entities(text, labels)
        ]
    except (ImportError, OSError) as error:
        causes.append(str(error).splitlines()[0])
    raise ConfigurationError(
        "names: model",
        f"'{model}' can be loaded neither by spaCy nor by GLiNER ({'; '.join(causes)})",
        "install it, or leave the setting out",
    )
