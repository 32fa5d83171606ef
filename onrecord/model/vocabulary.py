"""The closed lists of the record: kinds, types, statuses, measures, modes, stances.

What each value means is written in `docs/vocabulary.md`. A value is added only together with its mapping to
ACLED, UCDP GED and PLOVER.
"""

from __future__ import annotations

from typing import Final, Literal

EntityKind = Literal["person", "group", "organisation", "population", "place", "facility", "other"]
ClaimKind = Literal["event", "figure", "control"]
Status = Literal["happened", "ongoing", "expected", "conditional", "denied", "uncertain"]
Mode = Literal["event", "cumulative", "current"]
Stance = Literal["asserts", "denies", "confirms", "estimates", "predicts", "demands", "evaluates"]
ControlState = Literal["holds", "contested", "besieged", "unknown"]
Basis = Literal["header", "metadata", "context", "linked", "none"]
Precision = Literal["exact", "near", "admin2", "admin1", "country", "within", "none"]
Grade = Literal["confirmed", "fair", "weak", "contested"]
Furniture = Literal["title", "byline", "dateline", "date", "agency", "caption", "furniture"]
Rule = Literal["widest", "lowest", "latest", "majority", "monitors-first", "acled", "ucdp"]
Concluded = Literal["widest", "lowest", "latest", "majority", "monitors-first", "acled", "ucdp", "judged"]
JudgementState = Literal["holds", "overruled", "withdrawn", "adrift"]

ENTITY_KINDS: Final[tuple[EntityKind, ...]] = (
    "person", "group", "organisation", "population", "place", "facility", "other",
)  # fmt: skip

EVENT_TYPES: Final[tuple[str, ...]] = (
    "armed_clash", "offensive", "territory_gain", "withdrawal", "siege", "air_strike", "shelling", "bombing",
    "suicide_bombing", "chemical_attack", "killing", "injury", "violence_against_civilians", "abduction",
    "detention", "surrender", "release", "displacement", "evacuation", "agreement", "negotiation", "destruction",
    "deployment", "support", "clearance", "aid", "protest", "prosecution",
)  # fmt: skip

STATUSES: Final[tuple[Status, ...]] = ("happened", "ongoing", "expected", "conditional", "denied", "uncertain")

MEASURES: Final[tuple[str, ...]] = (
    "killed", "wounded", "missing", "abducted", "detained", "surrendered", "released", "casualties", "displaced",
    "evacuated", "trapped", "present", "deployed", "joined", "affected", "attacks", "destroyed", "territory",
    "duration", "other",
)  # fmt: skip

MODES: Final[tuple[Mode, ...]] = ("event", "cumulative", "current")

STANCES: Final[tuple[Stance, ...]] = (
    "asserts", "denies", "confirms", "estimates", "predicts", "demands", "evaluates",
)  # fmt: skip

CONTROL_STATES: Final[tuple[ControlState, ...]] = ("holds", "contested", "besieged", "unknown")

RULES: Final[tuple[Rule, ...]] = ("widest", "lowest", "latest", "majority", "monitors-first", "acled", "ucdp")
