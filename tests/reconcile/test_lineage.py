"""Copies and rewrites of one report have one lineage; two reports of one thing have two."""

from __future__ import annotations

from dataclasses import replace

from onrecord.model.records import Dispatch, Marked
from onrecord.reconcile.lineage import lineages
from tests.factories import a_dispatch

_WIRE = (
    "Fighters of the Ardun Defence Front entered the river town of Belis at dawn, two days after the last road to it "
    "was cut. Residents said shops stayed shut while men with loudspeakers told them to keep away from the windows. "
    "“We have no bread left and the wells near the mill have been dry since Thursday,” said a baker in the old market. "
    "A hospital clerk counted 41 wounded before the lights failed. “Whoever holds the bridge tonight will hold the "
    "whole valley by the weekend,” said Toma Veld, who teaches geography. The commander of the garrison could not be "
    "reached. “My brother walked eleven hours with a child on his back and nobody stopped him,” a woman said."
)
_REWRITE = (
    "After two days without a road, Belis fell at breakfast. “We have no bread left and the wells near the mill have "
    "been dry since Thursday,” a baker told reporters. The clerk of the town's clinic spoke of dozens of hurt people. "
    "“My brother walked eleven hours with a child on his back and nobody stopped him,” another recalled. Analysts "
    "were cautious. “Whoever holds the bridge tonight will hold the whole valley by the weekend,” one of them said."
)
_OTHER = (
    "Belis is in the hands of the Front, its spokesman claimed on Monday. The ministry in the capital said that the "
    "garrison had withdrawn to prepared positions. Neither account could be checked, and telephone lines were down. "
    "Aid workers in Ardun expect several thousand people to arrive on foot before the end of the week."
)
_THIRD = (
    "Three fishermen were pulled from the lake south of Ardun after their boat struck a mine laid last winter. The "
    "harbour master said two of them would keep their sight. A ban on night fishing, lifted in spring, is in force "
    "again, and the cooperative asked for payment from the emergency chest that the province opened in May."
)
_DESK_ONE = (
    "Trucks of the river authority took 340 families out of Belis before noon under an accord made by the two mayors. "
    "Hanna Ruiz, who speaks for the authority, said 55 wounded men had been put on the first four lorries. The Front "
    "agreed to hold its fire until the column had passed the mill, she said. Nobody on the council had been told "
    "which road it would take. Its members met until midnight and parted without a vote."
)
_DESK_TWO = (
    "In Belis an accord between two mayors opened the road for a morning. Hanna Ruiz, speaking for the river "
    "authority, said 55 wounded men had been put on the first four lorries. Trucks of the authority took 340 families "
    "out before noon. The Front had agreed to hold its fire until the column had passed the mill. No one on the "
    "council had been told which road it would take."
)
_DESK_THREE = (
    "The accord in Belis let 340 families leave, mayors on both banks confirmed. At the mill our reporter counted four "
    "lorries; 55 men lay on straw in the first two. A sentry of the Front waved them on. Hanna Ruiz of the river "
    "authority thanked both mayors and would not say which road had been chosen."
)


def test_a_shortened_copy_belongs_to_the_older_text() -> None:
    old = a_dispatch(_WIRE, published="2017-10-15")
    new = a_dispatch("BELIS, Monday. " + _WIRE[:420], published="2017-10-16", outlet="Other Post")
    assert lineages([new, old]) == {old.id: old.id, new.id: old.id}


def test_a_rewrite_shares_quotations() -> None:
    old = a_dispatch(_WIRE, published="2017-10-15")
    new = a_dispatch(_REWRITE, published="2017-10-16")
    assert lineages([old, new])[new.id] == old.id


def test_a_wire_that_two_desks_reworded_is_one() -> None:
    one = a_dispatch(_DESK_ONE, published="2017-10-15", outlet="Harbour Post")
    other = a_dispatch(_DESK_TWO, published="2017-10-16", outlet="Hill Courier")
    assert lineages([other, one])[other.id] == one.id


def test_two_reporters_with_the_same_numbers_are_two() -> None:
    one = a_dispatch(_DESK_ONE, published="2017-10-15", outlet="Harbour Post")
    other = a_dispatch(_DESK_THREE, published="2017-10-16", outlet="Hill Courier")
    assert lineages([other, one])[other.id] == other.id


