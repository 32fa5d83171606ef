"""Who is said to have said what: the statements of a dispatch.

The stretches come from `attributed`, which works by rule, and from `hearing`; what is done with them here (who the
source is, for whom it speaks, over which channel, what stands within what) does not depend on how they were found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.extract.attribution.attributed import attributed
from onrecord.extract.attribution.channels import channel_in, medium
from onrecord.extract.attribution.cuegrammar import governed, has_verb
from onrecord.extract.attribution.cues import stance_of
from onrecord.extract.attribution.phrases import Phrase, subject_of
from onrecord.extract.attribution.quotations import quotations
from onrecord.extract.attribution.reportunits import Attributed
from onrecord.extract.attribution.sources import Heard, Source, resolve
from onrecord.extract.mentions.cast import Cast, Profile
from onrecord.extract.parts import Sentence
from onrecord.model.records import Dispatch, Mention, Statement, statement_id
from onrecord.model.values import Span

_OPENING = 6  # words before the name of a person with whom a sentence begins: "The mayor of the town, Selo, ..."
_NEAR = 250  # characters before words that go on; of the sources named further off PolNeAR has 5 of 105
_SAME = 0.6  # share of the outer words that an inner statement covers before the outer source is only its channel


@dataclass(frozen=True, slots=True)
class _Spoken:
    """An attributed stretch with its source and channel."""

    stretch: Attributed
    source: Source
    channel: str | None = None


def statements(
    dispatch: Dispatch, sentences: Sequence[Sentence], mentions: Sequence[Mention], profiles: Sequence[Profile]
) -> tuple[Statement, ...]:
    """Return what the rules find that the dispatch attributes to sources other than itself; see `made`."""
    cast = Cast.of(dispatch.text, mentions, profiles)
    return made(dispatch, stretches(dispatch, sentences, cast), cast)


def stretches(dispatch: Dispatch, sentences: Sequence[Sentence], cast: Cast) -> list[Attributed]:
    """Return the attributed stretches that the rules find, in the order of their anchors."""
    return attributed(dispatch.text, sentences, quotations(dispatch.text), cast)


def made(dispatch: Dispatch, found: Sequence[Attributed], cast: Cast) -> tuple[Statement, ...]:
    """Return the statements that attributed stretches amount to, in the order of the words.

    `found` is in the order of its anchors. Spans are code points of the dispatch's text. A direct quotation is the
    words inside the marks, an indirect one the reported clause without "that". `speaker` and `organisation` are ids
    among the mentions of the cast, or `None` where the source is told by a description only; `speaker_text` is always
    there. A stretch whose source cannot be told is left to the dispatch itself.
    """
    spoken = _with_sources(found, cast)
    kept = _without_relays(spoken)
    some = {s.id: s for s in (_statement(dispatch, one, cast) for one in kept)}
    ordered = sorted(some.values(), key=lambda s: (s.content, s.id))
    return tuple(_within(statement, ordered) for statement in ordered)


def _with_sources(found: Sequence[Attributed], cast: Cast) -> list[_Spoken]:
    """Name each source, following pronouns and quotations that go on from one to the next."""
    spoken: list[_Spoken] = []
    last: _Spoken | None = None
    person: Source | None = None
    told: dict[tuple[int, int], Source] = {}  # the same words name the same source
    for one in found:
        stretch, source = _sourced(one, told.get(one.phrase.head), _heard(one, last, person, cast), cast)
        if source is None or source.text.lower() in ("i", "we", "you"):
            continue
        if stretch.source is None and last and source == last.source:
            stretch = replace(stretch, named=_near(last.stretch.source, stretch))
        channel = channel_in(cast.text[stretch.around[0] : stretch.around[1]])
        told[stretch.phrase.head] = source
        if stretch.via and (outer := resolve(stretch.via, cast, Heard())):
            channel = outer.text
        if stretch.cue is None and last is not None and last.source == source:
            channel = last.channel  # a quotation that goes on is spoken where it began
        spoken.append(_Spoken(stretch, source, channel))
        if not stretch.spoken and not (last and _beside(stretch, last.stretch, cast.text)):
            last, person = spoken[-1], source if source.person or source.role else person
    return spoken


def _sourced(one: Attributed, told: Source | None, heard: Heard, cast: Cast) -> tuple[Attributed, Source | None]:
    """Return words with their source: the one `told` for the same words before, else whom their phrase names."""
    if not one.phrase.carried:
        return one, told or resolve(one.phrase, cast, heard)
    source = resolve(one.phrase, cast, heard)
    if source is None and (subject := _subject_of(one, cast)):
        named = one.named or (subject.start, subject.end)
        return replace(one, named=named), resolve(subject, cast, Heard())
    return one, source


def _near(named: tuple[int, int] | None, stretch: Attributed) -> tuple[int, int] | None:
    """Return where a source is named, `None` where that is far from the words that go on."""
    return named if named and stretch.content[0] - named[1] <= _NEAR else None


_RELATIVE = re.compile(r"\bwho\s+(?:(?:has|have|had|also|later|now|\w+ly)\s+)*$")


def _beside(stretch: Attributed, last: Attributed, text: str) -> bool:
    """Tell whether someone is quoted in passing, so that "he" is still who spoke: "Selo met Kanto, who had said"."""
    if stretch.cue is None or stretch.sentence != last.sentence:
        return False
    return bool(_RELATIVE.search(text[stretch.phrase.head[1] : stretch.cue[0]]))


def _heard(stretch: Attributed, last: _Spoken | None, person: Source | None, cast: Cast) -> Heard:
    """Who may be meant by a pronoun or a bare verb, which goes on ("..., adding that") from its own sentence only."""
    if last is None:
        return Heard()
    bare_verb = stretch.phrase.carried and stretch.cue is not None
    if bare_verb and last.stretch.sentence != stretch.sentence:
        return Heard(None, person)
    end = max(last.stretch.content[1], last.stretch.phrase.end, last.stretch.cue[1] if last.stretch.cue else 0)
    between = cast.text[end : max(end, stretch.opens)].rstrip()[:-1]
    near = len(re.findall(r"[.!?]\s", between)) <= 1
    quoted = stretch.direct and stretch.content[1] <= stretch.phrase.start
    return Heard(last.source, person, near, last.channel, _begins(end, stretch.opens, cast), quoted)


_STOP = re.compile(r"[.!?][”’\"]?\s+|\n+")


def _begins(start: int, end: int, cast: Cast) -> Mention | None:
    """Return the person with whom the last sentence between two statements begins, if it names one."""
    opens = [m.end() for m in _STOP.finditer(cast.text, start, end) if m.end() < end]
    if not opens:
        return None
    people = [m for m in cast.within(opens[-1], end) if m.kind == "person" and m.form == "name"]
    if not people:
        return None
    before, after = cast.text[opens[-1] : people[0].span.start], cast.text[people[0].span.end]
    stands = len(before.split()) <= _OPENING and not has_verb(before) and not governed(before) and after not in "’'"
    return people[0] if stands else None


def _subject_of(stretch: Attributed, cast: Cast) -> Phrase | None:
    """Return the subject of the sentence of a bare verb: "France called a meeting, deploring ..."."""
    subject = subject_of(stretch.opens, stretch.anchor, cast)
    if subject and resolve(subject, cast, Heard()):
        return subject
    named = [m for m in cast.within(stretch.opens, stretch.anchor) if m.form != "pronoun" and m.kind != "facility"]
    leading = [
        m for m in named if not governed(cast.text[stretch.opens : m.span.start]) and cast.text[m.span.end] not in "’'"
    ]
    return Phrase.of(leading[0]) if leading else None


def _without_relays(spoken: list[_Spoken]) -> list[_Spoken]:
    """Drop news media that only pass on another's words, and note them as the channel of those words."""
    relays = {n: name for n, one in enumerate(spoken) if (name := medium(one.source.text))}
    kept: list[_Spoken] = []
    for number, one in enumerate(spoken):
        passed_on = number in relays and any(_covers(one, inner) for inner in spoken if inner is not one)
        by = next((relays[n] for n in relays if n != number and _covers(spoken[n], one)), None)
        if not passed_on:
            kept.append(replace(one, channel=one.channel or by))
    return kept


