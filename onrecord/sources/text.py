"""Decodes bytes into text and says what it guessed."""

from __future__ import annotations

import codecs
import re

from onrecord.model.errors import SourceError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Arabic words are runs of bytes above 127; quotes and accents of Western texts stand alone or in pairs.
_ARABIC_RUN = 2.5


def decode(data: bytes, name: str, *, encoding: str | None = None) -> tuple[str, tuple[str, ...]]:
    r"""Return the text of these bytes and notes on what was guessed; line ends become `\n`, nothing else changes.

    A byte order mark decides (and is no part of the text), then `encoding`, then UTF-8, then UTF-16 where every other
    byte is null, then Windows-1256 or Windows-1252. Raises SourceError ("binary", "encoding").
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _lines(_strict(data[len(mark) :], codec, name)), ()
    if encoding:
        return _lines(_strict(data, encoding, name)), ()
    wide = _wide(data)
    if wide:
        return _lines(_strict(data, wide, name)), (f"its bytes carry no mark; they were taken for {wide.upper()}",)
    if is_binary(data):
        raise SourceError("binary", f"{name} is not text; give the text as TXT, HTML, PDF, JSON or CSV")
    try:
        return _lines(data.decode("utf-8")), ()
    except UnicodeDecodeError as error:
        return _guessed(data, error, name)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _strict(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, LookupError) as error:
        raise SourceError(
            "encoding",
            f"{name} is not written in {codec} ({error}); name its encoding with --encoding, or save it as UTF-8",
        ) from None


def _wide(data: bytes) -> str | None:
    """Return which UTF-16 this is where two in five of its bytes at one parity are null and none at the other."""
    head = data[:4000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(head) >= 8 and odd >= 0.4 * len(head) / 2 and even == 0:
        return "utf-16-le"
    if len(head) >= 8 and even >= 0.4 * len(head) / 2 and odd == 0:
        return "utf-16-be"
    return None


def is_binary(data: bytes) -> bool:
    """Tell whether bytes are not a text in any 8-bit encoding: a null byte, or control characters above one in 200."""
    head = data[:65536]
    return 0 in head or len(_CONTROL.findall(head)) > len(head) / 200


def _guessed(data: bytes, error: UnicodeDecodeError, name: str) -> tuple[str, tuple[str, ...]]:
    """Decode bytes that are not clean UTF-8: damaged UTF-8 with marks for the damage, else a Windows code page."""
    repaired = data.decode("utf-8", errors="replace")
    damaged = repaired.count("�")
    sound = sum(ord(character) > 127 for character in repaired) - damaged
    if sound > 5 * damaged:
        note = f"bytes that are not UTF-8: {damaged} (the first at {error.start}); each stands in the text as �"
        return _lines(repaired), (note,)
    runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", data)]
    codec = "cp1256" if sum(runs) / len(runs) >= _ARABIC_RUN else "cp1252"
    try:
        return _lines(data.decode(codec)), (f"it is not UTF-8; its bytes were taken for {codec} (Windows)",)
    except UnicodeDecodeError:
        raise SourceError(
            "encoding",
            f"{name} is in no encoding that could be told; name its encoding with --encoding, or save it as UTF-8",
        ) from None
