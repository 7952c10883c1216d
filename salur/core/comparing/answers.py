"""What two lists side by side show. Numbers of people are cut to their last four digits before they come here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from salur.core.comparing.kinds import Kind, What
from salur.core.jobs.answers import Job
from salur.core.lists.answers import ListSummary


@dataclass(slots=True)
class Sums:
    """People of one kelurahan on both lists, or of all of them.

    `left` and `came` are on both lists, but in another kelurahan on the other one. `changed` is part of `stays` and
    `came`: it is counted where they are now. The unsure are counted once for each list that names them.
    """

    before: int = 0
    after: int = 0
    removed: int = 0
    added: int = 0
    stays: int = 0
    left: int = 0
    came: int = 0
    changed: int = 0
    unsure_before: int = 0
    unsure_after: int = 0

    def add(self, other: Sums) -> None:
        """Count the others in."""
        for name in Sums.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def in_both(self) -> int:
        """Those of here, on the second list, who are on the first too."""
        return self.stays + self.came

    @property
    def agrees(self) -> bool:
        """Whether everybody of both lists went one way."""
        of_before = self.removed + self.stays + self.left + self.unsure_before
        return self.before == of_before and self.after == self.added + self.in_both + self.unsure_after


@dataclass(frozen=True, slots=True, repr=False)
class Side:
    """What one list says of somebody."""

    name: str
    region_code: str | None
    kelurahan: str | None
    rw: int | None
    rt: int | None
    amount: int | None
    state: str
    reason: str | None
    nik: str | None  # its last four digits
    kk: str | None


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """Somebody of a group. `was` and `now` are what the first list and the second say; None where a list does not
    name them, or what it says lies outside the officer's area (`elsewhere`).

    `group` numbers those who may be one person.
    """

    was: Side | None
    now: Side | None
    what: What
    group: int
    elsewhere: bool = False

    @property
    def one(self) -> Side | None:
        """What is said of them now, or was before."""
        return self.now or self.was


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two lists, `before` and `after`. `job` works on it where that takes long; until it is done there are no sums.

    `hidden`: lines of people who live outside the office's area, or nowhere that is known: counted, and not shown.
    `listed`: how many people each list says it has, counted by themselves.
    """

    id: int
    before: ListSummary
    after: ListSummary
    made_at: datetime
    is_current: bool  # no list gained or lost people since
    job: Job | None
    sums: Mapping[str | None, Sums] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)  # of the kelurahan, by code
    lines: Mapping[Kind, Mapping[str, int]] = field(default_factory=dict)  # that may be shown, by kelurahan
    hidden: Mapping[Kind, int] = field(default_factory=dict)
    is_done: bool = False

    @property
    def total(self) -> Sums:
        """All of them together."""
        total = Sums()
        for sums in self.sums.values():
            total.add(sums)
        return total

    @property
    def agrees(self) -> bool:
        """Whether nobody of either list is lost or counted twice, in any kelurahan and in all."""
        total = self.total
        listed = (self.before.people, self.after.people) if self.is_current else (total.before, total.after)
        moved = total.left == total.came
        return moved and listed == (total.before, total.after) and all(one.agrees for one in self.sums.values())

    def shown(self, kind: Kind, kelurahan: str = "") -> int:
        """How many lines of a group may be shown, in all or in one kelurahan."""
        of_kind = self.lines.get(kind, {})
        return of_kind.get(kelurahan, 0) if kelurahan else sum(of_kind.values())
