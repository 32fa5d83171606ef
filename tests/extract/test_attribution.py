"""Attribution: tables of sentences with their statements, the quotation finder, and what must hold on any text."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from onrecord.extract.attribution import cues
from onrecord.extract.attribution.channels import channel_in, medium
from onrecord.extract.attribution.quotations import quotations
from onrecord.extract.attribution.sources import speaker_text
from onrecord.extract.attribution.statements import statements
from onrecord.extract.sentences import sentences
from onrecord.model.records import Dispatch, Mention, Statement
from onrecord.model.vocabulary import STANCES
from onrecord.reader.rules import RuleTagger
from tests.factories import a_dispatch, a_mention

TABLE: dict[str, Any] = tomllib.loads((Path(__file__).parents[1] / "cases" / "attribution.toml").read_text("utf-8"))
CASES: list[dict[str, Any]] = TABLE["case"]


@dataclass(frozen=True)
class APerson:
    """A profile made by hand."""

    mention: str
    role: str | None = None
    organisation: str | None = None


def mentions_in(dispatch: Dispatch) -> tuple[Mention, ...]:
    """Every name of the table's cast, surnames too, where it stands in the text."""
    found = []
    for kind, names in TABLE["cast"].items():
        for name in names:
            forms = [name, name.split()[-1]] if kind == "person" else [name]
            for form in forms:
                for nth, at in enumerate(re.finditer(rf"\b{re.escape(form)}\b", dispatch.text)):
                    inside = form != name and dispatch.text[: at.start()].endswith(name.split()[0] + " ")
                    if not inside:
                        found.append(a_mention(dispatch, form, kind, nth=nth, name=name))
    return tuple(found)


def read(text: str, *profiles: APerson) -> tuple[Dispatch, tuple[Mention, ...], tuple[Statement, ...]]:
    """A text with the cast's mentions and what is said in it."""
    dispatch = a_dispatch(text)
    mentions = mentions_in(dispatch)
    return dispatch, mentions, statements(dispatch, sentences(dispatch, RuleTagger().tag(text)), mentions, profiles)


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_statements_of_the_table(case: dict[str, Any]) -> None:
    dispatch, mentions, found = read(case["text"])
    names = {mention.id: mention.name for mention in mentions}
    assert [[s.speaker_text, s.stance, s.content.of(dispatch.text)] for s in found] == case["said"]
    ids = [s.id for s in found]
    shown: dict[str, list[Any]] = {
        "direct": [s.direct for s in found],
        "channel": [s.channel or "" for s in found],
        "role": [s.role or "" for s in found],
        "organisation": [names[s.organisation] if s.organisation else "" for s in found],
        "within": [ids.index(s.within) if s.within else -1 for s in found],
    }
    for key, expected in case.items():
        if key in shown:
            assert shown[key] == expected


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 70


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_every_statement_quotes_its_dispatch_and_reading_again_gives_the_same(case: dict[str, Any]) -> None:
    dispatch, mentions, found = read(case["text"])
    known = {mention.id for mention in mentions}
    for statement in found:
        assert statement.content.of(dispatch.text).strip() == statement.content.of(dispatch.text) != ""
        assert statement.cue is None or statement.cue.of(dispatch.text).strip()
        assert statement.speaker is None or statement.speaker in known
        assert statement.organisation is None or statement.organisation in known
        assert statement.stance in STANCES
    assert len({statement.id for statement in found}) == len(found)
    assert read(case["text"])[2] == found


def test_a_named_source_is_a_mention_and_a_described_one_is_not() -> None:
    _, mentions, found = read("Kanto said the road was open. A shepherd said the road was closed.")
    assert found[0].speaker == mentions[0].id
    assert (found[1].speaker, found[1].speaker_text) == (None, "shepherd")


def test_a_profile_tells_role_and_organisation() -> None:
    text = "The Northern Front met on Monday. Selo said the harbour was quiet."
    dispatch = a_dispatch(text)
    front, selo = a_mention(dispatch, "Northern Front"), a_mention(dispatch, "Selo", "person", name="Adil Selo")
    _, _, found = read(text, APerson(selo.id, "spokesman", front.id))
    assert (found[0].role, found[0].organisation) == ("spokesman", front.id)


def test_a_person_speaks_for_the_same_body_throughout() -> None:
    text = "Adil Selo of the Northern Front came. Selo said the harbour was quiet."
    dispatch = a_dispatch(text)
    front, selo = a_mention(dispatch, "Northern Front"), a_mention(dispatch, "Adil Selo", "person")
    _, _, found = read(text, APerson(selo.id, "spokesman", front.id))
    assert [(s.speaker_text, s.role, s.organisation) for s in found] == [("Adil Selo", "spokesman", front.id)]


def test_the_official_with_a_role_is_the_one_who_has_it() -> None:
    text = "Mira Kanto runs the inquest. The coroner said the wounds were old."
    dispatch = a_dispatch(text)
    kanto = a_mention(dispatch, "Mira Kanto", "person")
    _, _, found = read(text, APerson(kanto.id, "coroner"))
    assert [s.speaker_text for s in found] == ["Mira Kanto"]


@pytest.mark.parametrize(
    ("source", "speaker"),
    [("secretary of state", "Mira Kanto"), ("defence secretary", "Hasan Brek"), ("secretary", "secretary")],
)
def test_an_office_is_told_by_all_of_its_words(source: str, speaker: str) -> None:
    text = f"Mira Kanto and Hasan Brek met in Tessil. The {source} said the truce was dead."
    dispatch = a_dispatch(text)
    kanto, brek = a_mention(dispatch, "Mira Kanto", "person"), a_mention(dispatch, "Hasan Brek", "person")
    _, _, found = read(text, APerson(kanto.id, "secretary of state"), APerson(brek.id, "defence secretary"))
    assert [s.speaker_text for s in found] == [speaker]


