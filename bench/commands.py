"""Writes docs/commands.md from the commands themselves: python -m bench.commands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from typer.main import get_command

from onrecord.cli import app

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"
_HEAD = """# Commands

This page is made from the commands themselves (`python -m bench.commands`); `onrecord VERB --help` says the same.

Exit codes, for scripts: **0** done · **1** refused, with the reason on standard error · **2** wrong use · **3** done,
but something was set aside (`onrecord status --set-aside` lists it) · **130** stopped by Ctrl-C; the same command goes
on from there.

The record is `record.db` in the folder you are in, unless `--record` or the variable `ONRECORD_RECORD` names another.
Places of your own lie in a folder beside it (`record.gazetteer/`), actors of your own in a file (`record.actors.toml`);
`record.settings.toml` says how figures are concluded and events graded ([grades.md](grades.md)), `record.conventions/`
how exports map what they say ([exports.md](exports.md)). `ONRECORD_CACHE` names
the folder of the compiled gazetteer, `ONRECORD_USER` who judges.

In tables of `onrecord export csv` a text that begins with `=`, `+`, `-` or `@` stands behind an apostrophe, so that no
spreadsheet takes it for a formula.
"""


def page() -> str:
    """Return the page as Markdown."""
    sections = [_section("onrecord " + name, command) for name, command in _commands(get_command(app))]
    return "\n".join([_HEAD, *sections])


def _commands(group: Any, above: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, command in group.commands.items():
        inner = getattr(command, "commands", None)
        if not inner or getattr(command, "invoke_without_command", False):
            found.append((above + name, command))
        found += _commands(command, f"{above}{name} ") if inner else []
    return found


def _section(name: str, command: Any) -> str:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option" and "--help" not in p.opts]
    words = [_word(p) for p in arguments]
    about = " ".join((command.help or "").split())
    lines = [f"## {' '.join([name, *words])}", "", about, ""]
    lines += [f"- `{_word(p)}` {p.help}" for p in arguments]
    lines += [f"- `{_option(p)}` {_about(p)}" for p in options]
    examples = (command.epilog or "").partition(":")[2].split("   |   ")
    return "\n".join([*lines, "", "```", *(example.strip() for example in examples), "```", ""])


def _word(argument: Any) -> str:
    return str(argument.metavar or argument.name.upper())


def _option(option: Any) -> str:
    flags = "/".join([*option.opts, *option.secondary_opts])
    if option.is_flag:
        return flags
    return f"{flags} {option.metavar or option.name.upper()}"


def _about(option: Any) -> str:
    shown = option.default is not None and not option.is_flag
    default = f" Default: `{option.default}`." if shown else ""
    variable = f" Variable: `{option.envvar}`." if option.envvar else ""
    return f"{option.help}{default}{variable}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
