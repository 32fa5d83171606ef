"""Libraries that only some exports need: loaded when asked for, and named with the way to install them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from onrecord.model.errors import MissingError

EXTRA = "exports"


def load(module: str, *, what: str, extra: str = EXTRA) -> Any:
    """Return a module. Raises MissingError that says how to install it where it is not there."""
    try:
        return import_module(module)
    except ImportError as error:
        missing = (error.name or module).split(".")[0]
        raise MissingError(f"{what} needs {missing}: pip install 'onrecord[{extra}]'") from None
