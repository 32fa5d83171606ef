"""What the record is made of: dispatches, what was read from them, what was judged, and what follows from both."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.model.anchors import Anchor
from onrecord.model.ids import content_id
from onrecord.model.values import Amount, Span, When
from onrecord.model.vocabulary import (
    Basis,
    ClaimKind,
    Concluded,
    ControlState,
    EntityKind,
    Furniture,
    Grade,
    JudgementState,
    Mode,
    Precision,
    Stance,
    Status,
)

# ---------------------------------------------------------------------------------------------- what was read


@dataclass(frozen=True, slots=True)
class Marked:
    """A half-open stretch of a dispatch's text that is not its story: a headline, byline, caption, page furniture.

    Nothing is cut away; what is marked yields no claims. A `title` is marked once, and a repeat of it is `furniture`.
    """

    start: int
    end: int
    kind: Furniture


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One text as it was published, frozen at ingest; every offset in the record counts its code points.

    `id` is the hash of `text`. `file` is the path inside the folder or archive that the user named, with forward
    slashes; for a single file, its name. `published` is an ISO date cut at its precision (`2017-10-18`), and
    `published_basis` says how it is known. `notes` tell what was decided while reading the bytes (a guessed encoding,
    an ambiguous day-month order), in words for a person.
    """

    id: str
    text: str
    file: str | None = None
    url: str | None = None
    outlet: str | None = None
    agency: str | None = None
    title: str | None = None
    byline: str | None = None
    dateline: str | None = None
    published: str | None = None
    published_basis: Basis = "none"
    language: str = "en"
    marked: tuple[Marked, ...] = ()
    notes: tuple[str, ...] = ()

    def quote(self, span: Span) -> str:
        """Return the words of this dispatch that the span covers."""
        return span.of(self.text)

    def precedes(self, other: Dispatch) -> bool:
        """Tell which of two sightings of one text describes it: the better dated, then the first by name.

        The choice depends on the two alone, never on the order in which they came.
        """
        return self._rank() < other._rank()

    def _rank(self) -> tuple[bool, bool, str, str, str]:
        return (self.published is None, self.outlet is None, self.published or "", self.file or "", self.url or "")


def dispatch_id(text: str) -> str:
    """Return the id of the dispatch that holds exactly this text."""
    return content_id("d", text)


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something that was offered and could not be read: what, why (a short word to count by), and what to do."""

    name: str
    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a dispatch that refers to someone or somewhere.

    `name` is what the dispatch calls it in full ("Mustafa Bali" for "Bali", "Islamic State" for "the extremists");
    `form` is `name` where the words are a name, `nominal` for a description, `pronoun` for "he" or "they".
    """

    id: str
    span: Span
    kind: EntityKind
    name: str
    form: str = "name"


def mention_id(span: Span, kind: str) -> str:
    """Return the id of the mention of this kind at this place."""
    return content_id("m", span.dispatch, span.start, span.end, kind)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a source is said to have said: the attributed words, who said them, for whom, over which channel.

    In a reading `speaker` and `organisation` are mention ids; in a record they are entity ids. `speaker_text` is the
    source as the dispatch words it ("an SDF spokesman"); `role` is what it says the speaker is ("spokesman").
    `within` is the statement that holds this one, where a source reports another. `source` is where the dispatch names
    the source, for words that go on where it did so last; `None` where that is far off. `whole` is all that is
    attributed, where that is more than the content: the content has no marks and is one sentence of a long speech, the
    whole has both.
    """

    id: str
    content: Span
    speaker: str | None
    speaker_text: str
    stance: Stance
    direct: bool
    cue: Span | None = None
    organisation: str | None = None
    channel: str | None = None
    role: str | None = None
    within: str | None = None
    source: Span | None = None
    whole: Span | None = None

    @property
    def in_full(self) -> Span:
        """All that is attributed."""
        return self.whole or self.content

    @property
    def dispatch(self) -> str:
        """The id of the dispatch that holds the words."""
        return self.content.dispatch


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a dispatch says: an event, a figure, or who holds a place.

    `type` is an event type, a measure or a control state. `agents`, `targets` and `place` are mention ids in a
    reading and entity ids in a record; for `control` the agents are the holders. `statement` is the attributed
    stretch that the claim stands in, `None` where the dispatch itself asserts it. For a figure: `amount`, whom it
    counts (`who`, in the dispatch's words), `mode`, `as_of` (an ISO date cut at its precision), and `about`, the
    claim of the event that it counts, or `part_of`, the figure that includes it. `share` is the percentage of the
    place held. `score` runs from 0 to 1; `reasons` are the steps that made the claim, a short sentence each.
    """

    id: str
    kind: ClaimKind
    type: str
    trigger: Span
    sentence: Span
    status: Status = "happened"
    agents: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    place: str | None = None
    when: When = field(default_factory=When)
    amount: Amount | None = None
    who: str | None = None
    mode: Mode | None = None
    as_of: str | None = None
    share: float | None = None
    statement: str | None = None
    about: str | None = None
    part_of: str | None = None
    event: str | None = None
    figure: str | None = None
    score: float = 1.0
    reader: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def dispatch(self) -> str:
        """The id of the dispatch that makes the claim."""
        return self.trigger.dispatch


