"""Finds the phrase that names a source, and tells who that is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

from onrecord.extract.channels import channel_pattern, time_tail
from onrecord.extract.cues import either, words
from onrecord.extract.quotations import MASK
from onrecord.model.records import Mention

PRONOUNS = frozenset({"he", "she", "they", "it"})
_HE = frozenset({"he", "she"})
_NEVER = frozenset(
    {
        "i",
        "we",
        "you",
        "there",
        "this",
        "that",
        "these",
        "those",
        "what",
        "who",
        "which",
        "nobody",
        "nothing",
        "no one",
        "none",
    }
)
_QUANTIFIERS = frozenset({"one", "some", "many", "others", "several", "both", "most", "few", "two", "three", "another"})
_BODY_KINDS = ("group", "organisation", "place", "facility", "other", "population")

_AUXILIARY = re.compile(
    r"(?:[\s,]+(?:has|have|had|is|are|was|were|be|been|being|would|will|could|can|may|might|did|does|do|also|later|then|again|long|repeatedly"
    r"|purport(?:s|ed|ing)? to|appear(?:s|ed)? to|seem(?:s|ed)? to|went on to|goes on to|continue[sd]? to|(?:is|are|was|were) likely to|rarely|hardly|seldom"
    r"|now|since|previously|further|first|earlier|already|still|even|not|never|meanwhile|however|today|yesterday|once|only|too|just|instead|in turn|"
    r"(?!family|italy|ally|assembly|supply|reply|anomaly|monopoly|july|daily|weekly)[a-z]+ly|[a-z]+n[’']t))+\s*,?\s*$"
)
_NEGATED = re.compile(r"\b(?:not|never|cannot)\b|n[’']t\b")
_BREAK = re.compile(
    rf"[{MASK};:()\n\[\]]|[–—]|\s-\s|--|\b(?:that|which|whom|whose|who|while|but|because|although|though|when|where|if|whereas|than|what|how|why|until|so|as|like|unless|whether|yet)\b"
    r"|(?:^|,\s*)(?:and|or|with)\b|\bwith\b(?=\s+[\w\s’'-]{2,60}$)"
)
_HARD_BREAK = re.compile(
    rf"[{MASK};:\n]|(?:^|,\s)(?:while|but|and|although|though|when|after|because|as)\b|^(?:But|And|While|As|After|Although|Yet)\b"
)
_LEADING = re.compile(
    r"^[\s,]*(?:(?:But|And|Yet|However|Meanwhile|Separately|Also|Still|Then|Later|Earlier|Today|So|Even so|Now|Both|as|even|and|but|In turn)\b,?\s*)+"
)
_PREPOSITION = r"(?:for|of|from|in|at|with|on|inside|near|close to|to|within|by|across|under|around|outside|against|among|loyal to)"
_DETERMINER = re.compile(
    r"^(?:the|a|an|one of the|some of the|both|one|another|his|her|its|their|this|that)\s+", re.IGNORECASE
)
_AFTER_HEAD = re.compile(
    rf"\s+(?:{_PREPOSITION}|who|which|that|speaking|quoted|cited|named|whose|contacted|interviewed|reached|including|based|led|affiliated|sent|posted|released|published|broadcast|shot|taken|seen|shown|filmed|circulating)\b|[,(]"
)
_APPOSED = re.compile(
    r"^(?:the|a|an|which|who|whose|led|including|speaking|quoted|citing|known|head|chief|spokesman|spokeswoman|director|one|based|now|both|his|her|its|[a-z]{3,}(?:ed|ing))\b|^\d+$"
)
_PARENTHESIS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_DASHED = re.compile(r"[–—]([^–—]*)[–—](?=\s*$)")
_REACH = 140  # characters before a verb in which its subject is looked for; subjects in the training texts are shorter


class Profile(Protocol):
    """What the finder of names tells about a person: role, and the mention of whom he speaks for."""

    @property
    def mention(self) -> str:
        """The id of the person's mention."""

    @property
    def role(self) -> str | None:
        """What the dispatch says the person is ("spokesman")."""

    @property
    def organisation(self) -> str | None:
        """The id of the mention of the body that the person speaks for."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Where a source is named: the whole phrase `[start, end)` and its head, the words that name the speaker.

    A phrase with `carried` names nobody: the source is that of the cue before it. One that is `guessed` ends with no
    mention and no word for a speaker, and counts only before words that nothing but speech can follow. Offsets count the dispatch.
    """

    start: int
    end: int
    head: tuple[int, int]
    carried: bool = False
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks: the words that say so, the mention, the mention of the body spoken for, and the role."""

    text: str
    mention: str | None = None
    organisation: str | None = None
    role: str | None = None
    person: bool = False


@dataclass(slots=True)
class Cast:
    """The mentions of a dispatch by place, and what is known of the people among them."""

    text: str
    mentions: tuple[Mention, ...]
    profiles: Mapping[str, Profile]
    _starts: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, mentions: Sequence[Mention], profiles: Sequence[Profile]) -> Cast:
        """Return the cast of a dispatch; of mentions that start at one place the longest comes first."""
        ordered = tuple(sorted(mentions, key=lambda m: (m.span.start, -m.span.end, m.id)))
        return cls(text, ordered, {p.mention: p for p in profiles}, [m.span.start for m in ordered])

    def within(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that lie in the stretch, in order, without those inside another."""
        found: list[Mention] = []
        for at in range(bisect_left(self._starts, start), len(self.mentions)):
            mention = self.mentions[at]
            if mention.span.start >= end:
                break
            if mention.span.end <= end and not (found and mention.span.end <= found[-1].span.end):
                found.append(mention)
        return found

    def last_person(self, before: int) -> Mention | None:
        """Return the last person named in the 300 characters before, or `None`."""
        named = [m for m in self.within(max(0, before - 300), before) if m.kind == "person" and m.form == "name"]
        return named[-1] if named else None

    def person_at(self, start: int, end: int) -> Mention | None:
        """Return the named person with whom the stretch ends, a title or few words before the name allowed."""
        last = next((m for m in reversed(self.within(start, end)) if m.kind == "person" and m.form == "name"), None)
        if last is None or self.text[last.span.end : end].strip(" ,") not in ("", "II", "III", "Jr", "Jr.", "Sr"):
            return None
        return last


