"""What became of each judgement in a record: whether it holds, and who says the contrary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from onrecord.model.records import Claim, Judgement, Record, Standing
from onrecord.model.vocabulary import JudgementState
from onrecord.reconcile.judgements import Decisions, Settled

_GONE = "what it is about is not in the record"
_TWO = "the contrary, judged of others, keeps the two from being one"
_ONE = "the contrary, judged of others, makes the two one"
_LATER = "a later judgement says the contrary"


def standings(record: Record, decided: Decisions, called: Mapping[str, Sequence[str]]) -> tuple[Standing, ...]:
    """Return the standing of each judgement of the record, in the order of its log.

    Of two that contradict each other the later holds, whoever made it, and where two people made them both are shown
    as a conflict. `record` is complete but for the standings; `called` are the entities by the labels that are judged.
    """
    settled: defaultdict[str, list[Settled]] = defaultdict(list)
    for item in decided.settled:
        settled[item.judgement.id].append(item)
    rivals = _rivals(decided.settled)
    found = _Found(record, called)
    made = {j.id: _standing(j, settled.get(j.id, ()), rivals.get(j.id, ()), decided, found) for j in record.judgements}
    made |= _of_values(record, decided, made)
    return tuple(made[j.id] for j in record.judgements)


def _standing(
    judgement: Judgement, items: Sequence[Settled], rivals: Sequence[Judgement], decided: Decisions, found: _Found
) -> Standing:
    if judgement.withdrawn:
        return Standing(judgement.id, "withdrawn", f"withdrawn at {judgement.withdrawn}{_by(judgement)}")
    if not items:
        return Standing(judgement.id, "adrift", decided.adrift.get(judgement.id, _GONE))
    conflicts = tuple(dict.fromkeys(r.id for r in rivals if r.by != judgement.by))
    if any((r.at, r.id) > (judgement.at, judgement.id) for r in rivals):
        return Standing(judgement.id, "overruled", _LATER, conflicts)
    each = [found.touched(item) for item in items]
    touches = tuple(dict.fromkeys(name for touched, _ in each for name in touched))
    why = next((reason for _, reason in each if reason), "")
    if why:
        return Standing(judgement.id, "overruled", why, conflicts, touches)
    if touches or judgement.verdict == "wrong":
        return Standing(judgement.id, "holds", "", conflicts, touches)
    return Standing(judgement.id, "adrift", _GONE, conflicts)


def _by(judgement: Judgement) -> str:
    taken_back_by = judgement.withdrawn_by
    return f" by {taken_back_by}" if taken_back_by not in (None, judgement.by) else ""


def _rivals(settled: Sequence[Settled]) -> dict[str, list[Judgement]]:
    """Return, for each judgement, those that say the contrary of the same."""
    about: defaultdict[tuple[str, ...], list[Settled]] = defaultdict(list)
    for item in settled:
        about[item.subject].append(item)
    rivals: defaultdict[str, list[Judgement]] = defaultdict(list)
    for item in settled:
        rivals[item.judgement.id] += [other.judgement for other in about[item.subject] if other.says != item.says]
    return rivals


class _Found:
    """What of a record judgements bear on."""

    def __init__(self, record: Record, called: Mapping[str, Sequence[str]]) -> None:
        self._claims = {c.id: c for c in record.claims}
        self._called = called

    def touched(self, item: Settled) -> tuple[tuple[str, ...], str]:
        """Return the ids of what rests on a judgement, and a reason where the record does not follow it after all."""
        kind, *names = item.subject
        if kind in ("dated", "copy"):
            return tuple(names), ""
        if kind in ("claim", "change"):
            return self._of_claims(names[:1]), ""
        if kind == "events":
            held = [self._claims[n] for n in names if n in self._claims]
            return self._events(held, item.says)
        entities = [self._called.get(name, ()) for name in names]
        touched = tuple(dict.fromkeys(e for each in entities for e in each))
        if kind != "names" or not all(entities):
            return (touched if all(entities) else ()), ""
        apart = set(entities[0]).isdisjoint(entities[1])
        return touched, _against(item.says, apart=apart)

    def _of_claims(self, names: Iterable[str]) -> tuple[str, ...]:
        held = [self._claims[n] for n in names if n in self._claims]
        return tuple(dict.fromkeys(i for c in held for i in (c.id, c.event, c.figure) if i))

    def _events(self, held: Sequence[Claim], says: str) -> tuple[tuple[str, ...], str]:
        if len(held) < 2:
            return (), ""
        events = tuple(dict.fromkeys(c.event for c in held if c.event))
        return events, _against(says, apart=len(events) > 1)


def _against(says: str, *, apart: bool) -> str:
    """Return why a judgement on two things is not followed, or nothing where it is."""
    if apart == (says == "different"):
        return ""
    return _TWO if apart else _ONE


def _of_values(record: Record, decided: Decisions, made: Mapping[str, Standing]) -> dict[str, Standing]:
    """Return the standings of judgements that take different accounts of one event or figure as right."""
    right: defaultdict[str, list[tuple[Judgement, Claim]]] = defaultdict(list)
    claims = {c.id: c for c in record.claims}
    for item in decided.settled:
        claim = claims.get(item.subject[1])
        if item.says == "right" and made[item.judgement.id].state == "holds" and claim:
            right[claim.figure or claim.event or claim.id].append((item.judgement, claim))
    found: dict[str, Standing] = {}
    for held in right.values():
        for judgement, claim in held:
            rivals = [other for other, its in held if _says(its) != _says(claim)]
            conflicts = tuple(r.id for r in rivals if r.by != judgement.by)
            later = any((r.at, r.id) > (judgement.at, judgement.id) for r in rivals)
            state: JudgementState = "overruled" if later else "holds"
            found[judgement.id] = replace(
                made[judgement.id],
                state=state,
                why=_LATER if later else "",
                conflicts=tuple(dict.fromkeys([*made[judgement.id].conflicts, *conflicts])),
            )
    return found


def _says(claim: Claim) -> tuple[object, ...]:
    return (claim.amount, claim.who, claim.status, claim.when, claim.place, claim.agents, claim.targets)
