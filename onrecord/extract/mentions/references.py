"""Who is meant by a short form or an epithet, as far as the dispatch leaves one choice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from onrecord.extract.mentions.drafts import DEFINITE, POSSESSIVE, POSSESSIVE_MARKS, Draft, Seen, Story, meant
from onrecord.extract.mentions.pronouns import antecedent, pronouns
from onrecord.lexicon.actors import Actor
from onrecord.lexicon.lexicon import table

_APART = 3  # words
_NEAR_OFFICE = 4  # words between an officer's name and the country that he serves
_OWN_ARMY = 2  # sentences back that "soldiers" alone may point to an army
_GOVERNING = frozenset({"by", "of", "from", "with", "against", "unlike", "to", "on", "for", "than", "like"})


@cache
def _stands_for() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    data = table("nominals")
    return (
        {k: frozenset(v) for k, v in data["stands_for"].items()},
        {k: frozenset(v) for k, v in data["narrows"].items()},
    )


def resolved(story: Story, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with epithets resolved, and pronouns among them where one antecedent is left.

    An epithet that fits no actor of the dispatch keeps its own words as its name; "the city" that follows no town,
    and a pronoun without an antecedent, are dropped.
    """
    actors = [d.actor for d in drafts if d.actor]
    seen = Seen(story, Counter(a.name for a in actors), {a.name: a for a in actors})
    seen.genders |= {d.name: d.gender for d in drafts if d.gender}
    for draft in sorted([*drafts, *pronouns(story, drafts)], key=lambda d: d.where):
        found = _resolve(seen, draft, drafts)
        if found:
            seen.drafts.append(found)
    return seen.drafts


def _resolve(seen: Seen, draft: Draft, all_drafts: list[Draft]) -> Draft | None:
    if draft.form == "name":
        return draft
    if draft.form == "pronoun":
        return antecedent(seen, draft)
    if draft.kind == "place":
        return _settlement(seen, draft)
    if draft.kind == "facility":
        return _building(draft, all_drafts, seen)
    if draft.kind == "person":
        return _office_holder(seen, draft)
    if draft.kind == "group" and draft.actor is None:
        name = _followed(seen, draft, all_drafts) or _actor_meant(seen, draft) or _whose(seen, draft)
        name = name or _army_meant(seen, draft)
        return replace(draft, name=name) if name else _owned(draft)
    return draft


def _followed(seen: Seen, draft: Draft, all_drafts: list[Draft]) -> str | None:
    """Return whose forces "forces loyal to NAME" are, and the group itself for "fighters from the GROUP"."""
    if draft.head not in meant("followers"):
        return None
    index, at = draft.sentence, draft.last + 1
    joined = seen.story.low(index, at), seen.story.low(index, at + 1)
    belonging = joined[0] in {"of", "from"}
    if not belonging and " ".join(joined) not in meant("loyal"):
        return None
    at += 1 if belonging else 2
    while seen.story.low(index, at) in meant("before_lord"):
        at += 1
    lord = next((d for d in all_drafts if d.sentence == index and d.first == at), None)
    if lord and seen.story.word(index, lord.last + 1) in POSSESSIVE_MARKS:
        lord = next((d for d in all_drafts if d.sentence == index and d.first == lord.last + 2), lord)
    if lord is None or lord.form != "name":
        return None
    if belonging:
        armed = lord.kind == "group" and lord.actor is not None and not draft.modifiers
        return lord.name if armed else None
    return f"{lord.name} {draft.name}" if lord.kind in {"person", "group", "organisation"} else None


def _whose(seen: Seen, draft: Draft) -> str | None:
    """Return the group whose fighters "its fighters" are, where the pronoun before them was resolved."""
    if draft.determiner not in POSSESSIVE or draft.head not in meant("followers") or not seen.drafts:
        return None
    owner = seen.drafts[-1]
    near = owner.form == "pronoun" and owner.sentence == draft.sentence and owner.last >= draft.first - 3
    return owner.name if near and owner.kind == "group" else None


