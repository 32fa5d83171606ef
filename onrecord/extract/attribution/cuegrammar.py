"""The patterns that tell a source's phrase from its surroundings, built from the lists of `cues.toml`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from onrecord.extract.attribution.channels import channel_pattern
from onrecord.extract.attribution.quotations import MASK
from onrecord.lexicon.lexicon import table

PRONOUNS = frozenset({"he", "she", "they", "it"})
PERSONAL = frozenset({"he", "she"})


@cache
def listed(name: str) -> frozenset[str]:
    """Return a list of plain words of the section `grammar`."""
    return frozenset(table("cues")["grammar"][name])


@cache
def either_of(name: str) -> str:
    """Return an alternation of a list of the section `grammar`, longest entry first."""
    return "|".join(sorted(table("cues")["grammar"][name], key=lambda entry: (-len(entry), entry)))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return a pattern by its name in this module; building each once keeps reading fast."""
    return _BUILDERS[name]()


def prepositions() -> str:
    """Return the alternation of prepositions as a group."""
    return f"(?:{either_of('prepositions')})"


def has_verb(piece: str) -> bool:
    """Tell whether the words hold what looks like a verb; participles such as "US-backed" do not count."""
    return bool(pattern("verblike").search(pattern("not_verblike").sub("", piece)))


def governed(before: str) -> bool:
    """Tell whether the words before a name end with a preposition, so that the name is not the head of its phrase."""
    return bool(pattern("governed").search(before))


def _auxiliary() -> re.Pattern[str]:
    adverb = rf"(?!(?:{either_of('not_adverbs')})\b)[a-z]+ly"
    return re.compile(rf"(?:[\s,]+(?:{either_of('between')}|{adverb}))+\s*,?\s*$")


def _break() -> re.Pattern[str]:
    return re.compile(
        rf"[{MASK};:()\n\[\]]|[–—]|\s-\s|--|\b(?:{either_of('clause_words')})\b"
        r"|(?:^|,\s*)(?:and|or|with)\b|\bwith\b(?=\s+[\w\s’'-]{2,60}$)"
    )


def _strong_break() -> re.Pattern[str]:
    return re.compile(
        rf"[{MASK};:\n]|(?:^|,\s)(?:{either_of('strong_clause_words')})\b"
        r"|^(?:But|And|While|As|After|Although|Yet)\b"
    )


def _cut_before_noun() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{prepositions()}|than|and|during|after|before)\s+")


def _rest_of_noun() -> re.Pattern[str]:
    return re.compile(
        rf"\s+{prepositions()}\s|\s+[a-z]+ing\s|\s+[a-z]+ed\s+(?:in|by|at|from|on|online)\s"
        rf"|\s+(?:{either_of('participles')})\b"
    )


def _stop_forward() -> re.Pattern[str]:
    words = "who|which|that|while|but|as|when|where|after|because|before|during|including|adding|saying"
    return re.compile(rf"[.;:{MASK}\n)](?!\w)|\s(?:{words})\b|\s[–—]|,")


_BUILDERS: dict[str, Callable[[], re.Pattern[str]]] = {
    "auxiliary": _auxiliary,
    "break": _break,
    "strong_break": _strong_break,
    "cut_before_noun": _cut_before_noun,
    "rest_of_noun": _rest_of_noun,
    "stop_forward": _stop_forward,
    "lead_in": lambda: re.compile(rf"^(?:\s|[,;:–—])*(?:(?:{either_of('lead_ins')})\b,?\s+)?"),
    "fronted": lambda: re.compile(rf"\W*(?:{either_of('fronting')})\b[^,;]*(?:,[^,;]*,[^,;]*)?$"),
    "set_in": lambda: re.compile(rf",\s+(?:{either_of('set_in')})\b[^,;]*$"),
    "going_on": lambda: re.compile(rf"\b(?:{either_of('going_on')})\s+to\s+$"),
    "blocked": lambda: re.compile(rf"\b(?:{either_of('blocking')})\b|n[’']t\b"),
    "issued": lambda: re.compile(
        rf"\b(?:{either_of('issuing')})\s+(?:an?|the|its|his|her|their)\s+(?:[\w“”-]+\s+){{1,4}}$"
    ),
    "leading": lambda: re.compile(rf"^[\s,]*(?:(?:{either_of('openers')})\b,?\s*)+"),
    "determiner": lambda: re.compile(rf"^(?:{either_of('determiners')})\s+", re.IGNORECASE),
    "after_head": lambda: re.compile(rf"\s+(?:{prepositions()}|{either_of('after_head')})\b|[,(]"),
    "apposition": lambda: re.compile(rf"^(?:{either_of('appositions')})\b|^\d+$"),
    "governed": lambda: re.compile(rf"\b{prepositions()}\s+(?:the\s+|a\s+)?$"),
    "verblike": lambda: re.compile(rf"\b(?:{either_of('verblike')})\b"),
    "not_verblike": lambda: re.compile(rf"\b(?:{either_of('not_verblike')})\b"),
    "participle": lambda: re.compile(rf"\s+(?:[a-z]+(?:ing|ed)|{either_of('participles')})\s"),
    "title": lambda: re.compile(rf"(?:\b[A-Z]|\b(?:{either_of('titles')}))$"),
    "channel_tail": lambda: re.compile(rf"{channel_pattern().pattern}\s*,?\s*$"),
    "idiom": lambda: re.compile(either_of("idioms")),
    "unsourced": lambda: re.compile(rf"(?:{either_of('unsourced')})\s+to\s|(?:accused|suspected)\s+(?:of|by)\s"),
    "before_noun": lambda: re.compile(
        rf"(?:^|[\s(“\"])(?:{either_of('before_nouns')}|[\w-]+[’']s|[a-z]+s[’'])\s+"
        r"(?:[a-z]+(?:ed|al|ous|ive|ic|less)\s+)?$"
    ),
}
