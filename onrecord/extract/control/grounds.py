"""What is held: the place before or behind the words that say so, and how much of it."""

from __future__ import annotations

from onrecord.extract.control.held import Ground, is_country, listed
from onrecord.extract.events.grammar import Chunk, View, is_adverb, is_number, words
from onrecord.extract.events.neighbours import subject_before
from onrecord.extract.events.where_when import narrower

_REACH = 14  # words of a phrase for what is held: "most of the villages in the northern countryside of Ardun"
_NEXT = 3  # words between a holder and the place behind him: "held by rebels in the north of Ardun"
_PLAIN = 6  # words before a name that only describe it: "the strategic northern border town Ardun"
_IN = frozenset({"of", "in", "inside", "along", "near", "around", "across", "on", "outside", "at", "beside", "between"})
_MARKS = frozenset({"“", "”", '"', "‘", "’"})
_OWNS = frozenset({"'s", "’s"})
_BEYOND = frozenset({"near", "around", "outside", "beside"})  # an area near a town is not the town


def ground_of(view: View, place: Chunk, *, part: bool = False) -> Ground:
    """Return the ground that a mention of a place is by itself."""
    return Ground(place.first, place.after, narrower(view, place), part)


def ground_after(view: View, at: int) -> Ground | None:
    """Return what is held behind a token, `None` where it is no land: "controls [parts of Ardun]"."""
    nouns: list[str] = []
    owner: Chunk | None = None
    i = at
    for i in range(at, min(at + _REACH, len(view.words))):
        chunk = next((c for c in view.chunks if c.first == i), None)
        word, inside = view.words[i], view.chunk_at(i)
        if word in _MARKS or (chunk is None and inside and inside.first >= at):
            continue
        if word in _OWNS:
            nouns.clear()  # "the town's hospital" is the hospital
            continue
        if chunk and chunk.category == "place" and not chunk.possessive:
            return _ground(view, (at, chunk), nouns) if nouns or i - at <= _PLAIN else None
        if chunk and chunk.possessive:
            owner = chunk if chunk.category == "place" else None
        elif chunk and not _land(view, chunk):
            break
        elif chunk or word in listed("parts") | listed("remnants") | listed("shares"):
            nouns.append(view.words[chunk.after - 1] if chunk else word)
        elif word in _IN:
            if not _opens(view, i):
                break
            nouns.append(word)
        elif _ends(view, i):
            break
    land = set(nouns) & (listed("parts") | listed("remnants"))
    shared = set(nouns) & listed("shares")
    if owner and (shared or not is_country(owner)):
        return Ground(at, i, owner, part=bool(land) and not shared)
    return Ground(at, i, None) if land and view.word(i) not in _IN else None


def ground_before(view: View, end: int) -> Ground | None:
    """Return what is held before a token, `None` where it is no land: "[the last villages of Ardun] held by"."""
    at = end
    while at > 0 and (view.words[at - 1] in listed("status", "skipped") | {","} or is_adverb(view.words[at - 1])):
        at -= 1
    apart = "," in view.words[at:end]
    kind = view.word(at - 1) in listed("wholes")  # "Ardun city"
    chunk = next((c for c in view.chunks if c.after == at or (kind and c.after == at - 1)), None)
    if chunk and chunk.category == "place":
        plain = apart and not {"which", "that"} & set(view.words[at:end])
        return _before_comma(view, chunk) if plain else _before_chunk(view, chunk, whole=apart)
    if chunk and not _land(view, chunk):
        return _before_aside(view, at) if apart else None
    if view.word(at - 1) in listed("parts") | listed("remnants") | listed("wholes") or chunk:
        return _before_noun(view, at, end)
    opening = view.clauses.index(view.clauses[at])
    between = any(opening < c.first < at for c in view.chunks)
    which = view.words[opening] == "which"
    if view.word(at - 1) not in {",", "and", "but", ""} and opening != at - 1 and not (which and not between):
        return None
    if which:
        told = next((c for c in view.chunks if c.after in {opening, opening - 1}), None)
        return _before_comma(view, told) if told and told.category == "place" else None
    subject = [c for c in subject_before(view, at) if not c.preposition] if apart or at < end else []
    place = subject and subject[-1].category == "place"
    return Ground(subject[-1].first, at, narrower(view, subject[-1])) if place else None