def subject_before(view: str, base: int, end: int, cast: Cast) -> tuple[Phrase, str] | None:
    """Return the phrase of the subject of the verb that starts at `end`, and the auxiliaries between the two.

    `view` is the text that begins at offset `base` of the dispatch, with full quotations masked. `None` where the
    words before the verb name nobody who could speak.
    """
    low = max(0, end - base - _REACH * 2)
    left = _PARENTHESIS.sub(lambda found: " " * len(found[0]), view[low : end - base])
    base += low
    left, between = _without_auxiliaries(left)
    if not left.strip(" ,") or re.search(rf"(?:\b(?:and|but|or|then|yet)|[{MASK}])\s*$", left):
        return Phrase(end, end, (end, end), carried=True), between
    if left.rstrip().endswith(("–", "—")):
        left = _DASHED.sub(lambda found: "," + found[1].replace(",", " ") + ",", left)
    if re.search(r"(?:,|\b(?:of whom|who))\s*$", left):
        return _apposed(left, base, cast), between
    return _plain(left, base, cast), between


def subject_of(start: int, end: int, cast: Cast) -> Phrase | None:
    """Return the phrase of the subject of the clause that begins at `start`: what stands before its first verb."""
    left = re.sub(r"^(?:In|On|At|During|After)\s[^,]{2,40},\s", lambda found: " " * len(found[0]), cast.text[start:end])
    lead = len(left) - len(left.lstrip())
    verb = re.search(
        r"\s(?:is|are|was|were|has|have|had|will|would|[a-z]{2,}ed|[a-z]{3,}s|set|held|put|sent|gave|made|told|went|took|met)\s",
        left[lead:],
    )
    if not verb:
        return None
    found = subject_before(left, start, start + lead + verb.start() + 1, cast)
    return found[0] if found and found[0] and not found[0].carried else None


def _without_auxiliaries(left: str) -> tuple[str, str]:
    between = ""
    while True:
        cut = _AUXILIARY.search(left) or time_tail().search(left) or _channel_tail().search(left)
        if not cut or not cut[0].strip():
            return left, between
        if cut[0].rstrip().endswith(",") and not cut[0].lstrip().startswith(","):
            return left, between
        keep = (
            ","
            if left[: cut.start()].rstrip()[-1:] != ","
            and cut[0].lstrip().startswith(",")
            and not cut[0].rstrip().endswith(",")
            else ""
        )
        between = cut[0] + between
        left = left[: cut.start()] + keep


@cache
def _channel_tail() -> re.Pattern[str]:
    return re.compile(rf"{channel_pattern().pattern}\s*,?\s*$")


