"""An undated dispatch is dated by dated ones of the same events, no more precisely than they allow, with reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from onrecord.model.records import Claim, Dispatch, Reading, Record
from onrecord.model.values import When
from onrecord.reconcile.record import reconcile
from onrecord.reconcile.redating import published_in
from tests.reconcile.scene import Scene, knowledge, record_of, scene

_SUNDAY = "2017-10-15"


def _wire(
    *, day: str = _SUNDAY, published: str = "2017-10-16", deaths: int = 27, outlet: str = "Valley Times"
) -> Scene:
    """A dated report of a capture and a strike at Belis, with a count of the dead."""
    made = scene(
        f"{outlet} hears from its own reporter that Belis is in new hands: the ARDF took it before noon. Of what the "
        f"Black Banner did there next, a strike on the mill of Belis, {deaths} people died, doctors count.",
        outlet=outlet,
        published=published,
    )
    front, banner = made.name("ARDF"), made.name("Black Banner")
    first, second = made.name("Belis", "place"), made.name("Belis", "place", nth=1)
    made.claim("took", type="territory_gain", agents=[front], place=first, when=day)
    strike = made.claim("strike", type="air_strike", agents=[banner], place=second, when=day)
    made.figure(f"{deaths} people", "killed", deaths, deaths, about=strike, place=second, who="people", as_of=day)
    return made


def _undated(text: str = "On Sunday the ARDF took Belis. A strike by the Black Banner hit Belis as well.") -> Scene:
    made = scene(text, outlet="River Post", published=None, published_basis="none")
    front, banner = made.name("ARDF"), made.name("Black Banner")
    first, second = made.name("Belis", "place"), made.name("Belis", "place", nth=1)
    made.claim("took", type="territory_gain", agents=[front], place=first)
    made.claim("strike", type="air_strike", agents=[banner], place=second)
    return made


def _dispatch(record: Record, made: Scene) -> Dispatch:
    return next(d for d in record.dispatches if d.id == made.dispatch.id)


def test_a_weekday_dates_it_to_the_week_from_that_day_on() -> None:
    undated, wire = _undated(), _wire()
    record = record_of(undated, wire)
    [dating] = record.datings
    assert dating.between == When("2017-10-15", "2017-10-21")
    assert (_dispatch(record, undated).published, _dispatch(record, undated).published_basis) == ("2017-10", "linked")
    assert f"{wire.dispatch.id} dates to 2017-10-15, a Sunday as here" in dating.reasons[0]
    assert "territory gain by Ardun Defence Front at Belis" in dating.reasons[0]
    assert len(dating.reasons) == 2


def test_the_weekday_must_be_that_of_the_event() -> None:
    undated = _undated("On Monday the ARDF took Belis. A strike by the Black Banner hit Belis as well.")
    record = record_of(undated, _wire())
    assert (record.datings, _dispatch(record, undated).published) == ((), None)


def test_a_weekday_alone_is_not_enough() -> None:
    undated = scene("On Sunday the ARDF took Belis.", published=None, published_basis="none")
    undated.claim(
        "took", type="territory_gain", agents=[undated.name("ARDF")], place=undated.name("Belis", "place")
    )  # fmt: skip
    assert record_of(undated, _wire()).datings == ()


def test_the_weekday_of_what_a_source_said_is_not_that_of_the_event() -> None:
    undated = _undated("The ARDF took Belis, it said on Sunday. A strike by the Black Banner hit Belis as well.")
    told = undated.says("The ARDF took Belis")
    undated.parts = [
        replace(p, statement=told.id) if isinstance(p, Claim) and p.type == "territory_gain" else p
        for p in undated.parts
    ]
    assert record_of(undated, _wire()).datings == ()


def test_without_a_weekday_three_things_in_common_give_a_wide_stretch() -> None:
    text = "The ARDF took Belis. A strike by the Black Banner on Belis left 27 people dead."
    undated = _undated(text)
    record = record_of(undated, _wire())
    assert record.datings == ()
    undated.figure("27 people", "killed", 27, 27, place=undated.name("Belis", "place", nth=1), who="people")
    record = record_of(undated, _wire())
    [dating] = record.datings
    assert dating.between == When("2017-10-09", "2017-11-16")
    assert _dispatch(record, undated).published == "2017"
    assert any("the same number (killed 27 at Belis)" in reason for reason in dating.reasons)


def test_what_others_date_to_times_far_apart_dates_nothing() -> None:
    again = _wire(day="2017-12-10", published="2017-12-11", outlet="Hill Post", deaths=40)
    assert record_of(_undated(), _wire(), again).datings == ()


def test_it_is_not_dated_before_a_day_that_it_gives_itself() -> None:
    undated = _undated("On Sunday the ARDF took Belis. A strike by the Black Banner hit Belis. On 18 October it left.")
    undated.claim("left", when="2017-10-18", agents=[undated.name("ARDF")])
    [dating] = record_of(undated, _wire()).datings
    assert dating.between == When("2017-10-18", "2017-10-21")


def test_a_background_of_long_ago_dates_nothing() -> None:
    assert record_of(_undated(), _wire(published="2018-10-16")).datings == ()


def test_quoted_words_bear_a_weekday_out() -> None:
    words = "“We shall not leave this town before the river runs dry”"
    undated = scene(
        f"On Sunday the ARDF took Belis. {words}, it said. Shops stayed shut along the main street, where people "
        "queued for bread and for news of sons whom nobody had seen since the shelling of the bus depot in spring.",
        published=None,
        published_basis="none",
    )
    undated.claim("took", type="territory_gain", agents=[undated.name("ARDF")], place=undated.name("Belis", "place"))
    undated.says(words[1:-1], direct=True)
    wire = scene(
        f"A town on the river changed hands for the third time this year: the ARDF took Belis. {words}, one commander "
        "told his men by radio, according to a nurse who heard him.",
        published="2017-10-16",
    )
    wire.claim(
        "took", type="territory_gain", agents=[wire.name("ARDF")], place=wire.name("Belis", "place"), when=_SUNDAY
    )  # fmt: skip
    wire.says(words[1:-1], direct=True)
    [dating] = record_of(undated, wire).datings
    assert any("quotes the same words" in reason for reason in dating.reasons)


def test_a_copy_and_a_judgement_give_their_reason_too() -> None:
    long = "The ARDF took Belis on Sunday after a fight of nine hours over the bridge and the grain store by the river."
    old, new = scene(long, published="2017-10-16"), scene(long + " More.", published=None, published_basis="none")
    [dating] = record_of(old, new).datings
    assert dating.reasons == (f"a copy of it, {old.dispatch.id}, has this date",)


@pytest.mark.parametrize(
    ("between", "iso"),
    [
        (When("2017-10-15", "2017-10-15"), "2017-10-15"),
        (When("2017-10-15", "2017-10-21"), "2017-10"),
        (When("2017-10-29", "2017-11-04"), "2017"),
        (When("2017-12-28", "2018-01-03"), None),
    ],
)
def test_a_date_is_cut_where_its_sides_differ(between: When, iso: str | None) -> None:
    assert published_in(between) == iso


# ---------------------------------------------------------------------------------------------------- reading again


def _reader(undated: Scene, asked: list[str | None]) -> Callable[[Dispatch], Reading]:
    """A reader that puts "took" on the last Sunday before publication, and the strike on the day itself."""

    def read(dispatch: Dispatch) -> Reading:
        asked.append(dispatch.published)
        days = {"territory_gain": _SUNDAY, "air_strike": str(dispatch.published)}
        dated = [
            replace(p, when=When(day, day)) if isinstance(p, Claim) and (day := days.get(p.type)) else p
            for p in undated.parts
        ]
        return replace(undated, parts=dated).reading

    return read


def test_what_comes_out_on_all_days_is_so_and_the_rest_covers_them() -> None:
    undated, wire, asked = _undated(), _wire(), list[str | None]()
    record = reconcile(
        [s.dispatch for s in (undated, wire)],
        [s.reading for s in (undated, wire)],
        [],
        knowledge=knowledge(),
        reread=_reader(undated, asked),
    )
    assert asked == ["2017-10-15", "2017-10-21"]
    when = {c.type: c.when for c in record.claims if c.dispatch == undated.dispatch.id}
    assert when == {"territory_gain": When(_SUNDAY, _SUNDAY), "air_strike": When("2017-10-15", "2017-10-21")}
    took = next(e for e in record.events if e.type == "territory_gain")
    assert (len(took.claims), took.when) == (2, When(_SUNDAY, _SUNDAY))


def test_a_dispatch_with_a_date_of_its_own_is_read_once() -> None:
    wire, asked = _wire(), list[str | None]()
    reconcile([wire.dispatch], [wire.reading], [], knowledge=knowledge(), reread=_reader(wire, asked))
    assert asked == []
