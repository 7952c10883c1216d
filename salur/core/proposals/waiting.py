"""Telling the officers of a level, by Telegram, that something new lies with them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, exists, select

from salur.core.notices.outbox import Notices
from salur.core.officers.roles import Role
from salur.core.proposals.kinds import Holder
from salur.core.proposals.steps import Present
from salur.core.regions.region import DISTRICT, REGENCY, VILLAGE, cut
from salur.core.storage.database import AnyRow
from salur.core.storage.open_accounts import is_open
from salur.core.tables.notices import NoticeRow
from salur.core.tables.officers import AccountRow, ChatLinkRow

CODE = "proposal_waiting"
# After a message none follows for so long: when proposals come by the hundred, one message tells of all.
PAUSE = timedelta(minutes=15)


def tell_desk(
    connection: Connection, notices: Notices, proposal: AnyRow, after: Present, now: datetime, *, but: int | None
) -> None:
    """Queue a message to the linked accounts of the level that has it now; not to the one that brought it there.

    `proposal` is its row. Nothing of its content is told: who may read it, reads it on the site.
    """
    if after.desk is None or after.holder is not after.desk:
        return
    # Chat by chat, so that it is read off an index: the box holds a month of messages.
    theirs = NoticeRow.chat_digest == ChatLinkRow.chat_digest
    told_lately = exists().where(theirs, NoticeRow.code == CODE, NoticeRow.made_at > now - PAUSE)
    waiting = (
        select(AccountRow.id)
        .join(ChatLinkRow, ChatLinkRow.account_id == AccountRow.id)
        .where(_at(proposal, after.desk), is_open(connection, AccountRow), AccountRow.id != (but or 0))
        .where(~told_lately)
    )
    notices.to_accounts(connection, waiting, CODE, kind=str(proposal.kind), holder=str(after.desk))


def _at(proposal: AnyRow, level: Holder) -> ColumnElement[bool]:
    """The accounts that work at a level for where a proposal is about."""
    account = AccountRow.__table__.c
    length, role = {
        Holder.KELURAHAN: (VILLAGE, Role.KELURAHAN),
        Holder.KECAMATAN: (DISTRICT, Role.KECAMATAN),
        Holder.DINSOS: (REGENCY, Role.DINSOS),
    }.get(level, (VILLAGE, Role.RW))
    found = account.role == role
    if level is Holder.NEIGHBOURHOOD:
        found |= (account.role == Role.RT) & (account.rt == proposal.rt)
        found &= account.rw == proposal.rw
    return and_(account.region_code == cut(proposal.region_code, length), found)
