"""What the first statement of a look-up takes in a table split by the number's index, against one that is whole.

Both are copies of what it reads, made here and thrown away: `finder`, a row for each number of a person, split into 16
by ranges of the index, which is as evenly spread as a hash; and the same rows in one piece.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from statistics import median

from sqlalchemy import Connection, text

from salur.core.storage.vault import Vault
from salur.wiring import Services

PARTS = 16
SHAPE = "number bytea NOT NULL, person_id bigint NOT NULL, nik_index bytea, kk_index bytea, sealed_names bytea NOT NULL"
ROWS = """INSERT INTO {into}
    SELECT nik_index, id, nik_index, kk_index, sealed_names FROM person WHERE nik_index IS NOT NULL
    UNION ALL SELECT kk_index, id, nik_index, kk_index, sealed_names FROM person WHERE kk_index IS NOT NULL"""
NEAR = """SELECT * FROM {table} WHERE number >= CAST(:index AS bytea) AND number < CAST(:end AS bytea)
    ORDER BY number LIMIT 6"""
TOUCHED = re.compile(r"on (finder_\d+|person|whole)\b.*\(actual")
NOW = """SELECT * FROM (SELECT id, sealed_names FROM person WHERE nik_index >= CAST(:index AS bytea)
    ORDER BY nik_index LIMIT 6) AS a UNION ALL SELECT * FROM (SELECT id, sealed_names FROM person
    WHERE kk_index >= CAST(:index AS bytea) ORDER BY kk_index LIMIT 6) AS b"""


def compare(services: Services, vault: Vault, niks: Sequence[str], kks: Sequence[str]) -> None:
    """Make both, ask each for the same numbers in turns, and print."""
    with services.database.writing() as connection:
        _make(connection)
    numbers = [vault.index(number) for pair in zip(niks, kks, strict=True) for number in pair]
    seconds: dict[str, list[float]] = {"person, as it is": [], "whole": [], "finder": []}
    with services.database.reading() as connection:
        touched = {_touched(connection, index) for index in numbers[:100]}
        for index in numbers:
            for table, taken in seconds.items():
                statement = text(NOW if table.startswith("person") else NEAR.format(table=table))
                values = {"index": index} if table.startswith("person") else _values(index)
                began = time.perf_counter()
                connection.execute(statement, values).all()
                taken.append(time.perf_counter() - began)
        size = connection.execute(text("SELECT pg_total_relation_size('whole'), (SELECT count(*) FROM person)")).one()
    print(f"parts of `finder` read for one number: {sorted(touched)}; {size[0] / size[1]:.0f} bytes a person")
    for table, taken in seconds.items():
        print(f"{table:20}{1e6 * median(taken[len(taken) // 4 :]):8.0f} µs", flush=True)


def _values(index: bytes) -> dict[str, bytes]:
    """The number's index, and where its part ends: no number is as high as the last end."""
    part = index[0] * PARTS // 256
    return {"index": index, "end": _border(part + 1)}


def _border(part: int) -> bytes:
    return b"\xff" * 33 if part == PARTS else bytes([part * 256 // PARTS])


def _make(connection: Connection) -> None:
    connection.execute(text("SET LOCAL maintenance_work_mem = '1GB'"))
    connection.execute(text(f"CREATE UNLOGGED TABLE whole ({SHAPE})"))
    connection.execute(text(f"CREATE TABLE finder ({SHAPE}) PARTITION BY RANGE (number)"))
    for part in range(PARTS):
        begin = "MINVALUE" if part == 0 else f"'\\x{_border(part).hex()}'"
        end = f"'\\x{_border(part + 1).hex()}'"
        of = f"PARTITION OF finder FOR VALUES FROM ({begin}) TO ({end})"
        connection.execute(text(f"CREATE UNLOGGED TABLE finder_{part:02} {of}"))
    for table in ("whole", "finder"):
        connection.execute(text(ROWS.format(into=table)))
        connection.execute(text(f"CREATE INDEX ON {table} (number)"))
    connection.execute(text("ANALYZE whole, finder"))


def _touched(connection: Connection, index: bytes) -> int:
    """How many parts are read for one number."""
    statement = text("EXPLAIN (ANALYZE, TIMING OFF) " + NEAR.format(table="finder"))
    plan = [line for (line,) in connection.execute(statement, _values(index))]
    return len({found[1] for line in plan if (found := TOUCHED.search(line))})
