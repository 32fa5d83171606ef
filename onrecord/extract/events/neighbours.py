"""Finds the subject before a verb, the object after it, what a preposition governs, and what is joined to each."""

from __future__ import annotations

from onrecord.extract.events.grammar import Chunk, View, forms_of, is_adverb, is_number, only_counts, words

_REACH = 14  # words after a trigger within which a preposition may still belong to it
_OBJECT_REACH = 8  # words between a verb and its object: determiners, numbers, adjectives
_TITLE_REACH = 4  # words of a title between a country and a person: "UK foreign secretary,"
_OWNER_REACH = 4  # words between "Turkey's" and "offensive"
_CONTROL_REACH = 16  # words between "allow" and the infinitive of those allowed
_OPEN_SUBJECT = frozenset({"the", "a", "an", "no", "this", "these", "those", "its", "their", "his", "some", "many"})
_ALSO_CONJUNCTIONS = frozenset({"after", "before", "since", "until", "as", "than", "like"})
_JOINTS = frozenset({",", "and", "&", "or", "as", "well", "the", "a", "an", "its", "their", "his", "some", "other"})


def group_start(view: View, first: int) -> int:
    """Return where the verb group that ends at `first` starts: "had not yet been" before "captured"."""
    helping = words("be") | words("have") | words("modals") | words("do") | words("negations") | {"to"}
    i = first
    while i > 0 and (view.words[i - 1] in helping or (is_adverb(view.words[i - 1]) and view.word(i - 2) != ",")):
        if view.words[i - 1] == "s" or (view.words[i - 1] == "'s" and any(c.after == i - 1 for c in view.chunks)):
            break
        i -= 1
    while i < first and is_adverb(view.words[i]) and view.words[i] not in words("negations"):
        i += 1
    return i


def plain_word(view: View, index: int) -> bool:
    """Tell whether a word is neither a determiner nor a preposition nor a conjunction."""
    word = view.word(index)
    return (
        word.isalpha()
        and word not in words("determiners")
        and word not in words("prepositions") | words("conjunctions")
    )


def subject_before(view: View, start: int, undergoing: frozenset[str] = frozenset()) -> tuple[Chunk, ...]:
    """Return the subject of the verb group that starts at `start`, with what is joined to it.

    Mentions in `undergoing` are passed over, unless "who" follows one.
    """
    i = start - 1
    if view.word(i) in words("relatives"):
        return joined_back(view, _last(view, i)) if _refers_back(view, i) else ()
    adjacent = next((c for c in view.chunks if c.after == start and not c.possessive), None)
    if adjacent and adjacent.preposition in _ALSO_CONJUNCTIONS:
        return joined_back(view, adjacent)
    if adjacent and adjacent.preposition == "of" and adjacent.category in {"fighters", "people"}:
        return joined_back(view, _head_of(view, adjacent))
    controlled = _controlled(view, start)
    if controlled:
        return joined_on(view, controlled)
    clause = view.clauses[start] if start < len(view.clauses) else -1
    relative = _relative_at(view, start, clause)
    if relative is not None:
        return joined_back(view, _last(view, relative)) if _refers_back(view, relative) else ()
    nearest = None
    for chunk in reversed(view.chunks):
        if chunk.after > start or chunk.possessive or chunk.mention.id in undergoing:
            continue
        if view.clauses[chunk.first] == clause and not chunk.preposition:
            return joined_back(view, chunk)
        if nearest is None and not chunk.preposition:
            nearest = chunk
    if _has_own_subject(view, start, clause):
        return ()
    return joined_back(view, nearest) or _first_after(view, start)


def _has_own_subject(view: View, start: int, clause: int) -> bool:
    """Tell whether a clause opened by "that" or the like has a subject that is no mention: "that the hill fell"."""
    if clause not in view.clauses:
        return False
    opening = view.clauses.index(clause)
    inside = view.words[opening + 1 : start]
    return view.word(opening) in words("openers") and bool(set(inside[:2]) & _OPEN_SUBJECT)


