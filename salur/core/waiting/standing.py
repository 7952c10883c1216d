"""Where one proposal stands, for whoever opened it; and telling whoever is first, whenever a line has changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import Connection

from salur.core.errors import Refused
from salur.core.officers.roles import Officer, Role
from salur.core.proposals.answers import InLine, Said
from salur.core.proposals.kinds import Standing
from salur.core.proposals.log import BODY
from salur.core.storage.database import AnyRow
from salur.core.storage.vault import Vault
from salur.core.waiting.answers import Quota
from salur.core.waiting.queries import (
    Queue,
    find_city,
    in_force,
    name_programmes,
    quotas_of,
    regions_with_quotas,
)
from salur.core.waiting.telling import LineLog


class Standings:
    """Reads lines in the caller's transaction."""

    def __init__(self, log: LineLog, clock: Callable[[], datetime], today: Callable[[], date]) -> None:
        self._log = log
        self._clock = clock
        self._today = today

    def lines_of(self, connection: Connection, proposal: int) -> tuple[InLine, ...]:
        """Where a proposal stands that a ticket or an officer's area opened: in the line of each programme."""
        city = find_city(connection, proposal)
        quotas = in_force(quotas_of(connection, city)) if city is not None else ()
        if city is None or not quotas:
            return ()
        names = name_programmes(connection)
        found = ((quota, self.queue(connection, quota, city).find(proposal)) for quota in quotas)
        return tuple(self._in_line(quota, names[quota.programme], row) for quota, row in found if row is not None)

    def when_in_force(self, connection: Connection, _list: int) -> None:
        """A list was put in force: whoever is first in a line now is told, in that transaction."""
        for region in regions_with_quotas(connection):
            self.tell_first(connection, region)

    def tell_first(self, connection: Connection, region: str, programme: str | None = None) -> None:
        """Tell whoever is first now in the line of one programme of a city, or of each; nobody is told twice."""
        for quota in in_force(quotas_of(connection, region, programme)):
            self._log.tell_first(connection, quota.programme, self.queue(connection, quota, region))

    def queue(self, connection: Connection, quota: Quota, region: str) -> Queue:
        """The line of a programme in a city now."""
        return Queue(connection, quota, region, self._clock(), self._today())

    def find(self, connection: Connection, region: str, programme: str) -> Queue:
        """The line of a programme in a city. Raises Refused(`no_quota`)."""
        quota = next(iter(in_force(quotas_of(connection, region, programme))), None)
        if quota is None:
            raise Refused("no_quota")
        return self.queue(connection, quota, region)

    def _in_line(self, quota: Quota, name: str, row: AnyRow) -> InLine:
        standing = Standing(row.standing)
        waits = standing is Standing.WAITING
        return InLine(
            programme=quota.programme,
            programme_name=name,
            standing=standing,
            rule=quota.rule,
            waiting=row.among if waits else 0,
            at=self._clock(),
            position=row.position if waits else None,
            reason=row.reason if standing is Standing.SKIPPED else None,
        )


def city_of(officer: Officer) -> str:
    """The city whose lines an officer looks after. Raises Refused(`not_your_role`)."""
    if officer.role is not Role.DINSOS:
        raise Refused("not_your_role", role=officer.role)
    return officer.territory.region_code


def said_in(vault: Vault, row: AnyRow) -> Said:
    """What was sent with a proposal of a line, opened."""
    return Said.of(vault.open_json(row.sealed_body, BODY, row.id))
