"""Steps in a line, written down, and told to whoever follows the proposal by Telegram."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, insert, select

from salur.core.notices.outbox import FOLLOWER_CHAT, Notices, still_there
from salur.core.storage.vault import Vault
from salur.core.tables.proposals import FollowerRow
from salur.core.tables.waiting import LineStepRow
from salur.core.waiting.kinds import LineStep
from salur.core.waiting.queries import Queue, name_programmes, region_of

CODE = "line_step"


class LineLog:
    """Writes steps into the caller's transaction."""

    def __init__(self, vault: Vault, notices: Notices, clock: Callable[[], datetime]) -> None:
        self._vault = vault
        self._notices = notices
        self._clock = clock

    def write(
        self,
        connection: Connection,
        programme: str,
        proposal: int,
        step: LineStep,
        *,
        since: datetime,
        by: int | None = None,
        reason: str | None = None,
        entitlement: int | None = None,
    ) -> None:
        """Write one step, and tell who follows the proposal. Why it was skipped is read with code and name alone."""
        values = {"programme_code": programme, "proposal_id": proposal, "what": step, "at": self._clock()}
        values |= {"account_id": by, "reason": reason, "entitlement_id": entitlement, "since": since}
        connection.execute(insert(LineStepRow).values(values))
        followers = select(FollowerRow.__table__).where(FollowerRow.proposal_id == proposal)
        region = region_of(connection, proposal)
        for row in connection.execute(still_there(followers)).all():
            chat = int(self._vault.open(row.sealed_chat, FOLLOWER_CHAT, row.id))
            facts = {"ticket": row.ending, "step": step, "programme": name_programmes(connection)[programme]}
            self._notices.to_chat(connection, chat, CODE, row.language, region=region, **facts)

    def tell_first(self, connection: Connection, programme: str, queue: Queue) -> None:
        """Tell whoever is first now, unless that was the last who was told so."""
        first, told = queue.first(), LineStepRow
        last = (
            select(told.proposal_id)
            .where(told.programme_code == programme, told.what == LineStep.FIRST)
            .order_by(told.id.desc())
            .limit(1)
        )
        if first is not None and first.id != connection.execute(last).scalar():
            self.write(connection, programme, first.id, LineStep.FIRST, since=first.since)
