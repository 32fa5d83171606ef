"""Names in sentences: articles, number, places with their little word, sources with what they are."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from onrecord.model.lookup import Lookup, source_name
from onrecord.model.records import Claim, Dispatch, Entity, Statement
from onrecord.model.wording import at, listed

_PART = re.compile(r"(?P<part>.+) \((?P<whole>[^()]+)\)")  # "hospital (Hajin)", as facilities without a name go
_HEAD = re.compile(r" (?:of|in|from|for|on|at|with) ")


@cache
def table() -> dict[str, Any]:
    """Return the templates and word lists of `phrases.toml`."""
    return tomllib.loads((files("onrecord.report") / "phrases.toml").read_text(encoding="utf-8"))


@cache
def words(key: str) -> frozenset[str]:
    """Return one of the word lists, in lower case."""
    return frozenset(table()[key].lower().split())


def last_word(name: str) -> str:
    """Return the word that a name is built on: "forces" for "Syrian Democratic Forces of Raqqa"."""
    return (_HEAD.split(name)[0].split() or [""])[-1].lower()


def plural(entity: Entity) -> bool:
    """Tell whether a name takes "were": "people", "SDF fighters", "the Syrian Democratic Forces"."""
    word = last_word(entity.name)
    if entity.kind == "person" or word in words("singular"):
        return False
    if word in words("plural") or entity.kind == "population":
        return True
    return _common(entity.name) and word.endswith("s") and not word.endswith(("ss", "us", "is"))


def named(entity: Entity, *, here: str = "") -> str:
    """Return a name with the article that its kind and last word ask for; `here` is the place just spoken of."""
    part = _PART.fullmatch(entity.name)
    if part and not part["part"][:1].isupper():
        return f"the {part['part']}" + (f" in {part['whole']}" if part["whole"] != here else "")
    name = part["part"] if part else entity.name
    if name.lower().startswith("the "):
        return f"the {name[4:]}"
    return f"{article}{name}" if (article := _article(name, entity)) else name


def _article(name: str, entity: Entity) -> str:
    """Return the article and a space that a name takes: a common noun by its number, a proper name by its last word."""
    if entity.kind in ("place", "facility"):
        the = name in table()["the_places"] or name in table()["rivers"] or last_word(name) in words("the_sites")
        return "the " if the or (entity.kind == "facility" and _common(name)) else ""
    if name in table()["the_bodies"]:
        return "the "
    if _common(name):
        return "" if plural(entity) else indefinite(name) if entity.kind == "person" else "the "
    if entity.kind == "person":
        return ""
    initials = name.isalpha() and name.isupper() and name not in table()["bare_initials"]
    return "the " if last_word(name) in words("with_the") or initials else ""


def _common(name: str) -> bool:
    """Tell whether a name is built on a common noun: "coalition aircraft", "SDF spokesman", "Turkish-backed rebels"."""
    head = _HEAD.split(name)[0].split() or [""]
    return head[-1][:1].islower() and "-" not in head[-1]


def indefinite(name: str) -> str:
    """Return "a " or "an ", by the sound of the first letter or of the letters spelt out ("an SDF official")."""
    first = name.split(maxsplit=1)[0]
    spelt = first.isupper() and len(first) > 1
    return "an " if first[:1] in ("AEFHILMNORSX" if spelt else "aeioAEIO") else "a "


class Names:
    """Puts the names of one record into sentences; a source is introduced where it first speaks."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._known: set[str] = set()
        self._by_name = {e.name: named(e) for e in lookup.entities.values()}
        outlets = {source_name(d) for d in lookup.dispatches.values()}
        self.alone = len(outlets) == 1  # one outlet's record need not name it after each sentence

    def entity(self, key: str | None) -> str:
        """Return an entity's name with its article, or nothing."""
        found = self._lookup.entities.get(key or "")
        return named(found) if found else ""

    def by_name(self, name: str) -> str:
        """Return a name as it stands in a dispute with its article."""
        return self._by_name.get(name, name)

    def entities(self, keys: Sequence[str]) -> str:
        """Return several names as a list; beside a named side a nameless one is left out."""
        return listed([named(e) for e in self._told(keys)])

    def _told(self, keys: Sequence[str]) -> list[Entity]:
        known = [self._lookup.entities[k] for k in keys if k in self._lookup.entities]
        return [e for e in known if e.name[:1].isupper()] or known

    def people(self, keys: Sequence[str]) -> str:
        """Return those to whom something was done as people: "members of Islamic State", "civilians"."""
        told = self._told(keys)
        bodies = [named(e) for e in told if _body(e)]
        rest = [named(e) for e in told if not _body(e)]
        return listed([f"members of {listed(bodies)}", *rest] if bodies else rest)

    def were(self, keys: Sequence[str], *, people: bool = False) -> bool:
        """Tell whether these, as the subject of a sentence, take "were"."""
        known = self._told(keys)
        if len(known) != 1:
            return len(known) > 1
        return plural(known[0]) or (people and _body(known[0]))

    def place(self, key: str | None) -> str:
        """Return "in Raqqa", "at the stadium", "on the Euphrates": the little word that the kind of place asks for."""
        found = self._lookup.entities.get(key or "")
        if found is None:
            return ""
        if found.kind == "facility":
            return f"at {named(found)}"
        return f"{'on' if found.name in table()['rivers'] else 'in'} {named(found)}"

    def voice(self, claim: Claim) -> str:
        """Return who vouches for a claim: the source that it is put down to, else who published the dispatch."""
        statement = self._lookup.statement(claim)
        spoken = self.speaker(statement) if statement else ""
        return spoken or self.outlet(self._lookup.dispatches[claim.dispatch])

    def outlet(self, dispatch: Dispatch) -> str:
        """Return who published a dispatch; where all are of one outlet, also when."""
        name = source_name(dispatch)
        the = f"the {name[4:]}" if name.lower().startswith("the ") else name
        return f"{the} {at(dispatch.published)}" if self.alone and dispatch.published else the

    def speaker(self, statement: Statement) -> str:
        """Return a source, with its role and organisation where it is named for the first time, or nothing.

        Of a source without a name its role is enough ("an SDF official"); what is neither gets no name.
        """
        entity = self._lookup.entities.get(statement.speaker or "")
        if entity is None:
            name = statement.speaker_text
            return named(Entity(id="", kind="organisation", name=name)) if _body_like(name) else _nameless(name)
        if entity.kind == "place" or (entity.kind in ("facility", "other") and not _body_like(entity.name)):
            return ""
        if entity.name[:1].islower() or (entity.kind in ("person", "population") and _common(entity.name)):
            return _nameless(entity.name)
        name = named(entity)
        if entity.kind != "person" or entity.id in self._known:
            return name
        self._known.add(entity.id)
        return _introduced(name, statement.role or "", self.entity(statement.organisation))


