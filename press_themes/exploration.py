"""The desk of a run: the only place that knows both the desk and the rooms whose verbs it is handed.

A finished run is read as it was written, even by a later version; a bare corpus is analysed first.
"""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from press_themes.articles.languages import detect_language
from press_themes.comparison import compare_folders
from press_themes.configuration import INPUTS, read_configuration
from press_themes.desk.collection import Parts, list_rows, pack_collection
from press_themes.desk.decisions import Decisions, Verbs
from press_themes.desk.keeping import Keeper
from press_themes.errors import InputError
from press_themes.face import make_run
from press_themes.identifiers import content_id
from press_themes.measures.part_shares import compare_parts
from press_themes.report_desk import hand_over
from press_themes.runs.folder import read_run
from press_themes.runs.results import read_stored
from press_themes.stages import STAGES
from press_themes.stored_checks import check_rows
from press_themes.stored_configuration import restore_configuration
from press_themes.telling.wording import Wording, load_wording
from press_themes.themes.answer_additions import append_answers
from press_themes.themes.codebook import read_codebook
from press_themes.themes.codebook_additions import append_theme
from press_themes.themes.label_additions import append_labels
from press_themes.themes.label_rows import read_rows
from press_themes.themes.labels import read_labels
from press_themes.topics.composition import compose_topics, write_composition
from press_themes.topics.name_choice import read_topic_names
from press_themes.topics.rewriting import tidy_name
from press_themes.vectors.alignment import apply_shifts
from press_themes.vectors.encoders import load_encoder

#: Passages that a search by meaning shows of each language, at most.
NEAREST = 25
Asked = Mapping[str, Any]


class Opened(NamedTuple):
    """A run as it lies in its folder.

    Attributes
    ----------
    parts : Parts
        The tables that are shown.
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Aligned vectors of unit length, rows as in the passages.
    alignment : DataFrame
        ``language, shift``: what was taken from the vectors of each language.
    measured : dict of str to DataFrame
        ``label_sheet``, ``theme_shares``, ``share_differences``; empty where the run has none.
    content : dict
        Its ``run.json``.
    folder : Path or None
        The run folder; None for a corpus that was analysed to be looked at.
    corpus : Path
        The folder beside or in which decisions are kept.
    basis : Path or None
        The codebook that the run was made with.
    """

    parts: Parts
    vectors: np.ndarray
    alignment: pd.DataFrame
    measured: dict[str, pd.DataFrame]
    content: dict[str, Any]
    folder: Path | None
    corpus: Path
    basis: Path | None


def explore_run(where: str | Path) -> Any:
    """Open the desk of a run, or of a corpus, in JupyterLab.

    Parameters
    ----------
    where : str or Path
        A run folder, or a folder or file of articles, which is analysed first.

    Returns
    -------
    DeskWidget
        Shown by the notebook. What is decided in it goes to the files beside the articles.
    """
    from IPython.display import HTML, display

    from press_themes.desk.widget import DeskWidget, write_note

    opened = open_tables(where)
    words = load_wording(opened.content["language"], "desk")
    decisions = prepare_decisions(opened, words)
    payload = pack_run(opened, decisions)
    answers = list_answers(opened, decisions)
    note = f"desk-{content_id(str(where), os.urandom(8).hex())}"
    display(HTML(write_note(note, words("run_again"))))
    widget = DeskWidget(payload, answers, note=note)
    if opened.folder is not None:
        answers["again"] = lambda asked: _run_again(opened, words, widget, asked)
        widget.answers = answers
    return widget


def open_tables(where: str | Path) -> Opened:
    """Read a run folder, or analyse a corpus into one that is gone afterwards."""
    place = Path(where)
    if not place.exists():
        raise InputError(
            place, "does not exist", "make the run first, or name a folder of articles"
        )
    if (place / "run.json").exists():
        return _read_folder(place)
    with TemporaryDirectory() as aside:
        settings = read_configuration(place)
        run = make_run(settings, Path(aside) / "run", with_notebooks=False)
        return _read_folder(run.folder)._replace(folder=None, basis=settings.codebook)


