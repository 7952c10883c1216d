"""Where people can be spoken to: the office of Dinas Sosial, or of a kelurahan."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Office:
    """An office as people find it; what is not known is empty. `code` is that of the region it is for."""

    code: str
    name: str
    address: str = ""
    phone: str = ""
    hours: str = ""

    @property
    def known(self) -> bool:
        """Whether anything is known that helps to get there."""
        return bool(self.address or self.phone or self.hours)
