"""Whom a pronoun stands for, as far as number, gender and nearness leave one choice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from onrecord.extract.mentions.drafts import POSSESSIVE, POSSESSIVE_MARKS, Draft, Seen, Story
from onrecord.lexicon.lexicon import table

_PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
    "they": "plural", "them": "plural", "their": "plural", "themselves": "plural",
    "it": "body", "its": "body", "itself": "body",
}  # fmt: skip
_REACH = {"m": 6, "f": 6, "plural": 1, "body": 1}  # sentences back that a pronoun may point; farther ones were wrong
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
_CONJUNCTIONS = frozenset(
    {
        *("and", "but", "that", "as", "which", "when", "after", "before", "because", "while", "since", "where"),
        *("although", "though", "if", "once", "until", "what", "how"),
    }
)
_HELPING = frozenset({"is", "was", "'s", "’s", "would", "will", "may", "might", "could", "can"})


@cache
def _before_subject() -> frozenset[str]:
    return _CONJUNCTIONS | frozenset(table("nominals")["pronouns"]["before_it"])


@cache
def _expletive() -> frozenset[str]:
    """Return the verbs before which "it" stands for nothing."""
    return _HELPING | frozenset(table("nominals")["pronouns"]["after_it"])


def pronouns(story: Story, drafts: list[Draft]) -> Iterator[Draft]:
    """Yield a draft without a name for each pronoun that no other draft covers."""
    taken = {(d.sentence, i) for d in drafts for i in range(d.first, d.last + 1)}
    for sentence in story.sentences:
        for i, token in enumerate(sentence.tokens):
            word = token.text.lower()
            if word in _PRONOUNS and (token.text != "IT") and (sentence.index, i) not in taken:
                yield Draft(sentence.index, i, i, "other", "", "pronoun", head=word)


def antecedent(seen: Seen, draft: Draft) -> Draft | None:
    """Return the pronoun's draft with the name, kind and actor of what it stands for, or `None`."""
    sort = _PRONOUNS[draft.head]
    if draft.head == "it" and not _is_subject(seen.story, draft):
        return None
    found = next((d for d in _candidates(seen, draft) if _agrees(seen, d, sort, draft)), None)
    if found is None:
        return None
    if sort in {"m", "f"}:
        seen.genders.setdefault(found.name, sort)
    return replace(draft, kind=found.kind, name=found.name, actor=found.actor)


def _is_subject(story: Story, draft: Draft) -> bool:
    """Tell whether "it" opens a clause with a verb of action, so that it stands for something: not "it is clear"."""
    before, after = story.low(draft.sentence, draft.first - 1), story.low(draft.sentence, draft.first + 1)
    opens = not before.isalpha() or before in _before_subject() or before in story.lists.speech or _may_open(before)
    return opens and after not in _expletive() and after.isalpha() and after not in _before_subject()


def _may_open(before: str) -> bool:
    """Tell whether a long word may stand before a clause's subject: no verb whose object "it" would be."""
    return len(before) > 6 and not before.endswith("ed")


def _is_object(story: Story, draft: Draft) -> bool:
    """Tell whether a pronoun is an object, which cannot stand for the subject: "release them", not "some of them"."""
    return draft.head == "them" and story.low(draft.sentence, draft.first - 1) != "of"


def _candidates(seen: Seen, draft: Draft) -> Iterator[Draft]:
    """Yield what a pronoun may point to, the likeliest first.

    In its own sentence "it", "its", "them" and "himself" look for what stands nearest, the others for what stands
    first; in an earlier sentence who speaks comes first, then what stands first, owners ("Raqqa's") last.
    """
    story = seen.story
    for back in range(_REACH[_PRONOUNS[draft.head]] + 1):
        own = [d for d in seen.drafts if d.sentence == draft.sentence - back and d.where < draft.where]
        if back == 0 and draft.head in {"it", "its", "them"} | _REFLEXIVE:
            subject = own[:1] if _is_object(story, draft) else []
            yield from (d for d in reversed(own) if d not in subject)
            continue
        spoke = [d for d in own if d.kind == "person" and story.speaks(d.sentence, d.first, d.last)]
        if back == 0 and story.low(draft.sentence, draft.first - 1) in story.lists.speech:
            yield from reversed(spoke)  # "Tell said he": who speaks, not the sentence's subject
        owners = [d for d in own if story.word(d.sentence, d.last + 1) in POSSESSIVE_MARKS]
        yield from [*spoke, *(d for d in own if d not in owners), *owners]


def _agrees(seen: Seen, candidate: Draft, sort: str, pronoun: Draft) -> bool:
    """Tell whether number and gender allow the pronoun to stand for the candidate."""
    if sort in {"m", "f"}:
        known = candidate.form != "nominal" or seen.story.speaks(candidate.sentence, candidate.first, candidate.last)
        return (
            candidate.kind == "person"
            and known
            and (candidate.gender or seen.genders.get(candidate.name, sort)) == sort
        )
    near = candidate.sentence == pronoun.sentence
    if sort == "plural":
        subject = next((d for d in seen.drafts if d.sentence == pronoun.sentence), None)
        if _is_object(seen.story, pronoun) and subject and candidate.name == subject.name:
            return False
        fits = candidate.plural or candidate.form != "nominal" or candidate.name in seen.named
        return fits and candidate.kind in {"group", "population"} and (near or pronoun.head not in POSSESSIVE)
    if candidate.kind in {"group", "organisation"} and not candidate.plural:
        return True
    spoken_of = candidate.kind == "facility" or (candidate.kind == "place" and candidate.form == "nominal")
    return pronoun.head == "its" and near and spoken_of and not candidate.plural
