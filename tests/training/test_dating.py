"""Teaching dates; needs torch, not the encoder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed: make install-train")
pytest.importorskip("transformers", reason="transformers is not installed: make install-train")
pytest.importorskip("onnx", reason="onnx is not installed: make install-train")

import onnxruntime

from onrecord.extract.dating import Question
from onrecord.extract.events.offered import Scene
from onrecord.extract.read import by_rule, standard_kit
from onrecord.reader.read import Read, Word
from tests.factories import a_dispatch
from training.dating import Columns, Dispatch, Lesson, mean_of, scores, weighed, write

pytestmark = pytest.mark.filterwarnings("ignore")
TEXT = "The army shelled Saraqeb on Friday. The army also shelled a bakery. Talks failed. A school was shelled in 2014."


def a_lesson() -> Dispatch:
    rules = by_rule(a_dispatch(TEXT), standard_kit(trained=False))
    words = [Word(i, i + 1, TEXT[i], 0, "X", i, "root", 1.0, 1.0) for i in range(len(TEXT))]
    seen = Read((), tuple(words), *((),) * 8, np.eye(len(words), 16, dtype=np.float32))
    right = {0: "2017-10-13", 1: "2017-10-13", 2: None, 3: "2014"}
    return Dispatch("one", rules.found, Question.of(Scene.of(rules.found, rules.times, seen, "2017-10-15")), right)


def test_it_learns_the_dates_that_it_is_shown() -> None:
    some = [a_lesson()] * 30
    columns = Columns.of(some)
    weights = mean_of(some, columns, seeds=2)
    assert scores([(one, weighed(weights, columns, one)) for one in some]) == (100.0, 100.0, 100.0)


def test_what_is_written_gives_the_same_points(tmp_path: Path) -> None:
    (tmp_path / "reader.json").write_text('{"sha256": {}}', encoding="utf-8")
    one = a_lesson()
    columns = Columns.of([one] * 5)
    weights = mean_of([one] * 4, columns, seeds=1)
    write(weights, columns, one.question.asked(), tmp_path)
    session = onnxruntime.InferenceSession(tmp_path / "dates.onnx")
    assert session.get_modelmeta().custom_metadata_map["ties"].split("\n") == columns.ties
    inputs = [tensor.numpy() for tensor in columns.inputs(one.question.asked())]
    found = session.run(None, dict(zip([i.name for i in session.get_inputs()], inputs, strict=True)))
    own = weighed(weights, columns, one).own
    assert found[0] == pytest.approx(own, abs=1e-4)


def test_a_date_that_nobody_offers_counts_as_none() -> None:
    one = a_lesson()
    columns = Columns.of([one] * 5)
    one.right[0] = "1999"
    assert Lesson.of(one, columns).right.tolist() == [2, 1, 2, 0]
