"""What all tests share."""

from __future__ import annotations

from hypothesis import settings

# No deadline: a busy machine is slow, not wrong. The same examples each run: a failure can be run again.
settings.register_profile("onrecord", deadline=None, derandomize=True)
settings.load_profile("onrecord")
