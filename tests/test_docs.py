"""The pages say what the program does: every option is documented, and the README's commands run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from bench.commands import PAGE, page
from onrecord.cli import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands(group: Any, above: str = "onrecord") -> list[tuple[str, Any]]:
    found = [(above, group)]
    for name, command in group.commands.items():
        inner = getattr(command, "commands", None)
        found += commands(command, f"{above} {name}") if inner else [(f"{above} {name}", command)]
    return found


COMMANDS = dict(commands(get_command(app)))


def test_the_page_of_commands_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m bench.commands"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_with_an_example(name: str) -> None:
    assert COMMANDS[name].help
    assert f"{name} " in COMMANDS[name].epilog or name.endswith(("status", "list")), "its epilog shows how it is typed"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_argument_has_a_word_of_help(name: str) -> None:
    params = [p for p in COMMANDS[name].params if not {"--install-completion", "--show-completion"} & set(p.opts)]
    assert [p.name for p in params if not p.help] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_page_names_every_option(name: str) -> None:
    if hasattr(COMMANDS[name], "commands"):
        return
    section = page().partition(f"## {name}")[2].partition("\n## ")[0]
    for param in COMMANDS[name].params:
        if param.param_type_name == "option" and "--help" not in param.opts:
            assert all(flag in section for flag in (*param.opts, *param.secondary_opts))


def test_every_verb_that_the_readme_uses_is_one() -> None:
    used = set(re.findall(r"^\$ onrecord ([a-z]+)", README, re.MULTILINE)) | set(
        re.findall(r"`onrecord ([a-z]+)`", README)
    )
    assert used
    assert used <= {name.split()[1] for name in COMMANDS if " " in name}


def test_links_of_the_pages_lead_somewhere() -> None:
    pictures = (ROOT / "docs" / "img").exists()  # the source package goes without them
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text(encoding="utf-8")):
            known = (path.parent / target).exists() or (target.startswith("docs/img/") and not pictures)
            assert known, f"{path.name} leads to {target}"


@pytest.mark.slow
def test_the_commands_of_the_readme_run(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    environment = os.environ | {"COLUMNS": "100", "ONRECORD_USER": "reader"}
    environment.pop("ONRECORD_RECORD", None)
    found = re.findall(r"^\$ (onrecord .*)$", README, re.MULTILINE)
    assert len(found) >= 5
    for line in found:
        words, _, target = line.partition(" > ")
        done = subprocess.run(
            [sys.executable, "-m", "onrecord", *shlex.split(words, comments=True)[1:]],
            check=False, cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip
        assert done.returncode == 0, f"{line}: {done.stderr}"
        assert done.stdout or target
    assert (tmp_path / "week.pdf").exists()
    assert (tmp_path / "acled.csv").exists()


@pytest.mark.slow
def test_the_python_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    [example] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(example, "README.md", "exec"), names)
    assert len(names["events"]) > 20


def test_the_python_of_the_reader_page_runs(capsys: pytest.CaptureFixture[str]) -> None:
    [example] = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "reader.md").read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(example, "reader.md", "exec"), {})
    assert "territory_gain happened seized" in capsys.readouterr().out