def _relative_at(view: View, start: int, clause: int) -> int | None:
    """Return where "who" stands that a later verb of its clause has as subject: "rebels who continue to ambush"."""
    opening = view.clauses.index(clause) if clause in view.clauses else 0
    at = opening + 1 if view.word(opening) == "," else opening
    if at == 0 or at >= start or view.word(at) not in {"who", "which"}:
        return None
    inside = any(at < c.first < start and not c.preposition and view.clauses[c.first] == clause for c in view.chunks)
    return None if inside else at


def _refers_back(view: View, at: int) -> bool:
    """Tell whether "who" at an index has a mention to refer to close before it: not "everyone who"."""
    last = _last(view, at)
    return last is not None and (view.words[at] != "who" or view.word(at - 1) not in words("anybody"))


def _head_of(view: View, chunk: Chunk) -> Chunk:
    """Return the head of "a brigade of rebels", and the rebels of "a convoy of rebels"."""
    head = next((c for c in view.chunks if c.after == chunk.first - 1), None)
    return head if head and head.category == "fighters" and not head.preposition else chunk


def _controlled(view: View, start: int) -> Chunk | None:
    """Return who does what an infinitive says, where a verb makes or lets him: "forced thousands to flee"."""
    if view.word(start) != "to":
        return None
    clause = view.clauses[start]
    for i in range(start - 1, max(-1, start - _CONTROL_REACH), -1):
        if view.clauses[i] != clause:
            return None
        noun = view.chunk_at(i) is not None or view.word(i - 1) in words("determiners") | {"'s"}
        if view.words[i] in forms_of("controlling_verbs") and not noun:
            return next(
                (c for c in view.chunks if i < c.first < start and not c.possessive and not c.preposition), None
            )
    return None


def _first_after(view: View, start: int) -> tuple[Chunk, ...]:
    """Return the subject that comes late: "After capturing the town, rebels ..."."""
    clause = view.clauses[start] if start < len(view.clauses) else 0
    comma = next((i for i in range(start, len(view.words)) if view.words[i] == "," and view.clauses[i] == clause), None)
    if comma is None:
        return ()
    return tuple(c for c in view.chunks if comma < c.first <= comma + 4 and not c.preposition and not c.possessive)[:1]


def _last(view: View, index: int) -> Chunk | None:
    return next((chunk for chunk in reversed(view.chunks) if chunk.after <= index), None)


def joined_back(view: View, chunk: Chunk | None) -> tuple[Chunk, ...]:
    """Return a chunk with those before it that "and" joins to it, in order."""
    found: list[Chunk] = []
    while chunk is not None:
        found.insert(0, chunk)
        previous = _last(view, chunk.first)
        if previous and previous.possessive and previous.after == chunk.first:
            previous = _last(view, previous.first)  # "Russia and its allies": the owner joins nothing
        between = view.words[previous.after : chunk.first] if previous else ()
        chunk = previous if previous and "and" in between and all(map(_joins, between)) else None
    return tuple(found)


def _joins(word: str) -> bool:
    """Tell whether a word may stand between two names of a list: "100 soldiers and some eighty rebels"."""
    return word in _JOINTS or word in words("determiners") | words("numerals") | words("joined") or is_number(word)


def object_at(view: View, at: int) -> tuple[Chunk, ...]:
    """Return the object that starts at or soon after `at`, with what is joined to it."""
    for i in range(at, min(at + _OBJECT_REACH, len(view.words))):
        chunk = next((c for c in view.chunks if c.first <= i < c.after), None)
        if chunk:
            owned = _owned(view, chunk)
            return joined_on(view, owned) if owned else ()
        word = view.words[i]
        if i == at and word in {"and", "or"} and _verb_follows(view, i + 1):
            continue  # "kill or catch the rebels": the second verb is passed over
        if i == at + 1 and view.words[at] in {"and", "or"}:
            continue
        numeral = is_number(word) or word in words("determiners")
        numeral = numeral or (word in {"at", "up", "to", "than"} and only_counts(view.words, i, i + 4))
        if not numeral and (not word[0].isalnum() or word in words("prepositions") - {"of", "about", "over", "than"}):
            return ()
        if (
            word in words("be") | words("have") | words("modals") | words("openers") | words("conjunctions")
            and word != "that"
        ):
            return ()
    return ()


