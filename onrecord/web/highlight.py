"""A dispatch's text as HTML, with everything that was read in it marked by kind and linked to its page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from onrecord.model.records import Claim, Dispatch, Marked, Mention
from onrecord.web.queries import Index, name_of
from onrecord.web.words import label, path

# Characters that turn the direction of what follows; each is fenced in, so that a text cannot rearrange the page.
_TURNS = re.compile("([\u202a-\u202e\u2066-\u2069])")
_PLACES = ("place", "facility")
_TIMES = ("date", "dateline")


@dataclass(frozen=True, slots=True)
class Mark:
    """A half-open stretch of a text, in code points, to be shown as `kind`.

    `href` is where it leads, `title` what it is, `anchor` the id by which links find it.
    """

    start: int
    end: int
    kind: str
    href: str | None = None
    title: str | None = None
    anchor: str | None = None


KINDS: tuple[tuple[str, str], ...] = (
    ("event", "Events"),
    ("figure", "Figures"),
    ("control", "Control"),
    ("name", "Names"),
    ("place", "Places"),
    ("time", "Dates"),
    ("statement", "Statements"),
    ("furniture", "Page furniture"),
)


def highlight(text: str, marks: Iterable[Mark]) -> Markup:
    """Return the text as safe HTML with the marks, which may nest and overlap in any way.

    With the tags taken away and the entities resolved it is the text again, character for character. A mark that
    another one crosses is closed and opened again; only its first part carries the anchor. Marks reach no further
    than the text. No link holds another: of several marks, the shortest that leads somewhere is the link.
    """
    out: list[str] = []
    stack: list[Mark] = []
    opened: set[int] = set()
    for start, end, active in _pieces(len(text), marks):
        keep = _shared(stack, active)
        out.extend(_close(mark) for mark in reversed(stack[keep:]))
        out.extend(_open(mark, opened) for mark in active[keep:])
        stack = active
        out.append(_linked(text[start:end], active))
    out.extend(_close(mark) for mark in reversed(stack))
    return Markup("".join(out))  # noqa: S704 - every piece of text went through escape()


def _pieces(length: int, marks: Iterable[Mark]) -> Iterator[tuple[int, int, list[Mark]]]:
    inside = (m for m in marks if 0 <= m.start < min(m.end, length))
    waiting = sorted(inside, key=lambda m: (m.start, -m.end, m.kind != "statement", m.kind, m.anchor or ""))
    cuts = sorted({0, length, *(m.start for m in waiting), *(min(m.end, length) for m in waiting)})
    active: list[Mark] = []
    taken = 0
    for left, right in pairwise(cuts):
        active = [m for m in active if m.end > left]
        while taken < len(waiting) and waiting[taken].start == left:
            active.append(waiting[taken])
            taken += 1
        yield left, right, active


def _shared(stack: Sequence[Mark], active: Sequence[Mark]) -> int:
    count = 0
    for one, other in zip(stack, active, strict=False):
        if one is not other:
            break
        count += 1
    return count


def _open(mark: Mark, opened: set[int]) -> str:
    parts = [f'<{_tag(mark)} class="m k-{escape(mark.kind)}"']
    if mark.anchor and id(mark) not in opened:
        parts.append(f' id="{escape(mark.anchor)}"')
    if mark.title:
        parts.append(f' title="{escape(mark.title)}"')
    opened.add(id(mark))
    return "".join(parts) + ">"


def _close(mark: Mark) -> str:
    return f"</{_tag(mark)}>"


def _tag(mark: Mark) -> str:
    return "mark" if mark.kind in ("event", "figure", "control") else "span"


def _linked(text: str, active: Sequence[Mark]) -> str:
    words = fenced(text)
    leading = [m for m in active if m.href]
    if not leading or not text.strip():
        return words
    mark = min(leading, key=lambda m: m.end - m.start)
    return f'<a href="{escape(mark.href)}">{words}</a>'


def fenced(text: str) -> Markup:
    """Return the text escaped, each character that turns the direction of writing shut in an element of its own."""
    pieces = _TURNS.split(text)
    out = [
        f'<bdi class="turn" title="U+{ord(piece):04X}">{piece}</bdi>' if odd % 2 else str(escape(piece))
        for odd, piece in enumerate(pieces)
    ]
    return Markup("".join(out))  # noqa: S704 - every piece of text went through escape()


def marks_of(ix: Index, dispatch: Dispatch) -> tuple[Mark, ...]:
    """Return all that the record holds about stretches of this dispatch as marks."""
    statements = (
        Mark(s.content.start, s.content.end, "statement", None, f"{s.speaker_text}: {label(s.stance)}", f"s-{s.id}")
        for s in ix.statements_in.get(dispatch.id, ())
    )
    return (
        *(_furniture(m) for m in dispatch.marked),
        *statements,
        *(_mention(ix, m, entity) for m, entity in ix.mentions_in.get(dispatch.id, ())),
        *(_claim(ix, c) for c in ix.claims_in.get(dispatch.id, ())),
    )


def _furniture(marked: Marked) -> Mark:
    kind = "time" if marked.kind in _TIMES else "title" if marked.kind == "title" else "furniture"
    return Mark(marked.start, marked.end, kind, None, label(marked.kind))


def _mention(ix: Index, mention: Mention, entity: str) -> Mark:
    kind = "place" if mention.kind in _PLACES else "name"
    href = path("entities", entity) if entity in ix.entities else None
    return Mark(
        mention.span.start, mention.span.end, kind, href, name_of(ix, entity) or mention.name, f"m-{mention.id}"
    )


def _claim(ix: Index, claim: Claim) -> Mark:
    title = f"{label(claim.type)}, {claim.status}"
    return Mark(claim.trigger.start, claim.trigger.end, claim.kind, claim_path(ix, claim), title, f"c-{claim.id}")


def claim_path(ix: Index, claim: Claim) -> str | None:
    """Return the address of what the claim became part of: its figure, its event, or the control of its place."""
    if claim.figure in ix.figures:
        return path("figures", claim.figure)
    if claim.event in ix.events:
        return path("events", claim.event)
    if claim.kind == "control":
        return f"/control?place={claim.place}#p-{claim.place}" if claim.place in ix.control_of else "/control"
    return None
