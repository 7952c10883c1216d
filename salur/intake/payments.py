"""Reading the file in which PT Pos reports who was paid."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from salur.core.answers import PaymentState
from salur.intake.cells import amount, value_of
from salur.intake.columns import Speller
from salur.intake.dates import day_of
from salur.intake.draft import ListedPayment, PaymentDraft, RowId
from salur.intake.files import Row
from salur.intake.numbers import read_kk, read_nik
from salur.intake.peoplerows import is_subtotal
from salur.intake.reading import Findings, read_tables
from salur.intake.rows import RowReader, filled
from salur.intake.spellings import PAYMENTS

SPELLER = Speller(PAYMENTS)
ENOUGH = [{who, what} for who in ("nik", "kk", "letter_code") for what in ("status", "date", "note", "place")]
REPEATABLE = frozenset({"status", "date", "place", "programme", "stage", "kelurahan", "kecamatan", "amount"})
# The first that fits: "belum dibayar" and "gagal bayar" hold the word of the paid.
STATUSES = (
    (PaymentState.DUE, r"\bBELUM\b|\bBLM\b|MENUNGGU|PROSES|PENDING"),
    (
        PaymentState.RETURNED,
        r"RETUR|KEMBALI|GAGAL|TIDAK|\bTDK\b|\bGGL\b|HANGUS|BATAL|\bRTN\b|UNPAID|\bVOID\b|KEMBALI KE KAS",
    ),
    (
        PaymentState.PAID,
        r"BAYAR|SALUR|SUDAH|LUNAS|SUKSES|BERHASIL|CAIR|SELESAI|SERAH|TERIMA|PAID|\bOK\b|\bYA\b|^1$|^B$|REALISASI",
    ),
)


def read_payments(path: str | os.PathLike[str], columns: Mapping[str, str] | None = None) -> PaymentDraft:
    """Read a result file; `columns` as in `read_list`. A row without NIK, KK and letter code is refused.

    Raises: UnreadableFile, Refused.
    """
    tables = read_tables(path, SPELLER, columns, ENOUGH)
    findings = Findings()
    payments: list[ListedPayment] = []
    for table in tables.tables:
        reader = PaymentRows(table, tables)
        for row, payment in reader.payments():
            refused = not (payment.nik or payment.kk or payment.letter_code)
            if not refused:
                payments.append(payment)
            if reader.faults:
                findings.add(payment.row, row, reader.faults, refused=refused)
    return PaymentDraft(
        faults=tuple(findings.faults),
        refused=tuple(findings.refused),
        understood=tables.understood,
        header=tables.header,
        faulty_cells=findings.faulty_cells,
        payments=tuple(payments),
    )


class PaymentRows(RowReader):
    """Reads the rows of one result table."""

    repeatable = REPEATABLE

    def payments(self) -> Iterator[tuple[Row, ListedPayment]]:
        """Give each row with the payment that it reports."""
        for row_id, row in self.records():
            yield row, self._payment(row_id, row)

    def is_record(self, row: Row) -> bool:
        """Someone, and something that became of the money."""
        texts = filled(row)
        if not texts or is_subtotal(texts):
            return False
        who = any(self.text(row, field) for field in ("nik", "kk", "letter_code", "name"))
        return who and any(self.text(row, field) for field in ("status", "date", "note", "place", "amount"))

    def _payment(self, row_id: RowId, row: Row) -> ListedPayment:
        nik, nik_code = read_nik(self.cell(row, "nik"))
        kk, kk_code = read_kk(self.cell(row, "kk"))
        letter_code = self.text(row, "letter_code")
        for column, code in (("nik", nik_code), ("kk", kk_code)):
            if code and code != "missing":
                self.fault(column, f"{column}_{code}")
        if not (nik or kk or letter_code):
            self.fault("nik", "no_identity")
        day, clear = day_of(self.cell(row, "date"))
        if not clear:
            self.fault("date", "date_unclear")
        return ListedPayment(
            row=row_id,
            letter_code=letter_code,
            nik=nik,
            kk=kk,
            name=self.text(row, "name"),
            status=self._status(row, paid_on_a_day=day is not None),
            date=day,
            place=self.text(row, "place"),
            amount=self._amount(row),
            programme=self.programme(row),
            stage=self.stage(row),
        )

    def _status(self, row: Row, *, paid_on_a_day: bool) -> str | None:
        """By the status column; without one a day of payment says that it was paid, unless the note says else."""
        texts = [text for field in ("status", "note") if (text := self.text(row, field))]
        told = next((status for text in texts if (status := status_of(text))), None)
        if told is None and "status" in self._columns and value_of(self.cell(row, "status")):
            self.fault("status", "status_unclear")
            return None
        if told is None and paid_on_a_day:
            return PaymentState.PAID.value
        return None if told == PaymentState.DUE else told

    def _amount(self, row: Row) -> int | None:
        value, clear = amount(self.cell(row, "amount"))
        if not clear:
            self.fault("amount", "amount_unclear")
        return value


@lru_cache(maxsize=2048)
def status_of(text: str) -> str | None:
    """What became of the money, by the words of a status cell; None when they do not say."""
    upper = text.upper()
    return next((status.value for status, words in STATUSES if re.search(words, upper)), None)
