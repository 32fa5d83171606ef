"""The form of ECB+: an archive of XML files of tokens, event mentions and chains that run across files.

A topic is a folder; the files of a folder whose names end in `ecb.xml` tell of one incident and those in `ecbplus.xml`
of another of its kind, so that each is a topic of its own here (`12ecb`, `12ecbplus`), as in most published scores.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

Token = tuple[int, str]  # the number of its sentence, its form
Checked = Mapping[str, Collection[int]]
SENTENCES = "validated_sentences.csv"

_CLOSING = frozenset(
    {".", ",", ";", ":", "?", "!", ")", "]", "}", "%", "'s", "’s", "n't", "'re", "'ve", "'ll", "'d", "'m"}
)
_OPENING = frozenset({"(", "[", "{", "$", "£", "€", "#"})
_ADDRESSES = frozenset({"http", "https", "www"})


@dataclass(frozen=True, slots=True)
class Marked:
    """An event mention: its first run of words `text[start:end]`, its sentence's offsets, and its chain."""

    id: str
    start: int
    end: int
    sentence: tuple[int, int]
    chain: str


@dataclass(frozen=True, slots=True)
class Story:
    """A file: its topic, its text put together from its tokens, and its event mentions."""

    name: str
    topic: str
    text: str
    events: tuple[Marked, ...]


def stories(path: Path, checked: Checked | None = None) -> Iterator[Story]:
    """Yield the files of an archive by name; of events only those in the sentences that were checked, if any are told.

    Raises ValueError where the archive holds no such file or one that is not of the form.
    """
    with _opened(path) as archive:
        names = sorted(n for n in archive.namelist() if n.endswith(".xml"))
        if not names:
            raise ValueError(f"{path} holds no XML file; give an archive of the form of ECB+")
        for name in names:
            yield _story(Path(name).stem, archive.read(name), checked)


def _opened(path: Path) -> ZipFile:
    try:
        return ZipFile(path)
    except BadZipFile:
        raise ValueError(f"{path} is no zip archive; give an archive of the form of ECB+") from None


def checked_sentences(path: Path) -> dict[str, set[int]] | None:
    """Return the numbers of the sentences whose annotation was checked, by file; `None` where the archive has no list.

    The list lies in the archive or beside it (`validated_sentences.csv`, also gzipped) with the columns Topic, File and
    Sentence Number.
    """
    beside = [path.with_name(SENTENCES), path.with_name(f"{SENTENCES}.gz")]
    found = next((p for p in beside if p.is_file()), None)
    if found:
        data = found.read_bytes()
        return _listed(gzip.decompress(data) if found.suffix == ".gz" else data)
    with _opened(path) as archive:
        inside = [n for n in archive.namelist() if n.endswith(SENTENCES)]
        return _listed(archive.read(inside[0])) if inside else None


def _listed(data: bytes) -> dict[str, set[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"))):
        found[f"{row['Topic']}_{row['File']}"].add(int(row["Sentence Number"]))
    return found


def _story(name: str, data: bytes, checked: Checked | None) -> Story:
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 -- a corpus that the user names
    except ElementTree.ParseError as error:
        raise ValueError(f"{name}.xml is not valid XML: {error}") from None
    tokens = {t.get("t_id", ""): (int(t.get("sentence", "0")), t.text or "") for t in root.iter("token")}
    if not tokens:
        raise ValueError(f"{name}.xml holds no token; give an archive of the form of ECB+")
    text, spans = _written(tokens)
    wanted = None if checked is None else checked.get(name, ())
    chains = _chains(root, name)
    events = []
    for mark in root.iterfind("Markables/*"):
        anchors = [a.get("t_id", "") for a in mark.iterfind("token_anchor")]
        if anchors and "ACTION" in mark.tag and (wanted is None or tokens[anchors[0]][0] in wanted):
            own = f"{name}/{mark.get('m_id')}"
            events.append(_marked(own, anchors, spans, tokens, chains.get(mark.get("m_id", ""), own)))
    topic, _, rest = name.partition("_")
    return Story(name, topic + rest.lstrip("0123456789"), text, tuple(sorted(events, key=lambda e: (e.start, e.id))))


def _marked(
    own: str, anchors: list[str], spans: Mapping[str, tuple[int, int]], tokens: Mapping[str, Token], chain: str
) -> Marked:
    order = list(tokens)
    at = order.index(anchors[0])
    run = 1
    while run < len(anchors) and order[at + run : at + run + 1] == [anchors[run]]:
        run += 1
    same = [spans[name] for name, token in tokens.items() if token[0] == tokens[anchors[0]][0]]
    sentence = (min(start for start, _ in same), max(end for _, end in same))
    return Marked(own, spans[anchors[0]][0], spans[anchors[run - 1]][1], sentence, chain)


def _chains(root: ElementTree.Element, name: str) -> dict[str, str]:
    """Return the chain of each mention: one across files by the name of its instance, one of a file by its number."""
    found = {}
    for relation in root.iterfind("Relations/*"):
        across = relation.tag == "CROSS_DOC_COREF"
        chain = relation.get("note") if across else f"{name}/{relation.get('r_id')}"
        for source in relation.iterfind("source"):
            found[source.get("m_id", "")] = chain or f"{name}/{relation.get('r_id')}"
    return found


def _written(tokens: Mapping[str, Token]) -> tuple[str, dict[str, tuple[int, int]]]:
    """Return the tokens as a text, a sentence a paragraph, and the offsets of each."""
    parts: list[str] = []
    spans: dict[str, tuple[int, int]] = {}
    at, before = 0, -1
    glued = quoted = address = False
    for name, (sentence, form) in tokens.items():
        word = '"' if form in {"``", "''"} else form
        if sentence != before:
            gap, quoted, address = "\n\n" if parts else "", False, word.lower() in _ADDRESSES
        else:
            closes = word.lower() in _CLOSING or (word == '"' and quoted)
            gap = "" if glued or closes or address else " "
        quoted ^= word == '"'
        glued = word in _OPENING or (word == '"' and quoted)
        parts += [gap, word]
        spans[name] = (at + len(gap), at + len(gap) + len(word))
        at, before = spans[name][1], sentence
    return "".join(parts), spans
