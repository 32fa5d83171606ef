"""What a user adds to what ships, kept beside the record: gazetteer files, own actors, settings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile

from onrecord.kits import Extras
from onrecord.lexicon import gazetteer
from onrecord.lexicon.actors import load
from onrecord.lexicon.gazetteer_users import Heard, UsersFile, unheard
from onrecord.lexicon.ownactors import OwnActor, read_kept, read_own, written
from onrecord.model.errors import NotFoundError, OnrecordError
from onrecord.settings import Settings, settings_at

_IN_MEMORY = "a record in memory keeps no {}; open one in a file"


@dataclass(frozen=True, slots=True)
class Additions:
    """The files beside a record: gazetteer files, own actors, settings, own conventions; `None` for one in memory."""

    places: Path | None = None
    own: Path | None = None
    chosen: Path | None = None
    conventions: Path | None = None

    @staticmethod
    def beside(record: Path) -> Additions:
        """Return the files of record.db: record.gazetteer/, record.actors.toml, .settings.toml and .conventions/."""
        ends = (".gazetteer", ".actors.toml", ".settings.toml", ".conventions")
        return Additions(*(record.with_suffix(end) for end in ends))

    @property
    def settings(self) -> Settings:
        """How the record is concluded. Raises DataError where the file breaks its rules."""
        return settings_at(self.chosen)

    @property
    def extras(self) -> Extras:
        """What reading and concluding need of them."""
        return Extras.of(self.files, self.own)

    # ------------------------------------------------------------------------------------------------ gazetteer

    @property
    def files(self) -> tuple[Path, ...]:
        """The gazetteer files, by name."""
        if self.places is None or not self.places.is_dir():
            return ()
        return tuple(sorted(p for p in self.places.iterdir() if p.is_file()))

    def add_gazetteer(self, path: Path, heard: Heard = unheard) -> int:
        """Keep a copy of a gazetteer file and return how many places it holds; one of that name is replaced.

        `heard` is told how far it is read. Raises DataError, and OnrecordError where its places are in use already
        under another name.
        """
        if self.places is None:
            raise OnrecordError(_IN_MEMORY.format("gazetteer files"))
        count = gazetteer.check_extra(path, heard)
        digest = UsersFile(path).digest()
        others = [file for file in self.files if file.name != path.name]
        same = next((file.name for file in others if UsersFile(file).digest() == digest), None)
        if same:
            raise OnrecordError(f"{path.name} holds the same as {same}, which is in use; nothing was changed")
        # Tried with the others before it is kept: a file that does not fit would fail every later command.
        tried = sorted([*others, path], key=lambda file: file.name)
        gazetteer.open_gazetteer(tried, heard=heard).close()
        self.places.mkdir(exist_ok=True)
        aside = self.places.with_name(f"{self.places.name}.part")
        copyfile(path, aside)
        aside.replace(self.places / path.name)
        return count

    def remove_gazetteer(self, name: str) -> None:
        """Drop the gazetteer file of this name. Raises NotFoundError."""
        held = next((file for file in self.files if file.name == name), None)
        if held is None:
            names = ", ".join(file.name for file in self.files) or "none"
            raise NotFoundError(f"there is no gazetteer file {name!r} beside this record; there are: {names}")
        rest = [file for file in self.files if file != held]
        gazetteer.open_gazetteer(rest).close()  # another file may hold places within this one's
        held.unlink()

    # --------------------------------------------------------------------------------------------------- actors

    @property
    def actors(self) -> tuple[OwnActor, ...]:
        """The user's own actors, by name."""
        return read_kept(self.own) if self.own else ()

    def add_actors(self, path: Path) -> tuple[OwnActor, ...]:
        """Take the actors of a file in, and return those that are new or changed. Raises DataError by line."""
        own = self._own()
        kept = {actor.name: actor for actor in self.actors}
        given = read_own(path, load(), kept.values())
        changed = tuple(actor for actor in given if kept.get(actor.name) != actor)
        self._keep(own, {**kept, **{actor.name: actor for actor in given}})
        return changed

    def remove_actor(self, name: str) -> OwnActor:
        """Drop the own actor that goes by this name. Raises NotFoundError, and OnrecordError where others need it."""
        own = self._own()
        kept = {actor.name: actor for actor in self.actors}
        found = next((actor for actor in kept.values() if name.casefold() in map(str.casefold, actor.names)), None)
        if found is None:
            raise NotFoundError(f"you have no actor {name!r} of your own; `onrecord actors` lists them")
        within = next((actor.name for actor in kept.values() if actor.parent == found.name), None)
        if within and found.name not in load().by_name:
            raise OnrecordError(f"{found.name!r} is the parent of {within!r}; remove or change that one first")
        self._keep(own, {key: actor for key, actor in kept.items() if actor != found})
        return found

    def _own(self) -> Path:
        if self.own is None:
            raise OnrecordError(_IN_MEMORY.format("actors of your own"))
        return self.own

    def _keep(self, own: Path, actors: dict[str, OwnActor]) -> None:
        if not actors:
            own.unlink(missing_ok=True)
            return
        text = written(actors.values())
        load(own=[actor.actor for actor in actors.values()])  # tried before it is kept
        aside = own.with_name(f"{own.name}.part")
        aside.write_text(text, encoding="utf-8", newline="\n")
        aside.replace(own)
