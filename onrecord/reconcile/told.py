"""What dispatches tell, with entities in place of mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from onrecord.lexicon.folding import fold
from onrecord.model.corrections import corrected
from onrecord.model.records import Claim, Mention, Reading, Statement
from onrecord.model.values import Span
from onrecord.reconcile.facts import voices
from onrecord.reconcile.intake import Intake, renew
from onrecord.reconcile.judgements import Decisions
from onrecord.reconcile.registry import Registry
from onrecord.reconcile.sightings import Read

Meant = Callable[[str | None], str | None]  # the entity of a mention


@dataclass(frozen=True, slots=True)
class Told:
    """The statements and claims of one dispatch, and the entity of each mention, all in the order of the text.

    `bodies` are the mentions of groups and organisations among them.
    """

    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    mentions: tuple[tuple[Mention, str], ...] = ()
    bodies: tuple[tuple[Span, str], ...] = ()


class Accounts:
    """What each dispatch tells (`told`), kept as that changes: statements and claims by id, and who speaks where.

    `voices` are those who speak in each lineage where nobody is quoted, `bodies` the mentions of bodies by dispatch.
    """

    def __init__(self, intake: Intake, registry: Registry) -> None:
        self.told: dict[str, Told] = {}
        self.statements: dict[str, Statement] = {}
        self.claims: dict[str, Claim] = {}
        self.bodies: dict[str, tuple[tuple[Span, str], ...]] = {}
        self.voices: dict[str, str] = {}
        self._intake, self._registry = intake, registry
        self._decided = Decisions()
        self._claims: dict[str, tuple[Claim, ...]] = {}

    def hear(self, names: Iterable[str]) -> set[str]:
        """Find who speaks in the lineages of these dispatches; return the dispatches of which that is other."""
        lineages = self._intake.lineages
        roots = {lineages.of[n] for n in names if n in lineages.of}
        now = voices(self._intake.dispatches, {m: root for root in roots for m in lineages.members[root]})
        moved = {m for root, voice in now.items() if voice != self.voices.get(root) for m in lineages.members[root]}
        for root in self.voices.keys() - lineages.members.keys():
            del self.voices[root]
        self.voices.update(now)
        return moved

    def tell(self, names: Iterable[str], decided: Decisions) -> dict[str, Told]:
        """Bring up to date what these dispatches tell, as it is decided of their claims, and return it."""
        self._decided = decided
        return {name: self._tell(name) for name in names}

    def _tell(self, name: str) -> Told:
        read = self._intake.reads.get(name)
        new = _told(read, self._meant(name), self._registry.generic, self._decided) if read else None
        for statement in self.told.get(name, Told()).statements:
            del self.statements[statement.id]
        self.statements |= {s.id: s for s in (new.statements if new else ())}
        renew(self.told, {name: new})
        renew(self.bodies, {name: new.bodies if new else None})
        return new or Told()

    def claim(self, name: str, again: Reading | None) -> tuple[Claim, ...]:
        """Bring the claims of a dispatch up to date and return them, from another reading of it where there is one."""
        for claim in self._claims.pop(name, ()):
            del self.claims[claim.id]
        claims = self.told.get(name, Told()).claims
        if again is not None:
            claims = _claims(again, self._meant(name), self._decided)
        self.claims |= {c.id: c for c in claims}
        if claims:
            self._claims[name] = claims
        return claims

    def _meant(self, name: str) -> Meant:
        return partial(self._registry.entity, name)


def _told(read: Read, meant: Meant, generic: Collection[str], decided: Decisions) -> Told:
    """Return what a dispatch tells; `generic` are entities without a name."""
    mentions = {m.id: (m, entity) for m in read.reading.mentions if (entity := meant(m.id))}
    bodies = [(m, e) for m, e in mentions.values() if m.kind in ("group", "organisation")]
    worded = _worded(read, bodies, generic)
    statements = [_statement(s, meant, worded) for s in read.reading.statements]
    return Told(
        statements=tuple(sorted(statements, key=lambda s: (s.content.start, s.content.end, s.id))),
        claims=_claims(read.reading, meant, decided),
        mentions=tuple(sorted(mentions.values(), key=lambda p: (p[0].span.start, p[0].span.end, p[0].id))),
        bodies=tuple((m.span, e) for m, e in bodies),
    )


def _claims(reading: Reading, meant: Meant, decided: Decisions) -> tuple[Claim, ...]:
    """Return the claims of a reading but for those judged wrong, as a person changed them, in the order of the text."""
    kept = (corrected(c, decided.changed.get(c.id, {})) for c in reading.claims if c.id not in decided.wrong)
    claims = [_claim(claim, meant) for claim in kept]
    return tuple(sorted(claims, key=lambda c: (c.trigger.start, c.trigger.end, c.id)))


def _worded(read: Read, bodies: list[tuple[Mention, str]], generic: Collection[str]) -> dict[str, str]:
    """Return the body that words mean in a dispatch, by the folded words: "coalition"."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for mention, entity in bodies:
        if entity not in generic:
            found[fold(read.dispatch.quote(mention.span))].add(entity)
    return {words: min(entities) for words, entities in found.items() if len(entities) == 1}


def _statement(statement: Statement, meant: Meant, worded: Mapping[str, str]) -> Statement:
    """Return the statement with entities in place of mentions; a source without one is the body its words mean."""
    words = fold(statement.speaker_text).removeprefix("the ")
    return replace(
        statement,
        speaker=meant(statement.speaker) or worded.get(words),
        organisation=meant(statement.organisation),
    )


def _claim(claim: Claim, meant: Meant) -> Claim:
    """Return the claim with entities in place of mentions, each once."""
    return replace(
        claim,
        agents=tuple(dict.fromkeys(e for m in claim.agents if (e := meant(m)))),
        targets=tuple(dict.fromkeys(e for m in claim.targets if (e := meant(m)))),
        place=meant(claim.place),
    )
