"""The neural reader: a text to words, trees, names, who is who, attributions and events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.model.vocabulary import STATUSES
from onrecord.reader.candidates import Candidates, Known, candidates, filled, members_of
from onrecord.reader.dates import Dates, Weighed
from onrecord.reader.decode import chances, long_spans, rounded, spans, typed_spans, with_none
from onrecord.reader.labels import CAST, LINKS, RELATIONS, TAGS, UPOS, WHO_AND_WHERE
from onrecord.reader.network import WEIGHTS, Floats, Network, Parsed, Seen
from onrecord.reader.read import Argument, Attribution, Entity, Mentioned, Read, Stretch, Trigger, Word
from onrecord.reader.roles import REACH, settings
from onrecord.reader.trees import heads_of
from onrecord.reader.words import sentence_of_each, sentences_of, words_of

LEAST = 0.1  # chance of being an event from which on a trigger is told at all
_CAN_HEAD = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"})
# Nats that a span costs to begin, the best of what was tried on the development parts: for PolNeAR's sources and cues
# (F1 82.2 and 77.1) of 0, 0.5 and 1; for its content and the gold's claims (78.3 and 79.5) of 1, 2 and 3.
COSTS = {"source": 0.5, "cue": 0.5, "content": 1.0, "claim": 1.0}
# Words before a content and behind it beyond which a source or a cue is another's: on 306 texts of PolNeAR's training
# part the links beyond were right 6 times in 205 and 4 times in 464.
NEAR = {"source": (40, 8), "cue": (40, 16)}


@dataclass(frozen=True, slots=True)
class Cut:
    """A text as words: their offsets and forms, the sentence of each, and the word range of each sentence."""

    offsets: list[tuple[int, int]]
    words: list[str]
    sentence: list[int]
    sentences: list[tuple[int, int]]

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Return the offsets of the words from `first` to before `end`."""
        return self.offsets[first][0], self.offsets[end - 1][1]

    def stretch(self, found: tuple[int, int, str, float], score: float | None = None) -> Stretch:
        """Return the offsets of a span of words with its score, or with the one given."""
        return Stretch(*self.span(found[0], found[1]), found[3] if score is None else rounded(score))


def cut_words(words: list[str], sentence: list[int]) -> Cut:
    """Return a text that is already cut into words; offsets are those of the words with one space between them."""
    ends = np.cumsum([len(w) + 1 for w in words]).tolist()
    offsets = [(end - 1 - len(word), end - 1) for word, end in zip(words, ends, strict=True)]
    starts = [i for i in range(len(words)) if not i or sentence[i] != sentence[i - 1]]
    ranges = list(zip(starts, [*starts[1:], len(words)][: len(starts)], strict=True))
    own = [number for number, (start, end) in enumerate(ranges) for _ in range(start, end)]
    return Cut(offsets, words, own, ranges)


def cut_text(text: str) -> Cut:
    """Return a text cut into words and sentences by rule."""
    offsets = words_of(text)
    words = [text[s:e] for s, e in offsets]
    plain = cut_words(words, sentence_of_each(offsets, sentences_of(text)))
    return Cut(offsets, words, plain.sentence, plain.sentences)


@dataclass(frozen=True, slots=True)
class View:
    """What the network sees in a text: the chances of every tag, trees, entities, mentions, what can fill a role."""

    seen: Seen
    found: dict[str, Floats]
    parsed: list[Parsed]
    heads: list[int]  # of each word
    entities: tuple[Entity, ...]
    mentions: list[Mentioned]
    fillers: Candidates


