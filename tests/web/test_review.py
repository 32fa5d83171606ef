"""The queue asks first what changes most, one key an answer, and never asks again what was decided."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

from onrecord.model.anchors import Anchor
from onrecord.model.records import Judgement
from onrecord.office import Office
from onrecord.project import Project
from onrecord.store.memory import MemoryStore
from onrecord.web import queries
from onrecord.web.questions import open_questions, questions
from tests.web.browse import get, plain
from tests.web.test_decisions import Browser
from tests.web.world import FakeStore, a_world, make_app

WORLD = a_world()


class Notes(Office):
    """Keeps decisions and follows none, so that the record stays the one made by hand."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._wanted = Event()


def a_judgement(verdict: str, about: str, value: str | None = None, *anchors: Anchor) -> Judgement:
    return Judgement("j1", verdict, about, "amal", "2026-01-01T00:00:00Z", value, anchors=anchors)


def claim_anchor(claim: str) -> Anchor:
    found = next(c for c in WORLD.claims if c.id == claim)
    return Anchor(found.dispatch, found.trigger.start, found.trigger.end, "", "", "", found.kind, found.type)


def test_a_dispute_is_asked_until_one_of_its_accounts_is_judged() -> None:
    ix = queries.index(WORLD)
    asked = [q for q in questions(ix) if q.kind == "dispute"]
    assert asked
    assert [q.weight for q in questions(ix)] == sorted((q.weight for q in questions(ix)), reverse=True)
    first = asked[0]
    claim = first.options[0].about
    judged = a_judgement("right", claim, None, claim_anchor(claim))
    assert first not in open_questions(ix, [judged])
    assert first in open_questions(ix, [replace(judged, withdrawn="2026-01-02T00:00:00Z")])
    assert first in open_questions(ix, [])


def test_names_spelt_alike_are_asked_about_and_others_are_not() -> None:
    known = next(e for e in WORLD.entities if e.name == "Samir Odeh")
    names = ("Samir Odeeh", "Samir", "Samir Haddad", "samir odehs", "Samir Odeh 2")
    others = tuple(replace(known, id=f"e-{n}", name=name) for n, name in enumerate(names))
    ix = queries.index(replace(WORLD, entities=(*WORLD.entities, *others)))
    titles = [q.title for q in questions(ix) if q.kind == "names"]
    assert titles == ["Samir Odeh and Samir Odeeh"]


def test_a_doubtful_claim_of_a_well_graded_event_is_asked_about() -> None:
    event = next(e for e in WORLD.events if len(e.claims) > 1)
    claims = tuple(replace(c, score=0.2, event=event.id) if c.id == event.claims[0] else c for c in WORLD.claims)
    graded = replace(event, grade="confirmed", disputes=())
    made = replace(WORLD, claims=claims, events=tuple(graded if e.id == event.id else e for e in WORLD.events))
    assert [q.subjects for q in questions(queries.index(made)) if q.kind == "claim"] == [frozenset(event.claims[:1])]


def test_the_page_asks_one_question_with_a_key_for_each_answer() -> None:
    shown = get(make_app(FakeStore(WORLD)), "/review")[0].text
    assert "Which account is right?" in shown
    assert "question" in plain(shown)
    assert get(make_app(FakeStore(WORLD)), "/review?kind=names&skip=9")[0].status_code == 200


def test_an_answer_goes_on_to_the_next_question_at_once() -> None:
    store = MemoryStore()
    for dispatch in WORLD.dispatches:
        store.add(dispatch)
    store.save_record(WORLD)
    project = Project(store)
    ix = queries.index(WORLD)
    browser = Browser(make_app(store, office=Notes(project)))
    before = open_questions(ix, store.judgements())
    option = before[0].options[0]
    answer = browser.decide(option.verdict, option.about, option.value, back="/review?skip=0")
    assert answer.headers["location"] == "/review?skip=0"
    assert before[0] not in open_questions(ix, store.judgements())
    assert "1 decision being brought up to date" in plain(browser.ask("/review").text)
