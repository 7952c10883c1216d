"""The one SELECT behind an answer: people, what lists say of them, the list in force, payment, sittings, places."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, case, func, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from salur.core.prepared import Prepared
from salur.core.sittings import sitting_columns
from salur.core.tables import (
    CircularRow,
    EntitlementRow,
    ListRow,
    PaymentRow,
    PersonRow,
    PlaceRow,
    ProgrammeRow,
    RegionRow,
    SessionRow,
)

# Constants stand in the text: for a parameter SQLite plans anew at each execution, to see if a partial index fits.
_PUBLISHED: ColumnElement[str] = literal_column("'published'")
_SUPERSEDED: ColumnElement[str] = literal_column("'superseded'")
_ACTIVE: ColumnElement[str] = literal_column("'active'")
_now_list = aliased(ListRow, name="now_list")
_old, _old_place = aliased(SessionRow, name="old_session"), aliased(PlaceRow, name="old_place")
# Where the public circular can be read that has the number of a list's decree, both written alike, in the same city.
_circular = CircularRow.__table__.c


def _circular_of(decree: InstrumentedAttribute[str]) -> ColumnElement[int | None]:
    found = select(func.max(_circular.id)).where(
        _circular.number_key == func.upper(func.replace(decree, literal_column("' '"), literal_column("''"))),
        _circular.region_code == func.substr(PersonRow.region_code, literal_column("1"), literal_column("5")),
        _circular.public,
        _circular.sent_at.is_not(None),
        _circular.withdrawn_at.is_(None),
    )
    return found.scalar_subquery()


_columns = (
    *(c.label(f"person_{c.key}") for c in (PersonRow.id, PersonRow.care, PersonRow.rw, PersonRow.rt)),
    PersonRow.region_code,
    RegionRow.name.label("region_name"),
    EntitlementRow.id,
    EntitlementRow.stage,
    EntitlementRow.amount,
    EntitlementRow.channel,
    EntitlementRow.state,
    EntitlementRow.reason,
    EntitlementRow.group_name,
    EntitlementRow.sealed_note,
    ListRow.id.label("list_id"),
    ListRow.state.label("list_state"),
    ListRow.programme_code,
    ProgrammeRow.name.label("programme_name"),
    ListRow.period,
    ListRow.area,
    ListRow.issued_on,
    ListRow.decree,
    ListRow.issuer,
    _circular_of(ListRow.decree).label("circular"),
    case((ListRow.state == _SUPERSEDED, _circular_of(_now_list.decree))).label("now_circular"),
    *(getattr(_now_list, n).label(f"now_{n}") for n in ("id", "period", "issued_on", "decree", "issuer")),
    PaymentRow.state.label("paid_state"),
    PaymentRow.on.label("paid_on"),
    PaymentRow.at.label("paid_at"),
    *sitting_columns(SessionRow, PlaceRow, "s"),
    *sitting_columns(_old, _old_place, "o"),
)
# A schedule for the kelurahan, or for the whole kecamatan or city around it.
_around = (
    PersonRow.region_code,
    func.substr(PersonRow.region_code, literal_column("1"), literal_column("8")),
    func.substr(PersonRow.region_code, literal_column("1"), literal_column("5")),
)
_standing = (
    select(*_columns)
    .join(EntitlementRow, EntitlementRow.person_id == PersonRow.id)
    .join(ListRow, ListRow.id == EntitlementRow.list_id)
    .join(ProgrammeRow, ProgrammeRow.code == ListRow.programme_code)
    .outerjoin(RegionRow, RegionRow.code == PersonRow.region_code)
    .outerjoin(
        _now_list,
        (_now_list.programme_code == ListRow.programme_code)
        & (_now_list.area == ListRow.area)
        & (_now_list.state == _PUBLISHED),
    )
    .outerjoin(PaymentRow, PaymentRow.entitlement_id == EntitlementRow.id)
    .outerjoin(
        SessionRow,
        (SessionRow.programme_code == ListRow.programme_code)
        & (SessionRow.period == ListRow.period)
        & SessionRow.region_code.in_(_around)
        & (SessionRow.state == _ACTIVE)
        & (SessionRow.rw.is_(None) | (SessionRow.rw == PersonRow.rw))
        & (SessionRow.rt.is_(None) | (SessionRow.rt == PersonRow.rt)),
    )
    .outerjoin(PlaceRow, PlaceRow.id == SessionRow.place_id)
    .outerjoin(_old, _old.id == SessionRow.replaces_id)
    .outerjoin(_old_place, _old_place.id == _old.place_id)
    .where(ListRow.state.in_((_PUBLISHED, _SUPERSEDED)))
    .order_by(EntitlementRow.id)
)


def standing_rows(connection: Connection, people: Collection[int]) -> list[Any]:
    """The rows of these people (ids), in the order in which their entitlements were written."""
    # Few sizes make few statements: the rest is filled up with the last id.
    size = 1 << (len(people) - 1).bit_length()
    ids = [*people, *[max(people)] * (size - len(people))]
    return _of_so_many(size).run(connection, {f"person{i}": id for i, id in enumerate(ids)})


@cache
def _of_so_many(people: int) -> Prepared:
    return Prepared(_standing.where(PersonRow.id.in_([bindparam(f"person{i}") for i in range(people)])))
