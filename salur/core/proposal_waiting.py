"""Telling the officers of a level, by Telegram, that something new lies with them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, select

from salur.core.database import AnyRow
from salur.core.notices import Notices
from salur.core.proposal_steps import Holder, Present
from salur.core.roles import DISTRICT, REGENCY, VILLAGE, Role
from salur.core.tables import AccountRow, ChatLinkRow, NoticeRow

CODE = "proposal_waiting"
# After a message none follows for so long: when proposals come by the hundred, one message tells of all.
PAUSE = timedelta(minutes=15)


def tell_desk(
    connection: Connection, notices: Notices, place: AnyRow, after: Present, now: datetime, *, but: int | None
) -> None:
    """Queue a message to the linked accounts of the level that has it now; not to the one that brought it there.

    `place` is the row of the proposal. Nothing of its content is told: who may read it, reads it on the site.
    """
    if after.desk is None or after.holder is not after.desk:
        return
    told_lately = select(NoticeRow.chat_digest).where(NoticeRow.code == CODE, NoticeRow.made_at > now - PAUSE)
    waiting = (
        select(AccountRow.id)
        .join(ChatLinkRow, ChatLinkRow.account_id == AccountRow.id)
        .where(_at(place, after.desk), AccountRow.closed_at.is_(None), AccountRow.id != (but or 0))
        .where(ChatLinkRow.chat_digest.not_in(told_lately))
    )
    notices.to_accounts(connection, waiting, CODE, kind=str(place.kind), holder=str(after.desk))


def _at(place: AnyRow, level: Holder) -> ColumnElement[bool]:
    """The accounts that work at a level for a place."""
    account: Any = AccountRow.__table__.c
    length, role = {
        Holder.KELURAHAN: (VILLAGE, Role.KELURAHAN),
        Holder.KECAMATAN: (DISTRICT, Role.KECAMATAN),
        Holder.DINSOS: (REGENCY, Role.DINSOS),
    }.get(level, (VILLAGE, Role.RW))
    found = account.role == role
    if level is Holder.NEIGHBOURHOOD:
        found |= (account.role == Role.RT) & (account.rt == place.rt)
        found &= account.rw == place.rw
    return and_(account.region_code == place.region_code[:length], found)
