"""The outlets of an invented conflict: who reports what and when, who reprints or rewrites whose wire, who corrects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from tests.synthetic import names, phrases
from tests.synthetic.accounts import Account, Habits, account, amount, moment, where
from tests.synthetic.prose import Line, Page, Said, Slot, Told, parsed
from tests.synthetic.story import Incident, Story
from tests.synthetic.telling import (
    Wording,
    again,
    besieging,
    denial,
    filler,
    holding,
    lead,
    plan,
    summary,
    toll,
    wording,
)
from tests.synthetic.world import World

_WIRE = 0.55  # of incidents get into an agency's report
_OWN = 0.13  # of incidents that an outlet's own reporter tells of
_LATER = 0.06  # of incidents that an outlet comes back to days later, as background
_REPRINT = 0.25  # of an agency's reports that an outlet prints or rewrites
_UNDATED = 0.04  # of pages have lost their date
_CORRECTED = 0.05  # of an outlet's own tolls


@dataclass(frozen=True, slots=True)
class Issue:
    """A page as an outlet of these habits prints it, and the key of the report from which it comes."""

    page: Page
    habits: Habits
    origin: str


@dataclass(slots=True)
class Desk:
    """What every report needs: the world, its story and the dice."""

    world: World
    story: Story
    random: Random
    reports: int = 0

    def key(self) -> str:
        """Return a key for a new report."""
        self.reports += 1
        return f"r{self.reports}"


def habits(name: str, world: World, random: Random, *, careful: bool = False) -> Habits:
    """Return an outlet's ways: its spellings for good, its share of exact accounts, of slips, of surnames alone."""
    return Habits(
        name=name,
        style={thing: random.randrange(60) for thing in world.things},
        exact_day=random.uniform(0.85, 0.97) if careful else random.uniform(0.6, 0.95),
        exact_place=0.95 if careful else random.uniform(0.75, 0.97),
        exact_number=random.uniform(0.5, 0.9),
        slip=0.02 if careful else random.uniform(0.01, 0.06),
        furniture=random.choice(phrases.BOILERPLATES) if random.random() < 0.6 else "",
        credits=random.random() < 0.7,
        surnames=0.0 if careful else random.choice((0.0, 0.0, 0.12)),
    )


def issues(world: World, story: Story, random: Random) -> list[Issue]:
    """Return everything that is printed on the conflict, by report."""
    desk = Desk(world, story, random)
    outlets = [habits(name, world, random) for name in random.sample(names.OUTLETS, 6)]
    agencies = [habits(name, world, random, careful=True) for name in names.AGENCIES]
    found: list[Issue] = []
    for agency in agencies:
        for wire in _wires(desk, agency):
            found += _printed(desk, wire, agency, outlets)
    for outlet in outlets:
        found += [Issue(_dated(desk, p), outlet, desk.key()) for p in _own(desk, outlet)]
        found += [Issue(p, outlet, desk.key()) for p in _roundups(desk, outlet)]
    watcher = habits(world.things[world.watchers[1]].spellings[0], world, random, careful=True)
    found += [Issue(p, watcher, desk.key()) for p in _lists(desk, watcher)]
    return found


def _wires(desk: Desk, agency: Habits) -> Iterator[Page]:
    """Yield an agency's reports: of the day's incidents one to three go into one report."""
    by_day: dict[date, list[Incident]] = {}
    for incident in desk.story.incidents:
        if desk.random.random() < _WIRE:
            by_day.setdefault(incident.day + timedelta(days=desk.random.choice((0, 1, 1))), []).append(incident)
    for day in sorted(by_day):
        held = by_day[day]
        desk.random.shuffle(held)
        while held:
            count = desk.random.choice((1, 1, 2, 3))
            yield _report(desk, agency, held[:count], day)
            del held[:count]


def _own(desk: Desk, outlet: Habits) -> Iterator[Page]:
    """Yield what an outlet's own reporters write, at once or days later, and its corrections."""
    for incident in desk.story.incidents:
        chance = desk.random.random()
        if chance < _OWN:
            day = incident.day + timedelta(days=desk.random.choice((0, 1, 1, 2)))
            yield _report(desk, outlet, [incident], day)
            if incident.tolls and incident.tolls[0][0] == "killed" and desk.random.random() < _CORRECTED:
                yield _correction(desk, outlet, incident, day + timedelta(days=1))
        elif chance < _OWN + _LATER:
            later = min(incident.day + timedelta(days=desk.random.randint(4, 14)), desk.story.end)
            fresh = [i for i in desk.story.incidents if i.day == later][:1]
            yield _report(desk, outlet, [*fresh, incident], later)


