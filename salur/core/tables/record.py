"""The record of what has no trace elsewhere: accounts, places, programmes …"""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Counted, Moment, RegionCode, Table


class OfficeNoteRow(Table):
    """Something that an office did. The area is that of what it was done to. Only ever added to, until it is old."""

    __tablename__ = "office_note"

    id: Mapped[Counted]
    at: Mapped[Moment] = mapped_column(index=True)
    kind: Mapped[str]  # a RecordKind
    what: Mapped[str]  # a code for the words, such as `closed`
    account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("account.id"))  # None: the console
    region_code: Mapped[RegionCode]
    rw: Mapped[int | None]
    rt: Mapped[int | None]
    facts: Mapped[str] = mapped_column(Text)  # JSON for the words: nothing of a person
