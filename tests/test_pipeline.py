from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest

from onrecord.model.errors import StoreError
from onrecord.model.records import Dispatch, Judgement, Reading, Record, SetAside
from onrecord.pipeline import run
from onrecord.scale.local import processes
from onrecord.store.memory import MemoryStore
from onrecord.store.sql import open_sqlite
from tests.factories import a_dispatch, a_reading


class Reader:
    """Finds nothing; fails on a text that says so."""

    version = "test"

    def __call__(self, dispatch: Dispatch) -> Reading:
        if "unreadable" in dispatch.text:
            raise RuntimeError("no such word")
        return a_reading(dispatch)


def gather(dispatches: Iterable[Dispatch], readings: Iterable[Reading], judged: Iterable[Judgement]) -> Record:
    return Record(dispatches=tuple(dispatches), lineage={r.dispatch: r.dispatch for r in readings})


def test_a_run_adds_reads_and_concludes() -> None:
    store = MemoryStore()
    steps: list[str] = []
    items = [a_dispatch("One."), a_dispatch("Two."), a_dispatch("One.")]
    report = run(items, store, read=Reader(), reconcile=gather, progress=lambda step, name: steps.append(step))
    assert (report.added, report.known, report.read) == (2, 1, 2)
    assert steps == ["added", "added", "known", "read", "read", "reconciling"]
    assert len(store.record().dispatches) == 2


def test_a_second_run_over_the_same_reads_nothing_again() -> None:
    store = MemoryStore()
    run([a_dispatch()], store, read=Reader(), reconcile=gather)
    version = store.version()
    report = run([a_dispatch()], store, read=Reader(), reconcile=gather)
    assert (report.known, report.read, store.version()) == (1, 0, version)


def test_a_run_anew_concludes_once_though_nothing_is_new() -> None:
    store = MemoryStore()
    run([a_dispatch()], store, read=Reader(), reconcile=gather)
    steps: list[str] = []
    run((), store, read=Reader(), reconcile=gather, progress=lambda step, name: steps.append(step), anew=True)
    assert steps == ["reconciling"]
    assert len(store.record().dispatches) == 1


def test_a_text_that_cannot_be_read_is_set_aside_and_the_rest_is_read() -> None:
    store = MemoryStore()
    items: list[Dispatch | SetAside] = [
        a_dispatch("unreadable", file="bad.txt"),
        a_dispatch("Fine."),
        SetAside("x.bin", "binary", "give a text"),
    ]
    report = run(items, store, read=Reader(), reconcile=gather)
    assert (report.added, report.read) == (2, 1)
    assert [(i.name, i.reason) for i in store.set_asides()] == [("bad.txt", "not read"), ("x.bin", "binary")]
    assert "RuntimeError: no such word" in store.set_asides()[0].advice


def test_the_same_text_under_another_name_is_told() -> None:
    report = run([a_dispatch(file="a.txt"), a_dispatch(file="b.txt")], MemoryStore(), read=Reader(), reconcile=gather)
    assert report.also == [("b.txt", "a.txt")]


def test_reading_in_processes_gives_the_same() -> None:
    items = [a_dispatch(f"Report {i}.") for i in range(9)]
    one, many = MemoryStore(), MemoryStore()
    run(items, one, read=Reader(), reconcile=gather)
    run(items, many, read=Reader(), reconcile=gather, mapper=processes(2))
    assert list(one.readings()) == list(many.readings())


def test_a_second_writer_waits_and_then_says_so(tmp_path: Path) -> None:
    first = open_sqlite(tmp_path / "record.db")
    second = open_sqlite(tmp_path / "record.db", patience_s=0.2)
    with first.alone(), pytest.raises(StoreError, match="another process"), second.alone():
        pass
    with second.alone():
        pass
    first.close()
    second.close()


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to be looked at as one" * 20])
def test_a_file_that_is_no_record_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"notes\.db"):
        open_sqlite(path)
    assert path.read_bytes() == content


def test_a_missing_record_or_folder_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="onrecord add"):
        open_sqlite(tmp_path / "none.db", create=False)
    with pytest.raises(StoreError, match="make it first"):
        open_sqlite(tmp_path / "absent" / "record.db")


WORK = """
import sys
from pathlib import Path
from onrecord.pipeline import run
from onrecord.store.sql import open_sqlite
from tests.factories import a_dispatch
from tests.test_pipeline import Reader, gather
store = open_sqlite(Path(sys.argv[1]))
print("ready", flush=True)
run([a_dispatch(f"Report number {i}.") for i in range(60)], store, read=Reader(), reconcile=gather)
"""


def _start(path: Path) -> subprocess.Popen[bytes]:
    root = Path(__file__).parents[1]
    return subprocess.Popen([sys.executable, "-c", WORK, str(path)], cwd=root, stdout=subprocess.PIPE)


@pytest.mark.slow
def test_killed_at_any_moment_the_next_run_goes_on(tmp_path: Path) -> None:
    """Fifty kills at random moments of taking in, reading and saving; then one run to the end."""
    path, random = tmp_path / "record.db", Random(20171017)
    last, midway = 0, 0
    for _ in range(50):
        process = _start(path)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(random.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        store = open_sqlite(path)
        now = len(list(store.dispatches()))
        assert now >= last, "a dispatch was lost"
        last = now
        midway += len(list(store.readings())) < 60
        store.close()
    assert midway > 3, "the kills came too late to interrupt anything"
    process = _start(path)
    process.communicate()
    assert process.returncode == 0
    store = open_sqlite(path)
    assert len(list(store.dispatches())) == 60
    assert len(list(store.readings())) == 60
    assert len(store.record().dispatches) == 60
    assert not store.stale()
    store.close()