def _roundups(desk: Desk, outlet: Habits) -> Iterator[Page]:
    """Yield an outlet's look at the week: the count of the dead, who holds what, the main events once more."""
    if desk.random.random() < 0.5:
        return
    for week in range(1, 7):
        day = desk.story.start + timedelta(days=7 * week)
        past = [i for i in desk.story.incidents if 0 < (day - i.day).days <= 7]
        chosen = sorted(past, key=lambda i: -sum(n for _, _, n in i.tolls))[:4]
        lines = [summary(day, desk.story, outlet, desk.world, desk.random), filler(desk.random)]
        for incident in chosen:
            lines += _told(desk, outlet, incident, day)[0][:2]
        towns = desk.random.sample(desk.world.towns, 2)
        lines += [holding(t, day, desk.story, desk.world, desk.random) for t in towns]
        title = Line((f"The week in Veshland: {desk.random.choice(('gains', 'grief', 'a toll', 'no truce'))}",))
        yield Page(outlet.name, day.isoformat(), title, tuple(lines), furniture=outlet.furniture)


def _lists(desk: Desk, watcher: Habits) -> Iterator[Page]:
    """Yield a watcher's daily list: one sentence an incident, in much the same words every day."""
    for number in range(0, 7 * 7, 2):
        day = desk.story.start + timedelta(days=number)
        held = [i for i in desk.story.incidents if i.day == day and i.tolls and not i.false]
        if not held:
            continue
        lines = [Line((f"Incidents that were recorded in Veshland on {day.day} {day:%B} {day.year}",))]
        for incident in held:
            told = replace(account(incident, day + timedelta(days=1), watcher, desk.world, desk.random), said=None)
            words = wording(told, day + timedelta(days=1), replace(watcher, exact_day=1.0), desk.world, desk.random)
            lines.append(lead(told, words, desk.world, desk.random))
            lines += _tolls(desk, told, words, watcher, day)
        lines.append(Line(("Entries are checked against two sources and may change as more becomes known",)))
        yield Page(watcher.name, (day + timedelta(days=1)).isoformat(), Line(("Daily record",)), tuple(lines))


def _report(desk: Desk, outlet: Habits, incidents: list[Incident], day: date) -> Page:
    """Return a report on these incidents, the first of which is its news."""
    random = desk.random
    lines: list[Line] = []
    about = random.choice(("Veshland", "War", "Front", "Conflict"))
    title = Line((f"{about}: {random.choice(('new blow', 'day of fire', 'fresh reports', 'what is known'))}",))
    for number, incident in enumerate(incidents):
        told, head = _told(
            desk,
            outlet,
            incident,
            day,
            prefix="" if number == 0 else random.choice(("Elsewhere, ", "Separately, ", "")),
        )
        lines += told
        lines += [filler(random) for _ in range(random.choice((1, 2, 3)))]
        if number == 0 and head is not None and random.random() < 0.6:
            title = head
    if random.random() < 0.3:
        town = desk.world.town_of(incidents[0].place)
        lines.append(holding(town, day, desk.story, desk.world, random))
    lines += _siege(desk, incidents[0].place, day)
    lines += [filler(random) for _ in range(random.choice((2, 3, 4, 6)))]
    return Page(
        outlet.name,
        day.isoformat(),
        title,
        tuple(lines),
        furniture=outlet.furniture,
        surnames=random.random() < outlet.surnames,
    )


def _siege(desk: Desk, place: str, day: date) -> list[Line]:
    """Return a sentence on the siege of the town that a report is about, where one goes on."""
    town = desk.world.town_of(place)
    held = [i for i in desk.story.incidents if i.place == town and i.until and i.day < day < i.until]
    return [besieging(held[0], desk.world, desk.random)] if held and desk.random.random() < 0.5 else []


def _told(
    desk: Desk, outlet: Habits, incident: Incident, day: date, *, prefix: str = ""
) -> tuple[list[Line], Line | None]:
    """Return the sentences on one incident, and a headline on it."""
    random, world = desk.random, desk.world
    told = account(incident, day, outlet, world, random)
    if incident.false:
        told = replace(told, said=_claimant(desk, incident))
    if incident.plan:
        line = plan(told, world, random)
        return [line], replace(plan(replace(told, said=None), world, random), said=None)
    words = wording(told, day, outlet, world, random)
    lines = [lead(told, words, world, random, prefix=prefix)]
    lines += _tolls(desk, told, words, outlet, day)
    if random.random() < 0.5:
        lines.append(again(told, words, world, random))
    if incident.denied_by and incident.denied_by in world.speakers and random.random() < 0.7:
        lines.append(denial(incident, words, world, random))
    unsaid = replace(told, said=None)
    return lines, replace(lead(unsaid, words, world, random), said=None)


