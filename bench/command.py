"""The command line that benches over one file or folder share."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any


def run(
    about: str | None,
    scores: Callable[..., dict[str, Any]],
    argv: list[str] | None,
    *,
    wanted: str,
    fits: Callable[[Path], bool] = Path.exists,
) -> None:
    """Print what `scores(path, errors=N)` returns as one JSON object; a ValueError of its becomes wrong use.

    `wanted` says what the path is, and `fits` whether a path can be that.
    """
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help=wanted)
    parser.add_argument("--errors", type=int, default=0, help="print so many errors to standard error")
    args = parser.parse_args(argv)
    if not fits(args.path):
        parser.error(f"{args.path} does not exist; give {wanted}")
    try:
        print(json.dumps(scores(args.path, errors=args.errors), indent=1))
    except ValueError as error:
        parser.error(str(error))
