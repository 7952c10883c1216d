"""Messages that wait to be sent by Telegram. Whoever writes one need not know the bot; the bot sends what is due."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Digest, GivenId, Moment, Table, UtcDateTime


class NoticeRow(Table):
    """One message to one chat: a code of `salur.words.notices` and its facts, sealed with the chat's number."""

    __tablename__ = "notice"

    id: Mapped[GivenId]
    code: Mapped[str]
    chat_digest: Mapped[Digest]
    sealed_content: Mapped[bytes] = mapped_column(LargeBinary)  # {"chat": …, "language": …, "facts": {…}}
    made_at: Mapped[Moment]
    due_at: Mapped[Moment]  # pushed back while it is being sent, and after a failure
    tries: Mapped[int]
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # sent, or given up; withdrawn, where `tries` is 0
    channel: Mapped[str] = mapped_column(server_default="telegram")  # a Channel of `salur.core.notices`
    zone: Mapped[str | None]  # where it is for, in whose nights it waits; None: it may come at any hour
    good_until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # after that it tells nobody anything
    about_event: Mapped[int | None] = mapped_column(
        BigInteger, index=True
    )  # of a proposal: held while it can be undone

    __table_args__ = (
        Index(
            "ix_notice_waiting",
            "due_at",
            postgresql_where=text("done_at IS NULL"),
            sqlite_where=text("done_at IS NULL"),
        ),
        Index("ix_notice_chat_digest", "chat_digest"),
    )
