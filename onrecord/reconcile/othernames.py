"""Other names that dispatches give in passing: "Karsan Defence Front (KDF)", "Karim Dasho, known as Abu Layth"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from onrecord.lexicon.folding import fold
from onrecord.reconcile.sightings import Sighting, plain_name

_STEM = 4  # letters that "tribal" and "tribes" share


def other_names(
    sort: str,
    owners: Mapping[tuple[str, str], Mapping[str, str]],
    called: Mapping[tuple[str, str], Iterable[str]],
    find: Callable[[str], str],
) -> Iterator[tuple[str, str]]:
    """Yield each key that is only a name with the key of the one body or person of whom a dispatch says that name.

    A reader gives each mention the name by which its dispatch calls it in full; where the words are another name, that
    holds for dispatches which use those words alone. `owners` gives, by sort and words, the folded full name of each
    key for which they are used; `called` the keys of each sort and name; `find` brings keys of one name together so
    far. Words that two are called by tell nothing, unless the two are the same words in another order: "Eastern Tribal
    Council", "Council of Eastern Tribes".
    """
    for name in sorted(n for n in owners if n[0] == sort):
        held: dict[str, str] = {}
        for key, folded in sorted(owners[name].items()):
            held[find(key)] = folded
        owner, *others = sorted(held)
        if all(_reordered(held[owner], held[other]) for other in others):
            own = {home for key in called.get(name, ()) if (home := find(key)).partition("@")[0] == ":".join(name)}
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


def other_words(sighting: Sighting, text: str) -> set[str]:
    """Return the other names that the mentions of a sighting use in its dispatch's text, folded.

    Parts of the full name (a surname, "the council") are no other name.
    """
    if not sighting.named or sighting.sort == "place":
        return set()
    named = {fold(plain_name(m.span.of(text), sighting.sort)) for m in sighting.mentions if m.form == "name"}
    full = set(sighting.folded.split())
    return {words for words in named if words and full.isdisjoint(words.split())}