def _before_aside(view: View, at: int) -> Ground | None:
    """Return the place before an aside that ends at a token: "[Ardun], once besieged by the army, is under"."""
    for i in range(at - 1, max(-1, at - _REACH), -1):
        if view.words[i] == ",":
            place = next((c for c in view.chunks if c.after == i and c.category == "place"), None)
            return ground_of(view, place) if place else None
    return None


def _before_comma(view: View, chunk: Chunk) -> Ground | None:
    """Return the place before a comma, or the one before an aside: "[Ardun], east of Belis, held by"."""
    comma = next((i for i in range(chunk.first - 1, max(-1, chunk.first - _REACH), -1) if view.words[i] == ","), None)
    if comma is None or not chunk.preposition:
        return ground_of(view, chunk)
    outer = next((c for c in view.chunks if c.after == comma and c.category == "place"), None)
    if outer and is_country(outer):
        outer = chunk
    return ground_of(view, outer) if outer else None


def _before_chunk(view: View, chunk: Chunk, *, whole: bool) -> Ground:
    """Return the ground that ends with a place: "[half of the province of Ardun]", "[villages near Ardun]".

    It is the `whole` place where "which" behind a comma follows: "villages near [Ardun], which is held by".
    """
    first, nouns = chunk.first, list[str]()
    if whole:
        return ground_of(view, chunk)
    for i in range(chunk.first - 1, max(-1, chunk.first - _REACH), -1):
        word = view.words[i]
        known = word in _IN | listed("parts") | listed("remnants") | listed("shares")
        plain = word in words("determiners") | listed("wholes") or is_number(word) or word == "than"
        if not (known or plain or (word.isalpha() and view.chunk_at(i) is None and not _ends(view, i))):
            break
        if word in _IN and not _opens(view, i):
            break
        first = i
        if known:
            nouns.insert(0, word)
    equal = _equal(view, first) if nouns else None
    return Ground(equal.first, first, narrower(view, equal)) if equal else _ground(view, (first, chunk), nouns)


def _before_noun(view: View, at: int, end: int) -> Ground | None:
    """Return the ground that ends with a noun for land: a place that is said to be it, else the one named behind it."""
    first = at - 1
    while first > 0 and not _ends(view, first - 1) and not view.chunk_at(first - 1):
        first -= 1
    equal = _equal(view, first)
    if equal:
        return Ground(equal.first, at, narrower(view, equal))
    nouns = [w for w in view.words[max(0, at - 4) : at] if w in listed("parts") | listed("remnants")]
    place = _behind_holder(view, end) or _place_of_noun(view, at)
    return _ground(view, (at - 1, place), [*nouns, place.preposition or "in"]) if place else None


def _behind_holder(view: View, end: int) -> Chunk | None:
    """Return the place behind those who hold: "villages held by [the rebels in Ardun]"."""
    last = end + 1
    for chunk in view.chunks:
        if chunk.first <= end or chunk.first - last > _NEXT or view.clauses[chunk.first] != view.clauses[end]:
            continue
        if chunk.category == "place" and chunk.preposition in {"of", "in", "inside", "around", "near", "across"}:
            return chunk
        last = chunk.after
    return None


def _equal(view: View, first: int) -> Chunk | None:
    """Return the place of which the phrase that begins at a token is told: "Ardun is", "Ardun,", "Ardun, which was"."""
    at = first
    while at > 0 and view.words[at - 1] in words("be") | {",", "which", "still", "now"}:
        at -= 1
    place = next((c for c in view.chunks if c.after == at and at < first), None)
    return place if place and place.category == "place" and not is_country(place) else None


