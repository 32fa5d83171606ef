"""Makes a large record by chance, quickly: nothing in it is read, all of it hangs together."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from onrecord.model.ids import content_id
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
    mention_id,
    statement_id,
)
from onrecord.model.values import Amount, Span, When
from onrecord.model.vocabulary import EVENT_TYPES, ClaimKind, ControlState, EntityKind, Grade, Precision

_SYLLABLES = ["ka", "lo", "mir", "san", "dal", "ter", "qas", "bur", "hin", "zeb", "nor", "al", "ta", "ves", "rim"]
_OUTLETS = tuple(
    f"{a} {b}" for a in ("Harbour", "Plains", "Northern", "Evening", "Old") for b in ("Wire", "Post", "Voice")
)
_SCENES = ["hospital", "convoy", "market", "bridge", "school", "front", "river", "depot", "camp", "square"]
GRADES: tuple[Grade, ...] = ("weak", "fair", "confirmed", "contested")
_FIRST = date(2016, 1, 1)
_DAYS = 1200


def a_large_record(dispatches: int, claims: int, seed: int = 1) -> Record:
    """Return a record of so many dispatches and claims; the same numbers give the same record."""
    return _Maker(random.Random(seed), dispatches, claims).record()  # noqa: S311 -- an invented world, no secret


class _Maker:
    def __init__(self, chance: random.Random, dispatches: int, claims: int) -> None:
        self.chance = chance
        self.many = dispatches
        self.each = max(1, claims // dispatches)
        provinces = [self._entity("place", f"{self._word()} Province", (36 + n, 34.0)) for n in range(8)]
        self.places = [*provinces, *(self._place(provinces) for _ in range(max(20, dispatches // 12)))]
        self.actors = [self._entity("group", f"{self._word()} Front {n}") for n in range(60)]
        self.persons = [
            self._entity("person", f"{self._word()} {self._word()} {n}") for n in range(dispatches // 4 + 5)
        ]
        self.mentions: list[tuple[Mention, str]] = []
        self.statements: list[Statement] = []
        self.claims: list[Claim] = []

    def _word(self) -> str:
        return "".join(self.chance.choices(_SYLLABLES, k=self.chance.randint(2, 3))).capitalize()

    def _entity(
        self, kind: EntityKind, name: str, point: tuple[float, float] | None = None, parent: str | None = None
    ) -> Entity:
        precision: Precision = "exact" if point else "none"
        return Entity(
            content_id("e", kind, name, self.chance.random()),
            kind,
            name,
            point=point,
            parent=parent,
            precision=precision,
            aliases=((name, self.chance.randint(1, 900)),),
        )

    def _place(self, provinces: list[Entity]) -> Entity:
        parent = self.chance.choice(provinces)
        lon, lat = parent.point or (36.0, 34.0)
        point = (lon + self.chance.uniform(-0.5, 0.5), lat + self.chance.uniform(-1, 1))
        return self._entity("place", self._word(), point, parent.id)

    # -------------------------------------------------------------------------------------------------- texts

    def record(self) -> Record:
        """Return the whole record."""
        texts = [self._dispatch(n) for n in range(self.many)]
        events, figures = self._events(), self._figures()
        of = {c: e.id for e in events for c in e.claims} | {c: f.event for f in figures for c in f.claims if f.event}
        counted = {c: f.id for f in figures for c in f.claims}
        linked = [replace(c, event=of.get(c.id), figure=counted.get(c.id)) for c in self.claims]
        roles = [replace(p, roles=(Role("spokesman", self.actors[n % 60].id, ()),)) for n, p in enumerate(self.persons)]
        return Record(
            dispatches=tuple(texts),
            entities=(*self.places, *self.actors, *roles),
            mentions=tuple(self.mentions),
            statements=tuple(self.statements),
            claims=tuple(linked),
            events=tuple(events),
            figures=tuple(figures),
            control=tuple(self._control()),
            lineage={d.id: texts[n - n % 5].id if n % 5 == 1 else d.id for n, d in enumerate(texts)},
        )

    def _dispatch(self, number: int) -> Dispatch:
        day = _FIRST + timedelta(days=number * _DAYS // self.many)
        sentences = [self._sentence(number, n) for n in range(self.each)]
        text = "\n".join(words for words, _, _, _ in sentences)
        made = Dispatch(
            dispatch_id(text),
            text,
            file=f"{number:05}.txt",
            outlet=_OUTLETS[number % len(_OUTLETS)],
            title=f"Report {number} of the {_SCENES[number % 10]}",
            published=day.isoformat(),
            published_basis="header",
        )
        at = 0
        for n, (words, actor, place, speaker) in enumerate(sentences):
            self._read(made.id, day, (at, words, n), (actor, place, speaker))
            at += len(words) + 1
        return made

    def _sentence(self, number: int, n: int) -> tuple[str, Entity, Entity, Entity]:
        actor, place = self.chance.choice(self.actors), self._somewhere()
        speaker = self.chance.choice(self.persons)
        scene = self.chance.choice(_SCENES)
        words = (
            f"{speaker.name} said {actor.name} struck the {scene} in {place.name} and {20 + n} were killed, {number}."
        )
        return words, actor, place, speaker

    def _somewhere(self) -> Entity:
        skew = int(len(self.places) * self.chance.random() ** 3)  # few places have most events
        return self.places[skew]

    def _read(self, dispatch: str, day: date, where: tuple[int, str, int], who: tuple[Entity, Entity, Entity]) -> None:
        at, words, n = where
        actor, place, speaker = who
        sentence = Span(dispatch, at, at + len(words))

        def span(part: str) -> Span:
            start = at + words.index(part)
            return Span(dispatch, start, start + len(part))

        for entity in who:
            where_read = span(entity.name)
            mention = Mention(mention_id(where_read, entity.kind), where_read, entity.kind, entity.name)
            self.mentions.append((mention, entity.id))
        content = Span(dispatch, span("said ").end, sentence.end)
        statement = Statement(statement_id(content, speaker.name), content, speaker.id, speaker.name, "asserts", False)
        self.statements.append(statement)
        moment = (day - timedelta(days=self.chance.randint(0, 2))).isoformat()
        kind: ClaimKind = "figure" if n % 3 == 2 else "event"
        kind_type = "killed" if kind == "figure" else self.chance.choice(EVENT_TYPES)
        trigger = span(f"{20 + n} were killed") if kind == "figure" else span("struck")
        low = float(20 + n)
        self.claims.append(
            Claim(
                claim_id(kind, kind_type, trigger),
                kind,
                kind_type,
                trigger,
                sentence,
                agents=(actor.id,),
                place=place.id,
                when=When(moment, moment),
                statement=statement.id,
                score=round(self.chance.random(), 2),
                amount=Amount(low, low + n) if kind == "figure" else None,
                who="people" if kind == "figure" else None,
                mode="event" if kind == "figure" else None,
                as_of=day.isoformat() if kind == "figure" else None,
            )
        )

    # -------------------------------------------------------------------------------------------- conclusions

    def _groups(self, kind: str) -> Iterator[list[Claim]]:
        groups: defaultdict[tuple[str, str | None, str | None], list[Claim]] = defaultdict(list)
        for claim in self.claims:
            if claim.kind == kind:
                groups[claim.type, claim.place, claim.when.start].append(claim)
        yield from groups.values()

    def _events(self) -> list[Event]:
        made = []
        for n, group in enumerate(self._groups("event")):
            agents = tuple(dict.fromkeys(a for c in group for a in c.agents))[:3]
            grade = GRADES[min(len(group) - 1, 3)]
            disputes = self._disputes(group, "agents") if len(group) > 3 or (n % 97 == 0 and len(group) > 1) else ()
            first = group[0]
            made.append(
                Event(
                    content_id("v", first.type, first.id),
                    first.type,
                    agents,
                    (),
                    first.place,
                    first.when,
                    "happened",
                    tuple(c.id for c in group),
                    len(group),
                    grade,
                    disputes,
                )
            )
        # One event that everybody tells of, as the fall of a city is.
        most = [c for c in self.claims if c.kind == "event"][:500]
        big = replace(made[0], id="v" + "0" * 16, claims=tuple(c.id for c in most), sources=120, grade="confirmed")
        told = set(big.claims)
        return [big, *(e for e in made if told.isdisjoint(e.claims))]

    def _disputes(self, group: list[Claim], field: str) -> tuple[Dispute, ...]:
        half = len(group) // 2
        sides = (
            Position("one side", tuple(c.id for c in group[:half])),
            Position("other", tuple(c.id for c in group[half:])),
        )
        return (Dispute(field, sides, "The accounts differ."),)

    def _figures(self) -> list[Figure]:
        made = []
        for n, group in enumerate(self._groups("figure")):
            lows = [c.amount.low or 0 for c in group if c.amount]
            highs = [c.amount.high or 0 for c in group if c.amount]
            first = group[0]
            made.append(
                Figure(
                    content_id("f", first.type, first.id),
                    first.type,
                    "people",
                    first.place,
                    first.as_of,
                    "event",
                    min(lows),
                    min(lows),
                    max(highs),
                    "widest",
                    tuple(c.id for c in group),
                    len(group),
                    unit="people",
                    disputes=self._disputes(group, "amount") if n % 20 == 0 and len(group) > 1 else (),
                )
            )
        return made

    def _control(self) -> Iterator[Control]:
        for n, place in enumerate(self.places):
            claim = self.claims[n % len(self.claims)].id
            for part in range(3):
                since = (_FIRST + timedelta(days=400 * part + n % 90)).isoformat()
                until = (_FIRST + timedelta(days=400 * part + 399)).isoformat() if part < 2 else None
                holder = self.actors[(n * 7 + part) % 9].id
                state: ControlState = "contested" if (n + part) % 11 == 0 else "holds"
                yield Control(place.id, holder, state, since, until, None, (claim,), disputed=(n + part) % 13 == 0)
