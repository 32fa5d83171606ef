"""Reads reporting verbs in the passive: "the deal was confirmed by the agency", "accused by the army of theft"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.extract.attribution.clauses import clip, content_before, trimmed
from onrecord.extract.attribution.cuegrammar import listed, pattern
from onrecord.extract.attribution.cues import Verb, verbs
from onrecord.extract.attribution.phrasesafter import can_speak, phrase_after
from onrecord.extract.attribution.reportunits import Attributed, Hit, Unit
from onrecord.extract.mentions.cast import Cast

_BE = re.compile(r"\b(?:is|are|was|were|be|been|being)\b")
_BE_RIGHT_BEFORE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?$")
_BY = re.compile(r"(?:\s+(?:as|to be)\s+(?P<as>[^,;.]{3,80}?))?\s+(?:\w+ly\s+|on \w+\s+)?by\s+")
# What joins the agent to the words, by the frame of the verb: "accused by the army of", "told by a guard that".
_JOINTS = {
    frame: re.compile(rf"[^,;.]{{2,60}}?\s{joint}\s+")
    for frame, joint in {"as": "as", "of": "of", "told": "that", "speech": "that", "object": "as"}.items()
}
_FRAMES = ("speech", "object", "as")


def is_passive(unit: Unit, match: re.Match[str], between: str) -> bool:
    """Tell whether the verb that matched is in the passive; `between` are the auxiliaries before it."""
    form, left = match[0], unit.view[: match.start()]
    if not form.endswith(("ed", "en")) and form not in listed("passives"):
        return False
    if pattern("unsourced").match(unit.view, match.start()):
        return True
    by = pattern("by_agent").match(unit.view[match.end() :])
    return bool(_BE.search(between) or _BE_RIGHT_BEFORE.search(left) or by)


def by_agent(unit: Unit, match: re.Match[str], between: str, cast: Cast) -> Iterator[Attributed]:
    """Yield a passive with its source; without one it is nobody's claim."""
    start, end = unit.start + match.start(), unit.start + match.end()
    by = _BY.match(unit.view, match.end())
    phrase = phrase_after(unit.view, unit.start, unit.start + by.end(), cast) if by else None
    if by is None or phrase is None or not match.start() or not can_speak(phrase, cast):
        return
    hit = Hit(unit, start, end, phrase, between)
    some = [v for v in verbs()[match[0]] if not v.particles]
    for verb in some:
        joint = _JOINTS[verb.frame].match(unit.view, by.end()) if verb.frame in _JOINTS and not by["as"] else None
        content = clip(unit.view, unit.start, unit.start + joint.end()) if joint else None
        if content:
            yield hit.made(content, verb.stance)
            return
    plain = next((v for v in some if v.frame in _FRAMES), None)
    if plain and (content := _content(hit, plain, by)):
        yield hit.made(content, plain.stance)


def _content(hit: Hit, verb: Verb, by: re.Match[str]) -> tuple[int, int] | None:
    """Return what is said before the agent: "described as a crime by", "The deaths were confirmed by"."""
    unit, at = hit.unit, hit.start - hit.unit.start
    plainly = _BE.search(hit.between) or _BE.search(unit.view[max(0, at - 12) : at])
    if verb.stance not in ("confirms", "denies", "evaluates") and not plainly:
        return None
    if by["as"]:
        return trimmed(unit.view, unit.start, unit.start + by.start("as"), unit.start + by.end("as"))
    if verb.frame == "as":
        return None  # "seen by a neighbour": no opinion
    return content_before(unit.view, unit.start, hit.start - len(hit.between), comma=False)
