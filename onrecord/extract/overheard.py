"""What the trained reader alone marks as attributed, and who it is said by.

It marks such words twice: as our guide cuts claims, and whole, as the corpus PolNeAR has them. PolNeAR also counts what
people want, fear, oppose or plan, which no rule of reporting looks for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.extract.attribution.attributed import parted
from onrecord.extract.attribution.cuegrammar import pattern
from onrecord.extract.attribution.cues import stance_of_cue
from onrecord.extract.attribution.phrases import Phrase
from onrecord.extract.attribution.phrasesafter import source_phrase
from onrecord.extract.attribution.reportunits import Attributed
from onrecord.extract.attribution.subjects import Subjects
from onrecord.extract.mentions.cast import Cast
from onrecord.extract.overlap import SAME, Span, covered, holds, same, shared, span_of
from onrecord.extract.parts import Sentence
from onrecord.reader.read import Attribution, Read, Stretch

# Chosen on the development parts of the gold and of PolNeAR together (F1 of claims and of contents).
ALONE = 0.8  # chance from which on a stretch counts that the reader alone marks; 77.0 by rule alone, 80 with it
# Chances from which on a stretch counts that is marked twice, as our guide cuts and as PolNeAR does: PolNeAR 69.5 to
# 71.4, the gold 81.5 either way; a chance of .75 for the second costs the gold 0.6.
TWICE = (0.6, 0.75)
# Chances from which on words count that only PolNeAR's way marks: where the reader names their source, and where the
# tree does. On the training parts .75, .7 and .65 give contents 75.5, 76.0 and 76.3 on PolNeAR and claims 88.2,
# 88.0 and 87.9 on the gold; .9, .8 and .7 of the second give claims 87.5, 88.0 and 88.1, with fewer speakers right.
WHOLE, BY_TREE = 0.7, 0.8
_AFTER = 90  # characters behind a cue in which the channel is told
_QUOTES = '“"‘'


@dataclass(frozen=True, slots=True)
class _Ear:
    """What is needed to make an attributed stretch of what the reader marks."""

    read: Read
    cast: Cast
    subjects: Subjects
    starts: list[int]  # of the sentences


def overheard(
    sentences: Sequence[Sentence], kept: Sequence[Attributed], read: Read, cast: Cast
) -> Iterator[Attributed]:
    """Yield the stretches that the reader is sure of and that are not among the `kept`."""
    ear = _Ear(read, cast, Subjects(read.words), [s.span.start for s in sentences])
    alone = [c for c in _claims(read, kept) if any(s.span.start <= c.start < s.span.end for s in sentences)]
    some = [one for one in (_of_claim(c, ear) for c in alone) if one]
    some += [part for one in _of_wholes(ear, (*kept, *some)) for part in parted(cast.text, one)]
    yield from (replace(one, spoken=_quoted(one, kept)) for one in some)


def best(own: Span, attributions: Sequence[Attribution], least: float) -> Attribution | None:
    """Return the attribution with a source that holds most of the words, the first of equals, `None` below a share."""
    some = _holding(own, attributions, least)
    return max(some, key=lambda a: (covered(own, [span_of(a.content)]), -a.content.start), default=None)


# ------------------------------------------------------------------------------------------- as our guide cuts them


def _claims(read: Read, kept: Sequence[Attributed]) -> Iterator[Stretch]:
    """Yield the claims that the reader is sure of and that no rule found.

    One that holds a rule's words together with their cue is another's, who tells what was said.
    """
    taken = [one.content for one in kept]
    for claim in read.claims:
        own = span_of(claim)
        inside = [one for one in kept if shared(one.content, own)]
        quoting = covered(own, taken) < SAME and all(one.cue and holds(own, one.cue) for one in inside)
        twice = any(a.content.score >= TWICE[1] and a.cue for a in _holding(own, read.attributions, SAME))
        if (not inside or quoting) and (claim.score >= ALONE or (claim.score >= TWICE[0] and twice)):
            yield claim


def _of_claim(claim: Stretch, ear: _Ear) -> Attributed | None:
    """Return a claim with the source of the attribution that holds it, `None` where none can be told."""
    own = span_of(claim)
    found = best(own, ear.read.attributions, 0)
    return _attributed(own, found, ear) if found else None


def _holding(own: Span, attributions: Sequence[Attribution], least: float) -> list[Attribution]:
    """Return the attributions with a source that hold more than a share of the words."""
    return [a for a in attributions if a.source and covered(own, [span_of(a.content)]) > least]


# ------------------------------------------------------------------------------------------------ as PolNeAR has them


def _of_wholes(ear: _Ear, kept: Sequence[Attributed]) -> Iterator[Attributed]:
    """Yield the whole attributions, with a cue or a source, of which nothing is kept yet."""
    taken = [one.content for one in kept] + [one.whole for one in kept if one.whole]
    for found in ear.read.attributions:
        own = span_of(found.content)
        sure = (found.cue or found.source) and found.content.score >= WHOLE
        if not sure or any(same(own, other) for other in taken):
            continue
        content = _cut(own, ear)
        if content and (one := _attributed(content, found, ear)):
            yield one


_LEAD, _TRAIL = re.compile(r"(?:that\s+)?[“\"‘'\s]*"), re.compile(r"[”\"’',.\s]*$")
_FULL = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_LEAST = 3  # characters


def _cut(whole: Span, ear: _Ear) -> Span | None:
    """Return the content of attributed words without "that" and marks; `None` where they are but pronouns."""
    text = ear.cast.text[slice(*whole)]
    if not any(word.tag in _FULL for word in ear.read.words if holds(whole, (word.start, word.end))):
        return None
    lead = len(_LEAD.match(text)[0])  # type: ignore[index]
    length = len(_TRAIL.sub("", text))
    return (whole[0] + lead, whole[0] + length) if length - lead >= _LEAST else None


# ---------------------------------------------------------------------------------------------------------- the rest


def _attributed(own: Span, found: Attribution, ear: _Ear) -> Attributed | None:
    """Return words as the reader attributes them, `None` where no source can be told or they were not said."""
    cue = span_of(found.cue) if found.cue else None
    if cue and (pattern("unsaid").search(ear.cast.text, *cue) or _is_idiom(cue, own, ear)):
        return None
    phrase = _phrase(found, cue, ear)
    if phrase is None:
        return None
    sentence = max(0, bisect_right(ear.starts, cue[0] if cue else own[0]) - 1)
    end = max(phrase.end, (cue or own)[1])
    ends = next((start for start in ear.starts[sentence + 1 :] if start >= end), len(ear.cast.text))
    around = (min(phrase.start, *(cue or own)), min(end + _AFTER, ends))
    return Attributed(
        own,
        cue,
        phrase,
        stance_of_cue(ear.cast.text[slice(*cue)]) if cue else "asserts",
        around,
        sentence,
        direct=own[0] > 0 and ear.cast.text[own[0] - 1] in _QUOTES,
        opens=ear.starts[sentence],
        whole=span_of(found.content),
        named=span_of(found.source) if found.source else None,
    )


def _is_idiom(cue: Span, own: Span, ear: _Ear) -> bool:
    """Tell whether cue and words together report nothing: "asked not to be named"."""
    found = pattern("idiom").search(ear.cast.text, cue[0], own[1])
    return found is not None and found.start() < cue[1]


def _phrase(found: Attribution, cue: Span | None, ear: _Ear) -> Phrase | None:
    """Return the phrase of the source that the reader marks, else of the one that the tree of the sentence tells."""
    named = span_of(found.source) if found.source else None
    if named and holds(span_of(found.content), named):
        return None  # nobody is the source of words that name him
    phrase = source_phrase(named, ear.cast) if named else None
    if phrase or cue is None or found.content.score < BY_TREE:
        return phrase
    subject = ear.subjects.of(cue, span_of(found.content))
    return source_phrase(subject, ear.cast) if subject else None


def _quoted(one: Attributed, kept: Sequence[Attributed]) -> bool:
    """Tell whether words are told of inside somebody's quotation."""
    return one.cue is not None and any(other.direct and holds(other.content, one.cue) for other in kept)
