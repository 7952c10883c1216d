"""Each morning at seven a head reads in the chat what is new since the last time: days, counts, and nobody's name.

What was told last stands with the link of the chat. Whoever has nothing new is told nothing.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Self
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, func, or_, select, update

from salur.core.agenda.agenda import Agenda
from salur.core.agenda.answers import Work
from salur.core.errors import DatabaseAway
from salur.core.following.answers import Day
from salur.core.following.told import day_of
from salur.core.neighbourhood.neighbourhoods import Neighbourhoods
from salur.core.notices.answers import Facts
from salur.core.notices.outbox import Notices
from salur.core.notices.quiet import is_quiet
from salur.core.officers.queries import OFFICER, officer_of
from salur.core.officers.roles import Officer, Role
from salur.core.payouts.answers import Sitting
from salur.core.payouts.kinds import SittingState
from salur.core.regions.zones import ZONES, time_zone
from salur.core.storage.database import Database
from salur.core.storage.open_accounts import is_open
from salur.core.tables.officers import AccountRow, ChatLinkRow
from salur.core.tables.payouts import SittingRow

SEVEN = dt.time(7)
HEADS = (Role.RT, Role.RW)


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be said of an area: counts by name, and its sittings to come by id."""

    counts: Mapping[str, int]
    sittings: Mapping[int, Facts]

    def news(self, last: Last, off: Collection[int]) -> Facts | None:
        """What is new in it, as a notice keeps it, against what was kept; None where nothing is. `off`: which of the
        sittings that were told are not held.
        """
        fresh = [sitting for id, sitting in self.sittings.items() if id not in last.sittings]
        gone = [last.sittings[id] for id in sorted(off)]
        counts = self.counts.items()
        more = {name: new for name, count in counts if (new := count - last.counts.get(name, 0)) > 0}
        told = {"counts": dict(self.counts), "more": more, "sittings": fresh, "off": gone}
        return told if fresh or gone or more else None

    def kept(self) -> str:
        """As it is kept until the next morning."""
        return json.dumps({"counts": dict(self.counts), "sittings": dict(self.sittings)})


@dataclass(frozen=True, slots=True)
class Last:
    """What was told the last time; of an older Salur sittings by id alone."""

    counts: Mapping[str, int]
    sittings: Mapping[int, Facts | None]

    @classmethod
    def read(cls, kept: str | None) -> Self:
        """Back from what was kept."""
        last: Facts = json.loads(kept) if kept else {"counts": {}, "sittings": {}}
        sittings = last["sittings"]
        told = sittings.items() if isinstance(sittings, dict) else dict.fromkeys(sittings).items()
        return cls(last["counts"], {int(id): facts for id, facts in told})

    def to_come(self, now: dt.datetime) -> list[int]:
        """Those whose day is not over."""
        days = {id: Day.read(facts["day"]) for id, facts in self.sittings.items() if facts is not None}
        return [id for id, day in days.items() if day is not None and day.ends > now]


class Summaries:
    """Tells heads whose chat is linked."""

    def __init__(
        self,
        database: Database,
        agenda: Agenda,
        neighbourhood: Neighbourhoods,
        notices: Notices,
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._database = database
        self._agenda = agenda
        self._neighbourhood = neighbourhood
        self._notices = notices
        self._clock = clock

    def tell(self, most: int = 20) -> bool:
        """See to heads whose morning has come and who were not seen to today; whether more of them wait.

        Where that fails for one of them through a fault of ours, all others are seen to, and then it is raised.
        """
        now = self._clock()
        with self._database.reading() as connection:
            heads = [head for zone in ZONES for head in _waiting(connection, ZoneInfo(zone), now, most)]
        faults = []
        for officer in heads:
            try:
                self._tell(officer, self._told(officer), now)
            except DatabaseAway:
                raise
            except Exception as fault:  # noqa: BLE001
                faults.append(fault)
                self._tell(officer, None, now)
        if faults:
            raise faults[0]
        return len(heads) >= most

    def _told(self, officer: Officer) -> Told:
        area = self._neighbourhood.sum_up(officer)
        # Circulars remind by themselves.
        waiting = (one for one in self._agenda.of(officer) if one.work is not Work.CIRCULARS)
        counts: dict[str, int] = {str(one.work): one.count for one in waiting}
        counts |= {str(Work.PAID): area.paid}
        sittings = {sitting.id: _sitting(name, sitting) for name, sitting in area.coming}
        return Told({name: count for name, count in counts.items() if count}, sittings)

    def _tell(self, officer: Officer, told: Told | None, now: dt.datetime) -> None:
        """Of several bots the first to lock the link says it. Without anything to tell, the day is done with."""
        today = now.astimezone(time_zone(officer.territory.region_code)).date()
        with self._database.writing() as connection:
            mine = (ChatLinkRow.account_id == officer.account) & _not_yet(today)
            link = connection.execute(select(ChatLinkRow.id, ChatLinkRow.summed).where(mine).with_for_update()).first()
            if link is None:
                return
            values: dict[str, object] = {"summed_on": today}
            if told is not None:
                values["summed"] = told.kept()
                last = Last.read(link.summed)
                if (facts := told.news(last, _not_held(connection, last.to_come(now)))) is not None:
                    self._notices.to_account(connection, officer.account, "summary", day=today.isoformat(), **facts)
            connection.execute(update(ChatLinkRow).where(ChatLinkRow.id == link.id).values(values))


def _waiting(connection: Connection, zone: ZoneInfo, now: dt.datetime, most: int) -> list[Officer]:
    """Heads of a zone who were not seen to today, and had a chat at seven; none before seven, or at night."""
    here = now.astimezone(zone)
    if here.time() < SEVEN or is_quiet(now, zone):
        return []
    _, provinces = ZONES[zone.key]
    heads = (
        select(*OFFICER)
        .join(ChatLinkRow, ChatLinkRow.account_id == AccountRow.id)
        .where(
            is_open(connection, AccountRow),
            AccountRow.role.in_(HEADS),
            func.substr(AccountRow.region_code, 1, 2).in_(provinces.split()),
            ChatLinkRow.linked_at < dt.datetime.combine(here.date(), SEVEN, zone),
            _not_yet(here.date()),
        )
        .order_by(ChatLinkRow.id)
        .limit(most)
    )
    return [officer_of(row) for row in connection.execute(heads)]


def _not_yet(today: dt.date) -> ColumnElement[bool]:
    return or_(ChatLinkRow.summed_on.is_(None), ChatLinkRow.summed_on < today)


def _not_held(connection: Connection, ids: Collection[int]) -> set[int]:
    """Which of these sittings were cancelled or are announced no more, wherever they were moved meanwhile."""
    now = {id: id for id in ids}
    last: dict[int, int] = {}
    while now:
        last |= now
        moved = select(SittingRow.id, SittingRow.replaces_id).where(
            SittingRow.replaces_id.in_(now), SittingRow.state != SittingState.UNDONE
        )
        now = {row.id: now[row.replaces_id] for row in connection.execute(moved)}
    off = (SittingState.CANCELLED, SittingState.UNDONE)
    states = select(SittingRow.id).where(SittingRow.id.in_(last), SittingRow.state.in_(off))
    return {last[id] for id in connection.execute(states).scalars()}


def _sitting(programme_name: str, sitting: Sitting) -> Facts:
    was = day_of(sitting.replaced).kept() if sitting.replaced is not None else None
    return {"programme_name": programme_name, "day": day_of(sitting).kept(), "was": was}
