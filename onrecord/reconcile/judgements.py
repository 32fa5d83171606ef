"""What a person's judgements ask of the record, once withdrawn and overruled ones are set aside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TypeVar

from onrecord.lexicon.gazetteer import Gazetteer
from onrecord.model.corrections import corrected, parted
from onrecord.model.records import Claim, Dispatch, Judgement
from onrecord.reconcile.anchors import AdriftError, Finder
from onrecord.reconcile.sightings import Read
from onrecord.reconcile.ties import Ties

Pairs = tuple[tuple[str, str], ...]
Latest = dict[str, tuple[int, str]]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Settled:
    """A judgement in force with what it decides in this record: equal `subject` and another `says` is the contrary."""

    judgement: Judgement
    subject: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """The judgements that hold, by what they do.

    Names go by their labels: the fold of a name, or "dispatch|fold" for the name as one dispatch uses it. `same` and
    `different` pair labels; `renamed`, `located` (longitude, latitude) and `placed` (a key of the gazetteer) come with
    the judgement's place in the log, for one entity may go by several labels. `wrong` and `right` are ids of claims,
    `changed` gives what fields of a claim are said to be (as `corrections` reads them), `ties` pairs of claims whose
    events were judged; `dated` gives a dispatch's date, `copies` and `originals` pair dispatches. `settled`
    are all that could be found, in the order of the log, `adrift` the reasons of those that could not.
    """

    wrong: frozenset[str] = frozenset()
    right: dict[str, int] = field(default_factory=dict)
    changed: dict[str, dict[str, str]] = field(default_factory=dict)
    same: Pairs = ()
    different: Pairs = ()
    ties: Ties = field(default_factory=Ties)
    renamed: Latest = field(default_factory=dict)
    located: dict[str, tuple[int, tuple[float, float]]] = field(default_factory=dict)
    placed: Latest = field(default_factory=dict)
    dated: dict[str, str] = field(default_factory=dict)
    copies: Pairs = ()
    originals: Pairs = ()
    settled: tuple[Settled, ...] = ()
    adrift: dict[str, str] = field(default_factory=dict)

    @property
    def labels(self) -> frozenset[str]:
        """The labels that are judged, in force or overruled."""
        named = (s.subject[1:] for s in self.settled if s.subject[0] in ("names", "rename", "locate", "place"))
        return frozenset(label for labels in named for label in labels)


def decisions(judgements: Iterable[Judgement], found: Iterable[Read], gazetteer: Gazetteer | None = None) -> Decisions:
    """Return what the judgements that are in force ask of a record of what was found.

    Each is found by its id or name, else by the words that it is tied to. Of those that contradict each other the
    later one holds, whoever made it.
    """
    standing = in_force(judgements)
    if not standing:
        return Decisions()
    finder = Finder(found)
    settled: list[Settled] = []
    adrift: dict[str, str] = {}
    types: dict[str, str] = {}
    for judgement in standing:
        try:
            found_out = _decides(judgement, finder, gazetteer, types)
        except AdriftError as reason:
            adrift[judgement.id] = str(reason)
        else:
            settled += [Settled(judgement, subject, says) for subject, says in found_out]
            types |= {s[1]: says for s, says in found_out if s[0] == "change" and s[2] == "type"}
    return _sorted(settled, adrift)


def in_force(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return each judgement that was not withdrawn, once, by time and id."""
    listed = list(judgements)
    withdrawn = {j.id for j in listed if j.withdrawn}
    return sorted({j.id: j for j in listed if j.id not in withdrawn}.values(), key=lambda j: (j.at, j.id))


def latest(found: Mapping[str, tuple[int, Value]], labels: Iterable[str]) -> Value | None:
    """Return the value that the last judgement on any of these labels gives."""
    given = [found[label] for label in labels if label in found]
    return max(given, key=lambda entry: entry[0])[1] if given else None


def redated(dispatch: Dispatch, date: str | None) -> Dispatch:
    """Return the dispatch with a date that someone gave it or that a copy of it carries."""
    return replace(dispatch, published=date, published_basis="linked") if date else dispatch


def _decides(
    judgement: Judgement, finder: Finder, gazetteer: Gazetteer | None, types: Mapping[str, str]
) -> list[tuple[tuple[str, ...], str]]:
    """Return what a judgement decides in this record, and how; `types` are those changed before. Raises AdriftError."""
    if judgement.verdict == "split":
        return _split(judgement, finder)
    return [_decision(judgement, finder, gazetteer, types)]


def _decision(
    judgement: Judgement, finder: Finder, gazetteer: Gazetteer | None, types: Mapping[str, str]
) -> tuple[tuple[str, ...], str]:
    verdict, about, value = judgement.verdict, judgement.about, judgement.value or ""
    one, other = (*judgement.anchors, None, None)[:2]
    if verdict in ("wrong", "right"):
        return ("claim", finder.claim(about, one, judgement).id), verdict
    if verdict == "change":
        return _change(finder.claim(about, one, judgement), value)
    if verdict == "dated":
        return (verdict, finder.dispatch(about, one)), value
    if verdict in ("copy", "original"):
        return ("copy", *_pair(finder.dispatch(about, one), finder.dispatch(value, other), "one dispatch")), verdict
    if verdict in ("same", "different"):
        if one and one.type:
            return ("events", *_events(judgement, finder, types)), verdict
        return ("names", *_pair(finder.label(about, one), finder.label(value, other), "one name")), verdict
    if verdict in ("rename", "locate", "place"):
        return (verdict, finder.label(about, one)), _checked(verdict, value, gazetteer)
    raise AdriftError(f"this version of Onrecord does not know the verdict {verdict!r}")


