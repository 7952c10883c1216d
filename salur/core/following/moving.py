"""An address becomes another: a browser's push service gives it a new one now and then.

Whoever names the old address whole, its keys included, is believed to be the browser that had it.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, delete, select, update

from salur.core.errors import NoKey
from salur.core.following.followers import follow_wherever
from salur.core.following.links import TOLD, Link
from salur.core.notices.answers import Facts
from salur.core.notices.channels import Channel
from salur.core.notices.outbox import Notices, digest_of
from salur.core.notices.rows import CONTENT
from salur.core.storage.database import AnyRow
from salur.core.storage.vault import Vault
from salur.core.tables.following import FollowRow
from salur.core.tables.notices import NoticeRow

TABLE = FollowRow.__table__


def move(
    connection: Connection, vault: Vault, notices: Notices, channel: Channel, address: str, to: str, most: int
) -> int:
    """From now on tell `to` what `address` was told, in the caller's transaction; gives how much it followed.

    Who is followed there already is told of once: of two follows the wider one stays, and what waits of the other is
    not said beside it. No address follows more than `most`, so what is too much there ends: with the old one it would
    end soon, too.
    """
    old, new = (digest_of(vault, channel, each) for each in (address, to))
    if old == new:
        return 0
    theirs = FollowRow.address_digest.in_([old, new])  # in the order of their ids, as all who lock several
    rows = connection.execute(select(TABLE).where(theirs).order_by(FollowRow.id).with_for_update()).all()
    mine, there = (_links(vault, [row for row in rows if row.address_digest == digest]) for digest in (old, new))
    by_id = {row.id: row for row in rows}
    ended: list[int] = []
    for id, moving in mine.items():
        link = replace(moving, address=to)
        if wider := next((one for one, other in there.items() if link.people <= other.people), None):
            there[wider] = _with(connection, vault, wider, there[wider], by_id[id], link)
            ended.append(id)
            continue
        for narrower in [one for one, other in there.items() if other.people < link.people]:
            link = _with(connection, vault, id, link, by_id[narrower], there.pop(narrower))
            ended.append(narrower)
        if len(there) >= most:
            ended.append(id)
            continue
        values = {"address_digest": new, "whom_digest": link.whom(vault), "sealed_link": link.sealed(vault, id)}
        connection.execute(update(FollowRow).where(FollowRow.id == id).values(values))
        there[id] = link
    connection.execute(delete(FollowRow).where(FollowRow.id.in_(ended)))
    for digest in (old, new):
        notices.drop_news(connection, digest, ended)
    waiting = (NoticeRow.chat_digest == old) & NoticeRow.done_at.is_(None)
    for row in connection.execute(select(NoticeRow.__table__).where(waiting).with_for_update()).all():
        _move_notice(connection, vault, row, new, to)
    connection.execute(delete(NoticeRow).where(NoticeRow.chat_digest == old))
    return len(mine)


def _with(connection: Connection, vault: Vault, id: int, link: Link, row: AnyRow, narrower: Link) -> Link:
    """A follow, with those wherever they go who were followed so by one that ends: with what that was told of them."""
    told: Facts = vault.open_json(row.sealed_told, TOLD, row.id)
    follow_wherever(connection, vault, id, link, narrower.themselves, told, row.look_at)
    return link.wherever(narrower.themselves)


def _links(vault: Vault, rows: list[AnyRow]) -> dict[int, Link]:
    """Those that a key opens: what the others are about nobody knows, and they stay where they are."""
    found = {}
    for row in rows:
        try:
            found[row.id] = Link.opened(vault, row.sealed_link, row.id)
        except NoKey:
            continue
    return found


def _move_notice(connection: Connection, vault: Vault, row: AnyRow, new: bytes, to: str) -> None:
    try:
        content: Facts = vault.open_json(row.sealed_content, CONTENT, row.id)
    except NoKey:
        return
    sealed = vault.seal_json({**content, "chat": to}, CONTENT, row.id)
    moved = update(NoticeRow).where(NoticeRow.id == row.id)
    connection.execute(moved.values(chat_digest=new, sealed_content=sealed))
