"""Who holds a place: the mentions that can, those named by an adjective, and all that "and" joins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.extract.control.held import listed
from onrecord.extract.events.grammar import Chunk, View
from onrecord.extract.events.neighbours import joined_back, joined_on
from onrecord.lexicon.actors import Actors
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Mention, mention_id
from onrecord.model.values import Span

_NEAR = 3  # words between "held by" and the holder: "by the so-called Ardun brigade"


def can_hold(chunk: Chunk) -> bool:
    """Tell whether a mention can hold a place: an armed side, a body, a leader, or a country by its name."""
    if chunk.mention.name.split()[-1].lower() in listed("not_sides"):
        return False
    country = chunk.category == "place" and chunk.mention.form == "name"
    return country or chunk.category in {"fighters", "body", "person"}


def only_holders(chunks: Iterable[Chunk]) -> tuple[Chunk, ...]:
    """Return those that can hold a place."""
    return tuple(chunk for chunk in chunks if can_hold(chunk))


@dataclass(frozen=True, slots=True)
class Sides:
    """The sides of one dispatch by what they are called ("rebels")."""

    names: dict[str, str]
    actors: Actors

    @classmethod
    def of(cls, views: Sequence[View], actors: Actors) -> Sides:
        """Return the sides that the mentions of a dispatch name; the first of a name tells who is meant."""
        names: dict[str, str] = {}
        for view in views:
            for chunk in view.chunks:
                if chunk.category in {"fighters", "body"}:
                    names.setdefault(" ".join(view.words[chunk.first : chunk.after]), chunk.mention.name)
        return cls(names, actors)

    def at(self, view: View, i: int, letters: int | None = None) -> Chunk | None:
        """Return who is named by the word at a token, or by its first `letters`: "rebel" of "rebel-held"."""
        known = view.chunk_at(i)
        if known and (letters is None or known.after == i + 1):
            return known if can_hold(known) else None
        token = view.sentence.tokens[i]
        word = token.text[:letters]
        noun = table("control")["holders"].get(word.lower().removesuffix("s"))
        if noun is None:
            return self._by_name(view, i, word) if letters else None
        span = Span(view.sentence.span.dispatch, token.start, token.start + len(word))
        name = self.names.get(noun, noun) if noun in listed("of_a_state") else noun
        mention = Mention(mention_id(span, "group"), span, "group", name, "nominal")
        return Chunk(i, i + 1, mention, "fighters")

    def _by_name(self, view: View, i: int, word: str) -> Chunk | None:
        """Return the actor whose name is the first part of a compound: "SDF-held"."""
        actor = self.actors.find(word) if word[:1].isupper() else None
        name = self.names.get(word.lower()) or (actor.name if actor else None)
        if name is None:
            return None
        start = view.sentence.tokens[i].start
        span = Span(view.sentence.span.dispatch, start, start + len(word))
        return Chunk(i, i + 1, Mention(mention_id(span, "group"), span, "group", name), "fighters")

    def behind(self, view: View, at: int) -> tuple[Chunk, ...]:
        """Return the holders that stand behind a token, with what a list joins to the first."""
        first = next((c for c in view.chunks if 0 <= c.first - at <= _NEAR and not c.possessive), None)
        if first is None:
            near = next((c for i in range(at, min(at + 2, len(view.words))) if (c := self.at(view, i))), None)
            return (near,) if near else ()
        return only_holders(joined_on(view, first)) if can_hold(first) else ()

    def before(self, view: View, end: int) -> tuple[Chunk, ...]:
        """Return the holders whose last word is the one before a token: "government and Hezbollah [control]"."""
        at = end - 1 if view.word(end - 1) not in {"'s", "'"} else end - 2
        last = self.at(view, at) if at >= 0 else None
        if last is None:
            return ()
        joined = only_holders(joined_back(view, last)) if view.chunk_at(at) else (last,)
        if view.word(joined[0].first - 1) == "and":
            other = self.at(view, joined[0].first - 2)
            return (other, *joined) if other and other not in joined else joined
        return joined
