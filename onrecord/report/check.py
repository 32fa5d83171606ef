"""Checks a report against its record: what each sentence says must stand in the claims that it cites.

The check reads the finished sentences, not what they were made from: numbers, dates, names, quotations, counts of
sources and words of doubt are found in the text and looked for in the claims, so that a template that says too much
is found out as well as a citation that leads astray.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.model.lookup import Lookup, source_name
from onrecord.model.records import Claim, Record, Statement
from onrecord.model.wording import MONTHS, WORDS
from onrecord.report.accounts import HAPPENED
from onrecord.report.parts import Cited, Situation
from onrecord.report.sources import quoted

_MONTH = "|".join(MONTHS)
_STRETCH = re.compile(rf"(\d{{1,2}}) to (\d{{1,2}} (?:{_MONTH}) \d{{4}})|({_MONTH}) to ((?:{_MONTH}) \d{{4}})")
_DAYS = re.compile(rf"(\d{{1,2}} (?:{_MONTH})) to (\d{{1,2}} (?:{_MONTH}) \d{{4}})")
_DATE = re.compile(rf"(?:(\d{{1,2}}) )?({_MONTH}) (\d{{4}})|\b((?:19|20)\d\d)\b(?! [a-z]+ (?:were|was|had))")
_ORIGINS = re.compile(r"according to (\S+) independent dispatches")
_NUMBER = re.compile(r"(?<![\w.,-])(\d[\d,]*(?:\.\d+)?)( million)?(?![\w-])|\b(" + "|".join(WORDS) + r")\b(?! other)")
_QUOTATION = re.compile("“([^”]+)”")
_DOUBT = {
    "planned or expected": "expected", "said to depend": "conditional", "denied": "denied", "alleged": "uncertain",
    "did not take place": "denied",
}  # fmt: skip
_DIFFER = "Accounts differ"
_TAIL = 30  # characters at the end of reported words that must stand in the dispatch as they are


@dataclass(frozen=True, slots=True)
class Fault:
    """A sentence that says what its claims do not, and what that is."""

    sentence: str
    what: str


def faults(report: Situation, record: Record) -> list[Fault]:
    """Return what is wrong with a report's sentences, in their order; nothing where each stands in its claims."""
    checker = _Checker(Lookup(record), report)
    counted = {id(c) for section in report.sections if section.counted for c in section.sentences}
    said = [c for c in report.sentences if id(c) not in counted]
    return [Fault(c.text, what) for c in said if report.sources or c.cited for what in checker.wrong(c)]


