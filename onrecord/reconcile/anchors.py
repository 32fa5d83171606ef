"""Finds in a record what judgements are about: by id and name, else by the words that they are tied to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from onrecord.lexicon.folding import fold
from onrecord.model.anchors import Anchor
from onrecord.model.records import Claim, Judgement, Mention
from onrecord.model.values import Span
from onrecord.reconcile.sightings import Read, Sighting

_OF_DISPATCH = re.compile(r"(.+)@(d[0-9a-f]{16})", re.DOTALL)
_SHOWN = 60  # characters of a quotation in a reason


class AdriftError(Exception):
    """What a judgement is about is not in the record; the message says why, in a sentence."""


class Finder:
    """Finds the stretches, claims, names and dispatches of one record; nothing is prepared before it is asked for."""

    def __init__(self, found: Iterable[Read]) -> None:
        self._found = list(found)
        self._dispatches = {read.dispatch.id: read.dispatch for read in self._found}

    # ------------------------------------------------------------------------------------------------ stretches

    def span(self, anchor: Anchor) -> Span:
        """Return where the anchor's words stand now: at its offsets, else where its quotation alone stands.

        Raises AdriftError where the words stand nowhere, or in several places.
        """
        dispatch = self._dispatches.get(anchor.dispatch)
        if dispatch and dispatch.text[anchor.start : anchor.end] == anchor.exact:
            return Span(dispatch.id, anchor.start, anchor.end)
        places = list(self._quoted(anchor))
        if len(places) == 1:
            return places[0]
        words = f"the words “{_shown(anchor.exact)}”"
        if places:
            raise AdriftError(f"{words} stand in several places, and which one is meant is not certain")
        raise AdriftError(f"the record has no dispatch with {words}" if anchor.exact else "it quotes no words")

    def _quoted(self, anchor: Anchor) -> Iterator[Span]:
        """Yield where the quotation stands between the words around it, in any dispatch; white space may differ."""
        words = f"{anchor.prefix}{anchor.exact}{anchor.suffix}".split()
        if not anchor.exact.strip():
            return
        rarest = max(words, key=len)
        before, exact, behind = (
            _loose(part) for part in (anchor.prefix.lstrip(), anchor.exact, anchor.suffix.rstrip())
        )
        pattern = re.compile(f"{before}({exact}){behind}")
        for dispatch in self._dispatches.values():
            if rarest in dispatch.text:
                yield from (Span(dispatch.id, *match.span(1)) for match in pattern.finditer(dispatch.text))

    def dispatch(self, name: str, anchor: Anchor | None) -> str:
        """Return the id of a dispatch. Raises AdriftError."""
        if name in self._dispatches:
            return name
        if anchor is None:
            raise AdriftError(f"the record has no dispatch {name}")
        return self.span(anchor).dispatch

    # --------------------------------------------------------------------------------------------------- claims

    @cached_property
    def _claims(self) -> dict[str, Claim]:
        return {c.id: c for read in self._found for c in read.reading.claims}

    @cached_property
    def _claims_in(self) -> dict[str, list[Claim]]:
        held: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in self._claims.values():
            held[claim.dispatch].append(claim)
        return held

    def claim(self, name: str, anchor: Anchor | None, judgement: Judgement) -> Claim:
        """Return a claim by its id, else the one of that kind and type at the anchor's words. Raises AdriftError."""
        if name in self._claims:
            return self._claims[name]
        if anchor is None:
            return self._claim_by_quote(judgement)
        span = self.span(anchor)
        fitting = [c for c in self._claims_in.get(span.dispatch, ()) if (c.kind, c.type) == (anchor.kind, anchor.type)]
        exactly = [c for c in fitting if c.trigger == span]
        found = exactly or [c for c in fitting if c.trigger.overlaps(span)]
        if len(found) == 1:
            return found[0]
        what = f"{anchor.type.replace('_', ' ')} ({anchor.kind})"
        raise AdriftError(f"no claim of {what} is read any longer at the words “{_shown(anchor.exact)}”")

    def _claim_by_quote(self, judgement: Judgement) -> Claim:
        """Return the one claim whose trigger, or else whose sentence, a judgement without an anchor quotes."""
        quote = _plain(judgement.quote or "")
        within = [c for c in self._claims.values() if judgement.value in (None, c.dispatch)] if quote else []
        fitting = [c for c in within if quote in map(_plain, self._words(c))]
        if len(fitting) != 1:
            raise AdriftError(f"the words “{_shown(quote)}” fit {len(fitting) or 'no'} claims")
        return fitting[0]

    def _words(self, claim: Claim) -> tuple[str, str]:
        text = self._dispatches[claim.dispatch].text
        return claim.trigger.of(text), claim.sentence.of(text)

    # ---------------------------------------------------------------------------------------------------- names

    @cached_property
    def _sightings(self) -> list[Sighting]:
        return [s for read in self._found for s in read.sightings]

    @cached_property
    def _folds(self) -> frozenset[str]:
        return frozenset(s.folded for s in self._sightings)

    @cached_property
    def _labels(self) -> frozenset[str]:
        return frozenset(s.label for s in self._sightings)

    @cached_property
    def _mentions(self) -> dict[str, list[tuple[Mention, Sighting]]]:
        held: defaultdict[str, list[tuple[Mention, Sighting]]] = defaultdict(list)
        for sighting in self._sightings:
            held[sighting.dispatch] += [(mention, sighting) for mention in sighting.mentions]
        return held

    def label(self, name: str, anchor: Anchor | None) -> str:
        """Return the label of a name: its fold, or that of the name as one dispatch alone uses it.

        Where no reading has the name any longer it is what is read now at the anchor's words. A name that neither
        finds is returned as it is: the tables of actors and places may know whose it is.
        """
        alone = _OF_DISPATCH.fullmatch(name)
        if alone is None:
            label = fold(name)
            sighting = None if label in self._folds or anchor is None else self._seen(anchor)
            return sighting.folded if sighting else label
        label = f"{alone[2]}|{fold(alone[1])}"
        sighting = None if label in self._labels or anchor is None else self._seen(anchor)
        return sighting.label if sighting else label

    def _seen(self, anchor: Anchor) -> Sighting | None:
        """Return the name read at the anchor's words, the longest of several; `None` where none is."""
        try:
            span = self.span(anchor)
        except AdriftError:
            return None
        found = [(m, s) for m, s in self._mentions.get(span.dispatch, ()) if m.span.overlaps(span)]
        best = max(
            found, key=lambda f: (f[0].kind == anchor.kind, f[0].span.end - f[0].span.start, f[0].id), default=None
        )
        return best[1] if best else None


def _loose(words: str) -> str:
    """Return a pattern of these words in which any white space stands for any other."""
    return r"\s+".join(map(re.escape, re.split(r"\s+", words)))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _shown(text: str) -> str:
    plain = _plain(text)
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN].rstrip()}…"
