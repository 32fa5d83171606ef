"""Runs of capitalised words that may be names, trimmed of titles, openers of sentences and days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.extract.mentions.drafts import Draft, Lists, Story
from onrecord.model.vocabulary import EntityKind
from onrecord.reader.tagger import Token

_ARTICLE = re.compile(r"(?:[ae][lnrstdz]|a[stdz]h|e[sz]h)[-‑][A-ZÀ-Þ]")
_COMPOUND = re.compile(r".*[-–][a-z]{3,}$")  # US-backed, IS-held: no name
_ARTICLES = frozenset(
    {"the", "a", "an", "this", "that", "its", "their", "his", "her", "in", "on", "at", "for", "from", "but", "and"}
)
_AYN = frozenset("‘’'`ʿʻ")
_DATELINE = 4  # letters at least of a dateline's first word; shorter ones are acronyms


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words that may be a name; `titled` tells that a title or a role stands right before them.

    `dateline` tells that they are the town, in capitals, that a dispatch is sent from.
    """

    sentence: int
    first: int
    last: int
    titled: bool = False
    gender: str = ""
    opens: bool = False
    title: str = ""
    dateline: bool = False


def capital(word: str) -> bool:
    """Tell whether a token may be a word of a name."""
    if not word or _COMPOUND.match(word):
        return False
    return (word[0].isupper() and (len(word) > 1 or word.isalpha())) or bool(_ARTICLE.match(word))


def title_case(story: Story, index: int) -> bool:
    """Tell whether a sentence is a headline in which most words have capitals, so that capitals mean nothing."""
    tokens = story.sentences[index].tokens
    words = [t.text for t in tokens if t.text[0].isalpha() and len(t.text) > 3]
    capitals = sum(word[0].isupper() for word in words)
    if len(words) <= 3 or capitals <= 0.7 * len(words):  # a name or two in a plain headline stay below
        return False
    return tokens[-1].text not in {".", ":", ","} and not any(t.text in story.lists.speech for t in tokens)


def runs_of(story: Story, index: int, taken: set[int]) -> Iterator[Run]:
    """Yield each longest run of capitalised tokens, small joints of names included."""
    i, size = 0, len(story.sentences[index].tokens)
    while i < size:
        if i in taken or not capital(story.word(index, i)):
            i += 1
            continue
        last = i
        while (after := _next_in_run(story, index, i, last)) is not None and not taken & set(
            range(last + 1, after + 1)
        ):
            last = after
        yield Run(index, i, last, opens=opens(story, index, i))
        i = last + 1


def opens(story: Story, index: int, token: int) -> bool:
    """Tell whether a token opens a sentence or a quotation, where any word has a capital."""
    before = story.word(index, token - 1)
    return token == 0 or before in {"“", '"', "‘", ":", "(", "—", "–", "-", "…", "...", "•", "["}


def _next_in_run(story: Story, index: int, first: int, last: int) -> int | None:
    """Return the token that continues a run, or `None` where it ends."""
    tokens = story.sentences[index].tokens
    if last + 1 >= len(tokens):
        return None
    if capital(tokens[last + 1].text) and tokens[last + 1].start - tokens[last].end <= 1:
        return last + 1
    if _is_ayn(tokens, last + 1):
        return last + 2
    at = last + 1
    while at < len(tokens) and at - last <= 2 and tokens[at].text in story.lists.joints:
        at += 1
    if at == last + 1 or at >= len(tokens) or not capital(tokens[at].text):
        return None
    if story.text(index, last, at).lower() in story.lists.titles:
        return at  # "Secretary of State"
    joints = {tokens[i].text for i in range(last + 1, at)}
    if joints == {"of"} and story.low(index, last) in story.lists.place_before:
        return at  # "Gulf of Aden"
    if joints & {"of", "for", "and", "the", "&", "an"} and not _joinsbody(story, index, first, last, joints):
        return None
    return at


