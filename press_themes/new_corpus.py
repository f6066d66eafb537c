"""A new corpus: a folder with commented settings, codebook and events, ready for articles.

What is written is the template that travels with the package; nothing that exists is replaced.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from press_themes.errors import ConfigurationError

ARTICLES = "articles"
_FILES = ("README.md", "corpus.yml", "events.yml", "themes.yml")


def start_corpus(folder: Path) -> list[Path]:
    """Start a corpus.

    Parameters
    ----------
    folder : Path
        A folder that does not exist, or is empty or holds articles only.

    Returns
    -------
    list of Path
        The files written, and the folder for the articles.

    Raises
    ------
    ConfigurationError
        If the folder is a file, or holds one of the files already.
    """
    if folder.exists() and not folder.is_dir():
        raise ConfigurationError(folder, "is a file", "name a folder")
    taken = [name for name in _FILES if (folder / name).exists()]
    if taken:
        raise ConfigurationError(
            folder, f"holds {', '.join(taken)} already", "name a new folder, or edit what is there"
        )
    articles = folder / ARTICLES
    articles.mkdir(parents=True, exist_ok=True)
    template = files("press_themes").joinpath("corpus_template")
    written = []
    for name in _FILES:
        path = folder / name
        path.write_bytes(template.joinpath(name).read_bytes())
        written.append(path)
    return [*written, articles]
