"""Writes a record in a format: to a file or a folder with its `losses.csv`, as a text, or as one zip."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict
from zipfile import ZIP_DEFLATED, ZipFile

from onrecord.exports.formats import FORMATS, Format
from onrecord.exports.losses import FILE, Losses
from onrecord.exports.material import Help, Material
from onrecord.exports.selection import Selection
from onrecord.model.errors import OnrecordError
from onrecord.model.records import Record
from onrecord.model.zips import member


class Asked(TypedDict, total=False):
    """What part of a record is asked for, as keywords; see `Selection`."""

    since: str | None
    until: str | None
    place: str | None
    grades: tuple[str, ...]


def format_of(name: str) -> Format:
    """Return the format of a name. Raises OnrecordError on an unknown one."""
    if name not in FORMATS:
        raise OnrecordError(f"there is no format {name!r}; there are: {', '.join(FORMATS)}")
    return FORMATS[name]


def file_name(name: str) -> str:
    """Return what the file of a format of one file is called where nobody says: `acled.csv`, but `record.json`."""
    suffix = format_of(name).suffix
    return f"record{suffix}" if suffix == f".{name}" else f"{name}{suffix}"


def _target(name: str, given: Path | str) -> Path:
    """Return where an export goes: a folder, or one that is to be ("out/"), gets a file by its usual name.

    Raises OnrecordError where a file stands in place of the folder that a format of several files needs.
    """
    path = Path(given)
    if not format_of(name).suffix:
        if path.exists() and not path.is_dir():
            raise OnrecordError(f"{name} writes several files, and {path} is one file; name a folder")
        return path
    return path / file_name(name) if path.is_dir() or str(given).endswith(("/", os.sep)) else path


def write_export(
    name: str,
    record: Record,
    path: Path | str,
    *,
    selection: Selection = Selection(),  # noqa: B008 - frozen
    aid: Help | None = None,
    losses: Losses | None = None,
) -> list[Path]:
    """Write the record to a file or a folder, made where it is not there, and return the paths of all files.

    A format of one file is given a file, or a folder that is there or ends in a slash, where it has its `file_name`.
    What the format cannot say goes to `losses`, and to `losses.csv` beside the file or in the folder. Raises
    OnrecordError where the format is unknown, or needs a library that is not installed.
    """
    form, path = format_of(name), _target(name, path)
    lost = losses if losses is not None else Losses()
    material = Material(selection.of(record, lost), aid, lost)
    folder = path if not form.suffix else path.parent
    folder.mkdir(parents=True, exist_ok=True)
    written = form.write(material, path)
    if lost or (folder / FILE).exists():
        written.append(lost.write(folder, path.name if form.suffix else name))
    return written


def text_export(
    name: str,
    record: Record,
    *,
    selection: Selection = Selection(),  # noqa: B008 - frozen
    aid: Help | None = None,
    losses: Losses | None = None,
) -> str:
    """Return the record as the text of a format of one text file. Raises OnrecordError on another."""
    form = format_of(name)
    if not form.suffix:
        raise OnrecordError(f"{name} writes several files; say where with --output FOLDER")
    if form.binary:
        raise OnrecordError(f"{name} is no text; say where with --output FILE{form.suffix}")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"record{form.suffix}"
        write_export(name, record, path, selection=selection, aid=aid, losses=losses)
        return path.read_bytes().decode("utf-8")


def packed(
    name: str,
    record: Record,
    *,
    selection: Selection = Selection(),  # noqa: B008 - frozen
    aid: Help | None = None,
) -> bytes:
    """Return all files of an export, the losses among them, as one zip; the same record gives the same bytes."""
    form = format_of(name)
    with TemporaryDirectory() as folder:
        path = Path(folder) / (file_name(name) if form.suffix else name)
        written = write_export(name, record, path, selection=selection, aid=aid)
        return zipped({p.name: p.read_bytes() for p in written})


def zipped(files: dict[str, bytes]) -> bytes:
    """Return files as a zip, by name, without the time and the machine."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            archive.writestr(member(name), data)
    return out.getvalue()
