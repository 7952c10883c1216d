"""Heads of RT and RW to be invited, and those who have no account: plain values for the doors."""

from __future__ import annotations

from dataclasses import dataclass

from salur.core.officers.answers import Invited
from salur.core.officers.roles import Role

# Who may invite heads by a list, and sees which RT have none.
ROLLS_OUT = (Role.KELURAHAN, Role.KECAMATAN, Role.DINSOS)
MOST_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True, repr=False)
class HeadRow:
    """One row of a list of heads, as it is written. The name stands on the slip and is kept nowhere."""

    row: int  # as a spreadsheet counts it
    name: str
    role: str
    rt: str
    rw: str
    kelurahan: str


@dataclass(frozen=True, slots=True, repr=False)
class Slip:
    """An invitation for a head; its code is shown this once."""

    row: int
    name: str
    invited: Invited


@dataclass(frozen=True, slots=True)
class RefusedHead:
    """A row that could not be used; `code` says why."""

    row: int
    code: str


@dataclass(frozen=True, slots=True, repr=False)
class RolledOut:
    """What became of a list: every row stands in exactly one of these."""

    slips: tuple[Slip, ...]
    refused: tuple[RefusedHead, ...]
    known: tuple[int, ...]  # rows whose head has an account or an open invitation, or stood further up

    @property
    def rows(self) -> int:
        """How many rows there were."""
        return len(self.slips) + len(self.refused) + len(self.known)


@dataclass(frozen=True, slots=True)
class Unstaffed:
    """The RT of one kelurahan in which people are listed and that have no open account: RW and RT each."""

    code: str
    name: str
    kecamatan: str
    missing: tuple[tuple[int, int], ...]
    known: int  # RT in which people are listed
