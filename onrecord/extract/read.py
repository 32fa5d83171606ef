"""A dispatch to a reading: the steps in order, each with its visible result."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from onrecord.extract.attribution.reportunits import Attributed
from onrecord.extract.attribution.statements import made, stretches
from onrecord.extract.claims import linked
from onrecord.extract.control.control import control
from onrecord.extract.control.taking import on_its_ground
from onrecord.extract.dating import dated
from onrecord.extract.events.carried import carried
from onrecord.extract.events.caused import with_days_of_deaths
from onrecord.extract.events.demonyms import demonyms
from onrecord.extract.events.entries import in_entries
from onrecord.extract.events.found import Found
from onrecord.extract.events.frames import event_claims, frames, views_of
from onrecord.extract.events.goingon import still_going
from onrecord.extract.events.grammar import View
from onrecord.extract.events.sides import leaders
from onrecord.extract.hearing import heard
from onrecord.extract.learned import Learned, known_of
from onrecord.extract.meeting import met
from onrecord.extract.mentions.cast import Cast
from onrecord.extract.mentions.gridrefs import with_grids
from onrecord.extract.mentions.names import mentions as mentions_of
from onrecord.extract.mentions.profiles import Profile
from onrecord.extract.mentions.profiles import profiles as profiles_of
from onrecord.extract.parts import Kit, Quantity, Sentence, TimeExpression
from onrecord.extract.projectrows import read_project_row
from onrecord.extract.quantities.amounts import quantities as quantities_of
from onrecord.extract.quantities.figures import figures
from onrecord.extract.sentences import sentences as sentences_of
from onrecord.extract.times.times import times as times_of
from onrecord.lexicon import actors, gazetteer
from onrecord.model.records import Claim, Dispatch, Mention, Reading, Statement
from onrecord.model.tablerows import is_table_row
from onrecord.reader.candidates import Known
from onrecord.reader.neural import Reader
from onrecord.reader.read import Read
from onrecord.reader.rules import RuleTagger
from onrecord.reader.tagger import Tagged


def standard_kit(places: tuple[Path, ...] = (), *, trained: bool = True) -> Kit:
    """Return the parts that ship with Onrecord, with a user's own gazetteer files; the trained reader if `trained`."""
    return Kit(RuleTagger(), actors.load(), gazetteer.open_gazetteer(places), Reader() if trained else None)


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules find in a dispatch, step by step."""

    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    times: tuple[TimeExpression, ...]
    quantities: tuple[Quantity, ...]
    cast: Cast
    said: list[Attributed]
    statements: tuple[Statement, ...]
    views: tuple[View, ...]
    led: dict[str, Mention]
    found: list[Found]

    @property
    def known(self) -> Known:
        """What the trained reader is told."""
        return known_of(self.mentions, self.times, self.quantities, self.found)


def by_rule(dispatch: Dispatch, kit: Kit) -> Ruled:
    """Return all that the rules find in a dispatch."""
    tagged: Tagged = kit.tagger.tag(dispatch.text)
    sentences: tuple[Sentence, ...] = sentences_of(dispatch, tagged)
    times: tuple[TimeExpression, ...] = times_of(dispatch, sentences)
    names = with_grids(dispatch, sentences, mentions_of(dispatch, sentences, kit))
    named: tuple[Mention, ...] = without_months(names, times)
    mentions: tuple[Mention, ...] = tuple(sorted((*named, *demonyms(sentences, named, kit)), key=lambda m: m.span))
    profiles: tuple[Profile, ...] = profiles_of(dispatch, sentences, mentions, kit)
    quantities: tuple[Quantity, ...] = quantities_of(dispatch, sentences, times)
    cast = Cast.of(dispatch.text, mentions, profiles)
    said: list[Attributed] = stretches(dispatch, sentences, cast)
    statements: tuple[Statement, ...] = made(dispatch, said, cast)
    views: tuple[View, ...] = views_of(sentences, mentions, kit.actors)
    led: dict[str, Mention] = leaders(mentions, profiles, kit.actors)
    found: list[Found] = carried(frames(views, times, statements, led))
    return Ruled(sentences, mentions, times, quantities, cast, said, statements, views, led, found)


def without_months(named: tuple[Mention, ...], times: tuple[TimeExpression, ...]) -> tuple[Mention, ...]:
    """Leave out places that are part of a time: nothing happened in a town called May."""
    return tuple(m for m in named if m.kind != "place" or not any(time.span.holds(m.span) for time in times))


def read(dispatch: Dispatch, kit: Kit) -> Reading:
    """Return all that is found in one dispatch; reading again with the same kit gives the same bytes.

    Claims carry the ids of the reading's own mentions and statements, and spans in code points of the frozen text.
    """
    if is_table_row(dispatch):
        return read_project_row(dispatch, kit.version)
    ruled: Ruled = by_rule(dispatch, kit)
    found: list[Found] = ruled.found
    statements: tuple[Statement, ...] = ruled.statements
    if kit.reader:
        seen: Read = kit.reader.read(dispatch.text, ruled.known)
        learned = Learned.of(seen, ruled.mentions)
        statements = made(dispatch, heard(ruled.sentences, ruled.said, seen, ruled.cast), ruled.cast)
        events = met(ruled.found, learned, ruled.views, ruled.times, kit.actors, ruled.led)
        found = still_going(dated(events, ruled.times, seen, dispatch.published, kit.reader))
    found = with_days_of_deaths(in_entries(found, ruled.views, ruled.times))
    found = [on_its_ground(item, kit.actors) for item in found]
    counted = figures(ruled.views, found, ruled.quantities, ruled.times, dispatch.published)
    held, holders = control(ruled.views, found, ruled.quantities, ruled.times, kit.actors)
    claims: tuple[Claim, ...] = linked(
        (*event_claims(found), *counted, *held), statements, weighed=kit.reader is not None
    )
    signed = tuple(replace(claim, reader=kit.version) for claim in claims)
    used = {c.mention.id for item in found for c in item.agents}
    states = {m.id: m for m in ruled.led.values() if m.id in used and m not in ruled.mentions}
    mentions = tuple(sorted((*ruled.mentions, *holders, *states.values()), key=lambda m: m.span))
    return Reading(dispatch.id, kit.version, mentions, statements, signed)
