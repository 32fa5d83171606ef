"""Puts text on a terminal so that it stays text: nothing that a dispatch holds may act on the screen."""

from __future__ import annotations

import re

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

# Control characters (an escape among them begins what moves the cursor or paints) and marks that turn text around.
_ACTING = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def inert(text: str) -> str:
    """Return text for rich's markup that shows as it is; what would act on the terminal stands as �."""
    return escape(_ACTING.sub("�", text))


def say(console: Console, markup: str, *, indent: int = 0, hang: int = 2) -> None:
    """Print a line of markup, `indent` columns in.

    On a terminal it is broken between words, what follows `hang` columns further in; a file or a pipe gets one line.
    """
    text = Text.from_markup(markup)
    if not console.is_terminal:
        console.print(Text(" " * indent) + text)
        return
    lines = text.wrap(console, max(console.width - indent - hang, 20))
    for number, line in enumerate(lines):
        line.rstrip()
        console.print(Padding.indent(line, indent + (hang if number else 0)))
