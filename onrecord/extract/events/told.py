"""What a mention of an event has in common with one that is dated: whether they may tell of the same thing.

"The attack" of a later paragraph has the date of the attack in the first; those killed in a raid died on its day.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.extract.events.carried import MEANS, POINTING
from onrecord.extract.events.found import Found
from onrecord.extract.events.grammar import View

Marks = dict[str, float]
SAME_SORT = frozenset({"kin same", "kin family"})

# Types by which one attack is told as another: its fighting as an offensive, its shells as air strikes.
_FAMILY = {
    "offensive": "fight", "armed_clash": "fight", "air_strike": "fire", "shelling": "fire", "bombing": "bomb",
    "suicide_bombing": "bomb", "chemical_attack": "bomb",
}  # fmt: skip
_EFFECTS = frozenset({"killing", "injury", "destruction", "displacement"})
_OWNING = frozenset({"'s", "'", "its", "their", "his", "her"})
_NEW = frozenset({"a", "an", "another", "any", "no"})
_ENDS = frozenset({"in", "of", "by", "from", "after", "to", "and", ",", "for", "with", "on"})
_BEFORE = 4  # words before a noun or verb in which its article or helping verb stands
_HELPERS = {"have": "has", "has": "has", "'ve": "has", "had": "had", "'d": "had", "was": "was", "were": "was"}
_PURPOSE = frozenset({"to", "will", "would", "could", "should", "may", "might", "can", "is", "are", "be", "been"})


@dataclass(frozen=True, slots=True)
class Told:
    """A mention of an event as far as it tells whether another is of the same: `form` is its article or tense."""

    kind: str
    family: str
    form: str
    word: str
    status: str
    sentence: int
    agents: frozenset[str]
    targets: frozenset[str]
    place: str

    @classmethod
    def of(cls, item: Found) -> Told:
        """Return what counts of an event that was found."""
        agents, targets = (frozenset(c.mention.name for c in side) for side in (item.agents, item.targets))
        return cls(
            item.kind,
            _FAMILY.get(item.kind, item.kind),
            form_of(item),
            item.trigger.lemma.split()[-1],
            item.status,
            item.view.sentence.index,
            agents,
            targets,
            item.place.name if item.place else "",
        )


def form_of(item: Found) -> str:
    """Return a noun's article (the, own, new, bare, many) or a verb's tense (told, was, has, had, ing, to)."""
    return _tense(item.view, item.trigger.first) if item.trigger.verbal else _article(item)


def _article(item: Found) -> str:
    view, first = item.view, item.trigger.first
    for i in range(first - 1, max(-1, first - 1 - _BEFORE), -1):
        word = view.words[i]
        if word in POINTING:
            return "the"
        if word in _OWNING:
            return "own"
        if word in _NEW:
            return "new"
        if word in _ENDS:
            break
    return "many" if view.words[item.trigger.after - 1].endswith("s") else "bare"


def _tense(view: View, first: int) -> str:
    before = view.words[max(0, first - _BEFORE) : first]
    helping = {_HELPERS[word] for word in before if word in _HELPERS}
    for form in ("has", "had"):
        if form in helping:
            return form
    if view.words[first].endswith("ing"):
        return "ing"
    if "was" in helping:
        return "was"
    return "to" if _PURPOSE & set(before) else "told"


def kinship(one: Told, other: Told) -> str:
    """Return how the types go together: same, family, effect (of the other), cause, beside (two effects) or strange."""
    if one.kind == other.kind:
        return "same"
    if one.family == other.family:
        return "family"
    if one.kind in _EFFECTS:
        return "effect" if other.kind in MEANS else "beside" if other.kind in _EFFECTS else "strange"
    return "cause" if other.kind in _EFFECTS and one.kind in MEANS else "strange"


_GROUP = {"same": "again", "family": "again", "effect": "with", "cause": "with", "beside": "with", "strange": "strange"}


def marks(one: Told, other: Told) -> Marks:
    """Return what speaks for and against a mention having the date of another, by the names that dating weighs."""
    kin = kinship(one, other)
    group = _GROUP[kin]
    found: Marks = {f"kin {kin}": 1.0, f"{group} {_far(one, other)}": 1.0, f"{group} form {one.form}": 1.0}
    if group == "again" and one.word == other.word:
        found["same word"] = 1.0
    for name, mine, its in (("agent", one.agents, other.agents), ("target", one.targets, other.targets)):
        if mine and its:
            found[f"{name} {'same' if mine & its else 'other'}"] = 1.0
    if one.place and other.place:
        found["place same" if one.place == other.place else "place other"] = 1.0
    if one.status != other.status:
        found["status other"] = 1.0
    if other.sentence > one.sentence:
        found["before it"] = 1.0
    return found


def _far(one: Told, other: Told) -> str:
    gap = abs(one.sentence - other.sentence)
    return "here" if not gap else "beside" if gap == 1 else "near" if gap <= 3 else "far" if gap <= 8 else "away"
