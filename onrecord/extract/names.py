"""Who and where a dispatch names: actors of the lexicon, and runs of capitalised words told apart by what is beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.extract.drafts import INDEFINITE, POSSESSIVE_MARKS, Draft, Story
from onrecord.extract.nominals import nominals
from onrecord.extract.parts import Kit, Sentence
from onrecord.extract.references import full_names, resolved
from onrecord.lexicon.actors import Actor
from onrecord.model.records import Dispatch, Mention, mention_id
from onrecord.model.values import Span
from onrecord.model.vocabulary import EntityKind

_ARTICLE = re.compile(r"(?:[ae][lnrstdz]|a[stdz]h|e[sz]h)[-‑][A-ZÀ-Þ]")
_COMPOUND = re.compile(r".*[-–][a-z]{3,}$")  # US-backed, IS-held: no name
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&/-]{1,9}$")
_COUNTRIES = ("government", "external_force")


def mentions(dispatch: Dispatch, sentences: tuple[Sentence, ...], kit: Kit) -> tuple[Mention, ...]:
    """Return the mentions of persons, groups, bodies, populations, places and buildings, in order, without overlaps.

    A mention's `name` is the full name that the dispatch uses: "Bali" is "Mustafa Bali", "ISIL" the lexicon's name for
    that group, "the militants" the group that they fight for where the dispatch leaves one choice. A pronoun that
    cannot be resolved is no mention. A place inside the name of a body or a building is none of its own.
    """
    story = Story(dispatch, sentences, kit)
    named = full_names(story, sorted(_named(story), key=lambda d: d.where))
    drafts = resolved(story, nominals(story, named))
    return tuple(_mention(story, draft) for draft in drafts)


def _mention(story: Story, draft: Draft) -> Mention:
    tokens = story.sentences[draft.sentence].tokens
    span = Span(story.dispatch.id, tokens[draft.first].start, tokens[draft.last].end)
    return Mention(mention_id(span, draft.kind), span, draft.kind, draft.name, draft.form)


# ------------------------------------------------------------------------------------------------ runs of capitals


@dataclass(frozen=True, slots=True)
class _Run:
    """Capitalised words that may be a name; `titled` tells that a title or a role stands right before them."""

    sentence: int
    first: int
    last: int
    titled: bool = False
    gender: str = ""
    opens: bool = False


def _named(story: Story) -> Iterator[Draft]:
    """Yield a draft for each name, those of the lexicon's actors first in each sentence."""
    actors = _actors(story)
    runs: list[_Run] = []
    drafts: list[Draft] = []
    for index in range(len(story.sentences)):
        own = [d for d in actors if d.sentence == index]
        taken = {i for d in own for i in range(d.first, d.last + 1)}
        found = list(_trimmed(story, _runs(story, index, taken)))
        own, found = _merged(story, own, found)
        drafts += [_country(story, d) for d in own]
        if not _title_case(story, index):
            runs += found
    evidence = _evidence(story, runs)
    for run in runs:
        draft = _classified(story, run, evidence)
        if draft:
            drafts.append(_widened(story, draft))
    yield from _without_overlaps(drafts)


def _without_overlaps(drafts: list[Draft]) -> Iterator[Draft]:
    end: tuple[int, int] = (-1, -1)
    for draft in sorted(drafts, key=lambda d: (d.sentence, d.first, -d.last)):
        if draft.where > end:
            yield draft
            end = (draft.sentence, draft.last)


def _actors(story: Story) -> list[Draft]:
    """Return a draft for each name of an actor whose ends are the ends of tokens of a sentence."""
    starts = {t.start: (s.index, i) for s in story.sentences for i, t in enumerate(s.tokens)}
    ends = {t.end: (s.index, i) for s in story.sentences for i, t in enumerate(s.tokens)}
    found = []
    for start, end, actor in story.kit.actors.in_text(story.dispatch.text):
        first, last = starts.get(start), ends.get(end)
        if first is None or last is None or first[0] != last[0]:
            continue
        common_noun = first[1] == last[1] and story.word(*first)[0].islower()
        if not common_noun:
            found.append(Draft(first[0], first[1], last[1], actor.kind, actor.name, actor=actor))
    return found


def _capital(word: str) -> bool:
    """Tell whether a token may be a word of a name."""
    if not word or _COMPOUND.match(word):
        return False
    return (word[0].isupper() and (len(word) > 1 or word.isalpha())) or bool(_ARTICLE.match(word))


def _title_case(story: Story, index: int) -> bool:
    """Tell whether a sentence is a headline in which most words have capitals, so that capitals mean nothing."""
    words = [t.text for t in story.sentences[index].tokens if t.text[0].isalpha() and len(t.text) > 3]
    capitals = sum(word[0].isupper() for word in words)
    return len(words) > 3 and capitals > 0.7 * len(words) and story.word(index, len(story.sentences[index].tokens) - 1) != "."


