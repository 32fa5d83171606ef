"""The entries of the word lists, and the example sentences that show what each is for.

`tests/cases/lexicon/README.md` tells how examples are written.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import _lru_cache_wrapper, cache
from pathlib import Path
from typing import Any

from onrecord.extract.parts import Kit
from onrecord.extract.read import standard_kit
from onrecord.lexicon.lexicon import table
from onrecord.reader import rules
from tests.lexicon.finding import Findings, items

FOLDER = Path(__file__).parents[1] / "cases" / "lexicon"
# Tables in which a line is one entry, whatever it lists.
_WHOLE = {
    *(("events", "forms"), ("control", "forms"), ("times", "units")),
    *(("nominals", "stands_for"), ("nominals", "narrows")),
}
# Lists whose entries no sentence can show: tests/reconcile/test_lists.py tries each.
_ELSEWHERE = {
    ("reconcile", name)
    for name in (
        "lasting", "frequent", "spans", "consequences", "causes", "whole", "mutual", "entries", "mistaken", "families",
        "revisions", "moments",
    )
}  # fmt: skip
_MARK = re.compile(r"\[([^\[\]]*?)(?: = ([^\[\]]*))?\]")
_ESCAPED = {r"\[": "\ue000", r"\]": "\ue001"}
_SLOW = (
    "onrecord.lexicon.lexicon",
    "onrecord.lexicon.actors",
    "onrecord.lexicon.gazetteer",
    "onrecord.lexicon.folding",
)

Section = tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """An entry of a word list: its headings, its words, the type or stance that its table gives, and where it lies."""

    section: Section
    name: str
    default: str
    holder: Any
    key: Any


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence for one or more entries: its text and, for each stretch marked, what it must be found as."""

    section: Section
    names: tuple[str, ...]
    text: str
    marks: tuple[tuple[int, int, str], ...]


def files() -> list[str]:
    """Return the names of the word lists that have examples."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


# ------------------------------------------------------------------------------------------------------- the entries


def entries(file: str) -> list[Entry]:
    """Return every entry of a word list that has examples, in the order of the file."""
    return [entry for entry in all_entries(file) if (file, entry.section[0]) not in _ELSEWHERE]


def all_entries(file: str) -> list[Entry]:
    """Return every entry of a word list, in the order of the file, those that are tried elsewhere among them."""
    return list(_entries(table(file), (), "", file))


def _entries(held: dict[str, Any], section: Section, default: str, file: str) -> Iterator[Entry]:
    for key, value in held.items():
        if isinstance(value, dict):
            yield from _entries(value, (*section, key), default, file)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield from _of_array(value, (*section, key), file)
        elif isinstance(value, list) and (file, *section) not in _WHOLE and not _numbers(value):
            for index, entry in enumerate(value):
                yield Entry((*section, key), str(entry), default, value, index)
        elif not section or section[-1] not in _settings(section):
            yield Entry(section, key, default, held, key)


def _of_array(array: list[dict[str, Any]], section: Section, file: str) -> Iterator[Entry]:
    """Yield the entries of tables that stand in a row; one that holds no list is an entry itself, by its last words."""
    for index, (name, item) in enumerate(_named(array)):
        if any(isinstance(value, list) for value in item.values()):
            yield from _entries(item, (*section, name), _default(item), file)
        else:
            yield Entry(section, str(item.get("grade") or [*item.values()][-1]), _default(item), array, index)


def _settings(section: Section) -> Section:
    """Return the last heading of a table in an array of tables, whose plain values are settings and no entries."""
    return section[-1:] if len(section) > 1 and section[-2] in {"rule", "verbs", "nouns", "fixed", "grades"} else ()


def _numbers(value: list[Any]) -> bool:
    return bool(value) and isinstance(value[0], int)


def _default(item: dict[str, Any]) -> str:
    given = str(item.get("type") or item.get("stance") or "")
    return "no event" if given == "none" else given


def _named(array: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the tables of an array with a name each: "attack is bombing", and "attack is bombing (2)" for the next."""
    seen: dict[str, int] = {}
    for item in array:
        first = next((str(value[0]) for value in item.values() if isinstance(value, list)), "")
        kind = item.get("type") or ("as told before" if "recent" in item else "")
        words = f"{first} is {kind}" if kind else " ".join(str(v) for v in item.values() if isinstance(v, str)) or first
        seen[words] = seen.get(words, 0) + 1
        yield (words if seen[words] == 1 else f"{words} ({seen[words]})"), item


@contextmanager
def without(entry: Entry) -> Iterator[None]:
    """Take an entry out of its list for a while; everything that was built from the lists is built anew."""
    kept = dict(entry.holder) if isinstance(entry.holder, dict) else list(entry.holder)
    del entry.holder[entry.key]
    _forget()
    try:
        yield
    finally:
        entry.holder.clear()
        entry.holder.update(kept) if isinstance(kept, dict) else entry.holder.extend(kept)
        _forget()


