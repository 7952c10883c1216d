"""What a resident is told about their own record (UU 27/2022 article 32): what it holds, and who looked at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Self

from salur.core.limits.kinds import Door
from salur.core.officers.roles import Role


@dataclass(frozen=True, slots=True)
class Look:
    """Looks of one kind on one day. Whoever looked is a role, never a person or an account.

    `what` is ask, list, search, export, proposal or history.
    """

    on: date  # in the zone of the record's region
    door: Door
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

    `fields` holds codes out of `nik kk name head address`; `care` says whether they are noted as needing home
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


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer told of one entitlement, as a report or an objection about it says it.

    It is what was shown, whatever becomes of list and payment afterwards. `entitlement` is its id: two that have the
    same are about the same. `paid`: it was marked as paid, on that day and at that place as far as the file says; else
    the list of `period` names the payee no longer, and `last_listed` is the period before. `reason` is a code or the
    office's own words; `payee` are initials.
    """

    entitlement: int
    paid: bool
    programme_name: str
    period: str
    decree: str
    list_date: date
    payee: str
    amount: int | None = None
    paid_on: date | None = None
    paid_at: str | None = None
    last_listed: str | None = None
    reason: str | None = None

    def as_json(self) -> dict[str, object]:
        """What JSON can hold, without what is not known."""
        known = {name: value for name, value in asdict(self).items() if value is not None}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in known.items()}

    @classmethod
    def of(cls, kept: Mapping[str, object]) -> Self:
        """From what `as_json` gave."""
        days = {name: date.fromisoformat(str(kept[name])) for name in ("list_date", "paid_on") if name in kept}
        return cls(**{**kept, **days})  # type: ignore[arg-type]
