from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pandas as pd
import pytest

from press_themes.permissions import ALLOWED, KEY, allow_service, user_file
from press_themes.topics.name_choice import name_topics
from press_themes.topics.rewriting import NamingSettings

PASSAGES = pd.DataFrame({"passage_id": ["a"], "topic": [0]})
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
WHOLE = HEAD + b"Connection: close\r\n\r\n"


@pytest.fixture(autouse=True)
def _nobody_is_allowed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(ALLOWED, "")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def _receive(connection: socket.socket) -> bytes:
    """Read a whole request: a connection that is closed over unread bytes is reset."""
    received = b""
    while b"\r\n\r\n" not in received:
        part = connection.recv(65_536)
        if not part:
            return received
        received += part
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(re.search(rb"(?i)content-length: *(\d+)", head + b"\nContent-Length: 0")[1])
    while len(body) < length:
        body += connection.recv(65_536)
    return head + b"\r\n\r\n" + body


@contextmanager
def serving(answer: Callable[[socket.socket], None]) -> Iterator[tuple[str, list[bytes]]]:
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    asked.append(_receive(connection))
                    with suppress(OSError):
                        answer(connection)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/v1", asked


def say(content: object) -> Callable[[socket.socket], None]:
    text = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
    return lambda connection: connection.sendall(WHOLE + text)


def name(endpoint: str, timeout: int = 1) -> tuple[str, list[dict[str, str]]]:
    topics = pd.DataFrame(
        {"topic": [0], "label": ["Tide"], "keywords": [[{"words": ["tide"], "language": "en"}]]}
    )
    settings = NamingSettings(endpoint, "small", timeout=timeout)
    naming = name_topics(topics, PASSAGES, "en", settings)
    return naming.topics["label"].iloc[0], naming.problems


def drip(connection: socket.socket) -> None:
    for letter in WHOLE * 100:
        connection.sendall(bytes([letter]))
        time.sleep(0.05)


def pour(connection: socket.socket) -> None:
    connection.sendall(WHOLE)
    for _ in range(1_000):
        connection.sendall(b" " * 1_000_000)


REDIRECTION = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"
ANSWERS = {
    "drips": drip,
    "says nothing": lambda connection: time.sleep(3),
    "nests": lambda connection: connection.sendall(WHOLE + b"[" * 500_000),
    "redirects": lambda connection: connection.sendall(REDIRECTION),
    "answers a page": lambda connection: connection.sendall(WHOLE + b"<html>Reefs</html>"),
    "pours a gigabyte": pour,
    "says null": say(None),
    "says a number": say(7),
    "says null alone": lambda connection: connection.sendall(WHOLE + b"null"),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_whatever_a_service_answers_the_computed_name_is_kept_in_time(kind: str) -> None:
    with serving(ANSWERS[kind]) as (address, asked):
        allow_service(address)
        begun = time.monotonic()
        label, problems = name(address)
        assert time.monotonic() - begun < 5
    assert label == "Tide"
    assert len(problems) == 1
    assert len(asked) == 1


@pytest.mark.parametrize("answer", ["None", "null", "N/A", "7", "…", "", "<b>Reefs</b>", "x" * 99])
def test_what_is_no_name_leaves_the_computed_one(answer: str) -> None:
    with serving(say(answer)) as (address, _):
        allow_service(address)
        assert name(address) == ("Tide", [])


def test_a_corpus_alone_sends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "secret")
    with serving(say("Reefs")) as (address, asked):
        label, problems = name(address)
    assert (label, asked) == ("Tide", [])
    assert "--language-service" in problems[0]["en"]


def test_one_service_allowed_does_not_allow_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "secret")
    with serving(say("Reefs")) as (mine, _), serving(say("Reefs")) as (other, asked):
        allow_service(mine)
        assert name(mine)[0] == "Reefs"
        assert name(other)[0] == "Tide"
    assert asked == []


def test_the_settings_of_ones_own_allow_and_say_which_key_goes_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MINE", "my key")
    monkeypatch.setenv(KEY, "not this")
    with serving(say("Reefs")) as (address, asked):
        user_file().parent.mkdir(parents=True)
        told = f"language_services:\n- {{endpoint: '{address}', key_variable: MINE}}\n"
        user_file().write_text(told, encoding="utf-8")
        assert name(address)[0] == "Reefs"
    assert b"Bearer my key" in asked[0]
    assert b"not this" not in asked[0]
