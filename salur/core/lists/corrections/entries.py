"""How somebody stands on a list, opened: for the office, which writes down who saw it."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from salur.core.errors import NotThere
from salur.core.lists.answers import Corrected
from salur.core.lists.corrections.kinds import Wanted
from salur.core.lists.kinds import ListedPerson, State
from salur.core.people.sealed import open_address, open_name, open_names, open_numbers
from salur.core.storage.database import AnyRow
from salur.core.storage.vault import Vault
from salur.core.tables.people import EntitlementRow, PersonRow
from salur.core.tables.regions import RegionRow

_old, _was = aliased(EntitlementRow, name="old"), aliased(PersonRow, name="was")


def person_of(connection: Connection, vault: Vault, id: int) -> ListedPerson:
    """A row of `person` as a list writes them. Raises NotThere(`no_such_entry`)."""
    row = connection.execute(select(PersonRow.__table__).where(PersonRow.id == id)).one_or_none()
    if row is None:
        raise NotThere("no_such_entry")
    names = open_names(vault, row.sealed_names, row.id)
    numbers = open_numbers(vault, row.sealed_numbers, row.id)
    return ListedPerson(
        row=0,
        name=names.name,
        head_name=names.head,
        nik=numbers.nik.reveal() if numbers.nik else None,
        kk=numbers.kk.reveal() if numbers.kk else None,
        address=open_address(vault, row.sealed_address, row.id),
        region_code=row.region_code,
        rw=row.rw,
        rt=row.rt,
        care=row.care,
    )


def stands(row: AnyRow, name: str) -> Wanted:
    """How an entry stands, with the name of its person."""
    return Wanted(State(row.state), row.reason, row.amount, name)


def corrected_rows(connection: Connection, vault: Vault, list_id: int) -> tuple[Corrected, ...]:
    """What a correcting list says of each person, and how they stood."""
    after = connection.execute(
        select(EntitlementRow.__table__, PersonRow.sealed_names, PersonRow.rw, PersonRow.rt, RegionRow.name)
        .join(PersonRow, PersonRow.id == EntitlementRow.person_id)
        .outerjoin(RegionRow, RegionRow.code == PersonRow.region_code)
        .where(EntitlementRow.list_id == list_id)
        .order_by(EntitlementRow.id)
    ).all()
    columns = (_old.id, _old.person_id, _old.state, _old.reason, _old.amount, _was.sealed_names)
    replaced = select(*columns).join(_was, _was.id == _old.person_id)
    wanted = [row.corrects for row in after if row.corrects is not None]
    before = {row.id: _stands(vault, row) for row in connection.execute(replaced.where(_old.id.in_(wanted)))}
    return tuple(
        Corrected(row.id, row.person_id, before.get(row.corrects), _stands(vault, row), row.name, row.rw, row.rt)
        for row in after
    )


def _stands(vault: Vault, row: AnyRow) -> Wanted:
    return stands(row, open_name(vault, row.sealed_names, row.person_id))
