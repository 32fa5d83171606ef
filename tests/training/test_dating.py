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
from onrecord.extract.events.scene import Scene
from onrecord.extract.read import by_rule, standard_kit
from onrecord.reader.read import Read, Word
from tests.factories import a_dispatch
from training.dateweights import Mean, Units, Weights
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
    some = [a_lesson()] * 60
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
    given = weighed(weights, columns, one)
    for column, right in zip(found, (given.own, given.passing, given.tied, given.suits, given.wants), strict=True):
        assert column == pytest.approx(right, abs=1e-4)


def test_a_date_that_nobody_offers_counts_as_none() -> None:
    one = a_lesson()
    columns = Columns.of([one] * 5)
    one.right[0] = "1999"
    assert Lesson.of(one, columns).right.tolist() == [2, 1, 2, 0]


def test_dispatches_taught_together_have_the_loss_that_each_has_alone() -> None:
    one, other = a_lesson(), a_lesson()
    other.right[0] = "1999"
    columns = Columns.of([one] * 5)
    lessons = [Lesson.of(some, columns) for some in (one, other)]
    weights = Weights(16, len(columns.events), len(columns.offers), len(columns.ties)).eval()
    apart = sum(float(lesson.loss(weights)) for lesson in lessons)
    assert float(Lesson.together(lessons).loss(weights)) == pytest.approx(apart, rel=1e-4)


def test_what_several_say_together_is_the_mean_of_what_each_says_of_passing_a_date_on() -> None:
    one = a_lesson()
    columns = Columns.of([one] * 5)
    some = [Weights(16, len(columns.events), len(columns.offers), len(columns.ties)).eval() for _ in range(2)]
    each = [weighed(Mean([weights]), columns, one) for weights in some]
    both = weighed(Mean(some), columns, one)
    means = sum(given.wants @ given.suits.T for given in each) / 2
    assert both.wants @ both.suits.T == pytest.approx(means, abs=1e-5)


def test_units_are_left_out_of_all_rows_alike_and_only_while_learning() -> None:
    torch = pytest.importorskip("torch")
    rows, half = torch.ones(6, 40), Units(0.5)
    found = half(rows)
    assert (found == found[0]).all()
    assert set(found[0].tolist()) == {0.0, 2.0}
    assert (half.eval()(rows) == rows).all()
