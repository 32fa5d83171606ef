"""Finds the attributed stretches of a dispatch by rule: what was said, the cue, and the phrase that names the source.

This is the part that a trained tagger of spans replaces; `attribution.statements` takes its output from either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.extract.channels import channel_pattern, time_pattern, told_pattern
from onrecord.extract.clauses import clip, content_before, tail_of, trimmed
from onrecord.extract.cues import (
    Verb,
    document_verbs,
    noun_pattern,
    nouns,
    verb_pattern,
    verbs,
    words,
)
from onrecord.extract.parts import Sentence
from onrecord.extract.quotations import MASK, Quotation, masked
from onrecord.extract.sources import Cast, Phrase, phrase_after, subject_before
from onrecord.model.vocabulary import Stance


@dataclass(frozen=True, slots=True)
class Attributed:
    """One attributed stretch: content and cue as offsets into the dispatch, and the phrase that names the source.

    `around` is the stretch of the dispatch in which the channel is told. `sentence` is the index of the sentence of
    the cue, or of the content where there is no cue, and `opens` its start; `spoken` marks one that stands inside
    another's quotation.
    """

    content: tuple[int, int]
    cue: tuple[int, int] | None
    phrase: Phrase | None
    stance: Stance
    around: tuple[int, int]
    sentence: int
    direct: bool = False
    spoken: bool = False
    opens: int = 0

    @property
    def anchor(self) -> int:
        """Where in the text it is placed when sources are followed from one to the next."""
        return self.cue[0] if self.cue else self.content[0]


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or the part of one inside a quotation, as cues are looked for in it; `view` begins at `start`."""

    view: str
    start: int
    sentence: int
    spoken: bool = False

    @property
    def end(self) -> int:
        """The offset just after the unit."""
        return self.start + len(self.view)


@dataclass(frozen=True, slots=True)
class Hit:
    """A reporting verb in its unit: where it stands, its subject (`None` if none could speak), the words between."""

    unit: Unit
    start: int
    end: int
    phrase: Phrase | None
    between: str

    @property
    def rest(self) -> str:
        """The words of the unit after the verb."""
        return self.unit.view[self.end - self.unit.start :]

    @property
    def left(self) -> str:
        """The words of the unit before the verb."""
        return self.unit.view[: self.start - self.unit.start]


_NOT_VERB_AFTER = re.compile(
    r"(?:^|[\s(“\"])(?:a|an|the|this|these|those|his|her|its|their|our|my|of|in|for|against|between|among|no|any|such|each|every|into|on|about|under|amid|despite|over|at|[\w-]+[’']s|[a-z]+s[’'])\s+(?:[a-z]+(?:ed|al|ous|ive|ic|less)\s+)?$"
)
_INFINITIVE = re.compile(r"(?:^|\s)to(?:\s+\w+ly)?\s+$")
_GOING_ON = re.compile(
    r"\b(?:went|goes|go|gone|continue[ds]?|seem(?:s|ed)?|appear(?:s|ed)?|move[ds]?|purport(?:s|ed|ing)?|purporting|likely|keen)\s+to\s+$"
)
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being)\b")
_BLOCKED = re.compile(r"\b(?:not|never|cannot|can|could|may|might)\b|n[’']t\b|\bdeclined\b|\brefused\b")
_PARTICIPLE = re.compile(r"(?:,|\band|\bbut|\bby|\bafter|\bbefore|\bfrom|^)\s+(?:also\s+|\w+ly\s+)?$")
_ISSUED = re.compile(
    r"\b(?:issued|released|published|posted|sent|signed|made)\s+(?:an?|the|its|his|her|their)\s+(?:[\w“”-]+\s+){1,4}$"
)
_QUOTED_AS = re.compile(
    r"(?:\b(?:is|are|was|were|been)\s+)?\b(?:quoted|cited|quotes|quote)(?P<whom>\s+(?!by\b|in\b|as\b|on\b)[^,;:]{2,60}?)?(?:\s+(?:by|in|on)\s+[^,;:]{2,60}?)?\s+as\s+$"
)
_IDIOM = re.compile(
    r"(?:state|states|reports?|claims?|notes?|records?|views?|shows?|fears?|demands?|estimates?|calls?)\s+(?:have|has|had|were|was|are|is|by|in|from|said|says|media|television|TV|radio|news|department)\b|state\s+(?!that)|"
    r"added\s+to\s+(?:the|a|an|its|his|their)\b|pledged\s+allegiance|reported\s+\w+ly\b|said\s+(?:goodbye|nothing|little)\b|(?:said|declared|announced)\s+himself\b"
)
_PLAIN_SAYING = ("said", "says", "say", "saying", "told", "added", "claimed", "announced", "declared", "insisted")
_LIKE_A_NAME = re.compile(r"(?:(?:The|the|A|An|a|an)\s+[\w’'-]+(?:\s+[\w’'-]+)?|[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*)+)")
_REDUCED = re.compile(
    r"(?:believed|thought|estimated|reported|alleged|suspected|understood|assumed|considered|feared|expected|said|predicted)\s+to\s|(?:accused|suspected)\s+(?:of|by)\s"
)
_SILENT_QUOTE = re.compile(rf"^\s*(?:[:,]|–|—)?\s*[:,]?\s*{MASK}")
_COLON_QUOTE = re.compile(rf"^[^{MASK}.;]{{0,90}}:\s*{MASK}")
_PARTIAL = re.compile(r"[“\"‘]([^”\"’]*)[”\"’][.,]?")


