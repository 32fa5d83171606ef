"""What a reader of sources may be told, and the limits it keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """How to read what the user named.

    `mapping` gives for our fields (text, title, outlet, agency, url, published, language) the user's column names;
    a dot reaches into an object ("source.name"). `day_first` settles 05/04/2017 where it is known. `max_bytes` limits
    one text, `max_unpacked` and `max_files` all that one archive holds. `encoding` is taken for texts instead of
    a guess. `today` stands for the current date, after which no dispatch can have been published.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    day_first: bool | None = None
    max_bytes: int = 20_000_000  # a dispatch has some kilobytes; a text of this size is a dump, not a dispatch
    max_unpacked: int = 4_000_000_000
    max_files: int = 1_000_000
    encoding: str | None = None
    today: date | None = None
