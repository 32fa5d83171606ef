"""Full names for last names, first names and acronyms, as the dispatch spells them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import pairwise

from onrecord.extract.mentions.drafts import Draft, Story
from onrecord.extract.mentions.kinds import bare
from onrecord.extract.mentions.nominals import gender_of
from onrecord.lexicon.actors import Actor
from onrecord.model.vocabulary import EntityKind

_INTRODUCED = 3  # sentences after which a last name with an age is of somebody else
_OLDEST = 110  # years


def full_names(story: Story, drafts: list[Draft]) -> list[Draft]:
    """Return the names with surnames and acronyms replaced by what the dispatch spells out.

    A person's last or first name alone is the person whose full name the dispatch gives; a one-word name that no
    full name explains is dropped unless someone speaks under it. "Raqa Civil Council (RCC)" and "Raqa Civil Council,
    known as RCC" make "RCC" that council, wherever it stands.
    """
    people, namesakes = _people(story, drafts), _namesakes(story, drafts)
    acronyms = dict(_acronyms(story, drafts))
    found = []
    for draft in sorted([*drafts, *_standing_alone(story, drafts, acronyms)], key=lambda d: d.where):
        if draft.name in acronyms:
            kind, name, actor = acronyms[draft.name]
            found.append(replace(draft, kind=kind, name=name, actor=actor))
        elif draft.actor is None and draft.name.isupper() and story.word(draft.sentence, draft.first - 1) == "(":
            continue  # a short form in brackets of what is no body: a weapon, a disease
        elif draft.kind == "person":
            newly = _is_introduced(story, draft, drafts)
            name = draft.name if newly else namesakes.get((bare(draft.name), draft.gender)) or _full(draft.name, people)
            known = newly or " " in name or bool(draft.gender) or story.speaks(draft.sentence, draft.first, draft.last)
            if known or story.low(draft.sentence, draft.first - 1) in story.lists.titles:
                found.append(replace(draft, name=name))
        else:
            found.append(draft)
    return found


def _people(story: Story, drafts: list[Draft]) -> dict[str, str]:
    """Return the full name for each last name, then for each first name, of the persons named in full."""
    full = [d.name for d in drafts if d.kind == "person" and " " in d.name]
    counts = Counter(full)
    by_last: dict[str, str] = {}
    by_first = _sharing_a_last_name(story, drafts)
    for name in sorted(counts, key=lambda n: (-len(n.split()), full.index(n))):
        words = name.split()
        by_last.setdefault(bare(words[-1]), name)
        by_first.setdefault(words[0], name)
        by_last.setdefault(" ".join(words[-2:]), name)
    return by_first | by_last


def _namesakes(story: Story, drafts: list[Draft]) -> dict[tuple[str, str], str]:
    """Return who is meant by a last name and a gender, "Mr Reed", where several are called so and one fits."""
    genders = {d.name: _gender(story, d) for d in drafts if d.kind == "person" and " " in d.name and _gender(story, d)}
    shared: dict[str, dict[str, None]] = {}
    for draft in drafts:
        if draft.kind == "person" and " " in draft.name:
            shared.setdefault(bare(draft.name.split()[-1]), {})[draft.name] = None
    found = {}
    for last, names in shared.items():
        for gender in ("m", "f") if len(names) > 1 else ():
            fitting = [n for n in names if genders.get(n) == gender] or [n for n in names if n not in genders]
            if len(fitting) == 1:
                found[last, gender] = fitting[0]
    return found


def _gender(story: Story, draft: Draft) -> str:
    """Return what a title or the noun before a name tells: "her father, Paul Reed"."""
    before = draft.first - 1 - (story.word(draft.sentence, draft.first - 1) == ",")
    return draft.gender or gender_of(story.low(draft.sentence, before))


def _is_introduced(story: Story, draft: Draft, drafts: list[Draft]) -> bool:
    """Tell whether one name with an age is of somebody new: "Ali, 43, a baker", long after one Omar Ali was named."""
    age = story.word(draft.sentence, draft.last + 2)
    if " " in draft.name or story.word(draft.sentence, draft.last + 1) != "," or not age.isdigit():
        return False
    full = [d for d in drafts if d.kind == "person" and d.name.endswith(f" {draft.name}")]
    return len(full) == 1 and abs(draft.sentence - full[0].sentence) > _INTRODUCED and int(age) <= _OLDEST


def _sharing_a_last_name(story: Story, drafts: list[Draft]) -> dict[str, str]:
    """Return "Omar Tell" for "Omar" where the dispatch says "Omar and Rami Tell"."""
    found: dict[str, str] = {}
    for one, other in pairwise(drafts):
        together = one.sentence == other.sentence and other.first == one.last + 2
        first_name = together and one.kind == other.kind == "person" and " " not in one.name and " " in other.name
        if first_name and story.low(one.sentence, one.last + 1) == "and":
            found.setdefault(one.name, f"{one.name} {other.name.split()[-1]}")
    return found


def _full(name: str, people: dict[str, str]) -> str:
    full = people.get(bare(name), people.get(name, name)) if " " not in name else people.get(name, name)
    return full if set(map(bare, name.split())) <= set(map(bare, full.split())) else name


def _acronyms(story: Story, drafts: list[Draft]) -> Iterator[tuple[str, tuple[EntityKind, str, Actor | None]]]:
    for draft in drafts:
        if draft.kind not in {"organisation", "group"}:
            continue
        initials = "".join(w[0] for w in draft.name.replace("-", " ").split() if w[0].isupper())
        bracket = story.word(draft.sentence, draft.last + 1) == "("
        short = story.word(draft.sentence, draft.last + 2) if bracket else _told_in_passing(story, draft)
        if short.isupper() and len(short) > 1 and (short == initials or (bracket and short[0] == initials[:1])):
            yield short, (draft.kind, draft.name, draft.actor)


def _told_in_passing(story: Story, draft: Draft) -> str:
    """Return the word behind "known as" or the like right after a name, or before "for short"; else nothing."""
    index, at = draft.sentence, draft.last + 1
    at += story.word(index, at) in {",", "-", "–", "—"}
    for linking in (phrase.split() for phrase in story.lists.known_as):
        if [story.low(index, at + n) for n in range(len(linking))] == linking:
            return story.word(index, at + len(linking) + (story.low(index, at + len(linking)) == "the"))
    in_short = f"{story.low(index, at + 1)} {story.low(index, at + 2)}" in story.lists.in_short
    return story.word(index, at) if in_short else ""


def _standing_alone(story: Story, drafts: list[Draft], acronyms: Collection[str]) -> Iterator[Draft]:
    """Yield a draft for each of these acronyms that no draft covers."""
    taken = {(d.sentence, at) for d in drafts for at in range(d.first, d.last + 1)} if acronyms else set()
    for sentence in story.sentences if acronyms else ():
        for at, token in enumerate(sentence.tokens):
            if token.text in acronyms and (sentence.index, at) not in taken:
                yield Draft(sentence.index, at, at, "organisation", token.text)