def claim_id(kind: str, kind_type: str, trigger: Span) -> str:
    """Return the id of the claim of this kind and type at this trigger; reading again gives the same id."""
    return content_id("c", trigger.dispatch, kind, kind_type, trigger.start, trigger.end)


def event_id(claim: Claim) -> str:
    """Return the id of the event that takes its id from this claim; its event answers to it in any case."""
    return content_id("v", claim.type, claim.id)


def figure_id(claim: Claim) -> str:
    """Return the id of the figure that takes its id from this claim; its figure answers to it in any case."""
    return content_id("f", claim.type, claim.id)


def statement_id(content: Span, speaker_text: str) -> str:
    """Return the id of the statement whose words are `content`, by this source."""
    return content_id("s", content.dispatch, content.start, content.end, speaker_text)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one reader found in one dispatch; `reader` names the reader and its version."""

    dispatch: str
    reader: str
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Dating:
    """Between which days a dispatch without a date of its own was published, and the reasons, a sentence each.

    Both sides are days, the last included, or as a person or a copy of it gave them.
    """

    dispatch: str
    between: When
    reasons: tuple[str, ...]


# -------------------------------------------------------------------------------------------- what was judged


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision, kept for good; withdrawing it is another entry that sets `withdrawn`.

    `verdict` is one of VERDICTS. `about` is what it is about and `value` what it says of it, by verdict:

    - `wrong`, `right`: a claim's id; no value (in older files the dispatch's id).
    - `change`: a claim's id; "field=value", what its type, status, amount, who or when is ("amount=12..15").
    - `same`, `different`: two names of entities, or the ids of two claims whose events are meant.
    - `split`: a claim's id; the ids of others that tell of its event ("c2,c3"), a slash, those that tell of another.
    - `rename`, `locate`, `place`: an entity's name; the new name, "longitude,latitude", a key of the gazetteer.
    - `dated`, `copy`, `original`: a dispatch's id; its date, or the dispatch of which it is a copy or no copy.

    "Name@dispatch-id" is a name as that dispatch alone uses it. `anchors` tie the judgement to the text, first for
    `about`, then for each thing of the record in `value`; ids and names are only its short form. `quote` repeats
    the words of a claim. `at` is UTC, ISO 8601 to the second; `withdrawn` likewise, or `None`, and `withdrawn_by`
    is who took it back, where that is known.
    """

    id: str
    verdict: str
    about: str
    by: str
    at: str
    value: str | None = None
    quote: str | None = None
    note: str | None = None
    withdrawn: str | None = None
    anchors: tuple[Anchor, ...] = ()
    withdrawn_by: str | None = None