def test_a_resolved_pronoun_gives_its_name() -> None:
    text = "The dam held. She said the dam had been repaired."
    dispatch = a_dispatch(text)
    she = a_mention(dispatch, "She", "person", name="Mira Kanto", form="pronoun")
    found = statements(dispatch, sentences(dispatch, RuleTagger().tag(text)), (she,), ())
    assert [(s.speaker_text, s.speaker) for s in found] == [("Mira Kanto", she.id)]


def test_a_long_quotation_is_parted_after_its_first_sentence() -> None:
    first = "We walked for nine days over the hills with the children on our backs and slept under the carts at night."
    rest = "Nobody stopped us on the road, and nobody gave us bread. " * 3
    text = f"“{first} {rest.strip()}” Pell said."
    dispatch, _, found = read(text.replace(".” Pell", ",” Pell"))
    assert found[0].content.of(dispatch.text) == first
    assert found[1].content.of(dispatch.text).startswith("Nobody stopped us")
    assert all(s.direct and s.speaker_text == "Joan Pell" for s in found)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The last fighters had left Ardun, Adil Selo, a council member, said.", "Adil Selo, a council member"),
        ("The mayor of Ardun denied it had rained.", "The mayor of Ardun"),
        ("Selo said it had rained, adding that the road was shut.", "Selo"),
        ("“The road is shut,” said Selo. “The mill is too, and nobody knows for how long.”", "Selo"),
    ],
)
def test_the_words_that_name_the_source_are_kept(text: str, source: str) -> None:
    dispatch, _, found = read(text)
    assert {s.source.of(dispatch.text) if s.source else "" for s in found} == {source}


@pytest.mark.parametrize(("who", "named"), [(", who came by ferry", True), (f", who came {'at dawn ' * 40}", False)])
def test_words_that_go_on_have_their_source_where_it_is_near(who: str, named: bool) -> None:
    _, _, found = read(f"“The road is shut,” said Selo{who}. “The mill is too, and so is the ford.”")
    assert [s.speaker_text for s in found] == ["Adil Selo"] * 2
    assert bool(found[1].source) == named


def test_the_cue_is_the_verb() -> None:
    dispatch, _, found = read("The last fighters had left Ardun, Selo said.")
    assert found[0].cue is not None
    assert found[0].cue.of(dispatch.text) == "said"


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“One of us,” he said.", ["One of us"]),
        ('He said: "It is over." Then "it" was not.', ["It is over.", "it"]),
        ("“First part.\n“Second part.” End.", ["First part.", "Second part."]),
        ("“First part. “Second part.” End.", ["First part.", "Second part."]),
        ("“Never closed.\nA new paragraph.", []),
        ("A ‘small’ mark and the boys’ bread.", ["small"]),
        ("«Tout est fini», dit-il.", ["Tout est fini"]),
        ("''It is over,'' he said.", ["It is over"]),
        ("“They wrote “out” on it and left,” he said. “Go.”", ["They wrote “out” on it and left", "Go."]),
        ("No marks at all.", []),
        ('A 5" gun and nothing more.', []),
    ],
)
def test_quotations(text: str, inside: list[str]) -> None:
    assert [text[q.start : q.end] for q in quotations(text)] == inside


@pytest.mark.parametrize(
    ("words", "channel"),
    [
        ("Selo told Reuters on Sunday", "Reuters"),
        ("Selo wrote on Telegram", "Telegram"),
        ("Selo said in a short video message", "video message"),
        ("speaking to the Guardian, Selo said", "Guardian"),
        ("Selo tweeted", "Twitter"),
        ("Selo said", None),
    ],
)
def test_channels(words: str, channel: str | None) -> None:
    assert channel_in(words) == channel


def test_media_are_told_from_other_speakers() -> None:
    assert medium("the Tass news agency") == "Tass"
    assert medium("Varnian state television") == "Varnian state television"
    assert medium("the defence ministry") is None


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("a spokesman for the Guard", "spokesman"),
        ("One of the drivers", "drivers"),
        ("the US official", "US official"),
        ("witnesses", "witnesses"),
    ],
)
def test_speaker_text_drops_article_and_what_follows_the_head(said: str, text: str) -> None:
    assert speaker_text(said) == text


def test_plain_saying_takes_the_stance_of_its_words() -> None:
    assert cues.stance_of("asserts", "the gates will open", direct=False) == "predicts"
    assert cues.stance_of("asserts", "it was a catastrophe", direct=True) == "evaluates"
    assert cues.stance_of("asserts", "it was a catastrophe", direct=False) == "asserts"
    assert cues.stance_of("denies", "the gates will open", direct=False) == "denies"


def test_the_word_lists_hold_together() -> None:
    assert cues.verbs()["said"][0].stance == "asserts"
    assert {verb.frame for some in cues.verbs().values() for verb in some} == set(cues.FRAMES)
    assert cues.nouns()["pledge"].joins


def test_a_sentence_without_end_is_read_in_parts() -> None:
    dispatch, _, found = read("Selo said the road was open and " * 400)
    assert len(dispatch.text) > 10_000
    assert len(found) > 300


def test_empty_texts_say_nothing() -> None:
    assert read("")[2] == ()
    assert statements(a_dispatch("x"), (), (), ()) == ()
