"""Followers: begun after a right answer, ended with a word, and told once of whatever became otherwise.

Whatever changes lists, sittings or payments marks the followers it may concern in its own transaction
(`salur.core.notices.stirring`), so nothing is forgotten when the process dies. Some minutes later the same answer is
made that they would read, and compared with what they were told last: what was taken back meanwhile is no news, and
many changes are one message. News and what is told last are written together, so nothing is told twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from hmac import compare_digest

from sqlalchemy import Connection, delete, func, insert, select, update

from salur.core.errors import DatabaseAway, NoKey, Refused
from salur.core.following.answers import Swept
from salur.core.following.followers import asker_of, follow_wherever, note_followed, payees_of, record_follow
from salur.core.following.links import TOLD, Link, made_from
from salur.core.following.moving import move
from salur.core.following.older import by_initials
from salur.core.following.telling import Telling, ref_of, seal_told
from salur.core.following.told import Told, aids, mark_of_news, next_look, region_of, reminders, told_of
from salur.core.happenings import refused
from salur.core.limits.asker import Asker
from salur.core.limits.sendings import PHONES_A_DAY, count_phone, count_sending, hold_followers
from salur.core.lookup.answers import Entitlement, OnTheList
from salur.core.notices.answers import Facts
from salur.core.notices.channels import Channel
from salur.core.notices.outbox import Notices, digest_of
from salur.core.notices.rows import OF_FOLLOWING
from salur.core.privacy.access_log import AccessLog
from salur.core.privacy.passes import behind, is_of_family
from salur.core.storage.database import AnyRow, Database, fresh_ids
from salur.core.storage.vault import Vault
from salur.core.tables.following import FollowRow

AGAIN_AFTER = timedelta(hours=1)  # where looking at somebody failed through a fault of ours
MOST = 10  # persons or families that one address follows: a neighbour, a grandmother
LARGEST = 2**63 - 1  # id
TABLE = FollowRow.__table__


class Following:
    """Begins and ends following, and sees what there is to tell."""

    def __init__(
        self, database: Database, vault: Vault, notices: Notices, access: AccessLog, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._vault = vault
        self._notices = notices
        self._telling = Telling(vault, notices)
        self._access = access
        self._clock = clock

    def look(self, way_back: str) -> None:
        """See whether the answer that `way_back` leads to can be followed still. Raises: Refused(`key_expired`)."""
        behind(self._vault, way_back, self._clock())

    def follow(
        self, channel: Channel, address: str, language: str | None, way_back: str, *, asker: Asker | None = None
    ) -> bool:
        """From now on tell an address of changes to the answer that `way_back` leads to; False where it is told
        already. What the answer says now counts as told; that somebody follows goes into the payees' access record:
        the `asker`, else the address itself. Each try is counted: an address of a browser is made up easily, and a chat
        that begins and ends again and again would fill that record.

        Raises: Refused(`key_expired`; `follows_enough`, `phones_enough`, facts: most), TooManyAttempts.
        """
        now, asker = self._clock(), asker or asker_of(channel, address)
        people, _ = behind(self._vault, way_back, now)
        self._count(asker, now, phone_for=people if channel is Channel.PUSH else ())
        with self._database.writing() as connection:
            return self.begin(connection, channel, address, language, way_back, asker)

    def begin(
        self, connection: Connection, channel: Channel, address: str, language: str | None, way_back: str, asker: Asker
    ) -> bool:
        """The same in the transaction of a caller who has counted the try.

        Raises: Refused(`key_expired`; `follows_enough`, facts: most).
        """
        now = self._clock()
        people, _ = behind(self._vault, way_back, now)
        family = people if is_of_family(self._vault, way_back, now) else ()
        digest = self.digest_of(channel, address)
        hold_followers(connection, self._vault, [digest], now)
        payees = payees_of(connection, self._vault, people)
        link = Link(address, language, payees, frozenset(family))
        others = {row.id: other for row, other in self._links(connection, digest)}
        mine = {id: other.people for id, other in others.items()}
        if already := next((id for id, known in mine.items() if link.people <= known), None):
            told, near = _read(link.answer(connection, self._vault, now), now)
            read, look_at = {"told": told, "reminded": near}, next_look(told, now)
            follow_wherever(connection, self._vault, already, others[already], link.themselves, read, look_at)
            return False
        # Who asked with a NIK and then with the KK number follows the family, and hears of nobody twice.
        wider = [id for id, known in mine.items() if known < link.people]
        for id in wider:
            link = link.wherever(others[id].themselves)
        connection.execute(delete(FollowRow).where(FollowRow.id.in_(wider)))
        self._notices.drop_news(connection, digest, wider)  # what it tells of was read just now
        if len(mine) - len(wider) >= MOST:
            raise Refused("follows_enough", most=MOST)
        id = next(fresh_ids(1))
        answer = link.answer(connection, self._vault, now)
        told, near = _read(answer, now)
        asks = channel is Channel.CALENDAR
        connection.execute(
            insert(FollowRow).values(
                id=id, channel=channel, address_digest=digest,
                whom_digest=made_from(self._vault, way_back) if asks else link.whom(self._vault),
                region_code=region_of(answer), sealed_link=link.sealed(self._vault, id),
                sealed_told=seal_told(self._vault, id, told, near),
                made_at=now, look_at=None if asks else next_look(told, now),
            )
        )  # fmt: skip
        note_followed(connection, self._vault, id, link)
        record_follow(connection, self._access, payees, channel, asker)
        return True

    def _count(self, asker: Asker, now: datetime, *, phone_for: Collection[int] = ()) -> None:
        """Count it for who asks, and of phones for the answer. Raises TooManyAttempts, Refused(`phones_enough`)."""
        with self._database.writing() as connection:
            spent = count_sending(connection, self._vault, asker, now)
            full = bool(phone_for) and not count_phone(connection, self._vault, phone_for, asker, now)
        if spent is not None:
            raise refused(spent)
        if full:
            raise Refused("phones_enough", most=PHONES_A_DAY)

    def count(self, channel: Channel, address: str) -> int:
        """How many persons or families an address follows."""
        mine = select(func.count()).where(FollowRow.address_digest == self.digest_of(channel, address))
        with self._database.reading() as connection:
            return int(connection.execute(mine).scalar_one())

    def speaks(self, channel: Channel, address: str, language: str) -> None:
        """From now on tell an address in another language, what waits for it and of proposals too."""
        digest = self.digest_of(channel, address)
        with self._database.writing() as connection:
            for row, link in self._links(connection, digest):
                spoken = replace(link, language=language).sealed(self._vault, row.id)
                connection.execute(update(FollowRow).where(FollowRow.id == row.id).values(sealed_link=spoken))
            self._notices.speak(connection, digest, language)

    def stop(self, channel: Channel, address: str) -> int:
        """Tell an address nothing any more of what it follows, and what waits for it neither; gives how many it was."""
        digest = self.digest_of(channel, address)
        with self._database.writing() as connection:
            followed = connection.execute(delete(FollowRow).where(FollowRow.address_digest == digest)).rowcount
            self._notices.drop(connection, digest, *OF_FOLLOWING)  # after whoever was telling them at this moment
        return followed

    def move(self, channel: Channel, address: str, to: str, *, asker: Asker) -> int:
        """Tell another address from now on what this one was told; gives how many that is. Raises TooManyAttempts."""
        now = self._clock()
        self._count(asker, now)
        with self._database.writing() as connection:
            hold_followers(connection, self._vault, [self.digest_of(channel, one) for one in (address, to)], now)
            return move(connection, self._vault, self._notices, channel, address, to, MOST)

    def behind(self, channel: Channel, address: str, follow: int, ref: str) -> Entitlement | None:
        """What somebody who follows reads today of one aid, with its passes, to say that it never came, or to object.

        A button names it: the `refs` of a notice, in the order of its news. None where they do not follow any more, or
        it is on no list.
        """
        return next(self.all_behind(channel, address, follow, [ref]), None)

    def all_behind(self, channel: Channel, address: str, follow: int, refs: Iterable[str]) -> Iterator[Entitlement]:
        """Those of several buttons; of one that names none of theirs, none."""
        found = self._aids(channel, address, follow)
        named = {**by_initials(found), **found}.items()
        called = {ref_of(self._vault, follow, aid).encode(): said for aid, said in named}
        for wanted in (ref.encode(errors="replace") for ref in refs):
            yield from [said for name, said in called.items() if compare_digest(name, wanted)][:1]

    def _aids(self, channel: Channel, address: str, follow: int) -> dict[str, Entitlement]:
        """What somebody who follows reads today, aid by aid."""
        if follow > LARGEST:
            return {}
        with self._database.reading() as connection:
            row = connection.execute(select(TABLE).where(FollowRow.id == follow)).one_or_none()
            if row is None or row.address_digest != self.digest_of(channel, address):
                return {}
            link = Link.opened(self._vault, row.sealed_link, row.id)
            answer = link.answer(connection, self._vault, self._clock())
        return aids(answer)

    def _links(self, connection: Connection, digest: bytes) -> list[tuple[AnyRow, Link]]:
        """What an address follows; locked, so that of two at once the second finds what the first wrote."""
        mine = select(TABLE).where(FollowRow.address_digest == digest).order_by(FollowRow.id).with_for_update()
        return [(row, Link.opened(self._vault, row.sealed_link, row.id)) for row in connection.execute(mine)]

    def sweep(self, most: int = 100) -> Swept:
        """Look at followers whose time has come, and queue what there is to tell them. Each is a transaction.

        Where that fails for one of them through a fault of ours, it is put off, all others are looked at, and then it
        is raised.
        """
        now = self._clock()
        due = select(FollowRow.id).where(FollowRow.look_at <= now).order_by(FollowRow.look_at, FollowRow.id)
        with self._database.reading() as connection:
            ids = list(connection.execute(due.limit(most + 1)).scalars())
        told, faults = 0, []
        for id in ids[:most]:
            try:
                told += self._look(id, now)
            except DatabaseAway:
                raise
            except Exception as fault:  # noqa: BLE001
                faults.append(fault)
                with self._database.writing() as connection:
                    later = update(FollowRow).where(FollowRow.id == id, FollowRow.look_at <= now)
                    connection.execute(later.values(look_at=now + AGAIN_AFTER, look_by=None))
        if faults:
            raise faults[0]
        return Swept(len(ids[:most]), told, len(ids) > most)

    def digest_of(self, channel: Channel, address: str) -> bytes:
        """What an address is known by in the tables."""
        return digest_of(self._vault, channel, address)

    def _look(self, id: int, now: datetime) -> bool:
        """See what there is to tell one follower; whether there was anything."""
        with self._database.writing() as connection:
            mine = select(TABLE).where(FollowRow.id == id, FollowRow.look_at <= now)
            row = connection.execute(mine.with_for_update(skip_locked=True)).one_or_none()
            if row is None:
                return False  # another looks, or did
            try:
                link = Link.opened(self._vault, row.sealed_link, id)
                kept: Facts = self._vault.open_json(row.sealed_told, TOLD, id)
            except NoKey:
                connection.execute(update(FollowRow).where(FollowRow.id == id).values(look_at=None))
                return False
            note_followed(connection, self._vault, id, link)  # of one that an older version wrote
            return self._telling.tell(connection, row, link, kept, now)


def _read(answer: OnTheList | None, now: datetime) -> tuple[Told, dict[str, str]]:
    """What somebody reads who asks now, and of what that reminds them."""
    told = told_of(answer)
    return told, {one.aid: mark_of_news(one) for one in reminders(told, {}, now)}
