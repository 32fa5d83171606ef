"""The parts that a record is read and concluded with: what ships, and what the user added to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from onrecord.extract.parts import Kit
from onrecord.extract.read import read, standard_kit
from onrecord.model.records import Dispatch, Reading
from onrecord.reader.neural import Reader


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


@cache
def rule_kit(places: tuple[Path, ...] = ()) -> Kit:
    """Return the parts without the trained reader, made once a process: all that concluding and judging need."""
    return standard_kit(places, trained=False)


@cache
def kit(places: tuple[Path, ...] = ()) -> Kit:
    """Return the parts for reading, made once a process."""
    return replace(rule_kit(places), reader=Reader())
