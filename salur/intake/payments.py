"""Reading the file in which PT Pos reports who was paid."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from salur.core.errors import Refused
from salur.core.lists.kinds import RowId
from salur.core.payouts.answers import PaymentState
from salur.core.payouts.kinds import ReportedPayment
from salur.intake.cells.numbers import read_kk, read_nik
from salur.intake.cells.payouts import mentions_money, status_of, tells_how_it_was_handed_over
from salur.intake.cells.texts import text_of
from salur.intake.draft import PaymentDraft
from salur.intake.files.sheet import Row
from salur.intake.person_rows import PersonRows
from salur.intake.tables.columns import Speller
from salur.intake.tables.reading import Findings, read_tables
from salur.intake.tables.spellings import PAYMENTS

SPELLER = Speller(PAYMENTS)
ENOUGH = [{who, what} for who in ("nik", "kk", "letter_code") for what in ("status", "date", "note", "place")]
REPEATABLE = frozenset({"status", "date", "place", "programme", "stage", "kelurahan", "kecamatan", "amount"})
# A column of days says that it was paid only where its header does: TANGGAL alone may be the day it is to be paid, and
# TANGGAL SALUR is planned on lists, which have addresses.
PAID_ON = re.compile(r"BAYAR|SERAH|TERIMA|AMBIL|TRANSAKSI|REALISASI")
GIVEN_OUT_ON, ON_LISTS = re.compile(r"SALUR|CAIR"), re.compile(r"ALAMAT|\bRT\b|\bRW\b|\bKK\b")
PLANNED = re.compile(r"JADWAL|RENCANA|UNDANGAN|\bJAM\b|PUKUL|\bSESI\b")
TOLD_OF = 0.5  # share of the rows that have to say what became of the money, where no column is there for that


def read_payments(
    path: str | os.PathLike[str], columns: Mapping[str, str] | None = None, *, keep_cells: bool = False
) -> PaymentDraft:
    """Read a result file; `columns` as in `read_list`, `keep_cells` for giving rows back.

    A row without NIK, KK and letter code is refused.

    Raises: UnreadableFile; Refused, among others with `not_payments`: it says of too few what became of the money.
    """
    tables = read_tables(path, SPELLER, columns, ENOUGH)
    findings = Findings()
    payments: list[ReportedPayment] = []
    telling, has_column = 0, False
    rupiah, rupiah_refused = 0, 0
    cells: dict[RowId, tuple[str, ...]] = {}
    for table in tables:
        reader = PaymentRows(table, tables)
        has_column = has_column or bool({"status", "date"} & set(table.columns))
        for row, payment in reader.payments():
            refused = reader.spoilt or not (payment.nik or payment.kk or payment.letter_code)
            rupiah += payment.amount or 0
            if keep_cells:
                cells[payment.row] = tuple(map(text_of, row))
            if refused:
                rupiah_refused += payment.amount or 0
            else:
                payments.append(payment)
            if reader.faults:
                findings.add(payment.row, row, reader.faults, refused=refused)
            telling += reader.tells(row, payment)
    _refuse_other_files(len(payments), telling, has_column=has_column)
    return PaymentDraft(
        faults=tuple(findings.faults),
        refused=tuple(findings.refused),
        understood=tables.understood,
        header=tables.header,
        faulty_cells=findings.faulty_cells,
        rows=tables.sum_rows(len(payments), len(findings.refused)),
        payments=tuple(payments),
        rupiah=rupiah,
        rupiah_refused=rupiah_refused,
        cells=cells,
    )


def _refuse_other_files(payments: int, telling: int, *, has_column: bool) -> None:
    """A list of recipients has numbers, names and remarks too. Nobody on it was paid for that."""
    if payments and (not telling or (not has_column and telling < TOLD_OF * payments)):
        raise Refused("not_payments")


class PaymentRows(PersonRows):
    """Reads the rows of one result table."""

    repeatable = REPEATABLE

    def payments(self) -> Iterator[tuple[Row, ReportedPayment]]:
        """Give each row with the payment that it reports."""
        for row_id, row in self.records():
            yield row, self._payment(row_id, row)

    def tells(self, row: Row, payment: ReportedPayment) -> bool:
        """Whether a row speaks of money that was paid or not, be it unclear."""
        if payment.status is PaymentState.DUE:
            return self.text(row, "status") is not None
        return payment.status is not None or mentions_money(self.text(row, "status") or "")

    def _payment(self, row_id: RowId, row: Row) -> ReportedPayment:
        nik, nik_code = read_nik(self.cell(row, "nik"))
        kk, kk_code = read_kk(self.cell(row, "kk"))
        letter_code = self.text(row, "letter_code")
        for column, code in (("nik", nik_code), ("kk", kk_code)):
            if code and code != "missing":
                self.fault(column, f"{column}_{code}")
        if not (nik or kk or letter_code):
            self.fault("nik", "no_identity")
        day = self.day(row, "date").day
        return ReportedPayment(
            row=row_id,
            letter_code=letter_code,
            nik=nik,
            kk=kk,
            name=self.text(row, "name"),
            status=self._status(row, has_day=day is not None),
            date=day,
            place=self.text(row, "place"),
            amount=self.amount(row),
            programme=self.programme(row),
            stage=self.stage(row),
        )

    def _status(self, row: Row, *, has_day: bool) -> PaymentState | None:
        """By the status, else by a note that says it as a whole, else by the day of payment.

        What two of them say differently is a fault, and so is a day beside a note of which nobody knows what it says.
        """
        written, note = self.text(row, "status"), self.text(row, "note")
        told, remarked = status_of(written) if written else None, status_of(note) if note else None
        unclear, said = "", told
        if written and told is None:
            unclear = "status"
        elif told is None and remarked is None and has_day:
            said = PaymentState.PAID
            if not self._days_tell or not (note is None or tells_how_it_was_handed_over(note)):
                unclear = "note" if note else "date"
        elif told is None and note is None:
            said = PaymentState.DUE  # nothing is told of it, not even a day
        elif told is None:
            said, unclear = remarked, "note" if remarked is PaymentState.DUE and has_day else ""
        elif (told is PaymentState.DUE and has_day and not note) or _contradict(told, remarked):
            unclear = "status"
        elif remarked is PaymentState.RETURNED:
            said = remarked
        if unclear:
            self.fault(unclear, "status_unclear")
        return None if unclear else said

    @cached_property
    def _days_tell(self) -> bool:
        """Whether a day in the column of days is the day of a payment that was made."""
        column = self._columns.get("date")
        label = self._table.labels[column].upper() if column is not None and column < len(self._table.labels) else ""
        others = " ".join(self._table.labels).upper()
        if "status" in self._columns:
            return True
        paid = PAID_ON.search(label) or (GIVEN_OUT_ON.search(label) and not ON_LISTS.search(others))
        return bool(paid) and PLANNED.search(others) is None


def _contradict(status: PaymentState, note: PaymentState | None) -> bool:
    """Whether a note takes the status back. One that failed may say where the money went, and the other way round."""
    return note not in (None, status) and {status, note} != {PaymentState.FAILED, PaymentState.RETURNED}
