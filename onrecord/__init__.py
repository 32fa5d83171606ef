"""Onrecord reads dispatches about armed conflict and keeps a cited record of them.

import onrecord

with onrecord.open("record.db") as project:
project.add("dispatches/")
print(project.events.to_pandas())
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.project import Project
    from onrecord.project import open_project as open  # noqa: A004

__all__ = ["Project", "open"]
__version__ = "0.1.0"

# Loaded when first asked for: a worker that reads, or a script that opens a store, need not load everything.
_WHERE = {"open": "open_project", "Project": "Project"}


def __getattr__(name: str) -> object:
    """Return `open` or `Project` from `onrecord.project`."""
    if name not in _WHERE:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    from onrecord import project  # noqa: PLC0415 -- see above

    return getattr(project, _WHERE[name])