def _place_of_noun(view: View, at: int) -> Chunk | None:
    """Return the place that owns a piece of land: "Ardun's last villages", "the Ardun countryside"."""
    owner = next((c for c in reversed(view.chunks) if c.after < at and at - c.after <= _PLAIN), None)
    return owner if owner and owner.category == "place" and owner.possessive else None


def _ground(view: View, at: tuple[int, Chunk], nouns: list[str]) -> Ground:
    """Return the ground that begins at a token and ends with a place, by the words for land before the place."""
    first, chunk = at
    place: Chunk | None = narrower(view, chunk)
    heads = [w for w in nouns if w not in _IN]
    whole = not heads or set(heads) <= listed("shares") or (nouns[-1:] == ["of"] and heads[-1] in listed("wholes"))
    several = view.word(chunk.after) in {"and", ","} and heads[-1:] and heads[-1] in listed("wholes_of_several")
    if heads and (heads[-1] in listed("wholes") or several) and nouns[-1] == "of":
        heads = heads[:-1]
        whole = not heads or set(heads) <= listed("shares") - listed("parts")
    part = not whole and bool(set(heads) & listed("parts")) and not set(heads) & listed("remnants")
    inside = "in" in nouns and not set(view.words[first : chunk.first]) & listed("last")
    if (set(nouns) & listed("along") and is_line(view, chunk)) or view.word(chunk.after) in listed("line_words"):
        place, part = None, False  # "villages along the Euphrates", "the Aleppo border"
    elif heads and (set(nouns) & _BEYOND or inside or (is_country(chunk) and not set(heads) <= listed("shares"))):
        part = True
    return Ground(first, chunk.after, place, part and place is not None, _near(view, chunk))


def _near(view: View, chunk: Chunk) -> bool:
    """Tell whether a named place stands right behind a facility: "the airbase at Ardun"."""
    behind = next((c for c in view.chunks if c.first == chunk.after + 1), None)
    one = not view.words[chunk.after - 1].endswith("s")
    at = one and view.word(chunk.after) in {"at", "in", "of", "near"}
    return at and behind is not None and behind.category == "place" and behind.mention.form == "name"


def is_line(view: View, chunk: Chunk) -> bool:
    """Tell whether a name is that of a river, a road or a border, which nobody holds by sitting beside it."""
    said = chunk.mention.name.split()
    last = said[-1].lower()
    if last in listed("banks") or view.word(chunk.after) in listed("banks"):
        return False
    return last in listed("line_words") or chunk.mention.name in listed("lines") or view.word(chunk.after) == "river"


def _land(view: View, chunk: Chunk) -> bool:
    """Tell whether a mention that is no place stands for land: "the remaining neighbourhoods"."""
    return view.words[chunk.after - 1] in listed("parts") | listed("remnants")


def _opens(view: View, i: int) -> bool:
    """Tell whether the preposition at a token goes on what is held: behind a noun for land, a share, a place."""
    before = view.word(i - 1)
    heads = listed("parts") | listed("remnants") | listed("shares") | listed("wholes") | listed("amounts") | {"all"}
    chunk = next((c for c in view.chunks if c.after == i), None)
    return before in heads or (chunk is not None and chunk.category == "place")


def _ends(view: View, i: int) -> bool:
    """Tell whether a phrase for what is held ends at a token."""
    word = view.words[i]
    stops = words("be") | words("have") | words("modals") | words("openers") | words("relatives") | words("negations")
    others = words("prepositions") - _IN - {"than"}
    counted = is_number(view.word(i + 1)) or view.word(i + 1) in words("numerals") | listed("shares")
    counts = word in {"over", "about", "around"} and counted
    return not counts and (not (word[0].isalnum() or word in {"%", "'s", "'"}) or word in stops | others)