def _forget() -> None:
    """Clear what the modules remember of the lists."""
    for name, module in list(sys.modules.items()):
        if name.startswith("onrecord.") and name not in _SLOW:
            for held in vars(module).values():
                if isinstance(held, _lru_cache_wrapper) and held.__module__ == name:
                    held.cache_clear()
    # The tagger reads its list from the file; let it see the one that an entry may be out of.
    vars(rules)["_words"] = cache(lambda name: frozenset(table("abbreviations")[name]))


# ------------------------------------------------------------------------------------------------------ the examples


@cache
def examples(file: str) -> tuple[Example, ...]:
    """Return the examples of a word list."""
    path = FOLDER / f"{file}.toml"
    known: dict[Section, dict[str, Entry]] = {}
    for entry in entries(file):
        known.setdefault(entry.section, {}).setdefault(entry.name, entry)
    return tuple(_examples(tomllib.loads(path.read_text(encoding="utf-8")), (), "", known))


def _examples(held: dict[str, Any], section: Section, label: str, known: Any) -> Iterator[Example]:
    label = held.get("found_as", label)
    for key, value in held.items():
        if isinstance(value, dict):
            yield from _examples(value, (*section, key), label, known)
        elif key != "found_as":
            names = _others(held, known.get(section, {})) if key == "*" else _names(key, known.get(section, {}))
            default = next((known[section][n].default for n in names if n in known.get(section, {})), "") or label
            for text in [value] if isinstance(value, str) else value:
                yield from _filled(section, names, text, default)


def _names(key: str, known: dict[str, Entry]) -> tuple[str, ...]:
    """Return the entries that stand on the left of an example."""
    return tuple(_full(name.strip(), known) for name in key.split(" | "))


def _others(held: dict[str, Any], known: dict[str, Entry]) -> tuple[str, ...]:
    """Return the entries of a list that stand on the left of no example: those that "*" stands for."""
    own = {name for key in held if key != "*" for name in _names(key, known)}
    return tuple(name for name in known if name not in own)


def _full(name: str, known: dict[str, Entry]) -> str:
    """Return the entry that a shortened name ("(has|have…") begins; other names as they are."""
    if not name.endswith("…") or name in known:
        return name
    return next((entry for entry in known if entry.startswith(name[:-1])), name)


def _filled(section: Section, names: tuple[str, ...], text: str, default: str) -> Iterator[Example]:
    """Yield an example for each entry where the sentence has a slot for it, else one for all."""
    if not any(slot in text for slot in ("{}", "{C}", "{T}", "{U}")):
        yield Example(section, names, *_marked(text, default))
        return
    for name in names:
        filled = text.replace("{}", name).replace("{C}", name[0].upper() + name[1:])
        filled = filled.replace("{T}", name.title()).replace("{U}", name.upper())
        filled = re.sub(r"^(\[?)(\w)", lambda m: m[1] + m[2].upper(), filled)
        yield Example(section, (name,), *_marked(filled, default))


def _marked(text: str, default: str) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """Return a text without its marks, and each stretch that was marked with each label asked for."""
    for escaped, sign in _ESCAPED.items():
        text = text.replace(escaped, sign)
    plain, marks, last = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[last : match.start()]
        labels = (match[2] or default).split(", ")
        marks += [(len(plain), len(plain) + len(match[1]), label) for label in labels]
        plain, last = plain + match[1], match.end()
    plain += text[last:]
    for escaped, sign in _ESCAPED.items():
        plain = plain.replace(sign, escaped[1:])
    return plain, tuple(marks)


@cache
def kit() -> Kit:
    """Return the rules' kit, without the trained reader."""
    return standard_kit(trained=False)


def misses(example: Example) -> list[str]:
    """Return what an example asks for and the rules do not find, in words; nothing where it holds."""
    if not example.marks:
        return ["nothing is marked"]
    found = Findings(example.text, kit())
    return [miss for mark in example.marks if (miss := _miss(found, *mark))]


def _miss(found: Findings, start: int, end: int, label: str) -> str:
    if not label:
        return "a mark does not say what it must be found as"
    words = found.dispatch.text[start:end]
    wanted = label.removeprefix("no ")
    there = items(found, wanted)
    if label != wanted:
        bad = any(item.start < end and start < item.end and wanted in item.labels for item in there)
        return f"{words!r} is found as {wanted}" if bad else ""
    if any((item.start, item.end) == (start, end) and label in item.labels for item in there):
        return ""
    seen = [f"{found.dispatch.text[i.start : i.end]!r}: {', '.join(sorted(i.labels))}" for i in there]
    return f"{words!r} is not found as {label}, only {'; '.join(seen) or 'nothing'}"
