"""Messages to be sent: written in the transaction of what they tell of, sent by `salur.channels` when it is there.

A notice holds a code of `salur.words.notices` and its facts, no sentence. Whoever has no linked chat gets none. One
about an event that can still be undone is held until it cannot, or is withdrawn.

Who takes a message has it for LEASE. One that dies in the middle used up nothing of it: only what failed is counted.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Select, delete, insert, select, true, update

from salur.core.errors import NoKey
from salur.core.notices import due
from salur.core.notices.answers import LEASE, Facts, Forgotten, Notice
from salur.core.notices.channels import Channel
from salur.core.notices.rows import CONTENT, NEWS, PUT_BACK, is_under_way, opened, put_back, to_come
from salur.core.regions.zones import time_zone
from salur.core.storage.database import AnyRow, Database, fresh_ids
from salur.core.storage.open_accounts import is_open
from salur.core.storage.statements import AnySelect
from salur.core.storage.vault import Vault
from salur.core.tables.following import FollowRow
from salur.core.tables.notices import NoticeRow
from salur.core.tables.officers import AccountRow, ChatLinkRow
from salur.core.tables.proposals import FollowerRow

log = logging.getLogger("salur.core")
CHAT, FOLLOWER_CHAT = "chat_link.sealed_chat", "proposal_follower.sealed_chat"
AT_ONCE = ("unlinked",)  # at night, too: somebody has just done it
PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=4)  # after a failure: doubled each time, up to that
MOST_TRIES = 24  # in some three days: as long as whoever carries it may be out of order
LONGEST = timedelta(days=30)  # that one waits, whoever may have asked for patience with it; then it is given up
Links = TypeVar("Links", bound=AnySelect)


class Notices:
    """The box that waits for who sends."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def to_account(self, connection: Connection, account: int, code: str, **facts: object) -> bool:
        """Queue a message to an account's linked chat, in the caller's transaction; False when there is none."""
        return bool(self.to_accounts(connection, select(AccountRow.id).where(AccountRow.id == account), code, **facts))

    def to_accounts(self, connection: Connection, accounts: Select[int], code: str, **facts: object) -> list[int]:
        """Queue one message to each of many accounts (`accounts` selects their ids) in the caller's transaction, in one
        write; gives those with a linked chat. One that is shut has none. It waits for the day where they work.
        """
        link = ChatLinkRow.__table__.c
        opened = select(AccountRow.id).where(AccountRow.id.in_(accounts), is_open(connection, AccountRow))
        works_in = select(AccountRow.region_code).where(AccountRow.id == link.account_id).scalar_subquery()
        links = select(link.account_id, link.id, link.sealed_chat, works_in.label("region_code"))
        found = connection.execute(still_there(links.where(link.account_id.in_(opened)))).all()
        values = [
            self._values(id, int(self._vault.open(row.sealed_chat, CHAT, row.id)), code, None, facts)
            | {"zone": None if code in AT_ONCE else str(time_zone(row.region_code))}
            for id, row in zip(fresh_ids(len(found)), found, strict=True)
        ]
        if values:
            connection.execute(insert(NoticeRow), values)
        return [row.account_id for row in found]

    def to_chat(
        self,
        connection: Connection,
        chat: int,
        code: str,
        language: str | None,
        *,
        region: str | None = None,
        about_event: int | None = None,
        held: timedelta = timedelta(),
        **facts: object,
    ) -> None:
        """Queue a message to a chat, in the caller's transaction: of a `region` for the day there. `facts` are what
        JSON can hold.

        One that is `held` goes out after so long, unless the event it is about is released or withdrawn before.
        """
        values = self._values(next(fresh_ids(1)), chat, code, language, facts)
        values |= {"about_event": about_event, "due_at": self._clock() + held}
        values |= {"zone": str(time_zone(region))} if region else {}
        connection.execute(insert(NoticeRow).values(values))

    def to_follower(
        self,
        connection: Connection,
        channel: Channel,
        address: str,
        language: str | None,
        *,
        zone: str,
        good_until: datetime | None,
        code: str = NEWS,
        **facts: object,
    ) -> None:
        """Queue news for whoever follows, in the caller's transaction: it waits for the day in `zone`, and is dropped
        where nobody could send it until `good_until`.
        """
        values = self._values(next(fresh_ids(1)), address, code, language, facts, channel)
        values |= {"zone": zone, "good_until": good_until}
        connection.execute(insert(NoticeRow).values(values))

    def drop_news(self, connection: Connection, digest: bytes, follows: Collection[int]) -> None:
        """Delete the news of these follows that wait for an address, in the caller's transaction."""
        for _, notice in self._news_of(connection, digest, follows) if follows else ():
            connection.execute(delete(NoticeRow).where(NoticeRow.id == notice.id))

    def recall(self, connection: Connection, digest: bytes, follow: int, *, unread: bool) -> list[Notice] | None:
        """The same of those that nobody can have read and that say what was told `before` them, or else of the others;
        gives them, the oldest first. None, and all stay, where one is brought at this moment: it may fail.
        """
        waiting = list(self._news_of(connection, digest, [follow]))
        if any(is_under_way(row, self._clock()) for row, _ in waiting):
            return None
        which = ((one, not one.perhaps_read and one.facts.get("before") is not None) for _, one in waiting)
        found = [one for one, is_unread in which if is_unread is unread]
        if found:
            connection.execute(delete(NoticeRow).where(NoticeRow.id.in_([notice.id for notice in found])))
        return found

    def _news_of(
        self, connection: Connection, digest: bytes, follows: Collection[int]
    ) -> Iterator[tuple[AnyRow, Notice]]:
        waiting = (NoticeRow.chat_digest == digest) & NoticeRow.done_at.is_(None) & (NoticeRow.code == NEWS)
        rows = select(NoticeRow.__table__).where(waiting).order_by(NoticeRow.made_at, NoticeRow.id).with_for_update()
        for row in connection.execute(rows).all():
            notice = opened(self._vault, row)
            if notice is not None and notice.facts["follow"] in follows:
                yield row, notice

    def drop(self, connection: Connection, digest: bytes, *codes: str) -> None:
        """Delete all that was ever queued for an address, or what has these codes, in the caller's transaction."""
        which = (NoticeRow.chat_digest == digest) & (NoticeRow.code.in_(codes) if codes else true())
        connection.execute(delete(NoticeRow).where(which))

    def speak(self, connection: Connection, digest: bytes, language: str) -> None:
        """Let what waits for an address be said in another language, in the caller's transaction; of a chat what it is
        told of proposals from now on, too.
        """
        waiting = (NoticeRow.chat_digest == digest) & NoticeRow.done_at.is_(None)
        for row in connection.execute(select(NoticeRow.__table__).where(waiting).with_for_update()).all():
            with suppress(NoKey):
                content = {**self._vault.open_json(row.sealed_content, CONTENT, row.id), "language": language}
                spoken = update(NoticeRow).where(NoticeRow.id == row.id)
                connection.execute(spoken.values(sealed_content=self._vault.seal_json(content, CONTENT, row.id)))
        connection.execute(update(FollowerRow).where(FollowerRow.chat_digest == digest).values(language=language))

    def release(self, connection: Connection, events: Sequence[int]) -> None:
        """Let go out now what was held about these events."""
        now = self._clock()
        held = _untouched(events) & (NoticeRow.due_at > now)
        connection.execute(update(NoticeRow).where(held).values(due_at=now))

    def withdraw(self, connection: Connection, events: Sequence[int]) -> frozenset[bytes]:
        """What nobody took yet about these events never goes out; gives the digests of the addresses that it was for.

        It stays as a row that is done and was not taken. What was taken meanwhile is for the caller to correct.
        """
        wanted = select(NoticeRow.id, NoticeRow.chat_digest).where(_untouched(events)).with_for_update()
        rows = connection.execute(wanted).all()
        if rows:
            done = update(NoticeRow).where(NoticeRow.id.in_([row.id for row in rows]))
            connection.execute(done.values(done_at=self._clock()))
        return frozenset(row.chat_digest for row in rows)

    def _values(
        self,
        id: int,
        address: int | str,
        code: str,
        language: str | None,
        facts: Facts,
        channel: Channel = Channel.TELEGRAM,
    ) -> dict[str, object]:
        now = self._clock()
        content = {"chat": address, "language": language, "facts": facts}
        return {
            "id": id,
            "code": code,
            "channel": channel,
            "chat_digest": digest_of(self._vault, channel, str(address)),
            "sealed_content": self._vault.seal_json(content, CONTENT, id),
            "made_at": now,
            "due_at": now,
            "tries": 0,
        }

    def digest_of(self, chat: int) -> bytes:
        """What a chat is known by in the tables."""
        return digest_of(self._vault, Channel.TELEGRAM, str(chat))

    def take(self, most: int = 20, channel: Channel = Channel.TELEGRAM) -> list[Notice]:
        """Give what is due, the oldest first. Nobody else is given it within LEASE; say what became of it by then.

        What would disturb somebody at night waits for the morning there.
        """
        now = self._clock()
        with self._database.reading() as connection:
            if not due.is_any_due(connection, channel, now):
                return []
        with self._database.writing() as connection:
            rows = due.locked(connection, channel, now, most)
            over = {row.id for row in rows if row.good_until is not None and row.good_until <= now}
            waited = {row.id for row in rows if row.made_at <= now - LONGEST} - over
            ended = over | waited
            fresh = [row for row in rows if row.id not in ended]
            taken = [to_come(notice, now) for row in fresh if (notice := opened(self._vault, row, now)) is not None]
            given = {notice.id for notice in taken}
            shut = {row.id for row in fresh} - given
            for which, values in (
                (given, {"due_at": now + LEASE, "taken_at": now}),
                (over, {"done_at": now}),
                (waited | shut, {"done_at": now, "given_up_at": now}),
            ):
                if which:
                    connection.execute(update(NoticeRow).where(NoticeRow.id.in_(which)).values(values))
        for lost, why in ((waited, "they waited for thirty days"), (shut, "they cannot be opened")):
            if lost:
                log.error("%d messages (%s) were given up, nobody was told: %s", len(lost), channel, why)
        return taken

    def sent(self, id: int) -> None:
        """It got through, or nobody can be told: either way it is done."""
        with self._database.writing() as connection:
            connection.execute(update(NoticeRow).where(NoticeRow.id == id).values(done_at=self._clock()))

    def put_back(self, notices: Sequence[Notice], wait: timedelta | None = None) -> None:
        """They were taken and not sent: as if nobody had. What has to `wait` is given to nobody so long.

        What another took meanwhile, because it was put back too late, is theirs.
        """
        if not notices:
            return
        later = None if wait is None else self._clock() + wait
        with self._database.writing() as connection:
            connection.execute(PUT_BACK, [put_back(notice, later) for notice in notices])

    def unreachable(self, notice: Notice) -> None:
        """The address takes nothing any more: what waits for it is done, and it is linked to and follows nothing."""
        digest = digest_of(self._vault, notice.channel, notice.address)
        waiting = (NoticeRow.chat_digest == digest) & NoticeRow.done_at.is_(None)
        with self._database.writing() as connection:
            # What is being told at this moment waits for us or we for it: so its messages come last.
            connection.execute(delete(FollowRow).where(FollowRow.address_digest == digest))
            for table in (ChatLinkRow, FollowerRow):  # of chats alone, so nothing there has another's digest
                connection.execute(delete(table).where(table.chat_digest == digest))
            connection.execute(update(NoticeRow).where(waiting).values(done_at=self._clock()))

    def forget(self, chat: int) -> Forgotten:
        """Delete all that is kept of a chat: messages sent and waiting, what it follows, and whose it is."""
        digest = self.digest_of(chat)
        with self._database.writing() as connection:
            followed = connection.execute(delete(FollowRow).where(FollowRow.address_digest == digest)).rowcount
            proposals = connection.execute(delete(FollowerRow).where(FollowerRow.chat_digest == digest)).rowcount
            linked = connection.execute(delete(ChatLinkRow).where(ChatLinkRow.chat_digest == digest)).rowcount
            self.drop(connection, digest)  # last: what was being told at this moment has been written by now
        return Forgotten(followed, proposals, linked > 0)

    def failed(self, id: int) -> bool:
        """It did not get through; it is tried again later, and given up after MOST_TRIES. Whether it was given up."""
        now = self._clock()
        with self._database.writing() as connection:
            waits = select(NoticeRow.tries).where(NoticeRow.id == id, NoticeRow.done_at.is_(None))
            tries = connection.execute(waits.with_for_update()).scalar_one_or_none()
            if tries is None:
                return False  # meanwhile whom it was for wanted nothing any more, or another sent it
            values: dict[str, object] = {"due_at": now + min(PAUSE * 2**tries, LONGEST_PAUSE), "tries": tries + 1}
            given_up = tries + 1 >= MOST_TRIES
            if given_up:
                values |= {"done_at": now, "given_up_at": now}
            connection.execute(update(NoticeRow).where(NoticeRow.id == id).values(values))
        return given_up


def digest_of(vault: Vault, channel: Channel, address: str) -> bytes:
    """What an address is known by in the tables: a chat by the same wherever it stands."""
    return vault.digest("chat" if channel is Channel.TELEGRAM else f"address {channel}", address.encode())


def still_there(links: Links) -> Links:
    """Who is told something, but for those who are being deleted at this moment; from now on that waits for us."""
    return links.with_for_update(read=True, key_share=True, skip_locked=True)


def _untouched(events: Sequence[int]) -> ColumnElement[bool]:
    """What waits about these events, and nobody has taken."""
    waits = NoticeRow.done_at.is_(None) & NoticeRow.taken_at.is_(None) & (NoticeRow.tries == 0)
    return NoticeRow.about_event.in_(events) & waits
