"""Judgements as JSON Lines, one a line with the words that it is tied to: how teams share them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from onrecord.deciding import check
from onrecord.model.anchors import Anchor
from onrecord.model.errors import JudgementError, SourceError
from onrecord.model.records import Dispatch, Judgement, SetAside, judgement_id

FORMAT = "onrecord-judgements/1"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_LONGEST = 1_000_000  # characters of a line: a judgement has a few hundred


class _Line(msgspec.Struct):
    """A line as it is written; what else stands in it (a file's name) is for people."""

    format: str
    verdict: str
    about: str
    by: str
    at: str
    id: str | None = None
    value: str | None = None
    quote: str | None = None
    note: str | None = None
    withdrawn: str | None = None
    withdrawn_by: str | None = None
    anchors: tuple[Anchor, ...] = ()


def lines(judgements: Iterable[Judgement], dispatches: Mapping[str, Dispatch]) -> Iterator[str]:
    """Yield each judgement as a line of JSON with its line end; the same judgements give the same bytes."""
    for judgement in judgements:
        document = msgspec.to_builtins(judgement) | {"format": FORMAT}
        document["anchors"] = [_anchor(anchor, dispatches) for anchor in judgement.anchors]
        yield json.dumps(document, ensure_ascii=False, sort_keys=True) + "\n"


def _anchor(anchor: Anchor, dispatches: Mapping[str, Dispatch]) -> dict[str, Any]:
    """Return an anchor with the file or address of its dispatch, by which a person finds it."""
    dispatch = dispatches.get(anchor.dispatch)
    known = {"file": dispatch.file, "url": dispatch.url} if dispatch else {}
    told: dict[str, Any] = msgspec.to_builtins(anchor)
    return told | {name: value for name, value in known.items() if value}


def read_lines(path: Path) -> Iterator[Judgement | SetAside]:
    """Yield the judgement of each line of a file, or why it is none; empty lines are passed over.

    Raises SourceError where the file cannot be read.
    """
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield _read(line, f"{path.name}, line {number}")
    except OSError as error:
        raise SourceError("unreadable", f"{path} cannot be read: {error.strerror}; check the path") from error
    except UnicodeDecodeError as error:
        advice = "give a file of `onrecord judgements export`"
        raise SourceError("unreadable", f"{path} is not UTF-8 text ({error.reason}); {advice}") from error


def _read(line: str, where: str) -> Judgement | SetAside:
    try:
        if len(line) > _LONGEST:
            raise JudgementError(f"it has more than {_LONGEST:,} characters")
        return _judgement(msgspec.json.decode(line, type=_Line))
    except (msgspec.DecodeError, JudgementError) as error:  # a line of another shape is a DecodeError too
        return SetAside(where, "no judgement", f"{where} is no judgement: {error}; mend or drop this line")


def _judgement(line: _Line) -> Judgement:
    """Return the judgement of a line. Raises JudgementError where it breaks a rule of the log."""
    if line.format != FORMAT:
        raise JudgementError(f"its format is {line.format!r}, not {FORMAT!r}")
    check(line.verdict, line.value)
    for moment in filter(None, (line.at, line.withdrawn)):
        if not _MOMENT.fullmatch(moment):
            raise JudgementError(f"{moment!r} is no moment in UTC such as 2026-05-01T12:00:00Z")
    if not (line.about.strip() and line.by.strip()):
        raise JudgementError("it does not say what it is about, or who judged")
    if any(not 0 <= anchor.start <= anchor.end for anchor in line.anchors):
        raise JudgementError("the offsets of an anchor run backwards")
    value = None if line.verdict in ("wrong", "right") else line.value
    name = judgement_id(line.verdict, line.about, value, line.by, line.at)
    if line.id not in (None, name):
        raise JudgementError(f"its id {line.id} is not that of what it says ({name}); leave the id out")
    return Judgement(
        id=name,
        verdict=line.verdict,
        about=line.about,
        by=line.by,
        at=line.at,
        value=line.value,
        quote=line.quote,
        note=line.note,
        withdrawn=line.withdrawn,
        withdrawn_by=line.withdrawn_by if line.withdrawn else None,
        anchors=line.anchors,
    )
