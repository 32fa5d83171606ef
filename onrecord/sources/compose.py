"""Makes a dispatch of a text and of what was given about it."""

from __future__ import annotations

import unicodedata

from onrecord.model.records import Dispatch, dispatch_id
from onrecord.sources.header import read_header
from onrecord.sources.options import SourceOptions
from onrecord.sources.pieces import Given, Piece
from onrecord.sources.published import Order, publication


def compose(piece: Piece, *, order: Order, options: SourceOptions) -> Dispatch:
    """Return the dispatch that this text is; the text is frozen as it stands.

    What was given beside the text (a page's metadata, a table's columns) goes before what is read from it.
    """
    given = piece.given
    header = read_header(piece.text, title=given.title)
    published = publication(header, given, text=piece.text, order=order, options=options)
    read = Given(header.title, header.outlet, header.agency, header.byline, header.url, None, header.language)
    known = given.over(read)
    language, notes = _language(known.language, piece.text)
    return Dispatch(
        id=dispatch_id(piece.text),
        text=piece.text,
        file=piece.name if piece.local else None,
        url=known.url,
        outlet=known.outlet,
        agency=known.agency,
        title=known.title,
        byline=known.byline,
        dateline=header.dateline,
        published=published.date,
        published_basis=published.basis,
        language=language,
        marked=tuple(header.marked),
        notes=piece.notes + published.notes + notes,
    )


def _language(told: str | None, text: str) -> tuple[str, tuple[str, ...]]:
    """Return the language that was told, cut to its first part ("en-GB" is "en"), else English for Latin letters."""
    if told:
        return told.replace("_", "-").split("-")[0].strip().lower(), ()
    letters = [character for character in text[:1000] if character.isalpha()]
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    if letters and latin < len(letters) / 2:
        return "und", ("most of its letters are not Latin; it is not read as English",)
    return "en", ()
