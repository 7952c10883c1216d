"""An address becomes another: a browser's push service gives it a new one now and then.

Whoever names the old address whole, its keys included, is believed to be the browser that had it.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, delete, func, select, update

from salur.core.errors import NoKey
from salur.core.following.links import Link
from salur.core.notices.answers import Facts
from salur.core.notices.channels import Channel
from salur.core.notices.outbox import digest_of
from salur.core.notices.rows import CONTENT
from salur.core.storage.database import AnyRow
from salur.core.storage.vault import Vault
from salur.core.tables.following import FollowRow
from salur.core.tables.notices import NoticeRow


def move(connection: Connection, vault: Vault, channel: Channel, address: str, to: str, most: int) -> int:
    """From now on tell `to` what `address` was told, in the caller's transaction; gives how much it followed.

    No address follows more than `most`, so what is too much there ends: with the old one it would end soon, too.
    """
    old, new = (digest_of(vault, channel, each) for each in (address, to))
    if old == new:
        return 0
    mine = select(FollowRow.__table__).where(FollowRow.address_digest == old).order_by(FollowRow.id)
    rows = connection.execute(mine.with_for_update()).all()
    there = select(func.count()).where(FollowRow.address_digest == new)
    for row in rows:
        _move_row(connection, vault, row, new, to)
        if connection.execute(there).scalar_one() > most:
            connection.execute(delete(FollowRow).where(FollowRow.id == row.id))
    waiting = (NoticeRow.chat_digest == old) & NoticeRow.done_at.is_(None)
    for row in connection.execute(select(NoticeRow.__table__).where(waiting).with_for_update()).all():
        _move_notice(connection, vault, row, new, to)
    connection.execute(delete(NoticeRow).where(NoticeRow.chat_digest == old))
    return len(rows)


def _move_row(connection: Connection, vault: Vault, row: AnyRow, new: bytes, to: str) -> None:
    one = FollowRow.id == row.id
    try:
        link = replace(Link.opened(vault, row.sealed_link, row.id), address=to)
    except NoKey:
        return
    whom = link.whom(vault)
    there = (FollowRow.address_digest == new) & (FollowRow.whom_digest == whom)
    if connection.execute(select(FollowRow.id).where(there)).first():
        connection.execute(delete(FollowRow).where(one))
        return
    values = {"address_digest": new, "whom_digest": whom, "sealed_link": link.sealed(vault, row.id)}
    connection.execute(update(FollowRow).where(one).values(values))


def _move_notice(connection: Connection, vault: Vault, row: AnyRow, new: bytes, to: str) -> None:
    try:
        content: Facts = vault.open_json(row.sealed_content, CONTENT, row.id)
    except NoKey:
        return
    sealed = vault.seal_json({**content, "chat": to}, CONTENT, row.id)
    moved = update(NoticeRow).where(NoticeRow.id == row.id)
    connection.execute(moved.values(chat_digest=new, sealed_content=sealed))
