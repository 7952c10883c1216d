"""What is due in a channel: the oldest of each zone where nobody is disturbed.

Asked zone by zone, so that each is read off its index: what waits for the morning, or for another channel, may be
hundreds of thousands of messages, and is not looked at.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, select

from salur.core.notices.channels import Channel
from salur.core.notices.quiet import is_quiet
from salur.core.regions.zones import ZONES
from salur.core.storage.database import AnyRow
from salur.core.tables.notices import NoticeRow


def statements(channel: Channel, now: datetime, most: int) -> list[Select[AnyRow]]:
    """For each of them the question, the oldest first; of what may come at any hour, too."""
    awake = [None, *(zone for zone in ZONES if not is_quiet(now, ZoneInfo(zone)))]
    due = (
        select(NoticeRow.__table__)
        .where(NoticeRow.done_at.is_(None), NoticeRow.channel == channel, NoticeRow.due_at <= now)
        .order_by(NoticeRow.zone, NoticeRow.due_at, NoticeRow.id)  # as the index has it, for PostgreSQL to see it
        .limit(most)
    )
    return [due.where(NoticeRow.zone.is_(zone) if zone is None else NoticeRow.zone == zone) for zone in awake]


def is_any_due(connection: Connection, channel: Channel, now: datetime) -> bool:
    """Whether there is anything: nearly always not, and this takes no lock."""
    return any(connection.execute(due).first() is not None for due in statements(channel, now, 1))


def locked(connection: Connection, channel: Channel, now: datetime, most: int) -> list[AnyRow]:
    """The oldest of all, which nobody else is given while they are locked."""
    asked = (due.with_for_update(skip_locked=True) for due in statements(channel, now, most))
    rows = [row for due in asked for row in connection.execute(due)]
    return sorted(rows, key=lambda row: (row.due_at, row.id))[:most]
