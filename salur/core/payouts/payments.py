"""What PT Pos reports back: who was paid, when and where, and whose money went back or was not paid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache, partial

from sqlalchemy import Connection, delete, insert, select, update

from salur.core.errors import Refused
from salur.core.limits.kinds import Door
from salur.core.lists.kinds import RowId
from salur.core.officers.roles import Officer
from salur.core.officers.scope import Scope
from salur.core.payouts.answers import Choice, FileKind, FileReport, FileState, PayoutFile, RoundTotals
from salur.core.payouts.choices import Doubtful, choices_of, doubtful, keep, take
from salur.core.payouts.files import CONSOLE, PayoutFiles, insert_file, reported
from salur.core.payouts.kinds import By, Results, Round
from salur.core.payouts.queries import HEARD, QUERY_SIZE, Entitled, Openings, basis_of, entitled, living_in
from salur.core.payouts.totals import rounds_in_force, totals_of
from salur.core.payouts.weighing import TOLD, Known, Meant, keys_of, place_of, weigh
from salur.core.people.sealed import Names, index_of, open_names
from salur.core.privacy.access_log import AccessLog
from salur.core.regions.zones import time_zone
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.statements import AnySelect
from salur.core.storage.vault import Vault
from salur.core.tables.lists import ListRow, ProgrammeRow
from salur.core.tables.payouts import FilePaymentRow, PayoutFileRow
from salur.core.tables.people import PaymentRow

NOWHERE = "91"  # who lives nowhere that is known lives in the east, where each day begins first
Taken = Callable[[Connection, int, FileReport], None]
DOUBTFUL = ("date", "amount", "status", "note")  # what has to be clear before a row is believed


@dataclass(frozen=True, slots=True, repr=False)
class Weighed:
    """What became of each row, and about which somebody can be asked."""

    believed: list[Meant]
    report: FileReport
    doubtful: list[Doubtful]


class Payments(PayoutFiles):
    """Takes reports of payments in, publishes and undoes them."""

    kind = FileKind.PAYMENTS

    def __init__(self, database: Database, vault: Vault, access: AccessLog, clock: Callable[[], datetime]) -> None:
        super().__init__(database, clock)
        self._vault = vault
        self._access = access

    def check(self, results: Results, round: Round) -> FileReport:
        """What would become of each row; writes nothing. Raises: Refused(`unknown_programme` or `no_list`)."""
        with self._database.reading() as connection:
            return self._weighed(connection, results, round).report

    def expects(self, round: Round) -> None:
        """Raises: Refused(`unknown_programme` or `no_list`) where nothing can be reported of a round."""
        with self._database.reading() as connection:
            _refuse_unknown(connection, round)

    def totals(self, round: Round, by: By = CONSOLE) -> RoundTotals:
        """What became of the money of a round, against its lists in force."""
        with self._database.reading() as connection:
            return totals_of(connection, round, by.region_code)

    def rounds(self, by: By = CONSOLE) -> tuple[Round, ...]:
        """The rounds of which lists are in force, the newest first."""
        with self._database.reading() as connection:
            return rounds_in_force(connection, by.region_code)

    def add(
        self, results: Results, round: Round, digest: bytes, by: By = CONSOLE, taken: Taken | None = None
    ) -> tuple[int, FileReport]:
        """Write a draft, which no resident sees; gives its number and what became of each row.

        `taken` is called in the same transaction, so that whoever counts on the draft is told of it or there is none.

        Raises: Refused with `unknown_programme`, `no_list` or `file_imported_before` (facts: file, state); NothingFits.
        """
        # Weighing a city takes a while, in which nobody else could write: it is done before, and again if it has to be.
        with self._database.reading() as connection:
            basis = basis_of(connection, round)
            found = self._weighed(connection, results, round, by)
        with self._database.writing() as connection:
            self._lock_programme(connection, round.programme)
            if (now := basis_of(connection, round)) != basis:
                found = self._weighed(connection, results, round, by)
            believed, report = found.believed, found.report
            values = self._add(connection, report, digest, programme=round.programme, period=round.period)
            id = insert_file(connection, {**values, "basis": now, "region_code": by.region_code, "made_by": by.account})
            # In the order of entitlements: that of the file would be told by the order of writing.
            lines = [_line(id, one) for one in sorted(believed, key=lambda one: one.entitled.id)]
            for start in range(0, len(lines), QUERY_SIZE):
                connection.execute(insert(FilePaymentRow), lines[start : start + QUERY_SIZE])
            keep(connection, id, found.doubtful)
            if taken is not None:
                taken(connection, id, report)
        return id, report

    def publish(self, id: int, by: By = CONSOLE) -> PayoutFile:
        """Let residents and heads see what a draft says.

        Raises: Refused with `no_such_file`, `file_not_a_draft` (facts: state) or `changed_since`: lists, sittings or
        other reports were published since the import, so its rows have to be compared anew.
        """
        return self._publish(id, self._put_in_force, by)

    def choices(self, id: int, officer: Officer, by: By, *, door: Door) -> list[Choice]:
        """The rows of a report that may mean one of several, and what was said of them; the look is recorded.

        Raises NotThere(`no_such_file`).
        """
        with self._database.reading() as connection:
            self._row(connection, id, by)
            found, people = choices_of(connection, self._vault, Scope.of(officer), id)
        with self._database.writing() as connection:
            self._access.record(connection, people, officer, door=door, what="list")
        return found

    def choose(self, id: int, choice: int, entitlement: int | None, by: By = CONSOLE) -> None:
        """Say whom a row of a draft means; None: none of them.

        Raises: NotThere(`no_such_file`, `no_such_choice`); Refused with `file_not_a_draft` (facts: state),
        `changed_since`, `chosen_already` or `reported_twice`.
        """
        with self._database.writing() as connection:
            row = self._locked(connection, id, by)
            if row.state != FileState.DRAFT:
                raise Refused("file_not_a_draft", file=id, state=row.state)
            if row.basis != basis_of(connection, Round(row.programme_code, row.period)):
                raise Refused("changed_since", file=id)
            if values := take(connection, row, choice, entitlement, by.account, self._clock()):
                self._set(connection, id, **values)

    def _weighed(self, connection: Connection, results: Results, round: Round, by: By = CONSOLE) -> Weighed:
        _refuse_unknown(connection, round)
        index = partial(index_of, self._vault)
        wanted: dict[str, set[bytes]] = {"letter": set(), "nik": set(), "kk": set()}
        for payment in results.payments:
            for kind, value in keys_of(payment, index).items():
                wanted[kind].add(value)
        places = {place for payment in results.payments if (place := place_of(payment)) is not None}
        there, kelurahan = living_in(connection, round, places, by.region_code)
        known = Known(
            {**entitled(connection, round, wanted, by.region_code), **there},
            Openings(connection, round).first_day,
            self._names,
            lambda person: _day_in(person.region_code or person.area or NOWHERE, self._clock()),
            {fault.row: fault.code for fault in reversed(results.faults) if fault.column in DOUBTFUL},
            kelurahan,
        )
        believed, out = weigh(results.payments, round, index, known)
        counts = Counter(str(one.payment.status) for one in believed)
        counted = {str(state): counts[state] for state in TOLD}
        report = reported(results, len(results.payments), counted, out)
        report = replace(report, rupiah=_rupiah(results, believed, {line.row for line in out}))
        return Weighed(believed, report, doubtful(results.payments, out, round, known))

    def _names(self, person: Entitled) -> Names:
        return open_names(self._vault, person.sealed_names, person.person_id)

    @staticmethod
    def _put_in_force(connection: Connection, row: AnyRow) -> dict[str, object]:
        if row.basis != basis_of(connection, Round(row.programme_code, row.period)):
            raise Refused("changed_since", file=row.id)
        of_file = FilePaymentRow.file_id == row.id
        was = select(PaymentRow).where(PaymentRow.entitlement_id == FilePaymentRow.entitlement_id)
        before = {
            f"was_{name}": was.with_only_columns(PaymentRow.__table__.c[name]).scalar_subquery()
            for name in ("state", "on", "at")
        }
        connection.execute(update(FilePaymentRow).where(of_file).values(before))
        line = FilePaymentRow
        _write(connection, row.id, select(line.entitlement_id, line.state, line.on, line.at).where(of_file))
        return {}

    def _take_back(self, connection: Connection, row: AnyRow) -> None:
        line = FilePaymentRow
        mine = select(line.entitlement_id).where(line.file_id == row.id)
        later = (
            select(PayoutFileRow.id)
            .join(line, line.file_id == PayoutFileRow.id)
            .where(
                PayoutFileRow.state == FileState.PUBLISHED,
                PayoutFileRow.turn > row.turn,
                line.entitlement_id.in_(mine),
            )
            .order_by(PayoutFileRow.turn.desc())
        )
        if (found := connection.execute(later.limit(1)).scalar()) is not None:
            raise Refused("undo_first", file=found)
        known_before = (line.file_id == row.id) & line.was_state.is_not(None)
        was = select(line.entitlement_id, line.was_state, line.was_on, line.was_at).where(known_before)
        _write(connection, row.id, was)

    def _lock(self, connection: Connection, row: AnyRow) -> None:
        self._lock_programme(connection, row.programme_code)

    @staticmethod
    def _lock_programme(connection: Connection, programme: str) -> None:
        connection.execute(select(ProgrammeRow.code).where(ProgrammeRow.code == programme).with_for_update())


def _write(connection: Connection, file: int, rows: AnySelect) -> None:
    """Let the payments of a file's people be these."""
    mine = select(FilePaymentRow.entitlement_id).where(FilePaymentRow.file_id == file)
    connection.execute(delete(PaymentRow).where(PaymentRow.entitlement_id.in_(mine)))
    connection.execute(insert(PaymentRow).from_select(["entitlement_id", "state", "on", "at"], rows))


