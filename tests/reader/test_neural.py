"""The neural reader with the weights that ship: offsets, trees, links, determinism."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model.errors import DataError
from onrecord.model.vocabulary import EVENT_TYPES, STATUSES
from onrecord.reader.labels import KINDS, LINKS, RELATIONS, ROLES, UPOS, WHO_AND_WHERE
from onrecord.reader.network import WEIGHTS
from onrecord.reader.neural import Reader, cut_words
from onrecord.reader.read import Read

ROOT = Path(__file__).parents[2]
EXPECTED = Path(__file__).with_name("expected_read.json")
TEXT = (
    "Fighters of the Syrian Democratic Forces captured the town of Hajin from Islamic State on Friday, killing at "
    "least 12 militants, spokesman Mustafa Bali told AFP. He said that the group had also lost its last hospital. “We "
    "will clear the mines next week,” he added."
)


@pytest.fixture(scope="module")
def read(neural: Reader) -> Read:
    return neural.read(TEXT)


def quoted(read: Read, text: str = TEXT) -> None:
    """Hold that everything lies in the text, is what it says it is, and carries a chance."""
    assert [text[w.start : w.end] for w in read.words] == [w.text for w in read.words]
    spans: list[Any] = [*read.entities, *read.mentions, *read.claims, *read.sources, *read.cues, *read.events]
    spans += [part for a in read.attributions for part in (a.content, a.source, a.cue) if part]
    spans += [argument for event in read.events for argument in event.arguments]
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert not text[span.start].isspace()
        assert not text[span.end - 1].isspace()
        assert 0.0 <= span.score <= 1.0
    assert {e.kind for e in read.entities} <= set(KINDS)
    assert {m.kind for m in read.mentions} <= set(WHO_AND_WHERE)
    assert {w.tag for w in read.words} <= set(UPOS)
    assert {w.relation for w in read.words} <= set(RELATIONS)
    assert {e.type for e in read.events} <= set(EVENT_TYPES)
    assert {e.status for e in read.events} <= set(STATUSES)
    assert {a.role for e in read.events for a in e.arguments} <= set(ROLES)


def test_everything_quotes_the_text(read: Read) -> None:
    quoted(read)


def test_each_sentence_is_a_tree(read: Read) -> None:
    for number in range(len(read.sentences)):
        words = [(i, w) for i, w in enumerate(read.words) if w.sentence == number]
        assert [w.relation for i, w in words if w.head == i] == ["root"]
        for i, word in words:
            steps, at = 0, i
            while read.words[at].head != at:
                at, steps = read.words[at].head, steps + 1
                assert steps <= len(words)
            assert read.words[at].sentence == word.sentence


def test_what_a_careful_reader_would_see(read: Read) -> None:
    found = {TEXT[e.start : e.end]: e for e in read.events}
    captured, killing = found["captured"], found["killing"]
    assert (captured.type, captured.status) == ("territory_gain", "happened")
    assert killing.type == "killing"
    filled = {(a.role, TEXT[a.start : a.end]) for a in captured.arguments}
    assert any(role == "place" and "Hajin" in words for role, words in filled)
    assert any(role == "agent" and "Syrian Democratic Forces" in words for role, words in filled)
    by_words = {TEXT[m.start : m.end]: m for m in read.mentions}
    bali = next(m for words, m in by_words.items() if words.endswith("Mustafa Bali"))
    assert by_words["He"].chain == bali.chain
    assert found["clear"].status == "expected"
    sources = {TEXT[a.source.start : a.source.end] for a in read.attributions if a.source}
    assert any("Mustafa Bali" in words for words in sources)
    assert sources & {"He", "he"}


def test_a_long_text_is_read_to_its_end(neural: Reader) -> None:
    text = "\n\n".join([TEXT] * 12)
    read = neural.read(text)
    quoted(read, text)
    found = [e for e in read.events if text[e.start : e.end] == "captured"]
    assert len(found) == 12
    assert {e.type for e in found} == {"territory_gain"}
    assert read.words[-1].end == len(text)


def test_one_enormous_sentence_is_read(neural: Reader) -> None:
    text = "the fighters left and " * 700 + "the town fell."
    read = neural.read(text)
    assert len(read.sentences) == 1
    assert sum(w.head == i for i, w in enumerate(read.words)) == 1


@pytest.mark.parametrize("text", ["", " \n\t ", ".", "…", "\u200b", "الرقة سقطت", "a" * 5000, "🙂 🙂", "\x00\x01"])
def test_odd_texts_are_read(neural: Reader, text: str) -> None:
    quoted(neural.read(text), text)


@settings(max_examples=25)
@given(st.text(max_size=120))
def test_any_text_is_quoted(neural: Reader, text: str) -> None:
    quoted(neural.read(text), text)


def test_reading_alone_or_among_others_is_the_same(neural: Reader, read: Read) -> None:
    neural.read("Something else entirely happened in Manbij on Monday.")
    assert neural.read(TEXT) == read


def test_words_may_be_given(neural: Reader) -> None:
    read = neural.read_words(cut_words(["The", "SDF", "took", "Raqqa", ".", "It", "held", "."], [0] * 5 + [1] * 3))
    assert [w.sentence for w in read.words] == [0] * 5 + [1] * 3
    assert (read.words[1].start, read.words[1].end) == (4, 7)


def as_json(read: Read) -> str:
    return json.dumps(asdict(read) | {"vectors": None}, sort_keys=True)


def test_threads_and_processes_do_not_matter(read: Read) -> None:
    assert Reader(threads=1).read(TEXT) == read
    code = (
        "import sys; from onrecord.reader.neural import Reader; from tests.reader.test_neural import as_json;"
        "sys.stdout.write(as_json(Reader(threads=4).read(sys.stdin.read())))"
    )
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=TEXT,
            capture_output=True,
            text=True,
            check=True,
            encoding="utf-8",
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        )
        assert done.stdout == as_json(read)


def test_every_machine_reads_the_examples_alike(neural: Reader) -> None:
    """The answers for `examples/`, as another machine gave them; scores may differ in their last digit.

    After training anew: python -m tests.reader.expect
    """
    for name, expected in json.loads(EXPECTED.read_text(encoding="utf-8")).items():
        text = (ROOT / "examples" / name).read_text(encoding="utf-8")
        assert answers(neural.read(text)) == expected


def answers(read: Read) -> dict[str, list[str]]:
    """Return what was found, without scores, in lines that a difference is easy to see in."""
    return {
        "trees": [f"{w.text} {w.tag} {w.head} {w.relation}" for w in read.words],
        "entities": [f"{e.start}-{e.end} {e.kind}" for e in read.entities],
        "mentions": [f"{m.start}-{m.end} {m.kind} {m.chain}" for m in read.mentions],
        "said": [
            f"{a.content.start}-{a.content.end} {a.source and a.source.start} {a.cue and a.cue.start}"
            for a in read.attributions
        ],
        "events": [
            f"{e.start}-{e.end} {e.type} {e.status} {[(a.role, a.start, a.end) for a in e.arguments]}"
            for e in read.events
        ],
    }


def test_a_folder_without_weights_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"reader\.json"):
        Reader(tmp_path)


def test_the_weights_are_small_and_whole() -> None:
    assert sum(p.stat().st_size for p in WEIGHTS.iterdir()) < 40_000_000
    assert (WEIGHTS / "CARD.md").is_file()


def test_a_source_far_from_the_words_is_anothers(neural: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    cut = cut_words(["word"] * 100, [0] * 100)
    monkeypatch.setattr(neural, "_link", lambda *_: np.full((len(LINKS), 1, 2), [5, 3], np.float32))
    spans = [(2, 3, "source", 0.9), (58, 59, "source", 0.8)]
    (found,) = neural._partners(cut, None, [(60, 70)], spans, "source")  # type: ignore[arg-type]
    assert found is not None
    assert (found.start, found.end) == cut.span(58, 59)
