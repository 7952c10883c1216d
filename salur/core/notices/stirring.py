"""Whatever may change an answer says so in its own transaction: followers there are looked at a little later."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, case, literal, or_, select, true, update

from salur.core.notices.channels import Channel
from salur.core.regions.region import LEVELS, cut
from salur.core.tables.base import UtcDateTime
from salur.core.tables.following import FollowRow

HELD_BACK = timedelta(minutes=10)  # what is taken back within that time tells nobody
LONGEST = timedelta(hours=1)  # for which changes upon changes may put it off: an office may publish all day


def stir(connection: Connection, now: datetime, regions: Collection[str] | None = None) -> None:
    """Have followers looked at when it can no longer be taken back: those of these regions, or all.

    Who lives nowhere that is known is looked at whatever it is about. Each is told once of all that changed by then;
    who was to be looked at sooner is put off, else they would be told what can still be taken back; but not for ever. A
    calendar asks by itself: of it is kept when that was.
    """
    whom = _within(regions)
    # One after the other by their number: who else publishes waits there, and not for each other in a ring.
    connection.execute(select(FollowRow.id).where(whom).order_by(FollowRow.id).with_for_update())
    asks = FollowRow.channel == Channel.CALENDAR
    held, longest = literal(now + HELD_BACK, UtcDateTime()), literal(now + LONGEST, UtcDateTime())
    until = case((FollowRow.look_by > now, FollowRow.look_by), else_=longest)  # nobody looked then: it begins anew
    values = {"look_at": case((until < held, until), else_=held), "look_by": until}
    connection.execute(update(FollowRow).where(~asks, whom).values(values))
    connection.execute(update(FollowRow).where(asks, whom).values(told_at=now))


def _within(regions: Collection[str] | None) -> ColumnElement[bool]:
    if regions is None:
        return true()
    around = {cut(code, level) for code in regions for level in LEVELS if level <= len(code)}
    within = (FollowRow.region_code.startswith(f"{code}.", autoescape=True) for code in regions)
    return or_(FollowRow.region_code.is_(None), FollowRow.region_code.in_(around), *within)