def _rupiah(results: Results, believed: list[Meant], out: set[RowId]) -> dict[str, int]:
    """What the rows of a report amount to: all as they were read, those that are believed, those that are not."""
    amounts = [(one.row, one.amount or 0) for one in results.payments]
    return {
        "in": sum(amount for _, amount in amounts) + results.rupiah_refused
        if results.rupiah is None
        else results.rupiah,
        "used": sum(one.payment.amount or 0 for one in believed),
        "not_used": sum(amount for row, amount in amounts if row in out) + results.rupiah_refused,
    }


def _line(file: int, one: Meant) -> dict[str, object]:
    said = one.payment
    return {
        "file_id": file,
        "entitlement_id": one.entitled.id,
        "state": said.status,
        "on": said.date,
        "at": said.place,
    }


def _refuse_unknown(connection: Connection, round: Round) -> None:
    if connection.execute(select(ProgrammeRow.code).where(ProgrammeRow.code == round.programme)).scalar() is None:
        raise Refused("unknown_programme", programme=round.programme)
    lists = select(ListRow.id).where(
        ListRow.programme_code == round.programme, ListRow.period == round.period, ListRow.state.in_(HEARD)
    )
    if connection.execute(lists.limit(1)).scalar() is None:
        raise Refused("no_list", programme=round.programme, period=round.period)


@lru_cache(maxsize=256)
def _day_in(region_code: str, now: datetime) -> date:
    return now.astimezone(time_zone(region_code)).date()
