"""Many rows at once: a bulk load, where SQLite and PostgreSQL differ most, and a deletion that holds nobody up."""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Connection,
    Date,
    Float,
    Integer,
    LargeBinary,
    Table,
    Text,
    delete,
    select,
)

from salur.core.storage.database import Database
from salur.core.storage.statements import AnyField
from salur.core.tables import base

PIECE = 1_000  # rows that are deleted in one transaction
COPY_TYPES: dict[type, str] = {
    BigInteger: "int8",
    Integer: "int4",
    Float: "float8",
    LargeBinary: "bytea",
    Boolean: "bool",
    Date: "date",
    base.UtcDateTime: "timestamptz",
    Text: "text",
}


def bulk_insert(connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write many rows: binary COPY on PostgreSQL, executemany on SQLite. Values must be plain, datetimes in UTC."""
    if connection.dialect.name == "postgresql":
        _copy(connection, table, names, rows)
        return
    columns = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" * len(names))
    cursor = connection.connection.cursor()
    statement = f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'  # noqa: S608 - names are ours
    cursor.executemany(statement, rows)  # type: ignore[arg-type] # any iterable will do
    cursor.close()


def expect_many(connection: Connection) -> None:
    """Make a connection ready for many short writes.

    The pages of indexes are written where numbers happen to lie. SQLite keeps more of them, and brings them from its
    log to the file seldom: what was changed again meanwhile is written once.
    """
    if connection.dialect.name == "sqlite":
        for pragma in ("cache_size = -65536", "wal_autocheckpoint = 8000"):
            connection.exec_driver_sql(f"PRAGMA {pragma}")


def delete_in_pieces(
    database: Database,
    table: type[base.Table],
    *which: ColumnElement[bool],
    key: AnyField | None = None,
    at_once: int | None = None,
    before: Callable[[Connection, Sequence[int]], None] = lambda *_: None,
) -> Iterator[int]:
    """Delete the rows that are there now, each piece in a transaction of its own; gives how many of each were deleted.

    `key` tells them apart among these: their id, where nothing else is said. `before` gets those of a piece in its
    transaction, to delete what hangs on them.

    SQLite writes over what it deletes, and meanwhile nobody else writes. Between two pieces it is left to others for as
    long as the last one took: who waits for it looks only now and again, and would meet the next piece.
    """
    column = table.__table__.c.id if key is None else key
    with database.reading() as connection:
        keys = array("q", connection.execute(select(column).where(*which).order_by(column)).scalars())
    size = at_once or PIECE
    for start in range(0, len(keys), size):
        piece = keys[start : start + size].tolist()
        began = time.monotonic()
        with database.writing() as connection:
            before(connection, piece)
            count = connection.execute(delete(table).where(column.in_(piece), *which)).rowcount
        yield count
        if start + size < len(keys):
            time.sleep(time.monotonic() - began)


def _copy(connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    from psycopg import sql

    driver = connection.connection.driver_connection
    assert driver is not None
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types([_copy_type(table, name) for name in names])
        for row in rows:
            copy.write_row(row)


def _copy_type(table: Table, name: str) -> str:
    kind = table.columns[name].type
    return next((pg for sa, pg in COPY_TYPES.items() if isinstance(kind, sa)), "text")