def _body(entity: Entity) -> bool:
    """Tell whether a name is of a body, of which members are killed or held, and not of people."""
    return entity.kind in ("group", "organisation") and last_word(entity.name) not in words("men")


def _body_like(name: str) -> bool:
    """Tell whether what was read as a building or a thing has a body's name: "Northern Observatory"."""
    return len(name.split()) > 1 and all(word[:1].isupper() for word in name.split() if len(word) > 3)


def _nameless(name: str) -> str:
    """Return a source without a name by its role, "an SDF spokesman", "witnesses"; nothing where it is no such word."""
    word = last_word(name)
    if word not in words("speaking"):
        return ""
    lowered = name.lower() if len(name.split()) == 1 else name
    return lowered if word.endswith("s") else f"{indefinite(lowered)}{lowered}"


def _introduced(name: str, role: str, organisation: str) -> str:
    """Return a name with its role: "Colonel Ryan Dillon", "Talal Silo (spokesman for the SDF)"."""
    if not role or role.casefold() in name.casefold():
        return f"{name} of {organisation}" if organisation and organisation not in name else name
    if role[:1].isupper() or role in words("titles"):
        return f"{role[:1].upper()}{role[1:]} {name}" + (f" of {organisation}" if organisation else "")
    link = "for" if role.startswith("spokes") else "of"
    if " of " in role:  # "head of the SDF press office"
        return f"{name} ({role})"
    tail = f" {link} {organisation}" if organisation else ""
    return f"{name} ({role}{tail})"
