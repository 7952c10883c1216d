"""Statements that are run for every question: written into SQL once, and run on the driver's own cursor.

Building and fetching one execution costs 150-250 µs in SQLAlchemy, the same SQL on the driver 15-60. The tables stay
the one description: columns, their types and the differences of the databases come from them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar, overload

from sqlalchemy import Connection, Dialect, UpdateBase, bindparam, literal_column
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.selectable import ReturnsRows

from salur.core.storage.statements import AnyColumn, AnyField, AnySelect, AnyUnion, Binds

Values = Mapping[str, object]
Convert = Callable[[object], object]
ForMany = Callable[[Binds], AnySelect | AnyUnion]  # a statement about these values
NO_VALUES: Values = MappingProxyType({})
AT_ONCE = 4_096  # values in one statement: SQLite takes 32,766 parameters, and a statement may use each a few times


Row = TypeVar("Row")
Read = Callable[[Sequence[object]], Row]  # makes a typed row of the values of a statement's columns


def columns_of(row: type[NamedTuple], prefix: str = "", /, **columns: AnyField) -> tuple[AnyColumn, ...]:
    """The columns of a statement in the order of the fields of `row`, a named tuple; `prefix` tells them from others'.

    A field that is put together from more than a column is left out. Raises TypeError for a column of no field.
    """
    if not columns.keys() <= set(row._fields):
        raise TypeError(f"{row.__name__} has no such fields: {sorted(columns.keys() - set(row._fields))}")
    return tuple(columns[name].label(prefix + name) for name in row._fields if name in columns)


def constant(value: str | int) -> AnyColumn:
    """A word of ours or a number that stands in the text of a statement.

    For a parameter SQLite plans anew at each execution, to see if a partial index fits.
    """
    return literal_column(str(value) if isinstance(value, int) else f"'{value}'")


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement in the SQL of one database, with what its parameters have to pass through."""

    sql: str
    constants: Values
    positions: Sequence[str] | None  # of the parameters, where the driver counts them
    converted: tuple[tuple[str, Convert], ...]

    def parameters(self, values: Values) -> dict[str, object] | list[object]:
        """The values in the driver's way."""
        given = {**self.constants, **values}
        for name, convert in self.converted:
            given[name] = convert(given[name])
        return given if self.positions is None else [given[name] for name in self.positions]


class Prepared(Generic[Row]):
    """One statement. It has no lists of varying length among its parameters.

    `read` makes its rows, such as `_make` of a named tuple; one that only writes has none.
    """

    @overload
    def __init__(self: Prepared[None], statement: UpdateBase) -> None: ...
    @overload
    def __init__(self, statement: ReturnsRows, read: Read[Row]) -> None: ...
    def __init__(self, statement: ReturnsRows, read: Read[Row] | None = None) -> None:
        self._statement = statement
        self._columns = tuple(statement.exported_columns)
        self._make_row = read
        self._written: dict[str, _Written] = {}
        self._converted: dict[str, tuple[tuple[int, Convert], ...]] = {}

    def run(self, connection: Connection, values: Values) -> list[Row]:
        """Run once, inside the connection's transaction; gives the rows, none where the statement has none."""
        written = self._written.get(connection.dialect.name) or self._write(connection.dialect)
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute(written.sql, written.parameters(values))
            if self._make_row is None:
                return []
            converted = self._converted.get(connection.dialect.name)
            if converted is None:
                converted = self._understand(connection.dialect, cursor.description)
            if not converted:
                return [self._make_row(row) for row in cursor.fetchall()]
            return [self._make_row(_converted(row, converted)) for row in cursor.fetchall()]

    def _write(self, dialect: Dialect) -> _Written:
        compiled = self._statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        kinds = {name: bind.type.dialect_impl(dialect) for name, bind in compiled.binds.items()}
        converts = {name: kind.bind_processor(dialect) for name, kind in kinds.items()}
        written = self._written[dialect.name] = _Written(
            sql=str(compiled),
            constants={name: value for name, value in compiled.params.items() if value is not None},
            positions=compiled.positiontup if compiled.positional else None,
            converted=tuple((name, convert) for name, convert in converts.items() if convert is not None),
        )
        return written

    def _understand(self, dialect: Dialect, description: Sequence[Sequence[object]]) -> tuple[tuple[int, Convert], ...]:
        """What makes the driver's values into those of the tables, for each column that needs it."""
        kinds = (column.type.dialect_impl(dialect) for column in self._columns)
        converts = [kind.result_processor(dialect, told[1]) for kind, told in zip(kinds, description, strict=True)]
        converted = tuple((position, convert) for position, convert in enumerate(converts) if convert is not None)
        self._converted[dialect.name] = converted
        return converted


def _converted(row: Iterable[object], converted: Iterable[tuple[int, Convert]]) -> list[object]:
    found = list(row)
    for position, convert in converted:
        found[position] = convert(found[position])
    return found


class PreparedForMany(Generic[Row]):
    """A statement about as many values as there are, made by `statement` from their parameters.

    `read` makes its rows, as in `Prepared`. `at_once`: how many values one statement takes, less than usual for one
    that uses each many times.
    """

    def __init__(self, statement: ForMany, read: Read[Row], *, at_once: int = AT_ONCE) -> None:
        self._statement, self._make_row, self._at_once = statement, read, at_once
        self._of_size: dict[int, Prepared[Row]] = {}

    def run(self, connection: Connection, wanted: Collection[object], values: Values = NO_VALUES) -> list[Row]:
        """Run for these values, of which there is one at least; for very many, in portions."""
        every = list(wanted)
        most = self._at_once
        if len(every) > most:
            portions = (every[start : start + most] for start in range(0, len(every), most))
            return [row for portion in portions for row in self.run(connection, portion, values)]
        # Few sizes make few statements: one of the values fills the rest.
        size = 1 << (len(every) - 1).bit_length()
        names = [f"wanted{i}" for i in range(size)]
        if (prepared := self._of_size.get(size)) is None:
            statement = self._statement([bindparam(name) for name in names])
            prepared = Prepared(statement, self._make_row)
            self._of_size[size] = prepared
        every += [every[-1]] * (size - len(every))
        return prepared.run(connection, {**values, **dict(zip(names, every, strict=True))})
