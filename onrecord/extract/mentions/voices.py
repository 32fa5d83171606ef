"""Who "we" and "our forces" are in a quotation: the body for which the speaker speaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from onrecord.extract.mentions.drafts import Story, meant
from onrecord.extract.mentions.profiles import Profile
from onrecord.model.records import Mention, mention_id
from onrecord.model.values import Span

_WE = frozenset({"we", "us", "ourselves"})


def with_voices(story: Story, mentions: tuple[Mention, ...], profiles: tuple[Profile, ...]) -> tuple[Mention, ...]:
    """Return the mentions with "we" among them, and "our forces" named, where the speaker's body is known.

    The speaker is the one person or body that speaks in the sentences over which a quotation runs; where two speak,
    or none, nothing is added.
    """
    bodies = _bodies(mentions, profiles)
    found = {m.span: m for m in mentions}
    for first, last in _quotations(story):
        body = _voice(story, mentions, bodies, (first, last))
        if body is None:
            continue
        for span, nominal in _first_persons(story, mentions, (first, last)):
            if nominal:
                found[span] = replace(nominal, name=body.name)
            elif not any(m.span.overlaps(span) for m in mentions):
                found[span] = Mention(mention_id(span, body.kind), span, body.kind, body.name, "pronoun")
    return tuple(found[span] for span in sorted(found))


def _bodies(mentions: tuple[Mention, ...], profiles: tuple[Profile, ...]) -> dict[str, Mention]:
    """Return the body for each name of a person that a profile gives one, and each body for itself."""
    by_id = {m.id: m for m in mentions}
    own = {m.name: m for m in mentions if m.kind in {"group", "organisation"} and m.form == "name"}
    return own | {by_id[p.mention].name: by_id[p.organisation] for p in profiles if p.organisation}


def _quotations(story: Story) -> Iterator[tuple[int, int]]:
    """Yield the first and last sentence of each run of sentences that a quotation holds together."""
    opened: int | None = None
    for sentence in story.sentences:
        first = sentence.index if opened is None else opened
        text = sentence.text
        curly = text.count("“") - text.count("”") + (opened is not None)
        straight = (text.count('"') + (opened is not None)) % 2
        still = curly > 0 if "“" in text or "”" in text else bool(straight)
        if still and sentence.index - first < 6:  # a quote that a page never closes must not swallow the rest
            opened = first
            continue
        opened = None
        if '"' in text or "“" in text or "”" in text:
            yield first, sentence.index


def _voice(
    story: Story, mentions: tuple[Mention, ...], bodies: dict[str, Mention], run: tuple[int, int]
) -> Mention | None:
    """Return the body for which the run's one speaker speaks; without one, the sentence before is asked."""
    inside = {name for index in range(run[0], run[1] + 1) for name in _speakers(story, mentions, index)}
    names = inside or (_speakers(story, mentions, run[0] - 1) if run[0] else set())
    return bodies.get(names.pop()) if len(names) == 1 else None


def _speakers(story: Story, mentions: tuple[Mention, ...], index: int) -> set[str]:
    """Return the names of those beside whom a verb of speech stands in this sentence."""
    tokens = story.sentences[index].tokens
    starts = {t.start: i for i, t in enumerate(tokens)}
    ends = {t.end: i for i, t in enumerate(tokens)}
    placed = ((m.name, starts.get(m.span.start), ends.get(m.span.end)) for m in mentions)
    return {
        n for n, first, last in placed if first is not None and last is not None and story.speaks(index, first, last)
    }


def _first_persons(
    story: Story, mentions: tuple[Mention, ...], run: tuple[int, int]
) -> Iterator[tuple[Span, Mention | None]]:
    """Yield the span of each "we", and of each "our forces" with its mention."""
    by_start = {m.span.start: m for m in mentions if m.form == "nominal"}
    for index in range(run[0], run[1] + 1):
        tokens = story.sentences[index].tokens
        for token, after in pairwise(tokens):
            low = token.text.lower()
            if low in _WE and token.text != "US":
                yield Span(story.dispatch.id, token.start, token.end), None
            nominal = by_start.get(after.start)
            if low == "our" and nominal and story.dispatch.quote(nominal.span).split()[-1] in meant("ours"):
                yield nominal.span, nominal
