"""Runs the exported network: words in, vectors and scores out. ONNX on the CPU; no network, no torch.

Two things keep the numbers the same wherever it runs: windows of one text are never batched with those of another (the
int8 steps take their scale from the whole batch), and the weights use seven bits, so that no processor overflows.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.model.errors import DataError
from onrecord.reader.dates import Dates, Weighed, table
from onrecord.reader.labels import PAIR_HINTS, TAGS
from onrecord.reader.pairs import antecedents, described, features
from onrecord.reader.roles import Setting
from onrecord.reader.windows import MOST_PIECES, windows
from onrecord.reader.words import shape_of, word_hints

Floats = NDArray[np.float32]

WEIGHTS: Final = Path(__file__).parent / "weights"
PARTS: Final = ("words", "syntax", "links", "cast", "coreference")
LATER: Final = "dates"  # a part that is taught on what the others make of whole dispatches
BATCH: Final = 8  # windows that go through the encoder at once
_ROWS: Final = 32  # mentions whose antecedents are scored at once
_AREA: Final = 60_000  # sentences times words squared that are scored at once


@dataclass(frozen=True, slots=True)
class Seen:
    """All words of a text after the encoder: their vectors, and the scores of every tag by task."""

    vectors: Floats
    scores: dict[str, Floats]


@dataclass(frozen=True, slots=True)
class Parsed:
    """The scores of one sentence: arcs (word, head), bounds (2, word, bound), and both sides of the relations."""

    arcs: Floats
    bounds: Floats
    half: Floats
    right: Floats


class Network:
    """The weights in one folder, loaded once; safe to use from several threads."""

    def __init__(self, folder: Path = WEIGHTS, *, threads: int = 2) -> None:
        """Load the weights; raises DataError where the folder holds none."""
        about = folder / "reader.json"
        if not about.is_file():
            raise DataError(f"{folder} holds no reader.json: name a folder made by python -m training.export")
        self.about: dict[str, Any] = json.loads(about.read_text(encoding="utf-8"))
        self.version: str = self.about["version"]
        self.hints: dict[str, list[int]] = self.about["hints"]
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.use_deterministic_compute = True
        options.log_severity_level = 3
        # Idle threads of one session would spin on the cores that the next one needs.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.sessions = {
            part: onnxruntime.InferenceSession(folder / f"{part}.onnx", options, providers=["CPUExecutionProvider"])
            for part in (*PARTS, LATER)
            if part != LATER or (folder / f"{part}.onnx").is_file()
        }
        self.inputs = {part: [i.name for i in session.get_inputs()] for part, session in self.sessions.items()}

    def _run(self, part: str, *values: NDArray[Any]) -> list[Floats]:
        found: list[Floats] = self.sessions[part].run(None, dict(zip(self.inputs[part], values, strict=True)))
        return found

    def see(self, words: list[str], sentence: list[int], ruled: list[tuple[int, ...]] | None = None) -> Seen:
        """Encode the words of a text; `sentence` numbers the sentence of each, `ruled` is what rules say of it."""
        pieces = self._pieces(words)
        cut = windows(list(map(len, pieces)), sentence)
        rows: list[list[Floats]] = []
        for start in range(0, len(cut), BATCH):
            batch = cut[start : start + BATCH]
            given = self._inputs(words, pieces, batch, ruled or [()] * len(words))
            found = self._run("words", *given)
            at = 0
            for first, end, taken, after in batch:
                rows.append([f[at + taken - first : at + after - first] for f in found])
                at += end - first
        whole = [np.concatenate(column) for column in zip(*rows, strict=True)]
        return Seen(whole[0], dict(zip(TAGS, whole[1:], strict=True)))

    def _pieces(self, words: list[str]) -> list[list[int]]:
        """Return the pieces of each word; a word that the tokenizer drops is padding, one that is too long is cut."""
        found: list[list[int]] = [[] for _ in words]
        encoded = self.tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
        for piece, word in zip(encoded.ids, encoded.word_ids, strict=True):
            if word is not None:
                found[word].append(piece)
        return [pieces[:MOST_PIECES] or [0] for pieces in found]

    def _inputs(
        self,
        words: list[str],
        pieces: list[list[int]],
        cut: list[tuple[int, int, int, int]],
        ruled: list[tuple[int, ...]],
    ) -> list[NDArray[Any]]:
        begin, end_ = self.about["marks"]
        rows: list[list[int]] = []
        outer: list[tuple[int, int, int]] = []
        for first, end, _, _ in cut:
            row = [begin]
            for word in range(first, end):
                outer.append((len(rows), len(row), len(row) + len(pieces[word]) - 1))
                row += pieces[word]
            rows.append([*row, end_])
        longest = max(map(len, rows))
        numbers = [i for first, end, _, _ in cut for i in range(first, end)]
        shown = [words[i] for i in numbers]
        hint = word_hints(shown, self.hints, [ruled[i] for i in numbers])
        window, left, right = np.array(outer, np.int64).T
        return [
            np.array([r + [0] * (longest - len(r)) for r in rows], np.int64),
            np.array([[1] * len(r) + [0] * (longest - len(r)) for r in rows], np.int64),
            window * longest + left,
            window * longest + right,
            np.array([shape_of(w) for w in shown], np.int64),
            hint,
        ]

    def parse(self, seen: Seen, sentences: list[tuple[int, int]]) -> list[Parsed]:
        """Score the arcs, relations and bounds of each sentence, given as half-open ranges of words."""
        found: dict[int, Parsed] = {}
        order = sorted(range(len(sentences)), key=lambda i: (sentences[i][1] - sentences[i][0], i))
        for group in _groups(order, [end - start for start, end in sentences]):
            longest = max(sentences[i][1] - sentences[i][0] for i in group)
            padded = np.zeros((len(group), longest, seen.vectors.shape[1]), np.float32)
            for row, i in enumerate(group):
                start, end = sentences[i]
                padded[row, : end - start] = seen.vectors[start:end]
            arcs, bounds, half, right = self._run("syntax", padded)
            for row, i in enumerate(group):
                n = sentences[i][1] - sentences[i][0]
                found[i] = Parsed(arcs[row, :n, :n], bounds[row, :, :n, :n], half[row, :n], right[row, :n])
        return [found[i] for i in range(len(sentences))]

    def link(self, seen: Seen, asked: list[int], partners: list[int], sentence: list[int]) -> Floats:
        """Return scores (links, asked, partners) between words, given by their numbers; none has the score 0."""
        one, two = np.array(asked, np.int64), np.array(partners, np.int64)
        own = np.array(sentence, np.int64)
        gap = (two[None, :] - one[:, None]).astype(np.float32)
        same = (own[one][:, None] == own[two][None, :]).astype(np.float32)
        hints = np.zeros((*gap.shape, len(PAIR_HINTS)), np.float32)  # the rules know nothing of these pairs
        return self._run("links", seen.vectors[one], seen.vectors[two], gap, same, hints)[0]

    def cast(self, seen: Seen, setting: Setting) -> tuple[Floats, Floats]:
        """Return scores (CAST, triggers, names), 0 for none, and what each mention adds (CAST, triggers, mentions)."""
        vectors = seen.vectors[setting.asked], seen.vectors[setting.partners]
        names, mentions = self._run("cast", *vectors, *setting.inputs())
        return names, mentions

    def dates(self, asked: Dates) -> Weighed:
        """Return how much speaks for each offer, for its being passed on, and for each tie.

        Raises DataError where the folder holds no weights for that.
        """
        if LATER not in self.sessions:
            raise DataError(f"these weights hold no {LATER}.onnx: python -m training.dating makes it")
        columns = self.sessions["dates"].get_modelmeta().custom_metadata_map
        events, offers, ties = (
            table(rows, columns[name].split("\n"))
            for name, rows in (("events", asked.events), ("offers", asked.offers), ("ties", asked.ties))
        )
        numbers = [np.array(some, np.int64) for some in (asked.whose, asked.one, asked.other)]
        return Weighed(*self._run("dates", asked.vectors, events, offers, ties, *numbers))

    def antecedents(
        self, seen: Seen, words: list[str], sentence: list[int], mentions: list[tuple[int, int, int]]
    ) -> tuple[NDArray[np.int64], Floats]:
        """Return for each mention (head, first, last word) those before it and their scores; none has the score 0."""
        looks = described(words, sentence, mentions)
        heads, firsts = (seen.vectors[[m[k] for m in mentions]] for k in (0, 1))
        numbers, scores = [], []
        for start in range(0, len(mentions), _ROWS):
            stop = min(len(mentions), start + _ROWS)
            before = antecedents(stop, start, stop)
            rows = np.arange(start, stop, dtype=np.int64)
            given = self._run("coreference", heads, firsts, rows, np.maximum(before, 0), features(looks, start, before))
            numbers.append(before)
            scores.append(np.where(before >= 0, given[0], -1e4).astype(np.float32))
        wide = max(len(part[0]) for part in numbers)
        return _padded(numbers, wide, -1), _padded(scores, wide, -1e4)


def _padded(parts: list[NDArray[Any]], wide: int, fill: float) -> NDArray[Any]:
    """Return rows of different lengths as one array, filled up at their ends."""
    whole: NDArray[Any] = np.concatenate(
        [np.pad(part, ((0, 0), (0, wide - part.shape[1])), constant_values=fill) for part in parts]
    )
    return whole


def _groups(order: list[int], sizes: list[int]) -> list[list[int]]:
    """Group sentences of like length so that no group, padded, takes more than its share of memory."""
    groups: list[list[int]] = []
    for i in order:
        if groups and (len(groups[-1]) + 1) * sizes[i] ** 2 <= _AREA and sizes[i] <= 2 * sizes[groups[-1][0]] + 8:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups
