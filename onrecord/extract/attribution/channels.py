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


_NAME = (
    r"(?:the\s+)?(?:[A-ZÀ-Þ][\w’'.-]*|al-[A-Z]\w+)"
    r"(?:\s+(?:[A-ZÀ-Þ0-9][\w’'.-]*|of|and|al-[A-Z]\w+|\d+|state|news|television|radio|agency|newspaper))*"
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
def _kinds() -> str:
    return either(table("channels")["kinds"]["words"])


@cache
def _in_a() -> str:
    return (
        rf"(?:[Ii]n|[Tt]hrough|via|[Dd]uring|[Aa]t|by|from)\s+(?:an?|his|her|its|their|the|another|this)\s+"
        rf"(?:[\w’'-]+\s+){{0,3}}?(?P<kind>{_kinds()})(?![\w-])"
    )


@cache
def _on() -> str:
    networks = either(table("channels")["networks"]["words"])
    return (
        rf"(?:[Oo]n|via|over)\s+(?:(?:its|his|her|their|the)\s+(?:official\s+)?)?"
        rf"(?P<network>{networks}|{_NAME}\s+(?:TV|television|radio))"
        r"(?:\s+(?:channel|account|page|feed))?(?:\s+and\s+[\w-]+)?(?![\w-])"
    )


_OWN_PEOPLE = r"(?:his|her|their)\s+(?!the\b|that\b|how\b|an?\b|there\b|in\b|on\b|it\b|he\b|she\b|they\b)[a-z]+"


@cache
def _offices() -> str:
    """Return an alternation of what one person is: "minister", "general"."""
    return either(word for word in table("cues")["people"]["words"] if not word.endswith("s"))


@cache
def hearer() -> str:
    """Return the expression for who is told: a news medium by name, or "reporters", "state television"."""
    media, hearers = either(table("channels")["media"]["words"]), either(table("channels")["hearers"]["words"])
    return (
        rf"(?:{_OWN_PEOPLE}|the\s+{_NAME}\s+(?:[a-z]+\s+)?(?:{_offices()}),\s+{_NAME},"
        rf"|(?:the\s+)?(?:[\w’'-]+\s+)?(?:{media})"
        r"(?:\s+(?:newspaper|news agency|agency|television|TV|radio|website))?"
        rf"|(?:(?:the|a|local|state|state-run)\s+)?(?:[\w’'-]+\s+){{0,4}}?(?:{hearers})|{_NAME})(?![\w-])"
    )


@cache
def channel_pattern() -> re.Pattern[str]:
    """Return the pattern of a phrase that names a channel, to be skipped between a verb and the words."""
    return re.compile(rf"\s*(?:,\s*)?(?:{_in_a()}|{_on()})(?:\s+(?:to|with|for|on|by|of)\s+{_NAME})?")


@cache
def told_pattern() -> re.Pattern[str]:
    """Return the pattern of a hearer right after "told"."""
    return re.compile(rf"\s+(?P<hearer>{hearer()})")


@cache
def _speaking_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:[Ss]peaking|[Ii]n an interview|in interviews|talking|writing)"
        rf"\s+(?:to|with|on|in|for)\s+(?P<hearer>{hearer()})"
    )


@cache
def _medium_pattern() -> re.Pattern[str]:
    media = either(table("channels")["media"]["words"])
    return re.compile(rf"(?<![\w-])(?P<medium>{media})(?![\w-])(?!\s+(?:fighters|forces))")


@cache
def _issued_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:issued|released|posted|published|sent)\s+(?:an?|the|its|his|her|another)\s+(?:[\w’'“”-]+\s+){{0,3}}?[“\"]?(?P<kind>{_kinds()})(?![\w-])"
    )


def channel_in(words: str) -> str | None:
    """Return the channel that the words around a cue name, in the dispatch's own words, or `None`.

    A medium told or spoken to comes first, then a network ("Twitter"), then the kind of utterance ("statement").
    """
    for told in ("told", "tell", "tells", "telling"):
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
    return "Twitter" if re.search(r"\btweet(?:ed|s|ing)\b", words) else None


def medium(name: str) -> str | None:
    """Return the news medium that a hearer or a source is, without its article, or `None` where it is none."""
    if found := _medium_pattern().search(name):
        whole = re.sub(r"^(?:the|a)\s+", "", name)
        return whole if re.search(r"(?:television|TV|radio)$", whole) else found["medium"]
    if re.search(r"^(?:the\s+)?(?:[A-Z]\w+\s+)+(?:News|Television|Radio|Times|Post|Herald|Tribune|Gazette)$", name):
        return re.sub(r"^the\s+", "", name)
    if re.search(r"\b(?:television|TV|radio|newspaper|news agency|news agencies|magazine|website|news)$", name):
        return re.sub(r"^(?:the|a|an)\s+", "", name)
    return None