class Reader:
    """Reads texts with the weights of one folder; loading takes about a second, reading milliseconds."""

    def __init__(self, weights: Path = WEIGHTS, *, threads: int = 2) -> None:
        """Load the weights. Raises DataError where the folder holds none."""
        self.network = Network(weights, threads=threads)
        self.version = self.network.version
        self._heat: dict[str, float] = self.network.about["heat"]

    def read(self, text: str, known: Known | None = None) -> Read:
        """Read a text; offsets count its code points. The same text gives the same answer, alone or among others.

        `known` are names, times and numbers that were found by rule; they take the place of the network's own as what
        can fill a role.
        """
        return self.read_words(cut_text(text), known)

    def read_words(self, cut: Cut, known: Known | None = None) -> Read:
        """Read a text that is cut already; see `cut_words` for words without a text."""
        if not cut.words:
            return Read(*((),) * 10)
        view = self.view(cut, known)
        seen, found = view.seen, view.found
        events = self._events(cut, view, known or Known())
        said = {task: list(long_spans(found[task], task, cost=cost)) for task, cost in COSTS.items()}
        return Read(
            tuple(cut.span(start, end) for start, end in cut.sentences),
            tuple(self._words(cut, view)),
            view.entities,
            tuple(view.mentions),
            tuple(map(cut.stretch, said["source"])),
            tuple(map(cut.stretch, said["cue"])),
            tuple(self._attributions(cut, seen, said)),
            tuple(map(cut.stretch, said["claim"])),
            tuple(event for event in events if event.score > 1 - event.event_score),
            tuple(event for event in events if event.score <= 1 - event.event_score),
            seen.vectors,
        )

    def dates(self, asked: Dates) -> Weighed:
        """Return what speaks for the dates that events may have, from what is known of each."""
        return self.network.dates(asked)

    def view(self, cut: Cut, known: Known | None = None) -> View:
        """Return what the network sees in a text before it asks who stands in which role, as `training.roles` does."""
        seen = self.network.see(cut.words, cut.sentence, known.word_hints(cut.offsets) if known else None)
        found = {task: chances(scores, self._heat.get(task, 1.0)) for task, scores in seen.scores.items()}
        parsed = self.network.parse(seen, cut.sentences)
        spans_ = [s for task in ("entity", "inner") for s in spans(found[task], TAGS[task])]
        entities = tuple(sorted({Entity(*cut.span(s, e), kind, score) for s, e, kind, score in spans_}, key=_order))
        mentions = self._mentions(cut, seen, found, parsed)
        heads = [
            start + head for (start, _), one in zip(cut.sentences, parsed, strict=True) for head in heads_of(one.arcs)
        ]
        return View(seen, found, parsed, heads, entities, mentions, candidates(cut.offsets, mentions, entities, known))

    def _words(self, cut: Cut, view: View) -> list[Word]:
        tags = view.found["upos"]
        best = tags.argmax(1)
        sure = np.take_along_axis(tags, best[:, None], 1)[:, 0]
        relations: list[int] = []
        likely: list[float] = []
        for (start, end), one in zip(cut.sentences, view.parsed, strict=True):
            found = np.array(view.heads[start:end]) - start
            scores = np.matmul(one.half, one.right[found][:, :, None])[:, :, 0]
            relations += scores.argmax(1).tolist()
            likely += chances(one.arcs, self._heat.get("arc", 1.0))[range(end - start), found].tolist()
        columns = (cut.offsets, cut.words, cut.sentence, best.tolist(), view.heads, relations, sure.tolist(), likely)
        # Only the root hangs on nothing, and the root on nothing else.
        return [
            Word(s, e, word, number, UPOS[tag], head, "root" if head == i else RELATIONS[rel], rounded(t), rounded(h))
            for i, ((s, e), word, number, tag, head, rel, t, h) in enumerate(zip(*columns, strict=True))
        ]

    def _mentions(self, cut: Cut, seen: Seen, chances_: dict[str, Floats], parsed: list[Parsed]) -> list[Mentioned]:
        """Return the mentions in order."""
        anchors = chances_["anchor"]
        found: dict[tuple[int, int], int] = {}
        for head in _heads(cut, anchors, [UPOS[i] for i in chances_["upos"].argmax(1).tolist()]):
            start = cut.sentences[cut.sentence[head]][0]
            at = head - start
            bounds = parsed[cut.sentence[head]].bounds
            first = int(bounds[0, at, : at + 1].argmax())
            last = at + int(bounds[1, at, at:].argmax())
            found.setdefault((start + first, start + last), head)
        rows = [(found[first, last], first, last) for first, last in sorted(found, key=lambda m: (m[0], -m[1]))]
        if not rows:
            return []
        chains, links = self._chains(*self.network.antecedents(seen, cut.words, cut.sentence, rows))
        mentions = []
        for (head, first, last), chain, link in zip(rows, chains, links, strict=True):
            kind = int(anchors[head].argmax())
            mentions.append(
                Mentioned(
                    *cut.span(first, last + 1),
                    head,
                    WHO_AND_WHERE[kind - 1],
                    chain,
                    rounded(1 - anchors[head, 0]),
                    rounded(link),
                )
            )
        return mentions

    def _chains(self, before: NDArray[np.int64], scores: Floats) -> tuple[list[int], list[float]]:
        """Return the chain of each mention, numbered as they begin, and the chance of the link that put it there."""
        likely = with_none(scores, self._heat.get("chain", 1.0))
        chains: list[int] = []
        links = []
        begun = 0
        for i, row in enumerate(likely):
            best = int(row.argmax())
            if best == len(row) - 1:
                chains.append(begun)
                begun += 1
                links.append(float(row[best]))
                continue
            chain = chains[int(before[i, best])]
            chains.append(chain)
            # Any mention of the chain will do for an antecedent, so their chances are added.
            links.append(float(sum(row[k] for k, m in enumerate(before[i].tolist()) if m >= 0 and chains[m] == chain)))
        return chains, links

    def _attributions(
        self, cut: Cut, seen: Seen, parts: dict[str, list[tuple[int, int, str, float]]]
    ) -> list[Attribution]:
        asked = [(start, end) for start, end, _, _ in parts["content"]]
        partners = {name: self._partners(cut, seen, asked, parts[name], name) for name in ("source", "cue")}
        return [
            Attribution(cut.stretch(content), partners["source"][i], partners["cue"][i])
            for i, content in enumerate(parts["content"])
        ]

    def _link(self, cut: Cut, seen: Seen, asked: list[int], partners: list[int]) -> Floats:
        """Return scores (links, asked, partners) between words; those beyond reach of one another cannot be linked."""
        far = np.abs(np.array(asked)[:, None] - np.array(partners)[None, :]) > REACH
        scores: Floats = np.where(far, -1e4, self.network.link(seen, asked, partners, cut.sentence))
        return scores

    def _partners(
        self, cut: Cut, seen: Seen, asked: list[tuple[int, int]], spans_: list[tuple[int, int, str, float]], link: str
    ) -> list[Stretch | None]:
        """Return for each content, a range of words, the source or cue near it that it belongs to."""
        if not asked or not spans_:
            return [None] * len(asked)
        ends = [end - 1 for _, end, _, _ in spans_]
        scores = self._link(cut, seen, [start for start, _ in asked], ends)[LINKS.index(link)]
        contents, partners = np.array(asked), np.array([(start, end) for start, end, _, _ in spans_])
        before, behind = NEAR[link]
        far = contents[:, :1] - partners[:, 1] > before
        far |= partners[:, 0] - contents[:, 1:] > behind
        likely = with_none(np.where(far, -1e4, scores), self._heat.get(link, 1.0))
        best = likely.argmax(1)
        return [
            None if at == len(ends) else cut.stretch(spans_[at], likely[i, at]) for i, at in enumerate(best.tolist())
        ]

    def _events(self, cut: Cut, view: View, known: Known) -> list[Trigger]:
        """Return every trigger that has some chance, with its arguments."""
        found = view.found
        triggers = list(typed_spans(found["event"], TAGS["event"], least=LEAST))
        arguments = self._arguments(cut, view, [(start, end) for start, end, _, _ in triggers], known)
        events = []
        for (start, end, sure, types), (chosen, others) in zip(triggers, arguments, strict=True):
            statuses = [(name, rounded(found["status"][start, i])) for i, name in enumerate(STATUSES)]
            statuses.sort(key=lambda one: -one[1])
            kind, status = types[0], statuses[0]
            events.append(
                Trigger(
                    *cut.span(start, end),
                    kind[0],
                    status[0],
                    kind[1],
                    sure,
                    status[1],
                    tuple(types),
                    tuple(statuses),
                    chosen,
                    others,
                )
            )
        return events

    def _arguments(
        self, cut: Cut, view: View, triggers: list[tuple[int, int]], known: Known
    ) -> Iterator[tuple[tuple[Argument, ...], tuple[Argument, ...]]]:
        """Yield for each trigger, a range of words, its arguments and what else may be one."""
        if triggers:
            by_role = [*self._cast(cut, view, triggers, known), *self._times_and_figures(cut, view, triggers)]
            for row in zip(*by_role, strict=True):
                yield tuple(a for chosen, _ in row for a in chosen), tuple(a for _, others in row for a in others)

    def _cast(
        self, cut: Cut, view: View, triggers: list[tuple[int, int]], known: Known
    ) -> Iterator[list[tuple[list[Argument], list[Argument]]]]:
        """Yield for each role of `CAST` who or what fills it at each trigger."""
        some = view.fillers.named
        if not some:
            nobody: list[tuple[list[Argument], list[Argument]]] = [([], []) for _ in triggers]
            yield from [nobody] * len(CAST)
            return
        asked, members = [start for start, _ in triggers], members_of(some)
        if not known.names:
            yield from self._cast_alone(cut, view, asked, members)
            return
        hints = known.pair_hints([cut.span(*trigger) for trigger in triggers], [one.known for one in some])
        parts = [self.network.cast(view.seen, one) for one in settings(cut.sentence, view.heads, some, asked, hints)]
        names, mentions = (np.concatenate(both, 1) for both in zip(*parts, strict=True))
        for i, role in enumerate(CAST):
            yield filled(some, role, with_none(names[i], self._heat.get(role, 1.0)), members, mentions[i])

    def _cast_alone(
        self, cut: Cut, view: View, asked: list[int], members: list[list[int]]
    ) -> Iterator[list[tuple[list[Argument], list[Argument]]]]:
        """Yield the same where no names are known, by the links alone, which were taught to do without.

        The choice by names was not: on the development part it has agents at 48.0 then, the links at 54.1.
        """
        some = view.fillers.named
        scores = self._link(cut, view.seen, asked, [one.word for one in some])
        for role in CAST:
            each = with_none(scores[LINKS.index(role)], self._heat.get(f"{role} alone", 1.0))
            total = np.stack([each[:, rows].sum(1) for rows in (*members, [len(some)])], 1)
            yield filled(some, role, total, members, each)

    def _times_and_figures(
        self, cut: Cut, view: View, triggers: list[tuple[int, int]]
    ) -> Iterator[list[tuple[list[Argument], list[Argument]]]]:
        """Yield when, and how many, at each trigger."""
        for role, some in (("time", view.fillers.times), ("figure", view.fillers.numbers)):
            if not some:
                yield [([], []) for _ in triggers]
                continue
            scores = self._link(cut, view.seen, [start for start, _ in triggers], [one.word for one in some])
            likely = with_none(scores[LINKS.index(role)], self._heat.get(role, 1.0))
            yield filled(some, role, likely, [[i] for i in range(len(some))], likely)


def _heads(cut: Cut, anchors: Floats, tags: list[str]) -> list[int]:
    """Return the words that head a mention: those marked that can, of a name in several words the last."""
    marked = {i for i in np.flatnonzero(anchors.argmax(1)).tolist() if tags[i] in _CAN_HEAD}
    return [
        i
        for i in sorted(marked)
        if not (i + 1 in marked and tags[i] == tags[i + 1] == "PROPN" and cut.sentence[i] == cut.sentence[i + 1])
    ]


def _order(entity: Entity) -> tuple[int, int, str]:
    return entity.start, -entity.end, entity.kind
