"""What one follower is told now, or not yet: news and what is told last are written together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, update

from salur.core.following.answers import News
from salur.core.following.followers import zone_of
from salur.core.following.kinds import OF_A_DAY, NewsKind
from salur.core.following.links import TOLD, Link, said_of
from salur.core.following.older import as_called_now
from salur.core.following.told import (
    Told,
    gone,
    mark_of_news,
    news,
    next_look,
    region_of,
    remembered,
    reminders,
    starts_before,
    tells_the_day,
    told_of,
)
from salur.core.lookup.saying import payee_digest
from salur.core.notices.answers import LEASE, Facts
from salur.core.notices.channels import Channel
from salur.core.notices.outbox import Notices
from salur.core.notices.quiet import loud_again
from salur.core.storage.database import AnyRow
from salur.core.storage.vault import Vault
from salur.core.tables.following import FollowRow

APART = timedelta(hours=1)  # what changes within that time is one message
REMINDERS = (NewsKind.IN_TWO_DAYS, NewsKind.TODAY)
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
        told_at: datetime | None = row.told_at
        whose = {payee_digest(self._vault, one.nik, one.name) for one in rows.values()}
        said, marks, stays = _difference(kept, today, now, whose)
        unread = self._notices.recall(connection, row.address_digest, row.id, unread=True) if said else []
        if unread is None:  # if it fails, it would come after what is said now
            self._write(connection, row, look_at=now + LEASE)
            return False
        if unread:  # as if nobody had meant to tell it, so that what is no longer so is not heard of
            kept = unread[0].facts["before"]
            told_at = datetime.fromisoformat(kept["told_at"]) if kept["told_at"] else None
            said, marks, stays = _difference(kept, today, now, whose)
        told_just_now = told_at is not None and told_at <= now  # a clock may be set back
        apart = max(now, told_at + APART) if told_at is not None and told_just_now else now
        # What was to be brought to mind does not wait, nor what somebody may set out for within that hour.
        at_once = any(one.kind in REMINDERS or starts_before(one, apart) for one in said)
        earliest = loud_again(now if at_once else apart, zone_of(row.region_code))
        if said and earliest > now:
            later = seal_told(self._vault, row.id, kept["told"], kept["reminded"])
            self._write(connection, row, sealed_told=later, told_at=told_at, look_at=earliest)
            return False
        if said:
            self._queue(connection, row, link, said, {**kept, "told_at": told_at.isoformat() if told_at else None})
        self._write(
            connection,
            row,
            sealed_told=seal_told(self._vault, row.id, {**stays, **today}, marks),
            told_at=now if said else told_at,
            look_at=next_look(today, now),
            region_code=region_of(answer) or row.region_code,  # families move
        )
        return bool(said)

    @staticmethod
    def _write(connection: Connection, row: AnyRow, **values: object) -> None:
        connection.execute(update(FollowRow).where(FollowRow.id == row.id).values(**values, look_by=None))

    def _queue(self, connection: Connection, row: AnyRow, link: Link, said: list[News], before: Facts) -> None:
        """`before`: what was told before this. What failed to get through is said with it, as far as it holds: then it
        is not for taking back as a whole.
        """
        failed = self._notices.recall(connection, row.address_digest, row.id, unread=False) or ()
        once = [News.read(facts) for notice in failed for facts in notice.facts["news"]]
        otherwise = {one.aid for one in said if one.kind is not NewsKind.AMOUNT}
        once = [one for one in once if one.kind not in OF_A_DAY or one.aid not in otherwise]
        said = [*once, *said]
        until = [_until(one) for one in said]
        ends = [end for end in until if end is not None]
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
            until=[end.isoformat() if end is not None else None for end in until],
            before=None if once else before,
        )


def _difference(
    kept: Facts, today: Told, now: datetime, whose: Collection[str]
) -> tuple[list[News], dict[str, str], Told]:
    """What there is to tell whom `kept` was told, of what they are reminded by then, and what stays told though it is
    not said today. `whose`: the payees that are followed.
    """
    before, marks = as_called_now(kept, today)
    near = reminders(today, marks, now)
    due = {one.aid for one in near}
    lost = gone(before, today, whose)
    found = [replace(one, near=tells_the_day(one) and one.aid in due) for one in news(before, today, now, lost)]
    with_it = {one.aid for one in found if one.near}
    marks |= {one.aid: mark_of_news(one) for one in near}
    return [*found, *(one for one in near if one.aid not in with_it)], marks, remembered(lost, today)


def _until(one: News) -> datetime | None:
    """How long it is worth knowing, where that ends."""
    day = one.day or one.was
    return day.ends if one.kind in OF_A_DAY and day is not None else None


def ref_of(vault: Vault, follow: int, aid: str) -> str:
    """What a button calls an aid: it says nothing of it, and means no other one later."""
    return vault.digest("follow aid", f"{follow} {aid}".encode()).hex()[:REF]


def seal_told(vault: Vault, follow: int, told: Told, reminded: dict[str, str]) -> bytes:
    """What was told last, as it is kept."""
    return vault.seal_json({"told": told, "reminded": reminded}, TOLD, follow)
