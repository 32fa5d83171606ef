"""What all tests share."""

from __future__ import annotations

import builtins
from typing import Any

import pytest
from hypothesis import settings

from onrecord.reader.neural import Reader

# No deadline: a busy machine is slow, not wrong. The same examples each run: a failure can be run again.
settings.register_profile("onrecord", deadline=None, derandomize=True)
settings.load_profile("onrecord")


@pytest.fixture(scope="session")
def neural() -> Reader:
    """The neural reader with the weights that ship."""
    return Reader()


@pytest.fixture
def without_report_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which the libraries of the extra `report` are not installed."""
    real = builtins.__import__

    def missing(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.split(".", maxsplit=1)[0] in ("typst", "docx"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)
