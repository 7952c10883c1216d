"""Heads of RT and RW to be invited, and those who have no account: plain values for the doors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from salur.core.officers.answers import Account, Invited
from salur.core.officers.roles import DESK, Role
from salur.core.pages import Page

# Who may invite heads by a list, and sees which RT have none.
ROLLS_OUT = DESK
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
    ends: str = ""  # the last day of the term, as YYYY-MM-DD; anything else but nothing is refused


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


UNSEEN = timedelta(days=30)  # who has not signed in for so long counts as not active


class AccountState(StrEnum):
    """How an account stands, as a desk filters by it."""

    ALL = "all"
    ACTIVE = "active"
    UNSEEN = "unseen"  # not for 30 days, or never
    FACTOR = "factor"  # has a second factor
    ENDING = "ending"  # its term ends within 30 days
    CLOSED = "closed"  # by somebody, or because its term is over


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """What a desk looks for among the accounts below it."""

    region: str = ""
    role: Role | None = None
    state: AccountState = AccountState.ALL
    name: str = ""  # a part of the user name


@dataclass(frozen=True, slots=True)
class Register:
    """A page of accounts, and how many there are of each state."""

    page: Page[Account]
    counts: Mapping[AccountState, int]
    today: date  # in the city