def _verb_follows(view: View, index: int) -> bool:
    """Tell whether a verb stands at an index, as in "killed or wounded": not a name, and an object after it."""
    if view.chunk_at(index) or not view.word(index).isalpha() or is_number(view.word(index)):
        return False
    word, following = view.word(index), view.word(index + 1)
    opens = following in words("determiners") or is_number(following) or view.chunk_at(index + 1) is not None
    return opens and word not in words("determiners") | words("be") | words("have") | words("numerals")


def _owned(view: View, chunk: Chunk) -> Chunk | None:
    """Return what is meant by "their vehicles" and "Syria's Kurds": what is owned, and nothing where it has no name."""
    if not chunk.possessive:
        return chunk
    following = next((c for c in view.chunks if c.first >= chunk.after), None)
    if following is None or following.first - chunk.after > _OWNER_REACH or following.preposition:
        return None
    between = view.words[chunk.after : following.first]
    return following if all(word[0].isalnum() or word in {"'s", "'"} for word in between) else None


def joined_on(view: View, chunk: Chunk) -> tuple[Chunk, ...]:
    """Return a chunk with those after it that a list joins to it, in order."""
    found = [chunk]
    following = next((c for c in view.chunks if c.first >= chunk.after), None)
    while following and following.first - found[-1].after <= 4:
        between = view.words[found[-1].after : following.first]
        joints = _JOINTS | words("determiners") | words("joined")
        loose = [w for w in between if w not in joints and not is_number(w)]
        if not between or loose or not set(between) & {",", "and", "or", "&"}:
            break
        found.append(following)
        following = next((c for c in view.chunks if c.first >= found[-1].after), None)
    if len(found) > 1 and not set(view.words[found[0].after : found[-1].first]) & {"and", "or", "&"}:
        return (chunk,)  # commas alone join no list: "killed a rebel, police said"
    return tuple(found)


def governed_after(view: View, at: int) -> dict[str, tuple[Chunk, ...]]:
    """Return the first chunk under each preposition after a trigger, within its clause."""
    found: dict[str, tuple[Chunk, ...]] = {}
    clause = view.clauses[at - 1]
    for chunk in view.chunks:
        near = at <= chunk.first <= at + _REACH
        new = chunk.preposition and chunk.preposition not in found and not of_a_side(view, chunk, at)
        if near and new and view.clauses[chunk.first] == clause:
            found[chunk.preposition] = joined_on(view, _titled(view, chunk))
    return found


def of_a_side(view: View, chunk: Chunk, at: int) -> bool:
    """Tell whether "by" only says whose side something is: "with a convoy guarded by troops".

    `at` is the token behind the verb that is asked about; what stands right behind its own participle is its agent.
    """
    if chunk.preposition != "by":
        return False
    by = next((i for i in range(chunk.first - 1, 0, -1) if view.words[i] == "by"), 0)
    return view.word(by - 1) in words("belonging") and by != at


def _titled(view: View, chunk: Chunk) -> Chunk:
    """Return the person of "the UK foreign secretary, A. Example": a country in a title gives way."""
    following = next((c for c in view.chunks if c.first >= chunk.after), None)
    if chunk.category in {"place", "body"} and following and following.category == "person":
        between = view.words[chunk.after : following.first]
        if len(between) <= _TITLE_REACH and not any(w in words("prepositions") | {"and"} for w in between):
            return following
    return chunk
