"""Who is to be reminded of a circular: linked accounts that have not read it two days after it was sent."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, or_, select, text

from salur.core.circulars.audience import CIRCULAR, RECEIPT, is_asked
from salur.core.circulars.queries import FOUND, REMINDED_AFTER, facts_of, read_all
from salur.core.notices.outbox import Notices
from salur.core.tables.base import UtcDateTime
from salur.core.tables.circulars import CircularReceiptRow, CircularRow
from salur.core.tables.officers import AccountRow, ChatLinkRow

MOST_REMINDERS = 3
# Old circulars are no news to an account that was opened last week.
REMINDED_FOR = timedelta(days=14)
MOST_AT_ONCE = 1_000  # a writer on SQLite holds up all others meanwhile
_REMINDED = text(
    """
    INSERT INTO circular_receipt (circular_id, account_id, reminded_at, reminders) VALUES (:circular, :account, :now, 1)
    ON CONFLICT (circular_id, account_id)
    DO UPDATE SET reminded_at = excluded.reminded_at, reminders = circular_receipt.reminders + 1
    """
).bindparams(bindparam("now", type_=UtcDateTime()))


def any_of_age(connection: Connection, now: datetime) -> bool:
    """Whether any circular is of the age at which one reminds. Takes no lock."""
    return connection.execute(select(CIRCULAR.id).where(_of_age(now)).limit(1)).first() is not None


def remind(connection: Connection, notices: Notices, now: datetime) -> int:
    """Queue what is due in the caller's transaction, and write down that it was; gives how many."""
    # Whoever else reminds meanwhile waits here, and then finds nothing due.
    locked = select(*FOUND).where(_of_age(now)).order_by(CIRCULAR.id).with_for_update()
    circulars = {found.id: found for found in read_all(connection, locked)}
    due = _due(connection, now)
    for id, accounts in due.items():
        among = select(AccountRow.id).where(AccountRow.id.in_(accounts))
        notices.to_accounts(connection, among, "circular_reminder", **facts_of(circulars[id]))
        connection.execute(_REMINDED, [{"circular": id, "account": account, "now": now} for account in accounts])
    return sum(map(len, due.values()))


def _due(connection: Connection, now: datetime) -> dict[int, list[int]]:
    """Accounts to remind, by circular; the rest of a great many comes with the next call."""
    account = AccountRow.__table__.c
    mine = and_(RECEIPT.circular_id == CIRCULAR.id, RECEIPT.account_id == account.id)
    before = now - REMINDED_AFTER
    statement = (
        select(CIRCULAR.id, account.id.label("account"))
        .select_from(CircularRow.__table__)
        .join(AccountRow.__table__, is_asked(connection, account))
        .join(ChatLinkRow.__table__, ChatLinkRow.account_id == account.id)
        .outerjoin(CircularReceiptRow.__table__, mine)
        .where(
            _of_age(now),
            account.created_at <= before,
            RECEIPT.read_at.is_(None),
            or_(RECEIPT.reminded_at.is_(None), RECEIPT.reminded_at <= before),
            func.coalesce(RECEIPT.reminders, 0) < MOST_REMINDERS,
        )
        .order_by(CIRCULAR.id, account.id)
        .limit(MOST_AT_ONCE)
    )
    accounts: defaultdict[int, list[int]] = defaultdict(list)
    for row in connection.execute(statement):
        accounts[row.id].append(row.account)
    return accounts


def _of_age(now: datetime) -> ColumnElement[bool]:
    sent = CIRCULAR.sent_at
    return and_(sent <= now - REMINDED_AFTER, sent > now - REMINDED_FOR, CIRCULAR.withdrawn_at.is_(None))