class _Checker:
    """Holds one sentence after another against the claims that it rests on."""

    def __init__(self, lookup: Lookup, report: Situation) -> None:
        self._lookup, self._report = lookup, report
        names = sorted({e.name for e in lookup.entities.values() if e.name[:1].isupper() and len(e.name) > 2}, key=len)
        pattern = "|".join(re.escape(name) for name in reversed(names))
        self._names = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") if names else None

    def wrong(self, cited: Cited) -> Iterator[str]:
        """Yield what a sentence says that its claims do not."""
        if not cited.cited:
            yield "it cites nothing"
            return
        unknown = [
            k
            for k in (*cited.cited, *cited.rests_on)
            if k not in self._lookup.claims and k not in self._lookup.statements
        ]
        if unknown:
            yield f"it rests on {unknown[0]}, which is not on record"
            return
        yield from self._misquoted(cited)
        if any(key in self._lookup.statements for key in cited.cited):
            yield from self._unsaid(cited)
            return
        claims = self._lookup.told(cited.cited)
        text, dates = _without_dates(cited.text)
        yield from self._undated(dates, claims)
        yield from self._unnamed(cited)
        yield from self._uncounted(text, cited, claims)
        yield from _undoubted(cited.text, claims)

    def _misquoted(self, cited: Cited) -> Iterator[str]:
        """Find citations whose number leads to other words than the claim's."""
        for key in cited.cited:
            number = self._report.numbers.get(key, 0)
            source = self._report.sources[number - 1] if 0 < number <= len(self._report.sources) else None
            words = self._lookup.words(quoted(self._lookup, key))
            if source is None or not words.startswith(source.quotation.removesuffix(" …")):
                yield f"its citation {number or key} does not lead to the words of the claim"

    def _unsaid(self, cited: Cited) -> Iterator[str]:
        """Find words that are put into a source's mouth and do not stand in its statement."""
        for key in cited.cited:
            statement = self._lookup.statements[key]
            content = self._lookup.words(statement.content)
            for words in _QUOTATION.findall(cited.text):
                if words not in content:
                    yield f"the statement does not hold “{words}”"
            if "“" not in cited.text and cited.text.rstrip(".")[-_TAIL:] not in content + ".":
                yield "the statement does not end so"
            speaker = self._lookup.name(statement.speaker) or statement.speaker_text
            if speaker.casefold() not in cited.text.casefold():
                yield f"the statement is of {speaker}"

    def _undated(self, dates: Iterable[str], claims: Sequence[Claim]) -> Iterator[str]:
        known = {d for c in claims for d in self._dates(c) if d}
        yield from (f"no cited claim gives the date {d}" for d in dates if not any(k.startswith(d) for k in known))

    def _dates(self, claim: Claim) -> tuple[str | None, ...]:
        return (claim.when.start, claim.when.end, claim.as_of, self._lookup.dispatches[claim.dispatch].published)

    def _unnamed(self, cited: Cited) -> Iterator[str]:
        if not self._names:
            return
        cast = " | ".join(self._cast(self._lookup.told((*cited.cited, *cited.rests_on))))
        for name in dict.fromkeys(self._names.findall(cited.text)):
            if not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", cast):
                yield f"no claim that it rests on names {name}"

    def _cast(self, claims: Iterable[Claim]) -> Iterator[str]:
        """Yield every name and noun that claims give: sides, places, whom they count, their sources and outlets."""
        for claim in claims:
            statement = self._lookup.statement(claim)
            yield from self._lookup.names((*claim.agents, *claim.targets, *self._lookup.within(claim.place)))
            yield from filter(None, (claim.who, source_name(self._lookup.dispatches[claim.dispatch])))
            yield from self._source(statement) if statement else ()

    def _source(self, statement: Statement) -> Iterator[str]:
        yield from self._lookup.names(filter(None, (statement.speaker, statement.organisation)))
        yield from filter(None, (statement.speaker_text, statement.role))

    def _uncounted(self, text: str, cited: Cited, claims: Sequence[Claim]) -> Iterator[str]:
        """Find numbers that no cited claim gives, and a count of sources other than that of the claims."""
        told = _ORIGINS.search(text)
        origins = len({self._lookup.origin(c.dispatch) for c in self._lookup.told(cited.rests_on)})
        if told and _value(told[1]) != origins:
            yield f"it counts {told[1]} dispatches, where its claims stand in {origins}"
        for words in sorted(self._cast(self._lookup.told((*cited.cited, *cited.rests_on))), key=len, reverse=True):
            text = text.replace(words, "")
        text = self._names.sub("", text) if self._names else text
        text = (
            text.partition(". ")[0] if text.startswith(_DIFFER) else text
        )  # the reason is the record's, not a claim's
        given = {v for c in claims for v in _amounts(c)}
        for digits, million, word in _NUMBER.findall(_ORIGINS.sub("", text)):
            number = _value(word or digits) * (1_000_000 if million else 1)
            if number not in given:
                yield f"no cited claim gives the number {digits or word}{million}"
        yield from _narrowed(text, claims)


def _narrowed(text: str, claims: Sequence[Claim]) -> Iterator[str]:
    """Find a range that is told as one number: claims that give exact and different numbers."""
    exact = {c.amount.low for c in claims if c.amount and c.amount.exact}
    if len(exact) < 2 or text.startswith(_DIFFER) or re.search(r"between|at least|up to", text, re.IGNORECASE):
        return
    given = " and ".join(f"{value:,g}" for value in sorted(value for value in exact if value is not None))
    yield f"its claims give {given}, the sentence one number"


def _undoubted(text: str, claims: Sequence[Claim]) -> Iterator[str]:
    """Find something planned, denied or alleged that is told as having happened, and the other way about."""
    statuses = {c.status for c in claims if c.kind == "event"}
    if not statuses or text.startswith(_DIFFER):
        return
    marked = next((status for words, status in _DOUBT.items() if f" {words}" in text), None)
    if marked and marked not in statuses:
        yield f"no cited claim says that it is {marked}"
    if not marked and not statuses & set(HAPPENED):
        yield f"it tells as having happened what its claims give as {', '.join(sorted(statuses))}"


def _amounts(claim: Claim) -> Iterator[float]:
    if claim.amount:
        yield from (v for v in (claim.amount.low, claim.amount.high) if v is not None)
    if claim.share is not None:
        yield claim.share


def _without_dates(text: str) -> tuple[str, list[str]]:
    """Return a text without its dates, and these as ISO dates cut at their precision."""
    full = _DAYS.sub(lambda m: f"{m[1]} {m[2][-4:]} to {m[2]}", text)
    full = _STRETCH.sub(_written_out, full)
    dates = [_iso(m) for m in _DATE.finditer(full)]
    return _DATE.sub("", full), dates


def _written_out(found: re.Match[str]) -> str:
    """Return both ends of a stretch as whole dates: "1 to 5 May 2018" is "1 May 2018 to 5 May 2018"."""
    if found[1]:
        return f"{found[1]} {found[2].split(' ', 1)[1]} to {found[2]}"
    return f"{found[3]} {found[4][-4:]} to {found[4]}"


def _iso(found: re.Match[str]) -> str:
    if found[4]:
        return found[4]
    month = f"{found[3]}-{MONTHS.index(found[2]) + 1:02d}"
    return f"{month}-{int(found[1]):02d}" if found[1] else month


def _value(words: str) -> float:
    return float(WORDS.index(words)) if words in WORDS else float(words.replace(",", ""))
