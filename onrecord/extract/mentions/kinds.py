"""What a run of capitals names: a person, a body, a force, a place or a building, by its words and those beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.extract.mentions.drafts import INDEFINITE, POSSESSIVE_MARKS, Story
from onrecord.extract.mentions.runs import Run, body, capital, closes_no_name
from onrecord.extract.mentions.whereabouts import (
    after_settlement,
    ails,
    before_region,
    beside_places,
    is_place_word,
    is_region_code,
    well_known,
)
from onrecord.model.vocabulary import EntityKind

_ACRONYM = re.compile(r"[A-Z][A-Z0-9&/-]{1,9}$")
_MARKS = re.compile(r"[-‑’'.]")
# In these countries a known name needs no word beside it to be a place; elsewhere too many towns are people's names.
_HOME = frozenset({"SY", "IQ", "TR", "LB", "JO"})
_PARTY = frozenset({"by", "with", "between", "against", "for"})
_BEFORE_LISTS = frozenset({"in", "from", "near", "through", "across", "into", "throughout"})
_LONGEST_TOWN = 3  # words
_CHAIN = 8  # words from "near" to the country: "near Ardun or Belis al-Gharbi, Syria"
_CLOSERS = frozenset({",", ".", ":", ";", ")"})
_CITY = 200_000  # people; a name that large a town bears is rarely a person's last name alone


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the dispatch as a whole says of its names: names and last words of persons, and names used as places."""

    people: frozenset[str]
    places: frozenset[str]
    firsts: frozenset[str] = frozenset()  # first words of persons' names


def evidence_of(story: Story, runs: list[Run]) -> Evidence:
    """Return what is sure of the names in a dispatch, so that it holds where nothing stands beside them."""
    people: set[str] = set()
    places: set[str] = set()
    likely: set[str] = set()
    lasts = {story.word(run.sentence, run.last) for run in runs if run.first < run.last}
    for run in runs:
        name = story.text(run.sentence, run.first, run.last)
        last = bare(story.word(run.sentence, run.last))
        somewhere = used_as_place(story, run) and bool(story.kit.gazetteer.lookup(name))  # "elders from Ardun said"
        somewhere = somewhere or (name not in lasts and _reports(story, run, name))
        speaks = story.speaks(run.sentence, run.first, run.last) and not somewhere
        if run.dateline or (_is_beside_region(story, run) and not run.titled):
            places.add(name.title() if run.dateline else name)
        elif run.titled or speaks or (_described(story, run) and not somewhere):
            people |= {name, last}
        elif run.last > run.first and _unknown_person(story, run, name):
            likely.add(last)
        elif used_as_place(story, run) and not _ACRONYM.match(name) and story.kit.gazetteer.lookup(name):
            places.add(name)
    places -= {name for name in likely & places if not _is_mostly_place(story, runs, name)}
    people -= {name for name in people & places if name not in lasts and _is_rather_place(story, runs, name)}
    places |= beside_places(story, runs, places, people | likely)
    several = (r for r in runs if r.first < r.last and bare(story.word(r.sentence, r.last)) in people | likely)
    firsts = {story.word(r.sentence, r.first) for r in several}
    places -= {name for name in firsts if not any(_is_firmly_place(story, run, name) for run in runs)}
    return Evidence(frozenset(people | (likely - places)), frozenset(places - people), frozenset(firsts - places))


def _reports(story: Story, run: Run, name: str) -> bool:
    """Tell whether a well-known place is named, "Hong Kong reported", and not a person who only says: "Bali said"."""
    says = story.low(run.sentence, run.last + 1) in story.lists.people_say
    return well_known(story, name) and not run.titled and not says


def _is_mostly_place(story: Story, runs: list[Run], name: str) -> bool:
    """Tell whether a name stands alone where a place does oftener than not: no "away from Haddad", once."""
    alone = [run for run in runs if story.text(run.sentence, run.first, run.last) == name]
    placed = sum(used_as_place(story, run) for run in alone)
    return placed > 1 and 2 * placed > len(alone)


