"""Where the rules and the trained reader meet on who said what.

The rules find a cue, its source and the words it governs; the reader marks attributed words by what it learned from
annotated dispatches and from PolNeAR. Kept is what the rules find and the reader bears out, and what the reader alone
is sure of and can name a source for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from onrecord.extract.attribution.cues import nouns, verbs
from onrecord.extract.attribution.phrases import Phrase
from onrecord.extract.attribution.reportunits import Attributed
from onrecord.extract.mentions.cast import Cast
from onrecord.extract.parts import Sentence
from onrecord.model.vocabulary import Stance
from onrecord.reader.read import Attribution, Read, Stretch

# Chosen on the development part of the gold annotation: F1 of claims 77.0 by rule alone, and 80 with these.
BORNE_OUT = 0.5  # share of an attributed stretch of the rules that the reader must mark as well
ALONE = 0.8  # chance from which on a stretch counts that the reader alone marks
_AFTER = 90  # characters behind a cue in which the channel is told
_QUOTES = '“"‘'


def heard(sentences: Sequence[Sentence], by_rule: Sequence[Attributed], read: Read, cast: Cast) -> list[Attributed]:
    """Return the attributed stretches as rules and reader together have them, in the order of their anchors."""
    marked = _merged([(s.start, s.end) for s in (*read.claims, *(a.content for a in read.attributions))])
    kept = [one for one in by_rule if _covered(one.content, marked) >= BORNE_OUT]
    taken = [one.content for one in kept]
    starts = [s.span.start for s in sentences]
    alone = [c for c in read.claims if c.score >= ALONE and not _covered((c.start, c.end), taken)]
    inside = [c for c in alone if any(s.span.start <= c.start < s.span.end for s in sentences)]
    kept += [one for c in inside if (one := _attributed(c, read.attributions, starts, cast))]
    return sorted(kept, key=lambda one: (one.anchor, one.content))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans with those that overlap joined."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _covered(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> float:
    """Return the share of a span that lies within the others."""
    shared = sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in others)
    return shared / (span[1] - span[0])


def _attributed(
    claim: Stretch, attributions: Sequence[Attribution], starts: Sequence[int], cast: Cast
) -> Attributed | None:
    """Return a stretch that the reader alone marks, `None` where no source can be told."""
    own = (claim.start, claim.end)
    sourced = [a for a in attributions if a.source and _covered(own, [(a.content.start, a.content.end)]) > 0]
    if not sourced:
        return None
    best = max(sourced, key=lambda a: (_covered(own, [(a.content.start, a.content.end)]), -a.content.start))
    source, cue = best.source, best.cue
    if source is None:
        return None
    anchor = (cue.start, cue.end) if cue else None
    sentence = max(0, bisect_right(starts, anchor[0] if anchor else claim.start) - 1)
    around = (min(source.start, *(anchor or own)), max(source.end, (anchor or own)[1]) + _AFTER)
    return Attributed(
        own,
        anchor,
        _phrase(source, cast),
        _stance(cast.text[slice(*anchor)] if anchor else ""),
        (around[0], min(around[1], len(cast.text))),
        sentence,
        direct=claim.start > 0 and cast.text[claim.start - 1] in _QUOTES,
        opens=starts[sentence],
    )


def _phrase(source: Stretch, cast: Cast) -> Phrase:
    """Return the phrase of a source; its head is the person named in it, else all of it."""
    people = [m for m in cast.within(source.start, source.end) if m.kind == "person" and m.form == "name"]
    head = (people[0].span.start, people[0].span.end) if people else (source.start, source.end)
    return Phrase(source.start, source.end, head)


def _stance(cue: str) -> Stance:
    """Return the stance of the first reporting word of a cue."""
    for word in cue.lower().split():
        if word in verbs():
            return verbs()[word][-1].stance
        if word in nouns():
            return nouns()[word].stance
    return "asserts"
