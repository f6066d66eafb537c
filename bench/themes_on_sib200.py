"""Themes on SIB-200: how well a codebook in two languages sorts sentences in six, and what labels add.

The sentences (Adelani et al. 2023, arXiv:2309.07445) are read from beside the repository. Run it with
``python bench/themes_on_sib200.py``; ``--vectors FILE.npy`` keeps the embeddings for the next time.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from press_themes.themes.assignment import assign_themes, check_answers
from press_themes.themes.codebook import read_codebook
from press_themes.themes.codebook_vectors import CodebookVectors, embed_codebook
from press_themes.themes.label_sheet import LabelSheetSettings, draw_label_sheet
from press_themes.themes.labels import name_stories
from press_themes.vectors.encoders import PACKAGED, load_encoder

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = ROOT.parent / "shared" / "data" / "sib200"
FILES = {"ar": "arb_Arab", "de": "deu_Latn", "en": "eng_Latn"}
FILES |= {"es": "spa_Latn", "fr": "fra_Latn", "zh": "zho_Hans"}
LABELS = (10, 50, 200)


def read_sentences(folder: Path) -> pd.DataFrame:
    """Read the sentences as passages; parallel sentences are one story.

    Parameters
    ----------
    folder : Path
        With one file a language: ``index_id``, ``category``, ``text``.

    Returns
    -------
    DataFrame
        ``passage_id, article_id, family_id, language, text, category``.
    """
    tables = [
        pd.read_csv(folder / f"{name}.tsv", sep="\t", quoting=3).assign(language=language)
        for language, name in FILES.items()
    ]
    frame = pd.concat(tables, ignore_index=True)
    numbers = [f"{i:06d}" for i in range(len(frame))]
    return frame.assign(
        passage_id=numbers,
        article_id=[f"a{number}" for number in numbers],
        family_id=frame["index_id"].astype(str),
        category=frame["category"].str.replace("/", "_"),
        outlet=None,
        date=pd.NaT,
        title="",
    )


def score_decisions(sentences: pd.DataFrame, scores: pd.DataFrame) -> dict[str, float]:
    """Score the strongest theme and the themes assigned against the categories.

    Parameters
    ----------
    sentences : DataFrame
        From `read_sentences`; only these are scored.
    scores : DataFrame
        From `assign_themes`.

    Returns
    -------
    dict of str to float
        ``accuracy`` and ``macro_f1`` of the strongest theme, accuracy of each language, and
        ``f1``, ``precision``, ``recall`` of the themes assigned.
    """
    from sklearn.metrics import f1_score

    wide = scores.pivot(index="passage_id", columns="theme", values="score")
    wide = wide.loc[sentences["passage_id"]]
    strongest = wide.columns.to_numpy()[wide.to_numpy().argmax(axis=1)]
    true = sentences["category"].to_numpy()
    right = pd.Series(strongest == true).groupby(sentences["language"].to_numpy()).mean()
    given = scores.pivot(index="passage_id", columns="theme", values="assigned")
    given = given.loc[sentences["passage_id"]].to_numpy()
    bears = true[:, None] == wide.columns.to_numpy()
    both = (given & bears).sum()
    return {
        "accuracy": float((strongest == true).mean()),
        "macro_f1": float(f1_score(true, strongest, average="macro")),
        "best_language": float(right.max()),
        "worst_language": float(right.min()),
        "f1": float(2 * both / (given.sum() + bears.sum())),
        "precision": float(both / max(1, given.sum())),
        "recall": float(both / bears.sum()),
        **{str(language): float(share) for language, share in right.items()},
    }


def measure_gain(
    sentences: pd.DataFrame, vectors: np.ndarray, book: CodebookVectors, draws: int
) -> pd.DataFrame:
    """Measure what 10, 50 and 200 labels add on sentences that were not labelled in any language.

    Parameters
    ----------
    sentences : DataFrame
        From `read_sentences`.
    vectors : ndarray, shape (n_sentences, n_dimensions)
        Their embeddings.
    book : CodebookVectors
        The codebook.
    draws : int
        Repetitions.

    Returns
    -------
    DataFrame
        One row a number of labels and way of asking: the mean of `score_decisions`, the same
        without labels on the same sentences, and precision as cross-validation states it.
    """
    plain = assign_themes(sentences, vectors, book)
    rows = []
    for way in ("sheet", "sentences"):
        for n_labels in LABELS:
            for draw in range(draws):
                answers = _ask(way, n_labels, draw, sentences, plain)
                told = assign_themes(sentences, vectors, book, answers=answers)
                stories = set(sentences.set_index("passage_id").loc[answers["id"], "family_id"])
                fresh = sentences[~sentences["family_id"].isin(stories)]
                checked = check_answers(
                    sentences, vectors, book, answers=name_stories(answers, sentences, sentences)
                )
                weight = checked["stands_for"].fillna(1.0)
                hits = (weight * (checked["predicted"] & checked["label"])).sum()
                stated = hits / max(1e-9, (weight * checked["predicted"]).sum())
                found, before = score_decisions(fresh, told), score_decisions(fresh, plain)
                gain = {f"{name}_before": before[name] for name in ("accuracy", "f1")}
                rows.append(
                    {"way": way, "labels": n_labels, **found, **gain, "stated_precision": stated}
                )
    return pd.DataFrame(rows).groupby(["way", "labels"]).mean()


def _ask(
    way: str, n_labels: int, draw: int, sentences: pd.DataFrame, scores: pd.DataFrame
) -> pd.DataFrame:
    """Answer a label sheet of so many questions, or sort so many random sentences wholly."""
    if way == "sheet":
        wanted = LabelSheetSettings(questions=n_labels, seed=draw)
        asked = draw_label_sheet(sentences, sentences, scores, wanted)
    else:
        drawn = sentences["passage_id"].sample(n_labels, random_state=draw)
        themes = sorted(sentences["category"].unique())
        asked = pd.DataFrame([(i, theme) for i in drawn for theme in themes])
        asked = asked.set_axis(["id", "theme"], axis=1).assign(stands_for=np.nan)
    category = asked["id"].map(sentences.set_index("passage_id")["category"])
    answers = asked[["id", "theme", "stands_for"]].assign(
        kind="passage", label=(category == asked["theme"]).to_numpy()
    )
    return answers.reset_index(drop=True)


def main() -> int:
    """Print accuracy per language, macro-F1 and the gain from labels."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=Path, default=SENTENCES)
    parser.add_argument("--vectors", type=Path, help="file that keeps the embeddings")
    parser.add_argument("--draws", type=int, default=5)
    options = parser.parse_args()
    if not options.sentences.is_dir():
        print(f"{options.sentences}: is not there; name the folder of SIB-200 with --sentences.")
        return 1
    sentences, encoder = read_sentences(options.sentences), load_encoder(PACKAGED)
    if options.vectors and options.vectors.exists():
        vectors = np.load(options.vectors)
    else:
        vectors = encoder.encode(sentences["text"].tolist())
        if options.vectors:
            np.save(options.vectors, vectors)
    book = embed_codebook(read_codebook(Path(__file__).with_name("sib200_themes.yml")), encoder)
    found = score_decisions(sentences, assign_themes(sentences, vectors, book))
    print("zero-shot, strongest theme of", len(sentences), "sentences")
    print("  accuracy by language:", {code: round(found[code], 3) for code in FILES})
    print(
        f"  all {found['accuracy']:.3f}, macro-F1 {found['macro_f1']:.3f}, worst language "
        f"{found['best_language'] - found['worst_language']:.3f} below the best"
    )
    print(
        f"themes assigned: precision {found['precision']:.3f}, recall {found['recall']:.3f}, "
        f"F1 {found['f1']:.3f}\n"
    )
    gain = measure_gain(sentences, vectors, book, options.draws)
    columns = ["accuracy_before", "accuracy", "worst_language", "best_language", "macro_f1"]
    columns += ["f1_before", "f1", "precision", "recall", "stated_precision"]
    print(f"with labels, mean of {options.draws} draws, on sentences not labelled in any language")
    print(gain[columns].round(3).to_string())
    return 0


if __name__ == "__main__":
    sys.exit(main())
