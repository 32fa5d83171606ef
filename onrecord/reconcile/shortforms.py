"""Whom a short form means ("the coalition", "the council"), and bodies that were read as persons by mistake."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from onrecord.lexicon.actors import Actor, Actors
from onrecord.lexicon.lexicon import table
from onrecord.reconcile.blocks import Shares
from onrecord.reconcile.sightings import Sighting

Question = tuple[str, frozenset[str]]


class Nicknames:
    """Which actor a nickname means ("the coalition"), kept as dispatches come, change and go.

    Of the actors with that nickname it is the one that fits the countries of the dispatch and is named most in all of
    them. `named` counts the dispatches' names of actors, by the actor's key. Words for any of a sort are no nicknames
    here: whom "the rebels" mean only their own dispatch can tell.
    """

    def __init__(self, actors: Actors, named: Shares[str, str]) -> None:
        self._actors, self._named = actors, named
        self._asked: defaultdict[Question, set[str]] = defaultdict(set)
        self._answers: dict[Question, str | None] = {}

    def refresh(self) -> set[str]:
        """Answer again all that was asked; return the dispatches that asked what now has another answer."""
        old, self._answers = self._answers, {q: self._answer(q) for q in self._answers}
        return {d for q, answer in self._answers.items() if answer != old[q] for d in self._asked[q]}

    def meant(self, sighting: Sighting, countries: frozenset[str]) -> str | None:
        """Return the key of the actor whose nickname this is in a dispatch with places of these countries."""
        if not self._candidates(sighting.folded):
            return None
        question = (sighting.folded, countries)
        self._asked[question].add(sighting.dispatch)
        if question not in self._answers:
            self._answers[question] = self._answer(question)
        return self._answers[question]

    def _candidates(self, folded: str) -> dict[str, Actor]:
        if folded in table("reconcile")["any_of_a_sort"]["words"]:
            return {}
        forms = (f"the {folded}", folded, f"the {_without_arms(folded)}")
        return {a.name: a for form in forms for a in self._actors.with_nickname(form)}

    def _answer(self, question: Question) -> str | None:
        folded, countries = question
        fitting = list(self._fitting(self._candidates(folded).values(), countries))
        if not fitting:
            return None
        best = max(fitting)
        return None if sum(rank[:2] == best[:2] for rank in fitting) > 1 else f"actor:{best[2]}"

    def _fitting(self, candidates: Iterable[Actor], countries: frozenset[str]) -> Iterator[tuple[bool, int, str]]:
        """Yield (is of a country of the dispatch, how often it is named, name) of each actor that may be meant."""
        watchers = frozenset(table("reconcile")["watchers"]["categories"])
        for actor in candidates:
            often = self._named.sums.get(f"actor:{actor.name}", Counter())[""]
            elsewhere = actor.country not in (None, *countries) and actor.category not in watchers
            if often and not elsewhere:
                yield actor.country in countries, often, actor.name


def short_forms(
    seen: Iterable[Sighting],
    keys: Mapping[str, str],
    *,
    nicknames: Nicknames,
    countries: frozenset[str],
    outlets: Collection[str],
) -> dict[str, str]:
    """Return the key of each sighting of one dispatch that a fuller name explains, by the sighting's id.

    In this order: the one body of the dispatch whose name holds it ("council" after "Raqqa Civil Council"); the actor
    with that nickname; the outlet or agency of that name, of all `outlets`. `countries` are those of the dispatch's
    places.
    """
    listed = list(seen)
    bodies = [s for s in listed if s.sort == "body" and s.named and " " in s.folded]
    found = {}
    for sighting in listed:
        if keys[sighting.id].startswith("actor:") or sighting.sort == "place":
            continue
        fuller = {keys[b.id] for b in bodies if b.id != sighting.id and _shortens(sighting, b)}
        key = fuller.pop() if len(fuller) == 1 else None
        key = key or nicknames.meant(sighting, countries)
        if key is None and sighting.sort == "person" and sighting.folded in outlets:
            key = f"body:{sighting.folded}"
        if key:
            found[sighting.id] = key
    return found


def _shortens(sighting: Sighting, body: Sighting) -> bool:
    """Tell whether one word that means a sort of body stands in the full name of a body."""
    return sighting.folded in table("reconcile")["short_forms"]["words"] and sighting.folded in body.folded.split()


def _without_arms(folded: str) -> str:
    """Return a name without the arm of a force at its end: "coalition" for "coalition aircraft"."""
    body, _, arm = folded.rpartition(" ")
    return body if arm in table("reconcile")["arms"]["words"] else folded
