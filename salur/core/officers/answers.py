"""What is told about accounts, invitations and sign-ins. No row leaves the core."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from salur.core.officers.roles import Role
from salur.core.regions.territory import Territory


@dataclass(frozen=True, slots=True, repr=False)
class Enrolment:
    """A second factor to be set up: `address` for a QR code, `secret` to type.

    `sealed` holds the secret and when it was made, for this account. It comes back with the code, and after a slip, so
    that the phone need not scan again.
    """

    address: str
    secret: str
    sealed: str


class Next(StrEnum):
    """What is still to be done after the password."""

    NOTHING = "nothing"
    CODE = "code"  # of the second factor
    ENROLMENT = "enrolment"  # a second factor has to be set up first


@dataclass(frozen=True, slots=True, repr=False)
class Started:
    """A sign-in whose password was right. The token goes into the cookie and nowhere else."""

    token: str
    next: Next


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in, for its owner to look over."""

    id: int
    device: str
    started_at: datetime
    seen_at: datetime
    ended_at: datetime | None
    ended_why: str | None
    here: bool


@dataclass(frozen=True, slots=True, repr=False)
class Invited:
    """A fresh invitation. The code is shown this once; only its digest is kept."""

    code: str
    role: Role
    territory: Territory
    region_name: str
    expires_at: datetime
    username: str | None = None  # of the account that gets a new password
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """One account, for those above it: an office, with the day it was last used."""

    id: int
    username: str
    role: Role
    territory: Territory
    region_name: str
    created_at: datetime
    closed_at: datetime | None
    seen_at: datetime | None
    ends_on: date | None = None  # the last day of a term of office
    second_factor: bool = False


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that nobody has used yet."""

    id: int
    role: Role
    territory: Territory
    region_name: str
    created_at: datetime
    expires_at: datetime
    username: str | None
