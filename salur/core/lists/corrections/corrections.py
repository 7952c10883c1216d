"""Koreksi: one person of a list in force is to stand there otherwise, or somebody is to be added.

No row is edited in place. A small correcting list is written, row by row, and published like any other (`Lists`): then
its people take the place of theirs. What it may say is a person's state, amount and name; another number is another
person, so NIK and KK number stay, and where they live too. Rows with one decree are one draft.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from salur.core.errors import FieldRefused, NotThere, Refused
from salur.core.lists.answers import Corrected
from salur.core.lists.corrections.entries import corrected_rows, person_of, stands
from salur.core.lists.corrections.kinds import Basis, Wanted
from salur.core.lists.history import note
from salur.core.lists.importing.writer import ENTITLEMENT, NOTE, PERSON, PeopleWriter, SharedCodes
from salur.core.lists.kinds import LOOKED_AT, REASONS, ListedPerson, ListEvent, ListState, State
from salur.core.lists.reading import ListsRead
from salur.core.lists.superseding import root_of
from salur.core.names.typed import LONGEST, has_letters
from salur.core.people.sealed import open_group
from salur.core.regions.region import REGENCY, regency_of
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.vault import Vault
from salur.core.tables.lists import ListRow
from salur.core.tables.payouts import FilePaymentRow
from salur.core.tables.people import EntitlementRow, PersonRow

MOST = 10_000_000_000  # rupiah: more is a slip
LONGEST_NOTE = 500
Within = Callable[[Connection, int], None]  # called in the transaction, with the entitlement that was written


class Corrections:
    """Writes correcting drafts. `today` is the day it is in the city."""

    def __init__(
        self, database: Database, vault: Vault, clock: Callable[[], datetime], today: Callable[[], date]
    ) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._today = today

    def correct(self, entitlement: int, wanted: Wanted, basis: Basis, *, by: int | None) -> int:
        """Write how somebody is to stand into the open draft of that list and decree, or begin one; gives its number.

        Said once more of the same person, it takes the place of what the draft says.

        Raises: NotThere(`no_such_entry`); Refused with `row_changed_since` where the entry is not in force any more,
        `nothing_changed` or `in_another_draft` (facts: list); FieldRefused for `amount`, `name`, `reason`, `state`,
        `note`, `issued_on`.
        """
        wanted = _tidied(wanted)
        with self._database.writing() as connection:
            there = connection.execute(select(EntitlementRow.list_id).where(EntitlementRow.id == entitlement)).scalar()
            if there is None:
                raise NotThere("no_such_entry")
            source = ListsRead.locked(connection, there)
            found = connection.execute(select(EntitlementRow.__table__).where(EntitlementRow.id == entitlement)).one()
            if source.state != ListState.PUBLISHED or found.list_id != source.id:
                raise Refused("row_changed_since", list=source.id)
            person = person_of(connection, self._vault, found.person_id)
            if wanted.state is State.ENTITLED and found.sealed_group is not None:
                wanted = replace(wanted, state=State.GROUP)
            if wanted == stands(found, person.name):
                raise Refused("nothing_changed")
            draft = self._draft(connection, root_of(connection, source), basis, person.region_code)
            self._take_out(connection, draft, found.id)
            same = (wanted.state, wanted.reason) == (found.state, found.reason)
            self._write(
                connection,
                draft,
                replace(
                    person,
                    name=wanted.name,
                    amount=wanted.amount,
                    state=wanted.state,
                    reason=wanted.reason,
                    stage=found.stage,
                    channel=found.channel,
                    group_name=open_group(self._vault, found.sealed_group, found.id),
                    note=self._vault.open(found.sealed_note, NOTE, found.id).decode()
                    if same and found.sealed_note is not None
                    else None,
                ),
                corrects=found.id,
                letter_index=found.letter_index,
            )
            self._note(connection, draft, ListEvent.ROW_ADDED, by, basis.note or basis.decree)
        return draft

    def add(
        self, base: int, person: ListedPerson, basis: Basis, *, by: int | None, within: Within | None = None
    ) -> int:
        """Write somebody who is to stand on a list besides, with amount, stage and channel; gives the draft's number.

        `person_of` gives whom lists know already. `within` is called in the transaction.

        Raises: Refused with `no_such_list`, `not_in_force` (facts: list) or `listed_already`; FieldRefused.
        """
        wanted = _tidied(Wanted(person.state or State.ENTITLED, person.reason, person.amount, person.name))
        with self._database.writing() as connection:
            row = ListsRead.locked(connection, base)
            root = root_of(connection, row)
            if ListsRead.row(connection, root).state != ListState.PUBLISHED:
                raise Refused("not_in_force", list=base)
            draft = self._draft(connection, root, basis, person.region_code)
            if person.nik and self._is_listed(connection, row.programme_code, self._vault.index(person.nik), draft):
                raise Refused("listed_already")
            told = replace(person, name=wanted.name, state=wanted.state)
            entitlement = self._write(connection, draft, told, corrects=None, letter_index=None)
            self._note(connection, draft, ListEvent.ROW_ADDED, by, basis.note or basis.decree)
            if within is not None:
                within(connection, entitlement)
        return draft

    def drop(self, id: int, entitlement: int, *, by: int | None) -> None:
        """Take a row out of a draft. Raises: NotThere(`no_such_list` or `no_such_entry`), Refused(`not_a_draft`)."""
        with self._database.writing() as connection:
            row = ListsRead.locked(connection, id)
            if row.state != ListState.DRAFT or row.corrects is None:
                raise Refused("not_a_draft", list=id, state=row.state)
            own = select(EntitlementRow.id).where(EntitlementRow.list_id == id, EntitlementRow.id == entitlement)
            if connection.execute(own).scalar() is None:
                raise NotThere("no_such_entry")
            _delete(connection, id, entitlement)
            self._note(connection, id, ListEvent.ROW_DROPPED, by, None)

    def rows(self, id: int) -> tuple[Corrected, ...]:
        """What a correcting list says of each person, and how they stood. Who shows it writes down who saw it.

        Raises NotThere(`no_such_list`).
        """
        with self._database.reading() as connection:
            ListsRead.row(connection, id)
            return corrected_rows(connection, self._vault, id)

    def _draft(self, connection: Connection, root: int, basis: Basis, home: str | None) -> int:
        """The open draft of a list and decree for the city of somebody; a new one where there is none.

        A province's list is corrected by the offices of many cities, none of which sees the people of another.
        """
        base = ListsRead.row(connection, root)
        decree, issued_on = self._decree(base, basis)
        same = [ListRow.corrects == root, ListRow.state == ListState.DRAFT]
        if home is not None:
            city = func.substr(PersonRow.region_code, 1, REGENCY)  # of who lives nowhere unknown, and no other
            elsewhere = select(EntitlementRow.id).join(PersonRow, PersonRow.id == EntitlementRow.person_id)
            elsewhere = elsewhere.where(EntitlementRow.list_id == ListRow.id, city != regency_of(home))
            same.append(~elsewhere.exists())
        wanted = select(ListRow.id).where(*same, ListRow.decree == decree, ListRow.issued_on == issued_on)
        if (found := connection.execute(wanted.order_by(ListRow.id).limit(1)).scalar()) is not None:
            return int(found)
        kept = ("programme_code", "period", "area", "coverage", "issuer")
        values = {name: base._mapping[name] for name in kept} | {
            "decree": decree,
            "issued_on": issued_on,
            "digest": secrets.token_bytes(32),  # it was read from no file
            "state": ListState.DRAFT,
            "people": 0,
            "faults": 0,
            "refused": 0,
            "imported_at": self._clock(),
            "corrects": root,
            "states_confirmed": True,  # who is taken off is named one by one
        }
        return int(connection.execute(insert(ListRow).values(values).returning(ListRow.id)).scalar_one())

    def _decree(self, base: AnyRow, basis: Basis) -> tuple[str, date]:
        decree = " ".join(basis.decree.split())
        if len(basis.note) > LONGEST_NOTE:
            raise FieldRefused("note", "text_too_long")
        if not decree:
            if not basis.note.strip():
                raise FieldRefused("note", "reason_missing")
            return base.decree, base.issued_on
        if basis.issued_on is None:
            raise FieldRefused("issued_on", "day_missing")
        if basis.issued_on > self._today():
            raise FieldRefused("issued_on", "issued_in_future", day=basis.issued_on)
        return decree, basis.issued_on

    def _take_out(self, connection: Connection, draft: int, corrects: int) -> None:
        """Take out of a draft what it says in place of an entry. Raises Refused(`in_another_draft`)."""
        other = (
            select(EntitlementRow.id, EntitlementRow.list_id)
            .join(ListRow, ListRow.id == EntitlementRow.list_id)
            .where(EntitlementRow.corrects == corrects, ListRow.state == ListState.DRAFT)
        )
        for row in connection.execute(other).all():
            if row.list_id != draft:
                raise Refused("in_another_draft", list=row.list_id)
            _delete(connection, draft, row.id)

    def _is_listed(self, connection: Connection, programme: str, nik: bytes, draft: int) -> bool:
        there = (
            select(EntitlementRow.id)
            .join(PersonRow, PersonRow.id == EntitlementRow.person_id)
            .join(ListRow, ListRow.id == EntitlementRow.list_id)
            .where(PersonRow.nik_index == nik, EntitlementRow.state != State.TAKEN_OFF)
            .where(ListRow.programme_code == programme)
            .where((ListRow.state == ListState.PUBLISHED) | (ListRow.id == draft))
        )
        return connection.execute(there.limit(1)).scalar() is not None

    def _write(
        self,
        connection: Connection,
        draft: int,
        person: ListedPerson,
        *,
        corrects: int | None,
        letter_index: bytes | None,
    ) -> int:
        people, entitlements = PeopleWriter(connection, self._vault, draft, SharedCodes(())).rows([person])
        for values in people:
            connection.execute(insert(PersonRow).values(dict(zip(PERSON, values, strict=True))))
        told = dict(zip(ENTITLEMENT, entitlements[0], strict=True)) | {"corrects": corrects}
        if letter_index is not None:
            told["letter_index"] = letter_index
        connection.execute(insert(EntitlementRow).values(told))
        connection.execute(update(ListRow).where(ListRow.id == draft).values(people=ListRow.people + 1))
        return int(str(told["id"]))

    def _note(self, connection: Connection, id: int, what: ListEvent, by: int | None, why: str | None) -> None:
        note(connection, id, what, self._clock(), by, why=why)


def _tidied(wanted: Wanted) -> Wanted:
    """With the name and reason as they are kept. Raises FieldRefused."""
    name = " ".join(wanted.name.split())
    if not has_letters(name):
        raise FieldRefused("name", "name_missing")
    if len(name) > LONGEST:
        raise FieldRefused("name", "name_too_long")
    if wanted.state not in (State.ENTITLED, State.GROUP, *LOOKED_AT):
        raise FieldRefused("state", "state_unknown")
    if wanted.amount is not None and not 0 <= wanted.amount <= MOST:
        raise FieldRefused("amount", "amount_wrong")
    reason = wanted.reason if wanted.state in LOOKED_AT else None
    if wanted.state in LOOKED_AT and reason not in REASONS:
        raise FieldRefused("reason", "reason_needed")
    return Wanted(wanted.state, reason, wanted.amount, name)


def _delete(connection: Connection, draft: int, entitlement: int) -> None:
    """Take a row out; what drafts of payments said of it, before the correction was taken back, goes too."""
    connection.execute(delete(FilePaymentRow).where(FilePaymentRow.entitlement_id == entitlement))
    connection.execute(delete(EntitlementRow).where(EntitlementRow.id == entitlement))
    connection.execute(update(ListRow).where(ListRow.id == draft).values(people=ListRow.people - 1))