def pack_run(opened: Opened, decisions: Decisions | None = None) -> dict[str, Any]:
    """Pack a run for the desk: read only, unless it is given where decisions are kept."""
    handed = hand_over(
        opened.content["language"],
        opened.measured["theme_shares"],
        opened.measured["share_differences"],
    )
    payload = pack_collection(opened.parts, handed)
    if decisions is None:
        return payload
    more = {"writes": True, "can_run": opened.folder is not None, "most_nearest": NEAREST}
    state = decisions.state()
    payload["passages"]["topic"] = state.pop("topic")
    return {**payload, **more, **state}


def prepare_decisions(opened: Opened, words: Wording) -> Decisions:
    """Bring together what is decided about a run and those who read and write the files."""
    parts = opened.parts
    themes = parts.themes["theme"].tolist()

    def read_judgements(path: Path) -> pd.DataFrame:
        if path.is_file() and path.read_bytes().strip() and read_rows(path) is None:
            raise InputError(
                path.name, "cannot be read as a table of judgements", "correct it in an editor"
            )
        return read_labels(path, parts.passages, parts.articles, themes).judgements

    def read_topics(path: Path) -> pd.DataFrame:
        return read_topic_names(path, words.language)

    verbs = Verbs(
        append_labels=append_labels,
        append_answers=append_answers,
        read_judgements=read_judgements,
        append_theme=append_theme,
        read_themes=lambda path: read_codebook(path).themes,
        write_topics=write_composition,
        read_topics=read_topics,
        compose=lambda passages, decided: compose_topics(passages, opened.vectors, decided),
        tidy=tidy_name,
        basis=opened.basis,
    )
    sheet = opened.measured["label_sheet"]
    return Decisions(
        parts.passages, themes, parts.topics, sheet, verbs, Keeper(opened.corpus), words
    )


def list_answers(opened: Opened, decisions: Decisions) -> dict[str, Callable[[Asked], Any]]:
    """List what the desk may ask, by name."""
    encoder: list[Any] = []

    def search(asked: Asked) -> dict[str, Any]:
        encoder[:] = encoder or [load_encoder(opened.content["configuration"]["encoder"])]
        return search_meaning(opened, str(asked.get("sentence", ""))[:2000], encoder[0])

    return {
        "judge": decisions.judge,
        "answer": decisions.answer,
        "theme": decisions.add_theme,
        "rename": decisions.rename,
        "merge": decisions.merge,
        "split": decisions.split,
        "dissolve": decisions.dissolve,
        "undo": decisions.undo,
        "search": search,
        "count": lambda asked: count_shown(opened, decisions.passages, asked),
    }


def search_meaning(opened: Opened, sentence: str, encoder: Any) -> dict[str, Any]:
    """Find the passages nearest to a sentence, a few of each language: ``rows, nearness``."""
    passages, vectors = opened.parts.passages, opened.vectors
    if not sentence.strip() or not len(vectors):
        return {"rows": [], "nearness": []}
    spoken = tuple(sorted(opened.alignment["language"].astype(str)))
    language = detect_language(sentence, spoken).language if spoken else ""
    vector = encoder.encode([sentence])
    told = pd.DataFrame({"language": [language]})
    # In this form because a second array of all vectors would not fit beside a large one.
    nearness = np.asarray(vectors) @ apply_shifts(vector, told, opened.alignment)[0]
    found = pd.DataFrame({"row": np.arange(len(nearness)), "nearness": nearness})
    found["language"] = passages["language"].to_numpy()
    # Stable, so that equal passages keep the order of the corpus.
    found = found.sort_values("nearness", ascending=False, kind="stable")
    # Copies lie at one place: four times what is shown is enough to look for them in.
    ahead = found.groupby("language").head(4 * NEAREST)
    distinct = ahead[~passages["text"].iloc[ahead["row"]].duplicated().to_numpy()]
    shown = distinct.groupby("language").head(NEAREST)
    return {"rows": shown["row"].tolist(), "nearness": shown["nearness"].round(4).tolist()}