def attributed(text: str, sentences: Sequence[Sentence], found: tuple[Quotation, ...], cast: Cast) -> list[Attributed]:
    """Return every attributed stretch of the dispatch in the order of its anchors."""
    quotes = {q.outer_start: q for q in found if q.full}
    units = list(_units(text, sentences, found))
    some = [one for unit in units for one in _read_unit(unit, quotes, cast)]
    taken = {one.content[0] for one in some}
    loose = [q for q in quotes.values() if q.start not in taken and q.end > q.start]
    some += _carried(text, sentences, loose, some, cast)
    some = [part for one in some for part in _parted(text, one)]
    return sorted(_distinct(some), key=lambda one: (one.anchor, one.content))


def _units(text: str, sentences: Sequence[Sentence], found: tuple[Quotation, ...]) -> Iterator[Unit]:
    view = masked(text, found)
    full = [q for q in found if q.full]
    for sentence in sentences:
        start, end = sentence.span.start, sentence.span.end
        while end < len(text) and (text[end] in '”"’' or view[end] == MASK) and text[end] != "\n":
            end += 1
        yield Unit(view[start:end], start, sentence.index)
        for quote in full:
            low, high = max(start, quote.start), min(sentence.span.end, quote.end)
            if low < high:
                yield Unit(text[low:high], low, sentence.index, spoken=True)


def _read_unit(unit: Unit, quotes: dict[int, Quotation], cast: Cast) -> Iterator[Attributed]:
    for match in verb_pattern().finditer(unit.view):
        yield from _read_verb(unit, match, quotes, cast)
    yield from _according(unit, cast)
    for match in noun_pattern().finditer(unit.view):
        yield from _read_noun(unit, match, cast)


# ------------------------------------------------------------------------------------------------------- verbs


