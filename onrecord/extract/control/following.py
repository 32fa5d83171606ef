"""The state that an event leaves: whoever takes a place holds it, whoever leaves it does not, a siege goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.extract.control.grounds import ground_before, ground_of, is_line
from onrecord.extract.control.held import FOLLOWS, Ground, Held, is_country, listed
from onrecord.extract.control.holders import only_holders
from onrecord.extract.control.taking import governed, ground_taken
from onrecord.extract.events.forms import ING
from onrecord.extract.events.found import Found
from onrecord.extract.events.grammar import Chunk, View, is_number, words
from onrecord.lexicon.lexicon import table

_OUT_REACH = 8  # words between "pushed" and "out": "pushing the last of the extremists out of the town"
_NEAR = 8  # words between a siege and the place that is besieged


def following(found: Sequence[Found]) -> Iterator[Held]:
    """Yield the states that the events of a sentence leave, where its own words give the place."""
    for item in found:
        if item.status not in {"happened", "ongoing"}:
            continue
        if item.kind == "territory_gain":
            yield from _taken(item)
        elif item.kind == "withdrawal":
            yield from _left(item)
        elif item.kind == "siege":
            yield from _besieged(item)


def _held(item: Found, ground: Ground, holders: tuple[Chunk, ...], reason: str, **fields: str) -> Held:
    at = (item.trigger.first, item.trigger.after)
    state = fields.get("state", "holds")
    status = fields.get("status", item.status)
    return Held(item.view, *at, state, ground, holders, status, reason, item.when, FOLLOWS)  # type: ignore[arg-type]


def _taken(item: Found) -> Iterator[Held]:
    ground = ground_taken(item)
    if (
        ground is None
        or ground.place is None
        or not ground.named
        or is_line(item.view, ground.place)
        or (item.seen is None and not item.trigger.verbal)
    ):
        return
    place = ground.place.mention.id
    agents = tuple(c for c in only_holders(_winner(item) or item.agents) if c.mention.id != place)
    losers = tuple(c for c in only_holders(item.targets) if c.mention.id != place and c.category != "place")
    if agents and (ground.part or _only_entered(item) or is_country(ground.place)):
        yield _held(
            item, ground, agents, "whoever enters a place or takes a part of it makes it contested", state="contested"
        )
    elif agents:
        yield _held(item, ground, agents, "whoever takes a place holds it")
    elif losers and not ground.part:
        yield _held(item, ground, losers, "whoever loses a place no longer holds it", status="denied")


def _winner(item: Found) -> tuple[Chunk, ...]:
    """Return to whom a place is lost: "lost the town to the army"."""
    lost = item.trigger.lemma.split()[0] in listed("yields")
    return tuple(c for c in item.around.after.get("to", ()) if c.category in {"fighters", "body"}) if lost else ()


def _only_entered(item: Found) -> bool:
    first = item.trigger.first
    out = "out" in item.view.words[first : first + _OUT_REACH]
    return not out and item.view.words[first] in frozenset(table("reconcile")["entries"])


def _left(item: Found) -> Iterator[Held]:
    """Yield the end of a holding where a whole side leaves a place: "the army withdrew from the town"."""
    leaving = tuple(
        c for c in only_holders(item.agents) if c.category in {"fighters", "body"} and not _some(item.view, c)
    )
    going = ING in item.trigger.form and not item.around.helpers
    if item.status != "happened" or not item.trigger.verbal or going or len(leaving) != len(item.agents) or not leaving:
        return
    out = ("from", "out", "of") if "out" in item.view.words[item.trigger.first : item.trigger.after + 1] else ("from",)
    ground = governed(item, out, part=False) or _object(item)
    if ground and ground.named and not ground.part:
        yield _held(item, ground, leaving, "whoever leaves a place no longer holds it", status="denied")


def _object(item: Found) -> Ground | None:
    place = next((c for c in item.around.object if c.category == "place"), None)
    return ground_of(item.view, place) if place else None


def _some(view: View, chunk: Chunk) -> bool:
    """Tell whether only some of a side are meant: "275 fighters", "the last batch of fighters"."""
    before = view.words[max(0, chunk.first - 2) : chunk.first]
    counted = words("amounts") | words("numerals") | {"of", "some", "more"} | listed("only_some")
    return view.chunk_at(chunk.first) == chunk and any(is_number(w) or w in counted for w in before)


def _besieged(item: Found) -> Iterator[Held]:
    """Yield that a place is besieged, with those who are besieged in it."""
    lasting = item.trigger.verbal and item.trigger.lemma in listed("besieged", "verbs")
    if (item.status == "happened" and not lasting) or item.view.word(item.trigger.first - 1) == "to":
        return
    place = _place_besieged(item)
    if place and not is_country(place):
        held = tuple(c for c in only_holders(item.targets) if c.category in {"fighters", "body"})
        yield _held(item, ground_of(item.view, place), held, "a place under siege is besieged", state="besieged")


def _place_besieged(item: Found) -> Chunk | None:
    """Return the place of a siege: what it has as object or owner, else the nearest of its clause."""
    view, trigger, around = item.view, item.trigger, item.around
    under = next(
        (i for i in range(trigger.first - 1, max(-1, trigger.first - 4), -1) if view.words[i] == "under"), None
    )
    if under is not None:
        ground = ground_before(view, under)
        return ground.place if ground else None
    undergoing = around.subject if around.passive or around.attributive or not trigger.verbal else ()
    governed = [c for p in ("of", "on", "around", "to", "in") for c in around.after.get(p, ())]
    told = [*around.object, *undergoing, *governed]
    near = [c for c in view.chunks if view.clauses[c.first] == view.clauses[trigger.first] and trigger.verbal]
    near = [c for c in near if 0 <= c.first - trigger.after <= _NEAR]
    described = near if around.attributive else ()
    return next((c for c in (*described, *told, *near) if c.category == "place" and view.chunk_at(c.first) is c), None)
