"""What one follower is told now, or not yet: news and what is told last are written together."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, update

from salur.core.following.answers import News
from salur.core.following.followers import zone_of
from salur.core.following.kinds import OF_A_DAY
from salur.core.following.links import TOLD, Link, said_of
from salur.core.following.older import as_called_now
from salur.core.following.told import (
    Told,
    mark_of_news,
    news,
    next_reminder,
    region_of,
    reminders,
    starts_before,
    tells_the_day,
    told_of,
)
from salur.core.notices.answers import Facts
from salur.core.notices.channels import Channel
from salur.core.notices.outbox import Notices
from salur.core.notices.quiet import loud_again
from salur.core.storage.database import AnyRow
from salur.core.storage.vault import Vault
from salur.core.tables.following import FollowRow

APART = timedelta(hours=1)  # what changes within that time is one message
REF = 16  # characters by which a button names an aid


class Telling:
    """Compares what a follower was told last with what they would read today, and queues the difference."""

    def __init__(self, vault: Vault, notices: Notices) -> None:
        self._vault = vault
        self._notices = notices

    def tell(self, connection: Connection, row: AnyRow, link: Link, kept: Facts, now: datetime) -> bool:
        """Queue what there is to tell, in the caller's transaction; whether there was anything. `kept`: what was told
        last.
        """
        rows = link.rows(connection, self._vault)
        if not rows:  # they stand on no list any more, and those on which they stood are deleted
            connection.execute(delete(FollowRow).where(FollowRow.id == row.id))
            return False
        if row.channel == Channel.CALENDAR:  # it asks by itself
            connection.execute(update(FollowRow).where(FollowRow.id == row.id).values(look_at=None))
            return False
        answer = said_of(connection, self._vault, rows, now)
        today = told_of(answer)
        before, marks = as_called_now(kept, today)
        found = news(before, today, now)
        near = reminders(today, marks, now)
        zone = zone_of(row.region_code)
        marks |= {one.aid: mark_of_news(one) for one in near}
        reminding = {one.aid for one in near}
        found = [replace(one, near=tells_the_day(one) and one.aid in reminding) for one in found]
        alone = [one for one in near if one.aid not in {other.aid for other in found if other.near}]
        said = [*found, *alone]
        told_just_now = row.told_at is not None and row.told_at <= now  # a clock may be set back
        apart = max(now, row.told_at + APART) if told_just_now else now
        # What was to be brought to mind does not wait, nor what somebody may set out for within that hour.
        at_once = bool(alone) or any(starts_before(one, apart) for one in found)
        earliest = loud_again(now if at_once else apart, zone)
        if said and earliest > now:
            put_off = update(FollowRow).where(FollowRow.id == row.id)
            connection.execute(put_off.values(look_at=earliest, look_by=None))
            return False
        values: dict[str, object] = {
            "sealed_told": seal_told(self._vault, row.id, today, marks),
            "look_at": next_reminder(today, now),
            "look_by": None,
            "region_code": region_of(answer) or row.region_code,  # families move
        }
        if said:
            values["told_at"] = now
            self._queue(connection, row, link, said)
        connection.execute(update(FollowRow).where(FollowRow.id == row.id).values(values))
        return bool(said)

    def _queue(self, connection: Connection, row: AnyRow, link: Link, said: list[News]) -> None:
        ends = [day.ends for one in said if one.kind in OF_A_DAY and (day := one.day or one.was) is not None]
        self._notices.to_follower(
            connection,
            Channel(row.channel),
            link.address,
            link.language,
            zone=str(zone_of(row.region_code)),
            good_until=max(ends) if len(ends) == len(said) else None,
            follow=row.id,
            news=[one.facts() for one in said],
            refs=[ref_of(self._vault, row.id, one.aid) for one in said],
        )


def ref_of(vault: Vault, follow: int, aid: str) -> str:
    """What a button calls an aid: it says nothing of it, and means no other one later."""
    return vault.digest("follow aid", f"{follow} {aid}".encode()).hex()[:REF]


def seal_told(vault: Vault, follow: int, told: Told, reminded: dict[str, str]) -> bytes:
    """What was told last, as it is kept."""
    return vault.seal_json({"told": told, "reminded": reminded}, TOLD, follow)
