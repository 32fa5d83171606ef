"""FollowTheMoney and PROV, read back with the libraries of those who use them."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from bench.large import a_large_record
from onrecord.exports.losses import Losses
from onrecord.exports.write import write_export
from onrecord.model.records import Record
from tests.exports.told import COALITION, HOUSES, a_told_record, said
from tests.factories import a_record

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the libraries, among themselves
LARGE = a_large_record(40, places=4)


def graph(folder: Path, name: str = "record.ttl", record: Record = LARGE) -> Any:
    rdflib = pytest.importorskip("rdflib")
    write_export("prov", record, folder)
    return rdflib.Graph().parse(folder / name)


@pytest.mark.parametrize("record", [LARGE, a_record()])
def test_entities_are_valid_follow_the_money(record: Record, tmp_path: Path) -> None:
    ftm = pytest.importorskip("followthemoney")
    write_export("ftm", record, tmp_path)
    lines = (tmp_path / "entities.ftm.json").read_text(encoding="utf-8").splitlines()
    by_id = {}
    for line in lines:
        given = json.loads(line)
        proxy = ftm.model.get_proxy(given)
        proxy.schema.validate(given)
        assert proxy.to_dict()["properties"] == given["properties"]
        for prop, value in proxy.itervalues():
            assert prop.type.validate(value), (prop.name, value)
        by_id[proxy.id] = proxy
    for proxy in by_id.values():
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert by_id[value].schema.is_a(prop.range), (prop.name, value)
    assert {e.id for e in record.events} <= set(by_id)


def test_each_value_is_a_statement_with_its_origin(tmp_path: Path) -> None:
    statement = pytest.importorskip("followthemoney.statement")
    write_export("ftm", LARGE, tmp_path)
    file = BytesIO((tmp_path / "statements.csv").read_bytes())
    read = list(statement.read_statements(file, "csv"))
    lines = (tmp_path / "entities.ftm.json").read_text(encoding="utf-8").splitlines()
    entities = {entity["id"]: entity for entity in map(json.loads, lines)}
    values = {(s.entity_id, s.prop, s.value) for s in read if s.prop != "id"}
    assert values == {(i, p, v) for i, e in entities.items() for p, vs in e["properties"].items() for v in vs}
    for each in read:
        assert each.origin
        assert each.id == statement.Statement.make_key("onrecord", each.entity_id, each.prop, each.value, False)
    event = next(s for s in read if s.entity_id == LARGE.events[0].id)
    assert LARGE.events[0].claims[0] in event.origin


def test_a_thing_that_was_hit_is_lost(tmp_path: Path) -> None:
    losses = Losses()
    write_export("ftm", a_told_record(said("destruction", COALITION, targets=(HOUSES,))), tmp_path, losses=losses)
    assert ("field", "thing") in {(loss.item, loss.what) for loss in losses}


def test_turtle_and_json_ld_say_the_same(tmp_path: Path) -> None:
    compare = pytest.importorskip("rdflib.compare")
    turtle, linked = graph(tmp_path / "a"), graph(tmp_path / "b", "record.jsonld")
    assert len(turtle) > 500
    assert compare.isomorphic(turtle, linked)


@pytest.mark.parametrize("record", [LARGE, a_record(), Record()])
def test_the_graph_keeps_its_shapes(record: Record, tmp_path: Path) -> None:
    pyshacl = pytest.importorskip("pyshacl")
    made = graph(tmp_path, record=record)
    good, _, report = pyshacl.validate(made, shacl_graph=str(tmp_path / "shapes.ttl"), shacl_graph_format="turtle")
    assert good, report


def test_the_shapes_find_a_claim_without_its_words(tmp_path: Path) -> None:
    pyshacl = pytest.importorskip("pyshacl")
    made = graph(tmp_path)
    prov = "http://www.w3.org/ns/prov#"
    for triple in list(made.triples((None, next(p for p in made.predicates() if str(p) == f"{prov}value"), None)))[:1]:
        made.remove(triple)
    good, _, _ = pyshacl.validate(made, shacl_graph=str(tmp_path / "shapes.ttl"), shacl_graph_format="turtle")
    assert not good


def test_a_question_leads_from_an_event_to_the_words(tmp_path: Path) -> None:
    record = a_told_record(said("air_strike", COALITION))
    rows = graph(tmp_path, record=record).query("""
        PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX onr: <urn:onrecord:term:>
        SELECT ?who ?words ?day WHERE { ?event a sem:Event ; onr:agent ?actor ; sem:hasBeginTimeStamp ?day ;
          prov:wasDerivedFrom ?claim . ?actor rdfs:label ?who . ?claim prov:value ?words . }""")
    assert [tuple(map(str, row)) for row in rows] == [("US-led coalition", "air_strike number 0", "2018-09-10")]
