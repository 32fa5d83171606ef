"""What one dispatch tells, with entities in place of mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from onrecord.lexicon.folding import fold
from onrecord.model.records import Claim, Mention, Reading, Statement
from onrecord.model.values import Span
from onrecord.reconcile.keys import Read

Meant = Callable[[str | None], str | None]  # the entity of a mention


@dataclass(frozen=True, slots=True)
class Told:
    """The statements and claims of a dispatch, and the entity of each mention, all in the order of the text.

    `bodies` are the mentions of groups and organisations among them.
    """

    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    mentions: tuple[tuple[Mention, str], ...] = ()
    bodies: tuple[tuple[Span, str], ...] = ()


def told(read: Read, meant: Meant, generic: Collection[str], wrong: Collection[str]) -> Told:
    """Return what a dispatch tells; `generic` are entities without a name, `wrong` claims that are left out."""
    mentions = {m.id: (m, entity) for m in read.reading.mentions if (entity := meant(m.id))}
    bodies = [(m, e) for m, e in mentions.values() if m.kind in ("group", "organisation")]
    worded = _worded(read, bodies, generic)
    statements = [_statement(s, meant, worded) for s in read.reading.statements]
    return Told(
        statements=tuple(sorted(statements, key=lambda s: (s.content.start, s.content.end, s.id))),
        claims=claims_of(read.reading, meant, wrong),
        mentions=tuple(sorted(mentions.values(), key=lambda p: (p[0].span.start, p[0].span.end, p[0].id))),
        bodies=tuple((m.span, e) for m, e in bodies),
    )


def claims_of(reading: Reading, meant: Meant, wrong: Collection[str]) -> tuple[Claim, ...]:
    """Return the claims of a reading but for those judged wrong, in the order of the text."""
    claims = [_claim(c, meant) for c in reading.claims if c.id not in wrong]
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
