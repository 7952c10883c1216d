"""The table of tallies: how tries are counted and forgiven. All that limits anybody is counted here.

A tally is found by a digest, of which each use has its own. It is locked, then looked at, then written: what is locked
stays so until the transaction ends, so a hundred at once are judged one after the other; and what is refused is not
written, so it moves nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection, select, text

from salur.core.storage.prepared import Prepared, PreparedForMany, columns_of
from salur.core.tables.limits import TallyRow

HOUR, DAY = 3_600, 86_400
ELSEWHERE = "salur_tallies"  # option of a connection: what locks and writes in place of its database

_tally = TallyRow.__table__.c


class Tally(NamedTuple):
    """What is counted: a digest, how often it was tried since when, for how many seconds that holds."""

    key: bytes
    span: int
    tries: int
    since: int  # Unix seconds
    opened: bool  # it was right once

    def left(self, now: int) -> int:
        """Seconds until it is empty: no more than its span, whatever a clock that ran ahead wrote."""
        return max(min(self.since + self.span - now, self.span), 0)

    def plus(self, tries: int, now: int, *, fills: int = 0) -> Tally:
        """The same with so many tries more, or fewer. Its span begins with the first, and anew with the one that
        fills it."""
        counted = max(self.tries + tries, 0)
        begins = self.tries == 0 or counted == fills
        return self._replace(tries=counted, since=now if begins else min(self.since, now))


_columns = columns_of(Tally, **{name: _tally[name] for name in Tally._fields})
LOOK = PreparedForMany(lambda keys: select(*_columns).where(_tally.key.in_(keys)), Tally._make)


def lock(connection: Connection, spans: Mapping[bytes, int], now: int) -> dict[bytes, Tally]:
    """Lock tallies, in one statement; gives what each has, which is nothing where its span is over.

    On SQLite nobody else writes while a transaction does: there it is enough to look.
    """
    if (elsewhere := connection.get_execution_options().get(ELSEWHERE)) is not None:
        locked: dict[bytes, Tally] = elsewhere.lock(connection, spans, now)
        return locked
    if connection.dialect.name == "sqlite":
        there = {row.key: row for row in LOOK.run(connection, [*spans])}
        return {
            key: row._replace(span=span)
            if (row := there.get(key)) is not None and row._replace(span=span).left(now)
            else Tally(key, span, 0, now, row.opened if row is not None else False)
            for key, span in spans.items()
        }
    keys = sorted(spans)  # so that two who count never wait for each other's rows on PostgreSQL
    values: dict[str, object] = {"now": now}
    for i, key in enumerate(keys):
        values |= {f"key{i}": key, f"span{i}": spans[key]}
    rows = _lock(len(keys)).run(connection, values)
    found = (row if row.left(now) else row._replace(tries=0, since=now) for row in rows)
    return {bytes(tally.key): tally for tally in found}


def write(connection: Connection, tallies: Collection[Tally]) -> None:
    """Say, in one statement, what tallies have that are locked."""
    if (elsewhere := connection.get_execution_options().get(ELSEWHERE)) is not None:
        elsewhere.write(tallies)
        return
    values: dict[str, object] = {}
    for i, tally in enumerate(tallies):
        values |= {f"{name}{i}": value for name, value in tally._asdict().items()}
    _write(len(tallies)).run(connection, values)


@cache
def _lock(size: int) -> Prepared[Tally]:
    rows = ", ".join(f"(:key{i}, :span{i}, 0, :now, false)" for i in range(size))
    statement = f"""
        INSERT INTO attempt (key, span, tries, since, opened) VALUES {rows}
        ON CONFLICT (key) DO UPDATE SET span = excluded.span
        RETURNING key, span, tries, since, opened
        """  # noqa: S608  (made of names of parameters)
    return Prepared(text(statement).columns(*_columns), Tally._make)


@cache
def _write(size: int) -> Prepared[Tally]:
    rows = ", ".join(f"(:key{i}, :span{i}, :tries{i}, :since{i}, :opened{i})" for i in range(size))
    statement = f"""
        INSERT INTO attempt (key, span, tries, since, opened) VALUES {rows}
        ON CONFLICT (key) DO UPDATE
        SET span = excluded.span, tries = excluded.tries, since = excluded.since, opened = excluded.opened
        RETURNING key, span, tries, since, opened
        """  # noqa: S608  (made of names of parameters)
    return Prepared(text(statement).columns(*_columns), Tally._make)
