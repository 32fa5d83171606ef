"""Reads a reporting verb: who says what before it, after it, or in quotation marks beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.extract.attribution.channels import channel_pattern, time_pattern, told_pattern
from onrecord.extract.attribution.clauses import clip, content_before, tail_of
from onrecord.extract.attribution.cuegrammar import listed, pattern
from onrecord.extract.attribution.cues import Verb, document_verbs, nouns, verb_pattern, verbs, words
from onrecord.extract.attribution.phrases import Phrase, subject_before
from onrecord.extract.attribution.phrasesafter import can_speak, phrase_after
from onrecord.extract.attribution.quotations import MASK, Quotation
from onrecord.extract.attribution.reportpassives import by_agent, is_passive
from onrecord.extract.attribution.reportunits import Attributed, Hit, Unit
from onrecord.extract.mentions.cast import Cast

_INFINITIVE = re.compile(r"(?:^|\s)to(?:\s+\w+ly)?\s+$")
# "Once our forces confirm that": nobody has said it yet.
_DEPENDS = re.compile(r"\b(?:[Oo]nce|[Uu]nless|[Uu]ntil)\s+(?:(?!\w+ed\b)[\w’'-]+\s+){1,4}$")
_PARTICIPLE = re.compile(r"(?:,|\band|\bbut|\bby|\bafter|\bbefore|\bfrom|^)\s+(?:also\s+|\w+ly\s+)?$")
_LIKE_A_NAME = re.compile(r"(?:(?:The|the|A|An|a|an)\s+[\w’'-]+(?:\s+[\w’'-]+)?|[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*)+)")
_ADJECTIVE_BEFORE = re.compile(
    r"(?:^|\s)(?:(?:Amid|Despite|Since|After|Following)|[A-Z][a-z]+(?:an|ish|ch|ese|qi|li))\s+$"
)
_QUOTE_NEXT = re.compile(rf"\s*(?:[:,]|–|—)?\s*[:,]?\s*{MASK}")
_QUOTE_AFTER_COLON = re.compile(rf"[^{MASK}.;]{{0,90}}:\s*{MASK}")
_NO_SOURCE_NEXT = re.compile(r"\s+(?:that|in|on|to|it|there|they|he|she|at|of|during|as)\b(?!\s*$)(?!\s*[,.])")
_FINITE = re.compile(r"\b(?:had|has|have|was|were|is|are|would|will|could|to be)\b")
_LEAST_BEFORE = 4  # words that a clause without quotation marks has before "said the mayor"

Quotes = dict[int, Quotation]


def read_verb(unit: Unit, match: re.Match[str], quotes: Quotes, cast: Cast) -> Iterator[Attributed]:
    """Yield what the reporting verb that matched attributes; nothing where it reports nothing or names no source.

    `quotes` are the dispatch's full quotations by the offset of their opening mark.
    """
    form, left = match[0], unit.view[: match.start()]
    if _noun_use(left, form):
        return
    hit = _hit(unit, match, cast)
    if is_passive(unit, match, hit.between if hit else ""):
        yield from by_agent(unit, match, hit.between if hit else "", cast)
        return
    if hit is None or _reports_nothing(hit, form, cast):
        return
    for verb in verbs()[form]:
        some = list(_by_frame(hit, verb, quotes, cast))
        if some:
            yield from some
            return


def _hit(unit: Unit, match: re.Match[str], cast: Cast) -> Hit | None:
    """Return the verb with its source, which may follow it."""
    start, end = unit.start + match.start(), unit.start + match.end()
    subject, between = _subject(unit, match, cast)
    if not _named_before(subject, start, cast) and (after := _inverted(unit, start, match[0], cast)):
        return Hit(unit, start, end, after, inverted=True)
    return Hit(unit, start, end, subject, between) if subject else None


def _reports_nothing(hit: Hit, form: str, cast: Cast) -> bool:
    if pattern("blocked").search(hit.between) or pattern("taken_back").search(hit.left) or _DEPENDS.search(hit.left):
        return True
    if pattern("idiom").match(hit.unit.view, hit.start - hit.unit.start):
        return True
    named = form in listed("plain_saying") or _LIKE_A_NAME.fullmatch(cast.text[hit.phrase.start : hit.phrase.end])
    return hit.phrase.guessed and not named and not re.match(r"[^,;.:]{0,60}\sthat\s", hit.rest)


# A name that ends in a number: "Velik 24 reported".
_NUMBERED = re.compile(r"(?:^|\s)(?!(?:The|These|Those|All|Some|Another)\s)[A-Z][\w’-]*\s\d+\s+$")


def _noun_use(left: str, form: str) -> bool:
    """Tell whether the form is a noun or an adjective here: "the reported deaths", "in claims", "to say"."""
    if _INFINITIVE.search(left):
        return not pattern("going_on").search(left)
    if form in listed("never_nouns"):
        return False
    if form in listed("doubting") and pattern("counted").search(left) and not _NUMBERED.search(left):
        return True
    if form in listed("only_verbs"):
        return bool(re.search(r"\b(?:the|is|was|be|are|were|been|being)\s+$", left))
    return bool(form in nouns() and _ADJECTIVE_BEFORE.search(left)) or bool(pattern("before_noun").search(left))


# ---------------------------------------------------------------------------------------------------- its source


def _subject(unit: Unit, match: re.Match[str], cast: Cast) -> tuple[Phrase | None, str]:
    """Return the subject; a participle after a comma, or after "by", goes on from the cue before it."""
    left, start, participle = unit.view[: match.start()], unit.start + match.start(), match[0].endswith("ing")
    if quoted := pattern("quoted_as").search(left):
        if match[0] not in listed("quoted_saying"):
            return None, ""
        if quoted["whom"]:
            return phrase_after(unit.view, unit.start, unit.start + quoted.start("whom"), cast), ""
        return subject_before(unit.view, unit.start, unit.start + quoted.start(), cast)
    if participle and (issued := pattern("issued").search(left)):
        return subject_before(unit.view, unit.start, unit.start + issued.start(), cast)
    if participle and _PARTICIPLE.search(left):
        return Phrase.carries(start), ""
    return subject_before(unit.view, unit.start, start, cast)


def _inverted(unit: Unit, start: int, form: str, cast: Cast) -> Phrase | None:
    """Return the source after its verb: "..., said the mayor"; only after a quotation or a whole clause."""
    left = unit.view[: start - unit.start].rstrip()
    quoted = left.endswith(MASK) or bool(re.search(r"[”\"’],?$", left))
    turned = left.endswith(",") and len(left.split()) >= _LEAST_BEFORE and form in listed("turned_round")
    rest = unit.view[start - unit.start + len(form) :]
    if not (quoted or turned) or not re.match(r"\s+[^\s,.:;]", rest) or _NO_SOURCE_NEXT.match(rest):
        return None
    phrase = phrase_after(unit.view, unit.start, start + len(form), cast)
    if phrase is None or quoted:
        return phrase
    after = cast.text[phrase.head[1] : phrase.end]
    whole = bool(_FINITE.search(cast.text[phrase.start : phrase.end]))
    odd = bool(after.strip()) and not pattern("after_name").match(after)
    return None if whole or odd or not can_speak(phrase, cast) else phrase


def _named_before(phrase: Phrase | None, verb: int, cast: Cast) -> bool:
    """Tell whether the subject is a person named and described between commas, so that nothing after the verb is."""
    if phrase is None or phrase.carried or cast.person_at(*phrase.head) is None:
        return False
    return cast.text[phrase.head[1] : phrase.head[1] + 1] == "," and verb - phrase.head[1] > 3


# --------------------------------------------------------------------------------------------------- what is said


def _by_frame(hit: Hit, verb: Verb, quotes: Quotes, cast: Cast) -> Iterator[Attributed]:
    if verb.particles:
        particle = re.match(rf"\s+(?:{'|'.join(verb.particles)})\b", hit.rest)
        if not particle:
            return
        hit = replace(hit, end=hit.end + particle.end())
    if verb.frame in ("speech", "that", "told"):
        yield from _speech(hit, verb, quotes, cast)
    elif not hit.inverted:
        yield from _judged(hit, verb)


def _speech(hit: Hit, verb: Verb, quotes: Quotes, cast: Cast) -> Iterator[Attributed]:
    """Yield what follows or stands before a verb of saying: a quotation, a clause, or both."""
    if quote := _quote_before(hit, quotes):
        yield _quoted(hit, verb, quote)
        return
    begin, marked = _content_start(hit, verb)
    if begin is None:
        return
    rest = hit.unit.view[begin - hit.unit.start :]
    if quote := _quote_after(hit, begin, quotes, marked=marked):
        yield _quoted(hit, verb, quote)
        return
    bare = verb.frame == "that" and not marked and not _document(hit, cast)
    if (bare and not hit.inverted) or rest.strip() == ":":
        return
    if _is_after(hit, rest):
        before = list(_clause_before(hit, verb, begin))
        yield from before
        if before or hit.inverted or not re.match(r"\s*\w", rest):
            yield from () if before or hit.inverted else _said_inside(hit, verb, begin)
            return
    if not bare and (content := clip(hit.unit.view, hit.unit.start, begin)):
        yield hit.made(content, verb.stance)


_GOES_ON_WITH_A_VERB = re.compile(
    r"\s*,\s+(?=(?:had|has|have|was|were|is|are|would|will|could|can|did|does|must|should|[a-z]{2,}ed)\s)"
)


def _said_inside(hit: Hit, verb: Verb, begin: int) -> Iterator[Attributed]:
    """Yield the rest of a clause that its source stands inside of: "The drivers, the mayor said, had left"."""
    found = _GOES_ON_WITH_A_VERB.match(hit.unit.view, begin - hit.unit.start)
    if found and (content := clip(hit.unit.view, hit.unit.start, hit.unit.start + found.end())):
        yield hit.made(content, verb.stance)


def _document(hit: Hit, cast: Cast) -> bool:
    """Tell whether papers or pictures are what shows or suggests, so that no "that" is needed."""
    form = cast.text[hit.start : hit.end]
    said = cast.text[hit.phrase.start : hit.phrase.end].lower()
    return form in document_verbs() and any(word in words("documents") for word in re.findall(r"[a-z-]+", said))


def _quoted(hit: Hit, verb: Verb, quote: Quotation) -> Attributed:
    one = hit.made((quote.start, quote.end), verb.stance)
    return replace(one, content=(quote.start, quote.end), direct=True)


def _quote_before(hit: Hit, quotes: Quotes) -> Quotation | None:
    """Return the quotation that ends right before the source and its verb: "...," he said."""
    if hit.phrase.carried:
        return None
    at = hit.start if hit.inverted else hit.phrase.start
    plain = hit.unit.view[: at - hit.unit.start].rstrip(" ,–—").removesuffix("but").rstrip(" ,")
    if not plain.endswith(MASK):
        return None
    return next((q for q in quotes.values() if q.outer_end == hit.unit.start + len(plain)), None)


def _quote_after(hit: Hit, begin: int, quotes: Quotes, *, marked: bool) -> Quotation | None:
    """Return the quotation that follows the verb, at once or after a colon, or on the next line after a colon."""
    rest = hit.unit.view[begin - hit.unit.start :]
    if rest.strip() == ":":
        return next((quotes[at] for at in sorted(quotes) if hit.unit.end <= at <= hit.unit.end + 8), None)
    colon = None if marked else _QUOTE_AFTER_COLON.match(rest)
    if _QUOTE_NEXT.match(rest) or (colon and not verb_pattern().search(colon[0])):
        return quotes.get(begin + rest.index(MASK))
    return None


def _content_start(hit: Hit, verb: Verb) -> tuple[int | None, bool]:
    """Return where the words begin after the verb and what stands between, and whether "that" marks them."""
    rest, at, told = hit.rest, 0, verb.frame == "told"
    if told:
        hearer, until = told_pattern().match(rest), _told_until(rest, plain=verb.stance == "asserts")
        if hearer is None:
            return (hit.end + until, True) if until else (None, False)
        at = hearer.end()
    while skipped := time_pattern().match(rest, at) or channel_pattern().match(rest, at):
        at = skipped.end()
    if that := _THAT.match(rest, at):
        return hit.end + that.end(), True
    adverbial = pattern("adverbial").match(rest, at)
    if adverbial and not verb_pattern().search(adverbial[0]):
        return hit.end + adverbial.end(), True
    if aside := pattern("aside").match(rest, at):
        return hit.end + aside.end(), True
    if about := re.compile(r"\s+(?:of|about|at|both that)\s+(?!the same|least|around)").match(rest, at):
        at = about.end()
    elif told and (gap := re.compile(r"\s*,?\s*").match(rest, at)):
        at = gap.end()
    return hit.end + at, False


_THAT = re.compile(r"\s*,?\s*(?:that(?!\s+(?:is|was|has|would|will)\b)|(?=how\b|why\b|whether\b))\s*")
_TOLD_ANYONE = re.compile(r"\s+(?:[^\s,;.:]+\s+){1,9}?that\s+")


def _told_until(rest: str, *, plain: bool) -> int:
    """Return where "that" ends after the person told; "warned Turkey that", but not "warned of a raid that"."""
    found = (_TOLD_ANYONE if plain else pattern("told_someone")).match(rest)
    return found.end() if found else 0


def _is_after(hit: Hit, rest: str) -> bool:
    """Tell whether the verb ends its clause, so that the words stand before it: "..., the mayor said"."""
    plain = rest.strip(' ”"’')
    if hit.inverted or not plain or plain[0] in ".;?!)" or plain.startswith(("–", "—")):
        return True
    before = hit.unit.view[: hit.phrase.start - hit.unit.start].rstrip()
    if hit.phrase.carried or not before.endswith((",", "–", "—", "”", '"')):
        return False
    return plain[0] in ",:" or bool(pattern("goes_on").match(plain))


def _clause_before(hit: Hit, verb: Verb, rest_at: int) -> Iterator[Attributed]:
    at = hit.start if hit.inverted else hit.phrase.start
    content = None if hit.phrase.carried else content_before(hit.unit.view, hit.unit.start, at)
    if content is None:
        return
    yield hit.made(content, verb.stance)
    if tail := tail_of(hit.unit.view, hit.unit.start, hit.phrase.end if hit.inverted else rest_at):
        yield hit.made(tail, verb.stance)


# ----------------------------------------------------------------------------------------------------- judgements

_MARKED = re.compile(r"(?:^|(?<=\s))[“\"][^”\"]+[”\"]")
_GOING_ON_TO = re.compile(r",\s+(?:\w+ly\s+)?\w{2,}ing\s")
_CALLED = re.compile(
    r"(?:[\w’'-]+\s+){1,7}?(?:an?\s+|the\s+)?(?=[“\"])|(?:it|him|her|them|this)\s+(?=an?\s|the\s)|(?=[“\"])"
)
_AS = re.compile(r"(?:^|\s)as\s+")


def _judged(hit: Hit, verb: Verb) -> Iterator[Attributed]:
    """Yield what a verb with an object says of it: "condemned the raid", "accused them of", "described it as"."""
    view, base = hit.unit.view, hit.unit.start
    whole = clip(view, base, hit.end + len(hit.rest) - len(hit.rest.lstrip()))
    if whole is None:
        return
    said = view[whole[0] - base : whole[1] - base]
    if verb.frame in ("as", "quote") and (mark := _MARKED.search(said) or _GOING_ON_TO.search(said)):
        said = said[: mark.start() if mark[0].startswith(",") else mark.end()]  # an opinion in marks ends with them
    begin = _judgement_start(verb, said)
    if begin is not None:
        yield hit.made((whole[0] + begin, whole[0] + len(said)), verb.stance)


def _judgement_start(verb: Verb, said: str) -> int | None:
    """Return where in the words after the verb the judgement begins, or `None` where the verb is not so used."""
    if verb.frame == "object":
        return 0
    if verb.frame == "of":
        joint = re.search(r"\bof\s+", said)
    elif verb.frame == "quote":
        joint = _CALLED.match(said)
    elif said.startswith("that "):
        return None  # "considers that the truce is dead"
    else:
        joint = _AS.search(said)
        long = joint is not None and len(said[: joint.start()].split()) > 4
        if long or (joint is None and verb.plain):
            return 0
    return joint.end() if joint else None
