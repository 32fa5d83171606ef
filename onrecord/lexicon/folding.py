"""Two keys under which spellings of one name meet: `fold` for the same letters, `skeleton` for the same sounds."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a base and an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ə": "a", "ŋ": "n"}
)
_SILENT = re.compile(r"['’‘ʼʻʾʿ`´ʹʺ′\"“”„«».ˈˌ]")  # quotes, ayn and hamza marks, the dots of U.S.
_GAP = re.compile(r"[\W_]+")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
# The Arabic article in front of a name: joined by a hyphen in any case, or small and apart ("al Bab", never "Al Gore").
_ARTICLE = re.compile(r"^(?:[AaEe]([lnrdtsz])|[Aa](?:sh|th|dh))[-‐‑–](?=\w)|^(?:al|el)\s+(?=\w)")
_THE = re.compile(r"^the ")

_ARTICLES = frozenset("al el ul an en ar er ad ed at et as es ash esh az ez ath adh".split())  # noqa: SIM905
# What is written in several ways for one sound of Arabic, Kurdish, Persian or Cyrillic names; longer first.
_SOUNDS = (
    ("sch", "S"), ("tch", "S"), ("sh", "S"), ("ch", "S"), ("kh", "K"), ("gh", "g"), ("dh", "d"), ("th", "t"),
    ("ph", "f"), ("dj", "j"), ("zh", "j"), ("ck", "k"), ("cq", "k"), ("q", "k"), ("x", "ks"), ("c", "k"), ("v", "w"),
)  # fmt: skip
_VOWELS = re.compile(r"(?!^[wy])[aeiouwy]*[aeiou][aeiouwy]*|(?<=[^aeiou])[wy](?=[^aeiou]|$)")
_WEAK_END = re.compile(r"(?<=[^aeiou])[ae]+h?$")
_ROUND = frozenset("ouw")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """Return the key of a name's letters: small, without accents, quotes, dots, hyphens, possessive or leading article.

    "The" and a joined "al-" at the front go; "El Salvador" keeps its first word, which is part of the name. The key is
    empty for a name without letters or digits.
    """
    plain = _ARTICLE.sub("", _POSSESSIVE.sub("", name.strip()))
    plain = unicodedata.normalize("NFKD", plain).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)
    plain = _GAP.sub(" ", _SILENT.sub("", plain)).strip()
    return _THE.sub("", plain)


def has_article(name: str) -> bool:
    """Tell whether a name opens with an Arabic article however written: "al-Bab", "Al Bab", "Ar Raqqah"."""
    first, *rest = _GAP.split(name.strip().casefold(), maxsplit=1)
    return bool(rest) and first in _ARTICLES


def without_article(name: str) -> str:
    """Return the fold of a name less the Arabic article at its front, "Al Bab" as "al-Bab"."""
    folded = fold(name)
    first, _, rest = folded.partition(" ")
    return rest if rest and first in _ARTICLES else folded


@lru_cache(maxsize=1 << 16)
def skeleton(name: str) -> str:
    """Return the key of a name's sounds, the same for most transliterations: Raqqa, Rakka and al-Raqqah are "r1k".

    Articles go wherever they stand, consonants of one sound are one letter, doubled ones single, a run of vowels is
    `1` (a, e, i) or `2` (o, u), and a final -a, -e, -ah is dropped. The key is empty where fewer than two consonants
    remain, since so short a key would bring different names together.
    """
    words = fold(name).split()
    kept = [w for w in words if w not in _ARTICLES] or words
    key = _sounds("".join(_assimilated(word) for word in kept))
    return key if sum(c not in "12" for c in key) >= 2 else ""


def _assimilated(word: str) -> str:
    """Drop an article that grew into its word: "ezzor" is "zor", "arraqqa" is "raqqa"."""
    return word[2:] if len(word) > 4 and word[0] in "ae" and word[1] == word[2] and word[1] in "rsztdn" else word


def _sounds(letters: str) -> str:
    for written, sound in _SOUNDS:
        letters = letters.replace(written, sound)
    letters = _WEAK_END.sub("", _TWICE.sub(r"\1", letters))
    return _TWICE.sub(r"\1", _VOWELS.sub(_vowel, letters))


def _vowel(run: re.Match[str]) -> str:
    """Return the class of a run of vowels, `w` and `y` among them unless they open the name."""
    return "2" if _ROUND & set(run[0]) else "1"
