"""Words in texts: which dispatches hold them, best first."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.model.records import Dispatch

_TERM = re.compile(r'(-?)"([^"]+)"|(-?)([^\s"]+)')
_WORD = re.compile(r"\w+")
_MOST = 2000  # dispatches returned: more than anyone looks through, and quick to filter


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asks for: phrases that a text must hold and phrases that it must not, each a tuple of words.

    The last word of a phrase may go on where `begun` has it ("fight*").
    """

    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    begun: frozenset[str] = frozenset()

    @classmethod
    def of(cls, words: str) -> Wanted:
        """Return what words ask for: all of them, "in quotes" one after another, -word not at all, word* begun so."""
        found: dict[bool, list[tuple[str, ...]]] = {False: [], True: []}
        begun: set[str] = set()
        for match in _TERM.finditer(words[:500]):
            minus, term = (match[1], match[2]) if match[2] else (match[3], match[4])
            phrase = tuple(word.casefold() for word in _WORD.findall(term))
            if phrase:
                found[minus == "-"].append(phrase)
                begun |= {phrase[-1]} if term.endswith("*") else set()
        return cls(tuple(found[False]), tuple(found[True]), frozenset(begun))

    def pattern(self) -> re.Pattern[str] | None:
        """Return a pattern of any of the phrases, by which they are found and marked in a sentence."""
        parts = [r"\W+".join(map(re.escape, p)) + (r"\w*" if p[-1] in self.begun else "") for p in self.phrases]
        return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.IGNORECASE) if parts else None

    def query(self) -> str:
        """Return it in the query language of SQLite's FTS5."""
        return " AND ".join(map(self._quoted, self.phrases)) + "".join(f" NOT {self._quoted(p)}" for p in self.without)

    def _quoted(self, phrase: tuple[str, ...]) -> str:
        return f'"{" ".join(phrase)}"' + (" *" if phrase[-1] in self.begun else "")


class Texts:
    """The words of all dispatches, kept in memory by SQLite's full-text index; texts never change, so it only grows."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        # Diacritics are dropped on both sides, so that "Hama" finds "Ḥamā".
        options = "content='', tokenize=\"unicode61 remove_diacritics 2\""
        self._connection.execute(f"CREATE VIRTUAL TABLE texts USING fts5(title, body, {options})")
        self._ids: list[str] = []
        self._known: set[str] = set()

    def take(self, dispatches: Iterable[Dispatch]) -> None:
        """Take in those dispatches that are new."""
        with self._lock, self._connection:
            self._connection.executemany(
                "INSERT INTO texts(rowid, title, body) VALUES (?, ?, ?)", self._new(dispatches)
            )

    def _new(self, dispatches: Iterable[Dispatch]) -> Iterator[tuple[int, str, str]]:
        for dispatch in dispatches:
            if dispatch.id not in self._known:
                self._known.add(dispatch.id)
                self._ids.append(dispatch.id)
                yield len(self._ids), _plain(dispatch.title or ""), _plain(dispatch.text)

    def find(self, wanted: Wanted) -> list[str]:
        """Return the ids of the dispatches that hold what is wanted, best first (BM25, a title counts four times)."""
        if not wanted.phrases:
            return []
        with self._lock:
            query = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY bm25(texts, 4.0, 1.0), rowid LIMIT ?"
            rows = self._connection.execute(query, (wanted.query(), _MOST)).fetchall()
        return [self._ids[row[0] - 1] for row in rows]


def _plain(text: str) -> str:
    return text.encode("utf-8", "replace").decode()  # halves of characters have no place in SQLite
