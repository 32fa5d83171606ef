"""iCalendar (RFC 5545): events as whole days of a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from onrecord.exports.material import Material, Told
from onrecord.exports.notes import note, sentence
from onrecord.model.values import first_day

_STATUSES: Final = {"happened": "CONFIRMED", "ongoing": "CONFIRMED", "denied": "CANCELLED"}  # others are TENTATIVE
_LINE: Final = 75  # octets of a line; a longer one goes on in the next after a space
_NO_TIME: Final = "19800101T000000Z"  # stands for no time: the same record gives the same bytes


def write(material: Material, path: Path) -> list[Path]:
    """Write the calendar and return the path; an event without a first day is lost."""
    with path.open("w", encoding="utf-8", newline="") as file:
        for line in _lines(material):
            file.write(folded(line))
    material.finish("iCalendar")
    return [path]


def _lines(material: Material) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Onrecord//Record//EN", "CALSCALE:GREGORIAN")
    for told in material.events:
        if told.event.when.start is None:
            material.lose_event(told, "undated", "a calendar needs the day on which it began")
        else:
            yield from _event(material, told)
    yield "END:VCALENDAR"


def _event(material: Material, told: Told) -> Iterator[str]:
    event = told.event
    first = first_day(event.when.start or "")
    last = told.days[1] if told.days else first
    for figure in told.figures:
        material.say_whole(figure)
    _rough(material, told)
    yield "BEGIN:VEVENT"
    yield f"UID:{event.id}@onrecord"
    yield f"DTSTAMP:{_stamp(told.published)}"
    yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(sentence(material, told))}"
    yield f"DESCRIPTION:{escaped(note(material, told))}"
    if told.place is not None:
        yield f"LOCATION:{escaped(told.place.name)}"
        if told.place.point is not None:
            yield f"GEO:{told.place.point[1]:.6f};{told.place.point[0]:.6f}"
    yield f"STATUS:{_STATUSES.get(event.status, 'TENTATIVE')}"
    yield f"CATEGORIES:{event.type},{event.grade}"
    address = next((d.url for d in told.dispatches if d.url), None)
    if address:
        yield f"URL:{escaped(address)}"
    yield "TRANSP:TRANSPARENT"
    yield f"X-ONRECORD-ID:{event.id}"
    yield f"X-ONRECORD-DISPATCHES:{escaped(material.addresses(told))}"
    yield "END:VEVENT"


def _rough(material: Material, told: Told) -> None:
    lose = material.losses.lose
    if told.days is None:
        lose("field", "date", [told.id], why="a calendar needs an end; nobody says until when it went on")
    elif told.event.when.precision in ("month", "year"):
        lose("field", "date", [told.id], why="a calendar has days; the month or year stands as all of its days")


def _stamp(published: str) -> str:
    return f"{first_day(published):%Y%m%d}T000000Z" if published else _NO_TIME


def escaped(text: str) -> str:
    """Return a text as a value of iCalendar."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def folded(line: str) -> str:
    """Return a line with its end, broken where it has more than 75 octets; no character is cut in two."""
    if len(line) * 4 <= _LINE or len(line.encode("utf-8")) <= _LINE:
        return f"{line}\r\n"
    parts, part, size = [], "", 0
    for character in line:
        octets = len(character.encode("utf-8"))
        if size + octets > _LINE:
            parts.append(part)
            part, size = " ", 1
        part += character
        size += octets
    return "\r\n".join([*parts, part]) + "\r\n"
