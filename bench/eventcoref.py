"""Score which event mentions of many dispatches are one event: `python -m bench.eventcoref ZIP [--topics]`.

ZIP has the form of ECB+ (see `bench.reading.ecb`). Event mentions are given (their words, nothing else); who, whom,
where and when are what our rules read around them, and they are brought together as the record does it, as events of a
type that its list does not have. With `--topics` each topic (one incident) is a record of its
own, else all files are one.

The shipped weights were learnt on topics 1 to 35 of ECB+, so that their score on these flatters: what they have on
topics that they were not learnt on is what `python -m training.likeness ZIP --check` prints.

Of the chains found and those of the annotators `muc` (Vilain and others 1995), `b3` (Bagga and Baldwin 1998) and
`ceaf` (Luo 2005, with the entity-based phi-4) are F1 in per cent and `conll` is their mean, as in the CoNLL tasks of
2011 and 2012. The mentions of all documents of a topic are pooled. Mentions in a chain of their own count, as is
usual for ECB+ since Barhom and others (2019); `without_singletons` is the mean with these left out on both sides.
Only the sentences whose annotation was checked count, where the archive or its folder has their list (`sentences`
says so), as Cybulska and Vossen (2015) advise. `stem_match` is the `conll` of taking all mentions of a topic whose
first and last words have one stem as one event. `--errors N` prints pairs wrongly brought together or kept apart to
standard error.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.command import run
from bench.reading.asked import asked
from bench.reading.coreference import Chains, Tally
from bench.reading.counting import in_context
from bench.reading.ecb import Marked, Story, checked_sentences, stories
from onrecord.extract.parts import Kit
from onrecord.extract.read import standard_kit
from onrecord.lexicon.stems import stem
from onrecord.model.ids import content_id
from onrecord.model.records import Dispatch, Reading
from onrecord.model.values import Span
from onrecord.reconcile.record import Knowledge, reconcile
from onrecord.sources.compose import compose
from onrecord.sources.options import SourceOptions
from onrecord.sources.pieces import Piece

TOPICS = "tell which files are of one topic, instead of finding it out"


@dataclass(frozen=True, slots=True)
class Told:
    """A file as a dispatch with the reading of its given mentions."""

    story: Story
    dispatch: Dispatch
    reading: Reading


def told(story: Story, kit: Kit) -> Told:
    """Return a file as our reading has it, with a claim for each event mention given."""
    made = compose(Piece(story.name, story.text), order=lambda: None, options=SourceOptions())
    dispatch = replace(made, id=content_id("d", story.name))  # two files may hold the same text
    marks = [(Span(dispatch.id, e.start, e.end), Span(dispatch.id, *e.sentence)) for e in story.events]
    return Told(story, dispatch, asked(dispatch, marks, kit))


def found_chains(files: Sequence[Told], kit: Kit) -> Chains:
    """Return the mentions of some files in the chains in which the record has them."""
    knowledge = Knowledge(kit.actors, kit.gazetteer)
    record = reconcile([f.dispatch for f in files], [f.reading for f in files], (), knowledge=knowledge)
    event_of = {claim.trigger: claim.event for claim in record.claims}
    return grouped((event_of[Span(f.dispatch.id, e.start, e.end)], e) for f in files for e in f.story.events)


def stem_chains(files: Sequence[Told]) -> Chains:
    """Return the mentions of some files in chains of the same topic and stem: what any method must surpass."""
    return grouped(((f.story.topic, _stems(f.story.text, e)), e) for f in files for e in f.story.events)


def gold_chains(files: Sequence[Told]) -> Chains:
    """Return the mentions of some files in the annotators' chains."""
    return grouped((e.chain, e) for f in files for e in f.story.events)


def _stems(text: str, event: Marked) -> str:
    words = text[event.start : event.end].lower().split()
    return " ".join(dict.fromkeys(stem(words[at]) for at in (0, -1)))


def grouped(pairs: Iterable[tuple[object, Marked]]) -> Chains:
    """Return mentions in chains, by what each is paired with."""
    chains: defaultdict[object, set[str]] = defaultdict(set)
    for chain, event in pairs:
        chains[chain].add(event.id)
    return [frozenset(chain) for chain in chains.values()]


def scores(path: Path, *, errors: int = 0, topics: bool = False) -> dict[str, Any]:
    """Return the scores of an archive; raises ValueError where it is not of this form."""
    kit = standard_kit(trained=False)
    checked = checked_sentences(path)
    files = [told(story, kit) for story in stories(path, checked) if story.events]
    if not files:
        raise ValueError(f"{path} marks no event in the sentences that count; look at {path.parent} for their list")
    whole, repeated, plain, wrong = Tally(), Tally(), Tally(), list[str]()
    for part in _parts(files, topics=topics):
        gold, found = gold_chains(part), found_chains(part, kit)
        whole.add(gold, found)
        repeated.add([c for c in gold if len(c) > 1], [c for c in found if len(c) > 1])
        plain.add(gold, stem_chains(part))
        if len(wrong) < errors:
            wrong += _errors(part, gold, found)
    for line in wrong[:errors]:
        sys.stderr.write(f"{line}\n")
    return {
        "files": len(files),
        "topics": len({f.story.topic for f in files}),
        "mentions": whole.gold,
        "sentences": "checked" if checked is not None else "all",
        "topics_given": topics,
        **whole.result(),
        "without_singletons": repeated.result()["conll"],
        "stem_match": plain.result()["conll"],
    }


def _parts(files: Sequence[Told], *, topics: bool) -> list[list[Told]]:
    """Return the files that are reconciled together: those of a topic, or all."""
    parts: defaultdict[str, list[Told]] = defaultdict(list)
    for file in files:
        parts[file.story.topic if topics else ""].append(file)
    return [parts[name] for name in sorted(parts)]


def _errors(files: Sequence[Told], gold: Chains, found: Chains) -> Iterator[str]:
    """Yield a line for each pair of mentions on which we and the annotators differ."""
    words = {e.id: in_context(f.story.text, (e.start, e.end), 40) for f in files for e in f.story.events}
    true, ours = ({id_: n for n, chain in enumerate(chains) for id_ in chain} for chains in (gold, found))
    for one, other in combinations(sorted(words), 2):
        if (true[one] == true[other]) != (ours[one] == ours[other]):
            what = "kept apart" if true[one] == true[other] else "brought together"
            yield f"{what}: {_line(words, one)} | {_line(words, other)}"


def _line(words: Mapping[str, str], one: str) -> str:
    return " ".join(f"{one} {words[one]}".split())


def main(argv: list[str] | None = None) -> None:
    """Print the scores of one archive."""
    run(__doc__, scores, argv, wanted="an archive of the form of ECB+", fits=Path.is_file, flags={"topics": TOPICS})


if __name__ == "__main__":
    main()
