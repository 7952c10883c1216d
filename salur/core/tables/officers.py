"""Accounts of offices and heads: who was invited, who signed in, which Telegram chat belongs to whom."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Counted, Digest, GivenId, Moment, RegionCode, Table, UtcDateTime


class AccountRow(Table):
    """An account: an office, not a person. `role` with region, RW and RT bounds all it can see."""

    __tablename__ = "account"

    id: Mapped[GivenId]
    username: Mapped[str] = mapped_column(unique=True)  # in lower case
    role: Mapped[str]
    region_code: Mapped[RegionCode]
    rw: Mapped[int | None]
    rt: Mapped[int | None]
    password_hash: Mapped[str]  # argon2id, with its parameters and salt
    sealed_totp: Mapped[bytes | None] = mapped_column(LargeBinary)  # the secret of the second factor
    totp_used: Mapped[int | None] = mapped_column(BigInteger)  # the last time step whose code was taken
    created_at: Mapped[Moment]
    invited_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("account.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_on: Mapped[date | None]  # the last day of a term of office

    __table_args__ = (Index("ix_account_area", "region_code", "rw", "rt"),)


class InvitationRow(Table):
    """A printed one-time code: for a new account, or, with `account_id`, for a new password of that one."""

    __tablename__ = "invitation"

    id: Mapped[Counted]
    code_digest: Mapped[Digest] = mapped_column(unique=True)
    role: Mapped[str]
    region_code: Mapped[RegionCode]
    rw: Mapped[int | None]
    rt: Mapped[int | None]
    account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("account.id"))
    invited_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("account.id"))  # None: the console
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_on: Mapped[date | None]  # of the account that it opens


class RecoveryCodeRow(Table):
    """A one-time way in when the phone with the second factor is lost."""

    __tablename__ = "recovery_code"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("account.id"), index=True)


class SignInRow(Table):
    """One sign-in, found by the digest of its random token. It is over when `ended_at` is set, or idle too long."""

    __tablename__ = "sign_in"

    id: Mapped[Counted]
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("account.id"), index=True)
    complete: Mapped[bool]  # False while the second factor is still asked for
    device: Mapped[str]  # such as `Android, Chrome`
    started_at: Mapped[Moment]
    seen_at: Mapped[Moment]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_why: Mapped[str | None]  # left, idle, password, closed, replaced or revoked


class ChatLinkRow(Table):
    """The Telegram chat of an account. The chat's number is sealed, for writing to it; its digest finds it."""

    __tablename__ = "chat_link"

    id: Mapped[GivenId]
    account_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("account.id"), unique=True)
    chat_digest: Mapped[Digest] = mapped_column(unique=True)
    sealed_chat: Mapped[bytes] = mapped_column(LargeBinary)
    linked_at: Mapped[Moment]
    summed_on: Mapped[date | None]  # the day of the last look at what is new for a head, where the head is
    summed: Mapped[str | None] = mapped_column(Text)  # JSON: what was counted then, and which sittings were known


class LinkCodeRow(Table):
    """A one-time code shown on the site, to be sent to the bot."""

    __tablename__ = "link_code"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("account.id"), unique=True)
    expires_at: Mapped[Moment]
