"""Reads the top and the end of a dispatch as people read them: title, credits, dateline, date; and marks them."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from dataclasses import dataclass, field
from functools import cache

from onrecord.lexicon.lexicon import table
from onrecord.model.records import Marked
from onrecord.model.vocabulary import Furniture
from onrecord.sources.credits import (
    agency_in_story,
    agency_name,
    closing_credit,
    dateline_of,
    is_byline,
    writers_of_agency,
)
from onrecord.sources.dates import find, words
from onrecord.sources.furniture import is_caption, is_furniture, is_lifted, outlet_in, repeats
from onrecord.sources.lines import Line, hard_wrapped, split_lines
from onrecord.sources.stamps import Dated, date_line, is_bare_date

_REGION = 16  # lines; the longest header among the dispatches at hand has 5, pages with menus have a dozen
_TITLE = 180  # characters; the longest headline among 295 dispatches has 152
_TAIL = 6  # lines at the end among which a credit, a byline or the printer's line is looked for
_STORY = 60  # characters from which a line that ends as a sentence counts as story
_NO_TITLE = re.compile(r"[-•]|\* |==|https?:|www\.|[\w ,]{3,40}\([A-Z]\w+\)$")  # lists, addresses, "Ardun (Agency)"
_LEAD = 1200  # characters of the story in which weekdays tell about the date of publication


@dataclass(slots=True)
class Header:
    """What was read around the story; a `marked` stretch never overlaps another.

    `dates` are in the order of the text. `story` is the beginning of the story. `chronology` tells that dates stand
    as headings over what happened on them, so that none is the date of publication.
    """

    title: str | None = None
    outlet: str | None = None
    agency: str | None = None
    byline: str | None = None
    dateline: str | None = None
    url: str | None = None
    language: str | None = None
    dates: list[Dated] = field(default_factory=list)
    marked: list[Marked] = field(default_factory=list)
    story: str = ""
    chronology: bool = False

    def mark(self, start: int, end: int, kind: Furniture) -> None:
        """Mark a stretch, unless part of it is marked already."""
        if start < end and not self._overlaps(start, end):
            insort(self.marked, Marked(start, end, kind), key=_start)

    def is_marked(self, line: Line) -> bool:
        """Tell whether some of the line is marked."""
        return self._overlaps(line.start, line.end)

    def _overlaps(self, start: int, end: int) -> bool:
        after = bisect_left(
            self.marked, end, key=_start
        )  # marks are in order and apart: only the last one can reach in
        return after > 0 and self.marked[after - 1].end > start


def _start(mark: Marked) -> int:
    return mark.start


def read_header(text: str, *, title: str | None = None) -> Header:
    """Return what stands around the story of a text; `title` is the headline where it is known from elsewhere."""
    header = Header(title=title)
    lines = split_lines(text)
    header.chronology = _is_chronology(lines)
    _read_top(header, lines, text)
    _read_end(header, lines)
    _mark_everywhere(header, lines)
    _read_dateline(header, lines)
    header.agency = header.agency or agency_in_story(text)
    return header


def _is_chronology(lines: list[Line]) -> bool:
    bare = {line.text for line in lines if is_bare_date(line.text)}
    return len(bare) >= 3 or (len(bare) == 2 and is_bare_date(lines[0].text))


# ---------------------------------------------------------------------------------------------------- the top


def _read_top(header: Header, lines: list[Line], text: str) -> None:
    """Read lines from the top until the second paragraph of the story."""
    wrapped = hard_wrapped(lines)
    told = 0
    titled = False
    for index, line in enumerate(lines[:_REGION]):
        if header.is_marked(line):
            continue
        if _read_labelled(header, line) or _read_credits(header, line):
            titled = titled or any(mark.kind == "title" for mark in header.marked)
            continue
        if not titled and not told:
            end = _title_end(header, lines, index, wrapped=wrapped)
            if end:
                titled = True
                _take_title(header, text, line.start, end)
                continue
        told += line.closed and len(line.text) >= _STORY
        told += len(line.text) > 250
        if told >= 2:
            break


def _take_title(header: Header, text: str, start: int, end: int) -> None:
    header.mark(start, end, "title")
    found = " ".join(text[start:end].split()).lstrip("# ").strip("*_ ")
    header.title = header.title or found


def _title_end(header: Header, lines: list[Line], index: int, *, wrapped: bool) -> int:
    """Return where the headline that begins with this line ends, 0 where none does.

    A headline is short, ends with no full stop, and a story follows. Where lines were broken to a width, a line that
    goes on in the next one is the beginning of a paragraph, unless a short block ends open before a blank line.
    """
    line = lines[index]
    if header.title and repeats(line.text.lstrip("# "), header.title):
        return line.end
    block = [line]
    for following in lines[index + 1 :]:
        if following.gap or not (wrapped or following.text[0].islower()) or _stands_apart(following.text):
            break
        block.append(following)
    joined = " ".join(part.text for part in block)
    if not _looks_like_title(joined) or not _story_follows(header, lines[index + len(block) :]):
        return 0
    return 0 if _is_kicker(header, lines, index, line) else block[-1].end


def _looks_like_title(line: str) -> bool:
    words_ = line.lstrip("# ").split()
    if not len(words_) >= 2 or len(line) > _TITLE or words_[0][0].islower():
        return False
    never = table("headers")["title"]
    if words_[-1].lower() in never["never_last"] or words_[0].lower() in never["never_first"]:
        return False
    one = Line(0, len(line), line, gap=True)
    return one.open_ended and not is_bare_date(line) and not _NO_TITLE.match(line)


def _story_follows(header: Header, rest: list[Line]) -> bool:
    story = [line for line in rest if not header.is_marked(line)]
    return any(line.closed for line in story) and sum(len(line.text) for line in story) >= _STORY


def _is_kicker(header: Header, lines: list[Line], index: int, line: Line) -> bool:
    """Tell whether this is the name of a section above the headline, and mark it: "WORLD NEWS"."""
    following = lines[index + 1] if index + 1 < len(lines) else None
    if header.title or not following or len(line.text.split()) > 3 or len(following.text.split()) < 5:
        return False
    if not _looks_like_title(following.text) or repeats(following.text, line.text):
        return False
    header.mark(line.start, line.end, "furniture")
    return True


def _stands_apart(line: str) -> bool:
    return is_furniture(line) or is_caption(line) or bool(date_line(line) or is_byline(line))


@cache
def _label_pattern() -> re.Pattern[str]:
    names = [name for names in table("headers")["labels"].values() for name in names]
    return re.compile(rf"(?P<label>{words(names)})\s*:\s*(?P<value>\S.*)", re.IGNORECASE)


@cache
def _label_fields() -> dict[str, str]:
    return {name: key for key, names in table("headers")["labels"].items() for name in names}


def _read_labelled(header: Header, line: Line) -> bool:
    """Read "Title: ...", "Source: ..." and the like; a date that no calendar knows leaves the line as it is."""
    match = _label_pattern().fullmatch(line.text) if len(line.text) <= 250 else None
    if not match:
        return False
    name = _label_fields()[" ".join(match["label"].lower().split())]
    value = match["value"].strip("\"' ")
    if name == "title":
        header.mark(line.start, line.start + match.start("value"), "furniture")
        header.mark(line.start + match.start("value"), line.end, "title")
        header.title = header.title or value
    elif name == "agency" or (name == "outlet" and agency_name(value) and len(value) <= 20):
        header.agency = header.agency or agency_name(value) or value
        header.mark(line.start, line.end, "agency")
    else:
        setattr(header, name, getattr(header, name) or value)
        kind: Furniture = "byline" if name == "byline" else "dateline" if name == "dateline" else "furniture"
        header.mark(line.start, line.end, kind)
    return True


def _read_credits(header: Header, line: Line) -> bool:
    """Read a line that is a date, a byline, an agency, a caption or furniture, and mark it."""
    if is_furniture(line.text):
        _read_printer(header, line)
        return True
    if _read_dates(header, line):
        return True
    byline = is_byline(line.text)
    credit = closing_credit(line.text)
    if credit and credit[0] == 0:
        header.agency = header.agency or credit[1]
        header.mark(line.start, line.end, "agency")
    elif writers := writers_of_agency(line.text):
        header.byline, header.agency = header.byline or writers[0], header.agency or writers[1]
        header.mark(line.start, line.end, "byline")
    elif byline:
        header.byline = header.byline or byline["who"]
        header.agency = header.agency or agency_name(byline["who"])
        header.mark(line.start, line.end, "byline")
    elif is_caption(line.text):
        header.mark(line.start, line.end, "caption")
    return header.is_marked(line)


def _read_dates(header: Header, line: Line) -> bool:
    parts = None if header.chronology and is_bare_date(line.text) else date_line(line.text)
    dated = [part.dated for part in parts or () if part.dated]
    if not parts or not any(len(each.stamp.day_first) != 7 or each.label for each in dated):
        return False  # a month alone over a text says what it is about, not when it was published
    for part in parts:
        header.mark(line.start + part.start, line.start + part.end, part.kind)
        if part.kind == "byline":
            header.byline = header.byline or part.words
        if part.kind == "agency":
            header.agency = header.agency or agency_name(part.words)
    header.dates.extend(dated)
    return True


# ------------------------------------------------------------------------------------------- the end, and all over


def _read_end(header: Header, lines: list[Line]) -> None:
    """Read the last lines upwards: the printer's line, a credit behind the last sentence, a writer's name."""
    for line in reversed(lines[1:][-_TAIL:]):
        if header.is_marked(line):
            continue
        if is_furniture(line.text):
            _read_printer(header, line)
            continue
        credit = closing_credit(line.text)
        if credit:
            header.agency = header.agency or credit[1]
            header.mark(line.start + credit[0], line.end, "agency")
        elif not _read_late(header, line) and line.closed:
            break


def _read_printer(header: Header, line: Line) -> None:
    outlet = outlet_in(line.text)
    agency = agency_name(outlet) if outlet else None
    header.agency = header.agency or agency
    header.outlet = header.outlet or (None if agency else outlet)
    header.mark(line.start, line.end, "furniture")
    if outlet and line.text.lower().startswith("published"):
        header.dates.extend(Dated(stamp, "published") for stamp in find(line.text))


def _read_late(header: Header, line: Line) -> bool:
    """Read a byline or a date at the end, the latter only where a word says what it is the date of."""
    parts = date_line(line.text) or []
    if any(part.dated and part.dated.label for part in parts):
        return _read_dates(header, line)
    byline = is_byline(line.text)
    if byline:
        header.byline = header.byline or byline["who"]
        header.mark(line.start, line.end, "byline")
    return bool(byline)


def _mark_everywhere(header: Header, lines: list[Line]) -> None:
    """Mark furniture, captions and repeats of the headline wherever they stand."""
    for index, line in enumerate(lines):
        if header.is_marked(line):
            continue
        if is_furniture(line.text) or (header.title and repeats(line.text, header.title)):
            header.mark(line.start, line.end, "furniture")
        elif is_caption(line.text):
            header.mark(line.start, line.end, "caption")
        elif _is_cross_heading(lines, index):
            header.mark(line.start, line.end, "furniture")


def _is_cross_heading(lines: list[Line], index: int) -> bool:
    line = lines[index]
    if line.closed or not line.open_ended or index == 0 or not line.gap:
        return False
    beside = [lines[index - 1], *lines[index + 1 : index + 2]]
    return any(other.closed and is_lifted(line.text, other.text) for other in beside)


def _read_dateline(header: Header, lines: list[Line]) -> None:
    """Read the dateline of the first line of the story, or of the second where a standfirst comes first."""
    begun = {mark.start for mark in header.marked}
    story = [line for line in lines if not header.is_marked(line) or line.start not in begun]
    header.story = "\n".join(line.text for line in story)[:_LEAD]
    for line in story[:2]:
        found = dateline_of(line.text)
        if found:
            header.dateline = header.dateline or found.place
            header.agency = header.agency or found.agency
            header.mark(line.start, line.start + found.length, "dateline")
            header.dates.extend(Dated(stamp, "dateline") for stamp in find(line.text[: found.length]))
            return
