from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pandas as pd
import pytest
import yaml

from press_themes.errors import ConfigurationError
from press_themes.permissions import ALLOWED, allow_service
from press_themes.topics.name_choice import list_names_to_fill_in, name_topics, read_topic_names
from press_themes.topics.rewriting import NamingSettings


class _Service(BaseHTTPRequestHandler):
    answers: ClassVar[dict[str, object]] = {}
    asked: ClassVar[list[dict]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append({"path": self.path, "key": self.headers.get("Authorization"), **body})
        answer = next(
            (a for word, a in self.answers.items() if word in body["messages"][1]["content"]), 500
        )
        self.send_response(answer if isinstance(answer, int) else 200)
        if answer == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        if isinstance(answer, str):
            choice = {"message": {"content": answer}}
            self.wfile.write(json.dumps({"choices": [choice]}).encode())

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(autouse=True)
def _nobody_is_allowed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(ALLOWED, "")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "own"))


@pytest.fixture
def service() -> Iterator[str]:
    _Service.answers, _Service.asked = {}, []
    server = HTTPServer(("127.0.0.1", 0), _Service)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}/v1"
    allow_service(address)
    yield address
    server.shutdown()
    thread.join()
    server.server_close()


def _topics() -> pd.DataFrame:
    keywords = [
        [{"language": "en", "words": [word, "more"]}] for word in ("tide", "loom", "barley")
    ]
    return pd.DataFrame(
        {
            "topic": [0, 1, 2],
            "label": ["Tide, reef", "Loom, thread", "Barley, plough"],
            "keywords": keywords,
            "representatives": [["a", "b"], ["c", "0012"], ["e"]],
        }
    )


PASSAGES = pd.DataFrame(
    {"passage_id": ["a", "b", "c", "0012", "e", "f"], "topic": [0, 0, 1, 1, 2, -1]}
)


def _names(folder: Path, entries: object, language: str = "en") -> pd.DataFrame:
    path = folder / "topic_names.yml"
    path.write_text(yaml.safe_dump({"topics": entries}), encoding="utf-8")
    return read_topic_names(path, language)


def test_by_default_names_are_computed_and_nobody_is_asked() -> None:
    naming = name_topics(_topics(), PASSAGES, "en")
    assert naming.topics["label_source"].tolist() == ["computed"] * 3
    assert naming.topics["label"].tolist() == naming.topics["label_computed"].tolist()
    assert naming.problems == []
    assert read_topic_names(None, "en").empty


def test_a_service_rewrites_names_and_sees_keywords_only(
    service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRESS_THEMES_KEY", "secret")
    _Service.answers = {"tide": '"Life on the reef."', "loom": "Tide, reef", "barley": "x" * 500}
    settings = NamingSettings(service, "small")
    naming = name_topics(_topics(), PASSAGES, "fr", settings)
    # A name that is taken and one that is too long leave the computed one.
    assert naming.topics["label"].tolist() == ["Life on the reef", "Loom, thread", "Barley, plough"]
    assert naming.topics["label_source"].tolist() == ["rewritten", "computed", "computed"]
    asked = _Service.asked[0]
    assert asked["path"] == "/v1/chat/completions"
    assert asked["key"] == "Bearer secret"
    assert asked["model"] == "small"
    assert "French" in asked["messages"][0]["content"]
    assert "tide, more" in asked["messages"][1]["content"]


@pytest.mark.parametrize(("status", "said"), [(500, "HTTP 500"), (302, "HTTP 302")])
def test_a_failure_is_one_sentence_and_keeps_the_names(
    service: str, status: int, said: str
) -> None:
    _Service.answers = {"tide": "Reefs", "loom": status}
    naming = name_topics(_topics(), PASSAGES, "en", NamingSettings(service))
    assert naming.topics["label"].tolist() == ["Reefs", "Loom, thread", "Barley, plough"]
    assert len(naming.problems) == 1
    assert said in naming.problems[0]["en"]
    assert len(_Service.asked) == 2


def test_a_service_that_is_not_there_is_one_sentence() -> None:
    allow_service("http://127.0.0.1:9/v1")
    naming = name_topics(_topics(), PASSAGES, "en", NamingSettings("http://127.0.0.1:9/v1"))
    assert len(naming.problems) == 1
    assert set(naming.problems[0]) == {"en", "fr"}


def test_words_about_abuse_do_not_come_back_in_a_rewritten_name(service: str) -> None:
    _Service.answers = {"tide": "Sexual images", "loom": "Weaving", "barley": "Crops"}
    naming = name_topics(_topics(), PASSAGES, "en", NamingSettings(service))
    assert naming.topics["label"].tolist() == ["Tide, reef", "Weaving", "Crops"]


def test_a_service_that_does_not_speak_http_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            for _ in range(3):
                connection, _ = server.accept()
                with connection:
                    connection.recv(65_536)
                    connection.sendall(b"SSH-2.0-OpenSSH\r\n")

        threading.Thread(target=answer, daemon=True).start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/v1"
        allow_service(address)
        naming = name_topics(_topics(), PASSAGES, "en", NamingSettings(address))
    assert "not HTTP" in naming.problems[0]["en"]
    assert set(naming.topics["label_source"]) == {"computed"}


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "localhost:80",
        "http://",
        "http://[::",
        "http://localhost:abc/v1",
        "http://local host/v1",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ConfigurationError, match="is not an address"):
        name_topics(_topics(), PASSAGES, "en", NamingSettings(address))


