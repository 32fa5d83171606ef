"""Where reported words begin and end within a sentence."""

from __future__ import annotations

import re
from functools import cache

from onrecord.extract.attribution.channels import channel_pattern, time_pattern
from onrecord.extract.attribution.cuegrammar import either_of, has_verb, pattern
from onrecord.extract.attribution.cues import judging_forms, speech_forms
from onrecord.extract.attribution.quotations import MASK

_WORD = r"[\w’'.“”\"-]+"
_LEAST = 3  # characters; shorter content is a slip of the rules, not words that somebody said
_TRAILING = " \t\n.,;:–—"
_PRONOUN = re.compile(r"(?:I|[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Ww]e|[Tt]his|[Tt]here|[Nn]o)\b")


@cache
def _ends() -> re.Pattern[str]:
    """Return the pattern of what ends reported words before their sentence does."""
    forms = speech_forms()
    finite = rf"(?:(?!\w+ing\b)(?:{forms}))"
    participle = rf"(?:{forms})(?<=ing)"
    joiner = r"(?:while|but|although|though|with|and|even as|as|whereas)"
    said = r"(?:(?:also|later|then|has|have|had|\w+ly)\s+)*"
    time_at_end = rf"\s+(?:{either_of('time_openers')})\s[^,]{{2,40}}[.]?$"
    return re.compile(
        "|".join(
            [
                rf"[{MASK};\n]",
                rf",?\s+(?:{either_of('according')})\b",
                rf",\s+(?:{either_of('asides')})\b",
                rf",?\s+(?:and|but|while also|before)\s+{said}{finite}(?![\w-])",
                rf",?\s+(?:and|but)\s+(?:also\s+|later\s+)?(?:{either_of('demanded')}|(?:{judging_forms('ed')}))\b",
                rf",\s+{participle}(?=\s)",
                rf",\s+(?:(?:{either_of('once_more')})\s+)?(?:{either_of('demanding')}|(?:{judging_forms('ing')}))\b",
                rf",\s+{joiner}\s+(?:{_WORD}\s+){{1,9}}?(?:{forms})(?![\w-])",
                rf",\s+(?:{_WORD}\s+){{1,9}}?{finite}(?=\s*[.;]|\s*$|{time_at_end})",
                rf",\s+(?:{finite})\s+(?:{_WORD}\s+){{0,8}}?{_WORD}[.]?\s*$",
                rf",?\s+and\s+{participle}(?=\s)",
                r",\s+but\s+(?:the\s|[A-Z])",
                r",\s+(?:who|whom|whose|amid)\b|\s+as\s+(?:he|she|they)\b|\s+in what\b",
                rf",\s+(?:{either_of('remark_openers')})\s+(?:\w+\s+)?(?:{either_of('remarks')})\b",
            ]
        )
    )


def clip(view: str, base: int, start: int) -> tuple[int, int] | None:
    """Return the reported words that begin at `start`, up to where their clause ends; `None` where there are none."""
    words = view[start - base :]
    end = len(words)
    if (found := _ends().search(words)) and found.start() > 0:
        end = found.start()
    end = min(end, _clause_within(view[: start - base], words[:end]))
    end = min(end, _claim_ends(view[: start - base], words[:end]))
    end = min(end, _dash(words[:end]))
    return trimmed(view, base, start, start + end)


# "The army denied claims that it had shelled the market, and the drivers turned back": a noun's clause ends there.
_NEXT_CLAUSE = re.compile(r",\s+(?:and|but)\s")


def _claim_ends(before: str, words: str) -> int:
    """Where what a noun says ends: before a clause that a comma and "and" join to the whole sentence."""
    if not (pattern("after_claim").search(before) or pattern("with_claim").match(words)):
        return len(words)
    joined = _NEXT_CLAUSE.search(words)
    return joined.start() if joined else len(words)