def _runs(story: Story, index: int, taken: set[int]) -> Iterator[_Run]:
    """Yield each longest run of capitalised tokens, small joints of names included."""
    i, size = 0, len(story.sentences[index].tokens)
    while i < size:
        if i in taken or not _capital(story.word(index, i)):
            i += 1
            continue
        last = i
        while (after := _next_in_run(story, index, i, last)) is not None and not taken & set(range(last + 1, after + 1)):
            last = after
        yield _Run(index, i, last, opens=_opens(story, index, i))
        i = last + 1


def _opens(story: Story, index: int, token: int) -> bool:
    """Tell whether a token opens a sentence or a quotation, where any word has a capital."""
    before = story.word(index, token - 1)
    return token == 0 or before in {"“", '"', "‘", ":", "(", "—", "–", "-", "…", "...", "•", "["}


def _next_in_run(story: Story, index: int, first: int, last: int) -> int | None:
    """Return the token that continues a run, or `None` where it ends."""
    tokens = story.sentences[index].tokens
    if last + 1 >= len(tokens):
        return None
    if _capital(tokens[last + 1].text) and tokens[last + 1].start - tokens[last].end <= 1:
        return last + 1
    at = last + 1
    while at < len(tokens) and at - last <= 2 and tokens[at].text in story.lists.joints:
        at += 1
    if at == last + 1 or at >= len(tokens) or not _capital(tokens[at].text):
        return None
    joints = {tokens[i].text for i in range(last + 1, at)}
    if joints & {"of", "for", "and", "the", "&", "as", "at", "an"} and not _joins_body(story, index, first, last, joints):
        return None
    return at


def _joins_body(story: Story, index: int, first: int, last: int, joints: set[str]) -> bool:
    """Tell whether "of", "for" or "and" goes on in the name of a body: "Council for ...", "Ministry of ... and ..."."""
    words = [story.low(index, i) for i in range(first, last + 1)]
    heads = story.lists.organisation | story.lists.force | {"republic", "university", "doctors", "save"}
    if joints & {"and", "&"}:
        return "of" in words and words[0] in heads and len(words) < 7
    return words[-1] in heads and not (joints == {"at"} or joints == {"as"} or joints == {"an"})


def _trimmed(story: Story, runs: Iterator[_Run]) -> Iterator[_Run]:
    """Yield runs without openers of sentences, peoples' adjectives, titles and days at their ends."""
    for run in runs:
        kept = _without_title(story, _without_opener(story, run))
        last = kept.last
        while last >= kept.first and story.low(kept.sentence, last) in story.lists.never:
            last -= 1
        if last >= kept.first:
            yield replace(kept, last=last)


def _without_opener(story: Story, run: _Run) -> _Run:
    first = run.first
    while first <= run.last:
        word = story.low(run.sentence, first)
        opener = run.opens and word in story.lists.openers and not _heads_body(story, run)
        if not opener and word not in story.lists.never:
            break
        first += 1
    return replace(run, first=first, opens=run.opens and first == run.first)


def _heads_body(story: Story, run: _Run) -> bool:
    """Tell whether a run that opens with a plain word is a body's name all the same: "Local Council of ..."."""
    return run.last - run.first >= 2 and story.low(run.sentence, run.last) in story.lists.organisation


def _without_title(story: Story, run: _Run) -> _Run:
    """Drop titles and the adjective of a people before them: "Syrian President Bashar al-Assad"."""
    first, titled, gender = run.first, False, ""
    while first <= run.last:
        if story.word(run.sentence, first) in story.lists.demonyms and _title_at(story, run, first + 1):
            first += 1
        size = _title_at(story, run, first)
        if not size:
            break
        gender = gender or _gender(story.low(run.sentence, first))
        first, titled = first + size, True
    if first > run.last:  # a title alone is no name
        return replace(run, first=first)
    small = story.low(run.sentence, first - 1)
    role = small in story.lists.roles or small in story.lists.titles
    return replace(run, first=first, titled=titled or role, gender=gender or (_gender(small) if role else ""))


def _title_at(story: Story, run: _Run, first: int) -> int:
    """Return how many tokens a title that begins here has, 0 where there is none."""
    for size in (3, 2, 1):
        if first + size - 1 > run.last:
            continue
        words = " ".join(story.low(run.sentence, first + i) for i in range(size))
        if words in story.lists.titles:
            return size
    return 0


def _gender(title: str) -> str:
    if title in {"mr", "mr.", "sir", "lord", "king", "prince", "father"} or title.endswith("sman"):
        return "m"
    return "f" if title in {"mrs", "mrs.", "ms", "ms.", "miss", "lady", "dame", "baroness", "queen"} or title.endswith("woman") else ""


