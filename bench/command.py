"""The command line that benches over one file or folder share."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any


def run(
    about: str | None,
    scores: Callable[..., dict[str, Any]],
    argv: list[str] | None,
    *,
    wanted: str,
    fits: Callable[[Path], bool] = Path.exists,
    flags: Mapping[str, str] | None = None,
) -> None:
    """Print what `scores(path, errors=N)` returns as one JSON object; a ValueError of its becomes wrong use.

    `wanted` says what the path is, and `fits` whether a path can be that. `flags` are more options, on or off, which
    `scores` is handed by name, each with what it does.
    """
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help=wanted)
    parser.add_argument("--errors", type=int, default=0, help="print so many errors to standard error")
    for flag, does in (flags or {}).items():
        parser.add_argument(f"--{flag}", action="store_true", help=does)
    args = parser.parse_args(argv)
    chosen = {flag: getattr(args, flag) for flag in flags or {}}
    if not fits(args.path):
        parser.error(f"{args.path} does not exist; give {wanted}")
    try:
        print(json.dumps(scores(args.path, errors=args.errors, **chosen), indent=1))
    except ValueError as error:
        parser.error(str(error))
