"""Where letters are withheld: by RT what was printed, handed over and waits too long, and what residents report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, or_, select

from salur.core.errors import NotThere
from salur.core.letters.handing.answers import Counts, Withheld, WithheldIn
from salur.core.letters.handing.kinds import LISTED_AFTER
from salur.core.letters.handing.queries import OfRt, by_rt, late_rts
from salur.core.officers.roles import DESK, Officer, Role
from salur.core.officers.scope import Scope
from salur.core.pages import Page
from salur.core.proposals.answers import Said
from salur.core.proposals.kinds import Kind, Outcome
from salur.core.proposals.log import BODY
from salur.core.proposals.visible import select_proposals
from salur.core.record.kinds import RecordKind
from salur.core.record.note import note
from salur.core.regions.directory import region_names
from salur.core.regions.territory import Territory
from salur.core.regions.zones import time_zone
from salur.core.storage.database import Database
from salur.core.storage.vault import Vault

ON_A_PAGE = 100
REPORTED = "letter_withheld"  # among the reasons of a report
NOBODY_KNOWS_MORE = 10_000  # after every RW and RT


class WithheldLetters:
    """Answers kelurahan, kecamatan and Dinas Sosial. Reports are for Dinas Sosial alone, as everywhere."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def by_rt(self, officer: Officer, page: int = 1) -> Withheld:
        """A page of the RT of the officer's area, those first where letters are withheld.

        Raises NotThere(`no_such_desk`) for who has none.
        """
        return self._read(officer, page, ON_A_PAGE)

    def export(self, officer: Officer) -> Withheld:
        """All of them to take away, which is written down. Raises as `by_rt`."""
        found = self._read(officer, 1, None)
        with self._database.writing() as connection:
            note(connection, officer, RecordKind.LETTERS, "counts_taken_away", self._clock())
        return found

    def count(self, officer: Officer) -> int:
        """In how many RT letters are withheld."""
        scope = Scope.of(officer)
        with self._database.reading() as connection:
            reported = self._reports(connection, scope) if officer.role is Role.DINSOS else ()
            return len(late_rts(connection, scope, self._clock()) | set(reported))

    def _read(self, officer: Officer, page: int, size: int | None) -> Withheld:
        if officer.role not in DESK:
            raise NotThere("no_such_desk")
        own = officer.territory
        with self._database.reading() as connection:
            parts = self._parts(connection, officer)
        total = WithheldIn(
            area=own,
            place=officer.region_name,
            counts=sum((part.counts for part in parts), Counts()),
            long=sum(part.long for part in parts),
            soon=sum(part.soon for part in parts),
            late=sum(part.late for part in parts),
            reports=sum(part.reports or 0 for part in parts) if officer.role is Role.DINSOS else None,
        )
        parts.sort(key=_order)
        made_at = self._clock().astimezone(time_zone(own.region_code))
        return Withheld(Page.cut(page, parts, size), total, sum(part.is_withheld for part in parts), made_at)

    def _parts(self, connection: Connection, officer: Officer) -> list[WithheldIn]:
        scope = Scope.of(officer)
        reports = self._reports(connection, scope) if officer.role is Role.DINSOS else None
        found = {one.area: one for one in by_rt(connection, scope, self._clock())}
        for area in reports or ():
            found.setdefault(area, OfRt(area, Counts(), 0, 0, 0))
        names = region_names(connection, {area.region_code for area in found})

        def told(one: OfRt) -> WithheldIn:
            place = names.get(one.area.region_code, one.area.region_code)
            reported = None if reports is None else reports[one.area]
            return WithheldIn(one.area, place, one.counts, one.long, one.soon, one.late, reported)

        return [told(one) for one in found.values()]

    def _reports(self, connection: Connection, scope: Scope) -> Counter[Territory]:
        """What was reported of an RT lately, or is not answered yet, but for what proved untrue."""
        own = select_proposals(scope).c
        since = self._clock() - LISTED_AFTER
        found = select(own.id, own.sealed_body).where(
            own.kind == Kind.LAPORAN,
            or_(own.desk.is_not(None), own.sent_at >= since),
            or_(own.outcome.is_(None), own.outcome != Outcome.REJECTED),
        )
        said = (Said.of(self._vault.open_json(row.sealed_body, BODY, row.id)) for row in connection.execute(found))
        return Counter(one.territory for one in said if one.reason == REPORTED)


def _order(part: WithheldIn) -> tuple[object, ...]:
    """Those with reports, then those with most that are late, first; then as one looks for them."""
    area = part.area
    where = (part.place, area.region_code, area.rw or NOBODY_KNOWS_MORE, area.rt or NOBODY_KNOWS_MORE)
    return (not part.is_withheld, -(part.reports or 0), -part.late, *where)
