"""The errors that Onrecord raises on purpose; each message says what was wrong, where, and what to do."""

from __future__ import annotations


class OnrecordError(Exception):
    """Base of every error that a user can act on; the command line prints its message and nothing else."""


class SourceError(OnrecordError):
    """A file or an address that cannot be read as dispatches.

    `reason` is one word or short phrase that summaries count by ("empty", "binary", "too large").
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class StoreError(OnrecordError):
    """A record file that cannot be opened, is locked by another process, or is of a newer format."""


class NotFoundError(OnrecordError):
    """An id or a name that the record does not hold."""


class JudgementError(OnrecordError):
    """A judgement that does not fit what it is about."""


class MissingError(OnrecordError):
    """A library that one of the extras brings and that is not installed."""


class DataError(OnrecordError):
    """A table or word list of ours or of the user's that breaks its own rules."""
