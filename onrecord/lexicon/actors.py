"""Armed groups, forces, governments, monitors, agencies and bodies, by all the names they are written under."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from onrecord.lexicon.folding import fold
from onrecord.lexicon.lexicon import table
from onrecord.lexicon.words import Token, acronyms_fit, cased_so, joined, key_of, tail, tokens_of
from onrecord.model.errors import DataError
from onrecord.model.vocabulary import ENTITY_KINDS, EntityKind

# What the entries of a section are unless they say otherwise.
CATEGORIES: Final[Mapping[str, EntityKind]] = {
    "state_force": "group",
    "government": "organisation",
    "rebel": "group",
    "jihadist": "group",
    "militia": "group",
    "external_force": "group",
    "coalition": "group",
    "monitor": "organisation",
    "agency": "organisation",
    "press": "organisation",
    "igo": "organisation",
    "ngo": "organisation",
    "civil_body": "organisation",
    "population": "population",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor of `data/actors.toml`.

    `category` is one of: state_force, government, rebel, jihadist, militia, external_force, coalition, monitor,
    agency (a news agency), press, igo, ngo, civil_body, population. `parent` is another actor's name ("YPG" within the
    SDF). `start` and `end` are the years in which it existed under this name, where known. `nicknames` are short forms
    that mean this actor only where the dispatch has named it ("the coalition"); no search here matches them.
    """

    name: str
    kind: EntityKind
    category: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    country: str | None = None
    start: int | None = None
    end: int | None = None
    nicknames: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The name and all aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One spelling of an actor's name: its words as written, for the checks of case, and whose name it is."""

    words: tuple[str, ...]
    actor: Actor


@dataclass(frozen=True, slots=True)
class Actors:
    """All actors by name, and the search for them in a text."""

    by_name: dict[str, Actor] = field(default_factory=dict)
    ambiguous: frozenset[str] = frozenset()
    _keys: dict[str, tuple[_Entry, ...]] = field(default_factory=dict, repr=False)
    _openings: dict[str, int] = field(default_factory=dict, repr=False)
    _nicknamed: dict[str, tuple[Actor, ...]] = field(default_factory=dict, repr=False)

    def find(self, name: str) -> Actor | None:
        """Return the actor that goes by this name, or `None` where there is none or more than one.

        Letters are compared folded, so that case, accents and hyphens do not count; but an alias in capitals ("IS",
        "SDF") wants capitals. A closing "group", "militia", "movement", "fighters" or "militants" may be missing
        from the table.
        """
        bare = _bare(name.strip())
        return self._exactly(name) or self._exactly(bare) or self._exactly(tail().sub("", bare))

    def _exactly(self, name: str) -> Actor | None:
        tokens = tokens_of(name)
        found = {e.actor.name: e.actor for e in self._keys.get(key_of(tokens), ()) if acronyms_fit(e.words, tokens)}
        return next(iter(found.values())) if len(found) == 1 else None

    def in_text(self, text: str) -> tuple[tuple[int, int, Actor], ...]:
        """Return (start, end, actor) for each name of an actor in the text, in order and without overlaps.

        Offsets are code points; a possessive "'s" stays outside. The longest name wins. A name written with a capital
        in the table needs one in the text; ambiguous names are passed over.
        """
        tokens = tokens_of(text)
        found: list[tuple[int, int, Actor]] = []
        at = 0
        while at < len(tokens):
            match = self._longest(text, tokens, at)
            if match and tokens[at].key == "the" and at + 1 < len(tokens):
                inner = self._longest(text, tokens, at + 1)  # not "The Independent" of "the Independent Commission"
                match = None if inner and inner[0] >= match[0] else match
            if match and match[0] > 1 and match[1] and match[1].kind == "population":
                inner = self._longest(text, tokens, at + 1)  # not the people of "Kurdish People's Protection Units"
                match = None if inner and inner[0] >= match[0] else match
            if match is None:
                at += 1
                continue
            count, actor = match
            if actor is not None:
                # The article that "The Times" wants in front is no part of the mention.
                first = tokens[at + 1] if tokens[at].key == "the" and count > 1 else tokens[at]
                end = tokens[at + count - 1].end
                closes = text[end : end + 1] == ")" and "(" in text[first.start : end]
                found.append((first.start, end + closes, actor))
            at += count
        return tuple(found)

    def _longest(self, text: str, tokens: list[Token], at: int) -> tuple[int, Actor | None] | None:
        """Return how many words the longest name that opens here has, and whose it is (`None` where ambiguous)."""
        reach = min(self._openings.get(tokens[at].key, 0), len(tokens) - at)
        for count in range(reach, 0, -1):
            run = tokens[at : at + count]
            entries = self._keys.get(key_of(run))
            if entries is None or not joined(text, run):
                continue
            fitting = {e.actor.name: e.actor for e in entries if cased_so(e.words, text, run)}
            if fitting:
                return count, next(iter(fitting.values())) if len(fitting) == 1 else None
        return None

    def with_nickname(self, words: str) -> tuple[Actor, ...]:
        """Return the actors that this short form may mean ("the coalition"), by name; the reader decides which."""
        return self._nicknamed.get(fold(words), ())

    def within(self, name: str) -> tuple[Actor, ...]:
        """Return the actors that this one belongs to, nearest first: for "YPJ" the YPG's parent and so on."""
        chain: list[Actor] = []
        actor = self.by_name.get(name)
        while actor is not None and actor.parent is not None and len(chain) < len(self.by_name):
            actor = self.by_name[actor.parent]
            chain.append(actor)
        return tuple(chain)


