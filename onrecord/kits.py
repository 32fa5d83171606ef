"""The parts that a record is read and concluded with: what ships, and what the user added to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from onrecord.extract.parts import Kit
from onrecord.extract.read import read, standard_kit
from onrecord.lexicon.actors import Actors, load
from onrecord.lexicon.gazetteer_users import UsersFile
from onrecord.lexicon.lexicon import reading_mark
from onrecord.lexicon.ownactors import kept_digest, read_kept
from onrecord.model.records import Dispatch, Reading
from onrecord.pipeline import Safely
from onrecord.reader.neural import Reader
from onrecord.store.base import Store


@dataclass(frozen=True, slots=True)
class Extras:
    """What a user added to what ships: gazetteer files and a file of own actors; `mark` follows from their content."""

    places: tuple[Path, ...] = ()
    actors: Path | None = None
    mark: str = ""

    @staticmethod
    def of(places: tuple[Path, ...], actors: Path | None) -> Extras:
        """Return the files with their mark, empty where there are none. Raises DataError where one cannot be read."""
        held = actors if actors and actors.exists() else None
        digests = [UsersFile(path).digest() for path in places]
        if held:
            digests.append(kept_digest(held))
        return Extras(places, held, sha256(b"".join(digests)).hexdigest()[:8] if digests else "")


NONE = Extras()


@dataclass(frozen=True, slots=True)
class StandardReader:
    """Reads with the parts that ship and what the user added to them; light to send to another process."""

    extras: Extras = NONE

    @property
    def version(self) -> str:
        """The reader's version, a mark of its word lists, and one of what the user added where there is something."""
        parts = (kit(self.extras).version, reading_mark(), self.extras.mark)
        return "+".join(part for part in parts if part)

    def __call__(self, dispatch: Dispatch) -> Reading:
        """Return the reading of a dispatch."""
        return replace(read(dispatch, kit(self.extras)), reader=self.version)


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


@lru_cache(maxsize=4)  # each holds a gazetteer open
def rule_kit(extras: Extras = NONE) -> Kit:
    """Return the parts without the trained reader, made once a process: all that concluding and judging need."""
    shipped = standard_kit(extras.places, trained=False)
    return replace(shipped, actors=known_actors(extras.actors)) if extras.actors else shipped


@lru_cache(maxsize=4)
def kit(extras: Extras = NONE) -> Kit:
    """Return the parts for reading, made once a process."""
    return replace(rule_kit(extras), reader=Reader())


def known_actors(own: Path | None = None) -> Actors:
    """Return the actors that ship with those that a user's file adds. Raises DataError where the file was damaged."""
    return load(own=[o.actor for o in read_kept(own)] if own else ())
