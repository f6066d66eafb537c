from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from press_themes.configuration import SHIPPED_CORPUS, read_configuration
from press_themes.errors import ConfigurationError


def test_a_bare_folder_gets_defaults_and_the_shipped_codebook(tmp_path: Path) -> None:
    configuration = read_configuration(tmp_path)
    assert configuration.codebook == SHIPPED_CORPUS / "themes.yml"
    assert configuration.codebook_is_default
    assert configuration.events is None
    assert configuration.report_language == "auto"


def test_corpus_yml_overrides_and_the_command_line_overrides_that(tmp_path: Path) -> None:
    (tmp_path / "corpus.yml").write_text(
        "title: Ma revue\nseed: 5\nencoder: some/model\nengine: torch\n"
        "settings:\n  topics: {granularity: coarse}\n  passages: {most_tokens: 120}\n"
    )
    configuration = read_configuration(tmp_path)
    assert configuration.title == {"en": "Ma revue", "fr": "Ma revue"}
    assert configuration.topics.granularity == "coarse"
    assert configuration.topics.seed == configuration.trends.seed == 5
    assert configuration.passages.most_tokens == 120
    assert configuration.engine == "torch"
    told = read_configuration(tmp_path, encoder="other", codebook="none", seed=7)
    assert (told.encoder, told.codebook, told.seed, told.topics.seed) == ("other", None, 7, 7)


def test_who_limits_the_languages_of_articles_limits_those_of_passages(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.yml"
    corpus.write_text("settings:\n  articles: {plausible_languages: [fr, br]}\n")
    assert read_configuration(tmp_path).passages.plausible_languages == ("fr", "br")
    corpus.write_text(
        "settings:\n  articles: {plausible_languages: [fr]}\n"
        "  passages: {plausible_languages: [fr, en]}\n"
    )
    assert read_configuration(tmp_path).passages.plausible_languages == ("fr", "en")


def test_who_names_topics_is_read_beside_the_corpus(tmp_path: Path) -> None:
    (tmp_path / "corpus.yml").write_text(
        "topic_names: {endpoint: 'http://localhost:1/v1', model: small}\n"
    )
    (tmp_path / "topic_names.yml").write_text("topics: []\n")
    configuration = read_configuration(tmp_path)
    assert configuration.naming.model == "small"
    assert configuration.topic_names == tmp_path / "topic_names.yml"
    assert read_configuration(tmp_path / "corpus.yml").naming == configuration.naming


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{endpoint: 'http://localhost:1/v1'}", "endpoint and model"),
        ("{endpont: x, model: y}", "did you mean 'endpoint'"),
        ("{endpoint: x, model: y, timeout: 0}", "above 0"),
        ("[x]", "topic_names"),
    ],
)
def test_a_wrong_service_is_an_error(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "corpus.yml").write_text(f"topic_names: {text}\n")
    with pytest.raises(ConfigurationError, match=message):
        read_configuration(tmp_path)


def test_the_corpus_s_own_codebook_and_events_are_found_beside_a_file_too(tmp_path: Path) -> None:
    (tmp_path / "themes.yml").write_text("themes: {}")
    (tmp_path / "events.yml").write_text("events: []")
    (tmp_path / "articles.csv").write_text("text\n")
    configuration = read_configuration(tmp_path / "articles.csv")
    assert configuration.codebook == tmp_path / "themes.yml"
    assert configuration.events == tmp_path / "events.yml"
    assert not configuration.codebook_is_default


def test_empty_values_are_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "corpus.yml").write_text("licence:\nencoder:\nengine:\ntitle:\nreport_language:\n")
    assert read_configuration(tmp_path) == replace(
        read_configuration(tmp_path), licence="", encoder="packaged", title={}
    )


def test_an_encoder_s_folder_is_known_by_its_whole_path(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "models").mkdir()
    monkeypatch.chdir(tmp_path)
    assert read_configuration(tmp_path, encoder="models").encoder == str(tmp_path / "models")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("titel: x\n", "did you mean 'title'"),
        ("settings: {topic: {}}\n", "did you mean 'topics'"),
        ("settings: {topics: {granularty: fine}}\n", "did you mean 'granularity'"),
        ("settings: {topics: {granularity: huge}}\n", "coarse, medium, fine"),
        ("settings: {topics: {resamples: many}}\n", "write a whole number"),
        ("settings: {articles: {latest_date: soon}}\n", "a date like"),
        ("settings: {articles: {plausible_languages: fr}}\n", "write a list"),
        ("settings: {topics: {sample: 3}}\n", "50 or more"),
        ("settings: {topics: {seed: -3}}\n", "0 or more"),
        ("settings: {passages: {most_tokens: 5}}\n", "40 or more"),
        ("settings: {articles: {plausible_languages: [1, xx]}}\n", "write a text"),
        ("settings: {trends: {period: weekly}}\n", "auto, day, week"),
        ("engine: onnx\n", "'auto', 'int8', 'half' or 'torch'"),
        ("codebook: false\n", "a text"),
        ("encoder: [a]\n", "a text"),
        ("seed: -1\n", "0 or more"),
        ("seed: true\n", "whole number"),
        ("report_language: klingon\n", "'auto', 'en' or 'fr'"),
        ("codebook: nowhere.yml\n", "is not a file"),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "corpus.yml").write_text(text)
    with pytest.raises(ConfigurationError, match=message):
        read_configuration(tmp_path)