def _owned(draft: Draft) -> Draft:
    """Put the owner before a phrase's name: "Assad's forces" are the "Assad forces"."""
    return replace(draft, name=f"{draft.owner} {draft.name}") if draft.owner else draft


def _actor_meant(seen: Seen, draft: Draft) -> str | None:
    """Return the actor that an epithet stands for, or `None`."""
    stands_for, narrows = _stands_for()
    words = seen.story.text(draft.sentence, draft.first, draft.last)
    nicknamed = [a.name for a in seen.story.kit.actors.with_nickname("the " + words) if a.name in seen.named]
    nickname = nicknamed[0] if len(nicknamed) == 1 else None
    told = draft.determiner == "the" or draft.plural or (nickname and _is_its_own(seen, draft, nickname))
    if nickname and told and _nearest(seen, draft, sorted({nickname, *_alike(seen, nickname)})) == nickname:
        return nickname
    categories = stands_for.get(draft.head)
    if categories is None or draft.owner:
        return None
    own = [m for m in draft.modifiers if m not in meant("plain") and not m.endswith(tuple(meant("plain_endings")))]
    peoples = [m for m in own if m in seen.story.lists.demonyms]
    for modifier in own:
        if modifier not in narrows and modifier not in peoples:
            return None
        categories = categories & narrows.get(modifier, categories) or narrows[modifier]
    definite = draft.determiner in DEFINITE
    if peoples and len(peoples) == len(own):
        return None
    if not definite and not own and draft.head not in meant("bare"):
        return None
    fitting = [n for n, a in sorted(seen.actors.items()) if a.category in categories and _of_people(seen, a, peoples)]
    fitting = [n for n in fitting if seen.actors[n].parent not in fitting]
    if not definite and len(fitting) != 1:
        return None
    if "rebel" in {draft.head.removesuffix("s"), *own}:
        fitting = [n for n in fitting if not _never_rebels(seen, seen.actors[n])]
        fitting = [n for n in nicknamed if n in fitting] or fitting
        if _described_since(seen, fitting):
            return None
    if draft.head in meant("outlaws"):  # an alliance of forces is "the alliance" or "the force", seldom "the group"
        fitting = [n for n in fitting if seen.actors[n].category == "jihadist"] or fitting
    return _nearest(seen, draft, fitting)


def _never_rebels(seen: Seen, actor: Actor) -> bool:
    """Tell whether nobody calls a group rebels, nor what it is a part of."""
    return not meant("no_rebels").isdisjoint(a.name for a in (actor, *seen.story.kit.actors.within(actor.name)))


def _described_since(seen: Seen, fitting: list[str]) -> bool:
    """Tell whether rebels without a name were spoken of after each group that fits: they are meant, and no group."""
    for draft in reversed(seen.drafts):
        if draft.name in fitting:
            return False
        rebels = draft.head in meant("rebels") or "rebel" in draft.modifiers
        if draft.form == "nominal" and draft.kind == "group" and rebels and draft.name not in seen.actors:
            return True
    return False


def _army_meant(seen: Seen, draft: Draft) -> str | None:
    """Return the army whose soldiers "soldiers" at the head of a sentence are: the only one named just before."""
    if draft.head not in meant("army") or draft.first or draft.modifiers:
        return None
    near = [d for d in seen.drafts if 0 < draft.sentence - d.sentence <= _OWN_ARMY and d.kind == "group"]
    armies = {d.name for d in near if d.head in meant("armies") or (d.actor and d.actor.category == "state_force")}
    return armies.pop() if len(armies) == 1 else None


def _is_its_own(seen: Seen, draft: Draft, name: str) -> bool:
    """Tell whether the owner of a phrase may be the actor that the phrase means: "the jihadists' caliphate"."""
    actor, stands_for = seen.actors[name], _stands_for()[0]
    return draft.owner == name or actor.category in stands_for.get(draft.owner.lower(), ())


