"""What a database holds, whatever its revision: rows by table, the numbers of its keys, and whether keys open it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import BigInteger, ColumnElement, Connection, LargeBinary, column, func, inspect, select, table, text

from salur.core.errors import Refused
from salur.core.storage.database import Database
from salur.core.storage.vault import ID_BYTES, PADDED, Vault

Tell = Callable[[int], None]
VERSIONS = "alembic_version"
PARTITIONS = "SELECT relname FROM pg_class WHERE relispartition AND relnamespace = current_schema()::regnamespace"


@dataclass(frozen=True, slots=True)
class Contents:
    """What is counted before and after."""

    revision: str
    rows: dict[str, int]
    keys: tuple[int, ...]


class Share:
    """Tells somebody how far a long work is: by how many percent more than the last time."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._told = 0

    def reached(self, done: int, total: int) -> None:
        """So much of so much is done by now."""
        share = min(100, done * 100 // max(total, 1))
        if share > self._told:
            self._tell(share - self._told)
            self._told = share


def look_into(connection: Connection) -> Contents:
    """Count everything. Raises Refused(`not_set_up`) for a database that is not Salur's, or not yet."""
    columns = columns_of(connection)
    if VERSIONS not in columns:
        raise Refused("not_set_up")
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision is None:
        raise Refused("not_set_up")
    rows = {
        name: int(connection.execute(select(func.count()).select_from(table(name))).scalar_one())
        for name in sorted(columns)
    }
    keys = {number for _table, _column, _begins, number in _sealed_with(connection, columns)}
    return Contents(str(revision), rows, tuple(sorted(keys)))


def open_some(connection: Connection, vault: Vault) -> int:
    """Open one value of each column that is sealed, with each key; gives how many. Raises NoKey."""
    opened = 0
    for name, sealed, begins, _number in list(_sealed_with(connection, columns_of(connection))):
        wanted = column("id", BigInteger), column(sealed, LargeBinary)
        found = select(*wanted).select_from(table(name)).where(begins).limit(1)
        id, value = connection.execute(found).one()
        vault.open(value, f"{name}.{sealed}", id)
        opened += 1
    return opened


def columns_of(connection: Connection) -> dict[str, list[str]]:
    """The tables with the names of their columns; parts of a table are not told apart."""
    parts = set()
    if connection.dialect.name == "postgresql":
        parts = set(connection.execute(text(PARTITIONS)).scalars())
    every = inspect(connection).get_multi_columns()
    return {name: [one["name"] for one in columns] for (_schema, name), columns in every.items() if name not in parts}


def _sealed_with(
    connection: Connection, columns: dict[str, list[str]]
) -> Iterator[tuple[str, str, ColumnElement[bool], int]]:
    """Table, column, a condition for what begins alike, and the key that it is sealed with."""
    for name, names in sorted(columns.items()):
        for sealed in (one for one in names if one.startswith("sealed_")):
            begin = func.substr(column(sealed), 1, ID_BYTES)
            statement = select(begin).select_from(table(name)).where(column(sealed).is_not(None)).distinct()
            for prefix in connection.execute(statement).scalars().all():
                number = int.from_bytes(bytes(prefix), "big") & ~PADDED
                yield name, sealed, begin == bytes(prefix), number


def unhurried(connection: Connection) -> None:
    """Take away the time limits of a page: to count a country takes longer."""
    if connection.dialect.name == "postgresql":
        for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
            connection.execute(text(f"SET LOCAL {limit} = 0"))


def is_empty(database: Database) -> bool:
    """Whether there is no table in it. Raises DatabaseAway."""
    with database.reading() as connection:
        return not columns_of(connection)


def nothing_lost(found: Contents, rows: dict[str, int]) -> None:
    """Raises Refused(`backup_rows_differ`) with the first table of which not all is there, or more."""
    for name in sorted({*found.rows, *rows}):
        if found.rows.get(name) != rows.get(name):
            raise Refused("backup_rows_differ", table=name, there=rows.get(name, 0), found=found.rows.get(name, 0))
