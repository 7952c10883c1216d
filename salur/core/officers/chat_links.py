"""Which Telegram chat belongs to which account.

The site shows a code, and its owner sends it to the bot: never the other way round, so that nobody is ever asked for a
code by Salur. The code is kept as a digest, is good once and for ten minutes, and tries are counted for each chat.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from salur.core.errors import RanOut, Refused, TooManyAttempts
from salur.core.happenings import refused
from salur.core.limits.asker import Asker
from salur.core.limits.attempts import Attempts
from salur.core.notices.outbox import CHAT, Notices
from salur.core.notices.rows import TO_FOLLOWERS
from salur.core.officers import printed_codes
from salur.core.officers.queries import OFFICER, officer_of
from salur.core.officers.roles import Officer
from salur.core.storage.database import AnyRow, Database, fresh_ids
from salur.core.storage.open_accounts import is_open
from salur.core.storage.statements import AnySelect
from salur.core.storage.vault import Vault
from salur.core.tables.notices import NoticeRow
from salur.core.tables.officers import AccountRow, ChatLinkRow, LinkCodeRow

VALID = timedelta(minutes=10)
GROUPS = 2  # of four characters: 38 bits, of which a chat may try three a day


class ChatLinks:
    """Links and unlinks chats, and says which account writes from a chat."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        attempts: Attempts,
        notices: Notices,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._vault = vault
        self._attempts = attempts
        self._notices = notices
        self._clock = clock

    def officer_of(self, chat_id: int) -> Officer | None:
        """Who writes from this chat; None when it is linked to no account, or to one that is closed."""
        with self._database.reading() as connection:
            mine = _accounts(connection).join(ChatLinkRow, ChatLinkRow.account_id == AccountRow.id)
            row = connection.execute(mine.where(ChatLinkRow.chat_digest == self._chat(chat_id))).one_or_none()
        return None if row is None else officer_of(row)

    def link(self, code: str, chat_id: int, *, asker: Asker) -> Officer:
        """Link the chat to the account whose code this is; the account's old chat loses its link, and is told so.

        Raises: TooManyAttempts; Refused(`bad_link_code`), whatever is wrong with it; Refused(`chat_taken`) when the
        chat belongs to another account, which has to let it go first. The code is still good then.
        """
        with self._database.writing() as connection:
            # An identity of the chat's own: three misses, and this chat waits for a day; others are not touched.
            tries = self._vault.digest("link tries", str(chat_id).encode())
            with self._attempts.count(connection, tries, asker) as tried:
                row = None if tried.refusal else self._owner(connection, code)
                if row is not None:
                    self._attempts.succeed(connection, tried)
            if row is not None:
                taken = self._taken(connection, chat_id, row.id)
                if not taken:
                    self._replace(connection, row.id, chat_id)
        # Raised only now: what was counted is kept.
        if tried.refusal is not None:
            raise refused(TooManyAttempts(tried.refusal.retry_in, RanOut.SIGN_IN))
        if row is None:
            raise Refused("bad_link_code")
        if taken:
            raise Refused("chat_taken")
        return officer_of(row)

    def new_code(self, officer: Officer) -> str:
        """Make the code to send to the bot, such as `7QK2-M3XD`. One made before is no longer good."""
        code = printed_codes.new(GROUPS)
        values = {"digest": self._digest(code), "account_id": officer.account, "expires_at": self._clock() + VALID}
        with self._database.writing() as connection:
            connection.execute(select(AccountRow.id).where(AccountRow.id == officer.account).with_for_update())
            connection.execute(delete(LinkCodeRow).where(LinkCodeRow.account_id == officer.account))
            connection.execute(insert(LinkCodeRow).values(values))
        return code

    def burn(self, code: str) -> None:
        """Make a code worthless that others have seen. Says nothing of whether it was one."""
        with self._database.writing() as connection:
            connection.execute(delete(LinkCodeRow).where(LinkCodeRow.digest == self._digest(code)))

    def linked(self, officer: Officer) -> datetime | None:
        """Since when the account has a chat; None without one."""
        with self._database.reading() as connection:
            since = select(ChatLinkRow.linked_at).where(ChatLinkRow.account_id == officer.account)
            return connection.execute(since).scalar_one_or_none()

    def unlink(self, officer: Officer) -> None:
        """Take the account's chat from it, as its owner wants on the site; the chat is told."""
        with self._database.writing() as connection:
            self._tell_old(connection, officer.account, but=None)
            unlink_within(connection, officer.account)

    def unlink_chat(self, chat_id: int) -> bool:
        """Take the chat from whatever account it is linked to, as its owner wants in the bot; False when to none."""
        with self._database.writing() as connection:
            gone = delete(ChatLinkRow).where(ChatLinkRow.chat_digest == self._chat(chat_id))
            return connection.execute(gone).rowcount > 0

    def _owner(self, connection: Connection, code: str) -> AnyRow | None:
        """The account whose code this is, if it is still good."""
        valid = (LinkCodeRow.digest == self._digest(code)) & (LinkCodeRow.expires_at > self._clock())
        held = select(LinkCodeRow.account_id).where(valid)
        account = connection.execute(held).scalar_one_or_none()
        if account is None:
            return None
        row = connection.execute(
            _accounts(connection).where(AccountRow.id == account).with_for_update(of=AccountRow)
        ).one_or_none()
        # Asked again behind the account's lock: of two who send it at once, one spends it.
        return row if connection.execute(held).first() else None

    def _taken(self, connection: Connection, chat_id: int, account: int) -> bool:
        """Whether the chat belongs to another account that is still open."""
        others = (ChatLinkRow.chat_digest == self._chat(chat_id)) & (ChatLinkRow.account_id != account)
        found = _accounts(connection).join(ChatLinkRow, ChatLinkRow.account_id == AccountRow.id).where(others)
        return connection.execute(found).first() is not None

    def _replace(self, connection: Connection, account: int, chat_id: int) -> None:
        self._tell_old(connection, account, but=chat_id)
        digest, id = self._chat(chat_id), next(fresh_ids(1))
        unlink_within(connection, account)
        connection.execute(delete(ChatLinkRow).where(ChatLinkRow.chat_digest == digest))  # of a closed account
        values = {
            "id": id,
            "account_id": account,
            "chat_digest": digest,
            "sealed_chat": self._vault.seal(str(chat_id).encode(), CHAT, id),
            "linked_at": self._clock(),
        }
        connection.execute(insert(ChatLinkRow).values(values))

    def _tell_old(self, connection: Connection, account: int, *, but: int | None) -> None:
        """Tell the account's chat that it is linked no more: whoever took it away was perhaps not its owner."""
        old = connection.execute(
            select(ChatLinkRow.chat_digest).where(ChatLinkRow.account_id == account)
        ).scalar_one_or_none()
        if old is not None and (but is None or old != self._chat(but)):
            self._notices.to_account(connection, account, "unlinked")

    def _chat(self, chat_id: int) -> bytes:
        return self._notices.digest_of(chat_id)

    def _digest(self, code: str) -> bytes:
        return self._vault.digest("link code", printed_codes.plain(code).encode())


def unlink_within(connection: Connection, account_id: int) -> None:
    """Take chat and code from an account, in the transaction that closes it or changes its password."""
    # What waits for that chat is for the office; as a follower the chat may be told all the same.
    chat = select(ChatLinkRow.chat_digest).where(ChatLinkRow.account_id == account_id).scalar_subquery()
    waiting = NoticeRow.done_at.is_(None) & NoticeRow.code.not_in(("unlinked", *TO_FOLLOWERS))
    connection.execute(delete(NoticeRow).where(NoticeRow.chat_digest == chat, waiting))
    for table in (ChatLinkRow, LinkCodeRow):
        connection.execute(delete(table).where(table.account_id == account_id))


def _accounts(connection: Connection) -> AnySelect:
    """Officers whose accounts are open."""
    return select(*OFFICER).where(is_open(connection, AccountRow))