def count_shown(opened: Opened, passages: pd.DataFrame, asked: Asked) -> dict[str, Any]:
    """Measure shares of the passages shown: ``by``, ``shown`` (bits as base64)."""
    bits = np.frombuffer(base64.b64decode(str(asked["shown"])), dtype=np.uint8)
    shown = np.unpackbits(bits, bitorder="little")[: len(passages)].astype(bool)
    by = asked.get("by")
    groups = _list_groups(opened, passages, str(by))
    of_shown = by in ("theme", "topic") or bool(shown.all())
    table = compare_parts(passages, opened.parts.articles, shown, groups, of_shown)
    return {"groups": list_rows(table)}


def _list_groups(opened: Opened, passages: pd.DataFrame, by: str) -> dict[Any, np.ndarray]:
    """Say which passages each group has; the name of a group is that of the desk."""
    if by == "theme":
        scores = opened.parts.theme_scores
        borne = scores.loc[scores["assigned"].astype(bool)]
        names = passages["passage_id"]
        own = {
            theme: names.isin(borne.loc[borne["theme"] == theme, "passage_id"]).to_numpy()
            for theme in opened.parts.themes["theme"]
        }
        none = ~np.any(list(own.values()), axis=0) if own else np.ones(len(passages), bool)
        return {**own, "-": none}
    articles = opened.parts.articles.set_index("article_id")
    if by == "outlet":
        values: Any = passages["article_id"].map(articles["outlet"]).fillna("-")
    elif by == "month":
        days = passages["article_id"].map(pd.to_datetime(articles["date"]))
        values = days.dt.strftime("%Y-%m").astype(object).where(days.notna(), "-")
    elif by in ("topic", "language"):
        values = passages[by]
    else:
        raise InputError(
            "counts", f"'{by}' groups nothing", "choose theme, topic, outlet, language"
        )
    codes, names = pd.factorize(values.to_numpy(dtype=object), sort=False)
    return {name: codes == code for code, name in enumerate(names)}


def _read_folder(folder: Path) -> Opened:
    """Read what lies in the folder: a run is explored as it is, not as it would be now."""
    content = read_run(folder)

    def read(name: str) -> Any:
        return read_stored(STAGES, folder, content, name)

    def find(name: str) -> pd.DataFrame:
        try:
            return read(name)
        except InputError:
            # A run of an earlier version knows fewer tables.
            return pd.DataFrame()

    parts = Parts(*(read(name) for name in Parts._fields))
    parts = parts._replace(passages=parts.passages.reset_index(drop=True))
    aligned, alignment = read("aligned"), read("alignment")
    check_rows(aligned, parts.passages, alignment["shift"], folder)
    names = ("label_sheet", "theme_shares", "share_differences")
    corpus = Path(content["corpus"])
    basis = folder / INPUTS / "themes.yml"
    return Opened(
        parts,
        aligned,
        alignment,
        {name: find(name) for name in names},
        content,
        folder.resolve(),
        corpus.parent if corpus.is_file() else corpus,
        basis if basis.is_file() else None,
    )


def _run_again(opened: Opened, words: Wording, widget: Any, asked: Asked) -> dict[str, Any]:
    """Run the corpus into its folder again and say what changed; the desk shows the new run."""
    assert opened.folder is not None
    folder = opened.folder
    told = restore_configuration(opened.content, folder)
    own = str(opened.content["configuration"].get("codebook") or "")
    # A codebook that was named for the run is named again; that of the corpus is found by itself.
    apart = own and not told.codebook_is_default and Path(own).parent != opened.corpus
    settings = read_configuration(
        Path(opened.content["corpus"]), told.encoder, own if apart else None, told.seed
    )
    with TemporaryDirectory(prefix=".before-", dir=folder.parent) as aside:
        before = Path(aside) / folder.name
        shutil.copytree(folder, before)

        def tell(entry: dict[str, Any]) -> None:
            widget.tell_progress(asked, words("again.stage", stage=entry["stage"]))

        make_run(settings, folder, (folder / "notebooks").is_dir(), tell)
        changes = compare_folders(before, folder).findings
    now = _read_folder(folder)
    decisions = prepare_decisions(now, words)
    answers = list_answers(now, decisions)
    answers["again"] = lambda more: _run_again(now, words, widget, more)
    widget.show_anew(pack_run(now, decisions), answers)
    return {"changes": changes or [words("again.nothing")]}
