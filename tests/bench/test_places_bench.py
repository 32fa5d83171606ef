"""The scores of geoparsing, on two small files of our own whose answers are known."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from bench.places import main, scores
from bench.reading.toponyms import articles

TEXT = "RAQQA, Syria — Turkey sent aid to Aleppo on Monday. Kentucky police sent a London-based doctor."
# Offsets count from 1 here; "Turkey" is marked where it acts, "Kentucky" and "London" inside other names.
WIKI = [("RAQQA", 1, 35.95, 39.01), ("Syria", 8, 35.0, 38.0), ("Turkey", 16, 39.0, 35.0), ("Aleppo", 35, 36.2, 37.16)]
WIKI += [("Kentucky", 53, 37.5, -85.0), ("London", 76, 42.98, -81.25)]


def location(name: str, start: int, lat: float, lon: float) -> str:
    where = f"<lat>{lat}</lat><lon>{lon}</lon>"
    return f"<location><name>{name}</name><start>{start}</start><end>{start + len(name)}</end>{where}</location>"


def written(path: Path, *found: tuple[str, str]) -> Path:
    body = "".join(f"<article><text>{text}</text><locations>{marks}</locations></article>" for text, marks in found)
    path.write_bytes(gzip.compress(f"<articles>{body}</articles>".encode()))
    return path


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return written(tmp_path / "small.xml.gz", (TEXT, "".join(location(*mark) for mark in WIKI)))


def test_offsets_that_count_from_one_find_their_words(small: Path) -> None:
    (article,) = articles(small)
    assert [article.text[t.start : t.end] for t in article.toponyms] == [name for name, *_ in WIKI]
    assert article.toponyms[0].point == (39.01, 35.95)


def test_the_scores_of_a_file_by_hand(small: Path) -> None:
    found = scores(small)
    assert (found["documents"], found["places"], found["adjectives"]) == (1, 6, False)
    assert found["overlap"] == found["overlap_precision"] == found["overlap_recall"] == 100.0
    # All but London, which is marked as the one in Ontario.
    assert found["within_161km"] == found["end_to_end"] == found["end_to_end_precision"] == 83.3


def test_adjectives_count_where_a_file_marks_one(tmp_path: Path) -> None:
    text = "The Turkish border was shut. A French doctor left Aleppo."
    toponym = "<toponym><phrase>{}</phrase><start>{}</start><end>{}</end>{}</toponym>"
    marks = toponym.format("Turkish", 4, 11, "<gaztag><lat>39</lat><lon>35</lon></gaztag>")
    marks += toponym.format("Aleppo", 50, 56, "")
    found = scores(written(tmp_path / "adjectives.xml.gz", (text, marks)))
    assert (found["adjectives"], found["places"], found["overlap_recall"]) == (True, 2, 100.0)
    assert found["overlap_precision"] == 66.7  # "French" is not marked
    assert (found["end_to_end"], found["end_to_end_precision"]) == (100.0, 50.0)  # Aleppo has no coordinates: left out


def test_a_file_of_another_form_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "other.xml"
    path.write_text("<corpus/>", encoding="utf-8")
    with pytest.raises(SystemExit):
        main([str(path)])
    assert "holds no <article>" in capsys.readouterr().err
    path.write_text("<articles><article>", encoding="utf-8")
    with pytest.raises(ValueError, match="not well-formed"):
        list(articles(path))
    with pytest.raises(SystemExit):
        main([str(tmp_path / "missing.xml.gz")])


def test_one_object_is_printed(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(small), "--errors", "5"])
    printed = capsys.readouterr()
    assert json.loads(printed.out)["places"] == 6
    assert "misplaced" in printed.err
