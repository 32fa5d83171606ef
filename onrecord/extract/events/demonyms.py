"""Countries and bodies that stand as adjectives before an event: "Turkish offensive", "US-led airstrike"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.extract.events.grammar import words
from onrecord.extract.events.triggers import is_event_noun
from onrecord.extract.parts import Kit, Sentence
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Mention, mention_id
from onrecord.model.values import Span

_REACH = 3  # words between the adjective and the event noun: "Turkish air and artillery strikes"


def demonyms(sentences: Sequence[Sentence], mentions: Sequence[Mention], kit: Kit) -> tuple[Mention, ...]:
    """Return a mention of who is meant by an adjective of a country, or by "X-led", right before an event noun.

    Only words that are in no other mention; spans are code points of the dispatch's text.
    """
    taken = [mention.span for mention in mentions]
    return tuple(
        Mention(mention_id(span, "organisation"), span, "organisation", name, "nominal")
        for sentence in sentences
        for span, name in _of_sentence(sentence, kit)
        if not any(span.overlaps(other) for other in taken)
    )


def _of_sentence(sentence: Sentence, kit: Kit) -> Iterator[tuple[Span, str]]:
    acting = table("nominals")["acting"]
    for i, token in enumerate(sentence.tokens):
        head, hyphen, last = token.text.rpartition("-")
        word = head if hyphen and last.lower() in acting["compounds"] else token.text
        name = table("nominals")["demonyms"].get(word)
        if name is None and word[:1].isupper() and hyphen:
            actor = kit.actors.find(word)
            name = actor.name if actor else None
        if name and _before_event(sentence, i + 1):
            yield Span(sentence.span.dispatch, token.start, token.start + len(word)), name


def _before_event(sentence: Sentence, at: int) -> bool:
    """Tell whether an event noun follows, with nothing but describing words between."""
    for token in sentence.tokens[at : at + _REACH + 1]:
        word = token.text.lower()
        if is_event_noun(word):
            return True
        if (
            not word[0].isalpha()
            or word in words("prepositions")
            or word in words("be") | words("have") | words("modals")
        ):
            return False
    return False