VERDICTS = (
    "wrong", "right", "change", "same", "different", "split", "rename", "locate", "place", "dated", "copy", "original",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of a judgement in a record.

    `state` is `holds`; `overruled` by a later one that says the contrary; `withdrawn`; or `adrift`, where what it is
    about is not in the record: it is kept, and holds as soon as that is there. `why` says so in a sentence.
    `conflicts` are the judgements of other people that say the contrary, `touches` the ids of what in the record
    rests on it: claims, entities, events, figures, dispatches.
    """

    judgement: str
    state: JudgementState
    why: str = ""
    conflicts: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()


def judgement_id(verdict: str, about: str, value: str | None, by: str, at: str) -> str:
    """Return the id of this decision by this person at this moment."""
    return content_id("j", verdict, about, value or "", by, at)


# ------------------------------------------------------------------------------------------ what follows from both


@dataclass(frozen=True, slots=True)
class Role:
    """What someone is said to be, for whom, and the claims or statements that say so."""

    role: str
    organisation: str | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, group, place or body under all its names.

    `aliases` pairs each surface form read, the name's own included, with how often it was read. `point` is
    (longitude, latitude) in WGS 84 degrees; it always comes with a `precision`.
    """

    id: str
    kind: EntityKind
    name: str
    aliases: tuple[tuple[str, int], ...] = ()
    roles: tuple[Role, ...] = ()
    parent: str | None = None
    point: tuple[float, float] | None = None
    precision: Precision = "none"
    country: str | None = None
    reference: dict[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Position:
    """One of the values that accounts give for a field, in words, with the claims that give it."""

    value: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field on which accounts differ, each value with its claims, and a sentence that says why."""

    field: str
    values: tuple[Position, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened (or is expected, or denied), told by one or more claims.

    `sources` counts independent origins: copies of one wire and one speaker quoted thrice count once.
    """

    id: str
    type: str
    agents: tuple[str, ...]
    targets: tuple[str, ...]
    place: str | None
    when: When
    status: Status
    claims: tuple[str, ...]
    sources: int
    grade: Grade
    disputes: tuple[Dispute, ...] = ()
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity of the conflict with what its accounts allow: low, best, high under the named rule.

    The rule is `judged` where a person judged one of the accounts right.
    """

    id: str
    measure: str
    who: str | None
    place: str | None
    as_of: str | None
    mode: Mode
    low: float | None
    best: float | None
    high: float | None
    rule: Concluded
    claims: tuple[str, ...]
    sources: int
    event: str | None = None
    unit: str = ""
    disputes: tuple[Dispute, ...] = ()


@dataclass(frozen=True, slots=True)
class Control:
    """Who holds a place over a stretch of time, with the claims that say so; `until` is `None` while it lasts."""

    place: str
    holder: str | None
    state: ControlState
    since: str | None
    until: str | None
    share: float | None
    claims: tuple[str, ...]
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """The whole record: what `reconcile` makes of readings and judgements.

    Lists are in a fixed order. `statements` and `claims` carry entity ids, `claims` also the ids of their event and
    figure. `mentions` pairs each mention with its entity's id. `lineage` pairs a dispatch's id with the id of the
    oldest dispatch of which it is a copy or a rewrite, or its own. `standings` say what became of each judgement,
    `datings` how the date of each dispatch is known that has none of its own.
    """

    dispatches: tuple[Dispatch, ...] = ()
    entities: tuple[Entity, ...] = ()
    mentions: tuple[tuple[Mention, str], ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    control: tuple[Control, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    standings: tuple[Standing, ...] = ()
    datings: tuple[Dating, ...] = ()
    lineage: dict[str, str] = field(default_factory=dict)


def events_by_id(record: Record) -> dict[str, Event]:
    """Return each event by its id, and by every other that it may have had: those of its claims."""
    own = {e.id: e for e in record.events}
    return {event_id(c): own[c.event] for c in record.claims if c.kind == "event" and c.event in own} | own


def figures_by_id(record: Record) -> dict[str, Figure]:
    """Return each figure by its id, and by every other that it may have had: those of its claims."""
    own = {f.id: f for f in record.figures}
    return {figure_id(c): own[c.figure] for c in record.claims if c.figure in own} | own
