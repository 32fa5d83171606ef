"""Takes the article out of a web page."""

from __future__ import annotations

import logging
import re

import lxml.etree
import lxml.html
import trafilatura

from onrecord.model.errors import SourceError
from onrecord.sources.pieces import Given, Piece, with_title

# The library reports each page without an article on the log; here that is a SourceError already.
for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

_BLOCKS = (
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "table",
    "blockquote",
    "section",
    "figure",
    "hr",
)
# Only dates that the page states: no guess from any number in the page. The far bound leaves future dates to be noted.
_DATES = {"extensive_search": False, "original_date": True, "max_date": "2200-01-01"}


def read_html(page: str, name: str, *, url: str | None = None) -> Piece:
    """Return the article of a page: trafilatura's text, under the page's headline where it is not in it.

    Title, outlet, date and address come from the page's metadata. Raises SourceError ("no article").
    """
    cut = not re.search(r"</(?:html|body)\s*>", page, re.IGNORECASE)
    try:
        found = trafilatura.bare_extraction(
            page, url=url, include_comments=False, with_metadata=True, date_extraction_params=_DATES
        )
    except (lxml.etree.LxmlError, ValueError) as error:
        raise SourceError("no article", f"{name} cannot be read as a page ({error}); save its text as TXT") from error
    if isinstance(found, dict):  # only asked-for, old-fashioned output
        found = None
    text = (found.text or "").strip() if found else ""
    if not found or not text:
        reason, why = ("truncated", "is cut short and") if cut else ("no article", "is a page that")
        raise SourceError(reason, f"{name} {why} holds no article text; save the article itself, or its text as TXT")
    notes = ("the page ends before its closing tag; its end may be missing",) if cut else ()
    given = Given(
        title=found.title, outlet=found.sitename, byline=found.author, url=url or found.url, published=found.date,
        language=_language(page),
    )  # fmt: skip
    return Piece(name, with_title(given.title, text), given, notes)


def _language(page: str) -> str | None:
    match = re.search(r"<html\b[^>]*\blang\s*=\s*[\"']?([A-Za-z]{2,3})\b", page[:5000], re.IGNORECASE)
    return match.group(1) if match else None


def plain_text(fragment: str) -> str:
    """Return the words of a piece of HTML, a line for each block; text without tags is returned as it is."""
    if "<" not in fragment and "&" not in fragment:
        return fragment.strip()
    try:
        root = lxml.html.fragment_fromstring(fragment, create_parent="div")
    except lxml.etree.LxmlError:
        return fragment.strip()
    lxml.etree.strip_elements(root, "script", "style", lxml.etree.Comment, with_tail=False)
    for element in root.iter(*_BLOCKS):
        element.text = "\n" + (element.text or "")
        element.tail = "\n" + (element.tail or "")
    lines = (" ".join(line.split()) for line in root.text_content().split("\n"))
    return "\n\n".join(line for line in lines if line)
