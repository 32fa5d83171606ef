"""How well an event is borne out follows from a table of rules, ours or the user's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.model.errors import DataError
from onrecord.reconcile.grades import grade_rules, shipped
from onrecord.reconcile.record import reconcile
from onrecord.settings import settings_at
from tests.reconcile.scene import Scene, knowledge, scene

_STRICT = [
    {"grade": "contested", "disputed": ["status", "agents"]},
    {"grade": "confirmed", "sources": 2, "own_word": True, "watchers": 1},
    {"grade": "fair", "sources": 3},
    {"grade": "weak"},
]


def _told(outlet: str, *, by: str | None = None, **fields: Any) -> Scene:
    """A report of one capture, in the words of its outlet or of somebody quoted."""
    made = scene(f"{outlet}: Belis fell to the ARDF on Friday, the {by or 'paper'} said.", outlet=outlet)
    front = made.name("ARDF")
    said = made.says("Belis fell to the ARDF on Friday", _speaker(made, by)) if by else None
    made.claim(
        "fell", type="territory_gain", agents=[front], place=made.name("Belis", "place"), when="2017-10-13",
        statement=said, **fields,
    )  # fmt: skip
    return made


def _speaker(made: Scene, by: str) -> Any:
    return made.name(by, nth=made.text.count(by) - 1)


def _grade(*scenes: Scene, **options: Any) -> str:
    dispatches, readings = [s.dispatch for s in scenes], [s.reading for s in scenes]
    [event] = reconcile(dispatches, readings, [], knowledge=knowledge(), **options).events
    return event.grade


_OWN, _BANNER, _MONITOR = _told("Post", by="ARDF"), _told("Times", by="Black Banner"), _told("Echo", by="Vesh Monitor")


@pytest.mark.parametrize(
    ("scenes", "grade", "strict"),
    [
        ((_told("Post"),), "weak", "weak"),
        ((_OWN,), "weak", "weak"),
        ((_told("Post"), _told("Times")), "fair", "weak"),
        ((_told("Post"), _told("Times"), _told("Echo")), "fair", "fair"),
        ((_OWN, _BANNER), "confirmed", "weak"),
        ((_OWN, _MONITOR), "confirmed", "confirmed"),
        ((_told("Post", by="ARDF", status="uncertain"), _told("Times")), "fair", "weak"),
    ],
)
def test_the_grade_follows_from_the_rules(scenes: tuple[Scene, ...], grade: str, strict: str) -> None:
    assert _grade(*scenes) == grade
    assert _grade(*scenes, grades=grade_rules(_STRICT, "strict")) == strict


def test_a_denial_is_contested_only_where_a_rule_says_so() -> None:
    denied = scene("The Black Banner denied on Friday that Belis fell.", outlet="Echo")
    banner, here = denied.name("Black Banner"), denied.name("Belis", "place")
    said = denied.says("Belis fell", banner, stance="denies")
    told: dict[str, Any] = {"type": "territory_gain", "place": here, "when": "2017-10-13", "status": "denied"}
    denied.claim("fell", statement=said, **told)
    scenes = (_told("Post"), _told("Times"), denied)
    assert _grade(*scenes) == "contested"
    lenient = grade_rules([{"grade": "fair", "sources": 2, "status": ["happened"]}, {"grade": "weak"}], "lenient")
    assert _grade(*scenes, grades=lenient) == "fair"


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ([], "written as"),
        ({"grade": "weak"}, "written as"),
        ([{"grade": "good"}], "grade 1: give grade"),
        ([{"grade": "fair", "source": 2}, {"grade": "weak"}], "grade 1: unknown condition 'source'"),
        ([{"grade": "fair", "sources": "2"}, {"grade": "weak"}], "sources is a number"),
        ([{"grade": "fair", "own_word": 1}, {"grade": "weak"}], "own_word is true or false"),
        ([{"grade": "fair", "disputed": ["place"]}, {"grade": "weak"}], "disputed is a list"),
        ([{"grade": "fair", "sources": 2}], "the last grade must have no condition"),
    ],
)
def test_a_fault_in_a_table_is_named(entries: object, words: str) -> None:
    with pytest.raises(DataError, match=words):
        grade_rules(entries, "mine.toml")


# ---------------------------------------------------------------------------------------------------------- settings


def _settings(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "record.settings.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_without_settings_all_is_as_it_ships(tmp_path: Path) -> None:
    for path in (None, tmp_path / "absent.toml", _settings(tmp_path, "")):
        assert (settings_at(path).figures, settings_at(path).grades) == ("widest", shipped())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("figures = 'mean'", "figures is one of widest"),
        ("colour = 'red'", "no setting 'colour'"),
        ("[[grades]]\ngrade = 'fair'\nsources = 2", "the last grade"),
        ("figures", "not valid TOML"),
    ],
)
def test_a_fault_in_the_settings_is_named(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(DataError, match=words) as caught:
        settings_at(_settings(tmp_path, content))
    assert "record.settings.toml" in str(caught.value)


def test_the_settings_beside_a_record_are_used(tmp_path: Path) -> None:
    texts = {
        "a.txt": "Some 120 rebels left Ardun on Tuesday, the army said.",
        "b.txt": "Some 90 rebels left Ardun on Tuesday.",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(f"Rebels leave Ardun\n\n14 March 2018\n\n{text}\n", encoding="utf-8")
    with onrecord.open(tmp_path / "record.db") as project:
        project.add(tmp_path / "a.txt", tmp_path / "b.txt")
        assert {f.rule for f in project.record.figures} == {"widest"}
        assert "confirmed" not in {e.grade for e in project.record.events}
        _settings(tmp_path, "figures = 'lowest'\n[[grades]]\ngrade = 'confirmed'\n")
        project.rebuild()
        assert {f.rule for f in project.record.figures} == {"lowest"}
        assert "confirmed" in {e.grade for e in project.record.events}
