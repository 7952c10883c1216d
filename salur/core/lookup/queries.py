"""The one SELECT behind an answer: people, what lists say of them, the list in force, payment, sittings, places."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from salur.core.lists.coverage import speaks_for
from salur.core.lists.kinds import ListState
from salur.core.payouts.kinds import SittingState
from salur.core.payouts.sittings import PART, Part, SittingRead, read_sitting, sitting_columns
from salur.core.regions.region import DISTRICT, REGENCY
from salur.core.storage.prepared import PreparedForMany, columns_of, constant
from salur.core.tables.circulars import CircularRow
from salur.core.tables.lists import ListRow, ProgrammeRow
from salur.core.tables.payouts import AppointmentRow, PlaceRow, SittingRow
from salur.core.tables.people import EntitlementRow, PaymentRow, PersonRow
from salur.core.tables.regions import OfficeRow, RegionRow

_PUBLISHED, _SUPERSEDED = map(constant, (ListState.PUBLISHED, ListState.SUPERSEDED))
_TOLD = [constant(state) for state in (SittingState.ACTIVE, SittingState.CANCELLED)]
_now_list = aliased(ListRow, name="now_list")
_old, _old_place = aliased(SittingRow, name="old_sitting"), aliased(PlaceRow, name="old_place")
# Where the public circular can be read that has the number of a list's decree, both written alike, in the same city.
_circular = CircularRow.__table__.c

_before, _after = aliased(EntitlementRow, name="before"), aliased(EntitlementRow, name="after")
_correcting = aliased(ListRow, name="correcting")
_since = (
    select(_after.person_id)
    .join(_correcting, _correcting.id == _after.list_id)
    .where(_after.corrects == EntitlementRow.id, _correcting.state.in_((_PUBLISHED, _SUPERSEDED)))
    .limit(constant(1))
    .scalar_subquery()
)


def _circular_of(decree: InstrumentedAttribute[str]) -> ColumnElement[int | None]:
    found = select(func.max(_circular.id)).where(
        _circular.number_key == func.upper(func.replace(decree, constant(" "), constant(""))),
        _circular.region_code == func.substr(PersonRow.region_code, constant(1), constant(REGENCY)),
        _circular.public,
        _circular.sent_at.is_not(None),
        _circular.withdrawn_at.is_(None),
    )
    return found.scalar_subquery()


class InForce(NamedTuple):
    """The list in force of a programme, where someone lives."""

    period: str
    issued_on: date
    decree: str
    issuer: str
    circular: int | None


class Said(NamedTuple):
    """What a list says of a person, what became of the money, and the list in force of its programme for them."""

    person_id: int
    care: bool
    rw: int | None
    rt: int | None
    region_code: str | None
    region_name: str | None
    office_name: str | None
    office_address: str
    office_phone: str
    office_hours: str
    id: int  # of the entitlement
    stage: str | None
    amount: int | None
    channel: str | None
    state: str
    reason: str | None
    sealed_group: bytes | None
    sealed_note: bytes | None
    list_id: int
    list_state: str
    list_corrects: int | None
    published_at: datetime
    programme_code: str
    programme_name: str
    period: str
    issued_on: date
    decree: str
    issuer: str
    circular: int | None
    paid_state: str | None
    paid_on: date | None
    paid_at: str | None
    corrects: int | None  # the entitlement in whose place this one stands
    person_before: int | None  # whose that is; another row where the name was corrected
    person_since: int | None  # who stands in the place of this one
    now_id: int | None
    now: InForce | None


class StandingRow(NamedTuple):
    """What a list says of a person, with one of the sittings that may be theirs, if there are any."""

    said: Said
    sitting: SittingRead | None


_said = columns_of(
    Said,
    person_id=PersonRow.id,
    care=PersonRow.care,
    rw=PersonRow.rw,
    rt=PersonRow.rt,
    region_code=PersonRow.region_code,
    region_name=RegionRow.name,
    office_name=OfficeRow.name,
    office_address=OfficeRow.address,
    office_phone=OfficeRow.phone,
    office_hours=OfficeRow.hours,
    id=EntitlementRow.id,
    stage=EntitlementRow.stage,
    amount=EntitlementRow.amount,
    channel=EntitlementRow.channel,
    state=EntitlementRow.state,
    reason=EntitlementRow.reason,
    sealed_group=EntitlementRow.sealed_group,
    sealed_note=EntitlementRow.sealed_note,
    list_id=ListRow.id,
    list_state=ListRow.state,
    list_corrects=ListRow.corrects,
    published_at=ListRow.published_at,
    programme_code=ListRow.programme_code,
    programme_name=ProgrammeRow.name,
    period=ListRow.period,
    issued_on=ListRow.issued_on,
    decree=ListRow.decree,
    issuer=ListRow.issuer,
    circular=_circular_of(ListRow.decree),
    paid_state=PaymentRow.state,
    paid_on=PaymentRow.on,
    paid_at=PaymentRow.at,
    corrects=EntitlementRow.corrects,
    person_before=select(_before.person_id).where(_before.id == EntitlementRow.corrects).scalar_subquery(),
    person_since=_since,
    now_id=_now_list.id,
)
_in_force = columns_of(
    InForce,
    "now_",
    period=_now_list.period,
    issued_on=_now_list.issued_on,
    decree=_now_list.decree,
    issuer=_now_list.issuer,
    circular=case((ListRow.state == _SUPERSEDED, _circular_of(_now_list.decree))),
)
_placed = columns_of(Part, "placed_", **PART)
_columns = (
    *_said,
    *_in_force,
    *_placed,
    *sitting_columns(SittingRow, PlaceRow, "sitting_"),
    *sitting_columns(_old, _old_place, "old_"),
)


_NOW = len(_said)
_PART = _NOW + len(_in_force)
_SITTING = _PART + len(_placed)  # where these columns begin


def _read(values: Sequence[object]) -> StandingRow:
    said, now, placed, sitting = values[:_NOW], values[_NOW:_PART], values[_PART:_SITTING], values[_SITTING:]
    in_force = InForce._make(now) if said[-1] is not None else None
    part = Part._make(placed) if placed[0] is not None else None
    return StandingRow(Said._make((*said, in_force)), read_sitting(sitting, part) if sitting[0] is not None else None)


# A schedule for the kelurahan, or for the whole kecamatan or city around it.
_around = (
    PersonRow.region_code,
    func.substr(PersonRow.region_code, constant(1), constant(DISTRICT)),
    func.substr(PersonRow.region_code, constant(1), constant(REGENCY)),
)
_standing = (
    select(*_columns)
    .join(EntitlementRow, EntitlementRow.person_id == PersonRow.id)
    .join(ListRow, ListRow.id == EntitlementRow.list_id)
    .join(ProgrammeRow, ProgrammeRow.code == ListRow.programme_code)
    .outerjoin(RegionRow, RegionRow.code == PersonRow.region_code)
    .outerjoin(OfficeRow, OfficeRow.code == PersonRow.region_code)
    .outerjoin(
        _now_list,
        _now_list.id == speaks_for(),
    )
    .outerjoin(PaymentRow, PaymentRow.entitlement_id == EntitlementRow.id)
    .outerjoin(
        SittingRow,
        (SittingRow.programme_code == ListRow.programme_code)
        & (SittingRow.period == ListRow.period)
        & SittingRow.region_code.in_(_around)
        & SittingRow.state.in_(_TOLD)
        & (SittingRow.rw.is_(None) | (SittingRow.rw == PersonRow.rw))
        & (SittingRow.rt.is_(None) | (SittingRow.rt == PersonRow.rt)),
    )
    .outerjoin(PlaceRow, PlaceRow.id == SittingRow.place_id)
    .outerjoin(
        AppointmentRow,
        (AppointmentRow.file_id == SittingRow.plan_id) & (AppointmentRow.person_id == PersonRow.id),
    )
    .outerjoin(_old, _old.id == SittingRow.replaces_id)
    .outerjoin(_old_place, _old_place.id == _old.place_id)
    .where(ListRow.state.in_((_PUBLISHED, _SUPERSEDED)))
    .order_by(EntitlementRow.id)
)


_OF = PreparedForMany(lambda people: _standing.where(PersonRow.id.in_(people)), _read)


def standing_rows(connection: Connection, people: Collection[int]) -> list[StandingRow]:
    """The rows of these people (ids), in the order in which their entitlements were written."""
    return _OF.run(connection, people)
