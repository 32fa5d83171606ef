"""A dispatch to a reading: the steps in order, each with its visible result."""

from __future__ import annotations

from dataclasses import replace

from onrecord.extract.amounts import quantities as quantities_of
from onrecord.extract.attribution import statements as statements_of
from onrecord.extract.carried import carried
from onrecord.extract.claims import linked
from onrecord.extract.control import control
from onrecord.extract.demonyms import demonyms
from onrecord.extract.figures import figures
from onrecord.extract.frames import Found, event_claims, frames, views_of
from onrecord.extract.grammar import View
from onrecord.extract.names import mentions as mentions_of
from onrecord.extract.parts import Kit, Quantity, Sentence, TimeExpression
from onrecord.extract.profiles import Profile
from onrecord.extract.profiles import profiles as profiles_of
from onrecord.extract.sentences import sentences as sentences_of
from onrecord.extract.sides import leaders
from onrecord.extract.times import times as times_of
from onrecord.lexicon import actors, gazetteer
from onrecord.model.records import Claim, Dispatch, Mention, Reading, Statement
from onrecord.reader.rules import RuleTagger
from onrecord.reader.tagger import Tagged

RULES = "events-4"
READER = f"{RuleTagger.version}+{RULES}"


def standard_kit() -> Kit:
    """Return the parts that ship with Onrecord: the tagger by rule, its actors and its gazetteer."""
    return Kit(tagger=RuleTagger(), actors=actors.load(), gazetteer=gazetteer.open_gazetteer())


def read(dispatch: Dispatch, kit: Kit) -> Reading:
    """Return all that is found in one dispatch; reading again with the same kit gives the same bytes.

    Claims carry the ids of the reading's own mentions and statements, and spans in code points of the frozen text.
    """
    reader = f"{kit.tagger.version}+{RULES}"
    tagged: Tagged = kit.tagger.tag(dispatch.text)
    sentences: tuple[Sentence, ...] = sentences_of(dispatch, tagged)
    named: tuple[Mention, ...] = mentions_of(dispatch, sentences, kit)
    mentions: tuple[Mention, ...] = tuple(sorted((*named, *demonyms(sentences, named, kit)), key=lambda m: m.span))
    profiles: tuple[Profile, ...] = profiles_of(dispatch, sentences, mentions, kit)
    times: tuple[TimeExpression, ...] = times_of(dispatch, sentences)
    quantities: tuple[Quantity, ...] = quantities_of(dispatch, sentences, times)
    statements: tuple[Statement, ...] = statements_of(dispatch, sentences, mentions, profiles)
    views: tuple[View, ...] = views_of(sentences, mentions, kit.actors)
    found: list[Found] = carried(frames(views, times, statements, leaders(mentions, profiles, kit.actors)))
    counted = figures(views, found, quantities, times, dispatch.published)
    held = control(views, found, quantities, times)
    claims: tuple[Claim, ...] = linked((*event_claims(found), *counted, *held), statements)
    return Reading(dispatch.id, reader, mentions, statements, tuple(replace(claim, reader=reader) for claim in claims))