def test_sentences_told_alike_with_other_numbers_are_no_rewrite() -> None:
    anew = _DESK_TWO.replace("55", "61").replace("340", "212").replace("four lorries", "nine lorries")
    one = a_dispatch(_DESK_ONE, published="2017-10-15")
    other = a_dispatch(anew, published="2017-10-16")
    assert lineages([other, one])[other.id] == other.id


def test_quotations_a_month_apart_are_no_rewrite() -> None:
    old = a_dispatch(_WIRE, published="2017-10-15")
    new = a_dispatch(_REWRITE, published="2017-11-20")
    assert lineages([old, new])[new.id] == new.id


def test_two_reports_of_one_event_are_two() -> None:
    one, other = a_dispatch(_WIRE), a_dispatch(_OTHER)
    assert lineages([one, other]) == {one.id: one.id, other.id: other.id}


def test_a_form_filled_in_anew_is_no_copy() -> None:
    form = (
        "The command reports for {day}: near Ardun, {a} strikes engaged {b} tactical units and destroyed {c} fighting "
        "positions, {a} vehicles and a staging area; near Belis, {b} strikes destroyed {c} wellheads."
    )
    one = a_dispatch(form.format(day="9 May", a="seven", b="four", c="twelve"), published="2017-05-09")
    other = a_dispatch(form.format(day="10 May", a="three", b="six", c="nine"), published="2017-05-10")
    assert lineages([one, other])[other.id] == other.id


def test_a_form_with_the_same_footnotes_is_no_rewrite() -> None:
    notes = (
        " Figures are given as the crews reported them and are never revised afterwards by this office. A sortie that "
        "returns without release of weapons is left out of every table on this page. Damage to roads and fields is "
        "listed apart and only where pictures from the ground confirm it."
    )
    form = "Near Ardun {a} sorties hit {b} trenches and {c} lorries; near Belis {b} sorties hit {a} sheds."
    one = a_dispatch(form.format(a="12", b="31", c="14") + notes, published="2017-05-09")
    other = a_dispatch(form.format(a="18", b="27", c="45") + notes, published="2017-05-10")
    assert lineages([one, other])[other.id] == other.id


def test_a_digest_makes_no_copies_of_what_it_holds() -> None:
    parts = [_WIRE, _OTHER.replace("Belis", "Ardun"), _THIRD]
    texts = [a_dispatch(p, published=f"2017-10-{10 + n}") for n, p in enumerate(parts)]
    filler = " ".join(f"Item {n} of the day concerns the price of tin in market number {n * 7}." for n in range(220))
    digest = a_dispatch(" ".join(parts) + filler, published="2017-10-20")
    found = lineages([*texts, digest])
    assert len({found[t.id] for t in texts}) == 3


def test_what_is_marked_as_furniture_does_not_count() -> None:
    footer = " Read more on our pages about gardens, boats, travel, pets and much else besides, every single day." * 3
    one, other = a_dispatch(_WIRE[:200] + footer), a_dispatch(_OTHER[:200] + footer)
    marked = [_footer_marked(d, footer) for d in (one, other)]
    assert lineages(marked) == {one.id: one.id, other.id: other.id}


def test_an_undated_copy_is_never_the_oldest() -> None:
    dated = a_dispatch(_WIRE, published="2017-10-15")
    undated = a_dispatch(_WIRE + " (agencies)", published=None)
    assert lineages([undated, dated])[undated.id] == dated.id


def _footer_marked(dispatch: Dispatch, footer: str) -> Dispatch:
    start = dispatch.text.index(footer)
    return replace(dispatch, marked=(Marked(start, start + len(footer), "furniture"),))


def test_a_short_form_of_another_day_is_no_copy() -> None:
    form = (
        "{day}, near {place}, via residents. After a review of all that was filmed on that day it was found that "
        "nobody was hurt there, and that the smoke which people saw came from a kiln behind the brick works."
    )
    one = a_dispatch(form.format(day="Nov. 4, 2018", place="Ardun"))
    two = a_dispatch(form.format(day="Nov. 11, 2018", place="Belis"))
    same = a_dispatch("UPDATE " + form.format(day="Nov. 4, 2018", place="Ardun"))
    found = lineages([one, two, same])
    assert found[one.id] != found[two.id]
    assert found[one.id] == found[same.id], "a copy of the same day is one"
