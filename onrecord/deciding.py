"""Makes a judgement of what a person says about a record: what it is about, and the words that it is tied to."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.extract.parts import Kit
from onrecord.finding import found_in, spellings
from onrecord.lexicon.folding import fold
from onrecord.lexicon.gazetteer import Gazetteer, Place
from onrecord.model.anchors import Anchor, anchor_at, anchor_of_whole
from onrecord.model.corrections import corrected, parted
from onrecord.model.errors import JudgementError, NotFoundError
from onrecord.model.records import VERDICTS, Claim, Dispatch, Entity, Event, Judgement, Mention, Record, judgement_id
from onrecord.model.values import When, first_day
from onrecord.reconcile.judgements import point_of
from onrecord.reconcile.sightings import name_fold

_CHOICES = 6  # places of one name that an error lists


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that is judged: how the judgement names it, the words that it is tied to, and a claim's type."""

    name: str
    anchor: Anchor
    type: str = ""


@dataclass(frozen=True, slots=True)
class Decider:
    """Makes judgements on one record; `kit` knows the actors and places."""

    record: Record
    kit: Kit

    def judgement(
        self, verdict: str, about: str, value: str | None, *, by: str, at: str, note: str | None = None
    ) -> Judgement:
        """Return the judgement. Raises JudgementError where it does not fit what it is about, NotFoundError."""
        check(verdict, value)
        subjects, value = self._subjects(verdict, about, value)
        first = subjects[0]
        if first.name == value:
            raise JudgementError(f"{about!r} is called {value!r} already; a judgement needs two different things")
        return Judgement(
            id=judgement_id(verdict, first.name, value, by, at),
            verdict=verdict,
            about=first.name,
            by=by,
            at=at,
            value=value,
            quote=first.anchor.exact if first.type else None,
            note=note,
            anchors=tuple(s.anchor for s in subjects),
        )

    def _subjects(self, verdict: str, about: str, value: str | None) -> tuple[tuple[Subject, ...], str | None]:
        """Return what a judgement is about, and its value as it is kept."""
        if verdict in ("wrong", "right"):
            return (self._claim(about),), None
        if verdict == "change":
            return (self._changed(about, str(value)),), value
        if verdict == "split":
            return self._split(about, str(value))
        if verdict == "dated":
            return (self._dispatch(about),), value
        if verdict in ("copy", "original"):
            one, other = self._dispatch(about), self._dispatch(str(value))
            return (one, other), other.name
        if verdict in ("same", "different"):
            one, other = self._pair(about, str(value), spelt=verdict == "different")
            return (one, other), other.name
        found = self._entity(about)
        if verdict == "place":
            if found[0].kind not in ("place", "facility"):
                raise JudgementError(f"{about!r} is a {found[0].kind}, no place; `onrecord judge same` joins two names")
            value = _key(str(value), self.kit.gazetteer)
        return (self._named(*found),), value

    # ---------------------------------------------------------------------------------------- claims, dispatches

    def _claim(self, key: str) -> Subject:
        try:
            found = found_in(self.record, key)
        except NotFoundError:
            left_out = self._left_out(key)
            if left_out is None:
                raise
            return left_out
        if not isinstance(found, Claim):
            raise JudgementError(f"{key!r} is not a claim; `onrecord why {key}` gives the ids of its claims (c…)")
        return self._of_claim(found)

    def _changed(self, key: str, value: str) -> Subject:
        subject = self._claim(key)
        claim = next((c for c in self.record.claims if c.id == subject.name), None)
        if claim is None:
            raise JudgementError(f"{key!r} was judged wrong and left out; withdraw that first")
        try:
            field, says = parted(value)
            corrected(claim, {field: says})
        except ValueError as error:
            raise JudgementError(str(error)) from error
        return subject

    def _left_out(self, key: str) -> Subject | None:
        """Return a claim that somebody judged wrong, so that the record lacks it: another may say the contrary."""
        judged = (j for j in self.record.judgements if j.verdict == "wrong" and j.anchors and len(key) >= 4)
        found = {j.about: j.anchors[0] for j in judged if j.about.startswith(key)}
        one = next(iter(found.items()), None) if len(found) == 1 else None
        return Subject(one[0], one[1], one[1].type) if one else None

    def _of_claim(self, claim: Claim) -> Subject:
        """Return a claim tied to its words by the type that was read, which a person may have changed since."""
        judged = (j.anchors[0] for j in self.record.judgements if (j.verdict, j.about) == ("change", claim.id))
        read = next((anchor.type for anchor in judged), claim.type)
        anchor = anchor_at(claim.trigger, self._text(claim.dispatch), kind=claim.kind, type=read)
        return Subject(claim.id, anchor, claim.type)

    def _dispatch(self, key: str) -> Subject:
        found = found_in(self.record, key)
        if not isinstance(found, Dispatch):
            raise JudgementError(f"{key!r} is not a dispatch; `onrecord status --dispatches` lists them")
        return Subject(found.id, anchor_of_whole(found.id, found.text))

    def _text(self, dispatch: str) -> str:
        return next(d.text for d in self.record.dispatches if d.id == dispatch)

    def _split(self, about: str, value: str) -> tuple[tuple[Subject, ...], str]:
        """Return the claims that leave an event, then those that stay; `about` are the ids of the former."""
        event = found_in(self.record, value)
        if not isinstance(event, Event):
            raise JudgementError(f"{value!r} is no event; give the id of one (v…) and those of some of its claims")
        held = set(event.claims)
        claims = {c.id: c for c in self.record.claims if c.id in held}
        leave = [self._claim(key.strip()) for key in about.split(",")]
        if other := next((s.name for s in leave if s.name not in claims), None):
            raise JudgementError(f"{other!r} is not of this event; `onrecord why {value}` gives the ids of its claims")
        names = [s.name for s in leave]
        stay = [self._of_claim(claims[c]) for c in event.claims if c not in names]
        if not stay:
            raise JudgementError("all its claims would leave the event; leave one at least")
        return (*leave, *stay), ",".join(names[1:]) + "/" + ",".join(s.name for s in stay)

    # --------------------------------------------------------------------------------- two things, same or not

    def _pair(self, about: str, value: str, *, spelt: bool) -> tuple[Subject, Subject]:
        """Return two names, or two claims whose events are meant; `spelt` keeps the spelling that was given."""
        one, other = self._event(about), self._event(value)
        if one is None and other is None:
            names = [self._entity(key) for key in (about, value)]
            first, second = (self._named(*found, spelt=spelt) for found in names)
            return first, second
        if one is None or other is None:
            raise JudgementError(
                f"{about!r} and {value!r} are not of one sort; give two names, or two events or claims"
            )
        if one.type != other.type:
            what = (kind.replace("_", " ") for kind in (one.type, other.type))
            raise JudgementError(f"they tell of {' and '.join(what)}, which are never one event; judge a claim wrong")
        return one, other

    def _event(self, key: str) -> Subject | None:
        """Return the claim that stands for an event: its first, or the one that was named; `None` for a name."""
        try:
            found = found_in(self.record, key)
        except NotFoundError:
            return None
        if isinstance(found, Event):
            found = next(c for c in self.record.claims if c.id == found.claims[0])
        return self._of_claim(found) if isinstance(found, Claim) and found.kind == "event" else None

    # ---------------------------------------------------------------------------------------------------- names

    def _entity(self, key: str) -> tuple[Entity, str, str | None]:
        """Return an entity, the name that was given for it, and the dispatch that alone is meant ("Ali@wire.txt")."""
        try:
            found = found_in(self.record, key)
        except NotFoundError:
            within = self._within(key)
            if within is None:
                raise
            return within
        if not isinstance(found, Entity):
            raise JudgementError(f"{key!r} is not a person, group, organisation or place of the record")
        return found, key, None

    def _within(self, key: str) -> tuple[Entity, str, str | None] | None:
        name, _, where = key.rpartition("@")
        try:
            dispatch = found_in(self.record, where) if name else None
        except NotFoundError:
            return None
        if not isinstance(dispatch, Dispatch):
            return None
        used = {name_fold(m): e for m, e in self.record.mentions if m.span.dispatch == dispatch.id}
        entity = next((e for e in self.record.entities if e.id == used.get(fold(name))), None)
        if entity is None:
            raise NotFoundError(f"{where} uses no name {name!r}; `onrecord show {where}` gives its names")
        return entity, name, dispatch.id

    def _named(self, entity: Entity, given: str, dispatch: str | None, *, spelt: bool = False) -> Subject:
        """Return an entity under a name that is its own, or where others share it, under that of one dispatch."""
        used = [m for m, e in self.record.mentions if e == entity.id and dispatch in (None, m.span.dispatch)]
        others = {name_fold(m) for m, e in self.record.mentions if e != entity.id}
        name = self._chosen(entity, given if spelt or dispatch else entity.name, used)
        mention = next((m for m in used if name_fold(m) == fold(name)), used[0])
        if dispatch or fold(name) in others:
            name = f"{' '.join(mention.name.split())}@{mention.span.dispatch}"
        return Subject(name, anchor_at(mention.span, self._text(mention.span.dispatch), kind=mention.kind))

    def _chosen(self, entity: Entity, given: str, used: list[Mention]) -> str:
        """Return the given spelling where a reading or a table has it for this entity, else the first name read."""
        spelling = next((s for s in spellings(entity) if s.casefold() == given.casefold()), entity.name)
        actor = self.kit.actors.find(spelling)
        if fold(spelling) in {name_fold(m) for m in used} or (actor and actor.name == spelling):
            return spelling
        return " ".join(used[0].name.split())


