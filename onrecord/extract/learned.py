"""What the trained reader is told of a dispatch, and what it makes of it, to be asked by place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord.extract.events.found import Found
from onrecord.extract.parts import Quantity, TimeExpression
from onrecord.model.records import Mention
from onrecord.model.values import Span
from onrecord.reader.candidates import Known, KnownEvent, KnownName
from onrecord.reader.read import Argument, Read
from onrecord.reader.read import Trigger as Seen


def known_of(
    mentions: Iterable[Mention],
    times: Iterable[TimeExpression],
    quantities: Iterable[Quantity],
    found: Iterable[Found],
) -> Known:
    """Return what the reader is told: all that the rules have found in a dispatch."""
    return Known(
        tuple(KnownName(m.span.start, m.span.end, m.name, m.form != "name", m.kind) for m in mentions),
        tuple((t.span.start, t.span.end) for t in times),
        tuple((q.span.start, q.span.end) for q in quantities),
        tuple(map(_known_event, found)),
    )


def _known_event(found: Found) -> KnownEvent:
    span = found.view.span(found.trigger.first, found.trigger.after)
    agents, targets = (frozenset(c.mention.name for c in side) for side in (found.agents, found.targets))
    place = frozenset({found.place.name} if found.place else ())
    return KnownEvent(span.start, span.end, found.kind, found.status, agents, targets, place)


@dataclass(frozen=True, slots=True)
class Learned:
    """What the trained reader makes of a dispatch, to be asked by place."""

    read: Read
    mentions: dict[tuple[int, int], Mention]
    starts: list[int] = field(default_factory=list)
    triggers: list[Seen] = field(default_factory=list)

    @classmethod
    def of(cls, read: Read, mentions: Iterable[Mention]) -> Learned:
        """Return what was read, with the mentions that the reader was told of."""
        triggers = sorted((*read.events, *read.doubted), key=lambda t: t.start)
        by_span = {(m.span.start, m.span.end): m for m in mentions}
        return cls(read, by_span, [t.start for t in triggers], triggers)

    def within(self, span: Span) -> list[Seen]:
        """Return the triggers that begin in a stretch, in order."""
        return self.triggers[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]

    def mention_of(self, argument: Argument) -> Mention | None:
        """Return the mention that an argument is, or the nearest that names the same; `None` where none has a name."""
        own = self.mentions.get((argument.start, argument.end))
        if own:
            return own
        inside = [m for (s, e), m in self.mentions.items() if argument.start <= s and e == argument.end]
        if inside or argument.name is None:
            return max(inside, key=lambda m: m.span.end - m.span.start, default=None)
        same = [m for m in self.mentions.values() if m.name == argument.name]
        return min(same, key=lambda m: (abs(m.span.start - argument.start), m.span.start), default=None)

    def as_kind(self, mention: Mention, kinds: frozenset[str]) -> Mention | None:
        """Return a mention if it is of one of these kinds, else the nearest of them by its name: Syria as a land."""
        if mention.kind in kinds:
            return mention
        same = [m for m in self.mentions.values() if m.name == mention.name and m.kind in kinds]
        at = mention.span.start
        return min(same, key=lambda m: (abs(m.span.start - at), m.span.start), default=None)

    def tag_at(self, offset: int) -> str:
        """Return the part of speech of the word that begins at an offset, "X" where none does."""
        at = bisect_left(self.read.words, offset, key=lambda w: w.start)
        return self.read.words[at].tag if at < len(self.read.words) and self.read.words[at].start == offset else "X"
