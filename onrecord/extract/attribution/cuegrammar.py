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
    """Return an alternation of a list of the section `grammar`, longest entry first; an empty one matches nothing."""
    return "|".join(sorted(table("cues")["grammar"][name], key=lambda entry: (-len(entry), entry))) or "(?!)"


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
        rf"\s+{prepositions()}\s|\s+[a-z]+ing\s|\s+[a-z]+ed\s+(?:{either_of('after_participles')})\s"
        rf"|\s+(?:{either_of('participles')})\b"
    )


def _stop_forward() -> re.Pattern[str]:
    return re.compile(rf"[.;:{MASK}\n)](?!\w)|\s(?:{either_of('after_sources')})\b|\s[–—]|,")


def _predicate() -> re.Pattern[str]:
    """Match up to a second verb with no subject of its own: "that the well was poisoned | came late"."""
    verb = rf"(?:was|were|is|are|has|have|had|would|will|could|can|did|does|{either_of('predicates')})"
    return re.compile(
        rf"(?:(?!\b(?:that|who|which|and|or|but)\b)[^,;])*?\b{verb}\b(?:\s+(?:not|been|being|be))*\s+[\w-]+"
        rf"(?P<end>\s+){verb}\b"
    )


def _first_verb() -> re.Pattern[str]:
    helping = "is|are|was|were|has|have|had|will|would"
    return re.compile(rf"\s(?:{helping}|[a-z]{{2,}}ed|[a-z]{{3,}}s|{either_of('past_verbs')})\s")


def _sentence_end() -> re.Pattern[str]:
    titles = "".join(rf"(?<!\b{title})" for title in table("cues")["grammar"]["titles_within"])
    return re.compile(rf"(?<!\b[A-Z]){titles}[.!?…]+[”’\"]?\s+(?=[“‘\"\[]?[A-Z])")


def _quoted_as() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\b(?:is|are|was|were|been)\s+)?\b(?:{either_of('quoted')})"
        r"(?P<whom>\s+(?!by\b|in\b|as\b|on\b)[^,;:]{2,60}?)?(?:\s+(?:by|in|on)\s+[^,;:]{2,60}?)?\s+as\s+$"
    )


def _taken_back() -> re.Pattern[str]:
    return re.compile(
        r"\bNor (?:did|does|do|has|have)\b|\b[Nn]either\b[^,;]{0,30}$|\bnor\s+$"
        rf"|\b(?:{either_of('taking_back')})\b[^,;]{{0,50}}$"
    )


def _told_someone() -> re.Pattern[str]:
    return re.compile(
        rf"\s+(?:(?:the\s+)?[A-Z][\w’'-]*|them|him|her|us|{either_of('told')})\s+(?:[\w’'-]+\s+){{0,3}}?that\s+"
    )


def _adverbial() -> re.Pattern[str]:
    return re.compile(
        rf"\s*,?\s*(?:(?:{either_of('adverbials')})\s|,)"
        r"[^;.:]{2,110}?\s*,?\sthat\s+(?!(?:is|was|are|were|has|have|had|would|will)\b)"  # "a battle that has left"
    )


def _share() -> re.Pattern[str]:
    shares = either_of("shares")
    return re.compile(rf"^(?:[\w’-]+\s+){{0,3}}?(?:\d[\d.,]*\s?(?:%|per\s?cent)|{shares})\s+of\s+(?=\w)")


def _claim() -> str:
    return rf"\b(?:{either_of('claim_nouns')})\s+that\s"


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
    "unsourced": lambda: re.compile(
        rf"(?:{either_of('unsourced')})\s+to\s|(?:{either_of('unsourced_of')})\s+(?:of|by)\s"
    ),
    "citing": lambda: re.compile(rf",?\s+(?:{either_of('citing')})\s+(?=\w)"),
    "after_claim": lambda: re.compile(rf"{_claim()}\s*$"),
    "with_claim": lambda: re.compile(rf"\s*(?:\w+\s+){{0,2}}{_claim()}"),
    "according": lambda: re.compile(rf"\b(?:{either_of('according_to')})\s+"),
    "time_owner": lambda: re.compile(rf"\b(?:{either_of('times_owning')})[’']s\s+(?:\w+\s+)?$"),
    "making": lambda: re.compile(
        rf"\b(?:{either_of('making')})\s+(?:an?|the|its|his|her|their|another)\s+(?:[\w-]+\s+)?$"
    ),
    "predicate": _predicate,
    "first_verb": _first_verb,
    "sentence_end": _sentence_end,
    "set_in_speech": lambda: re.compile(r"(?:and|who|which)\s"),
    "speech_set_in": lambda: re.compile(r"\s+(?:who|which|that)\b"),
    "lead": lambda: re.compile(
        rf"(?:^|,\s)(?:[Ii]n|[Oo]n|{either_of('speaking')}|[Aa]t|[Dd]uring)\s[^,;]{{3,60}},?\s*(?:the\s+|an?\s+)?$"
    ),
    "by_agent": lambda: re.compile(rf"\s+by\s+(?!(?:{either_of('by_means')})\b)"),
    "quoted_as": _quoted_as,
    "taken_back": _taken_back,
    "told_someone": _told_someone,
    "adverbial": _adverbial,
    "counted": lambda: re.compile(
        rf"(?:^|\s)(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|{either_of('counting')})\s+$",
        re.IGNORECASE,
    ),
    "after_name": lambda: re.compile(rf"\s+(?:of|for|in|from|at|with|on|{either_of('after_names')}|[A-Z])\b"),
    "aside": lambda: re.compile(
        rf"\s*,\s*(?:in|on|at|during|after|{either_of('set_aside')})\s[^,;.:]{{2,90}},\s+(?:that\s+)?"
    ),
    "goes_on": lambda: re.compile(
        rf"(?:and|but|as|after|during|in|at|of|while|on|to|when|before|following|{either_of('carrying_on')})\b"
    ),
    "share": _share,
    "unsaid": lambda: re.compile(rf"\b(?:not|never|neither|nor|{either_of('unsaid')})\b|n[’']t\b"),
    "before_noun": lambda: re.compile(
        rf"(?:^|[\s(“\"])(?:{either_of('before_nouns')}|[\w-]+[’']s|[a-z]+s[’'])\s+"
        r"(?:[a-z]+(?:ed|al|ous|ive|ic|less)\s+)?$"
    ),
}
