"""Every name that a dispatch uses, with the mentions that stand for it: what entities are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from onrecord.lexicon.folding import fold
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Dispatch, Mention, Reading
from onrecord.model.vocabulary import EntityKind

Sort = Literal["person", "place", "body"]

# A reader may call one body a group here and an organisation there; a person or a place is never taken for a body.
_SORTS: Final[dict[EntityKind, Sort]] = {"person": "person", "place": "place", "facility": "place"}


@dataclass(frozen=True, slots=True)
class Sighting:
    """One name as one dispatch uses it, with its mentions in order.

    `folded` is the name's fold without titles; `named` tells whether any of the mentions gives it as a name, and not
    as a description ("the fighters").
    """

    dispatch: str
    sort: Sort
    folded: str
    name: str
    named: bool
    mentions: tuple[Mention, ...]

    @property
    def id(self) -> str:
        """A key for this name in this dispatch."""
        return f"{self.dispatch}|{self.sort}|{self.folded}"

    @property
    def label(self) -> str:
        """What tells this name in this dispatch from the same name in another, as judgements do."""
        return f"{self.dispatch}|{self.folded}"

    @property
    def kinds(self) -> list[EntityKind]:
        """The kind of each mention."""
        return [m.kind for m in self.mentions]


@dataclass(frozen=True, slots=True)
class Read:
    """A dispatch with its reading, which is empty and by nobody where there is none, and the names in it."""

    dispatch: Dispatch
    reading: Reading
    sightings: tuple[Sighting, ...]


def sightings(readings: Iterable[Reading]) -> list[Sighting]:
    """Return the names of each dispatch by dispatch, sort and fold; mentions without a letter are left out."""
    groups: defaultdict[tuple[str, Sort, str], dict[str, Mention]] = defaultdict(dict)
    for reading in readings:
        for mention in reading.mentions:
            folded = name_fold(mention)
            if folded:
                groups[reading.dispatch, _sort(mention), folded][mention.id] = mention
    return [_sighting(*key, list(groups[key].values())) for key in sorted(groups)]


def name_fold(mention: Mention) -> str:
    """Return the fold of what a mention is called in full, without titles; empty where it has no letter."""
    return fold(plain_name(mention.name, _sort(mention)))


def _sort(mention: Mention) -> Sort:
    return _SORTS.get(mention.kind, "body")


def _sighting(dispatch: str, sort: Sort, folded: str, mentions: list[Mention]) -> Sighting:
    ordered = tuple(sorted(mentions, key=lambda m: (m.span, m.id)))
    named = [m for m in ordered if m.form == "name"]
    return Sighting(
        dispatch=dispatch,
        sort=sort,
        folded=folded,
        name=plain_name((named or ordered)[0].name, sort),
        named=bool(named),
        mentions=ordered,
    )


def plain_name(name: str, sort: Sort) -> str:
    """Return the name on one line, without an article, and a person's without titles."""
    words = name.split()
    if words and words[0].lower() in ("the", "a", "an") and len(words) > 1:
        words = words[1:]
    if sort == "person":
        words = _untitled(words)
    return " ".join(words)


def _untitled(words: list[str]) -> list[str]:
    """Drop leading titles before a name; "secretary of state" stays whole."""
    titles = frozenset(table("reconcile")["titles"])
    at = 0
    while at < len(words) - 1 and words[at].strip(".,").lower() in titles:
        at += 1
    return words[at:] if words and words[at][:1].isupper() else words
