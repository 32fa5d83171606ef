"""Records of one or a few events, for the tests of conventions: `a_told_record(event(...), event(...))`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from onrecord.exports.material import Help, Material
from onrecord.model.records import Claim, Control, Entity, Event, Figure, Record
from onrecord.model.values import Amount, When
from tests.factories import a_claim, a_dispatch, span_of


def actor(name: str, kind: Any = "group", **fields: Any) -> Entity:
    """An actor of this name."""
    return Entity(id=f"e-{name}", kind=kind, name=name, aliases=((name, 1),), **fields)


ISLAMIC_STATE = actor("Islamic State")
SDF = Entity(
    id="e-sdf", kind="group", name="Syrian Democratic Forces", aliases=(("SDF", 2), ("Syrian Democratic Forces", 1))
)
ARMY = actor("Syrian army", country="SY")
COALITION = actor("US-led coalition")
US_MILITARY = actor("US military")
AMERICANS = actor("Americans", "population")
CIVILIANS = actor("civilians", "population")
WOMEN = actor("Yazidi women", "population")
GUNMEN = actor("gunmen")
HOUSES = actor("houses", "other")
ACTORS = (ISLAMIC_STATE, SDF, ARMY, COALITION, US_MILITARY, AMERICANS, CIVILIANS, WOMEN, GUNMEN, HOUSES)

HAJIN = Entity(
    id="e-hajin", kind="place", name="Hajin", aliases=(("Hajin", 1),), point=(40.831, 34.695), precision="exact",
    country="SY",
)  # fmt: skip
RAQQA = Entity(
    id="e-raqqa", kind="place", name="Raqqa", aliases=(("Raqqa", 1), ("Raqa", 1)), point=(39.008, 35.953),
    precision="exact", country="SY",
)  # fmt: skip
SQUARE = Entity(
    id="e-square", kind="facility", name="Naim square", aliases=(("Naim square", 1),), point=(39.01, 35.95),
    precision="within", country="SY", parent="e-raqqa",
)  # fmt: skip
SYRIA = Entity(
    id="e-syria", kind="place", name="Syria", aliases=(("Syria", 1),), point=(38.0, 35.0), precision="country",
    country="SY",
)  # fmt: skip
NOWHERE = Entity(id="e-nowhere", kind="place", name="Old City", aliases=(("Old City", 1),))
RIVER = Entity(
    id="e-river", kind="place", name="Euphrates", aliases=(("Euphrates", 1),), point=(40.9, 34.5), precision="near"
)
PLACES = (HAJIN, RAQQA, SQUARE, SYRIA, NOWHERE, RIVER)


@dataclass
class Said:
    """An event to be, with its figures: (measure, who, low, high, mode), or these and the words of the number."""

    type: str
    agents: tuple[Entity, ...] = ()
    targets: tuple[Entity, ...] = ()
    place: Entity | None = HAJIN
    start: str | None = "2018-09-10"
    end: str | None = "2018-09-10"
    figures: tuple[tuple[Any, ...], ...] = ()
    status: Any = "happened"
    grade: Any = "fair"
    trigger: str = ""


def said(type: str, *agents: Entity, by: str = "", **fields: Any) -> Said:  # noqa: A002
    """An event of this type by these agents on 10 September 2018 in Hajin."""
    if "day" in fields:
        fields["start"] = fields["end"] = fields.pop("day")
    return Said(type, agents, **fields)


def a_told_record(*events: Said, control: tuple[Control, ...] = (), **dispatch: Any) -> Record:
    """A record of one dispatch that tells these events, a sentence each."""
    lines = [_line(n, e) for n, e in enumerate(events)]
    defaults: dict[str, Any] = {"file": "told.txt", "published": "2018-09-12"}
    told = a_dispatch("\n".join(lines) or "Nothing happened.", **(defaults | dispatch))
    made: list[tuple[Event, list[Claim], list[Figure]]] = []
    for number, (event, line) in enumerate(zip(events, lines, strict=True)):
        sentence = span_of(told, line)
        trigger = span_of(told, f"{event.trigger or event.type} number {number}")
        claim = a_claim(
            told, "", type=event.type, trigger=trigger, sentence=sentence, event=f"v{number}", status=event.status
        )
        counted = [_figure(told, number, n, event, sentence) for n in range(len(event.figures))]
        counts = tuple(f.id for _, f in counted)
        claims, figures = [claim, *(c for c, _ in counted)], [f for _, f in counted]
        made.append((_event(number, event, claim.id, counts), claims, figures))
    return Record(
        dispatches=(told,),
        entities=(*PLACES, *ACTORS),
        claims=tuple(c for _, claims, _ in made for c in claims),
        events=tuple(e for e, _, _ in made),
        figures=tuple(f for _, _, figures in made for f in figures),
        control=control,
        lineage={told.id: told.id},
    )


def _line(number: int, event: Said) -> str:
    words = " and ".join(_words(number, n, f) for n, f in enumerate(event.figures))
    return f"There was a {event.trigger or event.type} number {number}, with {words or 'no number'}."


def _words(number: int, place: int, figure: tuple[Any, ...]) -> str:
    shown = figure[5] if len(figure) > 5 else f"{figure[2] or figure[3]}"
    return f"{shown} {figure[1] or 'unnamed'} {number}-{place}"


def _event(number: int, said: Said, claim: str, figures: tuple[str, ...]) -> Event:
    return Event(
        id=f"v{number}", type=said.type, agents=tuple(a.id for a in said.agents),
        targets=tuple(t.id for t in said.targets), place=said.place.id if said.place else None,
        when=When(said.start, said.end), status=said.status, claims=(claim,), sources=1, grade=said.grade,
        figures=figures,
    )  # fmt: skip


def _figure(told: Any, number: int, place: int, event: Said, sentence: Any) -> tuple[Claim, Figure]:
    measure, who, low, high, mode = event.figures[place][:5]
    words = _words(number, place, event.figures[place])
    name = f"f{number}-{place}"
    claim = a_claim(
        told, "", "figure", measure, trigger=span_of(told, words.rsplit(" ", 1)[0] + " "), sentence=sentence,
        amount=Amount(low, high, unit="people"), who=who, mode=mode, event=f"v{number}", figure=name,
    )  # fmt: skip
    claim = Claim(**{f: getattr(claim, f) for f in claim.__slots__} | {"id": f"c{number}-{place}"})
    figure = Figure(
        id=name, measure=measure, who=who, place=event.place.id if event.place else None, as_of=event.end, mode=mode,
        low=low, best=low if low is not None else high, high=high, rule="widest", claims=(claim.id,), sources=1,
        event=f"v{number}", unit="people",
    )  # fmt: skip
    return claim, figure


def material(*events: Said, control: tuple[Control, ...] = (), **dispatch: Any) -> Material:
    """What conventions make of a record of these events."""
    return Material(a_told_record(*events, control=control, **dispatch), Help())