def _is_rather_place(story: Story, runs: list[Run], name: str) -> bool:
    """Tell whether a known name stands oftener where a place does than where it speaks: "those in Ardun said"."""
    alone = [run for run in runs if story.text(run.sentence, run.first, run.last) == name and not run.titled]
    placed = sum(used_as_place(story, run) for run in alone)
    return placed > 1 and placed > sum(story.speaks(run.sentence, run.first, run.last) for run in alone)


def _is_firmly_place(story: Story, run: Run, name: str) -> bool:
    """Tell whether a run of this name stands where a place does, and owns nothing: no "from Georgia's hard work"."""
    if story.text(run.sentence, run.first, run.last) != name or not used_as_place(story, run):
        return False
    return story.word(run.sentence, run.last + 1) not in POSSESSIVE_MARKS


def _is_beside_region(story: Story, run: Run) -> bool:
    """Tell whether a name stands before its region ("Columbia, Ky.") and is known, or none that a person may bear."""
    name = story.text(run.sentence, run.first, run.last)
    return before_region(story, run) and (run.first == run.last or story.kit.gazetteer.known(name))


def bare(word: str) -> str:
    """Return a last name without its article: "al-Assad" is "Assad"."""
    return word[3:] if word[:3].lower() in {"al-", "el-"} else word


def _unknown_person(story: Story, run: Run, name: str) -> bool:
    words = name.lower().split()
    return not (_by_head(story, run, words) or story.kit.gazetteer.known(name) or used_as_place(story, run)) and (
        _looks_like_a_person(story, run)
    )


def kind_of(story: Story, run: Run, evidence: Evidence) -> EntityKind | None:
    """Return the kind of a name by its head noun, then by what stands beside it, then by the gazetteer.

    A one-word name without any sign is given as a person, to be kept only where a full name explains it.
    """
    name = story.text(run.sentence, run.first, run.last)
    words = name.lower().split()
    if name in story.lists.demonyms or closes_no_name(story, run, run.last) or ails(story, run):
        return None
    if len(name) == 1 or story.word(run.sentence, run.last + 1) in {"$", "£"}:  # "cases of A(H1N1)", "US$ 5 million"
        return None
    if run.dateline:
        return "place"
    if not run.titled:
        after = noun_after(story, run.sentence, run.first, run.last)
        kind = _by_head(story, run, words) or (after[0] if after else None)
        if kind:
            return kind
    return _one(story, run, name, evidence) if run.first == run.last else _several(story, run, name, evidence)


def _several(story: Story, run: Run, name: str, evidence: Evidence) -> EntityKind | None:
    """Return the kind of a name of several words."""
    if run.titled:
        return "person"
    if name in evidence.places or (well_known(story, name) and name not in evidence.people):
        return "place"
    if name in evidence.people or bare(story.word(run.sentence, run.last)) in evidence.people:
        return "person"
    if story.kit.gazetteer.known(name) or _in_a_place(story, run):
        return "place"
    return "person" if _looks_like_a_person(story, run) else None


def _one(story: Story, run: Run, name: str, evidence: Evidence) -> EntityKind | None:
    """Return the kind of a one-word name."""
    place = used_as_place(story, run)
    if name in story.lists.metonyms and (place or not _acts(story, run)):
        return "place"
    if name in story.lists.metonyms:
        return "organisation"
    if name[-1] == "s" and name[:-1] in story.lists.demonyms:
        return "population"
    if name in story.lists.countries and not run.titled and name not in evidence.firsts:
        return "place" if is_land(story, run) or not _acts(story, run) else "organisation"
    if name in evidence.places or (place and _may_be_place(story, run, name) and name not in evidence.people):
        return "place"
    if is_region_code(story, run, name) or (after_settlement(story, run) and name not in evidence.people):
        return "place"
    if _ACRONYM.match(name) and not run.titled and not well_known(story, name):
        spoken = story.speaks(run.sentence, run.first, run.last)
        before = story.low(run.sentence, run.first - 1)
        return "organisation" if spoken or before in {"the", "("} | story.lists.before_bodies else None
    if run.titled or bare(name) in evidence.people or name in evidence.firsts:
        return "person"
    return _alone(story, run, name)


