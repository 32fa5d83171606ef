"""What claims stand on once names are resolved: dispatches, speakers, and how places and bodies hold one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from onrecord.lexicon.actors import Actors
from onrecord.lexicon.folding import fold
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Claim, Dispatch, Entity, Statement
from onrecord.model.values import Span
from onrecord.reconcile.lineage import age
from onrecord.reconcile.ties import Ties


@dataclass(slots=True)
class Facts:
    """All that the conclusions look up; `generic` are entities without a name ("the fighters").

    What is looked up is as it is at the moment: it may change between two conclusions, never in one.
    `voices` gives, for each lineage, who speaks in it where nobody is quoted; `categories` what sort of actor an entity
    is, as the table of actors has it; `mentions` the entity of each mention of a body, by dispatch. `right` are claims
    that a person judged right, with the judgement's place in the log, `ties` what was judged to be one event or two;
    `given` numbers the ids that were given out before.
    """

    dispatches: Mapping[str, Dispatch]
    lineage: Mapping[str, str]
    entities: Mapping[str, Entity]
    statements: Mapping[str, Statement]
    voices: Mapping[str, str]
    actors: Actors
    generic: AbstractSet[str] = frozenset()
    categories: Mapping[str, str] = field(default_factory=dict)
    mentions: Mapping[str, Sequence[tuple[Span, str]]] = field(default_factory=dict)
    right: Mapping[str, int] = field(default_factory=dict)
    ties: Ties = field(default_factory=Ties)
    given: Mapping[str, int] = field(default_factory=dict)

    def id_of(self, claims: Sequence[Claim], make: Callable[[Claim], str]) -> str:
        """Return the id of what claims tell of, of those that `make` makes: one that was given out, else the first.

        Of two that were given out, because the claims were held for two things once, the one given out earlier.
        """
        known = [name for name in map(make, claims) if name in self.given] if self.given else []
        return min(known, key=self.given.__getitem__, default=make(claims[0]))

    def judged(self, claims: Iterable[Claim]) -> list[Claim]:
        """Return those of the claims that a person judged right, the last judged first."""
        return sorted((c for c in claims if c.id in self.right), key=lambda c: -self.right[c.id])

    def order(self, claim: Claim) -> tuple[str, str, int, int, str]:
        """Return the key that puts claims by date of publication, dispatch and place in it."""
        return (*age(self.dispatches[claim.dispatch]), claim.trigger.start, claim.trigger.end, claim.id)

    def chain(self, entity: str) -> tuple[str, ...]:
        """Return the entity and all that it belongs to, nearest first."""
        chain = [entity]
        at = self.entities[entity].parent if entity in self.entities else None
        while at is not None and at not in chain:
            chain.append(at)
            at = self.entities[at].parent if at in self.entities else None
        return tuple(chain)

    def related(self, one: str, other: str) -> bool:
        """Tell whether two entities are the same or one belongs to the other."""
        return one == other or one in self.chain(other) or other in self.chain(one)

    def wide(self, place: str) -> bool:
        """Tell whether a place is a country, a province or a district, in which much may happen at once."""
        entity = self.entities.get(place)
        return entity is not None and entity.precision in ("country", "admin1", "admin2")

    def holder(self, entity: str) -> str | None:
        """Return the body that holds a place where this entity is said to: itself, or the one a person speaks for.

        `None` for places, people in general, monitors and newspapers, and for a person of no body or of several.
        """
        known = self.entities.get(entity)
        if self.categories.get(entity) in table("reconcile")["watchers"]["categories"]:
            return None
        if known is None or known.kind in ("group", "organisation", "other"):
            return entity if known else None
        bodies = {role.organisation for role in known.roles if role.organisation} if known.kind == "person" else set()
        return bodies.pop() if len(bodies) == 1 else None

    def holders(self, entities: Iterable[str]) -> list[str]:
        """Return the bodies among these that can hold a place, in order; those with a name before descriptions."""
        found = dict.fromkeys(body for body in map(self.holder, entities) if body)
        return sorted(found, key=lambda body: body in self.generic)

    def words(self, claim: Claim) -> str:
        """Return the folded words of a claim's trigger."""
        return fold(claim.trigger.of(self.dispatches[claim.dispatch].text))

    def sentence(self, claim: Claim) -> str:
        """Return the folded words of a claim's sentence."""
        return fold(claim.sentence.of(self.dispatches[claim.dispatch].text))

    def source(self, claim: Claim) -> str | None:
        """Return the entity that is said to have said it: the body spoken for, else the speaker; `None` for none.

        A speaker of whom one body alone is told elsewhere speaks for it here as well, but not where he has left it.
        """
        statement = self.statements.get(claim.statement or "")
        if statement is None:
            return None
        if statement.role and statement.role.split(maxsplit=1)[0].lower() in table("titles")["past"]:
            return statement.organisation or statement.speaker
        speaker = self.entities.get(statement.speaker or "")
        bodies = {role.organisation for role in speaker.roles if role.organisation} if speaker else set()
        return statement.organisation or (min(bodies) if len(bodies) == 1 else statement.speaker)

    def meant(self, claim: Claim) -> frozenset[str]:
        """Return the names of the bodies that the words of a claim's trigger mean ("the jihadists")."""
        found = (entity for span, entity in self.mentions.get(claim.dispatch, ()) if claim.trigger.overlaps(span))
        known = (e for e in found if e in self.entities and (e not in self.generic or e in self.categories))
        return frozenset(self.entities[e].name for e in known)

    def party(self, claim: Claim) -> bool | None:
        """Tell whether a party to the conflict stands behind a claim; `None` where that is not known.

        What a dispatch asserts itself, naming no source, is the word of an outside observer.
        """
        if claim.statement not in self.statements:
            return False
        source = self.source(claim) or ""
        bodies = {role.organisation for role in self.entities[source].roles} if source in self.entities else set()
        known = [c for c in map(self.categories.get, sorted({source, *(b for b in bodies if b)})) if c]
        watchers = table("reconcile")["watchers"]["categories"]
        return all(category not in watchers for category in known) if known else None

    def standing(self, claim: Claim) -> int:
        """Tell who vouches for a claim: 0 a monitor, 1 another observer, 2 a party to the conflict, or nobody known."""
        source = self.source(claim) or ""
        actor = self.actors.find(self.entities[source].name) if source in self.entities else None
        category = self.categories.get(source) or (actor.category if actor else "")
        if category == "monitor":
            return 0
        own = claim.statement not in self.statements
        return 1 if own or category in table("reconcile")["watchers"]["categories"] else 2

    def denied(self, claim: Claim) -> bool:
        """Tell whether the claim is that something did not happen."""
        statement = self.statements.get(claim.statement or "")
        return claim.status == "denied" or (statement is not None and statement.stance == "denies")

    def origin(self, claim: Claim) -> str:
        """Return a key for whoever vouches for the claim; equal keys are one source.

        That is the body spoken for, else the named speaker, wherever they are quoted. An unnamed speaker counts once
        a lineage and wording. What nobody is named for comes from the agency that any copy credits, else from the
        outlet of the oldest copy, else from that copy itself.
        """
        root = self.lineage[claim.dispatch]
        statement = self.statements.get(claim.statement or "")
        if statement is None:
            return f"own:{self.voices[root]}"
        source = self.source(claim)
        if source is not None and source not in self.generic:
            return f"said:{source}"
        return f"said:{root}:{fold(statement.speaker_text)}"


def voices(dispatches: Mapping[str, Dispatch], lineage: Mapping[str, str]) -> dict[str, str]:
    """Return who speaks in each lineage: the agency that a copy credits, else the oldest copy's outlet, else its id."""
    agencies: defaultdict[str, set[str]] = defaultdict(set)
    for dispatch, root in lineage.items():
        agency = dispatches[dispatch].agency
        if agency:
            agencies[root].add(fold(agency))
    found = {}
    for root in sorted(set(lineage.values())):
        outlet = fold(dispatches[root].outlet or "")
        found[root] = min(agencies[root], default="") or outlet or root
    return found


def sources(claims: Iterable[Claim], facts: Facts) -> frozenset[str]:
    """Return the independent origins of several claims about one thing.

    A dispatch's own words count only where it names no source for the same thing: its first paragraph says again
    what its source says further down.
    """
    listed = list(claims)
    attributed = {facts.lineage[c.dispatch] for c in listed if c.statement in facts.statements}
    return frozenset(
        facts.origin(c)
        for c in listed
        if c.statement in facts.statements or facts.lineage[c.dispatch] not in attributed
    )