def _read_verb(unit: Unit, match: re.Match[str], quotes: dict[int, Quotation], cast: Cast) -> Iterator[Attributed]:
    form, left = match[0], unit.view[: match.start()]
    start, end = unit.start + match.start(), unit.start + match.end()
    if _noun_use(left, form):
        return
    subject = _subject(unit, match, cast)
    inverted = None if subject and _named_before(subject[0], start, cast) else _inverted(unit, start, end, form, cast)
    phrase = inverted or (subject[0] if subject else None)
    between = subject[1] if subject and not inverted else ""
    hit = Hit(unit, start, end, phrase, between)
    if _passive(hit, form):
        yield from _by_agent(hit, verbs()[form], cast)
        return
    if (
        phrase is None
        or _BLOCKED.search(between)
        or _IDIOM.match(unit.view, match.start())
        or re.search(r"\bNor (?:did|does|do|has|have)\b|\b(?:refused|declined|unable|failed)\b[^,;]{0,50}$", left)
    ):
        return
    certain = form in _PLAIN_SAYING or _LIKE_A_NAME.fullmatch(cast.text[phrase.start : phrase.end])
    if phrase.guessed and not certain and not re.match(r"[^,;.:]{0,60}\sthat\s", hit.rest):
        return
    for verb in verbs()[form]:
        some = list(_by_frame(hit, verb, form, quotes, cast, inverted=inverted is not None))
        if some:
            yield from some
            return


def _subject(unit: Unit, match: re.Match[str], cast: Cast) -> tuple[Phrase | None, str] | None:
    """The subject of a verb; a participle after a comma, or after "by", goes on from the cue before it."""
    left, start = unit.view[: match.start()], unit.start + match.start()
    if quoted := _QUOTED_AS.search(left):
        if match[0] != "saying":
            return None
        if quoted["whom"]:
            return phrase_after(unit.view, unit.start, unit.start + quoted.start("whom"), cast), ""
        return subject_before(unit.view, unit.start, unit.start + quoted.start(), cast)
    if match[0].endswith("ing") and (issued := _ISSUED.search(left)):
        return subject_before(unit.view, unit.start, unit.start + issued.start(), cast)
    if match[0].endswith("ing") and _PARTICIPLE.search(left):
        return Phrase(start, start, (start, start), carried=True), ""
    return subject_before(unit.view, unit.start, start, cast)


def _noun_use(left: str, form: str) -> bool:
    if _INFINITIVE.search(left):
        return not _GOING_ON.search(left)
    if form in ("said", "told", "saying", "telling", "adding"):
        return bool(re.search(r"\b(?:the|is|was|be|are|were|been|being)\s+$", left)) and form not in ("told",)
    if form in nouns() and re.search(
        r"(?:^|\s)(?:(?:Amid|Despite|Since|After|Following)|[A-Z][a-z]+(?:an|ish|ch|ese|qi|li))\s+$", left
    ):
        return True
    return bool(_NOT_VERB_AFTER.search(left))


