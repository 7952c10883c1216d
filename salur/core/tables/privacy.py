"""The record of who looked at whose data."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Counted, Digest, Moment, Table


class AccessRow(Table):
    """One look at one person's data (UU 27/2022 article 32). The asker is a keyed digest, never an address."""

    __tablename__ = "access_record"

    id: Mapped[Counted]
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id", ondelete="CASCADE"))
    at: Mapped[Moment]
    door: Mapped[str]  # a `Door`
    asker: Mapped[Digest]  # of the address or chat; of the account, for an office
    role: Mapped[str | None]  # of an office or head; None: someone who knew number and name
    what: Mapped[str] = mapped_column(server_default="ask")  # ask, list, search, export or history

    __table_args__ = (Index("ix_access_record_person_id_at", "person_id", "at"),)