def _alike(seen: Seen, name: str) -> Iterator[str]:
    """Yield the actors of the dispatch of the same sort, who may be "the terror group" as well as the best known."""
    sort = seen.actors[name].category
    yield from (n for n, a in seen.actors.items() if a.category == sort and a.parent != name)


def _of_people(seen: Seen, actor: Actor, peoples: list[str]) -> bool:
    """Tell whether an actor is of the country that each of these adjectives names."""
    story = seen.story
    places = [story.kit.gazetteer.lookup(story.lists.demonyms[word])[:1] for word in peoples]
    return all(found and found[0].country == actor.country for found in places)


def _nearest(seen: Seen, draft: Draft, fitting: list[str]) -> str | None:
    """Return the one actor that fits, the one named last within three sentences, or the one named most."""
    if len(fitting) <= 1:
        return fitting[0] if fitting else None
    acting = [d for d in seen.drafts if d.sentence == draft.sentence and d.name in fitting and not _spoken_for(seen, d)]
    if acting and draft.head in meant("foes") and draft.where[1] - acting[0].last > _APART:
        # Whoever the sentence is about is not named anew as "the militants" far down the same sentence.
        fitting = [name for name in fitting if name != acting[0].name] or fitting
    for back in range(4):
        near = [d for d in reversed(seen.drafts) if d.sentence == draft.sentence - back and d.name in fitting]
        subjects = [d for d in near if seen.story.low(d.sentence, d.first - 1) not in _GOVERNING] if back else []
        if near:
            return (subjects or near)[0].name
    return max(fitting, key=lambda name: (seen.named[name], name))


def _spoken_for(seen: Seen, draft: Draft) -> bool:
    """Tell whether a side is named only as whom somebody speaks for: "according to an SDF spokesman, the fighters"."""
    at = draft.last + 1 + (seen.story.word(draft.sentence, draft.last + 1) in POSSESSIVE_MARKS)
    return seen.story.low(draft.sentence, at) in seen.story.lists.roles


def _settlement(seen: Seen, draft: Draft) -> Draft | None:
    """Return "the city" as the town named last in this sentence or the one before, else the one named most."""
    country = draft.head == "country"
    places = [d for d in seen.drafts if d.kind == "place" and d.form == "name"]
    places = [d for d in places if not _is_home(seen, d)]
    earlier = [d for d in places if (_is_country(seen, d) if country else _is_town(seen, d, draft.head))]
    if not earlier:
        return None
    if draft.sentence - earlier[-1].sentence <= (0 if country else 1):
        return replace(draft, name=earlier[-1].name)
    counts = Counter(d.name for d in earlier)
    return replace(draft, name=max(counts, key=lambda name: (counts[name], name)))


def _is_home(seen: Seen, draft: Draft) -> bool:
    """Tell whether a place only says whence a person is: "Omar Tell, 24, from Ardun, was in the city"."""
    story, index, at = seen.story, draft.sentence, draft.first - 1
    if story.low(index, at) != "from":
        return False
    while at > draft.first - 4 and (story.low(index, at - 1) == "," or story.word(index, at - 1).isdigit()):
        at -= 1
    people = (d for d in seen.drafts if d.sentence == index and d.kind == "person" and d.form == "name")
    return any(d.last == at - 1 for d in people)


def _is_country(seen: Seen, draft: Draft) -> bool:
    return draft.name in seen.story.lists.countries


def _is_town(seen: Seen, draft: Draft, head: str) -> bool:
    """Tell whether a place may be called by this noun."""
    words = draft.name.split()
    if _is_country(seen, draft) or (len(words) > 1 and _is_country(seen, replace(draft, name=" ".join(words[1:])))):
        return False
    if head in meant("named_in_full"):
        return words[-1].lower() == head
    if words[-1].lower() in seen.story.lists.place:
        return head in words[-1].lower()
    found = seen.story.kit.gazetteer.lookup(draft.name)
    return not found or found[0].kind not in {"river", "lake", "mountain", "desert", "road", "country", "admin1"}


