"""No sentence of a corpus stands in the project: no run of eight words of anything in `../shared`."""

from __future__ import annotations

import gzip
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
RUN = 8  # words; shorter runs are shared by texts that never saw each other
# Offsets; names; names of columns.
_NOT_PROSE = ("training/annotations/", "onrecord/lexicon/data/actors.toml", "tests/bench/test_airwars.py")
_SAME_FOR_ALL = re.compile(
    r"(syrian observatory) for human rights|one two three four five|six seven eight nine|\d{4} \d\d \d\d"
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_MARKUP = re.compile(r"<[^>]+>")
_TEXT_LINE = re.compile(r"^# text = (.+)$", re.M)
_OURS = {".py", ".toml", ".md", ".txt", ".html", ".js", ".json", ".jsonl", ".mjs", ".css"}


def _runs(text: str) -> Iterator[str]:
    words = _SAME_FOR_ALL.sub(r"\1", " ".join(_WORD.findall(text.lower().replace("’", "'")))).split()
    return (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def _theirs() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file that holds someone's words: dispatches and corpora, not our gold."""
    for folder in (SHARED / "dispatches", SHARED / "gold" / "docs", SHARED / "data"):
        for path in sorted(folder.rglob("*")):
            if path.suffix == ".zip":
                with zipfile.ZipFile(path) as archive:
                    for name in archive.namelist():
                        yield name, _MARKUP.sub(" ", archive.read(name).decode("utf-8", "ignore"))
            elif path.is_file() and path.name != "README.md":
                text = (gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()).decode()
                treebank = ".conllu" in path.name
                yield path.name, "\n".join(_TEXT_LINE.findall(text)) if treebank else _MARKUP.sub(" ", text)


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the corpora beside the checkout")
def test_no_run_of_eight_words_is_somebody_elses() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    files = [name for name in listed.splitlines() if Path(name).suffix in _OURS and not name.startswith(_NOT_PROSE)]
    assert files, "git lists no files"
    ours: dict[str, str] = {}
    for name in files:
        ours.update(dict.fromkeys(_runs((ROOT / name).read_text("utf-8", "ignore")), name))
    copied = {(ours[run], run, source) for source, text in _theirs() for run in _runs(text) if run in ours}
    assert not copied, sorted(copied)[:20]
