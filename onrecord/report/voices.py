"""Who says what: the sayings of named sources that bear on what the report tells, in their dispatches' own words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.model.lookup import Lookup
from onrecord.model.records import Dispatch, Statement
from onrecord.model.wording import sentence
from onrecord.report.names import Names, words
from onrecord.report.parts import Cited

_SHORTEST, _LONGEST = 40, 230  # characters: less says little alone, more is no quotation for a page
_GAP = 30  # characters between a verb of saying and what is said: "reporters on Sunday that"
_STANCES = (
    "asserts",
    "denies",
    "confirms",
    "estimates",
    "predicts",
    "demands",
)  # opinion alone says nothing of the war
_SPOKEN = {"denies": "denied this", "confirms": "confirmed this"}
_PAST = re.compile(r"[a-z]+ed|said|told|wrote|thought|held")
_MARKS = re.compile(r'["“”«»]')
_OWN = re.compile(r"\b(?:I|we|my|our|me|us|you)\b|’’|‘‘")  # words that only a speaker can say
_WORD = re.compile(r"\w+")


def voices(
    statements: Iterable[Statement], lookup: Lookup, names: Names, *, told: frozenset[str], limit: int
) -> list[Cited]:
    """Return one saying each of the sources that weigh most; `told` are the claims that the report rests on.

    What was said in the source's own words stands in quotation marks; what a dispatch reports of it follows the
    dispatch's own verb, so that its tense and pronouns hold.
    """
    bearing: dict[str, int] = {}
    for claim in lookup.claims.values():
        if claim.statement:
            bearing[claim.statement] = bearing.get(claim.statement, 0) + 1 + 3 * (claim.id in told)
    fit = [s for s in statements if _fits(s, lookup)]
    ranked = sorted(fit, key=lambda s: (-_weight(s, lookup, bearing), s.id))
    chosen: dict[str, Statement] = {}
    for one in ranked:
        chosen.setdefault(one.speaker or "", one)
    kept = sorted(list(chosen.values())[:limit], key=lambda s: (_published(s, lookup), s.dispatch, s.content.start))
    return [Cited(_said(s, lookup, names), (s.id,), (s.id,)) for s in kept]


def _fits(statement: Statement, lookup: Lookup) -> bool:
    speaker = lookup.entities.get(statement.speaker or "")
    content = lookup.words(statement.content)
    known = speaker is not None and speaker.name[:1].isupper() and speaker.kind not in ("other", "place")
    if not known or statement.stance not in _STANCES or not _SHORTEST <= len(content) <= _LONGEST:
        return False
    if _MARKS.search(content) or (not statement.direct and _OWN.search(content)):
        return False
    if _first(content) in words("bad_starts") and not statement.direct:
        return False
    return content[:1].isupper() if statement.direct else _follows(statement, lookup) or _precedes(statement, lookup)


def _first(content: str) -> str:
    found = _WORD.search(content)
    return found[0].lower() if found else ""


def _cue(statement: Statement, lookup: Lookup) -> str:
    return lookup.words(statement.cue) if statement.cue else ""


def _follows(statement: Statement, lookup: Lookup) -> bool:
    """Tell whether what is said follows its verb, with nothing between that would not read on."""
    cue, content = statement.cue, statement.content
    if not cue or not _PAST.fullmatch(_cue(statement, lookup)) or not 0 < content.start - cue.end <= _GAP:
        return False
    between = lookup.dispatches[statement.dispatch].text[cue.end : content.start]
    return not re.search(r'[,.;:"“”\n]', between)


def _precedes(statement: Statement, lookup: Lookup) -> bool:
    cue, content = statement.cue, statement.content
    return bool(cue) and content.end <= cue.start and _cue(statement, lookup) == "said"  # type: ignore[union-attr]


def _weight(statement: Statement, lookup: Lookup, bearing: dict[str, int]) -> int:
    speaker = lookup.entities[statement.speaker or ""]
    content = lookup.words(statement.content)
    known = bool(statement.role) + bool(statement.organisation) + (speaker.kind in ("group", "organisation"))
    exact = statement.stance in ("denies", "confirms", "estimates")
    return 3 * min(bearing.get(statement.id, 0), 6) + 2 * known + 2 * exact + bool(re.search(r"\d", content))


def _published(statement: Statement, lookup: Lookup) -> str:
    return lookup.dispatches[statement.dispatch].published or "9999"


def _said(statement: Statement, lookup: Lookup, names: Names) -> str:
    who, dispatch = names.speaker(statement), lookup.dispatches[statement.dispatch]
    content = lookup.words(statement.content).rstrip(".,")
    if statement.direct:
        return sentence(f"{who} {_SPOKEN.get(statement.stance, 'said')}: “{content}”")
    if statement.cue and _follows(statement, lookup):
        return sentence(f"{who} {' '.join(dispatch.text[statement.cue.start : statement.content.end].split())}")
    return sentence(f"{who} said that {_lowered(content, dispatch)}")


def _lowered(content: str, dispatch: Dispatch) -> str:
    """Return words that no longer begin a sentence, in lower case where the dispatch elsewhere writes the first so."""
    first = content.split(maxsplit=1)[0]
    common = first.lower() in words("small_words") or re.search(rf"\b{re.escape(first.lower())}\b", dispatch.text)
    return first.lower() + content[len(first) :] if common and (len(first) == 1 or not first.isupper()) else content
