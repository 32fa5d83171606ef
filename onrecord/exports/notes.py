"""Events as a few sentences, for the fields of notes that conventions have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.exports.material import Material, Told
from onrecord.exports.parties import Party
from onrecord.model.records import Figure
from onrecord.model.values import When, first_day

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def note(material: Material, told: Told) -> str:
    """Return what happened, how many it cost, and the words of the sources, after the manner of ACLED's notes."""
    return " ".join(filter(None, (sentence(material, told), numbers(told), material.quotations(told.claims))))


def sentence(material: Material, told: Told) -> str:
    """Return one sentence: when, who did what to whom, where."""
    words = material.table("notes")
    clause = words["clauses"][told.event.type]
    agents, targets = _listed(told.agents), _hit(told.targets, clause.get("of", ""))
    if not agents and targets and "done" in clause:
        happened = f"{targets} {clause['done']}"
    else:
        did = clause["did"] if targets else clause.get("alone", clause["did"])
        happened = f"{agents or words['unknown']['agent']} {did}{_after(clause['to'], targets)}"
    text = f"{happened}{where(material, told)}{words['statuses'][told.event.status]}."
    when = during(told.event.when)
    return f"{when}, {text}" if when else text[0].upper() + text[1:]


def where(material: Material, told: Told) -> str:
    """Return " in Hajin (Deir Ezzor)", or nothing where no place is known."""
    if told.place is None:
        return ""
    around = [d for d in material.divisions(told.place) if d and d != told.place.name]
    return f" in {told.place.name}" + (f" ({', '.join(reversed(around))})" if around else "")


def during(when: When) -> str:
    """Return "On 5 June 2017", "In June 2017", "Between 5 June 2017 and 7 June 2017", or nothing."""
    if not when.known:
        return ""
    if when.start == when.end:
        return f"{'On' if when.precision == 'day' else 'In'} {spelt(when.start)}"
    if when.start is None or when.end is None:
        return f"Since {spelt(when.start)}" if when.start else f"Until {spelt(when.end)}"
    return f"Between {spelt(when.start)} and {spelt(when.end)}"


def spelt(iso: str | None) -> str:
    """Return an ISO date cut at its precision as "5 June 2017", "June 2017" or "2017"."""
    if not iso:
        return ""
    day = first_day(iso)
    month = f"{_MONTHS[day.month - 1]} " if len(iso) >= 7 else ""
    return f"{f'{day.day} ' if len(iso) == 10 else ''}{month}{day.year}"


def numbers(told: Told) -> str:
    """Return the figures of an event, a sentence each, such as "Killed: 14 to 20 civilians."."""
    return " ".join(f"{_number(f)}." for f in told.figures)


def _number(figure: Figure) -> str:
    bounds = _bounds(figure)
    unit = figure.unit if figure.unit not in ("", "people") and figure.unit != figure.who else ""
    total = {"cumulative": " in all", "current": " at the time"}.get(figure.mode, "")
    counted = " ".join(filter(None, (bounds, unit, figure.who)))
    return f"{figure.measure.capitalize()}: {counted}{total}"


def _bounds(figure: Figure) -> str:
    low, high = figure.low, figure.high
    if low is None and high is None:
        return f"about {figure.best:,g}" if figure.best is not None else "an unknown number of"
    if low is None or high is None:
        return f"at least {low:,g}" if low is not None else f"up to {high:,g}"
    return f"{low:,g}" if low == high else f"{low:,g} to {high:,g}"


def _after(preposition: str, names: str) -> str:
    return f" {preposition} {names}".replace("  ", " ") if names else ""


def _hit(parties: Iterable[Party], of: str) -> str:
    """Return those to whom it was done; of a named group some, where the clause says `of`."""
    some = of and [f"{of} {p.name}" if p.armed and p.category != "unidentified" else p.name for p in parties]
    return _joined(some or [p.name for p in parties])


def _listed(parties: Iterable[Party]) -> str:
    return _joined([p.name for p in parties])


def _joined(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
