"""The words that attribute: reporting verbs and nouns with their stance, and the patterns built from them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.lexicon import table
from onrecord.model.errors import DataError
from onrecord.model.vocabulary import STANCES, Stance

FRAMES = ("told", "of", "as", "quote", "object", "speech", "that")  # the order in which readings of one verb are tried


@dataclass(frozen=True, slots=True)
class Verb:
    """One way to read a reporting verb: `particles` are the words of which one must follow it, if any."""

    stance: Stance
    frame: str
    particles: tuple[str, ...] = ()
    plain: bool = False  # "considers it a crime": what is judged comes without "as"


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that stands for words said, and what joins it to them ("that", "to", "of", "for")."""

    stance: Stance
    joins: tuple[str, ...]


@cache
def verbs() -> dict[str, tuple[Verb, ...]]:
    """Return each form of each reporting verb with its readings, the most particular first.

    Raises DataError where the table names an unknown stance or frame.
    """
    found: dict[str, list[Verb]] = {}
    for group in table("cues")["verbs"]:
        verb = Verb(_stance(group["stance"]), group["frame"], tuple(group.get("with", ())), bool(group.get("to")))
        if verb.frame not in FRAMES:
            raise DataError(f"lexicon/data/cues.toml: unknown frame {verb.frame!r}; use one of {', '.join(FRAMES)}")
        for form in " ".join(group["forms"]).split():
            found.setdefault(form, []).append(verb)
    return {form: tuple(sorted(some, key=_particular)) for form, some in found.items()}


@cache
def nouns() -> dict[str, Noun]:
    """Return the nouns that stand for what somebody said."""
    return {
        word: Noun(_stance(group["stance"]), tuple(group["joins"]))
        for group in table("cues")["nouns"]
        for word in group["words"]
    }


@cache
def leanings() -> dict[str, Stance]:
    """Return what people want, favour, fear or are sure of, each word with its stance."""
    return {word: _stance(stance) for stance, some in table("cues")["leanings"].items() for word in some}


def stance_of_cue(cue: str) -> Stance:
    """Return the stance of the first word of a cue that tells one.

    >>> stance_of_cue("has long called for")
    'demands'
    """
    said = cue.lower().split()
    for number, word in enumerate(said):
        rest = " ".join(said[number + 1 :])
        if some := [v for v in verbs().get(word, ()) if not v.particles or _follows(v, rest)]:
            return some[0 if some[0].particles else -1].stance
        if word in nouns():
            return nouns()[word].stance
        pair = f"{word} {rest}".rpartition(" ")[0] if rest.count(" ") else f"{word} {rest}"
        if stance := leanings().get(word) or leanings().get(pair):
            return stance
    return "asserts"


def _follows(verb: Verb, rest: str) -> bool:
    return bool(re.match(rf"(?:{'|'.join(verb.particles)})\b", rest))


@cache
def words(section: str) -> frozenset[str]:
    """Return a word list of `cues.toml`: "people", "bodies" or "documents"."""
    return frozenset(table("cues")[section]["words"])


@cache
def document_verbs() -> frozenset[str]:
    """Return what papers and pictures do: "show", "suggest"."""
    return frozenset(table("cues")["documents"]["verbs"])


@cache
def verb_pattern() -> re.Pattern[str]:
    """Return the pattern that finds any form of any reporting verb as a whole word in lower case."""
    return re.compile(rf"(?<![\w’'-])(?:{either(verbs())})(?![\w-]|[’']\w)")


@cache
def noun_pattern() -> re.Pattern[str]:
    """Return the pattern that finds a noun of saying with the word that joins it to what was said."""
    grammar = table("cues")["grammar"]
    early, last = either(grammar["noun_time_parts"]), either(grammar["noun_times"])
    when = rf"(?:\s+(?:(?:{early})\s+)?(?:{last})\s+\w+)?"  # "the announcement last week that ..."
    return re.compile(rf"(?<![\w’'-])(?P<noun>{either(nouns())}){when}\s+(?P<join>that|of|to|for)\s+")


@cache
def speech_forms() -> str:
    """Return an alternation of the forms that end a clause: "..., he said", "but the ministry denied"."""
    return either(form for form, some in verbs().items() if any(v.frame in ("speech", "told") for v in some))


@cache
def judging_forms(ending: str) -> str:
    """Return an alternation of the forms with this ending of verbs that judge or demand: "condemned", "urging"."""
    some = (
        f for f, read in verbs().items() if any(v.frame in ("object", "of", "as") and not v.particles for v in read)
    )
    return either(form for form in some if form.endswith(ending))


def either(some: Iterable[str]) -> str:
    """Return a regular expression for any of the words, longest first; for none it matches nothing."""
    return "|".join(re.escape(word) for word in sorted(some, key=lambda word: (-len(word), word))) or "(?!)"


@cache
def _stance_patterns() -> tuple[tuple[Stance, re.Pattern[str]], ...]:
    return tuple(
        (_stance(name), re.compile("|".join(patterns), re.IGNORECASE))
        for name, patterns in table("cues")["stance"].items()
        if patterns
    )


_OPENING = (
    12  # words; read over whole contents, "would" is right for 31 of 60 training statements, over these for 26 of 46
)


def stance_of(stance: Stance, content: str, *, direct: bool) -> Stance:
    """Return the stance that the reported words themselves show where the verb only says that somebody spoke.

    Words of opinion count in a direct quotation only: in reported speech they were right 2 times in 9 on the training
    part, in quotations 15 in 23.
    """
    if stance != "asserts":
        return stance
    opening = " ".join(content.split()[:_OPENING])
    for name, pattern in _stance_patterns():
        opinion = name == "evaluates"
        if (direct or not opinion) and pattern.search(content if opinion else opening):
            return name
    return stance


def _stance(name: str) -> Stance:
    for stance in STANCES:
        if stance == name:
            return stance
    raise DataError(f"lexicon/data/cues.toml: unknown stance {name!r}; use one of {', '.join(STANCES)}")


def _particular(verb: Verb) -> tuple[bool, int]:
    return (not verb.particles, FRAMES.index(verb.frame))
