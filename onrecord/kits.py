"""The parts that a record is read and concluded with: what ships, and what the user added to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from onrecord.extract.parts import Kit
from onrecord.extract.read import read, standard_kit
from onrecord.model.records import Dispatch, Reading
from onrecord.pipeline import Safely
from onrecord.reader.neural import Reader
from onrecord.store.base import Store


@dataclass(frozen=True, slots=True)
class StandardReader:
    """Reads with the parts that ship and the user's own gazetteer files; light to send to another process."""

    places: tuple[Path, ...] = ()

    @property
    def version(self) -> str:
        """The reader's version, and a mark of the user's gazetteer files where there are some."""
        version = kit(self.places).version
        if not self.places:
            return version
        mark = sha256(b"".join(path.read_bytes() for path in self.places)).hexdigest()[:8]
        return f"{version}+{mark}"

    def __call__(self, dispatch: Dispatch) -> Reading:
        """Return the reading of a dispatch."""
        return replace(read(dispatch, kit(self.places)), reader=self.version)


@dataclass(frozen=True, slots=True)
class Rereader:
    """Reads a dispatch again under a date that the record found for it, and keeps each such reading in the store."""

    read: StandardReader
    store: Store

    def __call__(self, dispatch: Dispatch) -> Reading | None:
        """Return the reading under the dispatch's date, `None` where it cannot be read."""
        published = dispatch.published or ""
        kept = self.store.redated(dispatch.id, published, self.read.version)
        if kept is not None:
            return kept
        made = Safely(self.read)(dispatch)
        if not isinstance(made, Reading):
            return None
        self.store.save_redated(published, made)
        return made


@cache
def rule_kit(places: tuple[Path, ...] = ()) -> Kit:
    """Return the parts without the trained reader, made once a process: all that concluding and judging need."""
    return standard_kit(places, trained=False)


@cache
def kit(places: tuple[Path, ...] = ()) -> Kit:
    """Return the parts for reading, made once a process."""
    return replace(rule_kit(places), reader=Reader())
