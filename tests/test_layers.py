"""Who may import whom: the rule of docs/architecture.md, held over every file."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "onrecord"
ROOMS = sorted(p.name for p in PACKAGE.iterdir() if (p / "__init__.py").exists())

MAY: dict[str, set[str]] = {
    "model": set(),
    "lexicon": {"model"},
    "reader": {"model"},
    "sources": {"model", "lexicon"},
    "exports": {"model", "lexicon"},
    "report": {"model"},
    "store": {"model"},
    "reconcile": {"model", "lexicon"},
    "extract": {"model", "lexicon", "reader"},
    "web": {"model", "store", "exports", "report"},
    "scale": set(),
}


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the modules of ours that a file imports, with the line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "onrecord":
            names = [f"{node.module}.{a.name}" for a in node.names] if node.module == "onrecord" else [str(node.module)]
            yield from ((name, node.lineno) for name in names)
        if isinstance(node, ast.Import):
            yield from ((a.name, node.lineno) for a in node.names if a.name.split(".")[0] == "onrecord")


def test_every_room_has_its_rule() -> None:
    assert set(ROOMS) == set(MAY)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    allowed = {room} | MAY[room]
    wrong = [
        f"{path.relative_to(PACKAGE)}:{line} imports {name}"
        for path in sorted((PACKAGE / room).rglob("*.py"))
        for name, line in imports(path)
        if name.split(".")[1] not in allowed
    ]
    assert wrong == []


def test_the_workspace_knows_a_store_only_by_its_protocol() -> None:
    names = {name for path in (PACKAGE / "web").rglob("*.py") for name, _ in imports(path)}
    assert {n for n in names if n.startswith("onrecord.store")} <= {"onrecord.store.base"}


def test_there_are_no_import_cycles() -> None:
    graph = {_module(path): {_known(n) for n, _ in imports(path)} for path in PACKAGE.rglob("*.py")}
    state: dict[str, str] = {}

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert state.get(module) != "open", f"import cycle: {' -> '.join((*trail, module))}"
        if state.get(module) == "done":
            return
        state[module] = "open"
        for other in sorted(graph.get(module, set())):
            visit(other, (*trail, module))
        state[module] = "done"

    for module in sorted(graph):
        visit(module, ())


def _module(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _known(name: str) -> str:
    file = PACKAGE.parent / Path(*name.split("."))
    return name if file.with_suffix(".py").exists() or file.is_dir() else name.rsplit(".", 1)[0]


def test_functions_stay_short() -> None:
    long = [
        f"{path.relative_to(PACKAGE)}:{node.lineno} {node.name}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert long == []
