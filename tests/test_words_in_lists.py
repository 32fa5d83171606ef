"""Content words of English stand in the word lists and not in Python; what may stand there is named below.

Looked at are the rooms that read and reconcile: the strings of their lists and comparisons, and their regular
expressions. Sentences for people (reasons, messages) are left alone: a string of four words or more, or one returned.
"""

from __future__ import annotations

import ast
import dataclasses
import re
import tomllib
import typing
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from onrecord.lexicon.actors import CATEGORIES
from onrecord.lexicon.lexicon import table
from onrecord.model import records, vocabulary

PACKAGE = Path(__file__).parents[1] / "onrecord"
ROOMS = ("extract", "reconcile", "sources", "lexicon")
_ALLOWED = tomllib.loads((Path(__file__).parent / "cases" / "words_in_code.toml").read_text(encoding="utf-8"))
_KNOWN = frozenset(" ".join(_ALLOWED["function_words"].values()).split())

_ON_STRINGS = frozenset(
    ["split", "startswith", "endswith", "removesuffix", "removeprefix", "find", "rfind", "replace", "partition"]
)
_PATTERN = re.compile(r"\\[sbwdWSB]|\(\?|\w\|\w|\[(?:\^|\w-|[A-Z][a-z]\])")
_ONE_LETTER = re.compile(r"\[([A-Za-z])([A-Za-z])\]")  # "[Tt]he"
_GROUP = re.compile(r"\(\?P<\w+>|\(\?P=\w+\)|\(\?[a-z-]*:|\(\?<?[=!]")
_BLANK = re.compile(r"\\[sSbBdD][+*?]*|\{\{?[\d,]*\}\}?")
_LETTERS = re.compile(r"(?:\\[wW]|\[(?:[^\]\\]|\\.)*\])[+*?]*")
_IN_PATTERN = re.compile(r"(?<![\w□\\])[A-Za-zà-ÿ][a-zà-ÿ]+(?:-[a-z]+)*")
_COMMENT = re.compile(r"\s#.*$", re.MULTILINE)
_PHRASE = re.compile(r"['’]?[a-zà-ÿ][a-zà-ÿ'’ -]+")
_PROSE = 4  # words


@cache
def names() -> frozenset[str]:
    """Return the words that the program itself gives to things: values of closed lists, fields, headings, groups."""
    found = {*" ".join(_ALLOWED["names"].values()).split(), *CATEGORIES, *table("times")["units"]}
    for value in (*vars(vocabulary).values(), *vars(records).values()):
        if isinstance(value, type) and dataclasses.is_dataclass(value):
            found.update(field.name for field in dataclasses.fields(value))
        else:
            found.update(value if isinstance(value, tuple) else typing.get_args(value))
    lists = [table(path.stem) for path in (PACKAGE / "lexicon" / "data").glob("*.toml")]
    listed = {entry for held in lists for entry in _entries(held)}
    found.update(heading for held in lists for heading in _headings(held) if heading not in listed)
    found.update(value for held in lists for value in _settings(held))
    for path in files():
        found.update(re.findall(r"\(\?P<(\w+)>", path.read_text(encoding="utf-8")))
    return frozenset(str(name) for name in found)


def _tables(held: dict[str, typing.Any]) -> Iterator[dict[str, typing.Any]]:
    """Yield a table and all tables in it."""
    yield held
    for value in held.values():
        for inner in value if isinstance(value, list) else [value]:
            yield from _tables(inner) if isinstance(inner, dict) else ()


def _headings(held: dict[str, typing.Any]) -> Iterator[str]:
    """Yield the names of the lists and tables."""
    yield from (key for one in _tables(held) for key, value in one.items() if isinstance(value, dict | list | bool))


def _settings(held: dict[str, typing.Any]) -> Iterator[str]:
    """Yield what a table tells of itself: `means = "date"`."""
    yield from (str(one[key]) for one in _tables(held) for key in ("means", "kind", "type", "frame") if key in one)


def _entries(held: dict[str, typing.Any]) -> Iterator[str]:
    """Yield the words that are listed."""
    lists = (value for one in _tables(held) for value in one.values() if isinstance(value, list))
    yield from (entry for value in lists for entry in value if isinstance(entry, str))


def files() -> list[Path]:
    return [
        path
        for room in ROOMS
        for path in sorted((PACKAGE / room).rglob("*.py"))
        if path.relative_to(PACKAGE).as_posix() not in _ALLOWED["technical"]
    ]


def content_words(source: str) -> list[tuple[int, str]]:
    """Return the lines and the content words of lists, comparisons and regular expressions in a source of Python."""
    tree = ast.parse(source)
    skipped = set(_skipped(tree))
    found = set()
    for node in ast.walk(tree):
        for constant in _listed(node):
            text = str(constant.value)
            if id(constant) not in skipped and text not in names() and _PHRASE.fullmatch(text):
                found |= {(constant.lineno, word) for word in _content(text.split())}
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            found |= {(node.lineno, word) for word in _content(_in_pattern(node.value))}
    return sorted(found)


