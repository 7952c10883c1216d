"""Who asked: tallies of tries, and the record of who looked at whose data."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Counted, Digest, Moment, Table


class TallyRow(Table):
    """How often something was tried: by an asker, on an identity, or by an asker on an identity. Keys are digests."""

    __tablename__ = "attempt"

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    tries: Mapped[int]
    since: Mapped[int] = mapped_column(BigInteger)  # Unix seconds: the first try, or the one that filled the tally
    span: Mapped[int]  # seconds after `since` until the tally starts anew
    fills_at: Mapped[int]  # the number of tries at which the wait begins; 0: the span runs from the first try
    opened: Mapped[bool]  # this asker has once succeeded with this identity


class AccessRow(Table):
    """One look at one person's data (UU 27/2022 article 32). The asker is a keyed digest, never an address."""

    __tablename__ = "access_record"

    id: Mapped[Counted]
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id", ondelete="CASCADE"))
    at: Mapped[Moment]
    door: Mapped[str]  # web or bot
    asker: Mapped[Digest]  # of the address or chat; of the account, for an office
    role: Mapped[str | None]  # of an office or head; None: someone who knew number and name
    what: Mapped[str] = mapped_column(server_default="ask")  # ask, list, search, export or history

    __table_args__ = (Index("ix_access_record_person_id_at", "person_id", "at"),)
