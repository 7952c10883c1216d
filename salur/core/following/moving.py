"""An address becomes another: a browser's push service gives it a new one now and then.

Whoever names the old address whole, its keys included, is believed to be the browser that had it.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, delete, select, update

from salur.core.errors import NoKey
from salur.core.following.links import Link
from salur.core.notices.answers import Facts
from salur.core.notices.channels import Channel
from salur.core.notices.outbox import CONTENT, digest_of
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.vault import Vault
from salur.core.tables.following import FollowRow
from salur.core.tables.notices import NoticeRow


class Moving:
    """Moves what an address follows, and what waits for it."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    def move(self, channel: Channel, address: str, to: str) -> int:
        """From now on tell `to` what `address` was told; gives of how many persons or families that is."""
        old, new = (digest_of(self._vault, channel, each) for each in (address, to))
        if old == new:
            return 0
        with self._database.writing() as connection:
            mine = select(FollowRow.__table__).where(FollowRow.address_digest == old)
            rows = connection.execute(mine.with_for_update()).all()
            for row in rows:
                self._move_row(connection, row, new, to)
            waiting = (NoticeRow.chat_digest == old) & NoticeRow.done_at.is_(None)
            for row in connection.execute(select(NoticeRow.__table__).where(waiting).with_for_update()).all():
                self._move_notice(connection, row, new, to)
            connection.execute(delete(NoticeRow).where(NoticeRow.chat_digest == old))
        return len(rows)

    def _move_row(self, connection: Connection, row: AnyRow, new: bytes, to: str) -> None:
        one = FollowRow.id == row.id
        try:
            link = replace(Link.opened(self._vault, row.sealed_link, row.id), address=to)
        except NoKey:
            return
        whom = link.whom(self._vault)
        there = (FollowRow.address_digest == new) & (FollowRow.whom_digest == whom)
        if connection.execute(select(FollowRow.id).where(there)).first():
            connection.execute(delete(FollowRow).where(one))
            return
        values = {"address_digest": new, "whom_digest": whom, "sealed_link": link.sealed(self._vault, row.id)}
        connection.execute(update(FollowRow).where(one).values(values))

    def _move_notice(self, connection: Connection, row: AnyRow, new: bytes, to: str) -> None:
        try:
            content: Facts = self._vault.open_json(row.sealed_content, CONTENT, row.id)
        except NoKey:
            return
        values = {
            "chat_digest": new,
            "sealed_content": self._vault.seal_json({**content, "chat": to}, CONTENT, row.id),
        }
        connection.execute(update(NoticeRow).where(NoticeRow.id == row.id).values(values))
