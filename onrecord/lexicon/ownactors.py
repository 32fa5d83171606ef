"""Reads and keeps a user's own actors: a TOML or CSV file in, each mistake told by its line; one TOML file kept."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from onrecord.lexicon.actors import CATEGORIES, Actor, Actors
from onrecord.lexicon.folding import fold
from onrecord.lexicon.words import key_of, tokens_of
from onrecord.model.errors import DataError
from onrecord.model.values import first_day

FIELDS: Final = ("name", "aliases", "kind", "parent", "from", "to", "note")
_NEEDED: Final = ("name", "kind")
_SHOWN = 20  # mistakes that one message lists
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SEPARATORS = re.compile(r"[;|]")
_DELIMITERS = (",", ";", "\t")
_ADVICE = (
    "a TOML file has a heading for each actor, a CSV file a line under name, aliases, kind, parent, from, to, note"
)


@dataclass(frozen=True, slots=True)
class OwnActor:
    """An actor that the user added: `kind` is a heading of our table of actors (CATEGORIES).

    `since` and `until` are ISO dates cut at their precision, of the time in which it went by this name; they and the
    note are for people. `parent` is the name of another actor, the user's or ours.
    """

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    since: str | None = None
    until: str | None = None
    note: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The name and all aliases."""
        return (self.name, *self.aliases)

    @property
    def actor(self) -> Actor:
        """The actor as reading and reconciling know it."""
        return Actor(
            name=self.name,
            kind=CATEGORIES[self.kind],
            category=self.kind,
            aliases=self.aliases,
            parent=self.parent,
            start=int(self.since[:4]) if self.since else None,
            end=int(self.until[:4]) if self.until else None,
        )


@dataclass(frozen=True, slots=True)
class _Entry:
    """An actor as its file gives it: the line on which it begins, its fields, and the lines of these."""

    line: int
    fields: Mapping[str, object]
    lines: Mapping[str, int]

    def at(self, field: str) -> int:
        return self.lines.get(field, self.line)


class _Mistakes:
    """What is wrong with a file, by line; `so` says what follows from it."""

    def __init__(self, path: Path, so: str = "is not taken in; nothing was changed") -> None:
        self._path, self._so = path, so
        self._found: list[tuple[int, str]] = []

    def add(self, line: int, what: str) -> None:
        self._found.append((line, what))

    def tell(self) -> None:
        """Raise DataError that lists all of them, if there are any."""
        if not self._found:
            return
        listed = [f"  line {line}: {what}" for line, what in sorted(self._found)]
        rest = [f"  and {len(listed) - _SHOWN} more"] if len(listed) > _SHOWN else []
        raise DataError("\n".join([f"{self._path} {self._so}:", *listed[:_SHOWN], *rest]))


def read_own(path: Path, known: Actors, kept: Iterable[OwnActor] = ()) -> tuple[OwnActor, ...]:
    """Return the actors of a user's file; a name that `kept` has already will replace that one.

    `known` are the actors that ship. Raises DataError that lists each mistake with its line.
    """
    mistakes = _Mistakes(path)
    entries = list(_csv(path, mistakes) if path.suffix.lower() in (".csv", ".tsv") else _toml(path))
    made = [(entry, actor) for entry in entries if (actor := _actor(entry, mistakes))]
    replaced = {actor.name for _, actor in made}
    others = [k for k in kept if k.name not in replaced]
    _one_owner(made, others, mistakes)
    own = [*(actor for _, actor in made), *others]
    made = [(entry, _with_parent(entry, actor, own, known, mistakes)) for entry, actor in made]
    _no_circles(made, others, mistakes)
    mistakes.tell()
    if not made:
        raise DataError(f"{path} holds no actor; {_ADVICE}")
    return tuple(actor for _, actor in made)


# -------------------------------------------------------------------------------------------------------- the file


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}; {_ADVICE}") from None
    except UnicodeDecodeError as error:
        raise DataError(f"{path} is not UTF-8 text ({error.reason}); save it as UTF-8") from None


