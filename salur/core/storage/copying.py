"""PostgreSQL's way to load many rows: binary COPY, in which the driver has to be told the types of columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from psycopg import sql
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


def copy_rows(connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write many rows of plain values, datetimes in UTC."""
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
