"""Many rows at once: a bulk load, where SQLite and PostgreSQL differ most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import BigInteger, Boolean, Connection, Date, Float, Integer, LargeBinary, Table, Text

from salur.core.tables.base import UtcDateTime

COPY_TYPES: dict[type, str] = {
    BigInteger: "int8",
    Integer: "int4",
    Float: "float8",
    LargeBinary: "bytea",
    Boolean: "bool",
    Date: "date",
    UtcDateTime: "timestamptz",
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
