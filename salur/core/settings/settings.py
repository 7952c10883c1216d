"""What a city sets by itself on the site. Until somebody sets it, the environment says it.

The history is the store: the newest change of each setting holds, and undoing one is one more change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, insert, select

from salur.core.errors import DatabaseAway, FieldRefused, NotThere, Refused
from salur.core.officers.queries import username_of
from salur.core.officers.roles import Officer, Role
from salur.core.settings.answers import CityFacts, SettingChange
from salur.core.settings.kinds import BOUNDS, HEADER_LINES, LONGEST, NO, YES, Setting
from salur.core.storage.database import Database
from salur.core.storage.statements import AnySelect
from salur.core.tables.settings import SettingChangeRow

FRESH = timedelta(seconds=5)  # as long, another process may go by what was set before
SHOWN = 100  # of the history


class CitySettings:
    """Reads, sets and takes back. `defaults` are what the environment says, `city` the code of the city served."""

    def __init__(self, database: Database, clock: Callable[[], datetime], city: str, defaults: CityFacts) -> None:
        self._database = database
        self._clock = clock
        self._city = city
        self._defaults = defaults
        self._known: tuple[datetime, CityFacts] | None = None

    def now(self) -> CityFacts:
        """What holds. Asks the database every few seconds at most; while that is away, what was known before holds."""
        known, now = self._known, self._clock()
        if known is not None and abs(now - known[0]) < FRESH:
            return known[1]
        try:
            facts = self._read()
        except DatabaseAway:
            facts = known[1] if known is not None else self._defaults
        self._known = now, facts
        return facts

    def four_eyes(self) -> bool:
        """Whether a second person has to publish; read anew, for nobody may publish alone by what was known before."""
        return self._read().needs_two

    def kept(self) -> timedelta:
        """How long records are kept; for those who delete. Read anew."""
        return self._read().kept

    def uploads_kept(self) -> timedelta:
        """How long uploads are kept; for those who delete. Read anew."""
        return self._read().uploads_kept

    def newest(self) -> int:
        """The number of the newest change, 0 before the first: what a form was filled in on."""
        with self._database.reading() as connection:
            return _newest(connection)

    def put(self, officer: Officer, values: Mapping[Setting, str], *, seen: int) -> int:
        """Set what differs from what holds; gives how many that were. `seen` is `newest()` of when the form was shown.

        Raises: NotThere for another office; Refused(`settings_changed`) when somebody else was quicker; FieldRefused.
        """
        self._check(officer)
        wanted = {setting: _checked(setting, value) for setting, value in values.items()}
        with self._database.writing() as connection:
            if _newest(connection, lock=True) != seen:
                raise Refused("settings_changed")
            known = self._set(connection)
            now = asdict(self._facts(connection))
            rows = [
                self._change(officer, setting, known.get(setting), value)
                for setting, value in wanted.items()
                if value != now[setting]
            ]
            if rows:
                connection.execute(insert(SettingChangeRow), rows)
        self._known = None
        return len(rows)

    def undo(self, officer: Officer, change: int) -> None:
        """Let a setting be as it was before this change, which is the newest of it.

        Raises: NotThere; Refused(`setting_changed_since`).
        """
        self._check(officer)
        with self._database.writing() as connection:
            _newest(connection, lock=True)
            row = connection.execute(select(SettingChangeRow.__table__).where(SettingChangeRow.id == change)).first()
            if row is None:
                raise NotThere("no_such_setting")
            last = select(func.max(SettingChangeRow.id)).where(SettingChangeRow.name == row.name)
            if connection.execute(last).scalar() != change:
                raise Refused("setting_changed_since")
            values = self._change(officer, Setting(row.name), row.after, row.before)
            connection.execute(insert(SettingChangeRow).values(values))
        self._known = None

    def history(self, officer: Officer) -> tuple[SettingChange, ...]:
        """The latest changes, the newest first."""
        self._check(officer)
        table = SettingChangeRow
        newest = select(func.max(table.id)).group_by(table.name)
        statement: AnySelect = (
            select(*table.__table__.c, username_of(table.__table__.c.made_by), table.id.in_(newest).label("newest"))
            .order_by(table.id.desc())
            .limit(SHOWN)
        )
        with self._database.reading() as connection:
            return tuple(
                SettingChange(
                    row.id, Setting(row.name), row.before, row.after, row.at, row.username or "", bool(row.newest)
                )
                for row in connection.execute(statement)
            )

    # One step each

    def _read(self) -> CityFacts:
        with self._database.reading() as connection:
            return self._facts(connection)

    def _check(self, officer: Officer) -> None:
        if officer.role is not Role.DINSOS or officer.territory.region_code != self._city:
            raise NotThere("no_such_setting")

    def _change(self, officer: Officer, setting: Setting, before: str | None, after: str | None) -> dict[str, object]:
        by = {"at": self._clock(), "made_by": officer.account}
        return {"name": str(setting), "before": before, "after": after, **by}

    def _facts(self, connection: Connection) -> CityFacts:
        told = {str(name): value for name, value in self._set(connection).items() if value is not None}
        return replace(self._defaults, **told)

    @staticmethod
    def _set(connection: Connection) -> dict[Setting, str | None]:
        """What was set on the site, in one statement."""
        newest = select(func.max(SettingChangeRow.id)).group_by(SettingChangeRow.name)
        rows = select(SettingChangeRow.name, SettingChangeRow.after).where(SettingChangeRow.id.in_(newest))
        return {Setting(name): after for name, after in connection.execute(rows) if name in set(Setting)}


def _newest(connection: Connection, *, lock: bool = False) -> int:
    if lock and connection.dialect.name == "postgresql":  # SQLite has one writer anyway
        connection.execute(select(func.pg_advisory_xact_lock(0x5E771)))
    return connection.execute(select(func.coalesce(func.max(SettingChangeRow.id), 0))).scalar_one()


def _checked(setting: Setting, value: str) -> str:
    """A value as it is kept. Raises FieldRefused."""
    if setting is Setting.FOUR_EYES:
        return YES if value == YES else NO
    if setting in BOUNDS:
        least, most = BOUNDS[setting]
        if not (value.isascii() and value.isdecimal() and len(value) < 6 and least <= int(value) <= most):
            raise FieldRefused(setting, f"{setting}_bounds")
        return str(int(value))
    lines = [" ".join(line.split()) for line in value.splitlines()]
    kept = "\n".join(line for line in lines if line)
    if len(kept) > LONGEST[setting] or kept.count("\n") >= (HEADER_LINES if setting is Setting.HEADER else 1):
        raise FieldRefused(setting, "setting_too_long")
    if setting is Setting.OFFICE_NAME and not kept:
        raise FieldRefused(setting, "office_name_missing")
    return kept
