"""Whatever may change an answer says so in its own transaction: followers there are looked at a little later."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, or_, true, update

from salur.core.notices.channels import Channel
from salur.core.tables.following import FollowRow

HELD_BACK = timedelta(minutes=10)  # what is taken back within that time tells nobody


def stir(connection: Connection, now: datetime, regions: Collection[str] | None = None) -> None:
    """Have followers looked at when it can no longer be taken back: those of these regions, or all.

    Who lives nowhere that is known is looked at whatever it is about. Each is told once of all that changed by then. A
    calendar asks by itself: of it is kept when that was.
    """
    due, whom = now + HELD_BACK, _within(regions)
    later = or_(FollowRow.look_at.is_(None), FollowRow.look_at > due)
    asks = FollowRow.channel == Channel.CALENDAR
    connection.execute(update(FollowRow).where(later, ~asks, whom).values(look_at=due))
    connection.execute(update(FollowRow).where(asks, whom).values(told_at=now))


def _within(regions: Collection[str] | None) -> ColumnElement[bool]:
    if regions is None:
        return true()
    each = (
        or_(FollowRow.region_code == code, FollowRow.region_code.startswith(f"{code}.", autoescape=True))
        for code in regions
    )
    return or_(FollowRow.region_code.is_(None), *each)