def _toml(path: Path) -> Iterator[_Entry]:
    """Yield the entries of a TOML file, a heading for each actor: ["Ardun Defence Front"]."""
    text = _text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{path} is not valid TOML: {error}; {_ADVICE}") from None
    lines = text.splitlines()
    for name, fields in data.items():
        start = next((n for n, line in enumerate(lines) if _heads(line, name)), 0)
        if not isinstance(fields, dict):
            yield _Entry(start + 1, {"name": name, "": fields}, {})
            continue
        end = next((n for n in range(start + 1, len(lines)) if lines[n].lstrip().startswith("[")), len(lines))
        at = {f: n + 1 for n in range(start, end) for f in fields if re.match(rf'\s*"?{re.escape(f)}"?\s*=', lines[n])}
        yield _Entry(start + 1, {**fields, "name": name}, at)


def _heads(line: str, name: str) -> bool:
    """Tell whether a line of TOML opens the entry of this name, as a heading or as a key."""
    found = re.match(r"""\s*\[?\s*("(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)\s*[\]=]""", line)
    if found is None:
        return False
    written = found[1]
    if written[0] == '"':
        return bool(json.loads(written.replace("\\U", "\\u")) == name) if "\\" in written else written[1:-1] == name
    return written.strip("'") == name


def _csv(path: Path, mistakes: _Mistakes) -> Iterator[_Entry]:
    """Yield the entries of a table with a heading; aliases stand between semicolons or upright strokes."""
    text = _text(path)
    heading = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=heading.count))
    columns = [cell.strip().lower() for cell in next(reader, [])]
    for unknown in sorted(set(columns) - set(FIELDS)):
        mistakes.add(1, f"there is no column {unknown!r}; columns are {', '.join(FIELDS)}")
    for missing in (c for c in _NEEDED if c not in columns):
        mistakes.add(1, f"the column {missing!r} is missing; columns are {', '.join(FIELDS)}")
    mistakes.tell()
    last = 1
    for row in reader:
        line, last = last + 1, reader.line_num
        cells = {column: cell.strip() for column, cell in zip(columns, row, strict=False) if cell.strip()}
        if len(row) > len(columns):
            mistakes.add(line, f"{len(row)} cells instead of {len(columns)}; put names that hold a comma in quotes")
        elif cells:
            aliases = [a.strip() for a in _SEPARATORS.split(cells.get("aliases", "")) if a.strip()]
            yield _Entry(line, {**cells, "aliases": aliases}, {})


# ------------------------------------------------------------------------------------------------------- the checks


def _actor(entry: _Entry, mistakes: _Mistakes) -> OwnActor | None:
    """Return the actor of an entry, `None` where something is wrong with it."""
    wrong = list(_faults(entry))
    for line, what in wrong:
        mistakes.add(line, what)
    if wrong:
        return None
    given = {name: entry.fields.get(name) for name in FIELDS}
    aliases = given["aliases"] if isinstance(given["aliases"], list) else []
    text = {name: str(value) if value not in (None, "") else None for name, value in given.items()}
    names = dict.fromkeys(str(alias) for alias in aliases if alias != given["name"])
    return OwnActor(
        name=str(given["name"]),
        kind=str(given["kind"]),
        aliases=tuple(names),
        parent=text["parent"],
        since=text["from"],
        until=text["to"],
        note=text["note"],
    )


def _faults(entry: _Entry) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with the fields of an entry, with the line."""
    fields, name = entry.fields, entry.fields.get("name")
    if "" in fields:
        yield entry.line, f"{name!r} is no actor; {_ADVICE}"
        return
    for unknown in sorted(set(fields) - set(FIELDS)):
        yield entry.at(unknown), f"there is no field {unknown!r}; fields are {', '.join(FIELDS)}"
    aliases = fields.get("aliases", [])
    if not isinstance(aliases, list):
        yield entry.at("aliases"), 'aliases is a list of names in quotes, such as ["ADF", "the Front of Ardun"]'
        aliases = []
    for field, given in (("name", name), *(("aliases", alias) for alias in aliases)):
        if what := _name_fault(given):
            yield entry.at(field), what
    if fields.get("kind") not in CATEGORIES:
        yield entry.at("kind"), f"{name!r} has the kind {fields.get('kind')!r}; kinds are {', '.join(CATEGORIES)}"
    for field in ("parent", "note"):
        if not isinstance(fields.get(field, ""), str):
            yield entry.at(field), f"the {field} of {name!r} is a text in quotes"
    yield from _time_faults(entry)


def _name_fault(name: object) -> str | None:
    """Return what is wrong with a name, `None` for a good one."""
    if not isinstance(name, str) or not fold(name):
        return f"{name!r} is no name: a name has a letter or a digit"
    if _CONTROL.search(name):
        return f"{name!r} holds a line end or another control character"
    if len(name.split()) == 1 and name == name.lower() != name.upper():
        return f"{name!r} would be found in any text as a plain word; write it with its capitals"
    return None


def _time_faults(entry: _Entry) -> Iterator[tuple[int, str]]:
    days = {}
    for field in ("from", "to"):
        given = entry.fields.get(field, "")
        if given == "":
            continue
        text = str(given)
        try:
            if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
                raise ValueError(text)
            days[field] = first_day(text)
        except ValueError:
            yield entry.at(field), f"{field} is a year, month or day such as 2014, 2014-06 or 2014-06-29, not {text!r}"
    if len(days) == 2 and days["from"] > days["to"]:
        yield entry.at("to"), f"{entry.fields.get('name')!r} ends before it begins"


def _one_owner(made: list[tuple[_Entry, OwnActor]], others: Iterable[OwnActor], mistakes: _Mistakes) -> None:
    """Note each spelling that two of the user's actors claim."""
    owner: dict[str, tuple[str, str]] = {}
    for other in others:
        owner |= {_key(name): (other.name, "which you added before") for name in other.names}
    for entry, actor in made:
        for name in actor.names:
            whose, where = owner.setdefault(_key(name), (actor.name, f"line {entry.line}"))
            if (whose, where) != (actor.name, f"line {entry.line}"):
                mistakes.add(entry.line, f"{name!r} stands for {whose!r} already ({where}); take it from one of them")


