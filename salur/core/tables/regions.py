"""Provinces, regencies, districts and villages (Kemendagri codes)."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Table


class RegionRow(Table):
    """A region; `code` is `PP`, `PP.KK`, `PP.KK.CC` or `PP.KK.CC.VVVV`, so its parents are its beginnings."""

    __tablename__ = "region"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]


class OfficeRow(Table):
    """The office of a kelurahan or desa, where people can be spoken to; what is not known is empty."""

    __tablename__ = "office"

    code: Mapped[str] = mapped_column(primary_key=True)  # of the region; regions are loaded anew, offices stay
    name: Mapped[str]
    address: Mapped[str]
    phone: Mapped[str]
    hours: Mapped[str]
