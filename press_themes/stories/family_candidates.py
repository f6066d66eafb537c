"""Which originals an article may derive from, told by a sample of its three-word sequences.

Only the samples of all articles are kept in memory, a fraction of the texts; whether two texts
are of one family is for others to verify.
"""

from __future__ import annotations

import zlib

import numpy as np

from press_themes.folding import word_list

# One three-word sequence in eight, the same ones in every text, is looked up; at 60 words and half
# of the sequences shared, one pair in a hundred and fifty has none of them in common.
_SAMPLED = 8
_CANDIDATES = 20
# A text that shares half of its sequences with another shares about half of the sampled ones: a
# fifth leaves room for chance, and spares the exact comparison with thousands of texts that share
# a turn of phrase.
_SHARED_SAMPLES = 0.2
# Turns of phrase that more originals than this use say nothing about descent.
_COMMON = 100
_WORDS_KEPT = 100_000


class _Hashes(dict[str, int]):
    """The hashes of the words met, worked out once a word while there is room."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _WORDS_KEPT:
            self.clear()
        return self.setdefault(word, zlib.crc32(word.encode()))


_HASHES = _Hashes()


def word_sequences(text: str, fewest_words: int) -> np.ndarray:
    """Return the distinct three-word sequences of a text as hashes."""
    words = word_list(text)
    if len(words) < fewest_words:
        return np.empty(0, np.uint64)
    hashes = np.fromiter(map(_HASHES.__getitem__, words), np.uint64, len(words))
    return np.unique(_mix(hashes))


def sample_of(sequences: np.ndarray) -> np.ndarray:
    """Return the sequences that are looked up."""
    return (sequences[sequences % np.uint64(_SAMPLED) == 0] >> np.uint64(3)).astype(np.uint32)


class CandidateIndex:
    """The originals found so far, by the sampled sequences that they share with other articles.

    Parameters
    ----------
    samples : list of ndarray
        From `sample_of`, one an article.
    """

    def __init__(self, samples: list[np.ndarray]) -> None:
        self._samples = samples
        joined = np.concatenate(samples) if samples else np.empty(0, np.uint32)
        hashes, counts = np.unique(joined, return_counts=True)
        self._shared = hashes[counts > 1]
        room = np.minimum(counts[counts > 1], _COMMON)
        self._starts = np.concatenate([[0], np.cumsum(room)])
        self._filled = np.zeros(len(room), np.int64)
        self._room = room
        self._places = np.empty(self._starts[-1], np.int32)

    def find(self, place: int) -> list[int]:
        """Return the originals that share most samples with an article, if any share enough."""
        keys = self._keys(place)
        if not len(keys):
            return []
        starts = self._starts[keys]
        ends = starts + self._filled[keys]
        hits = [self._places[start:end] for start, end in zip(starts, ends, strict=True)]
        places, counts = np.unique(np.concatenate(hits), return_counts=True)
        enough = counts >= max(1, int(_SHARED_SAMPLES * len(self._samples[place])))
        places, counts = places[enough], counts[enough]
        likeliest = np.lexsort((places, -counts))[:_CANDIDATES]
        return [int(found) for found in places[likeliest]]

    def add(self, place: int) -> None:
        """Take in an article as an original."""
        keys = self._keys(place)
        keys = keys[self._filled[keys] < self._room[keys]]
        self._places[self._starts[keys] + self._filled[keys]] = place
        self._filled[keys] += 1

    def _keys(self, place: int) -> np.ndarray:
        """Return where the samples of an article stand among those that articles share."""
        found = self._samples[place]
        keys = np.searchsorted(self._shared, found)
        inside = keys < len(self._shared)
        keys, found = keys[inside], found[inside]
        return np.unique(keys[self._shared[keys] == found])


def _mix(words: np.ndarray) -> np.ndarray:
    """Join the hashes of three neighbouring words to one."""
    with np.errstate(over="ignore"):
        mixed = words[:-2] * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(29))) + words[1:-1]
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(32))) + words[2:]
        mixed *= np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
