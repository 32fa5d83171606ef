"""What all tests share."""

from __future__ import annotations

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
