"""Who is next, where a programme has a quota. Accepted proposals stand in an order that is added up each time; when a
place is free the office is shown who is next, a person chooses, and a small list holds that proposal. Its publishing is
the usual one, and grants the proposal as every list does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection, insert

from salur.core.casework.queries import people_under
from salur.core.errors import FieldRefused
from salur.core.limits.kinds import Door
from salur.core.officers.roles import Officer
from salur.core.officers.scope import Scope
from salur.core.pages import Page
from salur.core.privacy.access_log import AccessLog
from salur.core.proposals.answers import Said
from salur.core.proposals.kinds import LineRule, Outcome, Standing
from salur.core.regions.directory import name_territories
from salur.core.regions.territory import Territory, TerritoryNames
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.vault import Vault
from salur.core.tables.waiting import QuotaRow
from salur.core.waiting.answers import Board, Entry, Line, Quota
from salur.core.waiting.kinds import LONGEST_SOURCE, MOST_PLACES
from salur.core.waiting.places import common_of
from salur.core.waiting.queries import Queue, decisions_of, in_force, name_of, name_programmes, quotas_of
from salur.core.waiting.standing import Standings, city_of, said_in

PAGE = 50
MOST_EXPORTED = 20_000
TOLD_OF_A_LIST = (Standing.LISTED, Standing.EXCLUDED)


class WaitingLines:
    """Quotas, lines, and what Dinas Sosial decides about them."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        standings: Standings,
        access: AccessLog,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._vault = vault
        self._standings = standings
        self._access = access
        self._clock = clock

    def boards(self, officer: Officer) -> tuple[Board, ...]:
        """All programmes of the officer's city that have a quota, by code. Raises Refused(`not_your_role`)."""
        region = city_of(officer)
        with self._database.reading() as connection:
            names = name_programmes(connection)
            quotas = in_force(quotas_of(connection, region))
            return tuple(self._board(connection, quota, region, names[quota.programme]) for quota in quotas)

    def count_to_choose(self, officer: Officer) -> int:
        """How many could be chosen for a free place now."""
        return sum(board.to_choose for board in self.boards(officer))

    def show(
        self, officer: Officer, programme: str, standings: Sequence[Standing], page: int = 1, *, door: Door
    ) -> Line:
        """One programme: quota, free places, and those who stand so in its line. The look is recorded for whom it
        tells of a list.

        Raises: Refused(`not_your_role`); NotThere(`unknown_programme`).
        """
        return self._read(officer, programme, standings, page, PAGE, door)

    def export(self, officer: Officer, programme: str, *, door: Door) -> Line:
        """The whole line, for a workbook, on one page; recorded as `show` is. Raises what `show` does."""
        return self._read(officer, programme, tuple(Standing), 1, MOST_EXPORTED, door)

    def _read(
        self, officer: Officer, programme: str, standings: Sequence[Standing], page: int, size: int, door: Door
    ) -> Line:
        region, seen = city_of(officer), set[bytes]()
        with self._database.reading() as connection:
            line = Line(programme, name_of(connection, programme), quotas_of(connection, region, programme))
            if line.quota is None:
                return line
            queue = self._standings.queue(connection, line.quota, region)
            counts, first = queue.counts(), queue.first()

            def read(limit: int, offset: int) -> Sequence[Entry]:
                rows = queue.read(standings, limit, offset)
                seen.update(row.nik_index for row in rows if row.nik_index and row.standing in TOLD_OF_A_LIST)
                return self._entries(connection, rows)

            found = Line(
                programme,
                line.programme_name,
                line.quotas,
                queue.places(counts[Standing.CHOSEN]),
                counts,
                queue.left(),
                Page.read(page, sum(counts[one] for one in standings), size, read),
                self._entries(connection, [first])[0] if first is not None else None,
                self._usual_amount(connection, queue, first),
                decisions_of(connection, Scope.of(officer), programme),
            )
        self._record(officer, seen, door)
        return found

    def set_quota(
        self, officer: Officer, programme: str, places: int | None, rule: LineRule | None, source: str
    ) -> None:
        """Say how many places there are from now on, and by what the line is ordered; None: there is no quota any more.

        Raises: Refused(`not_your_role`); NotThere(`unknown_programme`); FieldRefused with `places_wrong`,
        `rule_missing`, `source_missing` or `source_too_long`.
        """
        region, source = city_of(officer), " ".join(source.split())
        if places is not None and not 0 <= places <= MOST_PLACES:
            raise FieldRefused("places", "places_wrong")
        if rule is None:
            raise FieldRefused("rule", "rule_missing")
        if not source or len(source) > LONGEST_SOURCE:
            raise FieldRefused("source", "source_too_long" if source else "source_missing")
        values: dict[str, object] = {"programme_code": programme, "region_code": region, "places": places, "rule": rule}
        values |= {"source": source, "made_by": officer.account, "made_at": self._clock()}
        with self._database.writing() as connection:
            name_of(connection, programme, lock=True)
            connection.execute(insert(QuotaRow).values(values))
            self._standings.tell_first(connection, region, programme)

    def _board(self, connection: Connection, quota: Quota, region: str, name: str) -> Board:
        queue = self._standings.queue(connection, quota, region)
        counts = queue.counts()
        return Board(quota.programme, name, quota, queue.places(counts[Standing.CHOSEN]), counts)

    def _usual_amount(self, connection: Connection, queue: Queue, first: AnyRow | None) -> int | None:
        base = queue.base_of(Territory(first.region_code, first.rw, first.rt)) if first is not None else None
        return common_of(connection, base).amount if base is not None else None

    def _record(self, officer: Officer, niks: set[bytes], door: Door) -> None:
        if niks:
            with self._database.writing() as connection:
                people = people_under(connection, Scope.of(officer), niks)
                self._access.record(connection, people, officer, door=door, what="waiting")

    def _entries(self, connection: Connection, rows: Sequence[AnyRow]) -> tuple[Entry, ...]:
        said = [said_in(self._vault, row) for row in rows]
        named = name_territories(connection, [one.territory for one in said])
        return tuple(_entry(row, one, named[one.territory]) for row, one in zip(rows, said, strict=True))


def _entry(row: AnyRow, said: Said, territory: TerritoryNames) -> Entry:
    standing = Standing(row.standing)
    decided = standing in (Standing.CHOSEN, Standing.PLACED, Standing.DROPPED, Standing.SKIPPED)
    return Entry(
        id=row.id,
        name=said.name,
        territory=territory,
        since=row.since,
        sent_at=row.sent_at,
        standing=standing,
        position=row.position if standing is Standing.WAITING else None,
        reason=row.reason if decided else None,
        at=row.at if decided else None,
        by=row.account_id if decided else None,
        list=row.list_id if decided else None,
        elsewhere=standing is Standing.CHOSEN and row.outcome == Outcome.GRANTED,
    )