def _merged(story: Story, actors: list[Draft], runs: list[_Run]) -> tuple[list[Draft], list[_Run]]:
    """Join a country or a body with the rest of a body's name: "US" and "State Department"."""
    left = {run.first: run for run in runs}
    drafts = []
    for draft in actors:
        run = left.get(draft.last + 1)
        kind = _body(story, run) if run and not run.titled else None
        if run and kind and (draft.actor is None or draft.actor.category in {"government", "igo"}):
            del left[run.first]
            drafts.append(replace(draft, last=run.last, kind=kind, name=story.text(run.sentence, draft.first, run.last), actor=None))
        else:
            drafts.append(draft)
    return drafts, list(left.values())


def _body(story: Story, run: _Run) -> EntityKind | None:
    """Return the kind of a run that is the name of a body or a force by its head noun."""
    words = [story.low(run.sentence, i) for i in range(run.first, run.last + 1)]
    cut = next((i for i, w in enumerate(words) if w in {"of", "for"}), len(words))
    head = words[cut - 1] if cut else ""
    if len(words) == 1 and head in {"house", "group", "police", "times", "post", "news", "state", "force", "forces", "international", "watch", "cross"}:
        return None
    if head in story.lists.force:
        return "group"
    return "organisation" if head in story.lists.organisation else None


# ------------------------------------------------------------------------------------------------ what a run names


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the dispatch as a whole says of its names: last words of persons' names, and names used as places."""

    people: frozenset[str]
    places: frozenset[str]


def _evidence(story: Story, runs: list[_Run]) -> _Evidence:
    people: set[str] = set()
    places: Counter[str] = Counter()
    for run in runs:
        name = story.text(run.sentence, run.first, run.last)
        if _used_as_place(story, run) and story.kit.gazetteer.known(name):
            places[name] += 1
        elif run.titled or story.speaks(run.sentence, run.first, run.last) or _described(story, run):
            people.add(name)
            people.add(story.word(run.sentence, run.last))
    return _Evidence(frozenset(people), frozenset(places))


def _used_as_place(story: Story, run: _Run) -> bool:
    """Tell whether the words before a run, or after it, make it a place."""
    index, first = run.sentence, run.first
    if story.low(index, first - 1) == "the":
        first -= 1
    before, further = story.low(index, first - 1), story.low(index, first - 2)
    if before in story.lists.prepositions or before in story.lists.directions:
        return True
    if before == "of" and further in story.lists.place_of:
        return True
    if before in {"and", ",", "or"} and _capital(story.word(index, first - 2)):
        return any(story.low(index, i) in {"in", "from", "near", "to"} for i in range(max(0, first - 6), first - 2))
    return story.low(index, run.last + 1) in story.lists.place


def _described(story: Story, run: _Run) -> bool:
    """Tell whether what follows a run describes a person: an age, "who", or a role between commas."""
    index, at = run.sentence, run.last + 1
    if story.word(index, at) == "who":
        return run.last > run.first
    if story.word(index, at) != ",":
        return False
    following = [story.low(index, at + i) for i in range(1, 7)]
    if following[0].isdigit() and len(following[0]) == 2:
        return True
    if following[0] in INDEFINITE | {"the", "who", "whose"} or following[0] in story.lists.roles:
        phrase = following[: following.index(",")] if "," in following else following
        return following[0] == "whose" or any(word in story.lists.roles for word in phrase)
    return False


def _classified(story: Story, run: _Run, evidence: _Evidence) -> Draft | None:
    """Return what a run names, or `None` where it does not look like a name."""
    index, first, last = run.sentence, run.first, run.last
    name = story.text(index, first, last)
    kind = _kind(story, run, name, evidence)
    if kind is None:
        return None
    return Draft(index, first, last, kind, name, gender=run.gender if kind == "person" else "")


def _kind(story: Story, run: _Run, name: str, evidence: _Evidence) -> EntityKind | None:
    """Return the kind of a name: by its head noun, then by what stands beside it, then by the gazetteer."""
    words = [story.low(run.sentence, i) for i in range(run.first, run.last + 1)]
    if name in story.lists.demonyms or words[-1] in story.lists.never:
        return None
    by_head = _by_head(story, run, words)
    if by_head and not run.titled:
        return by_head
    if len(words) == 1:
        return _kind_of_one(story, run, name, evidence)
    if run.titled:
        return "person"
    if name in evidence.places:
        return "place"
    if story.speaks(run.sentence, run.first, run.last) or _described(story, run) or words[-1] in evidence.people:
        return "person"
    if story.kit.gazetteer.known(name):
        return "place"
    if _used_as_place(story, run) and story.word(run.sentence, run.first - 1) in {"in", "near", "of"}:
        return "place"
    return "person" if _looks_like_a_person(story, run, words) else None


