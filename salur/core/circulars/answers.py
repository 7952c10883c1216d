"""What a circular (surat edaran) is to those who write, read and pass it on. No database here.

It travels down the chain: kecamatan, kelurahan, RW, RT. Each level says that it read it and that it passed it on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from salur.core.officers.roles import CHAIN, Role
from salur.core.pages import Page
from salur.core.regions.territory import Territory

LEVELS = tuple(role for role in CHAIN if role is not Role.DINSOS)  # that a circular can be sent to, from the RT upwards
LONGEST_TEXT = 12_000  # characters
LARGEST_PDF = 10 * 1024 * 1024  # bytes
Item = TypeVar("Item")


class Issuer(StrEnum):
    """The level of government that issued it."""

    CENTRAL = "pusat"
    PROVINCE = "provinsi"
    CITY = "kota"  # or kabupaten


class Standing(StrEnum):
    """How far one office, or one account, has come with a circular."""

    WAITING = "waiting"
    READ = "read"
    PASSED_ON = "passed_on"
    NOT_ASKED = "not_asked"  # it went to levels below only
    NO_ACCOUNT = "no_account"  # the office exists, nobody of it works with Salur


def number_key(number: str) -> str:
    """A number or decree without spaces and in capitals: `SK Dinsos 460/12` and `SK DINSOS  460 / 12` are one."""
    return "".join(number.split()).upper()


def pdf_name(number: str) -> str:
    """`edaran-SE-Dinsos-460-88-2026.pdf`: letters and digits of the number, safe wherever a file is kept."""
    return "-".join(["edaran", *re.findall(r"[A-Za-z0-9]+", number)])[:80] + ".pdf"


@dataclass(frozen=True, slots=True)
class CircularDraft:
    """What Dinsos writes. `areas` are codes of kecamatan, kelurahan or the whole city."""

    number: str
    issued_on: date
    issuer: Issuer
    title: str
    text: str
    public: bool
    levels: tuple[Role, ...]
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Circular:
    """One circular as everybody reads it. `sent_at` is in the zone of its city; None for a draft."""

    id: int
    number: str
    issued_on: date
    issuer: Issuer
    title: str
    text: str
    public: bool
    pdf_size: int | None
    sent_at: datetime | None
    withdrawn_at: datetime | None

    @property
    def paragraphs(self) -> tuple[tuple[str, ...], ...]:
        """The text as paragraphs of lines."""
        blocks = "\n".join(line.strip() for line in self.text.splitlines()).split("\n\n")
        return tuple(tuple(block.strip().split("\n")) for block in blocks if block.strip())


@dataclass(frozen=True, slots=True)
class ReceivedCircular:
    """A circular as one officer has it before them. `late`: unread for more than two days."""

    circular: Circular
    standing: Standing
    read_at: datetime | None
    passed_on_at: datetime | None
    late: bool
    levels: tuple[Role, ...]
    areas: tuple[tuple[str, str], ...]  # codes and official names; empty in lists
    mine: bool  # the officer's own office sent it, and may withdraw it


@dataclass(frozen=True, slots=True)
class CircularInbox:
    """A page of what one officer has before them; `waiting` is how many unread ones there are on all pages."""

    circulars: Page[ReceivedCircular]
    waiting: int


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a draft would reach: offices with an account, and how many of their accounts have Telegram."""

    offices: int
    linked: int


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """A kecamatan with its kelurahan, for choosing areas: codes and official names."""

    code: str
    name: str
    villages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Count:
    """Of the offices asked in one place and below it: how many were told by Telegram, read, and passed on."""

    offices: int = 0  # that were asked and have an account
    told: int = 0
    read: int = 0  # with those who passed it on
    passed_on: int = 0
    no_account: int = 0  # that should have it, and nobody of it works with Salur

    @property
    def waiting(self) -> int:
        """Those who have not said that they read it."""
        return self.offices - self.read

    def __add__(self, other: Count) -> Count:
        """Both together."""
        return Count(
            self.offices + other.offices,
            self.told + other.told,
            self.read + other.read,
            self.passed_on + other.passed_on,
            self.no_account + other.no_account,
        )


@dataclass(frozen=True, slots=True)
class Branch:
    """One place in the tree of offices. `own` is what its own office said; `count` is of it and all below."""

    role: Role
    territory: Territory
    place: str  # official name of its region
    own: Standing
    count: Count
    below: tuple[Branch, ...]

    def offices(self, standing: Standing) -> tuple[Branch, ...]:
        """Those in and below it that stand so, from the top."""
        mine = (self,) if self.own == standing else ()
        return mine + tuple(office for branch in self.below for office in branch.offices(standing))


@dataclass(frozen=True, slots=True)
class Tree:
    """What stands below one officer, or in one place of theirs, for one circular."""

    territory: Territory
    place: str
    count: Count
    branches: tuple[Branch, ...]

    def offices(self, standing: Standing) -> tuple[Branch, ...]:
        """Those that stand so, from the top."""
        return tuple(office for branch in self.branches for office in branch.offices(standing))
