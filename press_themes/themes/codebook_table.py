"""The themes of a codebook as a table in one language."""

from __future__ import annotations

import pandas as pd

from press_themes.themes.codebook import Codebook, label_of


def tabulate_codebook(codebook: Codebook, language: str) -> pd.DataFrame:
    """List the themes of a codebook.

    Parameters
    ----------
    codebook : Codebook
        The themes.
    language : str
        Language of labels and definitions; another one where the codebook lacks it.

    Returns
    -------
    DataFrame
        ``theme, label, color, definition``, in the order of the codebook.
    """
    themes = codebook.themes
    return pd.DataFrame(
        {
            "theme": themes["theme"],
            "label": [label_of(labels, language) for labels in themes["labels"]],
            "color": themes["color"],
            "definition": [_define(codebook, theme, language) for theme in themes["theme"]],
        }
    )


def _define(codebook: Codebook, theme: str, language: str) -> str:
    texts = codebook.texts
    own = texts[(texts["theme"] == theme) & (texts["kind"] == "definition")]
    spoken = own[own["language"] == language]
    return str((spoken if len(spoken) else own)["text"].iloc[0])
