"""What is committed, whatever it is."""

from __future__ import annotations

import re
import subprocess

from conftest import ROOT

# Folders of people and machines; a trailing name tells a path from the mention of a folder.
_OF_ONE_MACHINE = re.compile(r"(?<![\w.:/])/(?:home|root|tmp|Users|work|mnt)/\w")


def test_no_file_bears_a_path_of_one_machine() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    found = []
    for name in listed.stdout.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file() and path.suffix not in (".png", ".pdf"):
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{name}: {match[0]}" for match in _OF_ONE_MACHINE.finditer(text)]
    assert not found


def test_every_pin_is_in_the_lock_file_with_checksums() -> None:
    pinned = re.findall(r"^([\w.-]+==[\w.]+)", (ROOT / "requirements.txt").read_text("utf-8"), re.M)
    locked = (ROOT / "requirements.lock").read_text("utf-8")
    names = {_plain(name) for name in re.findall(r"^([\w.-]+==[\w.]+)", locked, re.M)}
    # PyTorch's builds come from several indexes.
    assert [own for own in pinned if _plain(own) not in names] == [
        own for own in pinned if own.startswith("torch==")
    ]
    entries = re.split(r"^(?=[\w.-]+==)", locked, flags=re.M)[1:]
    assert not [entry for entry in entries if "--hash=sha256:" not in entry]


def _plain(requirement: str) -> str:
    name, _, version = requirement.partition("==")
    return f"{re.sub(r'[-_.]+', '-', name).lower()}=={version}"
