"""Where rules and trained reader meet: what each says by hand, and what comes of both."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.extract.learned import Learned
from onrecord.extract.meeting import met
from onrecord.extract.read import Ruled, by_rule, standard_kit
from onrecord.reader.read import Argument, Read, Trigger, Word
from tests.factories import a_dispatch

KIT = standard_kit(trained=False)
TEXT = "Rebels captured the town of Saraqeb on Friday. Shells hit its market. The capture was denied by the army."


def ruled(text: str = TEXT) -> Ruled:
    return by_rule(a_dispatch(text), KIT)


def seen(words: str, text: str = TEXT, **fields: Any) -> Trigger:
    """A trigger of the reader, by its words."""
    start = text.index(words)
    kinds = fields.pop("types", (("territory_gain", 0.9),))
    status = fields.pop("status", "happened")
    defaults: dict[str, Any] = {
        "score": kinds[0][1],
        "event_score": sum(chance for _, chance in kinds),
        "status_score": 0.9,
        "statuses": ((status, 0.9),),
        "arguments": (),
        "others": (),
    }
    return Trigger(start, start + len(words), kinds[0][0], status, types=kinds, **(defaults | fields))


def argument(role: str, words: str, score: float, text: str = TEXT, name: str | None = None) -> Argument:
    start = text.index(words)
    return Argument(role, start, start + len(words), None, name, score)


def a_read(*events: Trigger, text: str = TEXT, tag: str = "VERB", **parts: Any) -> Read:
    words = tuple(Word(e.start, e.end, text[e.start : e.end], 0, tag, 0, "root", 1.0, 1.0) for e in events)
    fields: dict[str, Any] = dict.fromkeys(Read.__slots__, ()) | {"words": words, "events": events} | parts
    return Read(**fields)


def events(read: Read, text: str = TEXT) -> list[tuple[str, str, str]]:
    """The events that come of both, as (words, type, status)."""
    rules = ruled(text)
    found = met(rules.found, Learned.of(read, rules.mentions), rules.views, rules.times, KIT.actors, {})
    spans = [item.view.span(item.trigger.first, item.trigger.after) for item in found]
    return [(text[s.start : s.end], item.kind, item.status) for s, item in zip(spans, found, strict=True)]


def test_what_both_see_is_kept_and_what_the_rules_alone_see_is_not() -> None:
    assert {item.kind for item in ruled().found} >= {"territory_gain", "shelling"}
    assert events(a_read(seen("captured"))) == [("captured", "territory_gain", "happened")]
    assert events(a_read()) == []


def test_the_reader_has_the_last_word_on_status_and_a_strong_one_on_type() -> None:
    sure = seen("captured", types=(("detention", 0.95),), status="denied")
    assert events(a_read(sure)) == [("captured", "detention", "denied")]
    torn = seen("captured", types=(("detention", 0.5), ("territory_gain", 0.45)))
    assert events(a_read(torn)) == [("captured", "territory_gain", "happened")]


@pytest.mark.parametrize(("chance", "kept"), [(0.95, True), (0.4, False)])
def test_an_event_that_no_word_list_has_needs_a_sure_reader(chance: float, kept: bool) -> None:
    text = "The gunmen melted into the hills around Saraqeb on Friday."
    found = events(a_read(seen("melted", text, types=(("withdrawal", chance),)), text=text), text)
    assert found == ([("melted", "withdrawal", "happened")] if kept else [])


def test_who_and_where_are_the_readers_and_point_to_mentions() -> None:
    trigger = seen(
        "captured",
        arguments=(argument("agent", "Rebels", 0.8), argument("place", "Saraqeb", 0.9)),
        others=(argument("target", "the army", 0.05),),
    )
    rules = ruled()
    spans = {TEXT[m.span.start : m.span.end]: m for m in rules.mentions}
    place = next(m for words, m in spans.items() if "Saraqeb" in words)
    whole = argument("place", TEXT[place.span.start : place.span.end], 0.9)
    read = a_read(seen("captured", arguments=(*trigger.arguments[:1], whole), others=trigger.others))
    (item,) = met(rules.found, Learned.of(read, rules.mentions), rules.views, rules.times, KIT.actors, {})
    assert [chunk.mention for chunk in item.agents] == [spans["Rebels"]]
    assert item.targets == ()
    assert item.place == place
