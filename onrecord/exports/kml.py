"""KML 2.2: events as placemarks with times, for Google Earth and other globes; a folder a type."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any, Final

from lxml import etree

from onrecord.exports.material import Material, Told
from onrecord.exports.notes import note, sentence

_SPACE: Final = "http://www.opengis.net/kml/2.2"


def write(material: Material, path: Path) -> list[Path]:
    """Write the placemarks and return the path; an event without a point is lost."""
    by_type: defaultdict[str, list[Told]] = defaultdict(list)
    for told in material.events:
        if told.place is None or told.place.point is None:
            material.lose_event(told, "no place", "a placemark needs a point")
        else:
            by_type[told.event.type].append(told)
    with etree.xmlfile(str(path), encoding="utf-8") as file:
        file.write_declaration()
        with file.element("kml", nsmap={None: _SPACE}), file.element("Document"):
            file.write(_element("name", "Onrecord"))
            for kind, events in sorted(by_type.items()):
                with file.element("Folder"):
                    file.write(_element("name", kind.replace("_", " ")))
                    for told in events:
                        file.write(_placemark(material, told))
    for told in (t for events in by_type.values() for t in events):
        for figure in told.figures:
            material.say_whole(figure)
    material.finish("KML")
    return [path]


def _element(tag: str, text: str | None = None, *inside: Any, **attributes: str) -> Any:
    made = etree.Element(tag, attributes)
    made.text = "".join(c if c.isprintable() or c == "\n" else " " for c in text) if text is not None else None
    made.extend(inside)
    return made


def _placemark(material: Material, told: Told) -> Any:
    longitude, latitude = told.place.point if told.place and told.place.point else (0.0, 0.0)
    parts = [
        _element("name", sentence(material, told)),
        _element("description", note(material, told)),
        *_time(told),
        _element("ExtendedData", None, *(_data(name, value) for name, value in _facts(material, told))),
        _element("Point", None, _element("coordinates", f"{longitude:g},{latitude:g}")),
    ]
    return _element("Placemark", None, *parts, id=told.id)


def _time(told: Told) -> list[Any]:
    when = told.event.when
    if not when.known:
        return []
    if when.start == when.end:
        return [_element("TimeStamp", None, _element("when", when.start))]
    ends = (("begin", when.start), ("end", when.end))
    return [_element("TimeSpan", None, *(_element(tag, iso) for tag, iso in ends if iso))]


def _facts(material: Material, told: Told) -> list[tuple[str, str]]:
    event = told.event
    return [
        ("onrecord_id", event.id),
        ("type", event.type),
        ("status", event.status),
        ("grade", event.grade),
        ("geo_precision", told.place.precision if told.place else "none"),
        ("sources", str(event.sources)),
        ("dispatches", material.addresses(told)),
    ]


def _data(name: str, value: str) -> Any:
    return _element("Data", None, _element("value", value), name=name)