def _plain(left: str, base: int, cast: Cast) -> Phrase | None:
    """The subject right before its verb: "the SDF spokesman Adil Selo" (said)."""
    breaks = list(_BREAK.finditer(left))
    after = left[breaks[-1].end() :] if breaks else ""
    if breaks and breaks[-1][0] in ("who", "which", "that") and "," not in after and has_verb(after):
        end, left = base + len(left.rstrip(" ,")), left[: breaks[-1].start()]
        found = _plain(left, base, cast)  # "residents who fled the town" (said)
        return Phrase(found.start, end, found.head) if found else None
    start = breaks[-1].end() if breaks else 0
    segment = left[start:]
    comma = segment.rfind(", ")
    if comma >= 0:
        before, last = segment[:comma], segment[comma + 2 :]
        piece = before.rfind(", ") + 1
        if _APPOSED.match(last.strip()) and (person := _exact_person(before[piece:], base + start + piece, cast)):
            return Phrase(person.span.start, base + len(left), (person.span.start, person.span.end))
        start, segment = start + comma + 2, last
    joined = segment.rfind(" and ")
    if joined >= 0 and has_verb(segment[:joined]):
        start, segment = start + joined + 5, segment[joined + 5 :]
    if found := _LEADING.match(segment):
        start, segment = start + found.end(), segment[found.end() :]
    return _phrase(segment, base + start, cast)


def _apposed(left: str, base: int, cast: Cast) -> Phrase | None:
    """The subject before something set between commas: "Adil Selo, a spokesman," (said)."""
    left = re.sub(r",?\s*\b(?:(?:some|many|most|several|all|both|one|two|three) of whom|who)\s*$", ",", left)
    start = max((m.end() for m in _HARD_BREAK.finditer(left)), default=0)
    pieces = [(m.start() + base + start, m[0]) for m in re.finditer(r"[^,]+", left[start:])]
    pieces = [(at, piece) for at, piece in pieces if piece.strip()]
    end = base + len(left.rstrip(" ,"))
    for (at, piece), (_, following) in zip(pieces, pieces[1:], strict=False):
        if _APPOSED.match(following.strip()) and (person := _exact_person(piece, at, cast)):
            return Phrase(_skip_blank(cast.text, at), end, (person.span.start, person.span.end))
    for number in range(len(pieces) - 1, -1, -1):
        at, piece = pieces[number]
        person = _exact_person(piece, at, cast)
        if person and (number < len(pieces) - 1 or len(pieces) > 1):
            first = pieces[number - 1][0] if number == len(pieces) - 1 and number > 0 else at
            return Phrase(_skip_blank(cast.text, first), end, (person.span.start, person.span.end))
    for number in range(len(pieces) - 1, -1, -1):
        at, piece = pieces[number]
        if number > 0 and (_APPOSED.match(piece.strip()) or piece.strip().startswith("and ")):
            continue
        piece = re.split(r"\s+(?:who|which|that|speaking)\b", piece)[0]
        if found := _plain(piece, at, cast):
            return Phrase(found.start, end, found.head, guessed=found.guessed)
        return None
    return None


def _exact_person(piece: str, at: int, cast: Cast) -> Mention | None:
    """The person whose name the piece is, but for a title and the description before it."""
    stripped = piece.rstrip(" ,")
    person = cast.person_at(at, at + len(stripped))
    if person is None:
        return None
    before = re.sub(r"^\s*(?:said|says|say|added|wrote|according to)\s", "", cast.text[at : person.span.start])
    if _GOVERNED.search(before) or len(before.split()) > 8 or has_verb(before):
        return None
    return person


_GOVERNED = re.compile(rf"\b{_PREPOSITION}\s+(?:the\s+|a\s+)?$")
_VERBLIKE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|did|does|to|[a-z]{3,}ed|left|took|fell|fled|went|came|began|led|held|kept|lost|hit|made|said|told|saw|met)\b"
)


def has_verb(piece: str) -> bool:
    """Tell whether the words hold what looks like a verb; participles such as "US-backed" do not count."""
    return bool(
        re.search(
            _VERBLIKE,
            re.sub(
                r"\b(?:United|armed|US-backed|[\w]+-[a-z]+ed|retired|based|so-called|alleged|unnamed|displaced|wounded)\b",
                "",
                piece,
            ),
        )
    )


