"""The scores of event coreference, on a small archive of our own whose answers are known."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest

from bench.eventcoref import main, scores
from bench.reading.ecb import checked_sentences, stories

Marks = Sequence[tuple[str, int, str | None]]
Files = Mapping[str, tuple[list[str], Marks]]

# Of each file its sentences, and its event mentions: the words, their sentence, and the chain or none.
FILES: Files = {
    "7/7_1ecb": (["A quake shook Ardun on Monday .", "The mayor spoke ."], [("quake", 0, "Q"), ("spoke", 1, None)]),
    "7/7_2ecb": (["Ardun was hit by an earthquake ( its first ) ."], [("earthquake", 0, "Q"), ("hit", 0, "H")]),
    "7/7_1ecbplus": (["``  The  quake hit Velm , '' she said ."], [("quake", 0, "R"), ("said", 0, None)]),
}


def written(path: Path, files: Files = FILES) -> Path:
    with ZipFile(path, "w") as archive:
        for name, (sentences, marks) in files.items():
            archive.writestr(f"{name}.xml", xml(sentences, marks))
    return path


def xml(sentences: list[str], marks: Marks) -> str:
    tokens = [(number, form) for number, sentence in enumerate(sentences) for form in sentence.split()]
    listed = "".join(
        f'<token t_id="{i}" sentence="{s}" number="0">{form}</token>' for i, (s, form) in enumerate(tokens)
    )
    found, chains = "", ""
    for number, (words, sentence, chain) in enumerate(marks):
        anchors = "".join(f'<token_anchor t_id="{tokens.index((sentence, word))}"/>' for word in words.split())
        found += f'<ACTION_OCCURRENCE m_id="{number}">{anchors}</ACTION_OCCURRENCE>'
        if chain:
            link = f'<source m_id="{number}"/><target m_id="99"/>'
            chains += f'<CROSS_DOC_COREF r_id="{number}" note="{chain}">{link}</CROSS_DOC_COREF>'
    found += '<HUMAN_PART_PER m_id="50"><token_anchor t_id="0"/></HUMAN_PART_PER><ACTION_OCCURRENCE m_id="99"/>'
    return f"<Document>{listed}<Markables>{found}</Markables><Relations>{chains}</Relations></Document>"


def test_mentions_quote_the_text_and_know_their_topic_and_chain(tmp_path: Path) -> None:
    found = {story.name: story for story in stories(written(tmp_path / "small.zip"))}
    assert {name: story.topic for name, story in found.items()} == {
        "7_1ecb": "7ecb", "7_2ecb": "7ecb", "7_1ecbplus": "7ecbplus",
    }  # fmt: skip
    story = found["7_2ecb"]
    assert story.text == "Ardun was hit by an earthquake (its first)."
    assert [(story.text[e.start : e.end], e.chain) for e in story.events] == [("hit", "H"), ("earthquake", "Q")]
    assert found["7_1ecbplus"].text == '"The quake hit Velm," she said.'
    assert found["7_1ecb"].text[slice(*found["7_1ecb"].events[1].sentence)] == "The mayor spoke."


def test_a_mention_whose_words_stand_apart_goes_by_its_first_run(tmp_path: Path) -> None:
    files: Files = {"1/1_1ecb": (["She took her whole old team out there ."], [("took out", 0, None)])}
    (story,) = stories(written(tmp_path / "apart.zip", files))
    (event,) = story.events
    assert story.text[event.start : event.end] == "took"


def test_the_scores_of_an_archive_by_hand(tmp_path: Path) -> None:
    found = scores(written(tmp_path / "small.zip"), topics=True)
    assert (found["files"], found["topics"], found["mentions"], found["sentences"]) == (3, 2, 6, "all")
    # One pair of one event, and four alone: right, and the two quakes of two topics stay apart.
    assert (found["muc"], found["b3"], found["ceaf"], found["conll"]) == (100.0, 100.0, 100.0, 100.0)
    assert (found["without_singletons"], found["stem_match"]) == (100.0, 100.0)


def test_what_is_missed_costs(tmp_path: Path) -> None:
    files: Files = {
        "7/7_1ecb": (["A quake shook Ardun ."], [("quake", 0, "Q")]),
        "7/7_2ecb": (["The mayor spoke ."], [("spoke", 0, "Q")]),
    }
    found = scores(written(tmp_path / "missed.zip", files), topics=True)
    # No link of one; each mention is half of its chain; one chain of ours is two thirds like the true one.
    assert (found["muc"], found["b3"], found["ceaf"]) == (0.0, 66.7, 44.4)


def test_only_checked_sentences_count(tmp_path: Path) -> None:
    path = written(tmp_path / "small.zip")
    listed = "Topic,File,Sentence Number\n7,1ecb,0\n7,2ecb,0\n"
    (tmp_path / "validated_sentences.csv.gz").write_bytes(gzip.compress(listed.encode()))
    assert checked_sentences(path) == {"7_1ecb": {0}, "7_2ecb": {0}}
    found = scores(path)
    assert (found["sentences"], found["files"], found["mentions"]) == ("checked", 2, 3)


def test_errors_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files: Files = {
        "7/7_1ecb": (["A quake shook Ardun ."], [("quake", 0, "Q")]),
        "7/7_2ecb": (["The mayor spoke ."], [("spoke", 0, "Q")]),
    }
    main([str(written(tmp_path / "missed.zip", files)), "--topics", "--errors", "5"])
    told = capsys.readouterr()
    assert "kept apart: 7_1ecb/0 A [quake] shook Ardun. | 7_2ecb/0 The mayor [spoke]." in told.err
    assert json.loads(told.out)["topics_given"] is True


@pytest.mark.parametrize("content", [b"no archive", None])
def test_what_is_not_of_the_form_is_said(
    tmp_path: Path, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "wrong.zip"
    if content:
        path.write_bytes(content)
    else:
        written(path, {})
    with pytest.raises(SystemExit):
        main([str(path)])
    assert "give an archive of the form of ECB+" in capsys.readouterr().err
