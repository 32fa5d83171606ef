"""Who and where a dispatch names: the lexicon's actors, and runs of capitals told apart by what is beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.extract.mentions.drafts import Draft, Story
from onrecord.extract.mentions.fullnames import full_names
from onrecord.extract.mentions.kinds import Evidence, evidence_of, is_land, kind_of, noun_after
from onrecord.extract.mentions.nominals import nominals
from onrecord.extract.mentions.numbered import numbered
from onrecord.extract.mentions.profiles import profiles
from onrecord.extract.mentions.references import resolved
from onrecord.extract.mentions.runs import Run, capital, merged, runs_of, title_case, trimmed
from onrecord.extract.mentions.voices import with_voices
from onrecord.extract.parts import Kit, Sentence
from onrecord.model.records import Dispatch, Mention, mention_id
from onrecord.model.values import Span


def mentions(dispatch: Dispatch, sentences: tuple[Sentence, ...], kit: Kit) -> tuple[Mention, ...]:
    """Return the mentions of persons, groups, bodies, populations, places and buildings, in order, without overlaps.

    A mention's `name` is the full name that the dispatch uses: "Bali" is "Mustafa Bali", "ISIL" the lexicon's name for
    that group, "the militants" the group that they fight for where the dispatch leaves one choice. A pronoun that
    cannot be resolved is no mention. A place inside the name of a body or a building is none of its own.
    """
    story = Story(dispatch, sentences, kit)
    named = full_names(story, sorted(_named(story), key=lambda d: d.where))
    drafts = resolved(story, nominals(story, named))
    found = tuple(_mention(story, draft) for draft in drafts)
    return with_voices(story, found, profiles(dispatch, sentences, found, kit))


def _mention(story: Story, draft: Draft) -> Mention:
    tokens = story.sentences[draft.sentence].tokens
    span = Span(story.dispatch.id, tokens[draft.first].start, tokens[draft.last].end)
    return Mention(mention_id(span, draft.kind), span, draft.kind, draft.name, draft.form)


def _named(story: Story) -> Iterator[Draft]:
    """Yield a draft for each name, those of the lexicon's actors first in each sentence."""
    actors = _actors(story)
    runs: list[Run] = []
    drafts: list[Draft] = []
    for index in range(len(story.sentences)):
        own = [d for d in actors if d.sentence == index and not _ends_a_place(story, d)]
        taken = {i for d in own for i in range(d.first, d.last + 1)}
        found = list(numbered(story, trimmed(story, runs_of(story, index, taken))))
        own, found = merged(story, own, found)
        drafts += [_country(story, d) for d in own]
        if not title_case(story, index):
            runs += found
    evidence = evidence_of(story, runs)
    drafts += [draft for run in runs if (draft := _classified(story, run, evidence))]
    yield from _without_overlaps(drafts)


def _without_overlaps(drafts: list[Draft]) -> Iterator[Draft]:
    end: tuple[int, int] = (-1, -1)
    for draft in sorted(drafts, key=lambda d: (d.sentence, d.first, -d.last)):
        if draft.where > end:
            yield draft
            end = (draft.sentence, draft.last)


def _actors(story: Story) -> list[Draft]:
    """Return a draft for each name of an actor whose ends are the ends of tokens of a sentence."""
    starts = {t.start: (s.index, i) for s in story.sentences for i, t in enumerate(s.tokens)}
    ends = {t.end: (s.index, i) for s in story.sentences for i, t in enumerate(s.tokens)}
    found = []
    for start, end, actor in story.kit.actors.in_text(story.dispatch.text):
        first, last = starts.get(start), ends.get(end)
        if first is None or last is None or first[0] != last[0]:
            continue
        common_noun = first[1] == last[1] and story.word(*first).islower()
        in_a_name = actor.kind == "population" and (capital(story.word(last[0], last[1] + 1)) or first[1] == 0)
        money = story.dispatch.text[end : end + 1] in {"$", "£"}  # "US$ 5 million"
        if not common_noun and not in_a_name and not money:
            found.append(Draft(first[0], first[1], last[1], actor.kind, actor.name, actor=actor))
    return found


def _ends_a_place(story: Story, draft: Draft) -> bool:
    """Tell whether a country is the end of a place's name: "Lake Chad", "Port Sudan", "Gulf of Oman"."""
    at = draft.first - (2 if story.word(draft.sentence, draft.first - 1) == "of" else 1)
    before = story.word(draft.sentence, at)
    heads = story.lists.place_before | story.lists.facility_before
    country = draft.actor is not None and draft.actor.category == "government"
    return country and capital(before) and before.lower() in heads


def _classified(story: Story, run: Run, evidence: Evidence) -> Draft | None:
    """Return what a run names, or `None` where it does not look like a name."""
    kind = kind_of(story, run, evidence)
    if kind is None:
        return None
    name = story.text(run.sentence, run.first, run.last)
    if run.dateline:
        name = name.title()
    if kind == "organisation" and name in story.lists.capitals:
        name = story.lists.capitals[name]  # "Ankara said": the government that sits there
    draft = Draft(run.sentence, run.first, run.last, kind, name)
    if kind == "person":
        return replace(draft, gender=run.gender, modifiers=tuple(run.title.split()))
    return _widened(story, draft) if kind in {"place", "facility"} else draft


def _country(story: Story, draft: Draft) -> Draft:
    """Turn a country among the actors into a place where the words around it speak of the land."""
    words = story.text(draft.sentence, draft.first, draft.last)
    if draft.actor is None or draft.actor.category != "government" or words not in story.lists.countries:
        return draft
    if not is_land(story, Run(draft.sentence, draft.first, draft.last)):
        return draft
    return _widened(story, replace(draft, kind="place", actor=None))


def _widened(story: Story, draft: Draft) -> Draft:
    """Take small words into a place's or a building's name: "northern Syria", "Idlib province", "Hajin hospital"."""
    index, first, last = draft.sentence, draft.first, draft.last
    found = noun_after(story, index, first, last)
    if found:
        last = found[1]
    if draft.kind == "place" and story.low(index, first - 1) in story.lists.directions and _is_wide(story, draft.name):
        first -= 1
    if (first, last) == (draft.first, draft.last):
        return draft
    return replace(draft, first=first, last=last, name=story.text(index, first, last))


def _is_wide(story: Story, name: str) -> bool:
    """Tell whether a place is wide enough for its north to be a place of its own: a country, a region, a province."""
    if name in story.lists.countries or not story.kit.gazetteer.known(name):
        return True
    return story.kit.gazetteer.lookup(name)[0].kind not in {"town", "quarter", "facility", "camp", "crossing"}
