"""What a resident is told about his own record (UU 27/2022 article 32): what it holds, and who looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from salur.core.roles import Role


@dataclass(frozen=True, slots=True)
class Look:
    """Looks of one kind on one day. Whoever looked is a role, never a person or an account.

    `door` is web or bot; `what` is ask, list, search, export or history.
    """

    on: date  # in the zone of the record's region
    door: str
    role: Role | None  # None: someone who knew number and name, most likely the family itself
    what: str
    times: int


@dataclass(frozen=True, slots=True)
class Listing:
    """One list that names the person. `in_force` is False for one that was replaced or withdrawn."""

    programme: str
    period: str
    decree: str
    issuer: str
    issued_on: date
    in_force: bool


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of one person. Numbers, names and address are sealed; here stands only which of them there are.

    `fields` holds codes out of `nik kk name head address`; `care` says whether he is noted as one who needs home
    delivery, which tells of age, illness or disability.
    """

    initials: str
    place: str | None  # official name of the kelurahan
    rw: int | None
    rt: int | None
    care: bool
    fields: tuple[str, ...]
    listings: tuple[Listing, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The whole disclosure: one record for each way in which lists write the people of the check; newest look first.

    `since` is the first day that the looks tell of.
    """

    records: tuple[Record, ...]
    looks: tuple[Look, ...]
    since: date


@dataclass(frozen=True, slots=True, repr=False)
class Subject:
    """Whom a correction is about: the person whose name was typed. For the core's own use; no `repr`, no door."""

    region_code: str | None
    rw: int | None
    rt: int | None
    nik_index: bytes | None
    kk_index: bytes | None
    name: str
    nik: str | None
    kk: str | None