def _by_head(story: Story, run: _Run, words: list[str]) -> EntityKind | None:
    if len(words) > 1:
        if words[0] in {"camp", "fort", "hotel"} or words[-1] in story.lists.facility:
            return "facility"
        if words[0] in {"mount", "lake", "jabal", "jebel", "wadi", "gulf"} or words[-1] in story.lists.place:
            return "place"
        return _body(story, run)
    return None


def _looks_like_a_person(story: Story, run: _Run, words: list[str]) -> bool:
    """Tell whether two to five words without another sign may be a person: no people's adjective, no acronym."""
    texts = [story.word(run.sentence, i) for i in range(run.first, run.last + 1)]
    plain = all(t.replace("-", "").replace("’", "").replace("'", "").replace(".", "").isalpha() for t in texts)
    odd = any(t in story.lists.demonyms or _ACRONYM.match(t) or t in story.lists.countries for t in texts)
    common = any(w in story.lists.openers or w in story.lists.roles for w in words)
    article = story.low(run.sentence, run.first - 1) in {"the", *INDEFINITE}
    return 2 <= len(words) <= 5 and plain and not (odd or common or article)


def _kind_of_one(story: Story, run: _Run, name: str, evidence: _Evidence) -> EntityKind | None:
    """Return the kind of a one-word name."""
    if name in story.lists.metonyms:
        return "place" if _used_as_place(story, run) else "organisation"
    if name[-1] == "s" and name[:-1] in story.lists.demonyms:
        return "population"
    if name in evidence.places or (name in story.lists.countries and not run.titled):
        return "place"
    if run.titled or story.speaks(run.sentence, run.first, run.last):
        return "organisation" if _ACRONYM.match(name) and not run.titled else "person"
    if name in evidence.people:
        return "person"
    if _used_as_place(story, run) and story.kit.gazetteer.known(name):
        return "place"
    if _ACRONYM.match(name):
        return "organisation" if story.low(run.sentence, run.first - 1) == "the" else None
    if story.kit.gazetteer.known(name) and not run.opens and len(name) > 3:
        return "place" if story.kit.gazetteer.lookup(name)[0].country in {"SY", "IQ"} else None
    return "person"  # kept only where a full name of the dispatch ends or begins so


# ------------------------------------------------------------------------------------------- countries and their parts


def _country(story: Story, draft: Draft) -> Draft:
    """Turn a country among the actors into a place where the words around it speak of the land."""
    words = story.text(draft.sentence, draft.first, draft.last)
    if draft.actor is None or draft.actor.category != "government" or words not in story.lists.countries:
        return draft
    run = _Run(draft.sentence, draft.first, draft.last)
    return _widened(story, replace(draft, kind="place", actor=None)) if _is_land(story, run) else draft


def _is_land(story: Story, run: _Run) -> bool:
    index, after = run.sentence, run.last + 1
    if story.low(index, run.first - 1) not in {"to", "through", "over"} and _used_as_place(story, run):
        return True
    if story.word(index, after) in POSSESSIVE_MARKS:
        after += 1
    return story.low(index, after) in story.lists.place_after or story.low(index, after) in story.lists.place


def _widened(story: Story, draft: Draft) -> Draft:
    """Take the small words into a place's or a building's name: "northern Syria", "Idlib province", "Hajin hospital"."""
    if draft.kind not in {"place", "person"}:
        return draft
    index, first, last = draft.sentence, draft.first, draft.last
    kind: EntityKind = draft.kind
    for size in (1, 2, 3):
        word = story.word(index, last + size)
        if word in story.lists.facility or (word in story.lists.place and word not in {"border", "countryside"}):
            kind = "facility" if word in story.lists.facility and word not in story.lists.place else "place"
            last += size
            break
        if word not in {"military", "research", "refugee", "river", "main", "oil", "gas", "traffic", "air", "international", "power", "border", "national", "state"}:
            break
    if draft.kind == "person" and (last == draft.last or draft.gender):
        return draft
    before = story.word(index, first - 1)
    if before.lower() in story.lists.directions and kind == "place" and _is_wide(story, draft.name):
        first -= 1
    name = story.text(index, first, last) if (first, last) != (draft.first, draft.last) else draft.name
    return replace(draft, first=first, last=last, kind=kind, name=name)


def _is_wide(story: Story, name: str) -> bool:
    """Tell whether a place is wide enough for its north to be a place of its own: a country, a region, a province."""
    if name in story.lists.countries or not story.kit.gazetteer.known(name):
        return True
    return story.kit.gazetteer.lookup(name)[0].kind not in {"town", "quarter", "facility", "camp", "crossing"}
