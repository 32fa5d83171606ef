"""Signs that a name is a place: it is well known, in a list of places, before its region, after "the town of"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from onrecord.extract.mentions.drafts import POSSESSIVE_MARKS, Story
from onrecord.extract.mentions.runs import Run, capital
from onrecord.lexicon.folding import fold
from onrecord.lexicon.gazetteer import Place
from onrecord.lexicon.lexicon import table

_CITY = 200_000  # people; a name that large a town bears is rarely a person's last name alone
_METROPOLIS = 500_000  # likewise at the front of a sentence, where any word has a capital
_SHORT = 5  # letters at most of a region's abbreviation: "Ky", "Calif"
_LONGEST = 4  # words of a region's name: "Newfoundland and Labrador" is three
_LINKS = frozenset({",", "and", "or", "&", ";", "/"})
_PASSES = 12  # over a list of places, each of which vouches for the next; the longest of a dispatch has some thirty
_NUMBER_OF = 3  # tokens of "49, of": an age, before the town that a person comes from


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(table("placewords")[kind])


def is_place_word(word: str) -> bool:
    """Tell whether a small word closes the name of a place: "Ardun area", "Ardun village", "Ardun dam"."""
    return any(word in _words(kind) for kind in ("near", "town", "facility", "admin1", "admin2"))


def _first(story: Story, name: str) -> Place | None:
    return next(iter(story.kit.gazetteer.commonly(name)), None)


def is_region(story: Story, name: str) -> bool:
    """Tell whether a country or a first-level division goes by this name: "Iraq", "Kentucky", "Ky"."""
    return any(place.kind in {"country", "admin1"} for place in story.kit.gazetteer.commonly(name))


def is_abbreviation(story: Story, name: str) -> bool:
    """Tell whether a name is short for a region's, and a word by itself: "Ky", "Miss", but not "NSW" or "Ohio"."""
    best = _first(story, name)
    return best is not None and len(name) <= _SHORT and not name.isupper() and fold(best.name) != fold(name)


def well_known(story: Story, name: str, *, opens: bool = False) -> bool:
    """Tell whether a name is that of a country, a large division or a large town; a larger one where it `opens`."""
    best = _first(story, name)
    if best is None or len(name) < 3 or is_abbreviation(story, name) or name.lower() in _words("parts"):
        return False
    least = _METROPOLIS if opens else _CITY
    if best.kind == "country" or (best.kind == "admin1" and (not best.population or best.population >= least)):
        return True
    return best.kind == "town" and best.population >= least


def before_region(story: Story, run: Run) -> bool:
    """Tell whether a comma and the name of a country or a division follow: "Belis, Karsan", "Columbia, Ky."."""
    index, at = run.sentence, run.last + 1
    if story.word(index, at) != ",":
        return False
    for last in range(at + _LONGEST, at, -1):
        words = [story.word(index, i) for i in range(at + 1, last + 1)]
        if words and all(map(capital, words)) and is_region(story, story.text(index, at + 1, last)):
            after = story.word(index, last + 1)
            return not capital(after) and after not in POSSESSIVE_MARKS
    return False


def is_region_code(story: Story, run: Run, name: str) -> bool:
    """Tell whether a division stands behind a comma and a name: ", Ky." of "Columbia, Ky."."""
    index = run.sentence
    if story.word(index, run.first - 1) != "," or not capital(story.word(index, run.first - 2)):
        return False
    return any(place.kind == "admin1" for place in story.kit.gazetteer.commonly(name))


def after_settlement(story: Story, run: Run) -> bool:
    """Tell whether "the town of" stands before a name, or "49, of" as where a person comes from."""
    index, of = run.sentence, run.first - 1
    if story.low(index, of) != "of":
        return False
    age = story.word(index, of - 1) == "," and story.word(index, of - _NUMBER_OF + 1).isdigit()
    return age or story.low(index, of - 1) in _words("settlements")


def ails(story: Story, run: Run) -> bool:
    """Tell whether a name is that of a disease, by the word after it: "West Nile virus"."""
    return story.low(run.sentence, run.last + 1) in _words("ailments")


def beside_places(story: Story, runs: Iterable[Run], places: set[str], barred: set[str]) -> set[str]:
    """Return the names that the gazetteer knows and that stand in lists with places: "Ohio, Utah and Idaho".

    `places` are names sure to be places, `barred` those of persons.
    """
    ends = {(run.sentence, run.last): run for run in runs}
    starts = {(run.sentence, run.first): run for run in runs}
    found: set[str] = set()
    free = [run for run in runs if not run.titled and _name(story, run) not in barred]
    rest = [run for run in free if story.kit.gazetteer.known(_name(story, run))]
    for _ in range(_PASSES):
        sure = places | found
        new = {_name(story, run) for run in rest if _vouched(story, run, (ends, starts), sure)} - sure
        if not new:
            break
        found |= new
    return found


def _name(story: Story, run: Run) -> str:
    return story.text(run.sentence, run.first, run.last)


_Ends = Mapping[tuple[int, int], Run]


def _vouched(story: Story, run: Run, beside: tuple[_Ends, _Ends], sure: set[str]) -> bool:
    """Tell whether a neighbour in a list is a place; a comma alone lists only where the list goes on."""
    index = run.sentence
    left, right = _reach(story, index, run.first, -1), _reach(story, index, run.last, 1)
    if (left and _is_sure(story, beside[0].get((index, left)), (index, left), sure)) and (
        right or story.low(index, run.first - 1) != ","
    ):
        return True
    return bool(right and _is_sure(story, beside[1].get((index, right)), (index, right), sure)) and (
        bool(left) or story.low(index, run.last + 1) != ","
    )


def _reach(story: Story, index: int, token: int, step: int) -> int:
    """Return the token on the other side of what links the members of a list, or 0 where nothing links."""
    at = token + step
    while story.low(index, at) in _LINKS and abs(at - token) <= 2:
        at += step
    return at if abs(at - token) > 1 and at > 0 and capital(story.word(index, at)) else 0


def _is_sure(story: Story, run: Run | None, where: tuple[int, int], sure: set[str]) -> bool:
    if run is None:
        return story.word(*where) in story.lists.countries
    return _name(story, run) in sure or well_known(story, _name(story, run))
