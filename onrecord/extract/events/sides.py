"""Who can be a side of what: those who only tell of a war, or suffer it, are not the ones who wage it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from onrecord.extract.events.grammar import BODY, PEOPLE, PERSON, Chunk, View, words
from onrecord.extract.mentions.cast import Profile
from onrecord.lexicon.actors import Actors
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Mention, Statement, mention_id

Chunks = tuple[Chunk, ...]

_WAGED = frozenset(
    {
        "armed_clash", "offensive", "territory_gain", "siege", "air_strike", "shelling", "bombing", "suicide_bombing",
        "chemical_attack", "killing", "injury", "violence_against_civilians", "abduction", "surrender", "destruction",
    }
)  # fmt: skip
# What forces do, not single people: a leader there stands for his state.
_BY_FORCES = frozenset(
    {
        "armed_clash", "offensive", "territory_gain", "siege", "air_strike", "shelling", "withdrawal", "deployment",
        "support",
    }
)  # fmt: skip
_MOVED = frozenset({"withdrawal", "deployment"})
_TALKED = frozenset({"negotiation", "agreement"})
_ONLY_TELL = frozenset({"monitor", "agency", "press"})  # they are no party to talks either
_TELLERS = frozenset({"monitor", "agency", "press", "ngo"})  # sorts of actors that watch, tell or help
_WITHOUT_AIRCRAFT = frozenset({"jihadist", "rebel", "militia"})


def leaders(mentions: Iterable[Mention], profiles: Iterable[Profile], actors: Actors) -> dict[str, Mention]:
    """Return the government that each leader of a state acts for, by his name: a mention of it in the dispatch.

    Bodies that stand for their state, as the Kremlin does, are among them; of a state that the dispatch does not name
    the mention is the body's own.
    """
    by_id = {m.id: m for m in mentions}
    found = _seats(tuple(by_id.values()), actors)
    for profile in profiles:
        body = by_id.get(profile.organisation or "")
        actor = actors.by_name.get(body.name) if body else None
        leads = set((profile.role or "").lower().split()) & words("leaders")
        if body and actor and actor.category == "government" and leads:
            found.setdefault(by_id[profile.mention].name, body)
    return found


def _seats(mentions: tuple[Mention, ...], actors: Actors) -> dict[str, Mention]:
    """Return the state that each seat of government named in a dispatch stands for."""
    states = {m.name: m for m in reversed(mentions) if m.kind == "organisation"}
    found: dict[str, Mention] = {}
    for mention in mentions:
        actor = actors.by_name.get(mention.name) if mention.name in table("name_words")["seats"] else None
        if actor and actor.parent and mention.name not in found:
            own = replace(mention, id=mention_id(mention.span, "state"), name=actor.parent)
            found[mention.name] = states.get(actor.parent, own)
    return found


def fitting_sides(
    kind: str, agents: Chunks, targets: Chunks, led: Mapping[str, Mention] | None = None
) -> tuple[Chunks, Chunks]:
    """Return the agents and targets that an event of this type can have.

    Monitors, agencies, spokesmen and civilians do not wage war, nor do monitors talk for a side; rebels do not fly;
    nobody fights himself. A leader or a seat of government in `led` stands for the state where states act; whom the
    White House supports is told of it.
    """
    acting = (_for_government(c, kind, led) if led and kind in _BY_FORCES else c for c in agents)
    kept = tuple(dict.fromkeys(c for c in acting if can_wage(kind, c)))
    names = {c.mention.name.casefold() for c in kept}
    hit = (c for c in targets if not (kind in _BY_FORCES and c.sort in _TELLERS))
    return kept, tuple(c for c in hit if c.mention.name.casefold() not in names)


def not_their_own(kind: str, agents: Chunks, targets: Chunks, actors: Actors) -> Chunks:
    """Leave out of those whom a side wages war on its own forces: Turkey and the Turkish army, a group and its wing."""
    if kind not in _WAGED:
        return targets
    doing = {c.mention.name for c in agents}
    above = {actor.name for name in doing for actor in actors.within(name)}
    own = (c for c in targets if doing & {actor.name for actor in actors.within(c.mention.name)})
    spared = above | {c.mention.name for c in own}
    return tuple(c for c in targets if c.mention.name not in spared)


def _for_government(chunk: Chunk, kind: str, led: Mapping[str, Mention]) -> Chunk:
    body = led.get(chunk.mention.name) if chunk.category == PERSON or kind != "support" else None
    return replace(chunk, mention=body, category=BODY, sort="government") if body else chunk


def can_wage(kind: str, chunk: Chunk) -> bool:
    """Tell whether whom a chunk names can be the agent of an event of this type."""
    if kind in _TALKED and chunk.sort in _ONLY_TELL:
        return False
    if kind not in _WAGED | _MOVED:
        return True
    if chunk.sort in _TELLERS or (chunk.sort == "igo" and kind not in _MOVED):
        return False
    if (kind == "air_strike" and chunk.sort in _WITHOUT_AIRCRAFT) or (kind in _BY_FORCES and chunk.category == PERSON):
        return False
    if (chunk.mention.form == "name" and chunk.category != PEOPLE) or chunk.sort not in {"", "population"}:
        return True
    head = chunk.mention.name.lower().split()[-1] if chunk.mention.name else ""
    if head in words("onlookers"):
        return False
    return chunk.category != PEOPLE or head in words("armed_people")


def outside_speech(view: View, chunks: Chunks, holding: Iterable[Statement]) -> Chunks:
    """Return the chunks that are not the speakers of these statements, unless the statement itself names them.

    `holding` are the statements in whose words the event stands. A force that vows "to retake the town" or claims "the
    capture" speaks of itself and stays.
    """
    return tuple(c for c in chunks if not any(_only_tells(view, c, statement) for statement in holding))


def _only_tells(view: View, chunk: Chunk, statement: Statement) -> bool:
    if chunk.mention.id not in {statement.speaker, statement.organisation}:
        return False
    if statement.content.holds(chunk.mention.span):
        return False
    opening = view.word(view.token_at(statement.content.start))
    return chunk.category == PERSON or opening not in {"to", "having"}
