"""Messages to be sent by Telegram: written in the transaction of what they tell of, sent by the bot when it is there.

A notice holds a code of `salur.words.notices` and its facts, no sentence. Whoever has no linked chat gets none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from salur.core.database import AnyRow, Database, fresh_ids
from salur.core.errors import NoKey
from salur.core.tables import ChatLinkRow, FollowerRow, NoticeRow
from salur.core.vault import Vault

CONTENT, CHAT, FOLLOWER_CHAT = "notice.sealed_content", "chat_link.sealed_chat", "proposal_follower.sealed_chat"
LEASE = timedelta(minutes=2)  # how long a bot may take to send what it took
PAUSE = timedelta(minutes=5)  # after a failure; doubled each time
MOST_TRIES = 8


@dataclass(frozen=True, slots=True, repr=False)
class Notice:
    """One message to send. `language` is that of the chat where it is known. No `repr`: it names a chat."""

    id: int
    chat: int
    code: str
    language: str | None
    facts: dict[str, Any]


class Notices:
    """The box that waits for the bot."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def to_account(self, connection: Connection, account: int, code: str, **facts: Any) -> bool:
        """Queue a message to an account's linked chat, in the caller's transaction; False when there is none."""
        link = connection.execute(
            select(ChatLinkRow.id, ChatLinkRow.sealed_chat).where(ChatLinkRow.account_id == account)
        ).one_or_none()
        if link is None:
            return False
        self.to_chat(connection, int(self._vault.open(link.sealed_chat, CHAT, link.id)), code, None, **facts)
        return True

    def to_accounts(self, connection: Connection, accounts: Select[int], code: str, **facts: Any) -> list[int]:
        """Queue one message to each of many accounts, in the caller's transaction; gives those with a linked chat.

        `accounts` selects their ids; it may be thousands, so it is one question and one write.
        """
        link = ChatLinkRow.__table__.c
        links = select(link.account_id, link.id, link.sealed_chat).where(link.account_id.in_(accounts))
        found = connection.execute(links).all()
        if found:
            ids = fresh_ids(len(found))
            chats = (int(self._vault.open(row.sealed_chat, CHAT, row.id)) for row in found)
            connection.execute(
                insert(NoticeRow),
                [self._values(id, chat, code, None, facts) for id, chat in zip(ids, chats, strict=True)],
            )
        return [row.account_id for row in found]

    def to_chat(self, connection: Connection, chat: int, code: str, language: str | None, **facts: Any) -> None:
        """Queue a message to a chat, in the caller's transaction. `facts` are what JSON can hold."""
        values = self._values(next(fresh_ids(1)), chat, code, language, facts)
        connection.execute(insert(NoticeRow).values(values))

    def _values(self, id: int, chat: int, code: str, language: str | None, facts: dict[str, Any]) -> dict[str, object]:
        now = self._clock()
        content = {"chat": chat, "language": language, "facts": facts}
        return {
            "id": id,
            "code": code,
            "chat_digest": self.digest_of(chat),
            "sealed_content": self._vault.seal_json(content, CONTENT, id),
            "made_at": now,
            "due_at": now,
            "tries": 0,
        }

    def digest_of(self, chat: int) -> bytes:
        """What a chat is known by in the tables."""
        return self._vault.digest("chat", str(chat).encode())

    def take(self, most: int = 20) -> list[Notice]:
        """Give what is due, the oldest first. Nobody else is given it within LEASE; say `sent` or `failed` by then."""
        now = self._clock()
        waiting = (
            select(NoticeRow.__table__)
            .where(NoticeRow.done_at.is_(None), NoticeRow.due_at <= now)
            .order_by(NoticeRow.due_at, NoticeRow.id)
            .limit(most)
        )
        with self._database.reading() as connection:
            if not connection.execute(waiting.limit(1)).first():
                return []  # which is nearly always so, and takes no lock
        with self._database.writing() as connection:
            rows = connection.execute(waiting.with_for_update(skip_locked=True)).all()
            taken = update(NoticeRow).where(NoticeRow.id.in_([row.id for row in rows]))
            connection.execute(taken.values(due_at=now + LEASE, tries=NoticeRow.tries + 1))
        return [notice for notice in map(self._opened, rows) if notice is not None]

    def sent(self, id: int) -> None:
        """It got through, or the chat takes no more messages: either way it is done."""
        with self._database.writing() as connection:
            connection.execute(update(NoticeRow).where(NoticeRow.id == id).values(done_at=self._clock()))

    def unreachable(self, notice: Notice) -> None:
        """The chat takes nothing any more: what waits for it is done, and it is linked to and follows nothing."""
        chat = self.digest_of(notice.chat)
        waiting = (NoticeRow.chat_digest == chat) & NoticeRow.done_at.is_(None)
        with self._database.writing() as connection:
            connection.execute(update(NoticeRow).where(waiting).values(done_at=self._clock()))
            for table in (ChatLinkRow, FollowerRow):
                connection.execute(delete(table).where(table.chat_digest == chat))

    def failed(self, id: int) -> None:
        """It did not get through; it is tried again later, and given up after MOST_TRIES."""
        now = self._clock()
        with self._database.writing() as connection:
            tries = connection.execute(select(NoticeRow.tries).where(NoticeRow.id == id)).scalar_one()
            values: dict[str, datetime] = {"due_at": now + PAUSE * 2 ** (tries - 1)}
            if tries >= MOST_TRIES:
                values["done_at"] = now
            connection.execute(update(NoticeRow).where(NoticeRow.id == id).values(values))

    def _opened(self, row: AnyRow) -> Notice | None:
        """What a row holds; one that no key opens is done with, so that it does not hold up the others."""
        try:
            content = self._vault.open_json(row.sealed_content, CONTENT, row.id)
        except NoKey:
            self.sent(row.id)
            return None
        return Notice(row.id, content["chat"], row.code, content["language"], content["facts"])
