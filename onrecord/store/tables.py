"""The tables of a record file: two logs, and the record that follows from them.

Columns beside `body` are what pages and commands look things up by; `body` is the whole value as JSON. `ord` keeps
the record's order: it grows from row to row, by any steps. The texts of dispatches stand apart from their
descriptions, so that lists stay light.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

METADATA = MetaData()


def _table(name: str, *columns: Column[int] | Column[str] | Index) -> Table:
    return Table(name, METADATA, *columns)


def _dispatch(*, primary_key: bool = False) -> Column[str]:
    reference = ForeignKey("dispatches.id", ondelete="CASCADE")
    return Column("dispatch", String, reference, primary_key=primary_key, nullable=False, index=not primary_key)


def _body() -> Column[str]:
    return Column("body", Text, nullable=False)


# One number a row: `log` grows with every reading and judgement, `record` with every saved record, and
# `record_of_log` is the `log` that the saved record was made from.
STATE = _table("state", Column("name", String, primary_key=True), Column("number", Integer, nullable=False))

# ------------------------------------------------------------------------------------------------------ the logs
DISPATCHES = _table("dispatches", Column("id", String, primary_key=True), Column("text", Text, nullable=False), _body())
SIGHTINGS = _table("sightings", _dispatch(primary_key=True), Column("body", Text, primary_key=True))
READINGS = _table("readings", _dispatch(primary_key=True), Column("reader", String, nullable=False), _body())
SET_ASIDE = _table(
    "set_aside",
    Column("name", String, primary_key=True),
    Column("reason", String, primary_key=True),
    Column("advice", Text, nullable=False),
)
JUDGEMENTS = _table("judgements", Column("id", String, primary_key=True), Column("at", String, nullable=False), _body())

# The ids that were given out in exports and reports, numbered in that order: what they were given to keeps them.
GIVEN = _table("given", Column("number", Integer, primary_key=True), Column("id", String, unique=True, nullable=False))

# ---------------------------------------------------------------------------------------------------- the record
ENTITIES = _table(
    "entities",
    Column("id", String, primary_key=True),
    Column("ord", BigInteger, nullable=False),
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False, index=True),
    _body(),
)
LINEAGE = _table(
    "lineage",
    _dispatch(primary_key=True),
    Column("ord", BigInteger, nullable=False),
    Column("origin", String, nullable=False, index=True),
    Column("published", String),
    Column("basis", String, nullable=False),
)
MENTIONS = _table(
    "mentions",
    Column("id", String, primary_key=True),
    Column("ord", BigInteger, nullable=False),
    _dispatch(),
    Column("entity", String, nullable=False, index=True),
    _body(),
)
STATEMENTS = _table(
    "statements",
    Column("id", String, primary_key=True),
    Column("ord", BigInteger, nullable=False),
    _dispatch(),
    Column("speaker", String, index=True),
    _body(),
)
CLAIMS = _table(
    "claims",
    Column("id", String, primary_key=True),
    Column("ord", BigInteger, nullable=False),
    _dispatch(),
    Column("kind", String, nullable=False),
    Column("type", String, nullable=False),
    Column("place", String, index=True),
    Column("start", String),
    Column("event", String, index=True),
    Column("figure", String, index=True),
    _body(),
)
EVENTS = _table(
    "events",
    Column("id", String, primary_key=True),
    Column("ord", BigInteger, nullable=False),
    Column("type", String, nullable=False),
    Column("place", String, index=True),
    Column("start", String, index=True),
    Column("status", String, nullable=False),
    Column("grade", String, nullable=False),
    _body(),
)
FIGURES = _table(
    "figures",
    Column("id", String, primary_key=True),
    Column("ord", BigInteger, nullable=False),
    Column("measure", String, nullable=False),
    Column("place", String, index=True),
    Column("as_of", String),
    _body(),
)
CONTROL = _table(
    "control",
    Column("ord", BigInteger, primary_key=True),
    Column("place", String, nullable=False, index=True),
    Column("since", String),
    _body(),
)

STANDINGS = _table(
    "standings", Column("judgement", String, primary_key=True), Column("ord", BigInteger, nullable=False), _body()
)

DATINGS = _table("datings", _dispatch(primary_key=True), Column("ord", BigInteger, nullable=False), _body())

# Not of the record: readings under a date that the record gave, kept so that none is made twice.
REDATED = _table(
    "redated",
    _dispatch(primary_key=True),
    Column("published", String, primary_key=True),
    Column("reader", String, nullable=False),
    _body(),
)

RECORD_TABLES = (ENTITIES, LINEAGE, MENTIONS, STATEMENTS, CLAIMS, EVENTS, FIGURES, CONTROL, STANDINGS, DATINGS)
