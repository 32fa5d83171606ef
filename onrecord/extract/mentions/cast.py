"""Who is mentioned in a dispatch, by place, as the finding of sources asks for it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from onrecord.model.records import Mention


class Profile(Protocol):
    """What the finder of names tells about a person: role, and the mention of whom he speaks for."""

    @property
    def mention(self) -> str:
        """The id of the person's mention."""

    @property
    def role(self) -> str | None:
        """What the dispatch says the person is ("spokesman")."""

    @property
    def organisation(self) -> str | None:
        """The id of the mention of the body that the person speaks for."""


@dataclass(slots=True)
class Cast:
    """The mentions of a dispatch by place, and what is known of the people among them."""

    text: str
    mentions: tuple[Mention, ...]
    profiles: Mapping[str, Profile]
    _starts: list[int] = field(default_factory=list)
    _by_name: dict[str, Profile] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, mentions: Sequence[Mention], profiles: Sequence[Profile]) -> Cast:
        """Return the cast of a dispatch; of mentions that start at one place the longest comes first."""
        ordered = tuple(sorted(mentions, key=lambda m: (m.span.start, -m.span.end, m.id)))
        by_id = {p.mention: p for p in profiles}
        told = [(m.name, by_id[m.id]) for m in ordered if m.kind == "person" and m.form == "name" and m.id in by_id]
        by_name = {name: profile for name, profile in reversed(told) if profile.organisation}
        return cls(text, ordered, by_id, [m.span.start for m in ordered], by_name)

    def profile_of(self, mention: Mention) -> Profile | None:
        """Return what is told beside a mention, else beside the first mention of that person that has a body beside it.

        "SDF spokesman Adil Selo" is the spokesman where he is only "Selo" as well.
        """
        own = self.profiles.get(mention.id)
        if own and (own.organisation or own.role):
            return own
        return self._by_name.get(mention.name, own) if mention.kind == "person" else own

    def within(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that lie in the stretch, in order, without those inside another."""
        found: list[Mention] = []
        for at in range(bisect_left(self._starts, start), len(self.mentions)):
            mention = self.mentions[at]
            if mention.span.start >= end:
                break
            if mention.span.end <= end and not (found and mention.span.end <= found[-1].span.end):
                found.append(mention)
        return found

    def last_person(self, before: int) -> Mention | None:
        """Return the last person named in the 300 characters before, or `None`."""
        named = [m for m in self.within(max(0, before - 300), before) if m.kind == "person" and m.form == "name"]
        return named[-1] if named else None

    def person_at(self, start: int, end: int) -> Mention | None:
        """Return the named person with whom the stretch ends, a title or few words before the name allowed."""
        last = next((m for m in reversed(self.within(start, end)) if m.kind == "person" and m.form == "name"), None)
        if last is None or self.text[last.span.end : end].strip(" ,") not in ("", "II", "III", "Jr", "Jr.", "Sr"):
            return None
        return last