def _passive(hit: Hit, form: str) -> bool:
    if form.endswith("ing"):
        return False
    participle = form.endswith(("ed", "en")) or form in ("said", "told", "thought", "found", "shown", "understood")
    if not participle:
        return False
    if _REDUCED.match(hit.unit.view, hit.start - hit.unit.start) and not re.match(
        r"expected\s", hit.unit.view[hit.start - hit.unit.start :]
    ):
        return True
    if _BE.search(hit.between) or re.search(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?$", hit.left):
        return True
    return bool(re.match(r"\s+by\s", hit.rest))


def _by_agent(hit: Hit, some: tuple[Verb, ...], cast: Cast) -> Iterator[Attributed]:
    """A passive with its source: "the deal was confirmed by the agency"; without one it is nobody's claim."""
    by = re.match(r"(?P<as>\s+(?:as|to be)\s+[^,;.]{3,80}?)?\s+(?:\w+ly\s+|on \w+\s+)?by\s+", hit.rest)
    if not by or not hit.left.strip():
        return
    phrase = phrase_after(hit.unit.view, hit.unit.start, hit.end + by.end(), cast)
    if phrase is None or not _speaks(phrase, cast):
        return
    verb = next((v for v in some if not v.particles and v.frame != "told"), some[0])
    plainly = bool(_BE.search(hit.between)) or bool(_BE.search(hit.left[-12:]))
    if verb.frame not in ("speech", "object", "as") or (
        verb.stance not in ("confirms", "denies", "evaluates") and not plainly
    ):
        return
    behind = re.match(r"[^,;.]{2,50}?\sas\s+", hit.rest[by.end() :])
    if by["as"]:
        begin = hit.end + by.start("as") + len(re.match(r"\s+(?:as|to be)\s+", by["as"])[0])  # type: ignore[index]
        content = trimmed(hit.unit.view, hit.unit.start, begin, hit.end + by.end("as"))
    elif behind:
        content = clip(hit.unit.view, hit.unit.start, hit.end + by.end() + behind.end())
    else:
        content = content_before(hit.unit.view, hit.unit.start, hit.start - len(hit.between), comma=False)
    if content:
        yield _made(hit, content, verb.stance, phrase)


def _speaks(phrase: Phrase, cast: Cast) -> bool:
    """Whether the phrase names someone who can speak: a mention, or a noun for a speaker."""
    start, end = phrase.head
    if any(m.kind != "place" or True for m in cast.within(start, end)):
        return True
    last = cast.text[start:end].split()[-1].lower().strip('”"’,.')
    return last in words("people") or last in words("bodies")


def _inverted(unit: Unit, start: int, end: int, form: str, cast: Cast) -> Phrase | None:
    """The source after its verb: "..., said the mayor"; only after a quotation or a whole clause."""
    left = unit.view[: start - unit.start].rstrip()
    quoted = left.endswith(MASK) or bool(re.search(r"[”\"’],?$", left))
    if not quoted and not (
        left.endswith(",") and len(left.split()) >= 4 and form in ("said", "says", "added", "wrote", "reported", "say")
    ):
        return None
    rest = unit.view[end - unit.start :]
    if (
        not re.match(r"\s+(?:(?:on|last|in)\s+\w+\s+)?[^\s,.:;]", rest)
        or re.match(r"\s+(?:that|in|on|to|it|there|they|he|she|at|of|during|as)\b(?!\s*$)", rest)
        and not re.match(r"\s+(?:he|she|they)\s*[,.]", rest)
    ):
        return None
    phrase = phrase_after(unit.view, unit.start, end, cast)
    if phrase is None or not (quoted or _speaks(phrase, cast)):
        return None
    if quoted:
        return phrase
    if re.search(r"\b(?:had|has|have|was|were|is|are|would|will|could|to be)\b", cast.text[phrase.start : phrase.end]):
        return None
    after = unit.view[phrase.head[1] - unit.start : phrase.end - unit.start]
    if (
        after.strip()
        and not re.match(r"\s+(?:of|for|in|from|at|with|on|this|last|monitor|monitoring|[A-Z])\b", after)
        or re.search(r"\b(?:had|has|have|was|were|is|are|would|will)\b", after)
    ):
        return None
    return phrase


def _named_before(phrase: Phrase | None, verb: int, cast: Cast) -> bool:
    """Whether the subject is a person named and described between commas, so that nothing after the verb is."""
    if phrase is None or phrase.carried or cast.person_at(*phrase.head) is None:
        return False
    return cast.text[phrase.head[1] : phrase.head[1] + 1] == "," and verb - phrase.head[1] > 3


def _by_frame(
    hit: Hit, verb: Verb, form: str, quotes: dict[int, Quotation], cast: Cast, *, inverted: bool
) -> Iterator[Attributed]:
    if verb.particles:
        particle = re.match(rf"\s+(?:{'|'.join(verb.particles)})\b", hit.rest)
        if not particle:
            return
        hit = replace(hit, end=hit.end + particle.end())
    if verb.frame in ("speech", "that", "told"):
        yield from _speech(hit, verb, form, quotes, cast, inverted=inverted)
    elif hit.phrase is not None and not inverted:
        yield from _judged(hit, verb)


def _speech(
    hit: Hit, verb: Verb, form: str, quotes: dict[int, Quotation], cast: Cast, *, inverted: bool
) -> Iterator[Attributed]:
    """What follows or stands before a verb of saying: a quotation, a clause, or both."""
    quote = _quote_before(hit, quotes, inverted=inverted)
    if quote:
        yield from _quoted(hit, verb, quote)
        return
    begin, marked = _content_start(hit, verb)
    if begin is None:
        return
    rest = hit.unit.view[begin - hit.unit.start :]
    colon = None if marked else _COLON_QUOTE.match(rest)
    if _SILENT_QUOTE.match(rest) or (colon and not verb_pattern().search(colon[0])):
        at = begin + rest.index(MASK)
        if after := quotes.get(at):
            yield from _quoted(hit, verb, after)
            return
    if rest.strip() == ":":
        after = next((q for at, q in sorted(quotes.items()) if hit.unit.end <= at <= hit.unit.end + 8), None)
        if after:
            yield from _quoted(hit, verb, after)
        return
    if verb.frame == "that" and not marked and not _document(hit, form, cast) and not inverted:
        return
    if _is_after(hit, rest, inverted=inverted):
        before = list(_clause_before(hit, verb, inverted=inverted, rest_at=begin))
        yield from before
        if before or inverted or not re.match(r"\s*\w", rest):
            return
    if verb.frame == "that" and not marked and not _document(hit, form, cast):
        return
    content = clip(hit.unit.view, hit.unit.start, begin)
    if content:
        yield _made(hit, content, verb.stance, hit.phrase)


def _document(hit: Hit, form: str, cast: Cast) -> bool:
    """Whether papers or pictures are what shows or suggests, so that no "that" is needed."""
    if form not in document_verbs() or hit.phrase is None or hit.phrase.carried:
        return False
    said = cast.text[hit.phrase.start : hit.phrase.end].lower()
    return any(word in words("documents") for word in re.findall(r"[a-z]+", said))


def _quoted(hit: Hit, verb: Verb, quote: Quotation) -> Iterator[Attributed]:
    one = _made(hit, (quote.start, quote.end), verb.stance, hit.phrase)
    yield replace(one, direct=True, around=(min(one.around[0], quote.outer_end), one.around[1]))


def _quote_before(hit: Hit, quotes: dict[int, Quotation], *, inverted: bool) -> Quotation | None:
    """The quotation that ends right before the source and its verb: "...," he said."""
    if hit.phrase is None:
        return None
    at = hit.start if inverted or hit.phrase.carried else hit.phrase.start
    view = hit.unit.view[: at - hit.unit.start]
    plain = view.rstrip(" ,–—").removesuffix("but").rstrip(" ,")
    if not plain.endswith(MASK):
        return None
    begin = hit.unit.start + len(plain)
    quote = next((q for q in quotes.values() if q.outer_end == begin), None)
    if quote is None or hit.phrase.carried and not inverted:
        return None
    return quote


def _content_start(hit: Hit, verb: Verb) -> tuple[int | None, bool]:
    """Where the words begin after the verb and what stands between, and whether "that" marks them."""
    rest, at, told = hit.rest, 0, False
    if verb.frame == "told":
        until = re.match(r"\s+(?:[^\s,;.:]+\s+){1,9}?that\s+", rest)
        if verb.stance != "asserts":  # "warned Turkey that", but not "warned of a raid that"
            until = re.match(
                r"\s+(?:(?:the\s+)?[A-Z][\w’'-]*|them|him|her|us|reporters|people|residents|civilians)\s+(?:[\w’'-]+\s+){0,3}?that\s+",
                rest,
            )
        named = told_pattern().match(rest)
        if named:
            at = named.end()
        elif until:
            return hit.end + until.end(), True
        else:
            return None, False
        told = True
    while skipped := time_pattern().match(rest, at) or channel_pattern().match(rest, at):
        at = skipped.end()
    if that := re.match(r"\s*,?\s*(?:that(?!\s+(?:is|was|has|would|will)\b)|(?=how\b|why\b|whether\b))\s*", rest[at:]):
        return hit.end + at + that.end(), True
    adverbial = re.match(
        r"\s*,?\s*(?:(?:on|in|at|during|to|via|after|before|through|from|by|ahead|upon|for|while|with|when)\s|,)[^;.:]{2,110}?\s*,?\sthat\s+",
        rest[at:],
    )
    if adverbial and not verb_pattern().search(adverbial[0]):
        return hit.end + at + adverbial.end(), True
    aside = re.match(
        r"\s*,\s*(?:in|on|at|during|speaking|after|citing|quoting)\s[^,;.:]{2,90},\s+(?:that\s+)?", rest[at:]
    )
    if aside:
        return hit.end + at + aside.end(), True
    if about := re.match(r"\s+(?:of|about|at|both that)\s+(?!the same|least|around)", rest[at:]):
        at += about.end()
    elif told:
        at += len(re.match(r"\s*,?\s*", rest[at:])[0])  # type: ignore[index]
    return hit.end + at, False


def _is_after(hit: Hit, rest: str, *, inverted: bool) -> bool:
    """Whether the verb ends its clause, so that the words stand before it: "..., the mayor said"."""
    if inverted:
        return True
    plain = rest.strip(' ”"’')
    if not plain or plain[0] in ".;?!)" or plain.startswith(("–", "—")):
        return True
    if hit.phrase is None or hit.phrase.carried:
        return False
    before = hit.unit.view[: hit.phrase.start - hit.unit.start].rstrip()
    if not before.endswith((",", "–", "—", "”", '"')):
        return False
    return plain[0] in ",:" or bool(
        re.match(
            r"(?:and|but|as|after|during|in|at|of|adding|ahead|while|on|to|when|before|citing|quoting|following)\b",
            plain,
        )
    )


def _clause_before(hit: Hit, verb: Verb, *, inverted: bool, rest_at: int) -> Iterator[Attributed]:
    if hit.phrase is None or hit.phrase.carried:
        return
    at = hit.start if inverted else hit.phrase.start
    content = content_before(hit.unit.view, hit.unit.start, at)
    if content is None:
        return
    yield _made(hit, content, verb.stance, hit.phrase)
    tail = tail_of(hit.unit.view, hit.unit.start, hit.phrase.end if inverted else rest_at)
    if tail:
        yield _made(hit, tail, verb.stance, hit.phrase)


# ----------------------------------------------------------------------------------------- judgements and nouns


def _judged(hit: Hit, verb: Verb) -> Iterator[Attributed]:
    """What a verb that takes an object says of it: "condemned the raid", "accused them of", "described it as"."""
    view, base = hit.unit.view, hit.unit.start
    whole = clip(view, base, hit.end + len(hit.rest) - len(hit.rest.lstrip()))
    if whole is None:
        return
    words_after = view[whole[0] - base : whole[1] - base]
    if verb.frame in ("as", "quote") and (
        mark := re.search(r"(?<=\s)[“\"][^”\"]+[”\"]|^[“\"][^”\"]+[”\"]", words_after)
    ):
        whole = (whole[0], whole[0] + mark.end())  # an opinion in quotation marks ends with them
        words_after = words_after[: mark.end()]
    if verb.frame == "object":
        yield _made(hit, whole, verb.stance, hit.phrase)
    elif verb.frame == "of" and (joint := re.search(r"\bof\s+", words_after)):
        yield _made(hit, (whole[0] + joint.end(), whole[1]), verb.stance, hit.phrase)
    elif verb.frame == "as" and (verb.plain or re.search(r"(?:^|\s)as\s", words_after)):
        joint = re.search(r"(?:^|\s)as\s+", words_after)
        short = joint is not None and len(words_after[: joint.start()].split()) <= 4
        start = whole[0] + joint.end() if joint and short else whole[0]
        yield _made(hit, (start, whole[1]), verb.stance, hit.phrase)
    elif verb.frame == "quote" and (
        joint := re.match(
            r"(?:[\w’'-]+\s+){1,7}?(?:an?\s+|the\s+)?(?=[“\"])|(?:it|him|her|them|this)\s+(?=an?\s|the\s)", words_after
        )
    ):
        yield _made(hit, (whole[0] + joint.end(), whole[1]), verb.stance, hit.phrase)


def _according(unit: Unit, cast: Cast) -> Iterator[Attributed]:
    for match in _according_pattern().finditer(unit.view):
        phrase = phrase_after(unit.view, unit.start, unit.start + match.end(), cast)
        if phrase is None:
            continue
        hit = Hit(unit, unit.start + match.start(), unit.start + match.end(), phrase, "")
        before = content_before(unit.view, unit.start, hit.start, comma=False)
        tail = tail_of(unit.view, unit.start, phrase.end, opening=before is None)
        for content in (before, tail):
            if content:
                yield _made(hit, content, "asserts", phrase)


@cache
def _according_pattern() -> re.Pattern[str]:
    return re.compile(r"\b[Aa]ccording to\s+|\bin the words of\s+")


def _read_noun(unit: Unit, match: re.Match[str], cast: Cast) -> Iterator[Attributed]:
    """A noun of saying with its owner: "the ministry's claim that ...", "their pledge to ..."."""
    noun = nouns()[match["noun"]]
    if match["join"] not in noun.joins:
        return
    start = unit.start + match.start()
    phrase = _owner(unit, start, match["noun"], match["join"], cast)
    if phrase is None:
        return
    hit = Hit(unit, start, unit.start + match.end("noun"), phrase, "")
    begin = unit.start + (match.start("join") if match["join"] == "to" else match.end())
    content = clip(unit.view, unit.start, begin)
    if content and content[1] - content[0] > 8:
        yield _made(hit, content, noun.stance, phrase)


def _owner(unit: Unit, start: int, noun: str, join: str, cast: Cast) -> Phrase | None:
    left = unit.view[: start - unit.start]
    if re.search(r"\b(?:week|month|year|day|night|summer|spring|winter|autumn)[’']s\s+(?:\w+\s+)?$", left):
        return None
    if owned := re.search(r"(?P<owner>[^,;:.“”\"()]{2,60})[’'](?:s)?\s+(?:[\w-]+\s+){0,3}?$", left):
        at = unit.start + owned.start("owner")
        named = subject_before(unit.view[: owned.end("owner")], unit.start, at + len(owned["owner"]), cast)
        return named[0] if named and named[0] and not named[0].carried else None
    if own := re.search(r"\b(?P<owner>his|her|its|their)\s+(?:[\w-]+\s+){0,2}$", left):
        at = unit.start + own.start("owner")
        return Phrase(at, at, (at, at), carried=True)
    if made := re.search(
        r"\b(?:issued|issues|launched|made|makes|repeated|renewed|sounded|gave)\s+(?:an?|the|its|his|her|their|another)\s+(?:[\w-]+\s+)?$",
        left,
    ):
        named = subject_before(unit.view, unit.start, unit.start + made.start(), cast)
        return named[0] if named else None
    if demonym := re.search(r"(?:^|\s)(?P<who>[A-Z][a-z]+(?:an|ish|ch|ese|i|qi|li|ian))\s+$", left):
        at = unit.start + demonym.start("who")
        return Phrase(at, at + len(demonym["who"]), (at, at + len(demonym["who"])))
    named_before = [m for m in cast.within(unit.start, start) if m.span.end >= start - 1 and m.kind != "person"]
    if named_before and re.search(r"\b(?:a|an|the)\s+[\w.-]+\s+$", left):
        span = named_before[-1].span
        return Phrase(span.start, span.end, (span.start, span.end))
    if (
        noun == "reports"
        and join == "that"
        and re.search(r"(?:^|\b(?:amid|were|are|been|of|despite|after|Amid|Despite))\s*$", left)
    ):
        return Phrase(start, start + len(noun), (start, start + len(noun)))
    return None


# ------------------------------------------------------------------------------------- quotations without a cue


def _carried(
    text: str, sentences: Sequence[Sentence], loose: list[Quotation], some: list[Attributed], cast: Cast
) -> Iterator[Attributed]:
    """Quotations that no cue introduces: the same speaker goes on, or the person just named speaks."""
    known = {one.sentence for one in some if not one.spoken}
    ends = [s.span.end for s in sentences]
    for quote in sorted(loose):
        here = next((n for n, end in enumerate(ends) if end > quote.start), None)
        if here is None or sentences[here].headline or not _stands_alone(text, quote):
            continue
        span = (quote.start, quote.end)
        phrase = None
        if quote.carries_on or known & {here, here - 1}:
            phrase = Phrase(quote.start, quote.start, (quote.start, quote.start), carried=True)
        elif quote.end - quote.start > 40 and here > 0:
            phrase = _just_named(sentences[here - 1], cast)
        if phrase:
            last = max(n for n, end in enumerate(ends) if n == here or sentences[n].span.start < quote.end)
            known.update(range(here, last + 1))
            yield Attributed(span, None, phrase, "asserts", span, here, direct=True)


def _stands_alone(text: str, quote: Quotation) -> bool:
    before = text[: quote.outer_start].rstrip()[-1:]
    return not before or before in '.!?”"’:–—,' or text[quote.outer_start - 1] == "\n" or quote.carries_on


def _just_named(sentence: Sentence, cast: Cast) -> Phrase | None:
    people = [m for m in cast.within(sentence.span.start, sentence.span.end) if m.kind == "person" and m.form == "name"]
    if not people:
        return None
    span = people[-1].span
    return Phrase(span.start, span.end, (span.start, span.end))


def _made(hit: Hit, content: tuple[int, int], stance: Stance, phrase: Phrase | None) -> Attributed:
    around = (
        min(phrase.start if phrase and not phrase.carried else hit.start, hit.start),
        min(hit.end + 90, hit.unit.end),
    )
    before = hit.unit.view[max(0, around[0] - hit.unit.start - 70) : around[0] - hit.unit.start]
    if lead := re.search(
        r"(?:^|,\s)(?:[Ii]n|[Oo]n|[Ss]peaking|[Aa]t|[Dd]uring)\s[^,;]{3,60},?\s*(?:the\s+|an?\s+)?$", before
    ):
        around = (around[0] - len(before) + lead.start(), around[1])
    inner, direct = _without_marks(hit.unit, content)
    return Attributed(
        inner, (hit.start, hit.end), phrase, stance, around, hit.unit.sentence, direct, hit.unit.spoken, hit.unit.start
    )


def _without_marks(unit: Unit, content: tuple[int, int]) -> tuple[tuple[int, int], bool]:
    """The words inside the marks where the content is one quoted phrase and nothing else."""
    said = unit.view[content[0] - unit.start : content[1] - unit.start]
    found = _PARTIAL.fullmatch(said)
    if not found or not found[1].strip():
        return content, False
    return (content[0] + found.start(1), content[0] + found.end(1) - (1 if found[1].endswith(",") else 0)), True


_LONG = 250  # characters; the annotation guide gives a longer stretch by its first sentence
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bGen)[.!?…]+[”’\"]?\s+(?=[“‘\"\[]?[A-Z])")


def _parted(text: str, one: Attributed) -> Iterator[Attributed]:
    """A long quotation in two: its first sentence, and the rest of the speech."""
    start, end = one.content
    cut = _SENTENCE_END.search(text, start, end) if one.direct and end - start > _LONG else None
    if cut is None:
        yield one
        return
    first = text[: cut.end()].rstrip()
    yield replace(one, content=(start, len(first)))
    yield replace(one, content=(cut.end(), end))


def _distinct(some: list[Attributed]) -> Iterator[Attributed]:
    """Each cue and content once."""
    seen: set[tuple[tuple[int, int], tuple[int, int] | None]] = set()
    for one in some:
        if (one.content, one.cue) not in seen:
            seen.add((one.content, one.cue))
            yield one
