"""Prints pages in an outlet's spellings, and keeps what a perfect reader makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from onrecord.model.records import (
    Claim,
    Dispatch,
    Marked,
    Mention,
    Reading,
    Statement,
    claim_id,
    dispatch_id,
    mention_id,
    statement_id,
)
from onrecord.model.values import Span, When
from tests.synthetic.phrases import SYNONYMS
from tests.synthetic.prose import Line, Named, Page, Piece, Said, Slot, Told
from tests.synthetic.world import Thing, World

READER = "perfect"


@dataclass(slots=True)
class Printed:
    """A dispatch with its perfect reading, and what its mentions and claims truly are."""

    dispatch: Dispatch
    reading: Reading
    of_mention: dict[str, str]
    of_claim: dict[str, str]


class Printer:
    """Prints pages in an outlet's spellings; `style` gives the index of the spelling of each thing."""

    def __init__(self, world: World, style: Mapping[str, int]) -> None:
        self._world = world
        self._style = style

    def print(self, page: Page, random: Random) -> Printed:
        """Return the dispatch and what a perfect reader makes of it."""
        run = _Run(self._world, self._style, surnames=page.surnames)
        title = run.line(page.title, end="", random=random, reworded=False)
        run.text += "\n\n"
        for line in page.lines:
            run.line(line, end=". ", random=random, reworded=page.reworded)
        run.text = run.text.rstrip()
        marks = [Marked(title[0], title[1], "title")]
        if page.furniture:
            run.text += f"\n\n{page.furniture}"
        return run.done(page, tuple(marks))


