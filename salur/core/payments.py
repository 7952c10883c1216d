"""What PT Pos reports back: who was paid, when and where, and what was returned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, Select, delete, insert, select

from salur.core.database import Database
from salur.core.errors import Refused
from salur.core.listed_people import letter_code_of
from salur.core.tables import EntitlementRow, ListRow, PaymentRow, PersonRow, ProgrammeRow
from salur.core.vault import Vault

QUERY_SIZE = 1_000
# What a number of a report finds: entitlements, each with the index of its payee's NIK where the list has one.
Matches = dict[tuple[str, object], dict[int, bytes | None]]


class ReportedPayment(Protocol):
    """One row of a payment report, as intake gives it; `status` is paid or returned."""

    @property
    def row(self) -> int | str: ...
    @property
    def letter_code(self) -> str | None: ...
    @property
    def nik(self) -> str | None: ...
    @property
    def kk(self) -> str | None: ...
    @property
    def programme(self) -> str | None: ...
    @property
    def stage(self) -> str | None: ...
    @property
    def status(self) -> str | None: ...
    @property
    def date(self) -> dt.date | None: ...
    @property
    def place(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class PaymentReport:
    """What was recorded; `unmatched` are `(row, code)` of rows that fit nobody on the lists."""

    paid: int
    returned: int
    unmatched: tuple[tuple[int | str, str], ...]


class Payments:
    """Records payments."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    def record(self, payments: Sequence[ReportedPayment], *, programme: str, period: str) -> PaymentReport:
        """Write what became of each payment of a programme and period, in one transaction; a later report wins.

        A row is matched by its letter code, else by NIK, else by KK number when that names one payee only. Letters are
        numbered anew in other rounds, so a code is nothing where the payee's NIK is another than the row's.

        Raises: Refused(`unknown_programme` or `no_list`).
        """
        unmatched: list[tuple[int | str, str]] = []
        states: dict[int, dict[str, Any]] = {}
        with self._database.writing() as connection:
            self._refuse_unknown(connection, programme, period)
            matches = self._matches(connection, payments, programme, period)
            for payment in payments:
                found = self._meant(payment, matches)
                if _of_another(payment, programme, period):
                    unmatched.append((payment.row, "other_programme_or_stage"))
                elif payment.status not in ("paid", "returned"):
                    unmatched.append((payment.row, "status_unclear"))
                elif len(found) != 1:
                    unmatched.append((payment.row, "not_on_the_list" if not found else "several_on_the_list"))
                else:
                    id = next(iter(found))
                    states[id] = {
                        "entitlement_id": id,
                        "state": payment.status,
                        "on": payment.date,
                        "at": payment.place,
                    }
            self._write(connection, list(states.values()))
        counted = [state["state"] for state in states.values()]
        return PaymentReport(counted.count("paid"), counted.count("returned"), tuple(unmatched))

    @staticmethod
    def _refuse_unknown(connection: Connection, programme: str, period: str) -> None:
        if connection.execute(select(ProgrammeRow.code).where(ProgrammeRow.code == programme)).scalar() is None:
            raise Refused("unknown_programme", programme=programme)
        lists = select(ListRow.id).where(ListRow.programme_code == programme, ListRow.period == period)
        if connection.execute(lists.limit(1)).scalar() is None:
            raise Refused("no_list", programme=programme, period=period)

    def _meant(self, payment: ReportedPayment, matches: Matches) -> set[int]:
        """The entitlements that a row may mean, by the first of its numbers that finds any."""
        nik = self._vault.index(payment.nik) if payment.nik else None
        for key in self._keys(payment):
            found = matches.get(key, {})
            if key[0] == "letter" and nik:
                found = {id: listed for id, listed in found.items() if listed in (None, nik)}
            if found:
                return set(found)
        return set()

    def _keys(self, payment: ReportedPayment) -> Iterable[tuple[str, object]]:
        if code := letter_code_of(payment.letter_code):
            yield "letter", code
        if payment.nik:
            yield "nik", self._vault.index(payment.nik)
        if payment.kk:
            yield "kk", self._vault.index(payment.kk)

    def _matches(
        self, connection: Connection, payments: Sequence[ReportedPayment], programme: str, period: str
    ) -> Matches:
        """Entitlements of this programme and period by letter code, NIK and KK number; one per list and payee."""
        wanted: dict[str, set[Any]] = {"letter": set(), "nik": set(), "kk": set()}
        for payment in payments:
            for kind, value in self._keys(payment):
                wanted[kind].add(value)
        columns = {"letter": EntitlementRow.letter_code, "nik": PersonRow.nik_index, "kk": PersonRow.kk_index}
        payees: dict[tuple[str, object], dict[tuple[int, object], tuple[int, bytes | None]]] = {}
        for kind, values in wanted.items():
            ordered = sorted(values)
            for start in range(0, len(ordered), QUERY_SIZE):
                statement = _of(programme, period, columns[kind]).where(
                    columns[kind].in_(ordered[start : start + QUERY_SIZE])
                )
                for row in connection.execute(statement):
                    payee = (row.list_id, row.nik_index or row.person_id)
                    payees.setdefault((kind, row.value), {}).setdefault(payee, (row.id, row.nik_index))
        # One payee on two versions of a list: the payment belongs to the newest.
        newest: Matches = {}
        for key, found in payees.items():
            latest = max(list_id for list_id, _who in found)
            newest[key] = dict(line for (list_id, _who), line in found.items() if list_id == latest)
        return newest

    @staticmethod
    def _write(connection: Connection, rows: list[dict[str, Any]]) -> None:
        for start in range(0, len(rows), QUERY_SIZE):
            chunk = rows[start : start + QUERY_SIZE]
            ids = [row["entitlement_id"] for row in chunk]
            connection.execute(delete(PaymentRow).where(PaymentRow.entitlement_id.in_(ids)))
            connection.execute(insert(PaymentRow), chunk)


def _of(programme: str, period: str, value: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(
            EntitlementRow.id,
            EntitlementRow.list_id,
            EntitlementRow.person_id,
            PersonRow.nik_index,
            value.label("value"),
        )
        .join(PersonRow, PersonRow.id == EntitlementRow.person_id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .where(
            ListRow.programme_code == programme,
            ListRow.period == period,
            ListRow.state.in_(("published", "superseded")),
        )
        .order_by(EntitlementRow.id)
    )


def _of_another(payment: ReportedPayment, programme: str, period: str) -> bool:
    """Whether the row itself says that it is of another programme or tahap than the operator."""
    tahap = period.partition("-T")[2]
    other_tahap = bool(tahap) and (payment.stage or "").isdecimal() and int(payment.stage or 0) != int(tahap)
    return other_tahap or payment.programme not in (None, programme)