def _phrase(segment: str, at: int, cast: Cast) -> Phrase | None:
    """The noun phrase that ends the segment, told by the mention or the noun of a speaker at its end."""
    end = at + len(segment.rstrip(" ,"))
    segment = segment.rstrip(" ,")
    if not segment.strip():
        return None
    at, segment = at + len(segment) - len(segment.lstrip()), segment.lstrip()
    last = re.split(r"\s+", segment)[-1]
    if last.lower() in _NEVER or last.lower() in ("to",) or re.search(r"(?:^|\s)[Nn]o\s+(?:\w+\s+)?\w+$", segment):
        return None
    if last.lower() in PRONOUNS:
        return Phrase(end - len(last), end, (end - len(last), end))
    person = cast.person_at(at, end)
    if person and not _GOVERNED.search(cast.text[at : person.span.start]):
        return Phrase(_noun_start(segment, at, person.span.start), end, (person.span.start, person.span.end))
    if described := _described(segment, at):
        return described
    ending = next((m for m in cast.within(at, end) if m.span.end == end), None)
    if ending and ending.form != "pronoun" and not _GOVERNED.search(cast.text[at : ending.span.start]):
        return Phrase(_noun_start(segment, at, ending.span.start), end, (ending.span.start, end))
    return _guess(segment, at)


def _guess(segment: str, at: int) -> Phrase | None:
    """The whole segment, where it looks like a noun phrase: few words, none of them a verb."""
    words_in = segment.split()
    if (
        len(words_in) > 6
        or has_verb(segment)
        or not segment[-1].isalnum()
        or re.search(rf"^{_PREPOSITION}\b", segment, re.IGNORECASE)
    ):
        return None
    if words_in[0].lower() in ("as", "not", "only", "all", "than", "what", "that", "more", "less", "is", "no"):
        return None
    return Phrase(at, at + len(segment), (at, at + len(segment)), guessed=True)


@cache
def _speaker_nouns() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w’'-])(?:{either(words('people') | words('bodies'))})(?![\w’'-])", re.IGNORECASE)


def _described(segment: str, at: int) -> Phrase | None:
    """A source told by a common noun: "a council member", "officials in northern Iraq", "the defence ministry"."""
    for noun in _speaker_nouns().finditer(segment):
        rest = segment[noun.end() :]
        if rest and not re.match(
            rf"\s+{_PREPOSITION}\s|\s+[a-z]+ing\s|\s+[a-z]+ed\s+(?:in|by|at|from|on|online)\s|\s+(?:posted|released|published|broadcast|shot|taken|seen|shown|sent|filmed)\b",
            rest,
        ):
            continue
        participle = bool(re.match(r"\s+(?:[a-z]+(?:ing|ed)|broadcast|shot|taken|seen|shown|sent)\s", rest))
        if rest and not participle and has_verb(rest):
            continue
        before = segment[: noun.start()]
        cut = max(
            (m.end() for m in re.finditer(rf"\b(?:{_PREPOSITION}|than|and|by|during|after|before)\s+", before)),
            default=0,
        )
        if joined := re.search(r"[\w’'-]+\s+and\s+(?:[\w’'-]+\s+){0,2}$", before):
            cut = cut if has_verb(before[: joined.end()]) or cut > joined.end() else min(cut, joined.start())
        determiner = max(
            (
                m.start()
                for m in re.finditer(
                    r"(?<![\w-])(?:the|a|an|one|another|some|several|many|two|three|his|her|its|their)\s",
                    before[cut:],
                    re.IGNORECASE,
                )
            ),
            default=-1,
        )
        start = cut + determiner if determiner >= 0 else cut
        if len(segment[start : noun.start()].split()) > 9:
            return None
        if noun[0].lower() in _QUANTIFIERS and (more := _speaker_nouns().search(rest)) and rest.startswith(" of "):
            return Phrase(at + start, at + len(segment), (at + start, at + noun.end() + more.end()))
        head_end = noun.end() + (len(rest) if noun[0].lower() in words("bodies") and len(rest.split()) <= 4 else 0)
        return Phrase(at + start, at + len(segment), (at + start, at + head_end))
    return None


def _noun_start(segment: str, at: int, head: int) -> int:
    """Where the noun phrase begins whose head starts at `head`: after the preposition or comma before it."""
    before = segment[: head - at]
    cut = max((m.end() for m in re.finditer(rf",\s*|\b{_PREPOSITION}\s+(?=[A-Z])|\band\s+", before)), default=0)
    return at + cut


