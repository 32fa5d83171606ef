"""Other names that dispatches give in passing: "Karsan Defence Front (KDF)", "Karim Dasho, known as Abu Layth"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from onrecord.lexicon.folding import fold
from onrecord.model.records import Dispatch
from onrecord.reconcile.sightings import Sighting, plain_name

_STEM = 4  # letters that "tribal" and "tribes" share


def other_names(
    seen: Iterable[Sighting], key_of: Mapping[str, str], dispatches: Mapping[str, Dispatch]
) -> Iterator[tuple[str, str]]:
    """Yield each key that is only a name with the key of the one body or person of whom a dispatch says that name.

    A reader gives each mention the name by which its dispatch calls it in full; where the words are another name, that
    holds for dispatches which use those words alone. `key_of` gives the key of each sighting, spellings of one name
    joined. Parts of the full name (a surname, "the council") are no other name, and words that two are called by tell
    nothing, unless the two are the same words in another order: "Eastern Tribal Council", "Council of Eastern Tribes".
    """
    listed = [s for s in seen if s.named and s.sort != "place"]
    alone: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    owners: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for sighting in listed:
        alone[sighting.sort, sighting.folded].add(key_of[sighting.id])
        for words in _words(sighting, dispatches):
            owners[sighting.sort, words][key_of[sighting.id]] = sighting.folded
    for name in sorted(owners):
        owner, *others = sorted(owners[name])
        if all(_reordered(owners[name][owner], owners[name][other]) for other in others):
            own = {key for key in alone.get(name, ()) if key.partition("@")[0] == ":".join(name)}
            yield from ((owner, key) for key in sorted({*others, *own} - {owner}))


def reordered_names(named: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the keys of bodies, of those with a name of three words or more, that are the same words in another order.

    `named` gives the folded name of each key that no table holds.
    """
    first: dict[frozenset[str], str] = {}
    for key, folded in sorted(named.items()):
        stems = _stems(folded)
        if key.startswith("body:") and len(stems) >= 3:
            home = first.setdefault(stems, key)
            if home != key:
                yield home, key


def _stems(name: str) -> frozenset[str]:
    return frozenset(w[:_STEM] for w in name.split() if len(w) >= _STEM)


def _reordered(one: str, other: str) -> bool:
    """Tell whether two names are made of words with the same openings, in any order, small words left out."""
    return _stems(one) == _stems(other) and len(_stems(one)) > 1


def _words(sighting: Sighting, dispatches: Mapping[str, Dispatch]) -> set[str]:
    """Return the other names that the mentions of a sighting use, folded."""
    text = dispatches[sighting.dispatch].text
    named = {fold(plain_name(m.span.of(text), sighting.sort)) for m in sighting.mentions if m.form == "name"}
    full = set(sighting.folded.split())
    return {words for words in named if words and full.isdisjoint(words.split())}
