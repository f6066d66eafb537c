"""The whole way on small corpora of every awkward size, with an encoder that needs no weights."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from stand_ins import WordEncoder, make_subject_texts

from press_themes.configuration import read_configuration
from press_themes.errors import ConfigurationError, InputError
from press_themes.exploration import open_tables, prepare_decisions
from press_themes.face import make_run, open_run
from press_themes.runs.folder import read_run
from press_themes.telling.wording import load_wording
from press_themes.topics.words import read_stop_words

FILES = {
    "discarded.csv",
    "figures",
    "label_sheet.csv",
    "report.html",
    "run.json",
    "skipped.csv",
    "tables",
}
SENTENCES = {
    "en": "The harbour master said that the {0} would {1} before the {2} of the {3}.",
    "fr": "La capitainerie a dit que le {0} devrait {1} avant la {2} de la {3}.",
    "es": "La capitanía dijo que el {0} debería {1} antes de la {2} de la {3}.",
}


def write_corpus(folder: Path, n_articles: int, languages: tuple[str, ...] = ("en",)) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    texts, _ = make_subject_texts(4 * max(n_articles, 1))
    for i in range(n_articles):
        language = languages[i % len(languages)]
        body = " ".join(
            SENTENCES[language].format(*text.split()[:4]) + " " + " ".join(text.split()[4:]) + "."
            for text in texts[4 * i : 4 * i + 4]
        )
        (folder / f"{i:03d}.md").write_text(
            f"---\ntitle: Article {i}\ndate: 2026-01-{1 + i % 28:02d}\nlanguage: {language}\n"
            f"outlet: Outlet {i % 3}\n---\n\n{body}\n",
            encoding="utf-8",
        )
    return folder


def _run(corpus: Path, out: Path, **options: Any) -> Path:
    configuration = read_configuration(corpus, codebook=options.pop("codebook", None))
    run = make_run(configuration, out, with_notebooks=False, encoder=WordEncoder(), **options)
    return run.folder


def _open(folder: Path) -> Any:
    return open_run(folder).with_results(encoder=WordEncoder())


def _list_states(run: Any) -> set[str]:
    """Return how results can be had, but for the notebooks, which these runs leave out."""
    told = run.describe().set_index("result")["state"]
    return set(told.drop("notebooks"))


@pytest.mark.slow
@pytest.mark.parametrize("n", [1, 2, 3, 5, 8, 12, 30])
@pytest.mark.parametrize("languages", [("en",), ("en", "fr", "es")], ids=["one", "three"])
def test_every_small_corpus_ends_with_a_report(
    tmp_path: Path, n: int, languages: tuple[str, ...]
) -> None:
    folder = _run(write_corpus(tmp_path / "corpus", n, languages), tmp_path / "run")
    assert {path.name for path in folder.iterdir()} >= FILES
    passages = pd.read_parquet(folder / "tables/passages.parquet")
    assert len(passages) >= n
    assert np.load(folder / ".stages/embeddings.npy").shape == (len(passages), 48)
    content = read_run(folder)
    assert content["regime"]["sentence"]["en"] in (folder / "report.html").read_text("utf-8")
    for topic in pd.read_parquet(folder / "tables/topics.parquet").itertuples():
        _check_label(topic.label, languages)


def _check_label(label: str, languages: tuple[str, ...]) -> None:
    assert not re.search(r"[<>&]|https?|\bnbsp\b", label)
    stop_words = set.intersection(*(set(read_stop_words(language)) for language in languages))
    # Within a term they hold it together ("right of reply"); none stands alone, leads or ends one.
    # What stands behind in brackets is the language of a name that is not in the report's.
    for term in re.sub(r" \((?:en|fr|es)\)$", "", label).split(", "):
        words = re.findall(r"\w+", term)
        assert words[0].casefold() not in stop_words
        assert words[-1].casefold() not in stop_words
        assert not any(word.isdigit() for word in words)


@pytest.mark.slow
def test_thirty_identical_articles_are_one_story_without_topics(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    write_corpus(corpus, 1)
    text = (corpus / "000.md").read_text("utf-8")
    for i in range(1, 30):
        (corpus / f"{i:03d}.md").write_text(text, encoding="utf-8")
    content = read_run(_run(corpus, tmp_path / "run"))
    assert content["counts"]["articles"] == 30
    assert content["counts"]["stories"] == 1
    assert content["counts"]["exact_copies"] == 29
    assert content["regime"]["name"] == "codebook only"
    assert any("29" in warning["en"] for warning in content["warnings"])


def test_nothing_usable_is_one_sentence_and_leaves_no_folder(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "empty.txt").write_text("")
    with pytest.raises(InputError):
        _run(corpus, tmp_path / "run")
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


@pytest.mark.slow
def test_equal_runs_give_equal_bytes_and_a_second_run_loads_every_stage(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", 20, ("en", "fr"))
    first, second = _run(corpus, tmp_path / "a"), _run(corpus, tmp_path / "b")
    for path in sorted(first.rglob("*")):
        if path.is_file() and path.name != "run.json":
            twin = second / path.relative_to(first)
            assert path.read_bytes() == twin.read_bytes(), path.name
    again = read_run(_run(corpus, tmp_path / "a"))
    assert {stage["how"] for stage in again["stages"]} == {"loaded"}


@pytest.mark.slow
def test_one_changed_setting_recomputes_what_hangs_on_it_and_nothing_else(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", 20)
    _run(corpus, tmp_path / "run")
    (corpus / "corpus.yml").write_text("settings: {topics: {granularity: fine}}\n")
    stages = {s["stage"]: s["how"] for s in read_run(_run(corpus, tmp_path / "run"))["stages"]}
    assert stages["find_topics"] == "computed"
    kept = ("read_articles", "split_passages", "embed_passages", "align_languages", "assign_themes")
    assert {stages[stage] for stage in kept} == {"loaded"}


@pytest.mark.slow
def test_judgements_decide_and_only_what_hangs_on_them_is_computed_again(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", 12)
    folder = _run(corpus, tmp_path / "run")
    sheet = pd.read_csv(folder / "label_sheet.csv", keep_default_na=False)
    sheet["themes"] = ["open_source", "none"] * (len(sheet) // 2) + ["none"] * (len(sheet) % 2)
    sheet.to_csv(corpus / "labels.csv", index=False)
    line = dict.fromkeys(sheet.columns, "") | {"id": "nowhere", "themes": "open_source"}
    with (corpus / "labels.csv").open("a", encoding="utf-8") as file:
        file.write(",".join(line.values()) + "\n")
    content = read_run(_run(corpus, tmp_path / "run"))
    stages = {stage["stage"]: stage["how"] for stage in content["stages"]}
    assert stages["assign_themes"] == stages["check_answers"] == "computed"
    kept = ("read_articles", "embed_passages", "embed_codebook", "find_topics")
    assert {stages[stage] for stage in kept} == {"loaded"}
    scores = pd.read_parquet(folder / "tables/theme_scores.parquet")
    chosen = scores[scores["theme"] == "open_source"].set_index("passage_id").loc[sheet["id"]]
    said = sheet["themes"].map({"open_source": "yes", "none": "no"})
    assert chosen["judged"].tolist() == said.tolist()
    assert chosen["assigned"].tolist() == (said == "yes").tolist()
    n_themes = scores["theme"].nunique()
    assert content["calibration"]["n_judged"] == len(sheet) * n_themes
    assert any("nowhere" in warning["en"] for warning in content["warnings"])
    themes = pd.read_parquet(folder / "tables/themes.parquet")
    assert (themes["n_judged"] == len(sheet)).all()
    again = pd.read_csv(folder / "label_sheet.csv")
    assert not set(again["id"]) & set(sheet["id"])
    assert _list_states(_open(folder)) == {"stored"}


@pytest.mark.slow
def test_a_changed_corpus_is_seen_by_every_table_and_chart(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", 20)
    _run(corpus, tmp_path / "run")
    before = (tmp_path / "run" / "figures" / "left_out.csv").read_text("utf-8")
    for i in range(10):
        (corpus / f"{i:03d}.md").unlink()
    content = read_run(_run(corpus, tmp_path / "run"))
    stages = {stage["stage"]: stage["how"] for stage in content["stages"]}
    assert stages["draw_charts"] == stages["write_report"] == "computed"
    assert (tmp_path / "run" / "figures" / "left_out.csv").read_text("utf-8") != before
    assert content["counts"]["articles"] == 10


@pytest.mark.parametrize("out", ["corpus", ".", "corpus/run"])
def test_a_run_never_lies_in_its_corpus_or_around_it(tmp_path: Path, out: str) -> None:
    corpus = write_corpus(tmp_path / "corpus", 3)
    with pytest.raises(ConfigurationError, match="corpus"):
        _run(corpus, tmp_path / out)
    assert len(list(corpus.iterdir())) == 3


def test_a_mistake_in_the_events_costs_nothing_long(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", 3)
    (corpus / "events.yml").write_text(
        "events:\n  - {date: 2026-01-01, label: X, source: nowhere.md}\n"
    )
    told: list[str] = []
    with pytest.raises(ConfigurationError, match=r"nowhere\.md"):
        _run(corpus, tmp_path / "run", tell=lambda entry: told.append(entry["stage"]))
    assert told == ["read_former", "read_articles", "join_families"]


@pytest.mark.slow
def test_a_finished_run_opens_where_its_corpus_is_gone(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", 8)
    folder = _run(corpus, tmp_path / "run")
    corpus.rename(tmp_path / "elsewhere")
    opened = _open(folder)
    assert len(opened.articles) == 8
    assert _list_states(opened) == {"at hand", "stored"}


@pytest.mark.slow
def test_a_corpus_without_codebook_dates_or_outlets_still_ends_with_a_report(
    tmp_path: Path,
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    texts, _ = make_subject_texts(40)
    for i in range(10):
        (corpus / f"{i}.txt").write_text(". ".join(texts[4 * i : 4 * i + 4]) + ".")
    folder = _run(corpus, tmp_path / "run", codebook="none")
    content = read_run(folder)
    assert content["counts"]["undated_articles"] == content["counts"]["articles"]
    assert pd.read_parquet(folder / "tables/themes.parquet").empty
    assert any("codebook" in warning["en"] for warning in content["warnings"])


@pytest.mark.slow
def test_what_is_decided_while_exploring_is_used_by_the_next_run(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", 20)
    before = open_tables(_run(corpus, tmp_path / "run"))
    desk = prepare_decisions(before, load_wording("en", "desk"))
    first, second, *_ = [int(topic) for topic in before.parts.topics["topic"]]
    scores = before.parts.theme_scores
    theme, passage = scores.loc[~scores["assigned"].astype(bool), ["theme", "passage_id"]].iloc[0]
    desk.judge({"id": passage, "theme": theme, "label": True, "coder": "Ana"})
    desk.merge({"topics": [first, second], "name": "Both"})
    again = open_tables(_run(corpus, tmp_path / "run")).parts
    told = again.theme_scores.set_index(["passage_id", "theme"])["assigned"]
    assert bool(told[passage, theme])
    assert again.passages["topic"].tolist() == desk.passages["topic"].tolist()
    assert dict(again.topics[["topic", "label"]].to_numpy())[min(first, second)] == "Both"
    content = read_run(tmp_path / "run")
    stages = {stage["stage"]: stage["how"] for stage in content["stages"]}
    assert stages["find_topics"] == stages["embed_passages"] == "loaded"
    assert any("topic_names.yml: 1." in warning["en"] for warning in content["warnings"])
    (corpus / "topic_names.yml").unlink()
    restored = open_tables(_run(corpus, tmp_path / "run")).parts
    assert restored.passages["topic"].equals(before.parts.passages["topic"])
    assert restored.topics["label"].equals(before.parts.topics["label"])


@pytest.mark.slow
def test_a_corpus_without_a_run_can_be_explored(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", 8)
    opened = open_tables(corpus)
    assert len(opened.parts.passages) == len(opened.vectors) >= 8
    assert opened.folder is None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus"]
