"""Messages that wait to be sent. Whoever writes one need not know who sends it: each channel takes what is due.

And the key pair by which browsers know whose messages they show.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Digest, GivenId, Moment, Table, UtcDateTime


class NoticeRow(Table):
    """One message to one address: a code of `salur.words.notices` and its facts, sealed with the address."""

    __tablename__ = "notice"

    id: Mapped[GivenId]
    code: Mapped[str]
    chat_digest: Mapped[Digest]
    # {"chat": …, "language": …, "facts": {…}}: the address is called so whatever its channel
    sealed_content: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[Moment]
    due_at: Mapped[Moment]  # pushed back while it is being sent, and after a failure
    tries: Mapped[int]  # that failed
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by who sends: from then on it may have been read
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # sent, given up, or withdrawn before it was taken
    given_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # it failed too often: nobody was told
    channel: Mapped[str] = mapped_column(server_default="telegram")  # a Channel of `salur.core.notices`
    zone: Mapped[str | None]  # where it is for, in whose nights it waits; None: it may come at any hour
    good_until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # after that it tells nobody anything
    about_event: Mapped[int | None] = mapped_column(
        BigInteger, index=True
    )  # of a proposal: held while it can be undone

    __table_args__ = (
        Index(
            "ix_notice_waiting",
            "channel",
            "zone",
            "due_at",
            "id",
            postgresql_where=text("done_at IS NULL"),
            sqlite_where=text("done_at IS NULL"),
        ),
        Index(
            "ix_notice_given_up",
            "given_up_at",
            postgresql_where=text("given_up_at IS NOT NULL"),
            sqlite_where=text("given_up_at IS NOT NULL"),
        ),
        Index("ix_notice_chat_digest", "chat_digest"),
    )


class PushKeyRow(Table):
    """The key pair of Web Push (VAPID). There is one, for ever: with another, no browser would hear of us again."""

    __tablename__ = "push_key"

    id: Mapped[GivenId]  # 1
    public_key: Mapped[str]
    sealed_private_key: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[Moment]