def _key(name: str) -> str:
    return key_of(tokens_of(name))


def _with_parent(
    entry: _Entry, actor: OwnActor, own: Iterable[OwnActor], known: Actors, mistakes: _Mistakes
) -> OwnActor:
    """Return the actor with its parent under that one's own name."""
    if actor.parent is None:
        return actor
    key = _key(actor.parent)
    mine = next((o.name for o in own if key in map(_key, o.names)), None)
    found = known.by_name.get(actor.parent) or known.find(actor.parent)
    name = mine or (found.name if found else None)
    if name is None:
        mistakes.add(
            entry.at("parent"),
            f"the parent of {actor.name!r}, {actor.parent!r}, is no actor that ships or is among yours; add it first",
        )
    return OwnActor(actor.name, actor.kind, actor.aliases, name, actor.since, actor.until, actor.note)


def _no_circles(made: list[tuple[_Entry, OwnActor]], others: Iterable[OwnActor], mistakes: _Mistakes) -> None:
    """Note each actor that would be its own parent by way of others."""
    parents = {o.name: o.parent for o in [*others, *(actor for _, actor in made)]}
    for entry, actor in made:
        seen, at = {actor.name}, actor.parent
        while at is not None and at not in seen:
            seen.add(at)
            at = parents.get(at)
        if at == actor.name:
            mistakes.add(entry.at("parent"), f"{actor.name!r} is its own parent by way of {actor.parent!r}")


# --------------------------------------------------------------------------------------------------- what is kept


def written(actors: Iterable[OwnActor]) -> str:
    """Return the actors as the TOML file that is kept, sorted by name."""
    blocks = ["# Your own actors, written by `onrecord actors`. Change them with: onrecord actors add FILE\n"]
    for actor in sorted(actors, key=lambda a: a.name):
        given = {
            "aliases": list(actor.aliases) or None,
            "kind": actor.kind,
            "parent": actor.parent,
            "from": actor.since,
            "to": actor.until,
            "note": actor.note,
        }
        lines = [f"{name} = {_quoted(value)}" for name, value in given.items() if value]
        blocks.append("\n".join([f"[{_quoted(actor.name)}]", *lines]) + "\n")
    return "\n".join(blocks)


def _quoted(value: object) -> str:
    """Return a text or a list of texts as TOML writes it, which for these is as JSON does."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_kept(path: Path) -> tuple[OwnActor, ...]:
    """Return the actors that are kept in a file, none where it is not there. Raises DataError where it was damaged."""
    if not path.exists():
        return ()
    mistakes = _Mistakes(path, "cannot be used as it is; mend it, or put it away and add your actors anew")
    found = [actor for entry in _toml(path) if (actor := _actor(entry, mistakes))]
    mistakes.tell()
    return tuple(found)


def kept_digest(path: Path) -> bytes:
    """Return the SHA-256 of the file in which actors are kept. Raises DataError where it cannot be read."""
    return sha256(_text(path).encode()).digest()
