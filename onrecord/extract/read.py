"""A dispatch to a reading: the steps in order, each with its visible result."""

from __future__ import annotations

from dataclasses import replace

from onrecord.extract.frames import events
from onrecord.extract.names import mentions as mentions_of
from onrecord.extract.parts import Kit, Sentence, TimeExpression
from onrecord.extract.sentences import sentences as sentences_of
from onrecord.extract.times import times as times_of
from onrecord.model.records import Claim, Dispatch, Mention, Reading
from onrecord.reader.rules import RuleTagger
from onrecord.reader.tagger import Tagged

RULES = "events-1"
READER = f"{RuleTagger.version}+{RULES}"


def read(dispatch: Dispatch, kit: Kit) -> Reading:
    """Return all that the rules find in one dispatch; reading again gives the same bytes."""
    reader = f"{kit.tagger.version}+{RULES}"
    tagged: Tagged = kit.tagger.tag(dispatch.text)
    sentences: tuple[Sentence, ...] = sentences_of(dispatch, tagged)
    mentions: tuple[Mention, ...] = mentions_of(dispatch, sentences, kit)
    times: tuple[TimeExpression, ...] = times_of(dispatch, sentences)
    claims: tuple[Claim, ...] = events(sentences, mentions, times)
    return Reading(dispatch.id, reader, mentions, (), tuple(replace(claim, reader=reader) for claim in claims))
