"""Runs killed at random moments, two at once, damaged, full and read-only stores, workers that die.

Each is done with the real engine; what a user would see is printed.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from embedding_child import embed_in_process, start_process
from embedding_corpora import read_corpora

from press_themes.vectors.encoders import encoder_cache, load_encoder
from press_themes.vectors.store import list_shards

_KILLS = 30
_SHARD = 512


def show_kills(texts: Sequence[str], cache: Path, place: Path) -> None:
    """Kill a run at random moments, starting it again each time until it is done."""
    store = load_encoder(cache=cache).store
    assert store is not None
    expected, out = _undisturbed(texts, place), place / "killed.npy"
    random.seed(0)
    at_work = 0
    kept = lost = 0
    for number in range(_KILLS):
        if kept * _SHARD >= len(texts):
            shutil.rmtree(store.folder)
            kept = 0
        process = start_process(texts, out, cache)
        if number % 3:
            # Two of three once it embeds, the others wherever they are, the loading included.
            assert process.stdout is not None
            process.stdout.readline()
            at_work += 1
        time.sleep(random.uniform(0, 6))
        process.send_signal(signal.SIGKILL)
        process.wait()
        now = len(list_shards(store.folder))
        assert now >= kept, "a shard that was whole is gone"
        kept = now
        lost += any(store.folder.glob(".writing-*"))
        for path in store.folder.glob(".writing-*"):
            path.unlink()
    embed_in_process(texts, out, cache)
    print(
        f"killed {_KILLS} times, {at_work} of them while embedding ({lost} while a shard was being "
        f"written); the next run: same vectors {np.array_equal(np.load(out), expected)}, shards "
        f"{len(list_shards(store.folder))} where an undisturbed run writes {-(-len(texts) // _SHARD)}."
    )


def show_two_at_once(texts: Sequence[str], cache: Path, place: Path) -> None:
    """Let two runs share a store."""
    expected = _undisturbed(texts, place)
    outs = [place / f"at-once-{i}.npy" for i in range(2)]
    processes = [start_process(texts, out, cache) for out in outs]
    codes = [process.wait() for process in processes]
    same = [np.array_equal(np.load(out), expected) for out in outs]
    print(f"two runs at once: ended with {codes}, same vectors {same}.")


def show_flipped_byte(texts: Sequence[str], cache: Path, place: Path) -> None:
    """Flip a byte in the middle of a shard."""
    expected = _undisturbed(texts, place)
    store = load_encoder(cache=cache).store
    assert store is not None
    embed_in_process(texts, place / "whole.npy", cache)
    path = list_shards(store.folder)[0]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    embed_in_process(texts, place / "mended.npy", cache)
    print(
        f"a flipped byte: same vectors {np.array_equal(np.load(place / 'mended.npy'), expected)}."
    )


def show_small_disk(texts: Sequence[str], cache: Path, place: Path) -> None:
    """Keep the store on a file system of two megabytes, then on one that may only be read."""
    expected = _undisturbed(texts, place)
    stores = cache / "vectors"
    shutil.rmtree(stores, ignore_errors=True)
    stores.mkdir()
    for words, name in ((["size=2m"], "a full disk"), (["remount,ro"], "a read-only cache")):
        subprocess.run(["mount", "-t", "tmpfs", "-o", ",".join(words), "none", stores], check=True)
        embed_in_process(texts, place / "disk.npy", cache)
        print(f"{name}: same vectors {np.array_equal(np.load(place / 'disk.npy'), expected)}.")
    subprocess.run(["umount", stores], check=True)


def show_cluster(texts: Sequence[str], cache: Path, place: Path) -> None:
    """Share the work between two local workers; kill one half-way."""
    expected = _undisturbed(texts, place)
    one = embed_in_process(texts, place / "one.npy", cache)
    for kill in (False, True):
        shutil.rmtree(cache / "vectors", ignore_errors=True)
        process = start_process(texts, place / "two.npy", cache, "local:2")
        assert process.stdout is not None
        process.stdout.readline()
        begun = time.perf_counter()
        if kill:
            _kill_worker(process.pid, cache)
        process.wait()
        seconds = time.perf_counter() - begun
        same = np.array_equal(np.load(place / "two.npy"), expected)
        print(
            f"two workers{', one killed' if kill else ''}: same vectors {same}, {seconds:.1f} s with "
            f"their start, one process {one['embedding']:.1f} s."
        )


def _kill_worker(parent: int, cache: Path) -> None:
    """Kill a worker when the first shard has come back."""
    while not list((cache / "vectors").glob("*/*.npz")):
        time.sleep(0.05)
    listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()[1:]]
    own = [int(pid) for pid, ppid, words in rows if ppid == str(parent) and "spawn_main" in words]
    print(f"killing worker {own[0]} of {own}")
    sys.stdout.flush()
    subprocess.run(["kill", "-9", str(own[0])], check=True)


def _undisturbed(texts: Sequence[str], place: Path) -> np.ndarray:
    """Return the vectors of a run with a store of its own that nothing happens to."""
    path = place / "expected.npy"
    if not path.exists():
        cache = place / "undisturbed"
        _copy_cache(cache)
        embed_in_process(texts, path, cache)
    return np.load(path)


def _copy_cache(cache: Path) -> None:
    shutil.copytree(encoder_cache(), cache, ignore=shutil.ignore_patterns("vectors"))


SHOWS: dict[str, Callable[[Sequence[str], Path, Path], None]] = {
    "kills": show_kills,
    "at-once": show_two_at_once,
    "flipped": show_flipped_byte,
    "disk": show_small_disk,
    "cluster": show_cluster,
}

if __name__ == "__main__":
    load_encoder()
    # Short, so that thirty-odd runs take minutes; there are four shards of them.
    passages = [" ".join(text.split(" ")[:12])[:80] for text in list(read_corpora().values())[-1]]
    for shown in sys.argv[1:] or SHOWS:
        with tempfile.TemporaryDirectory() as folder:
            _copy_cache(Path(folder) / "cache")
            SHOWS[shown](passages, Path(folder) / "cache", Path(folder))