def check(verdict: str, value: str | None) -> None:
    """Raise JudgementError where a verdict is none, or its value is missing or malformed."""
    if verdict not in VERDICTS:
        raise JudgementError(f"{verdict!r} is no verdict; use one of {', '.join(VERDICTS)}")
    if verdict not in ("wrong", "right") and not value:
        raise JudgementError(
            f"the verdict {verdict!r} needs a value: a name, a date, a place, a dispatch, or FIELD=VALUE"
        )
    if verdict == "change":
        try:
            parted(str(value))
        except ValueError as error:
            raise JudgementError(str(error)) from error
    if verdict == "locate" and point_of(str(value)) is None:
        raise JudgementError(f"{value!r} is no point; write longitude,latitude in degrees, such as 39.01,35.95")
    if verdict == "dated":
        try:
            first_day(str(value))
            When(value, value)
        except ValueError as error:
            raise JudgementError(f"{value!r} is no date; write 2017, 2017-10 or 2017-10-18") from error


def _key(value: str, gazetteer: Gazetteer) -> str:
    """Return the key of a place given by GeoNames' number, a key, or a name that one place alone has."""
    key = f"geonames:{value}" if value.isdecimal() else value
    if gazetteer.place(key):
        return key
    found = gazetteer.lookup(value)
    if len(found) == 1:
        return found[0].key
    if found:
        choices = "; ".join(map(_described, found[:_CHOICES]))
        raise JudgementError(f"several places are called {value!r}: {choices}; give one of these keys")
    raise JudgementError(f"the gazetteer has no place {value!r}; give a number of geonames.org, or a name that it has")


def _described(place: Place) -> str:
    people = f", {place.population:,} people" if place.population else ""
    return f"{place.key} ({place.name}, {place.kind}, {place.country or 'several countries'}{people})"
