"""Every filled row below the first header is an entry, is refused, or is left out with a reason."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salur.core.errors import Refused, UnreadableFile
from salur.intake.payments import read_payments
from salur.intake.people import read_list
from salur.intake.schedule import read_schedule
from tests.intake.office import kk, nik, write_csv, write_xlsx

FIELDS = ("NO", "NIK", "NO KK", "NAMA", "ALAMAT", "RT", "RW", "KELURAHAN", "NOMINAL", "KET", "PEKERJAAN", "KODE PBP")
SITTING = ("NO", "KELURAHAN", "RW", "TEMPAT", "TANGGAL", "JAM", "KET")
PAID = ("NO", "NIK", "NAMA", "TANGGAL BAYAR", "STATUS", "TEMPAT BAYAR", "NOMINAL")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TEXTS = (
    *("", "", "", "JUMLAH", "TOTAL", "RT 003 RW 005", "Bogor, 12 Mei 2026", "LURAH LOJI", "NIP. 19700101 199001 1 001"),
    *(
        "PETUGAS KEBERSIHAN",
        "CATATAN: sudah diperiksa",
        "1",
        "2",
        "3",
        "12",
        "600000",
        "Rp 300.000",
        "KP. BARU",
        "-",
        "sda",
    ),
    *("DAFTAR TAMBAHAN", "SITI", "ASEP", "003/005", "LOJI", "NIK", "NAMA", "KECAMATAN", "#REF!", "24 Februari 2026"),
    *("08.00-11.00", "KANTOR POS", "LUNAS", nik(7), kk(7), nik(8)[:15], "(1)", "(2)", "###"),
)


class Sheet(NamedTuple):
    """A sheet as made up: its rows, and who stands in it."""

    rows: list[list[str]]
    people: set[tuple[str, str]]


def person(number: int) -> dict[str, str]:
    """Somebody; only name and numbers are theirs alone."""
    name = f"SITI {LETTERS[number // 26]}{LETTERS[number % 26]}"
    told = {"NIK": nik(number), "NO KK": kk(number), "NAMA": name, "RT": "003", "RW": "005", "KELURAHAN": "LOJI"}
    paid = {"TANGGAL BAYAR": "24 Februari 2026", "STATUS": "LUNAS", "TEMPAT BAYAR": "KANTOR POS", "JAM": "08.00-11.00"}
    work = {"PEKERJAAN": "PETUGAS KEBERSIHAN", "ALAMAT": "KP. BARU", "NOMINAL": "600000", "KODE PBP": f"PBP{number:04}"}
    return {**told, **paid, **work, "TEMPAT": "KANTOR POS", "TANGGAL": "24 Februari 2026"}


@st.composite
def sheets(draw, fields: tuple[str, ...]) -> Sheet:
    """Rows as offices write them, and worse: several headers, holes, feet, notes, in any order."""
    header: list[str] = []
    rows: list[list[str]] = []
    people: set[tuple[str, str]] = set()
    for number in range(draw(st.integers(1, 25))):
        kind = draw(
            st.sampled_from(("header", *("person",) * 5, "holes", "holes", "any", "any", "few", "empty", "numbers"))
        )
        if kind == "header" or not header:
            header = draw(st.permutations(fields))[: draw(st.integers(3, len(fields)))]
            rows.append(header)
        elif kind in ("person", "holes"):
            cells = {"NO": str(number), **person(number)}
            kept = [cells.get(name, "") if kind == "person" or draw(st.booleans()) else "" for name in header]
            rows.append(kept)
            people.add((cells["NIK"], cells["NAMA"]))
        elif kind == "any":
            rows.append(draw(st.lists(st.sampled_from(TEXTS), max_size=len(header))))
        elif kind == "few":
            rows.append([""] * draw(st.integers(0, 3)) + [draw(st.sampled_from(TEXTS))])
        else:
            rows.append([str(n) for n in range(1, len(header) + 1)] if kind == "numbers" else [])
    return Sheet(rows, people)


def read(reader, path):
    """What a reader makes of a file, None where it does not take it as a whole."""
    try:
        return reader(path)
    except (UnreadableFile, Refused) as error:
        if error.code == "rows_lost":
            raise
        return None


def adds_up(draft, rows: list[list[str]], *entries) -> None:
    """Every filled row below the first header went one way, and no row went two."""
    first = draft.understood.sheets[0].header_rows
    below = max(first, default=0)
    filled = [number for number, row in enumerate(rows, 1) if number > below and any(cell.strip() for cell in row)]
    went = sorted([*(entry.row for entry in entries), *draft.refused, *(row for row, _ in draft.rows.left_out)])
    assert [row for row in went if row > below] == filled
    assert draft.rows.agrees


AS_OFTEN = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


@AS_OFTEN
@given(sheet=sheets(FIELDS))
def test_the_rows_of_a_list_add_up(tmp_path, sheet):
    if draft := read(read_list, write_csv(tmp_path / "a.csv", sheet.rows)):
        adds_up(draft, sheet.rows, *draft.people)
        numbers = dict(sheet.people)
        assert all(numbers.get(p.nik, p.name) == p.name for p in draft.people if p.name.startswith("SITI "))


@AS_OFTEN
@given(sheet=sheets(SITTING))
def test_the_rows_of_a_schedule_add_up(tmp_path, sheet):
    if draft := read(read_schedule, write_csv(tmp_path / "a.csv", sheet.rows)):
        adds_up(draft, sheet.rows, *draft.sittings)


@AS_OFTEN
@given(sheet=sheets(PAID))
def test_the_rows_of_payment_results_add_up(tmp_path, sheet):
    if draft := read(read_payments, write_csv(tmp_path / "a.csv", sheet.rows)):
        adds_up(draft, sheet.rows, *draft.payments)


def test_a_row_that_is_lost_is_an_error(tmp_path, monkeypatch):
    path = write_xlsx(tmp_path / "a.xlsx", {"A": [["NIK", "NAMA"], [nik(1), "ANI"], ["JUMLAH", 1]]})
    monkeypatch.setattr("salur.intake.tables.following.Table.leave", lambda *_: None)
    with pytest.raises(UnreadableFile) as unreadable:
        read_list(path)
    assert unreadable.value.code == "rows_lost"
