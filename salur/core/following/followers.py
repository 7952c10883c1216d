"""Who is told of somebody, said to themselves: how many, by which way, since when. And that they can end it.

Whoever knows number and name may follow: an aunt, a neighbour, somebody who wishes them ill. Who that is stands nowhere
but in what is sealed, and nobody learns it. Each payee is noted beside the follow by a keyed digest, so that who has
checked rightly finds what is about them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from salur.core.errors import NoKey, Refused
from salur.core.following.answers import Followers
from salur.core.following.links import TOLD, Link, is_theirs, whose
from salur.core.limits.asker import Asker
from salur.core.lookup.finding import BY_ID
from salur.core.lookup.still_listed import Written
from salur.core.notices.answers import Facts
from salur.core.notices.channels import Channel
from salur.core.notices.outbox import Notices
from salur.core.privacy.access_log import AccessLog
from salur.core.privacy.passes import people_of
from salur.core.regions.zones import time_zone
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.vault import Vault
from salur.core.tables.following import FollowedRow, FollowRow

ENDED = "follow_ended"  # the notice
CAPITAL = "31"  # by whose clock those live of whom no list says where


class Followed:
    """Answers residents about who follows them, with the pass of their record (`salur.core.privacy.my_data`)."""

    def __init__(
        self, database: Database, vault: Vault, notices: Notices, access: AccessLog, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._vault = vault
        self._notices = notices
        self._access = access
        self._clock = clock

    def followers(self, key: str) -> Followers:
        """How many are told of the people of a check. Raises: Refused(`key_expired`)."""
        people = people_of(self._vault, key, self._clock())
        with self._database.reading() as connection:
            rows = [row for row, _ in self._about(connection, people, lock=False)]
        ways = Counter(row.channel for row in rows)
        since = min((row.made_at for row in rows), default=None)
        zone = zone_of(next((row.region_code for row in rows if row.region_code), None))
        return Followers(ways[Channel.TELEGRAM], ways[Channel.PUSH], ways[Channel.CALENDAR], since, zone)

    def end(self, key: str, *, asker: Asker) -> int:
        """End all of them, whoever follows; gives how many. What waits for them is not told any more, but that it was
        ended, where something can be said. It goes into the access record. Raises: Refused(`key_expired`).
        """
        people = people_of(self._vault, key, self._clock())
        with self._database.writing() as connection:
            found = list(self._about(connection, people, lock=True))
            for row, link in found:
                payees = self._payees(row)
                connection.execute(delete(FollowRow).where(FollowRow.id == row.id))
                self._notices.drop_news(connection, row.address_digest, [row.id])
                if link is not None and row.channel != Channel.CALENDAR:
                    way, zone = (Channel(row.channel), link.address, link.language), zone_of(row.region_code)
                    self._notices.to_follower(
                        connection, *way, zone=str(zone), good_until=None, code=ENDED, payees=payees
                    )
            if found:
                self._access.record_asker(connection, people, asker, what="follow_end")
        return len(found)

    def _about(
        self, connection: Connection, people: Sequence[int], *, lock: bool
    ) -> Iterator[tuple[AnyRow, Link | None]]:
        """What follows these people (ids); of one that no key opens it is not known whom."""
        own = payees_of(connection, self._vault, people)
        follows = select(FollowRow.__table__).where(about(self._vault, own)).order_by(FollowRow.id)
        for row in connection.execute(follows.with_for_update() if lock else follows).all():
            try:
                link = Link.opened(self._vault, row.sealed_link, row.id)
            except NoKey:
                yield row, None
                continue
            if any(one.id == payee.id or is_theirs(one, payee) for one in own for payee in link.payees):
                yield row, link

    def _payees(self, row: AnyRow) -> list[str]:
        """Their initials, as whoever follows was told them."""
        try:
            told = self._vault.open_json(row.sealed_told, TOLD, row.id)["told"]
        except NoKey:
            return []
        return sorted({aid["payee"] for aid in told.values()})


def payees_of(connection: Connection, vault: Vault, people: Collection[int]) -> list[Written]:
    """Those of these people (ids) who are still there. Raises: Refused(`key_expired`), where nobody is."""
    found = [Written.opened(vault, row) for row in BY_ID.run(connection, sorted(people))] if people else []
    if not found:
        raise Refused("key_expired")
    return found


def about(vault: Vault, payees: Iterable[Written]) -> ColumnElement[bool]:
    """What follows any of these people, or one under the same NIK."""
    digests = {_digest(vault, whose(one)) for one in payees}
    return FollowRow.id.in_(select(FollowedRow.follow_id).where(FollowedRow.payee_digest.in_(digests)))


def follow_wherever(
    connection: Connection,
    vault: Vault,
    id: int,
    link: Link,
    people: Collection[str],
    read: Facts,
    look_at: datetime | None,
) -> None:
    """Who followed these as part of a family has asked for themselves now. What was `read` of them counts as told (as
    `telling.seal_told` keeps it), and it is looked at the latest when something of it is near; what can still be taken
    back has its time.
    """
    changed, one = link.wherever(people), FollowRow.id == id
    if changed.family == link.family:
        return
    sealed = connection.execute(select(FollowRow.sealed_told).where(one)).scalar_one()
    kept = vault.open_json(sealed, TOLD, id)
    told = vault.seal_json({name: {**kept[name], **read[name]} for name in ("told", "reminded")}, TOLD, id)
    connection.execute(update(FollowRow).where(one).values(sealed_link=changed.sealed(vault, id), sealed_told=told))
    if look_at is not None:
        later = FollowRow.look_by.is_(None) & or_(FollowRow.look_at.is_(None), FollowRow.look_at > look_at)
        connection.execute(update(FollowRow).where(one, later).values(look_at=look_at))


def note_followed(connection: Connection, vault: Vault, follow: int, link: Link) -> None:
    """Note whom a follow is about, unless that is noted, in the caller's transaction."""
    noted = select(FollowedRow.payee_digest).where(FollowedRow.follow_id == follow)
    known = set(connection.execute(noted).scalars())
    missing = {_digest(vault, one) for one in link.people} - known
    if missing:
        connection.execute(insert(FollowedRow), [{"follow_id": follow, "payee_digest": one} for one in sorted(missing)])


def asker_of(channel: Channel, address: str) -> Asker:
    """Whoever begins to follow, where nobody says who that is: the address itself."""
    return Asker.chat(int(address)) if channel is Channel.TELEGRAM else Asker(channel, address)


def record_follow(
    connection: Connection, access: AccessLog, payees: Sequence[Written], channel: Channel, asker: Asker
) -> None:
    """Write into the payees' access record that somebody follows."""
    what = "follow" if channel is Channel.TELEGRAM else f"follow_{channel}"
    access.record_asker(connection, [one.id for one in payees], asker, what=what)


def zone_of(region: str | None) -> ZoneInfo:
    """By whose clock it is night for those who follow somebody there."""
    return time_zone(region or CAPITAL)


def _digest(vault: Vault, payee: str) -> bytes:
    return vault.digest("followed", payee.encode())
