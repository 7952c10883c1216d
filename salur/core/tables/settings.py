"""What a city sets on the site."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Counted, Moment, Table


class SettingChangeRow(Table):
    """One change of one setting. The newest of each says what holds; nothing is ever changed or deleted here."""

    __tablename__ = "setting_change"

    id: Mapped[Counted]
    name: Mapped[str]  # a Setting
    before: Mapped[str | None] = mapped_column(Text)  # None: as the environment says
    after: Mapped[str | None] = mapped_column(Text)
    at: Mapped[Moment]
    made_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("account.id"))

    __table_args__ = (Index("ix_setting_change_name", "name", "id"),)
