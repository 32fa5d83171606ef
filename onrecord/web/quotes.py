"""A claim as a quotation: the words around its trigger, and the chain of those who pass them on."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model.records import Claim, Dispatch, Statement
from onrecord.model.values import Span
from onrecord.web.queries import Index, name_of

_REACH = 220  # characters kept on each side of the trigger: about two lines of a page, enough for a long sentence


@dataclass(frozen=True, slots=True)
class Link:
    """One who passes words on: what they are to the words (`part`), their name, and their page where they have one."""

    part: str
    name: str
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentence of a claim or statement, cut around the words meant, with the chain that leads to it.

    `before + words + after` is a stretch of the dispatch's text, unchanged; `cut_before` and `cut_after` tell whether
    the sentence goes on beyond it.
    """

    before: str
    words: str
    after: str
    cut_before: bool
    cut_after: bool
    dispatch: Dispatch
    anchor: str
    chain: tuple[Link, ...]
    stance: str
    direct: bool
    claim: Claim | None = None


def quote_claim(ix: Index, claim: Claim) -> Quote | None:
    """Return the claim as a quotation, or `None` where the record does not hold its dispatch."""
    dispatch = ix.dispatches.get(claim.dispatch)
    if dispatch is None:
        return None
    statement = ix.statements.get(claim.statement or "")
    start, end = _window(claim.sentence, claim.trigger)
    return Quote(
        before=dispatch.text[start : claim.trigger.start],
        words=dispatch.text[claim.trigger.start : claim.trigger.end],
        after=dispatch.text[claim.trigger.end : end],
        cut_before=start > claim.sentence.start,
        cut_after=end < claim.sentence.end,
        dispatch=dispatch,
        anchor=f"c-{claim.id}",
        chain=_chain(ix, statement),
        stance=statement.stance if statement else "asserts",
        direct=statement.direct if statement else False,
        claim=claim,
    )


def quote_statement(ix: Index, statement: Statement) -> Quote | None:
    """Return a statement's words as a quotation, or `None` where the record does not hold its dispatch."""
    dispatch = ix.dispatches.get(statement.dispatch)
    if dispatch is None:
        return None
    content, whole = statement.content, statement.in_full
    start, end = (
        max(min(whole.start, content.start), content.start - _REACH),
        min(content.end, content.start + 2 * _REACH),
    )
    last = end if end < content.end else min(max(whole.end, end), end + _REACH)
    return Quote(
        before=dispatch.text[start : content.start],
        words=dispatch.text[content.start : end],
        after=dispatch.text[end:last],
        cut_before=start > whole.start,
        cut_after=last < max(whole.end, content.end),
        dispatch=dispatch,
        anchor=f"s-{statement.id}",
        chain=_chain(ix, statement),
        stance=statement.stance,
        direct=statement.direct,
    )


def _window(sentence: Span, trigger: Span) -> tuple[int, int]:
    start = max(min(sentence.start, trigger.start), trigger.start - _REACH)
    end = min(max(sentence.end, trigger.end), trigger.end + _REACH)
    return start, end


def _chain(ix: Index, statement: Statement | None) -> tuple[Link, ...]:
    links: list[Link] = []
    seen: set[str] = set()
    while statement is not None and statement.id not in seen:
        seen.add(statement.id)
        links.extend(_links(ix, statement))
        statement = ix.statements.get(statement.within or "")
    return tuple(links)


def _links(ix: Index, statement: Statement) -> list[Link]:
    speaker = name_of(ix, statement.speaker) or statement.speaker_text
    links = [Link(statement.role or "speaker", speaker, _page(ix, statement.speaker))]
    if statement.organisation and statement.organisation != statement.speaker:
        links.append(Link("for", name_of(ix, statement.organisation), _page(ix, statement.organisation)))
    if statement.channel:
        links.append(Link("over", statement.channel))
    return links


def _page(ix: Index, entity: str | None) -> str | None:
    return entity if entity in ix.entities else None
