"""Finds the attributed stretches of a dispatch by rule: what was said, the cue, and the phrase that names the source.

This is the part that a trained tagger of spans replaces; `attribution.made` takes its output from either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from onrecord.extract.attribution.cuegrammar import pattern
from onrecord.extract.attribution.cues import noun_pattern, verb_pattern
from onrecord.extract.attribution.phrases import Phrase
from onrecord.extract.attribution.phrasesafter import can_speak, phrase_after
from onrecord.extract.attribution.quotations import Quotation, masked
from onrecord.extract.attribution.reportnouns import read_according, read_noun
from onrecord.extract.attribution.reportunits import Attributed, Unit
from onrecord.extract.attribution.reportverbs import Quotes, read_verb
from onrecord.extract.mentions.cast import Cast
from onrecord.extract.parts import Sentence

_LONG = 250  # characters; the annotation guide gives a longer stretch by its first sentence
_SENTENCE_LIMIT = 1500  # characters; longer "sentences" are lists and tables, and would take time by their square
_CLOSING = re.compile(r"[”\"’]{0,3}")  # marks that the cutting into sentences may leave out
_TOLD_OF = 40  # characters; a shorter quotation after a sentence about somebody may as well be a title or a slogan


def attributed(text: str, sentences: Sequence[Sentence], found: tuple[Quotation, ...], cast: Cast) -> list[Attributed]:
    """Return every attributed stretch of the dispatch in the order of its anchors."""
    quotes = {q.outer_start: q for q in found if q.full and q.end > q.start}
    some = [one for unit in _units(text, sentences, found) for one in _read_unit(unit, quotes, cast)]
    taken = {one.content[0] for one in some}
    loose = [q for q in quotes.values() if q.start not in taken]
    some += _carried(text, sentences, loose, some, cast)
    parts = (part for one in some for part in parted(text, one))
    return sorted(_distinct(parts), key=lambda one: (one.anchor, one.content))


def _units(text: str, sentences: Sequence[Sentence], found: tuple[Quotation, ...]) -> Iterator[Unit]:
    """Yield each sentence with its full quotations masked, and each stretch of a sentence inside such a quotation."""
    view = masked(text, found)
    full = [q for q in found if q.full]
    for sentence in sentences:
        start, end = sentence.span.start, sentence.span.end
        end += len(_CLOSING.match(text, end)[0])  # type: ignore[index]
        yield from _cut(Unit(view[start:end], start, sentence.index))
        for quote in full:
            low, high = max(start, quote.start), min(sentence.span.end, quote.end)
            if low < high:
                yield from _cut(Unit(text[low:high], low, sentence.index, spoken=True))


def _cut(unit: Unit) -> Iterator[Unit]:
    """Yield the unit, or its parts where it is too long to be a sentence."""
    for at in range(0, len(unit.view), _SENTENCE_LIMIT):
        yield replace(unit, view=unit.view[at : at + _SENTENCE_LIMIT], start=unit.start + at)


def _read_unit(unit: Unit, quotes: Quotes, cast: Cast) -> Iterator[Attributed]:
    some = _said_in(unit, quotes, cast)
    yield from (_cited(unit, one, cast) for one in some) if pattern("citing").search(unit.view) else some


def _cited(unit: Unit, one: Attributed, cast: Cast) -> Attributed:
    """Return words that a source passes on with the one whom it cites, beside its name or after the words."""
    if one.cue is None or one.phrase.carried:
        return one
    behind = max(one.content[1], one.cue[1], one.phrase.end)
    for match in pattern("citing").finditer(unit.view):
        at = unit.start + match.start()
        if one.phrase.head[1] <= at < one.cue[0] or behind - 1 <= at <= behind + 2:
            phrase = phrase_after(unit.view, unit.start, unit.start + match.end(), cast)
            return replace(one, phrase=phrase, via=one.phrase) if phrase and can_speak(phrase, cast) else one
    return one


def _said_in(unit: Unit, quotes: Quotes, cast: Cast) -> Iterator[Attributed]:
    for match in verb_pattern().finditer(unit.view):
        yield from read_verb(unit, match, quotes, cast)
    yield from read_according(unit, cast)
    for match in noun_pattern().finditer(unit.view):
        yield from read_noun(unit, match, cast)


def _carried(
    text: str, sentences: Sequence[Sentence], loose: list[Quotation], some: list[Attributed], cast: Cast
) -> Iterator[Attributed]:
    """Yield quotations that no cue introduces: the same speaker goes on, or the person just named speaks."""
    known = {one.sentence for one in some if not one.spoken}
    for quote in sorted(loose):
        here = next((n for n, s in enumerate(sentences) if s.span.end > quote.start), None)
        if here is None or sentences[here].headline or not _stands_alone(text, quote):
            continue
        phrase = _speaker_of(quote, sentences, here, known, cast)
        if phrase:
            span, start = (quote.start, quote.end), sentences[here].span.start
            known.update(n for n in range(here, len(sentences)) if sentences[n].span.start < quote.end or n == here)
            yield Attributed(span, None, phrase, "asserts", span, here, direct=True, opens=start)


def _speaker_of(
    quote: Quotation, sentences: Sequence[Sentence], here: int, known: set[int], cast: Cast
) -> Phrase | None:
    if quote.carries_on or known & {here, here - 1}:
        return Phrase.carries(quote.start)
    if here == 0 or quote.end - quote.start <= _TOLD_OF:
        return None
    span = sentences[here - 1].span
    people = [m for m in cast.within(span.start, span.end) if m.kind == "person" and m.form == "name"]
    return Phrase.of(people[-1]) if people else None


def _stands_alone(text: str, quote: Quotation) -> bool:
    before = text[: quote.outer_start].rstrip()[-1:]
    return not before or before in '.!?”"’:–—,' or text[quote.outer_start - 1] == "\n" or quote.carries_on


def parted(text: str, one: Attributed) -> Iterator[Attributed]:
    """Yield a long quotation in two: its first sentence, and the rest of the speech."""
    start, end = one.content
    cut = pattern("sentence_end").search(text, start, end) if one.direct and end - start > _LONG else None
    if cut is None:
        yield one
        return
    yield replace(one, content=(start, len(text[: cut.end()].rstrip())))
    yield replace(one, content=(cut.end(), end))


def _distinct(some: Iterable[Attributed]) -> Iterator[Attributed]:
    seen: set[tuple[tuple[int, int], tuple[int, int] | None]] = set()
    for one in some:
        if (one.content, one.cue) not in seen:
            seen.add((one.content, one.cue))
            yield one
