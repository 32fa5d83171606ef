"""Over which channel words were said: "told AFP", "on Twitter", "in a statement", "in a video posted online"."""

from __future__ import annotations

import re
from functools import cache

from onrecord.extract.attribution.cues import either
from onrecord.lexicon.lexicon import table


@cache
def _times() -> str:
    times = table("channels")["times"]
    return "|".join(p.replace("DAY", times["days"]).replace("MONTH", times["months"]) for p in times["patterns"])


@cache
def _either(section: str, name: str = "words") -> str:
    return either(table("channels")[section][name])


@cache
def _name() -> str:
    """Return the expression for a name that may be that of an outlet: "the Ardun state television"."""
    return (
        r"(?:the\s+)?(?:[A-ZÀ-Þ][\w’'.-]*|al-[A-Z]\w+)"
        rf"(?:\s+(?:[A-ZÀ-Þ0-9][\w’'.-]*|of|and|al-[A-Z]\w+|\d+|{_either('outlets', 'inside')}))*"
    )


@cache
def time_pattern() -> re.Pattern[str]:
    """Return the pattern of adverbials that stand between a source and its words, anchored where it is tried."""
    return re.compile(rf"\s*(?:,\s*)?(?:{_times()})\b")


@cache
def time_tail() -> re.Pattern[str]:
    """Return the pattern of adverbials at the end of the words before a verb: "Selo on Tuesday" (said)."""
    return re.compile(rf"(?:,\s*|\s+)(?:{_times()})\s*,?\s*$")


@cache
def _in_a() -> str:
    return (
        rf"(?:[Ii]n|[Tt]hrough|via|[Dd]uring|[Aa]t|by|from)\s+(?:an?|his|her|its|their|the|another|this)\s+"
        rf"(?:[\w’'-]+\s+){{0,3}}?(?P<kind>{_either('kinds')})(?![\w-])"
    )


@cache
def _on() -> str:
    return (
        rf"(?:[Oo]n|via|over)\s+(?:(?:its|his|her|their|the)\s+(?:(?:{_either('networks', 'before')})\s+)?)?"
        rf"(?P<network>{_either('networks')}|{_name()}\s+(?:{_either('outlets', 'broadcasting')}))"
        rf"(?:\s+(?:{_either('networks', 'after')}))?(?:\s+and\s+[\w-]+)?(?![\w-])"
    )


_OWN_PEOPLE = r"(?:his|her|their)\s+(?!the\b|that\b|how\b|an?\b|there\b|in\b|on\b|it\b|he\b|she\b|they\b)[a-z]+"


@cache
def _offices() -> str:
    """Return an alternation of what one person is: "minister", "general"."""
    return either(word for word in table("cues")["people"]["words"] if not word.endswith("s"))


@cache
def hearer() -> str:
    """Return the expression for who is told: a news medium by name, or "reporters", "state television"."""
    return (
        rf"(?:{_OWN_PEOPLE}|the\s+{_name()}\s+(?:[a-z]+\s+)?(?:{_offices()}),\s+{_name()},"
        rf"|(?:the\s+)?(?:[\w’'-]+\s+)?(?:{_either('media')})"
        rf"(?:\s+(?:{_either('media', 'after')}))?"
        rf"|(?:(?:the|a)\s+)?(?:[\w’'-]+\s+){{0,4}}?(?:{_either('hearers')})"
        rf"|{_name()})(?![\w-])"
    )


@cache
def channel_pattern() -> re.Pattern[str]:
    """Return the pattern of a phrase that names a channel, to be skipped between a verb and the words."""
    return re.compile(rf"\s*(?:,\s*)?(?:{_in_a()}|{_on()})(?:\s+(?:to|with|for|on|by|of)\s+{_name()})?")


@cache
def told_pattern() -> re.Pattern[str]:
    """Return the pattern of a hearer right after "told"."""
    return re.compile(rf"\s+(?P<hearer>{hearer()})")


@cache
def _speaking_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:{_either('speaking')})\s+(?:to|with|on|in|for)\s+(?P<hearer>{hearer()})")


@cache
def _medium_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?P<medium>{_either('media')})(?![\w-])")


@cache
def _issued_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_either('issued')})\s+(?:an?|the|its|his|her|another)\s+(?:[\w’'“”-]+\s+){{0,3}}?[“\"]?(?P<kind>{_either('kinds')})(?![\w-])"
    )


def channel_in(words: str) -> str | None:
    """Return the channel that the words around a cue name, in the dispatch's own words, or `None`.

    A medium told or spoken to comes first, then a network ("Twitter"), then the kind of utterance ("statement").
    """
    for told in table("channels")["told"]["words"]:
        at = words.find(told + " ")
        found = told_pattern().match(words, at + len(told)) if at >= 0 else None
        if found and (named := medium(found["hearer"])):
            return named
    if (found := _speaking_pattern().search(words)) and (named := medium(found["hearer"])):
        return named
    if found := re.search(_on(), words):
        return found["network"]
    if found := re.search(_in_a(), words) or _issued_pattern().search(words):
        return found["kind"]
    return next((name for name, said in _networks_by_verb() if said.search(words)), None)


@cache
def _networks_by_verb() -> tuple[tuple[str, re.Pattern[str]], ...]:
    listed = table("channels")["by_verb"]
    return tuple((name, re.compile(rf"\b(?:{either(forms)})\b")) for name, forms in listed.items())


@cache
def _outlet_pattern() -> re.Pattern[str]:
    return re.compile(rf"^(?:the\s+)?(?:[A-Z]\w+\s+)+(?:{_either('outlets', 'titles')})$")


@cache
def _ending_pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_either('outlets', name)})$")


def medium(name: str) -> str | None:
    """Return the news medium that a hearer or a source is, without its article, or `None` where it is none."""
    if found := _medium_pattern().search(name):
        whole = re.sub(r"^(?:the|a)\s+", "", name)
        return whole if _ending_pattern("broadcasting").search(whole) else found["medium"]
    if _outlet_pattern().search(name):
        return re.sub(r"^the\s+", "", name)
    if _ending_pattern("kinds").search(name):
        return re.sub(r"^(?:the|a|an)\s+", "", name)
    return None
