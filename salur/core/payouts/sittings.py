"""From the rows of a sitting and its place to what doors show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from salur.core.payouts.answers import Place, PlaceKind, Sitting, Window
from salur.core.payouts.kinds import SittingState
from salur.core.regions.zones import time_zone
from salur.core.storage.prepared import columns_of
from salur.core.storage.statements import AnyColumn
from salur.core.tables.payouts import AppointmentRow, PlaceRow, SittingRow


class PlaceRead(NamedTuple):
    """A place as its columns say it."""

    id: int
    name: str
    kind: str
    address: str | None
    latitude: float | None
    longitude: float | None
    opening_hours: str | None


class Part(NamedTuple):
    """Where a plan has placed a family: the slot, and which of how many equal parts of its sitting."""

    plan_id: int
    slot: int
    window: int  # from 0
    windows: int


class SittingRead(NamedTuple):
    """A sitting as its columns say it, and the area that it is for. `part`: where its plan has placed who reads it."""

    id: int
    region_code: str
    rw: int | None
    rt: int | None
    starts_at: datetime
    ends_at: datetime
    deadline: date | None
    state: str
    plan_id: int | None
    slot: int | None
    place: PlaceRead
    replaced: SittingRead | None
    part: Part | None = None

    @property
    def is_anothers(self) -> bool:
        """Whether its plan has placed the family in another slot."""
        return self.part is not None and self.part.plan_id == self.plan_id and self.part.slot != self.slot

    @property
    def is_appointed(self) -> bool:
        """Whether its plan has placed the family here."""
        return self.part is not None and (self.part.plan_id, self.part.slot) == (self.plan_id, self.slot)

    def placed(self, part: Part) -> SittingRead:
        """The same, read for a family of whom a plan says this."""
        return self._replace(part=part, replaced=self.replaced.placed(part) if self.replaced else None)


FIVE_MINUTES, MINUTE = timedelta(minutes=5), timedelta(minutes=1)
PART = {
    "plan_id": AppointmentRow.file_id,
    "slot": AppointmentRow.slot,
    "window": AppointmentRow.window,
    "windows": AppointmentRow.windows,
}
_OWN = SittingRead._fields.index("place")  # columns before those of the place
_ALL = _OWN + len(PlaceRead._fields)


def sitting_columns(sitting: type[SittingRow], place: type[PlaceRow], prefix: str) -> tuple[AnyColumn, ...]:
    """The columns of a sitting and its place, for `read_sitting`; `prefix` tells them from other columns."""
    own = {name: getattr(sitting, name) for name in SittingRead._fields[:_OWN]}
    return columns_of(SittingRead, prefix, **own) + place_columns(place, f"{prefix}place_")


def place_columns(place: type[PlaceRow], prefix: str = "") -> tuple[AnyColumn, ...]:
    """The columns of a place, for `PlaceRead`."""
    return columns_of(PlaceRead, prefix, **{name: getattr(place, name) for name in PlaceRead._fields})


def read_sitting(values: Sequence[object], part: Part | None = None) -> SittingRead:
    """Read the columns of a sitting, or of a sitting and the one it replaced, if there is one."""
    replaced = read_sitting(values[_ALL:], part) if len(values) > _ALL and values[_ALL] is not None else None
    return SittingRead._make((*values[:_OWN], PlaceRead._make(values[_OWN:_ALL]), replaced, part))


def sitting_of(read: SittingRead) -> Sitting:
    """Say when and where, and what it replaced."""
    zone = time_zone(read.region_code)
    starts, ends = read.starts_at.astimezone(zone), read.ends_at.astimezone(zone)
    return Sitting(
        id=read.id,
        starts=starts,
        ends=ends,
        place=place_of(read.place),
        deadline=read.deadline,
        replaced=sitting_of(read.replaced) if read.replaced else None,
        cancelled=read.state == SittingState.CANCELLED,
        window=window_of(starts, ends, read.part) if read.part is not None and read.is_appointed else None,
    )


def window_of(starts: datetime, ends: datetime, part: Part) -> Window:
    """The part of a sitting in which a family is asked to come, to five minutes, or to one where parts are shorter than
    that; so it moves with the sitting."""
    from_, until = (_bound(starts, ends, number, part.windows) for number in (part.window, part.window + 1))
    return Window(from_, until, part.window, part.windows)


def _bound(starts: datetime, ends: datetime, number: int, windows: int) -> datetime:
    if number == windows:
        return ends
    exactly = FIVE_MINUTES if (ends - starts) / windows >= FIVE_MINUTES else MINUTE
    return starts + (ends - starts) * number / windows // exactly * exactly


def place_of(read: PlaceRead) -> Place:
    """Say what is known of the place."""
    return Place(read.id, read.name, PlaceKind(read.kind), *read[3:])


def fits(sitting: SittingRead) -> int:
    """How closely a sitting's area fits: the RT is closer than the RW, that than the kelurahan, and so up."""
    return len(sitting.region_code) + (100 if sitting.rw is not None else 0) + (1000 if sitting.rt is not None else 0)
