"""Score our geoparsing: `python -m bench.places FILE.xml.gz` prints one JSON object, in per cent.

FILE has the form of TR-News or GeoVirus (see `bench.reading.toponyms`). A text is read by the rules as a dispatch is,
and its places are resolved as the record does it for one dispatch. `overlap` is the F1 of toponyms whose spans overlap,
paired one to one; `within_161km` the share of the pairs with coordinates that lie within 161 km (100 miles) of them;
`end_to_end` the share of all toponyms with coordinates that are found and placed so (recall), and
`end_to_end_precision` that of all we found, less those paired with a toponym without coordinates.

What counts as a toponym of ours is said in `bench.reading.toponyms`. Adjectives of countries ("the Turkish border")
count where FILE marks any, which `adjectives` tells: TR-News does, GeoVirus does not. `--errors N` prints what is
missed, misplaced and marked by us alone to standard error.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.command import run
from bench.reading.counting import Span, f1, in_context, paired, share, shared
from bench.reading.toponyms import Article, Placed, Toponym, articles, toponyms
from onrecord.extract.parts import Kit
from onrecord.extract.read import by_rule, standard_kit
from onrecord.lexicon.gazetteer import Place, distance
from onrecord.model.records import Dispatch, Reading, dispatch_id
from onrecord.reconcile.localities import Localities, localities
from onrecord.reconcile.placenames import country_of
from onrecord.reconcile.sightings import sightings

_WORD = re.compile(r"[^\W\d_]+")


def placed(text: str, kit: Kit, *, adjectives: bool = False) -> list[Placed]:
    """Return the toponyms that we find in a text, with adjectives of countries if asked for."""
    dispatch = Dispatch(dispatch_id(text), text)
    named = toponyms(dispatch, by_rule(dispatch, kit).mentions, kit)
    seen = sightings([Reading(dispatch.id, kit.version, tuple(named), (), ())])
    where = localities(seen, kit.gazetteer, text)
    places = {m.id: _place(where, where.keys[s.id], kit) for s in seen for m in s.mentions}
    found = [Placed(m.span.start, m.span.end, places.get(m.id)) for m in named]
    return found + [a for a in _adjectives(text, kit) if adjectives and not any(shared(a.span, f.span) for f in found)]


def _place(where: Localities, key: str, kit: Kit) -> Place | None:
    """Return the place of a key of the record: that place, or the town that holds what the key stands for."""
    return where.places.get(key) or kit.gazetteer.place(where.towns.get(key, ""))


def _adjectives(text: str, kit: Kit) -> Iterator[Placed]:
    for match in _WORD.finditer(text):
        if code := country_of(match.group()):
            yield Placed(match.start(), match.end(), kit.gazetteer.country(code))


def _marks_adjectives(article: Article) -> bool:
    return any(country_of(article.text[t.start : t.end]) for t in article.toponyms)


def scores(path: Path, *, errors: int = 0) -> dict[str, Any]:
    """Return the scores over a file; raises ValueError where it is not of this form."""
    news, kit, counts, told = list(articles(path)), standard_kit(trained=False), Counter[str](), list[str]()
    adjectives = any(map(_marks_adjectives, news))
    for article in news:
        told.extend(_count(counts, article, placed(article.text, kit, adjectives=adjectives)))
    for line in told[:errors]:
        sys.stderr.write(f"{line}\n")
    n = counts
    return {
        "documents": len(news),
        "places": n["gold"],
        "adjectives": adjectives,
        "overlap": f1(n["overlap"], n["gold"], n["found"]),
        "overlap_precision": share(n["overlap"], n["found"]),
        "overlap_recall": share(n["overlap"], n["gold"]),
        "within_161km": share(n["near"], n["known"]),
        "end_to_end": share(n["near"], n["with_point"]),
        "end_to_end_precision": share(n["near"], n["found"] - n["overlap"] + n["known"]),
    }


def _count(counts: Counter[str], article: Article, found: list[Placed]) -> Iterator[str]:
    """Add an article to the counts; yields a line for each error."""
    gold, text = article.toponyms, article.text
    pairs = paired([g.span for g in gold], [f.span for f in found], lambda g, f: shared(g, f) > 0)
    known = [(gold[i], found[j]) for i, j in pairs if gold[i].point]
    counts.update(gold=len(gold), found=len(found), overlap=len(pairs), known=len(known))
    counts.update(with_point=sum(g.point is not None for g in gold), near=sum(f.near(g) for g, f in known))
    for g, f in known:
        if not f.near(g):
            yield f"misplaced {_about(f, g)}: {_context(text, f.span)}"
    for i in sorted(set(range(len(gold))) - {i for i, _ in pairs}):
        yield f"missed: {_context(text, gold[i].span)}"
    for j in sorted(set(range(len(found))) - {j for _, j in pairs}):
        yield f"ours alone: {_context(text, found[j].span)}"


def _about(found: Placed, gold: Toponym) -> str:
    place = found.place
    if place is None or gold.point is None:
        return "nowhere"
    return f"{distance(place.point, gold.point):.0f} km ({place.kind} {place.name}, {place.country or 'several'})"


def _context(text: str, span: Span) -> str:
    return " ".join(in_context(text, span, 40).split())


def main(argv: list[str] | None = None) -> None:
    """Print the scores of one file."""
    run(__doc__, scores, argv, wanted="a file of the form of TR-News or GeoVirus", fits=Path.is_file)


if __name__ == "__main__":
    main()