def _office_holder(seen: Seen, draft: Draft) -> Draft:
    """Return "the minister" and "the defence secretary" as the person named last in that office."""
    if draft.determiner != "the":
        return draft
    words = _spelt(seen.story.text(draft.sentence, draft.first, draft.last).lower().split())
    people = (d for d in reversed(seen.drafts) if d.kind == "person" and d.form == "name")
    nation = _nation(seen.story, seen.story.word(draft.sentence, draft.first - 1))
    holder = next((d for d in people if words <= _office(seen.story, d) and _serves(seen.story, d, nation)), None)
    return replace(draft, name=holder.name) if holder else draft


def _nation(story: Story, word: str) -> str:
    """Return the country that a word names or tells of, "" where it is none."""
    actor = story.kit.actors.find(word) if word[:1].isupper() else None
    country = actor.name if actor and actor.category == "government" else ""
    return story.lists.demonyms.get(word, country)


def _serves(story: Story, draft: Draft, nation: str) -> bool:
    """Tell whether an officer may be of a country: no other is named beside him."""
    near = range(draft.first - _NEAR_OFFICE, draft.last + 1 + _NEAR_OFFICE)
    named = {found for i in near if (found := _nation(story, story.word(draft.sentence, i)))}
    return not nation or not named or nation in named


def _spelt(words: Iterable[str]) -> frozenset[str]:
    spellings = table("titles")["spellings"]
    return frozenset(spellings.get(word, word) for word in words)


def _office(story: Story, draft: Draft) -> frozenset[str]:
    """Return the words of office beside a name: "the secretary of state, A. Tell", "A. Tell, the defence secretary"."""
    index, before, after = draft.sentence, draft.first - 1, draft.last + 1
    words = [word for title in draft.modifiers for word in title.split()]
    before -= story.word(index, before) == ","
    while _is_of_office(story, index, before):
        words.append(story.low(index, before))
        before -= 1
    if story.word(index, after) == ",":
        after += 1
        while story.low(index, after) in {"the", "a", "an"} or story.word(index, after)[:1].isupper():
            after += 1
        while _is_of_office(story, index, after):
            words.append(story.low(index, after))
            after += 1
    return _spelt(words)


def _is_of_office(story: Story, index: int, i: int) -> bool:
    """Tell whether a token belongs to the words for an office: "secretary of state", "deputy foreign minister"."""
    word = story.low(index, i)
    of = word == "of" and story.low(index, i + 1) in story.lists.of_office
    lists = story.lists
    return of or word in lists.roles or word in lists.titles or word in lists.role_modifiers


def _town_behind(story: Story, draft: Draft, all_drafts: list[Draft]) -> str | None:
    """Return the town that stands right behind a building, "the main hospital in Ardun", `None` where none does."""
    index, at = draft.sentence, draft.last + 1
    if story.low(index, at) not in {"in", "of", "at"}:
        return None
    places = (
        d for d in all_drafts if d.kind == "place" and d.form == "name" and (d.sentence, d.first) == (index, at + 1)
    )
    return next((d.name for d in places), None)


def _building(draft: Draft, all_drafts: list[Draft], seen: Seen) -> Draft:
    """Return "the hospital" as that of the town behind it, else as one that the dispatch names, one before it first."""
    town = _town_behind(seen.story, draft, all_drafts)
    if town:
        return replace(draft, name=f"{draft.name} in {town}")
    if draft.determiner not in {"the", "'s"} or set(draft.modifiers) - meant("of_a_town"):
        return draft
    named = [
        d for d in all_drafts if d.kind == "facility" and d.form == "name" and d.name.lower().split()[-1] == draft.head
    ]
    before = [d for d in named if d.where < draft.where]
    if draft.modifiers and not before:
        return draft
    if before or named:
        return replace(draft, name=(before[-1] if before else named[0]).name)
    described = [d for d in seen.drafts if d.kind == "facility" and d.head == draft.head and d.modifiers]
    return replace(draft, name=described[-1].name) if described and not draft.modifiers else draft
