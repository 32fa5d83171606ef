"""Makes a large record by chance, quickly: nothing in it is read, all of it hangs together.

Every type, status, precision, mode and kind of figure is in it, disputes, copies and control that changes hands; with
several accounts an event, and names marked in the texts, it is one to look at, without them one to export.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from onrecord.model.records import (
    Claim,
    Control,
    Dispatch,
    Dispute,
    Entity,
    Event,
    Figure,
    Mention,
    Position,
    Record,
    Role,
    Statement,
    claim_id,
    dispatch_id,
    event_id,
    figure_id,
    mention_id,
    statement_id,
)
from onrecord.model.values import Amount, Span, When
from onrecord.model.vocabulary import EVENT_TYPES, MEASURES, STATUSES, Grade

_DISPATCH = 12  # sentences in one
_SIDES = ("Syrian Democratic Forces", "Islamic State", "Syrian army", "US-led coalition", "Ardun Front", "rebels")
_CROWDS = ("civilians", "women", "journalists", "residents")
_GROUPS = ("civilians", "children", "fighters", "people", "rebels", "SDF fighters", None)
_GRADES: tuple[Grade, ...] = ("confirmed", "fair", "weak", "contested")
_PRECISIONS = ("exact", "exact", "exact", "near", "within", "admin2", "admin1", "country", "none")
_SYLLABLES = ("ka", "lo", "mir", "san", "dal", "ter", "qas", "bur", "hin", "zeb", "nor", "al", "ta", "ves", "rim")
_OUTLETS = tuple(f"{a} {b}" for a in ("Harbour", "Plains", "Old") for b in ("Wire", "Post", "Voice"))
_SCENES = ("hospital", "convoy", "market", "bridge", "school", "front", "river", "depot", "camp", "square")
_FIRST, _DAYS = date(2016, 1, 1), 1200


@dataclass(frozen=True, slots=True)
class _Counted:
    """A number to be told of an event."""

    measure: str
    who: str | None
    mode: Any
    low: float | None
    high: float | None

    @property
    def words(self) -> str:
        number = self.low if self.low is not None else self.high
        return f"{number:g} {self.who or 'of them'} {self.measure} ({self.mode})"


@dataclass(frozen=True, slots=True)
class _Plan:
    """An event to be, before anybody tells it."""

    day: date
    type: str
    place: Entity | None
    agents: tuple[Entity, ...]
    targets: tuple[Entity, ...]
    status: Any
    when: When
    counted: tuple[_Counted, ...]


class _Maker:
    """Makes the parts of a record, the same from the same seed."""

    def __init__(self, events: int, seed: int, places: int) -> None:
        self.random = Random(seed)  # noqa: S311 - no secret
        fronts = (f"{self._word()} Front {n}" for n in range(min(50, events // 200)))
        self.sides = [self._body("group", name) for name in (*_SIDES, *fronts)]
        self.crowds = [self._body("population", name) for name in _CROWDS]
        self.persons = [self._person(n) for n in range(max(2, events // 40))]
        self.places: list[Entity] = []
        for number in range(places):
            self.places.append(self._place(number))
        self.plans = [self._plan() for _ in range(events)]
        self.dispatches: list[Dispatch] = []
        self.statements: list[Statement] = []
        self.mentions: list[tuple[Mention, str]] = []
        self.told: defaultdict[int, list[Claim]] = defaultdict(list)
        self.numbers: defaultdict[tuple[int, int], list[Claim]] = defaultdict(list)

    # ---------------------------------------------------------------------------------------------- what is told of

    def _word(self) -> str:
        return "".join(self.random.choices(_SYLLABLES, k=self.random.randint(2, 3))).capitalize()

    def _body(self, kind: Any, name: str) -> Entity:
        aliases = ((name, self.random.randint(1, 900)), *((("SDF", 3),) if name.startswith("Syrian Dem") else ()))
        return Entity(id=f"e-{name}".replace(" ", "-"), kind=kind, name=name, aliases=aliases)

    def _person(self, number: int) -> Entity:
        name = f"{self._word()} {self._word()} {number}"
        body = self.sides[number % len(self.sides)].id
        return Entity(f"e-p{number}", "person", name, ((name, 2),), roles=(Role("spokesman", body, ()),))

    def _place(self, number: int) -> Entity:
        precision: Any = self.random.choice(_PRECISIONS)
        name, parent = f"{self._word()} {number}", self.places[number % 8].id if number >= 8 else None
        known = precision != "none"
        point = (round(self.random.uniform(36, 42), 4), round(self.random.uniform(32.5, 37), 4))
        return Entity(
            id=f"e-{number}", kind="place", name=name, aliases=((name, self.random.randint(1, 900)),), parent=parent,
            point=point if known else None, precision=precision, country="SY" if known else None,
        )  # fmt: skip

    def _plan(self) -> _Plan:
        random = self.random
        day = _FIRST + timedelta(days=random.randrange(_DAYS))
        skewed = self.places[int(len(self.places) * random.random() ** 2)]  # few places have most events
        return _Plan(
            day=day,
            type=random.choice(EVENT_TYPES),
            place=skewed if random.random() < 0.9 else None,
            agents=tuple(random.sample(self.sides, random.choice((0, 1, 1, 2)))),
            targets=tuple(random.sample([*self.sides, *self.crowds], random.choice((0, 1, 1, 2)))),
            status=random.choice((*STATUSES, "happened", "happened", "happened")),
            when=self._when(day),
            counted=tuple(self._counted() for _ in range(random.choice((0, 0, 1, 1, 2)))),
        )

    def _when(self, day: date) -> When:
        iso, later = day.isoformat(), (day + timedelta(days=self.random.randrange(1, 40))).isoformat()
        stretches = (When(iso, iso), When(iso, iso), When(iso, iso), When(iso, later), When(iso[:7], iso[:7]))
        return self.random.choice((*stretches, When(iso[:4], iso[:4]), When(iso, None), When(None, iso), When()))

    def _counted(self) -> _Counted:
        random = self.random
        low, spread = random.randrange(1, 60), random.choice((0, 0, 0, 7))
        bounds = random.choice(((low, low + spread), (low, low + spread), (low, None), (None, low)))
        measure = random.choice((*MEASURES, "killed", "killed", "killed", "wounded"))
        mode = random.choice(("event", "event", "event", "cumulative"))
        return _Counted(measure, random.choice(_GROUPS), mode, *bounds)

    # ----------------------------------------------------------------------------------------------------- telling

    def tell(self, accounts: int, *, names: bool) -> None:
        """Write the dispatches: each event in up to so many sentences, the first in a hundred times as many.

        `names` marks the names in the texts.
        """
        most = [self.random.randint(1, 2 * accounts - 1) for _ in self.plans]
        if most and accounts > 1:
            most[0] = 100 * accounts
        told = [n for n, count in enumerate(most) for _ in range(count)]
        told.sort(key=lambda n: self.plans[n].day)
        for number, start in enumerate(range(0, len(told), _DISPATCH)):
            self._dispatch(number, told[start : start + _DISPATCH], names=names)

    def _dispatch(self, number: int, events: Sequence[int], *, names: bool) -> None:
        speakers = [self.random.choice(self.persons) for _ in events]
        lines = [self._line(self.plans[e], speakers[n], f"{number}-{n}") for n, e in enumerate(events)]
        text = "\n".join(lines)
        name = dispatch_id(text)
        published = (max(self.plans[e].day for e in events) + timedelta(days=1)).isoformat()
        self.dispatches.append(
            Dispatch(
                id=name, text=text, file=f"wire/{number}.txt", url=f"https://wire.example/{number}",
                outlet=_OUTLETS[number % len(_OUTLETS)], title=f"Dispatch {number}", published=published,
                published_basis="metadata",
            )
        )  # fmt: skip
        start = 0
        for event, speaker, line in zip(events, speakers, lines, strict=True):
            self._told(event, speaker, Span(name, start, start + len(line)), line)
            if names:
                self._marked(event, speaker, Span(name, start, start + len(line)), line)
            start += len(line) + 1

    def _line(self, plan: _Plan, speaker: Entity, number: str) -> str:
        place = f" of {plan.place.name}" if plan.place else ""
        actors = " and ".join(a.name for a in plan.agents)
        counted = ", ".join(c.words for c in plan.counted) or "nothing"
        scene = self.random.choice(_SCENES)
        by = f" by {actors}" if actors else ""
        return (
            f"There was {plan.type} at the {scene}{place}{by}, {speaker.name} said in {number}; it counted {counted}."
        )

    def _told(self, event: int, speaker: Entity, sentence: Span, line: str) -> None:
        plan = self.plans[event]
        said = statement_id(sentence, speaker.name)
        self.statements.append(Statement(said, sentence, speaker.id, speaker.name, "asserts", False))
        trigger = Span(sentence.dispatch, sentence.start + 10, sentence.start + 10 + len(plan.type))
        place = plan.place.id if plan.place else None
        self.told[event].append(
            Claim(
                id=claim_id("event", plan.type, trigger), kind="event", type=plan.type, trigger=trigger,
                sentence=sentence, status=plan.status, agents=tuple(e.id for e in plan.agents),
                targets=tuple(e.id for e in plan.targets), place=place, when=plan.when, statement=said,
                score=round(self.random.random(), 2),
            )
        )  # fmt: skip
        at = line.rindex("it counted ") + len("it counted ")
        for number, counted in enumerate(plan.counted):
            trigger = Span(sentence.dispatch, sentence.start + at, sentence.start + at + len(counted.words))
            at += len(counted.words) + 2
            self.numbers[event, number].append(
                Claim(
                    id=claim_id("figure", counted.measure, trigger), kind="figure", type=counted.measure,
                    trigger=trigger, sentence=sentence, place=place, mode=counted.mode, when=plan.when,
                    amount=Amount(counted.low, counted.high, unit="people"), who=counted.who, statement=said,
                    score=round(self.random.random(), 2),
                )
            )  # fmt: skip

    def _marked(self, event: int, speaker: Entity, sentence: Span, line: str) -> None:
        plan = self.plans[event]
        for entity in (speaker, *plan.agents, *((plan.place,) if plan.place else ())):
            start = sentence.start + line.index(entity.name)
            span = Span(sentence.dispatch, start, start + len(entity.name))
            self.mentions.append((Mention(mention_id(span, entity.kind), span, entity.kind, entity.name), entity.id))

    # ------------------------------------------------------------------------------------------------- conclusions

    def record(self) -> Record:
        """Return the whole record."""
        ids = {n: event_id(claims[0]) for n, claims in self.told.items()}
        counts = {key: figure_id(claims[0]) for key, claims in self.numbers.items()}
        events = tuple(self._event(n, ids, counts) for n in sorted(ids))
        figures = tuple(self._figure(key, ids, counts) for key in sorted(counts))
        claims = [replace(c, event=ids[n]) for n, told in self.told.items() for c in told]
        claims += [
            replace(c, event=ids[key[0]], figure=counts[key]) for key, told in self.numbers.items() for c in told
        ]
        copies = {d.id: self.dispatches[n - n % 5].id if n % 5 == 1 else d.id for n, d in enumerate(self.dispatches)}
        return Record(
            dispatches=tuple(self.dispatches),
            entities=(*self.places, *self.sides, *self.crowds, *self.persons),
            mentions=tuple(self.mentions),
            statements=tuple(self.statements),
            claims=tuple(sorted(claims, key=lambda c: (c.trigger, c.id))),
            events=events,
            figures=figures,
            control=tuple(self._control(claims)),
            lineage=copies,
        )

    def _event(self, number: int, ids: dict[int, str], counts: dict[tuple[int, int], str]) -> Event:
        plan, told = self.plans[number], tuple(c.id for c in self.told[number])
        return Event(
            id=ids[number], type=plan.type, agents=tuple(e.id for e in plan.agents),
            targets=tuple(e.id for e in plan.targets), place=plan.place.id if plan.place else None, when=plan.when,
            status=plan.status, claims=told, sources=self.random.choice((1, 1, 2, 3)),
            grade=self.random.choice(_GRADES), disputes=self._disputes("agents", told),
            figures=tuple(counts[number, n] for n in range(len(plan.counted))),
        )  # fmt: skip

    def _figure(self, key: tuple[int, int], ids: dict[int, str], counts: dict[tuple[int, int], str]) -> Figure:
        plan, counted = self.plans[key[0]], self.plans[key[0]].counted[key[1]]
        told = tuple(c.id for c in self.numbers[key])
        return Figure(
            id=counts[key], measure=counted.measure, who=counted.who, place=plan.place.id if plan.place else None,
            as_of=plan.day.isoformat(), mode=counted.mode, low=counted.low,
            best=counted.low if counted.low is not None else counted.high, high=counted.high, rule="widest",
            claims=told, sources=1, event=ids[key[0]], unit="people", disputes=self._disputes("amount", told),
        )  # fmt: skip

    def _disputes(self, field: str, told: tuple[str, ...]) -> tuple[Dispute, ...]:
        if self.random.random() > 0.1:
            return ()
        half = len(told) // 2
        sides = (Position("one side", told[half:]), *((Position("other", told[:half]),) if half else ()))
        return (Dispute(field, sides, "The accounts differ."),)

    def _control(self, claims: Sequence[Claim]) -> Iterator[Control]:
        """Make three stretches of control for every fifth place of which anything is told."""
        first: dict[str | None, str] = {}
        for claim in claims:
            first.setdefault(claim.place, claim.id)
        for n, place in enumerate(p for p in self.places[::5] if p.id in first):
            for part in range(3):
                since = _FIRST + timedelta(days=400 * part + n % 90)
                until = (_FIRST + timedelta(days=400 * part + 399)).isoformat() if part < 2 else None
                state: Any = ("holds", "contested", "besieged")[(n + part) % 3]
                holder = self.random.choice(self.sides).id if state == "holds" else None
                told = (first[place.id],)
                yield Control(place.id, holder, state, since.isoformat(), until, None, told, (n + part) % 13 == 0)


def a_large_record(events: int, *, seed: int = 1, places: int = 400, accounts: int = 1, names: bool = False) -> Record:
    """Return a record of so many events, told in `accounts` sentences on average; the same numbers give the same.

    `names` marks the names in the texts, as the workspace shows them.
    """
    maker = _Maker(events, seed, min(places, max(events, 1)))
    maker.tell(accounts, names=names)
    return maker.record()