def _covers(outer: _Spoken, inner: _Spoken) -> bool:
    (a, b), (c, d) = outer.stretch.content, inner.stretch.content
    cue = inner.stretch.cue
    return cue is not None and a <= c and d <= b and a <= cue[0] < b and (d - c) >= _SAME * (b - a)


def _statement(dispatch: Dispatch, one: _Spoken, cast: Cast) -> Statement:
    stretch, source = one.stretch, one.source
    body = next((m for m in cast.mentions if m.id == source.organisation), None)
    # Nobody speaks for himself: "Amnesty", and "Amnesty and a monitor", name no body beside themselves.
    own = body is not None and f"{source.text.casefold()} and ".startswith(f"{body.name.casefold()} and ")
    content = Span(dispatch.id, *stretch.content)
    cue = Span(dispatch.id, *stretch.cue) if stretch.cue else None
    return Statement(
        id=statement_id(content, source.text),
        content=content,
        speaker=source.mention,
        speaker_text=source.text,
        stance=stance_of(stretch.stance, content.of(dispatch.text), direct=stretch.direct),
        direct=stretch.direct,
        cue=cue,
        organisation=None if own else source.organisation,
        channel=one.channel,
        role=source.role,
        source=Span(dispatch.id, *stretch.source) if stretch.source else None,
        whole=Span(dispatch.id, *stretch.whole) if stretch.whole and stretch.whole != stretch.content else None,
    )


def _within(statement: Statement, some: Sequence[Statement]) -> Statement:
    """Return the statement with the smallest other one that holds its words and its cue."""
    holders = [s for s in some if s.id != statement.id and _holds(s, statement)]
    if not holders:
        return statement
    outer = min(holders, key=lambda s: (s.content.end - s.content.start, s.id))
    by = None if outer.speaker_text == statement.speaker_text else outer.speaker_text  # nobody is his own channel
    return replace(statement, within=outer.id, channel=statement.channel or by)


def _holds(outer: Statement, inner: Statement) -> bool:
    if not outer.content.holds(inner.content) or outer.content == inner.content:
        return False
    return inner.cue is None or outer.content.holds(inner.cue)
