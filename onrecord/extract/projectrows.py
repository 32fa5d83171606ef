"""Reads the text that `sources.projects` makes of a row of ACLED, UCDP GED or Airwars: exact claims, no guessing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from onrecord.lexicon.lexicon import table
from onrecord.model.records import (
    Claim,
    Dispatch,
    Mention,
    Reading,
    claim_id,
    mention_id,
)
from onrecord.model.values import Amount, Span, When
from onrecord.model.vocabulary import EVENT_TYPES, EntityKind

_LINE: Final = re.compile(r"^(Date|Type|Agents|Targets|Place|Killed): (.+)$", re.MULTILINE)
_NAME: Final = re.compile(r"[^;]+")
_POINT: Final = re.compile(r" \([-\d., e]+\)$")
_KILLED: Final = re.compile(r"(\d+)(?: to (\d+))? (\w+)")


def read_project_row(dispatch: Dispatch, reader: str) -> Reading:
    """Return the claims of a row: one event, and the figure of those killed where it counts any."""
    lines = {m[1]: m for m in _LINE.finditer(dispatch.text)}
    where = _mention(dispatch, _place(dispatch, lines.get("Place")), "place")
    sides = {side: tuple(_actors(dispatch, lines.get(side))) for side in ("Agents", "Targets")}
    first, _, last = lines["Date"][2].partition(" to ")
    event = _event(dispatch, lines, sides, where, When(first, last or first))
    figure = _figure(dispatch, lines.get("Killed"), event) if event else None
    mentions = [*sides["Agents"], *sides["Targets"], *([where] if where else [])]
    unique = tuple({m.id: m for m in mentions}.values())
    claims = tuple(replace(claim, reader=reader) for claim in (event, figure) if claim)
    return Reading(dispatch.id, reader, unique, (), claims)


def _event(
    dispatch: Dispatch,
    lines: dict[str, re.Match[str]],
    sides: dict[str, tuple[Mention, ...]],
    where: Mention | None,
    when: When,
) -> Claim | None:
    kind = lines["Type"][2].split(" (")[0]
    if kind not in EVENT_TYPES:
        return None
    start = lines["Type"].start(2)
    trigger = Span(dispatch.id, start, start + len(kind))
    return Claim(
        id=claim_id("event", kind, trigger),
        kind="event",
        type=kind,
        trigger=trigger,
        sentence=Span(dispatch.id, lines["Date"].start(), lines["Type"].end()),
        agents=tuple(m.id for m in sides["Agents"]),
        targets=tuple(m.id for m in sides["Targets"]),
        place=where.id if where else None,
        when=when,
        reasons=("a row of another project's table, read by its columns",),
    )


def _figure(dispatch: Dispatch, line: re.Match[str] | None, event: Claim) -> Claim | None:
    counted = _KILLED.match(line[2]) if line else None
    if line is None or counted is None:
        return None
    low, high = float(counted[1]), float(counted[2] or counted[1])
    trigger = Span(dispatch.id, line.start(2), line.start(2) + counted.end())
    return Claim(
        id=claim_id("figure", "killed", trigger),
        kind="figure",
        type="killed",
        trigger=trigger,
        sentence=Span(dispatch.id, line.start(), line.end()),
        place=event.place,
        when=event.when,
        amount=Amount(low, high, unit="people"),
        who=counted[3],
        mode="event",
        as_of=event.when.end,
        about=event.id,
        reasons=("a row of another project's table, read by its columns",),
    )


def _actors(dispatch: Dispatch, line: re.Match[str] | None) -> Iterator[Mention]:
    for found in _NAME.finditer(line[2]) if line else ():
        name = found[0].strip()
        start = (line.start(2) if line else 0) + found.start() + found[0].index(name)
        kind: EntityKind = "population" if name.casefold() in table("conventions/rows")["crowds"] else "group"
        mention = _mention(dispatch, Span(dispatch.id, start, start + len(name)), kind)
        if mention:
            yield mention


def _place(dispatch: Dispatch, line: re.Match[str] | None) -> Span | None:
    if line is None:
        return None
    name = _POINT.sub("", line[2])
    return Span(dispatch.id, line.start(2), line.start(2) + len(name)) if name else None


def _mention(dispatch: Dispatch, span: Span | None, kind: EntityKind) -> Mention | None:
    if span is None:
        return None
    return Mention(id=mention_id(span, kind), span=span, kind=kind, name=dispatch.quote(span))
