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
