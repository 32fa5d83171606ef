"""A statement as the workspace quotes it: the words with all that is attributed around them."""

from __future__ import annotations

import pytest

from onrecord.model.records import Dispatch
from onrecord.web.quotes import quote_statement
from tests.factories import a_dispatch, a_statement, span_of

TEXT = "“We held the mill. The guards left at dawn,” Selo said."


class Books:
    """As much of the workspace's index as a quotation asks for."""

    def __init__(self, dispatch: Dispatch) -> None:
        self.dispatches = {dispatch.id: dispatch}
        self.entities: dict[str, object] = {}
        self.statements: dict[str, object] = {}


@pytest.mark.parametrize(
    ("whole", "before", "after"),
    [("“We held the mill. The guards left at dawn,”", "“", " The guards left at dawn,”"), (None, "", "")],
)
def test_a_statement_is_quoted_with_all_that_is_attributed(whole: str | None, before: str, after: str) -> None:
    dispatch = a_dispatch(TEXT)
    span = span_of(dispatch, whole) if whole else None
    quote = quote_statement(Books(dispatch), a_statement(dispatch, "We held the mill.", whole=span))  # type: ignore[arg-type]
    assert quote is not None
    assert (quote.before, quote.words, quote.after) == (before, "We held the mill.", after)
    assert not quote.cut_before
    assert not quote.cut_after


def test_a_long_speech_is_cut() -> None:
    text = f"“Go. {'We walked on and on. ' * 40}” Selo said."
    dispatch = a_dispatch(text)
    whole = span_of(dispatch, text[: text.index("” Selo") + 1])
    quote = quote_statement(Books(dispatch), a_statement(dispatch, "Go.", whole=whole))  # type: ignore[arg-type]
    assert quote is not None
    assert quote.cut_after
    assert len(quote.after) < len(text) / 2
