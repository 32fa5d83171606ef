"""Reads a mail: its body is the dispatch, its attachments are read on their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

from onrecord.model.errors import SourceError
from onrecord.sources.html import plain_text
from onrecord.sources.pieces import Given, Item, Piece, opener, with_title


def read_mail(data: bytes, item: Item) -> Iterator[Piece | Item]:
    """Yield the body of a mail under its subject, then each attachment as an item of its own.

    The date is the one of its header, the outlet the name (or else the domain) of its sender. Raises SourceError
    ("empty") where there is neither a body nor an attachment.
    """
    message = message_from_bytes(data, policy=default)
    body = message.get_body(("plain", "html"))
    text = _text(body) if isinstance(body, EmailMessage) else ""
    attachments = list(_attachments(message, item))
    if text:
        given = _given(message)
        yield Piece(item.name, with_title(given.title, text), given)
    elif not attachments:
        raise SourceError("empty", f"{item.name} is a mail without a text; save the text as TXT")
    yield from attachments


def _text(body: EmailMessage) -> str:
    try:
        content = str(body.get_content())
    except (LookupError, UnicodeError):  # a charset that does not exist, or bytes that do not fit it
        content = bytes(body.get_payload(decode=True) or b"").decode("utf-8", errors="replace")
    content = content.replace("\r\n", "\n").replace("\r", "\n").strip()
    return plain_text(content) if body.get_content_subtype() == "html" else content


def _given(message: EmailMessage) -> Given:
    sender, address = parseaddr(str(message.get("From", "")))
    try:
        published = parsedate_to_datetime(str(message.get("Date", ""))).date().isoformat()
    except ValueError:
        published = None
    subject = " ".join(str(message.get("Subject", "")).split())
    return Given(title=subject or None, outlet=sender or address.rpartition("@")[2] or None, published=published)


def _attachments(message: EmailMessage, item: Item) -> Iterator[Item]:
    for number, part in enumerate(message.iter_attachments(), 1):
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes) or part.get_content_maintype() == "image":
            continue  # pictures in a mail are its decoration
        name = f"{item.name}/{part.get_filename() or f'attachment-{number}'}"
        yield replace(item, name=name, open=opener(content), size=len(content), given=Given(), depth=item.depth + 1)