def _clause_within(before: str, words: str) -> int:
    """Where reported words end whose cue stands in a clause that the main clause follows or goes around."""
    if pattern("fronted").match(before):
        main = _MAIN_CLAUSE.search(words)
    else:
        main = _GOES_ON_AROUND.search(words) if pattern("set_in").search(before) else None
    return main.start() if main else len(words)


# "The blast, which the army blames on rebels, killed nine".
_GOES_ON_AROUND = re.compile(r",\s+(?!and\b|or\b|but\b|which\b|who\b|a\b|the\b|an\b|in\b|on\b|at\b)(?=[a-z]+\s)")
# "While the mayor said the road was open, the drivers turned back": his words end where the main clause begins.
_MAIN_CLAUSE = re.compile(r",\s+(?=(?:the|an?|its|his|her|their|he|she|it|they|there|some|many|no)\s|[A-Z])")


def _dash(words: str) -> int:
    """Where a remark of the writer's own after a single dash begins; a pair of dashes stays inside."""
    dashes = [m.start() for m in re.finditer(r"\s?[–—]\s|\s--?\s", words)]
    return dashes[0] if len(dashes) == 1 else len(words)


def content_before(view: str, base: int, end: int, *, comma: bool = True) -> tuple[int, int] | None:
    """Return the reported words that end at `end`, where the source or the cue follows them.

    With `comma` they must be parted from what follows by a comma or dash, as in "..., the mayor said".
    """
    left = view[: end - base]
    plain = left.rstrip()
    if comma and not plain.endswith((",", "–", "—", "-")):
        return None
    start = left.rfind(MASK) + 1
    if cut := max((m.end() for m in re.finditer(r";\s|\n", left)), default=0):
        start = max(start, cut)
    found = trimmed(view, base, base + start, base + len(plain))
    if found is None:
        return None
    lead = pattern("lead_in").match(view[found[0] - base : found[1] - base])
    begin = found[0] + (lead.end() if lead else 0)
    said = view[begin - base : found[1] - base]
    if len(said.split()) < 2 or (comma and len(said.split()) <= 6 and not has_verb(said) and not _PRONOUN.match(said)):
        return None
    return begin, found[1]


def tail_of(view: str, base: int, at: int, *, opening: bool = False) -> tuple[int, int] | None:
    """Return what a source goes on to say after a cue that followed its words: "..., he said, bringing the toll to 5".

    With `opening` the cue began the sentence ("According to the mayor, ...") and all that follows is his.
    """
    rest = view[at - base :]
    skip = 0
    while found := time_pattern().match(rest, skip) or channel_pattern().match(rest, skip):
        skip = found.end()
    comma = (
        re.match(rf"[^,;.:]{{0,160}}?,\s+(?:(?:{either_of('passed_on')})\s[^,;.:]{{2,60}},\s+)?", rest[skip:])
        if opening
        else re.match(r"\s*\)?\s*,\s+(?=not including|\w+ing\s)", rest[skip:])
    )
    if not comma:
        return None
    begin = at + skip + comma.end()
    if not opening and re.match(
        rf"(?:{speech_forms()}|{either_of('own_turns')})\b",
        view[begin - base :],
    ):
        return None
    content = clip(view, base, begin)
    return content if content and content[1] - content[0] >= 12 else None


def trimmed(view: str, base: int, start: int, end: int) -> tuple[int, int] | None:
    """Return the stretch without blanks and stops around it, or `None` where nothing is left."""
    words = view[start - base : end - base]
    words = re.sub(r"(?:\[\d+\])+\s*$", "", words.rstrip(_TRAILING))
    words = words.rstrip(_TRAILING)
    if (
        words[-1:] in ("”", '"')
        and words.count("“" if words[-1] == "”" else '"') % 2 == 0
        and words[-1] == "”"
        and "“" not in words
    ):
        words = words[:-1].rstrip(_TRAILING)
    lead = len(words) - len(words.lstrip(" \t\n,;:–—"))
    if len(words) - lead < _LEAST or not any(c.isalnum() for c in words):
        return None
    return start + lead, start + len(words)