def _alone(story: Story, run: Run, name: str) -> EntityKind | None:
    """Return the kind of a word with no sign beside it, by how well it is known as a place."""
    gazetteer = story.kit.gazetteer
    if name.lower() in story.lists.directions:  # "a North Korean-style parade"
        return None
    if gazetteer.known(name) and not run.opens and len(name) > 2:
        best = gazetteer.lookup(name)[0]
        return "place" if best.country in _HOME or best.population > _CITY or well_known(story, name) else None
    if run.opens and (_opens_as_place(story, run, name) or _opens_well_known(story, name)):
        return "place"
    return "person"


def _may_be_place(story: Story, run: Run, name: str) -> bool:
    """Tell whether a word that stands where a place may is known as one: no "the Games", no "according to FAO"."""
    index, gazetteer = run.sentence, story.kit.gazetteer
    before = story.low(index, run.first - 1)
    if _ACRONYM.match(name):
        return bool(gazetteer.commonly(name))
    ends = story.low(index, run.last + 1)
    if before == "the" and (not ends.isalpha() or ends in story.lists.after_head):
        return any(place.kind != "town" for place in gazetteer.commonly(name))
    return gazetteer.known(name)


def _opens_well_known(story: Story, name: str) -> bool:
    """Tell whether a word that opens a sentence is a place that everybody knows: "Queensland reports two cases"."""
    if name.lower() in story.lists.openers or not well_known(story, name, opens=True):
        return False
    return not re.search(rf"\b{re.escape(name)} [A-Z]", story.dispatch.text)


def _opens_as_place(story: Story, run: Run, name: str) -> bool:
    """Tell whether a word that opens a sentence is a town at war: "Raqqa falls", "Manbij is held by".

    Any word has a capital there, so that only common names of places in the countries at war count, before a verb.
    """
    common = story.kit.gazetteer.commonly(name)
    after = story.low(run.sentence, run.last + 1)
    verb = after in story.lists.verbs or after in POSSESSIVE_MARKS or after.endswith(("ed", "s"))
    someone = re.search(rf"\b{re.escape(name)} [A-Z]", story.dispatch.text)  # "Anna was": elsewhere "Anna Campbell"
    return bool(common) and len(name) > 3 and common[0].country in _HOME and verb and not someone


def _acts(story: Story, run: Run) -> bool:
    """Tell whether a verb may follow the name, or a word before it makes it a party: "by", "between", "accused"."""
    after = story.low(run.sentence, run.last + 1)
    if (run.opens and after) or story.low(run.sentence, run.first - 1) in _PARTY | story.lists.party:
        return True
    return (
        after in story.lists.verbs or after in story.lists.speech or after in POSSESSIVE_MARKS or after.endswith("ed")
    )


def _by_head(story: Story, run: Run, words: list[str]) -> EntityKind | None:
    if len(words) == 1:
        return None
    if words[-1] in story.lists.facility:
        return "facility"
    if words[-1] in story.lists.place:
        return "place"
    named = body(story, run)  # "Lake Ardun Basin Commission"
    if named:
        return named
    if words[0] in story.lists.facility_before:
        return "facility"
    return "place" if words[0] in story.lists.place_before else None


def noun_after(story: Story, index: int, first: int, last: int) -> tuple[EntityKind, int] | None:
    """Return the kind and the last token of a name that a small noun completes: "Manbij district", "Tabqa dam".

    "The Damascus neighbourhood of Barzeh" is Barzeh, "the Mashlab neighbourhood of Raqqa" is Mashlab.
    """
    found: tuple[EntityKind, int] | None = None
    for at in range(last + 1, last + 5):
        word = story.word(index, at)
        if story.word(index, at + 1) == "of" and (found or well_known(story, story.text(index, first, last))):
            break
        if word in story.lists.place - story.lists.no_place_after:
            found = ("place", at)
        elif word in story.lists.facility:
            found = ("facility", at)
        elif word not in story.lists.between:
            break
    return found


