"""Who wants to be told when an answer changes. Chat and person stand together only in what is sealed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Digest, GivenId, Moment, Table, UtcDateTime


class FollowRow(Table):
    """One chat, or other address, that is told of what concerns one person or family."""

    __tablename__ = "follow"

    id: Mapped[GivenId]
    channel: Mapped[str]  # a Channel of `salur.core.notices`
    address_digest: Mapped[Digest]  # keyed; of a chat that of all its rows
    # Keyed, with the address: the same twice is one. Of a calendar that of the answer it was made from.
    whom_digest: Mapped[Digest]
    region_code: Mapped[str | None]  # the kelurahan, for finding whom a change may concern
    sealed_link: Mapped[bytes] = mapped_column(LargeBinary)  # address, language, and whose answer
    sealed_told: Mapped[bytes] = mapped_column(LargeBinary)  # what was told last
    made_at: Mapped[Moment]
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # of a calendar: when it may have changed last
    look_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when it is to be looked whether there is news
    look_by: Mapped[datetime | None] = mapped_column(UtcDateTime)  # to when further changes put it off at most

    __table_args__ = (
        Index("uq_follow", "address_digest", "whom_digest", unique=True),
        Index(
            "ix_follow_look_at",
            "look_at",
            postgresql_where=text("look_at IS NOT NULL"),
            sqlite_where=text("look_at IS NOT NULL"),
        ),
        Index("ix_follow_region_code", "region_code"),
    )


class FollowedRow(Table):
    """One payee whom a follow is about, so that they find out that it is there, and can end it."""

    __tablename__ = "followed"

    follow_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("follow.id", ondelete="CASCADE"), primary_key=True)
    payee_digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)  # keyed

    __table_args__ = (Index("ix_followed_payee_digest", "payee_digest"),)