def load(extra: Iterable[Path] = (), own: Iterable[Actor] = ()) -> Actors:
    """Return the actors of `data/actors.toml`, those of files of the same form, and `own`; later ones win.

    An own actor with the name of one that ships keeps that one's names and gains its own. Without either the table is
    read once. Raises DataError that names the file and the entry.
    """
    paths, added = tuple(extra), tuple(own)
    if not paths and not added:
        return _shipped()
    mine = [_File("your own actors", tuple(_with_ours(added, _shipped())), frozenset())] if added else []
    return _assemble([_ours(), *map(_users, paths), *mine])


def _with_ours(own: tuple[Actor, ...], shipped: Actors) -> Iterator[Actor]:
    """Yield the user's actors, each with what ours of the same name has and no actor of the user's claims."""
    claimed = {key for actor in own for key, _ in _spellings(actor)}
    for actor in own:
        ours = shipped.by_name.get(actor.name)
        if ours is None:
            yield actor
            continue
        free = [alias for alias in ours.aliases if key_of(tokens_of(alias)) not in claimed]
        yield replace(
            actor,
            aliases=(*actor.aliases, *free),
            nicknames=ours.nicknames,
            country=ours.country,
            parent=actor.parent or ours.parent,
        )


def changed_names(before: Actors, after: Actors) -> frozenset[str]:
    """Return the keys of all names of actors that differ between two tables, or that belong to one that does.

    A text that holds none of them (`holds_any`) is read the same with both.
    """
    differ = {n for n in before.by_name.keys() | after.by_name.keys() if before.by_name.get(n) != after.by_name.get(n)}
    touched = [
        actor
        for table_ in (before, after)
        for actor in table_.by_name.values()
        if actor.name in differ or any(outer.name in differ for outer in table_.within(actor.name))
    ]
    names = (name for actor in touched for name in (*actor.names, *actor.nicknames))
    return frozenset(key for key in (key_of(tokens_of(name)) for name in names) if key)


def holds_any(text: str, keys: frozenset[str]) -> bool:
    """Tell whether a text holds any of these keys of names, whatever its capitals."""
    words = f" {key_of(tokens_of(text))} "
    return any(f" {key} " in words for key in keys)


@cache
def _shipped() -> Actors:
    return _assemble([_ours()])


@dataclass(frozen=True, slots=True)
class _File:
    where: str
    actors: tuple[Actor, ...]
    ambiguous: frozenset[str]


def _ours() -> _File:
    return _parse("lexicon/data/actors.toml", table("actors"))


def _users(path: Path) -> _File:
    try:
        return _parse(str(path), tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}; give the path of a TOML file of actors") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path} is not valid TOML: {error}; mend that line") from None


def _parse(where: str, data: Mapping[str, Any]) -> _File:
    actors: list[Actor] = []
    for category, section in data.items():
        if category == "ambiguous":
            continue
        if category not in CATEGORIES:
            raise DataError(f"{where}: there is no category {category!r}; use one of {', '.join(CATEGORIES)}")
        actors += [_actor(where, category, name, entry) for name, entry in section.items()]
    return _File(where, tuple(actors), frozenset(fold(name) for name in data.get("ambiguous", ())))


_TEXTS = ("parent", "country", "kind")
_LISTS = ("aliases", "nicknames")
_YEARS = ("start", "end")