class _Run:
    """One page being printed."""

    def __init__(self, world: World, style: Mapping[str, int], *, surnames: bool) -> None:
        self.text = ""
        self._world = world
        self._style = style
        self._surnames = surnames
        self._seen: set[str] = set()
        self._mentions: list[tuple[str, int, int, str]] = []  # thing, start, end, form
        self._ids: dict[str, str] = {}
        self._lines: list[tuple[Line, int, int, dict[str, tuple[int, int]], tuple[int, int]]] = []

    def line(self, line: Line, *, end: str, random: Random, reworded: bool) -> tuple[int, int]:
        """Print one line and keep where its slots stand; return its bounds."""
        start, slots = len(self.text), {}
        held = [start, start]
        for number, piece in enumerate(line.pieces):
            if number == line.attributed[0]:
                held[0] = len(self.text)
            words = self._words(piece, random, reworded=reworded)
            if len(self.text) == start:
                words = words[:1].upper() + words[1:]
            at = len(self.text)
            self.text += words
            if isinstance(piece, Slot):
                slots[piece.key] = (at, at + len(words))
            if isinstance(piece, Named):
                article = 4 if piece.noun and words.lower().startswith("the ") else 0
                described = piece.noun or self._world.things[piece.thing].kind == "facility"
                form = "nominal" if described else "name"
                self._mentions.append((piece.thing, at + article, at + len(words), form))
            if number == line.attributed[1] - 1:
                held[1] = len(self.text)
        finish = len(self.text)
        self.text += end
        self._lines.append((line, start, finish, slots, (held[0], held[1])))
        return start, finish

    def _words(self, piece: Piece, random: Random, *, reworded: bool) -> str:
        if isinstance(piece, str):
            if reworded:
                for one, other in SYNONYMS.items():
                    if f" {one} " in piece and random.random() < 0.5:
                        piece = piece.replace(f" {one} ", f" {other} ")
            return piece
        if isinstance(piece, Slot):
            return piece.words
        return self._name(piece, self._world.things[piece.thing])

    def _name(self, piece: Named, thing: Thing) -> str:
        """Return the thing as this outlet calls it: in full at first, then by its short form or a noun."""
        full = self._full(thing)
        first = thing.id not in self._seen
        if piece.noun and not first:
            return f"the {thing.noun}"
        self._seen.add(thing.id)
        if piece.alias:
            return thing.alias or thing.short[0]
        if thing.kind == "person":
            return self._surname(thing) if self._surnames or not first else full
        if thing.short and not first and self._style[thing.id] % 3 != 0:
            return thing.short[0]
        return full

    def _full(self, thing: Thing) -> str:
        number = self._style[thing.id]
        if thing.alias and number % 4 == 3:
            return thing.alias
        if thing.kind in ("group", "organisation") and thing.short and number % 5 == 4:
            return thing.short[0]
        return thing.spellings[number % len(thing.spellings)]

    def _surname(self, thing: Thing) -> str:
        full = self._full(thing)
        if full == thing.alias:
            return full
        return next((s for s in sorted(thing.short, key=len, reverse=True) if full.endswith(s)), full)

    def done(self, page: Page, marks: tuple[Marked, ...]) -> Printed:
        """Return the dispatch with its reading."""
        name = dispatch_id(self.text)
        dispatch = Dispatch(
            id=name,
            text=self.text,
            file=None,
            outlet=page.outlet,
            agency=page.agency,
            published=page.published,
            published_basis="metadata" if page.published else "none",
            marked=marks,
        )
        made = [(t, self._mention(name, t, s, e, form)) for t, s, e, form in self._mentions]
        printed = Printed(dispatch, Reading(name, READER), {m.id: t for t, m in made}, {})
        mentions = [(t, m.span.start, m) for t, m in made]
        statements: list[Statement] = []
        claims: list[Claim] = []
        for line, start, end, slots, held in self._lines:
            near = _Nearest(mentions, start, end)
            said = self._statement(line.said, Span(name, *held), near) if line.said and held[0] < held[1] else None
            statements += [said] if said else []
            claims += self._claims(printed, line, Span(name, start, end), slots, near=near, said=said)
        printed.reading = Reading(name, READER, tuple(m for _, m in made), tuple(statements), tuple(claims))
        return printed

    def _mention(self, name: str, thing: str, start: int, end: int, form: str) -> Mention:
        """Return a mention, with the name by which this dispatch calls the thing in full."""
        known = self._world.things[thing]
        span, kind = Span(name, start, end), known.kind
        full = self._surname(known) if known.kind == "person" and self._surnames else self._full(known)
        return Mention(id=mention_id(span, kind), span=span, kind=kind, name=full, form=form)

    def _statement(self, said: Said, content: Span, near: _Nearest) -> Statement:
        return Statement(
            id=statement_id(content, said.words),
            content=content,
            speaker=near.of(said.speaker),
            speaker_text=said.words,
            stance=said.stance,
            direct=False,
            organisation=near.of(said.organisation),
            role=said.role,
        )

    def _claims(
        self,
        printed: Printed,
        line: Line,
        sentence: Span,
        slots: dict[str, tuple[int, int]],
        *,
        near: _Nearest,
        said: Statement | None,
    ) -> Iterator[Claim]:
        ids = self._ids
        ids |= dict.fromkeys([k for k in ids if not k.startswith("@")], "")
        undated = printed.dispatch.published is None
        for told in line.told:
            trigger = Span(sentence.dispatch, *slots[told.slot])
            name = claim_id(told.kind, told.type, trigger)
            ids |= {f"{told.kind}:{told.slot}": name}
            ids |= {f"@{told.truth}": name} if told.kind == "event" else {}
            printed.of_claim[name] = told.truth
            inside = said is not None and said.content.holds(trigger)
            yield Claim(
                id=name,
                kind=told.kind,
                type=told.type,
                trigger=trigger,
                sentence=sentence,
                status=told.status,
                agents=tuple(m for a in told.agents if (m := near.of(a))),
                targets=tuple(m for t in told.targets if (m := near.of(t))),
                place=near.of(told.place),
                when=When() if undated and told.relative else told.when,
                amount=told.amount,
                who=told.who,
                mode=told.mode,
                as_of=None if undated else told.as_of,
                statement=said.id if said and inside else None,
                about=self._about(told),
                part_of=ids.get(f"figure:{told.part_of}") or None if told.part_of else None,
                reader=READER,
            )

    def _about(self, told: Told) -> str | None:
        """Return the claim of the event that a figure counts: of its line by slot, of an earlier one by "@truth"."""
        about = told.about or ""
        return self._ids.get(about if about.startswith("@") else f"event:{about}") or None


class _Nearest:
    """Finds the mention of a thing for the claims of a line: in it, else before it, else anywhere."""

    def __init__(self, mentions: list[tuple[str, int, Mention]], start: int, end: int) -> None:
        self._mentions, self._start, self._end = mentions, start, end

    def of(self, thing: str | None) -> str | None:
        """Return the id of the mention, `None` where the dispatch does not mention the thing."""
        own = [
            (not self._start <= at < self._end, abs(at - self._start), m.id)
            for t, at, m in self._mentions
            if t == thing
        ]
        return min(own)[2] if own else None
