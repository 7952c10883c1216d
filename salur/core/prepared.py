"""Statements that are run for every question: written into SQL once, and run on the driver's own cursor.

Building and fetching one execution costs 150-250 µs in SQLAlchemy, the same SQL on the driver 15-60. The tables stay
the one description: columns, their types and the differences of the databases come from them.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect

Values = Mapping[str, object]
Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement in the SQL of one database, with what its parameters have to pass through."""

    sql: str
    constants: Values
    positions: Sequence[str] | None  # of the parameters, where the driver counts them
    converted: tuple[tuple[str, Convert], ...]

    def parameters(self, values: Values) -> Any:
        """The values in the driver's way."""
        given = {**self.constants, **values}
        for name, convert in self.converted:
            given[name] = convert(given[name])
        return given if self.positions is None else [given[name] for name in self.positions]


class Prepared:
    """One statement. Its rows are named tuples. It has no lists of varying length among its parameters."""

    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._columns = tuple(getattr(statement, "exported_columns", ()))
        row: Any = namedtuple("row", [column.key for column in self._columns])  # type: ignore[misc]
        self._make_row = row._make
        self._written: dict[str, _Written] = {}
        self._converted: dict[str, tuple[tuple[int, Convert], ...]] = {}

    def run(self, connection: Connection, values: Values) -> list[Any]:
        """Run once, inside the connection's transaction; gives the rows, none where the statement has none."""
        written = self._written.get(connection.dialect.name) or self._write(connection.dialect)
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute(written.sql, written.parameters(values))
            if not self._columns:
                return []
            converted = self._converted.get(connection.dialect.name)
            if converted is None:
                converted = self._understand(connection.dialect, cursor.description)
            if not converted:
                return [self._make_row(row) for row in cursor.fetchall()]
            return [self._read(row, converted) for row in cursor.fetchall()]

    def _read(self, row: Sequence[Any], converted: Iterable[tuple[int, Convert]]) -> Any:
        found = list(row)
        for place, convert in converted:
            found[place] = convert(found[place])
        return self._make_row(found)

    def _write(self, dialect: Dialect) -> _Written:
        compiled = self._statement.compile(dialect=dialect)
        kinds = {name: bind.type.dialect_impl(dialect) for name, bind in compiled.binds.items()}
        converts = {name: kind.bind_processor(dialect) for name, kind in kinds.items()}
        written = self._written[dialect.name] = _Written(
            sql=str(compiled),
            constants={name: value for name, value in compiled.params.items() if value is not None},
            positions=compiled.positiontup if compiled.positional else None,
            converted=tuple((name, convert) for name, convert in converts.items() if convert is not None),
        )
        return written

    def _understand(self, dialect: Dialect, description: Sequence[Any]) -> tuple[tuple[int, Convert], ...]:
        """What makes the driver's values into those of the tables, for each column that needs it."""
        kinds = (column.type.dialect_impl(dialect) for column in self._columns)
        converts = [kind.result_processor(dialect, told[1]) for kind, told in zip(kinds, description, strict=True)]
        converted = tuple((place, convert) for place, convert in enumerate(converts) if convert is not None)
        self._converted[dialect.name] = converted
        return converted