def test_a_key_is_not_sent_unencrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESS_THEMES_KEY", "secret")
    allow_service("http://example.org/v1")
    with pytest.raises(ConfigurationError, match="unencrypted"):
        name_topics(_topics(), PASSAGES, "en", NamingSettings("http://example.org/v1"))


def test_the_analysts_name_wins_and_follows_its_passages(tmp_path: Path, service: str) -> None:
    _Service.answers = {"tide": "Reefs", "loom": "Weaving", "barley": "Crops"}
    names = _names(
        tmp_path,
        [
            {"name": {"en": "The sea", "fr": "La mer"}, "passages": ["a", "gone"]},
            {"name": "Nowhere", "passages": ["gone", "f"]},
            {"name": "", "passages": ["e"]},
        ],
        "fr",
    )
    renumbered = PASSAGES.assign(topic=[2, 2, 1, 1, 0, -1])
    naming = name_topics(_topics(), renumbered, "fr", NamingSettings(service), names)
    assert naming.topics["label"].tolist() == ["Reefs", "Weaving", "La mer"]
    assert naming.topics["label_source"].tolist() == ["rewritten", "rewritten", "analyst"]
    assert len(naming.problems) == 1
    assert "Nowhere" in naming.problems[0]["en"]


def test_of_two_names_for_a_topic_the_one_with_more_passages_is_used(tmp_path: Path) -> None:
    names = _names(
        tmp_path,
        [{"name": "One", "passages": ["a"]}, {"name": "Both", "passages": ["a", "b"]}],
    )
    naming = name_topics(_topics(), PASSAGES, "en", names=names)
    assert naming.topics["label"].tolist()[0] == "Both"
    assert "One" in naming.problems[0]["en"]


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([{"name": "x"}], "passage_id"),
        ([{"nam": "x", "passages": ["a"]}], "name"),
        ([{"name": 3, "passages": ["a"]}], "topics → 1 → name"),
        ({"0": "x"}, "topics"),
        (["x"], "topics → 1"),
    ],
)
def test_a_wrong_entry_is_an_error_that_says_where(
    tmp_path: Path, entries: object, said: str
) -> None:
    with pytest.raises(ConfigurationError, match=said):
        _names(tmp_path, entries)


def test_the_sheet_can_be_filled_in_and_read_back(tmp_path: Path) -> None:
    topics = name_topics(_topics(), PASSAGES, "en").topics
    topics.loc[0, "label_computed"] = "Tide\nevil: true"
    path = tmp_path / "topic_names.yml"
    path.write_text(list_names_to_fill_in(topics), encoding="utf-8")
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert [entry["passages"] for entry in content["topics"]] == [["a", "b"], ["c", "0012"], ["e"]]
    content["topics"][1]["name"] = "Cloth"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    naming = name_topics(_topics(), PASSAGES, "en", names=read_topic_names(path, "en"))
    assert naming.topics["label"].tolist() == ["Tide, reef", "Cloth", "Barley, plough"]
    assert naming.problems == []
    path.write_text(list_names_to_fill_in(topics.iloc[:0]), encoding="utf-8")
    assert yaml.safe_load(path.read_text(encoding="utf-8")) == {"topics": []}
