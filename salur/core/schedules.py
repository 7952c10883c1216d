"""A schedule comes in: places and sittings. A changed row replaces the sitting and remembers what it replaced."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, insert, select, update

from salur.core.database import AnyRow, Database
from salur.core.periods import is_period, period_of
from salur.core.regions import time_zone
from salur.core.tables import PlaceRow, ProgrammeRow, SessionRow

AT_HOME = "Rumah penerima"
PLACE_FACTS = ("address", "latitude", "longitude", "opening_hours")


class ScheduledSession(Protocol):
    """One row of a schedule, as intake gives it."""

    @property
    def row(self) -> int | str: ...
    @property
    def programme(self) -> str | None: ...
    @property
    def period(self) -> str | None: ...
    @property
    def stage(self) -> str | None: ...
    @property
    def place(self) -> str | None: ...
    @property
    def kind(self) -> str | None: ...
    @property
    def address(self) -> str | None: ...
    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...
    @property
    def opening_hours(self) -> str | None: ...
    @property
    def date(self) -> dt.date | None: ...
    @property
    def starts(self) -> dt.time | None: ...
    @property
    def ends(self) -> dt.time | None: ...
    @property
    def deadline(self) -> dt.date | None: ...
    @property
    def region_code(self) -> str | None: ...
    @property
    def rw(self) -> int | None: ...
    @property
    def rt(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class ScheduleReport:
    """What an import of a schedule did; `skipped` are `(row, code)` of rows that could not be used."""

    added: int
    changed: int
    unchanged: int
    skipped: tuple[tuple[int | str, str], ...]


class Schedules:
    """Takes schedules in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, sessions: Sequence[ScheduledSession], *, programme: str | None = None, period: str | None = None
    ) -> ScheduleReport:
        """Bring the sittings in step with these rows, in one transaction; `programme` and `period` fill what rows lack.

        A row whose area, programme and period stand already with another day, hour or place replaces the sitting most
        like it. Sittings that the rows do not mention stay as they are, so a file of changes alone is enough.
        """
        skipped: list[tuple[int | str, str]] = []
        done: Counter[str] = Counter()
        with self._database.writing() as connection:
            # Locked, so that two imports of schedules run one after the other.
            locked = select(ProgrammeRow.code).order_by(ProgrammeRow.code).with_for_update()
            programmes = set(connection.execute(locked).scalars())
            places = _Places(connection)
            wanted: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
            for session in sessions:
                code, values = _values(session, programme, period, programmes)
                if values is None:
                    skipped.append((session.row, code))
                    continue
                values["place_id"] = places.id_of(session)
                wanted.setdefault(_key(values), []).append(values)
            for key, rows in wanted.items():
                done.update(_bring_in_step(connection, key, rows))
        return ScheduleReport(done["added"], done["changed"], done["unchanged"], tuple(skipped))


def _values(
    session: ScheduledSession, programme: str | None, period: str | None, programmes: set[str]
) -> tuple[str, dict[str, Any] | None]:
    """The columns of a sitting, or the code of what is missing."""
    programme = session.programme or programme
    if programme not in programmes:
        return "programme_unknown", None
    if session.region_code is None:
        return "region_unknown", None
    if session.place is None or session.kind is None:
        return "place_missing", None
    if session.date is None:
        return "date_unclear", None
    if session.starts is None or session.ends is None or session.starts >= session.ends:
        return "hours_unclear", None
    period = session.period or period or period_of(session.stage, session.date)
    if period is None or not is_period(period):
        return "period_unclear", None
    zone = time_zone(session.region_code)
    return "", {
        "programme_code": programme,
        "period": period,
        "region_code": session.region_code,
        "rw": session.rw,
        "rt": session.rt,
        "starts_at": dt.datetime.combine(session.date, session.starts, zone),
        "ends_at": dt.datetime.combine(session.date, session.ends, zone),
        "deadline": session.deadline,
        "state": "active",
    }


def _key(values: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(values[name] for name in ("programme_code", "period", "region_code", "rw", "rt"))


def _bring_in_step(connection: Connection, key: tuple[Any, ...], rows: list[dict[str, Any]]) -> Counter[str]:
    programme, period, region, rw, rt = key
    standing = list(
        connection.execute(
            select(SessionRow.__table__).where(
                SessionRow.programme_code == programme,
                SessionRow.period == period,
                SessionRow.region_code == region,
                SessionRow.rw == rw if rw is not None else SessionRow.rw.is_(None),
                SessionRow.rt == rt if rt is not None else SessionRow.rt.is_(None),
                SessionRow.state == "active",
            )
        )
    )
    done: Counter[str] = Counter()
    new = []
    for values in rows:
        same = next((s for s in standing if _same(s, values)), None)
        if same is None:
            new.append(values)
            continue
        standing.remove(same)
        done["unchanged"] += 1
        if same.deadline != values["deadline"]:
            connection.execute(update(SessionRow).where(SessionRow.id == same.id).values(deadline=values["deadline"]))
    for values in new:
        replaced = min(standing, key=lambda s: _unlikeness(s, values), default=None)
        if replaced is None:
            done["added"] += 1
        else:
            standing.remove(replaced)
            connection.execute(update(SessionRow).where(SessionRow.id == replaced.id).values(state="replaced"))
            done["changed"] += 1
        connection.execute(insert(SessionRow).values(**values, replaces_id=replaced.id if replaced else None))
    return done


def _same(row: AnyRow, values: dict[str, Any]) -> bool:
    return bool(
        row.place_id == values["place_id"] and row.starts_at == values["starts_at"] and row.ends_at == values["ends_at"]
    )


def _unlikeness(row: AnyRow, values: dict[str, Any]) -> tuple[bool, float]:
    apart = abs((row.starts_at - values["starts_at"]).total_seconds())
    return (row.place_id != values["place_id"], apart)


class _Places:
    """The places by name, kind and regency; new facts about a place are written over the old."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known = {
            self._key(row.name, row.kind, row.region_code): row
            for row in connection.execute(select(PlaceRow.__table__))
        }

    def id_of(self, session: ScheduledSession) -> int:
        """The number of the session's place, which is added or brought up to date."""
        at_home = session.kind == "home"
        # Schedules are public: whose home it is stays out of them.
        name = AT_HOME if at_home else session.place or ""
        facts = {fact: None if at_home else getattr(session, fact) for fact in PLACE_FACTS}
        key = self._key(name, session.kind or "", session.region_code)
        row = self._known.get(key)
        table = PlaceRow.__table__
        if row is None:
            values = {"name": name, "kind": session.kind, "region_code": session.region_code, **facts}
            statement = insert(PlaceRow).values(values).returning(table)
        else:
            changed = {n: v for n, v in facts.items() if v is not None and v != getattr(row, n)}
            if not changed:
                return int(row.id)
            statement = update(PlaceRow).where(PlaceRow.id == row.id).values(changed).returning(table)  # type: ignore[assignment]
        self._known[key] = self._connection.execute(statement).one()
        return int(self._known[key].id)

    @staticmethod
    def _key(name: str, kind: str, region_code: str | None) -> tuple[str, str, str]:
        # A hall of a common name stands in many kelurahan; a post office serves a whole city.
        level = 5 if kind == "post_office" else 13
        return (" ".join(name.casefold().split()), kind, (region_code or "")[:level])