def _skip_blank(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


_STOP_FORWARD = re.compile(
    rf"[.;:{MASK}\n)](?!\w)|\s(?:who|which|that|while|but|as|when|where|after|because|before|during|including|adding|saying)\b|\s[–—]|,"
)


def phrase_after(view: str, base: int, start: int, cast: Cast) -> Phrase | None:
    """Return the phrase of the source that begins at or after `start`: "according to ...", "said ...", "by ..."."""
    rest = view[start - base :]
    stop = _first_stop(rest)
    segment = rest[:stop]
    lead = len(segment) - len(segment.lstrip())
    begin, segment = start + lead, segment.strip()
    if not segment or segment.lower() in _NEVER:
        return None
    end = begin + len(segment)
    inside = cast.within(begin, end)
    people = [m for m in inside if m.kind == "person" and m.form == "name"]
    if (
        people
        and not _possessive(cast.text, people[0])
        and not re.search(rf"\b{_PREPOSITION}\s+$", cast.text[begin : people[0].span.start])
    ):
        return Phrase(begin, end, (people[0].span.start, people[0].span.end))
    follow = re.match(r",\s*", rest[stop:])
    if follow and (named := _apposed_name(rest, stop + follow.end(), start, cast)):
        return Phrase(begin, named.span.end, (named.span.start, named.span.end))
    if segment.split()[0].lower() in PRONOUNS:
        width = len(segment.split()[0])
        return Phrase(begin, begin + width, (begin, begin + width))
    noun = next(
        (n for n in _speaker_nouns().finditer(segment) if n[0].lower() not in _QUANTIFIERS or n.end() == len(segment)),
        None,
    )
    first = inside[0] if inside else None
    if noun and (first is None or noun.start() + begin < first.span.start or _extends(segment, begin, first, noun)):
        return Phrase(begin, end, (begin, begin + noun.end()))
    if first and first.span.start - begin <= 30:
        return Phrase(begin, end, (first.span.start, first.span.end))
    head = _AFTER_HEAD.search(segment)
    return Phrase(begin, end, (begin, begin + (head.start() if head else len(segment))))


def _first_stop(rest: str) -> int:
    for found in _STOP_FORWARD.finditer(rest):
        if (
            found[0] == "."
            and re.search(r"(?:\b[A-Z]|\b(?:Gen|Col|Lt|Maj|Dr|Mr|Mrs|Sgt|Brig|Capt|St|Adm))$", rest[: found.start()])
            and rest[found.end() :].strip()
        ):
            continue
        return found.start()
    return len(rest)


def _extends(segment: str, begin: int, first: Mention, noun: re.Match[str]) -> bool:
    """Whether the noun belongs to the name before it: "Syrian officials", "the SDF spokesman"."""
    between = segment[max(0, first.span.end - begin) : noun.start()]
    return not re.search(rf"\b{_PREPOSITION}\b|,", between) and noun.end() + begin > first.span.end


def _apposed_name(rest: str, at: int, start: int, cast: Cast) -> Mention | None:
    """The person named right after a description: "the group's spokesman, Adil Selo"."""
    piece = rest[at : at + _first_stop(rest[at:])]
    inside = cast.within(start + at, start + at + len(piece))
    whole = [
        m
        for m in inside
        if m.kind == "person" and m.form == "name" and not piece.strip().startswith(("a ", "the ", "an "))
    ]
    return whole[0] if whole and whole[0].span.start <= start + at + 12 else None


def _possessive(text: str, mention: Mention) -> bool:
    return text[mention.span.end : mention.span.end + 1] in ("’", "'")


@dataclass(frozen=True, slots=True)
class Heard:
    """Who spoke before: the last source and its channel, the last that is a person, whether the last is a sentence away."""

    last: Source | None = None
    person: Source | None = None
    near: bool = False
    channel: str | None = None


def resolve(phrase: Phrase, cast: Cast, heard: Heard) -> Source | None:
    """Return who the phrase names; "he", "the group" and "the official" are those who spoke before."""
    start, end = phrase.head
    if phrase.carried:
        return heard.last
    said = cast.text[start:end]
    mention = next(
        (m for m in cast.within(start, end) if m.span.end == end and (m.span.start == start or m.kind == "person")),
        None,
    )
    if said.lower() in PRONOUNS:
        return _pronoun(phrase, mention, cast, heard)
    if mention and not (mention.form == "nominal" and mention.name.lower() == said.lower()):
        return _named(phrase, mention, cast)
    text = speaker_text(said)
    if not text:
        return None
    if known := _definite(said, text, cast, heard):
        return known
    body = re.split(r"\s+", text)[-1].lower() in words("bodies")
    organisation = None if body else _spoken_for(phrase, cast)
    return Source(text, mention.id if mention else None, organisation, role=None if body else _last_words(text))


def _pronoun(phrase: Phrase, mention: Mention | None, cast: Cast, heard: Heard) -> Source | None:
    worded = cast.text[phrase.head[0] : phrase.head[1]]
    said = worded.lower()
    speaks = heard.last is not None and (heard.last.person or heard.last.role is not None)
    if said in _HE and heard.near and speaks:
        return heard.last
    if mention and mention.name.lower() not in PRONOUNS:
        known = next((s for s in (heard.last, heard.person) if s and s.text == mention.name), None)
        return known or _named(
            Phrase(mention.span.start, mention.span.end, (mention.span.start, mention.span.end)), mention, cast
        )
    before = ((heard.person or heard.last) if said in _HE else heard.last) or Source(worded)
    if before.text == worded and said in _HE and (subject := cast.last_person(phrase.start)):
        return _named(
            Phrase(subject.span.start, subject.span.end, (subject.span.start, subject.span.end)), subject, cast
        )
    return before


_ALIKE = frozenset(
    {
        "group",
        "monitor",
        "organisation",
        "organization",
        "agency",
        "charity",
        "militia",
        "alliance",
        "force",
        "ministry",
        "watchdog",
    }
)


def _definite(said: str, text: str, cast: Cast, heard: Heard) -> Source | None:
    """Who "the group", "the official" or "the coroner" is: the one who spoke before, or the only one with that role."""
    if not said.lower().startswith("the "):
        return None
    head = text.split()[-1].lower()
    if head in _ALIKE and len(text.split()) == 1 and heard.last and heard.near:
        if not heard.last.person and heard.last.role is None:
            return heard.last
        body = next((m for m in cast.mentions if m.id == heard.last.organisation), None)
        if body and body.kind in ("group", "organisation"):
            return Source(body.name, body.id)
    if heard.person and heard.person.role and heard.person.role.split()[-1].lower() == head:
        return heard.person
    if heard.last and head == heard.channel:
        return heard.last  # "the statement said", after "the ministry said in a statement"
    told = [word for word in text.split() if word[0].isupper()]
    holders = {m.name: m for m in cast.mentions if _has_role(cast.profiles.get(m.id), head) and _fits(told, m, cast)}
    if len(holders) != 1 or head not in words("people"):
        return None
    holder = next(iter(holders.values()))
    return _named(Phrase(holder.span.start, holder.span.end, (holder.span.start, holder.span.end)), holder, cast)


def _fits(told: list[str], person: Mention, cast: Cast) -> bool:
    """Whether the names in "the Turkish president" fit the body that the person speaks for (Turkey)."""
    organisation = cast.profiles[person.id].organisation
    body = next((m.name for m in cast.mentions if m.id == organisation), "")
    return all(word[:4].lower() in body.lower() for word in told)


def _has_role(profile: Profile | None, head: str) -> bool:
    return profile is not None and profile.role is not None and profile.role.split()[-1].lower() == head


def _named(phrase: Phrase, mention: Mention, cast: Cast) -> Source:
    profile = cast.profiles.get(mention.id)
    person = mention.kind == "person"
    organisation = profile.organisation if profile else None
    if organisation is None and person:
        organisation = _spoken_for(phrase, cast)
    return Source(mention.name, mention.id, organisation, profile.role if profile else None, person)


def _spoken_for(phrase: Phrase, cast: Cast) -> str | None:
    """The body or country named in the phrase next to the speaker: "a spokesman for the SDF", "SDF officials"."""
    inside = [m for m in cast.within(phrase.start, phrase.end) if m.kind in _BODY_KINDS and m.form != "pronoun"]
    order = {"organisation": 0, "group": 0, "place": 1, "facility": 2, "other": 2, "population": 3}
    inside = [m for m in inside if (m.span.start, m.span.end) != phrase.head]
    return min(inside, key=lambda m: (order[m.kind], m.span.start)).id if inside else None


def speaker_text(said: str) -> str:
    """Return a source as worded, without its article and what follows its head: "a spokesman for ..." -> "spokesman"."""
    said = _DETERMINER.sub("", said.strip(" ,\n"))
    found = _AFTER_HEAD.search(said)
    return re.sub(r"\s+", " ", said[: found.start()] if found and found.start() else said).strip(' ,“”"')


def _last_words(text: str) -> str | None:
    last = text.split()[-1].lower()
    return last if last in words("people") else None
