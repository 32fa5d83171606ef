"""What the steps of `read` hand to one another, before claims exist."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.lexicon.actors import Actors
from onrecord.lexicon.gazetteer import Gazetteer
from onrecord.model.values import Amount, Span, When
from onrecord.reader.neural import Reader
from onrecord.reader.tagger import Tagger, Token

RULES = "events-13"  # goes up when what the rules make of the same text changes


@dataclass(frozen=True, slots=True)
class Kit:
    """The parts that reading uses; swap one by passing another. Without a `reader` it goes by rule alone."""

    tagger: Tagger
    actors: Actors
    gazetteer: Gazetteer
    reader: Reader | None = None

    @property
    def version(self) -> str:
        """What every reading with this kit is signed with."""
        return "+".join((self.tagger.version, RULES, *((self.reader.version,) if self.reader else ())))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the story; `paragraph` counts from 0, `index` from 0 over the dispatch.

    Sentences that lie in marked stretches (headline repeats, captions, furniture) are not among them; the one
    `title` is, with `headline` set, for what it says counts once.
    """

    span: Span
    text: str
    tokens: tuple[Token, ...]
    index: int
    paragraph: int
    headline: bool = False


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression and what it means on the calendar; `when` is open where it cannot be resolved.

    `kind` is `point` ("late on Tuesday", "in 2014"), `since` ("since last week"), `until`, `duration` ("for four
    months"), `frequency` ("every day"), `now` ("currently"), `vague` ("in the past": dates nothing).
    """

    span: Span
    kind: str
    when: When
    amount: Amount | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number expression with its modifier: what it allows, and the noun it counts.

    `span` covers the number with its modifier and unit ("at least 3,250 people"), `noun` the head counted
    ("people"), `counted` the whole phrase after the number ("Syrian IS fighters"). `relation` is `another`,
    `risen_to`, `fallen_to`, `revised_to`, `of_which` or "" and `whole` the quantity that includes this one.
    Numbers that count nothing of the conflict (ages, dates, money, distances, ranks) are not quantities.
    """

    span: Span
    amount: Amount
    noun: str
    counted: str
    relation: str = ""
    whole: Span | None = None
