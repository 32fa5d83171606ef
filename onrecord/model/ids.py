"""Ids are hashes of content, so that the same input gives the same ids in any order and on any machine."""

from __future__ import annotations

from hashlib import sha256

_DIGITS = 16  # 64 bits: under one chance in a million of a clash among six million ids


def content_id(prefix: str, *parts: object) -> str:
    """Return `prefix` and 16 hex digits of the SHA-256 of the parts, which may hold any text.

    Each part is preceded by its length, so that ("ab", "c") and ("a", "bc") differ.
    """
    digest = sha256()
    for part in parts:
        word = str(part).encode("utf-8", "surrogatepass")
        digest.update(f"{len(word)}:".encode())
        digest.update(word)
    return prefix + digest.hexdigest()[:_DIGITS]