def _tolls(desk: Desk, told: Account, words: Wording, outlet: Habits, day: date) -> list[Line]:
    world, random = desk.world, desk.random
    return [toll(told, m, words, outlet, world=world, random=random, published=day) for m in told.numbers]


def _claimant(desk: Desk, incident: Incident) -> Said:
    body = incident.agents[0]
    person = desk.world.speakers[body][0]
    return Said(person, desk.world.things[person].spellings[0], body, desk.world.things[person].role)


def _correction(desk: Desk, outlet: Habits, incident: Incident, day: date) -> Page:
    """Return the notice in which an outlet gives the right number for the one that it printed."""
    _, group, number = incident.tolls[0]
    bare, _, place = where(incident.place, desk.world, vague=False, random=desk.random)
    words, when, relative = moment(incident.day, day, vague=False, random=desk.random)
    phrase, bounds = amount(number, replace(outlet, exact_number=1.0), desk.random, early=False)
    fill = {"P": bare, "N": (Slot("n", f"{phrase} {group}"),), "W": (words,)}
    pieces = parsed(desk.random.choice(phrases.CORRECTION), fill)
    truth = f"{incident.id}:killed"
    claims = (
        Told("k", "event", "killing", truth, place=place, when=when, relative=relative),
        Told(
            "n",
            "figure",
            "killed",
            truth,
            place=place,
            when=when,
            amount=bounds,
            who=group,
            mode="event",
            as_of=when.end or day.isoformat(),
            about="k",
            relative=relative,
        ),
    )
    lines = (Line(pieces, claims), filler(desk.random))
    return Page(outlet.name, day.isoformat(), Line(("Corrections and clarifications",)), lines)


# ---------------------------------------------------------------------------------------------- copies and rewrites


def _printed(desk: Desk, wire: Page, agency: Habits, outlets: list[Habits]) -> Iterator[Issue]:
    """Yield an agency's report as it stands on its own wire and as outlets print it: whole, cut, or reworded."""
    origin, random = desk.key(), desk.random
    takers = [o for o in outlets if random.random() < _REPRINT]
    if not takers or random.random() < 0.5:
        yield Issue(replace(wire, agency=agency.name), agency, origin)
    for outlet in takers:
        page = replace(
            wire,
            outlet=outlet.name,
            agency=agency.name if outlet.credits else None,
            furniture=outlet.furniture,
            published=_next(wire.published, random),
        )
        chance = random.random()
        if chance < 0.35:
            yield Issue(_dated(desk, page), agency, origin)  # verbatim, in the agency's own spellings
        elif chance < 0.6:
            yield Issue(_dated(desk, replace(page, lines=_cut(page.lines, random))), agency, origin)
        else:
            yield Issue(_dated(desk, _rewritten(desk, page, outlet)), outlet, origin)


def _next(published: str | None, random: Random) -> str | None:
    day = date.fromisoformat(published or "") + timedelta(days=random.choice((0, 0, 1)))
    return day.isoformat()


def _cut(lines: tuple[Line, ...], random: Random) -> tuple[Line, ...]:
    """Return the report cut from the end, as desks cut."""
    return lines[: max(3, int(len(lines) * random.uniform(0.5, 0.95)))]


def _rewritten(desk: Desk, page: Page, outlet: Habits) -> Page:
    """Return a rewrite: the outlet's spellings, some words changed, a sentence moved, some left out, its own added."""
    random = desk.random
    lines = [line for n, line in enumerate(page.lines) if n == 0 or random.random() < 0.85]
    if len(lines) > 3:
        at = random.randrange(1, len(lines) - 1)
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
    lines += [filler(random) for _ in range(random.choice((0, 1, 2)))]
    title = Line((random.choice(("Another day of war in Veshland", "Veshland: the latest", "Reports from the front")),))
    return replace(page, title=title, lines=tuple(lines), reworded=True)


def _dated(desk: Desk, page: Page) -> Page:
    return replace(page, published=None) if desk.random.random() < _UNDATED else page