def used_as_place(story: Story, run: Run) -> bool:
    """Tell whether the words before a run make it a place: "in", "northern", "the town of", or a list of places."""
    index, first = run.sentence, run.first
    if story.low(index, first - 1) == "the":
        first -= 1
    before, further = story.low(index, first - 1), story.low(index, first - 2)
    if before in story.lists.prepositions or before in story.lists.directions:
        return True
    if before == "of" and further in story.lists.place_of:
        return True
    if further in POSSESSIVE_MARKS or before in POSSESSIVE_MARKS:  # "Syria's Raqqa"
        return story.word(index, first - 2) in story.lists.countries
    if before in {"and", ",", "or"} and capital(story.word(index, first - 2)):
        return any(story.low(index, i) in _BEFORE_LISTS for i in range(max(0, first - 6), first - 2))
    return False


def _in_a_place(story: Story, run: Run) -> bool:
    """Tell whether an unknown name of several words stands where only a place can."""
    before, further = story.low(run.sentence, run.first - 1), story.low(run.sentence, run.first - 2)
    return before in {"in", "near"} or (before == "of" and further in story.lists.place_of)


def is_land(story: Story, run: Run) -> bool:
    """Tell whether a country's name means the land, not the state: "in Turkey", "Turkey's border"."""
    index, after = run.sentence, run.last + 1
    if used_as_place(story, run) or story.low(index, run.first - 1) == "on" or _closes_place(story, run):
        return True
    if story.word(index, after) in POSSESSIVE_MARKS:
        after += 1
    return story.low(index, after) in story.lists.place_after or story.low(index, after) in story.lists.place


def _closes_place(story: Story, run: Run) -> bool:
    """Tell whether a country closes the name of a place in it: "Ardun oil field, Syria." and "Ardun, Syria, via"."""
    index, before = run.sentence, run.first - 2
    if story.word(index, run.first - 1) != "," or story.word(index, run.last + 1) not in {"", *_CLOSERS}:
        return False
    small = story.low(index, before)
    if is_place_word(small) or small in story.lists.facility or small in story.lists.place or small == ")":
        return True
    names = [story.text(index, before - back, before) for back in range(_LONGEST_TOWN) if back <= before]
    if not capital(story.word(index, before)) or names[0] in story.lists.countries:
        return False
    governed = any(story.low(index, i) in _BEFORE_LISTS for i in range(max(0, before - _CHAIN), before))
    return governed or any(story.kit.gazetteer.known(name) for name in names)


def _described(story: Story, run: Run) -> bool:
    """Tell whether what follows a run describes a person: an age, "who", or a role between commas."""
    index, at = run.sentence, run.last + 1
    if used_as_place(story, run):
        return False
    if story.word(index, at) == "who":
        return run.last > run.first
    if story.word(index, at) != ",":
        return False
    following = [story.low(index, at + i) for i in range(1, 7)]
    if following[0].isdigit() and len(following[0]) == 2:
        return True
    if following[0] in INDEFINITE | {"the", "who", "whose"} or following[0] in story.lists.roles:
        phrase = following[: following.index(",")] if "," in following else following
        return following[0] == "whose" or any(word in story.lists.roles for word in phrase)
    return False


def _looks_like_a_person(story: Story, run: Run) -> bool:
    """Tell whether two to five words without another sign may be a person: no people's adjective, no acronym."""
    texts = [story.word(run.sentence, i) for i in range(run.first, run.last + 1)]
    if (
        texts[0].lower() in story.lists.undertakings
        or not 2 <= len(texts) <= 5
        or story.low(run.sentence, run.first - 1) in {"the", *INDEFINITE}
    ):
        return False
    lists = story.lists
    return not any(
        t in lists.demonyms
        or t in lists.countries
        or _ACRONYM.match(t)
        or not _MARKS.sub("", t).isalpha()
        or t.lower() in lists.openers
        or t.lower() in lists.roles
        for t in texts
    )