def _content(words: list[str]) -> list[str]:
    return [word.lower() for word in words if len(word) > 1 and word.lower() not in _KNOWN]


def _in_pattern(text: str) -> list[str]:
    """Return the words of a regular expression, none of them part of a longer one: "ing" of "\\w+ing" is an ending."""
    if not _PATTERN.search(text):
        return []
    plain = _COMMENT.sub("", text) if "\n" in text else text
    plain = _ONE_LETTER.sub(lambda m: m[1] if m[1].lower() == m[2].lower() else m[0], plain)
    return _IN_PATTERN.findall(_LETTERS.sub("□", _BLANK.sub(" ", _GROUP.sub("(", plain))))


def _listed(node: ast.AST) -> Iterator[ast.Constant]:
    if isinstance(node, ast.Set | ast.List | ast.Tuple | ast.Dict):
        yield from _strings(node)
    elif isinstance(node, ast.Compare):
        # In `letter in "aeiou"` the right side is no word.
        letters = isinstance(node.ops[0], ast.In | ast.NotIn) and isinstance(node.comparators[0], ast.Constant)
        sides = [node.left] if letters else [node.left, *node.comparators]
        yield from (one for side in sides for one in _strings(side))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _ON_STRINGS:
        yield from (one for side in (node.func.value, *node.args) for one in _strings(side))


def _strings(node: ast.expr | None) -> Iterator[ast.Constant]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.count(" ") < _PROSE - 1:
        yield node
    elif isinstance(node, ast.Set | ast.List | ast.Tuple):
        yield from (one for inner in node.elts for one in _strings(inner))
    elif isinstance(node, ast.Dict):  # the keys of patterns and functions are names
        plain = [(k, v) for k, v in zip(node.keys, node.values, strict=True) if _is_plain(v)]
        yield from (one for pair in plain for inner in pair for one in _strings(inner))
    elif isinstance(node, ast.Starred):
        yield from _strings(node.value)


def _is_plain(value: ast.expr) -> bool:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return not _PATTERN.search(value.value)
    return isinstance(value, ast.Constant | ast.Set | ast.List | ast.Tuple | ast.Dict)


def _skipped(tree: ast.Module) -> Iterator[int]:
    """Yield what is no list of words: docstrings, messages, what is returned, annotations, keys that are looked up."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)
        inner: list[ast.AST | None] = []
        if isinstance(node, ast.Raise):
            inner = [node]
        elif isinstance(node, ast.Subscript):
            inner = [node.slice]
        elif isinstance(node, ast.AnnAssign | ast.arg):
            inner = [node.annotation]
        elif isinstance(node, ast.Assign) and _gives_names(node.targets[0], node.value):
            inner = [node]
        yield from (id(one) for part in inner if part for one in ast.walk(part))
        yield from (id(one) for said in _said(node) for one in _strings(said) if " " in str(one.value))


def _said(node: ast.AST) -> Iterator[ast.expr]:
    """Yield what a function returns or one of two branches gives: its phrases are reasons."""
    if isinstance(node, ast.Return) and node.value is not None:
        yield from (one for one in ast.walk(node.value) if isinstance(one, ast.Tuple))
    elif isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)


def _gives_names(target: ast.expr, value: ast.expr) -> bool:
    """Tell whether an assignment names things: `NOUN, VERB = "noun", "verb"`, `__all__ = [...]`."""
    if isinstance(target, ast.Tuple):
        return isinstance(value, ast.Tuple) and all(isinstance(one, ast.Constant) for one in value.elts)
    return isinstance(target, ast.Name) and target.id == "__all__"


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_content_words_stand_in_the_lists(path: Path) -> None:
    assert content_words(path.read_text(encoding="utf-8")) == [], "move them to a list in onrecord/lexicon/data"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('_SAID = frozenset({"said", "added"})', ["added", "said"]),
        ('_WAYS = {"afternoon": 12, "dusk": 18}', ["afternoon", "dusk"]),
        ('if word == "afterwards":\n    pass', ["afterwards"]),
        ('if word.endswith(("backed", "led")):\n    pass', ["backed", "led"]),
        ('_LIST = "north south east".split()', ["east", "north", "south"]),
        (r'_SAYS = re.compile(rf"\b(?:[Ss]aid|tweet(?:s|ed)|{verbs})\b(?! that)")', ["said", "tweet"]),
        (r'_SAYS = re.compile(r"\w+ing\s+(?:to|the)\s")', []),
        ('if verb.status in {"happened", "ongoing"} and word in {"of", "to"}:\n    pass', []),
        ('def why(word: "list") -> str:\n    """Say it."""\n    return "denied", "it is denied"', []),
    ],
)
def test_the_scan_finds_them(source: str, words: list[str]) -> None:
    assert [word for _, word in content_words(source)] == words
