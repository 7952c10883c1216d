"""What the record tells: offices and what they did, nobody's name or number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from salur.core.officers.roles import Role
from salur.core.record.kinds import RecordKind
from salur.core.regions.territory import Territory

MOST_EXPORTED = 50_000


@dataclass(frozen=True, slots=True)
class RecordFilter:
    """What is looked for. Days are those of the city, both included."""

    since: date
    until: date
    kind: RecordKind | None = None  # None: all but opened persons, which would drown the rest
    role: Role | None = None
    region: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done."""

    at: datetime
    kind: RecordKind
    what: str
    where: Territory  # of what it was done to
    where_name: str
    role: Role | None  # who did it; None: the console, a published list, or somebody of whom nothing is kept
    office: Territory | None = None
    office_name: str = ""
    username: str = ""  # for those above it alone
    subject: int | None = None  # the number of the list, the id of the proposal …
    count: int = 1  # of persons that were opened at once
    told: str = ""  # a reason, or what a setting was set to
    facts: Mapping[str, str | int] = field(default_factory=dict)