def _is_ayn(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a quotation mark is the letter ayn before a name's next word ("Ayn ‘Isa"): none closes it."""
    if tokens[at].text not in _AYN or at + 1 >= len(tokens) or not capital(tokens[at + 1].text):
        return False
    joined = tokens[at + 1].start == tokens[at].end
    return joined and not any(token.text in _AYN for token in tokens[at + 1 :])


def _joinsbody(story: Story, index: int, first: int, last: int, joints: set[str]) -> bool:
    """Tell whether "of", "for" or "and" goes on in the name of a body: "Council for ...", "Ministry of ... and ..."."""
    words = [story.low(index, i) for i in range(first, last + 1)]
    heads = story.lists.organisation | story.lists.force | story.lists.heads_joined
    if joints & {"and", "&"}:
        return "of" in words and words[0] in heads and len(words) < 7
    if joints == {"of"} and "for" in words:  # "Centre for the Study of ..."
        return not heads.isdisjoint(words[: words.index("for")])
    return words[-1] in heads and joints != {"an"}


def trimmed(story: Story, runs: Iterator[Run]) -> Iterator[Run]:
    """Yield runs without openers of sentences, peoples' adjectives, titles and days at their ends."""
    for run in _split(story, _without_dateline(story, runs)):
        if run.dateline:
            yield run
            continue
        kept = _without_title(story, _without_opener(story, run))
        last = kept.last
        while last >= kept.first and closes_no_name(story, kept, last):
            last -= 1
        if last >= kept.first:
            yield replace(kept, last=last)


def is_never(story: Story, index: int, i: int) -> bool:
    """Tell whether a word is never part of a name; "May" is a month only before a number."""
    word = story.low(index, i)
    return word in story.lists.never and (word != "may" or story.word(index, i + 1)[:1].isdigit())


def closes_no_name(story: Story, run: Run, last: int) -> bool:
    """Tell whether the last word of a run is none of the name: a day, or the adjective of what comes after.

    After other words the head of a body's name closes it: "Ardun TV".
    """
    if last > run.first and story.low(run.sentence, last) in story.lists.organisation | story.lists.force:
        return False
    adjective = last > run.first and story.word(run.sentence, last) in story.lists.demonyms
    return adjective or is_never(story, run.sentence, last)


def _split(story: Story, runs: Iterator[Run]) -> Iterator[Run]:
    """Part what stands before a title from the titled name: "UN" and "Secretary General Omar Tell"."""
    for run in runs:
        cut = next((i for i in range(run.last - 1, run.first, -1) if _splits(story, run, i)), None)
        if cut is None or story.word(run.sentence, run.first) in story.lists.demonyms:
            yield run
        else:
            yield replace(run, last=cut - 1)
            yield replace(run, first=cut, opens=False)


def _without_dateline(story: Story, runs: Iterator[Run]) -> Iterator[Run]:
    """Part the town that a dispatch is sent from, in capitals, from what follows: "BELIS" and "Omar Tell"."""
    for run in runs:
        last = _dateline_end(story, run)
        if last is None:
            yield run
            continue
        yield replace(run, last=last, dateline=True)
        if last < run.last:
            yield replace(run, first=last + 1)


def _dateline_end(story: Story, run: Run) -> int | None:
    """Return the last token of a dateline that a run begins with, if it does: a known town at the front of a line."""
    tokens = story.sentences[run.sentence].tokens
    front = story.dispatch.text[: tokens[run.first].start].rstrip(" \t")
    if run.first or (front and front[-1] != "\n"):
        return None
    capitals = [i for i in range(run.first, run.last + 1) if tokens[i].text.isupper() and len(tokens[i].text) > 1]
    last = run.first + len(capitals) - 1
    if not capitals or capitals[-1] != last or len(tokens[run.first].text) < _DATELINE:
        return None
    name = story.text(run.sentence, run.first, last).title()
    ends = last < run.last or story.word(run.sentence, last + 1) in {",", "(", "-", "–", "—", "--", ":"}
    return last if ends and story.kit.gazetteer.known(name) else None


def _splits(story: Story, run: Run, i: int) -> bool:
    """Tell whether a title that is no part of names ("Sheikh" may be) begins at token `i`, and none before it."""
    if (
        story.low(run.sentence, i) in story.lists.in_names
        or not _title_at(story, run, i)
        or _title_at(story, run, i - 1)
    ):
        return False
    return i + _title_at(story, run, i) <= run.last


def _without_opener(story: Story, run: Run) -> Run:
    first = run.first
    while first <= run.last:
        word = story.low(run.sentence, first)
        plain = word in _ARTICLES or not _is_body_name(story, run)
        opener = run.opens and word in story.lists.openers and plain
        if (not opener and not is_never(story, run.sentence, first)) or _opens_place(story, run, first):
            break
        first += 1
    return replace(run, first=first, opens=run.opens and first == run.first)


def _opens_place(story: Story, run: Run, first: int) -> bool:
    """Tell whether a plain word opens the name of a known place: "New Zealand", "British Columbia"."""
    if story.low(run.sentence, first) in _ARTICLES:
        return False
    ends = range(first + 1, min(run.last, first + 2) + 1)
    return any(story.kit.gazetteer.commonly(story.text(run.sentence, first, end)) for end in ends)


def _is_body_name(story: Story, run: Run) -> bool:
    """Tell whether a run that opens with a plain word is a body's name all the same: "Local Council of ..."."""
    return run.last - run.first >= 2 and story.low(run.sentence, run.last) in story.lists.organisation


def _without_title(story: Story, run: Run) -> Run:
    """Drop titles and the adjective of a people before them: "Syrian President Bashar al-Assad"."""
    index, first, title = run.sentence, run.first, ""
    while first <= run.last:
        if story.word(index, first) in story.lists.demonyms and _title_at(story, run, first + 1):
            first += 1
        size = _title_at(story, run, first)
        if not size or (story.low(index, first) in story.lists.in_names and _is_place(story, run, first)):
            break
        title = f"{title} {story.text(index, first, first + size - 1).lower()}".strip()
        first += size
    small = story.low(index, first - 2 if story.word(index, first - 1) == "," else first - 1)
    if first == run.first and (small in story.lists.roles or (small in story.lists.titles and small.islower())):
        title = small
    return replace(run, first=first, titled=bool(title), gender=_gender(story.lists, title), title=title)


def _is_place(story: Story, run: Run, first: int) -> bool:
    """Tell whether the words with the title are a place: "Sheikh Maqsoud"."""
    return story.kit.gazetteer.known(story.text(run.sentence, first, run.last))


def _title_at(story: Story, run: Run, first: int) -> int:
    """Return how many tokens a title that begins here has, 0 where there is none."""
    for size in (3, 2, 1):
        if first + size - 1 > run.last:
            continue
        words = " ".join(story.low(run.sentence, first + i) for i in range(size))
        if words in story.lists.titles:
            return size
    return 0


def _gender(lists: Lists, title: str) -> str:
    word = title.split(maxsplit=1)[0] if title else ""
    if word in lists.female or title.endswith("woman"):
        return "f"
    return "m" if word in lists.male or title.endswith("man") else ""


def merged(story: Story, actors: list[Draft], runs: list[Run]) -> tuple[list[Draft], list[Run]]:
    """Join a country or a body with the rest of a body's name: "US" and "State Department"."""
    left = {run.first: run for run in runs}
    drafts = []
    for draft in actors:
        run = left.get(draft.last + 1)
        kind = body(story, run) if run and not run.titled else None
        if run and kind and (draft.actor is None or draft.actor.category in {"government", "igo"}):
            del left[run.first]
            name = story.text(run.sentence, draft.first, run.last)
            drafts.append(replace(draft, last=run.last, kind=kind, name=name, actor=None))
        else:
            drafts.append(draft)
    return drafts, list(left.values())


def body(story: Story, run: Run) -> EntityKind | None:
    """Return the kind of a run that is the name of a body or a force by its head noun."""
    words = [story.low(run.sentence, i) for i in range(run.first, run.last + 1)]
    unnumbered = len(words) - words[-1].isdigit()
    cut = next((i for i, w in enumerate(words) if w in {"of", "for"}), unnumbered)
    head = words[cut - 1] if cut else ""
    if len(words) == 1 and head in story.lists.too_plain:
        return None
    if head in story.lists.force:
        return "group"
    return "organisation" if head in story.lists.organisation else None