def _actor(where: str, category: str, name: str, entry: object) -> Actor:
    at = f"{where}: [{category}] {name!r}"
    if not isinstance(entry, dict):
        raise DataError(f"{at}: write it as {{ aliases = [...], country = ... }}")
    if unknown := sorted(set(entry) - {*_TEXTS, *_LISTS, *_YEARS}):
        raise DataError(f"{at}: unknown field {unknown[0]!r}; fields are {', '.join((*_LISTS, *_TEXTS, *_YEARS))}")
    for key, value in entry.items():
        _check(at, key, value)
    fields: dict[str, Any] = {k: tuple(v) if k in _LISTS else v for k, v in entry.items()}
    return Actor(**{"name": name, "kind": CATEGORIES[category], "category": category, **fields})


def _check(at: str, key: str, value: object) -> None:
    if key in _LISTS and not (isinstance(value, list) and all(isinstance(v, str) and fold(v) for v in value)):
        raise DataError(f"{at}: {key} is a list of names in quotes, each with a letter")
    if key in _TEXTS and not isinstance(value, str):
        raise DataError(f"{at}: {key} is a word in quotes")
    if key in _YEARS and not (isinstance(value, int) and 1600 <= value <= 2100):
        raise DataError(f"{at}: {key} is a year such as 2014, without quotes")
    if key == "kind" and value not in ENTITY_KINDS:
        raise DataError(f"{at}: kind is one of {', '.join(ENTITY_KINDS)}")
    if key == "country" and not (isinstance(value, str) and re.fullmatch("[A-Z]{2}", value)):
        raise DataError(f"{at}: country is a code of two capitals such as SY")


def _assemble(parts: list[_File]) -> Actors:
    """Put files together; an actor or a spelling of a later file replaces that of an earlier one."""
    by_name: dict[str, Actor] = {}
    keys: dict[str, tuple[_Entry, ...]] = {}
    for part in parts:
        _no_doubles(part)
        by_name |= {actor.name: actor for actor in part.actors}
        own: dict[str, list[_Entry]] = {}
        for actor in part.actors:
            for key, entry in _spellings(actor):
                own.setdefault(key, []).append(entry)
        keys |= {key: tuple(entries) for key, entries in own.items()}
        _parents(part, by_name)
    keys = {k: kept for k, es in keys.items() if (kept := tuple(e for e in es if by_name.get(e.actor.name) is e.actor))}
    openings: dict[str, int] = {}
    for key in keys:
        words = key.split()
        openings[words[0]] = max(openings.get(words[0], 0), len(words))
    ambiguous = frozenset().union(*(p.ambiguous for p in parts))
    return Actors(by_name, ambiguous, keys, openings, _nicknamed(by_name))


def _nicknamed(by_name: Mapping[str, Actor]) -> dict[str, tuple[Actor, ...]]:
    """Return the actors of each folded nickname, by name."""
    found: dict[str, dict[str, Actor]] = {}
    for name, actor in sorted(by_name.items()):
        for nickname in actor.nicknames:
            found.setdefault(fold(nickname), {})[name] = actor
    return {nickname: tuple(actors.values()) for nickname, actors in found.items()}


def _spellings(actor: Actor) -> Iterator[tuple[str, _Entry]]:
    for name in dict.fromkeys(actor.names):
        tokens = tokens_of(name)
        yield key_of(tokens), _Entry(tuple(t.word for t in tokens), actor)


def _no_doubles(part: _File) -> None:
    """Raise DataError where one spelling has two owners and the file does not list it as ambiguous."""
    owner: dict[str, Actor] = {}
    for actor in part.actors:
        for key, entry in _spellings(actor):
            other = owner.setdefault(key, actor)
            if other is not actor and key not in part.ambiguous:
                name = " ".join(entry.words)
                raise DataError(
                    f"{part.where}: {name!r} stands for {other.name!r} and for {actor.name!r}; "
                    "take it from one of them, or add it to the list `ambiguous`"
                )


def _parents(part: _File, by_name: Mapping[str, Actor]) -> None:
    for actor in part.actors:
        if actor.parent is not None and actor.parent not in by_name:
            raise DataError(f"{part.where}: {actor.name!r} has the parent {actor.parent!r}, which is no actor's name")
        seen = {actor.name}
        at = actor
        while at.parent is not None:
            if at.parent in seen:
                raise DataError(f"{part.where}: {actor.name!r} is its own parent by way of {at.name!r}")
            seen.add(at.parent)
            at = by_name[at.parent]


def _bare(name: str) -> str:
    """Drop a leading "the"."""
    return name[4:] if name[:4].lower() == "the " else name