def _change(claim: Claim, value: str) -> tuple[tuple[str, ...], str]:
    """Return the claim's field and what it is said to be, if it can be that. Raises AdriftError."""
    try:
        name, says = parted(value)
        corrected(claim, {name: says})
    except ValueError as error:
        raise AdriftError(str(error)) from error
    return ("change", claim.id, name), says


def _events(judgement: Judgement, finder: Finder, types: Mapping[str, str]) -> tuple[str, str]:
    """Return the claims whose events are judged. Raises AdriftError."""
    one, other = (*judgement.anchors, None, None)[:2]
    first = finder.claim(judgement.about, one, judgement)
    second = finder.claim(judgement.value or "", other, judgement)
    one_type, other_type = (types.get(claim.id, claim.type) for claim in (first, second))
    if one_type != other_type:
        raise AdriftError(f"one is read as {one_type} and the other as {other_type}, which are never one event")
    return _pair(first.id, second.id, "one claim")


def _split(judgement: Judgement, finder: Finder) -> list[tuple[tuple[str, ...], str]]:
    """Return each pair of claims that stays one or becomes two; claims that are gone do no harm. Raises AdriftError."""
    leave, stay = parted_claims(judgement)
    anchors = dict(zip((*leave, *stay), judgement.anchors, strict=False))
    found: dict[str, str] = {}
    for name in (*leave, *stay):
        with suppress(AdriftError):
            found[name] = finder.claim(name, anchors.get(name), judgement).id
    leaving, staying = ([found[name] for name in names if name in found] for names in (leave, stay))
    if not leaving or not staying:
        raise AdriftError("none of the claims that were told apart is read any longer")
    kept = [(_pair(leaving[0], other, "one claim"), "same") for other in leaving[1:]]
    apart = [(_pair(one, other, "one claim"), "different") for one in leaving for other in staying]
    return [(("events", *pair), says) for pair, says in (*kept, *apart)]


def parted_claims(judgement: Judgement) -> tuple[list[str], list[str]]:
    """Return the ids of the claims that a `split` takes out of an event, and of those that it leaves there."""
    leave, _, stay = (judgement.value or "").partition("/")
    return [judgement.about, *filter(None, leave.split(","))], [*filter(None, stay.split(","))]


def _pair(one: str, other: str, what: str) -> tuple[str, str]:
    if one == other:
        raise AdriftError(f"the two are {what} in this record")
    small, large = sorted((one, other))
    return small, large


def _checked(verdict: str, value: str, gazetteer: Gazetteer | None) -> str:
    """Return the value of a judgement on a name, if it can be followed. Raises AdriftError."""
    if verdict == "locate" and point_of(value) is None:
        raise AdriftError(f"{value!r} is no longitude,latitude in degrees")
    if verdict == "place" and gazetteer and gazetteer.place(value) is None:
        raise AdriftError(f"the gazetteer of this record has no place {value}")
    return value


def _sorted(settled: Sequence[Settled], adrift: dict[str, str]) -> Decisions:
    """Sort what is settled by what it does; of what contradicts the later holds."""
    last = {s.subject: (number, s) for number, s in enumerate(settled)}
    does: defaultdict[tuple[str, str], list[tuple[int, Settled]]] = defaultdict(list)
    for number, item in sorted(last.values(), key=lambda entry: entry[0]):
        says = item.says if item.subject[0] in ("claim", "names", "events", "copy") else ""
        does[item.subject[0], says].append((number, item))
    points = {s.subject[1]: (n, point_of(s.says) or (0.0, 0.0)) for n, s in does["locate", ""]}
    return Decisions(
        wrong=frozenset(s.subject[1] for _, s in does["claim", "wrong"]),
        right={s.subject[1]: number for number, s in does["claim", "right"]},
        changed=_changed(does["change", ""]),
        same=_pairs(does["names", "same"]),
        different=_pairs(does["names", "different"]),
        ties=Ties(_pairs(does["events", "same"]), _pairs(does["events", "different"])),
        renamed=_latest(does["rename", ""]),
        located=points,
        placed=_latest(does["place", ""]),
        dated={s.subject[1]: s.says for _, s in does["dated", ""]},
        copies=_pairs(does["copy", "copy"]),
        originals=_pairs(does["copy", "original"]),
        settled=tuple(settled),
        adrift=adrift,
    )


def _pairs(found: Iterable[tuple[int, Settled]]) -> Pairs:
    return tuple(sorted((s.subject[1], s.subject[2]) for _, s in found))


def _changed(found: Iterable[tuple[int, Settled]]) -> dict[str, dict[str, str]]:
    changed: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for _, item in found:
        changed[item.subject[1]][item.subject[2]] = item.says
    return dict(changed)


def _latest(found: Iterable[tuple[int, Settled]]) -> Latest:
    return {s.subject[1]: (number, s.says) for number, s in found}


def point_of(value: str) -> tuple[float, float] | None:
    """Return (longitude, latitude) of "longitude,latitude" in degrees, or nothing where it is no such pair."""
    try:
        longitude, latitude = (float(part) for part in value.split(","))
    except ValueError:
        return None
    return (longitude, latitude) if abs(longitude) <= 180 and abs(latitude) <= 90 else None
