"""Which programmes exclude each other is confirmed by an office, with a source, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from salur.core.doubles.answers import Confirmation, Rule
from salur.core.doubles.exclusions import EXCLUSIONS, Exclusion, Rules
from salur.core.errors import FieldRefused, NotThere
from salur.core.storage.database import Database
from salur.core.tables.lists import ExclusionRow, ProgrammeRow

TABLE = ExclusionRow.__table__
LONGEST_SOURCE = 300


def rules_in_force(connection: Connection) -> Rules:
    """What Salur knows, but where an office has confirmed it, or that it is otherwise."""
    said = select(TABLE).where(ExclusionRow.taken_back_at.is_(None))
    rules = {frozenset((rule.one, rule.other)): rule for rule in EXCLUSIONS}
    for row in connection.execute(said):
        pair = frozenset((row.one, row.other))
        rules.pop(pair, None)
        if row.excludes:
            rules[pair] = Exclusion(row.one, row.other, row.source, sure=True, confirmed=True)
    return tuple(rules.values())


class Confirmations:
    """Takes confirmations in, and takes them back."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def rules(self) -> tuple[Rule, ...]:
        """All pairs of which anything is known, by code: as it was confirmed here, else as Salur knows it."""
        confirmed = {(one.one, one.other): one for one in self.history() if one.taken_back_at is None}
        rules = {pair: Rule(*pair, one.source, sure=True, confirmation=one) for pair, one in confirmed.items()}
        for known in EXCLUSIONS:
            one, other = sorted((known.one, known.other))
            rules.setdefault((one, other), Rule(one, other, known.source, known.sure))
        return tuple(rules[pair] for pair in sorted(rules))

    def history(self) -> tuple[Confirmation, ...]:
        """All that was ever confirmed, the newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(TABLE).order_by(ExclusionRow.id.desc()))
            return tuple(Confirmation(**row._mapping) for row in rows)

    def confirm(self, one: str, other: str, source: str, by: int | None, *, excludes: bool) -> None:
        """Say what holds between two programmes, and which decree says so.

        Raises: FieldRefused with `pair_wrong`, `unknown_programme`, `source_missing`, `source_too_long`, or
        `confirmed_already`: what was said before has to be taken back first.
        """
        source = " ".join(source.split())
        pair = sorted((one, other))
        if one == other:
            raise FieldRefused("other", "pair_wrong")
        if not source or len(source) > LONGEST_SOURCE:
            raise FieldRefused("source", "source_too_long" if source else "source_missing")
        values = {"one": pair[0], "other": pair[1], "excludes": excludes, "source": source}
        stands = select(ExclusionRow.id).where(
            ExclusionRow.one == pair[0], ExclusionRow.other == pair[1], ExclusionRow.taken_back_at.is_(None)
        )
        # Two who confirm the same pair go one after the other.
        both = select(ProgrammeRow.code).where(ProgrammeRow.code.in_(pair)).order_by(ProgrammeRow.code)
        with self._database.writing() as connection:
            if len(connection.execute(both.with_for_update()).all()) < len(pair):
                raise FieldRefused("other", "unknown_programme")
            if connection.execute(stands).scalar() is not None:
                raise FieldRefused("other", "confirmed_already")
            connection.execute(insert(ExclusionRow).values(**values, made_by=by, made_at=self._clock()))

    def take_back(self, id: int, by: int | None) -> None:
        """Let what Salur knows hold again. Raises NotThere(`no_such_confirmation`)."""
        mine = update(ExclusionRow).where(ExclusionRow.id == id, ExclusionRow.taken_back_at.is_(None))
        with self._database.writing() as connection:
            values = {"taken_back_at": self._clock(), "taken_back_by": by}
            if not connection.execute(mine.values(values)).rowcount:
                raise NotThere("no_such_confirmation")
