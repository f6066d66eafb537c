"""How a name sounds, as far as scripts agree on it: its consonants in coarse classes.

Scripts keep consonants better than vowels: Zelensky, Selenskyj, Зеленский and زيلينسكي share one
skeleton. A skeleton proposes; only the same story, or every word of a full name, decides.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

# Ways to write one sound; longer ones first.
_CLASSES = (
    ("tsch", "S"), ("sch", "S"), ("tch", "S"), ("dzh", "S"), ("ch", "SK"), ("sh", "S"), ("zh", "S"),
    ("cz", "S"), ("sz", "S"), ("ts", "S"), ("dj", "S"), ("kh", "K-"), ("gh", "K-"), ("ph", "P"),
    ("th", "TS"), ("ck", "K"), ("qu", "K"), ("c", "KS"), ("j", "SK-"), ("s", "S"), ("z", "S"),
    ("x", "K"), ("b", "P"), ("p", "P"), ("f", "P"), ("v", "P-"), ("w", "P-"), ("d", "T"), ("t", "T"),
    ("k", "K"), ("g", "KS"), ("q", "K"), ("l", "L"), ("r", "R"), ("m", "M"), ("n", "N"), ("h", "-K"),
)  # fmt: skip
_SOUND = re.compile("|".join(key for key, _ in _CLASSES))
_MOST = 24
ARABIC = re.compile(r"[؀-ۿ]")
HAN = re.compile(r"[一-鿿]")


@lru_cache(maxsize=65_536)
def skeletons(word: str) -> frozenset[str]:
    """Return the skeletons a word may have."""
    from anyascii import anyascii

    plain = anyascii(word).lower().replace("'", "").replace("`", "")
    if ARABIC.search(word):
        # Waw and ya are vowels within a word.
        plain = plain[:1] + plain[1:].replace("w", "").replace("y", "")
    if HAN.search(word):
        plain = re.sub(r"ng(?=[^aeiou]|$)|n(?=[^aeioug]|$)", "n", plain)
    options = [dict(_CLASSES)[match.group()] for match in _SOUND.finditer(plain)]
    readings: set[str] = set()
    for choice in product(*options):
        joined = "".join(choice).replace("-", "")
        readings.add(re.sub(r"(.)\1+", r"\1", joined))
        if len(readings) >= _MOST:
            break
    if HAN.search(word):
        readings = {reading.replace("R", "L") for reading in readings}
    return frozenset(readings)


def sounds_alike(one: str, other: str) -> bool:
    """Say whether two words can be one name: a shared skeleton of two consonants and more."""
    first, second = skeletons(one), skeletons(other)
    if HAN.search(one) or HAN.search(other):
        first = frozenset(reading.replace("R", "L") for reading in first)
        second = frozenset(reading.replace("R", "L") for reading in second)
    if any(len(reading) >= 2 for reading in first & second):
        return True
    return any(
        min(len(a), len(b)) >= 4 and a[0] == b[0] and _is_one_apart(a, b)
        for a in first
        for b in second
    )


def _is_one_apart(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    for place in range(len(long)):
        if (
            len(short) == len(long)
            and short[:place] + short[place + 1 :] == long[:place] + long[place + 1 :]
        ):
            return True
        if len(short) < len(long) and short == long[:place] + long[place + 1 :]:
            return True
    return False
