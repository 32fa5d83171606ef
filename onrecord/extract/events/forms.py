"""The forms that a dictionary word takes in a text: "seize", "seizes", "seized", "seizing"; "battle", "battles"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_VOWELS = "aeiou"
_JOINTS = ("of", "against", "in")

BASE, THIRD, PAST, PARTICIPLE, ING = "base", "third", "past", "participle", "ing"


def verb_forms(verb: str, irregular: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """Return each form of a verb with what it may be: base, third, past, participle, ing.

    `irregular` gives past and participle, and may add a third item, the stem before "-ing" ("withdraw", "bus" with
    "bussed"). Of a verb of several words ("break into") only the first is inflected.
    """
    head, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    found: dict[str, set[str]] = {}
    past, participle, *stem = irregular.get(head) or (_past(head), _past(head))
    ing = f"{stem[0]}ing" if stem else _ing(head)
    parts = ((head, BASE), (_third(head), THIRD), (past, PAST), (participle, PARTICIPLE), (ing, ING))
    for form, kind in parts:
        found.setdefault(form + tail, set()).add(kind)
    return {form: frozenset(kinds) for form, kinds in found.items()}


def plural(noun: str) -> str:
    """Return the regular plural of a noun, of several words that of the last ("car bomb", "car bombs").

    Before "of" or "against" it is the first word that takes it: "acts of terror", "crimes against humanity".
    """
    head, joint, rest = _headed(noun)
    if joint:
        return f"{plural(head)} {joint} {rest}"
    if noun.endswith("s") and not noun.endswith(("ss", "us", "sis")):
        return noun
    if noun.endswith("sis"):
        return noun[:-2] + "es"
    return _third(noun)


def _headed(noun: str) -> tuple[str, str, str]:
    """Return a noun with its head, the word that joins, and the rest; the latter empty where nothing is joined."""
    for joint in _JOINTS:
        head, found, rest = noun.partition(f" {joint} ")
        if found:
            return head, joint, rest
    return noun, "", ""


def _third(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _past(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ied"
    return word + "ed"


def _ing(word: str) -> str:
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")):
        return word[:-1] + "ing"
    return word + "ing"
