"""What must come out of five real dispatches on Raqqa, Hajin and Baghouz, where they lie beside this checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

import onrecord
from onrecord.model.records import Claim, Control, Entity, Event, Figure, Record, Statement

SEEDS = Path(__file__).parents[1] / ".." / "shared" / "dispatches" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the real dispatches are not beside this checkout")


class Seeds:
    """The record of the seeds, by names."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.claims = {c.id: c for c in record.claims}
        self._texts = {d.id: d for d in record.dispatches}
        self._names = {e.id: e.name for e in record.entities}

    def called(self, *names: str) -> list[Entity]:
        """The entities that go by one of these names."""
        return [e for e in self.record.entities if {e.name, *(alias for alias, _ in e.aliases)} & set(names)]

    def name(self, entity: str | None) -> str | None:
        return self._names.get(entity or "")

    def names(self, entities: tuple[str, ...]) -> set[str]:
        return {self._names[e] for e in entities}

    def held(self, place: str) -> list[Control]:
        """The stretches over which somebody holds a place."""
        return [c for c in self.record.control if self.name(c.place) == place and c.state == "holds"]

    def words(self, claim: Claim) -> str:
        return self._texts[claim.dispatch].quote(claim.sentence)

    def said(self, words: str) -> list[Statement]:
        """The statements that hold these words."""
        return [s for s in self.record.statements if words in self._texts[s.dispatch].quote(s.content)]

    def source(self, claim: str) -> str | None:
        """The body or person who gives an account."""
        said = self.claims[claim].statement
        return next((self.name(s.organisation or s.speaker) for s in self.record.statements if s.id == said), None)

    def events(self, type_: str, words: str) -> list[Event]:
        """The events of a type of which a claim stands in a sentence with these words."""
        told = [e for e in self.record.events if e.type == type_]
        return [e for e in told if any(words in self.words(self.claims[c]) for c in e.claims)]

    def figures(self, low: float, measure: str | None = None) -> list[Figure]:
        """The figures with an account of this lower bound."""
        return [
            f
            for f in self.record.figures
            if measure in (None, f.measure) and any(_low(self.claims[c]) == low for c in f.claims)
        ]


def _low(claim: Claim) -> float | None:
    return claim.amount.low if claim.amount else None


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    project = onrecord.open(":memory:")
    project.add(SEEDS)
    return Seeds(project.record)


# ---------------------------------------------------------------------------------------------------------- one for all


@pytest.mark.parametrize(
    ("kind", "names", "one"),
    [
        ("place", ("Raqqa", "Raqa"), "Raqqa"),
        ("group", ("IS", "ISIS", "ISIL", "Daesh", "Islamic State"), "Islamic State"),
        ("person", ("Bali", "Mustafa Bali", "Mostafa Bali"), "Mustafa Bali"),
        ("person", ("Selo", "Sello", "Talal Selo", "Talal Sello"), "Talal Selo"),
    ],
)
def test_all_spellings_are_one(seeds: Seeds, kind: str, names: tuple[str, ...], one: str) -> None:
    [entity] = seeds.called(*names)
    assert (entity.kind, entity.name) == (kind, one)
    assert set(names) <= {one, *(alias for alias, _ in entity.aliases)}


# -------------------------------------------------------------------------------------------------------- who held what


def test_raqqa_was_held_by_is_and_then_by_the_sdf(seeds: Seeds) -> None:
    held = [(seeds.name(c.holder), c.since, c.until) for c in seeds.held("Raqqa")]
    assert held == [
        ("Islamic State", "2014-01", "2017-10-17"),
        ("Syrian Democratic Forces", "2017-10-17", None),
    ]


def test_raqqa_is_the_sdfs_from_the_day_on_which_it_fell(seeds: Seeds) -> None:
    last = max(seeds.held("Raqqa"), key=lambda c: c.since or "")
    assert (seeds.name(last.holder), last.since, last.until) == ("Syrian Democratic Forces", "2017-10-17", None)
    assert not last.disputed


def test_the_hospital_of_hajin_was_taken_by_the_sdf_on_a_monday(seeds: Seeds) -> None:
    [taken] = [e for e in seeds.events("territory_gain", "hospital") if e.when.start == "2018-12-10"]
    assert seeds.names(taken.agents) == {"Syrian Democratic Forces"}
    last = max(seeds.held("Hajin hospital"), key=lambda c: c.since or "")
    assert (seeds.name(last.holder), last.since, last.until) == ("Syrian Democratic Forces", "2018-12-10", None)


# ---------------------------------------------------------------------------------------------------- according to whom


def test_who_destroyed_the_hospital_is_said_by_the_head_of_the_observatory(seeds: Seeds) -> None:
    [destroyed] = seeds.events("destruction", "hospital")
    assert seeds.names(destroyed.agents) == {"US-led coalition"}
    assert seeds.name(destroyed.place) == "Hajin hospital"
    [claim] = [seeds.claims[c] for c in destroyed.claims]
    said = next(s for s in seeds.record.statements if s.id == claim.statement)
    assert seeds.name(said.speaker) == "Rami Abdurrahman"
    assert seeds.name(said.organisation) == "Syrian Observatory for Human Rights"


def test_why_it_lost_its_protection_is_said_by_the_coalition(seeds: Seeds) -> None:
    [said] = seeds.said("protected")
    assert (seeds.name(said.speaker), said.stance) == ("US-led coalition", "asserts")


def test_the_denial_of_talks_is_kept_as_a_denial(seeds: Seeds) -> None:
    [talks] = seeds.events("negotiation", "deny")
    assert (talks.status, seeds.name(talks.place)) == ("denied", "Raqqa")
    [said] = seeds.said("evacuate")
    assert (said.stance, seeds.name(said.organisation)) == ("denies", "Syrian Democratic Forces")


# -------------------------------------------------------------------------------------------------------------- figures


def test_whom_the_275_count_is_disputed(seeds: Seeds) -> None:
    [figure] = seeds.figures(275)
    [dispute] = [d for d in figure.disputes if d.field == "who"]
    assert len(dispute.values) == 2
    assert any("famil" in value.value for value in dispute.values)


def test_the_275_are_one_figure_however_often_told(seeds: Seeds) -> None:
    [figure] = seeds.figures(275)
    assert (len(figure.claims), seeds.name(figure.place)) == (3, "Raqqa")


def test_those_who_remain_differ_by_moment_source_and_whom_they_count(seeds: Seeds) -> None:
    [figure] = [f for f in seeds.figures(200, "present") if f in seeds.figures(300, "present")]
    [dispute] = [d for d in figure.disputes if d.field == "amount"]
    told = {v.value: {seeds.source(c) for c in v.claims} for v in dispute.values}
    assert told == {"200 to 300": {"Syrian Democratic Forces"}, "about 300 to 400": {"US-led coalition"}}
    assert all(words in dispute.why for words in ("Different sources", "different groups", "different moments"))
    assert (figure.low, figure.high) == (200, 400)


def test_three_thousand_surrendered_at_baghouz_in_all(seeds: Seeds) -> None:
    [figure] = seeds.figures(3000, "surrendered")
    assert (figure.low, figure.high, figure.mode, seeds.name(figure.place)) == (3000, 3000, "cumulative", "Baghouz")
