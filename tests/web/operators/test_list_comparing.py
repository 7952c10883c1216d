"""An operator lays two lists side by side on the site, looks at who differs, and takes it away as a workbook."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
import python_calamine

from salur.core.comparing import comparing
from salur.core.lists.kinds import State
from salur.core.officers.roles import Role
from tests.fixtures.office import Recipient
from tests.fixtures.uploads import work_off
from tests.web.conftest import text_of
from tests.web.operators.test_list_desk import HOME, Operator


@pytest.fixture
def operator(services, heads, signed_in) -> Operator:
    """An operator of Bogor who is signed in."""
    officer = heads.create(Role.DINSOS)
    return Operator(services, signed_in(officer), officer)


def test_two_lists_are_compared_looked_at_and_taken_away(services, office, operator: Operator):
    more, off = Recipient(name="EUIS KARTINI"), Recipient(name="IDA FARIDA")
    before = office.publishes(more, off, Recipient(name="DEDEH HILANG"), Recipient(name="IDA FARIDA", nik=off.nik))
    after = office.drafts(
        Recipient(name=more.name, nik=more.nik, kk=more.kk, amount=900_000, rw=7, state=State.SUSPENDED),
        off,
        Recipient(name="NENENG BARU"),
        period="2026-T2",
    )
    assert f"Daftar {before}: PKH, Tahap 1 tahun 2026, berlaku, 4 orang" in text_of(operator.opens(f"{HOME}/{after}"))
    page = operator.posts(f"{HOME}/{after}/banding", dengan=str(before))
    here = page.request.path
    told = text_of(page)
    assert "4 orang = 1 hilang + 1 di kedua daftar + 2 perlu dilihat." in told
    assert "3 orang = 1 baru + 1 di kedua daftar + 1 perlu dilihat." in told
    assert "DEDEH HILANG" in told
    changed = text_of(operator.opens(f"{here}?bagian=changed"))
    for difference in (
        "Nilai bantuan: Rp600.000 → menjadi Rp900.000",
        "Tempat tinggal: RT 003/RW 005, Tegal Gundil → menjadi RT 003/RW 007, Tegal Gundil",
        "Keadaan: terdaftar → menjadi ditangguhkan",
    ):
        assert difference in changed
    assert "DEDEH" not in changed
    unsure = text_of(operator.opens(f"{here}?bagian=unsure"))
    assert unsure.count("IDA FARIDA") == 3
    assert not re.search(r"\d{10}", changed + unsure)
    book = operator.posts(f"{here}/unduh.xlsx")
    assert book.headers["Cache-Control"] == "no-store"
    sheets = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(book.data))
    assert sheets.sheet_names == ["Ringkasan", "Hilang", "Baru", "Berubah", "Perlu dilihat"]
    rows: dict[str, Any] = {
        name: sheets.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in sheets.sheet_names
    }
    assert operator.officer.username in rows["Hilang"][1][0]
    assert "Jangan dibagikan" in rows["Baru"][2][0]
    assert {name: [row[0] for row in found[5:]] for name, found in rows.items() if name in ("Hilang", "Baru")} == {
        "Hilang": ["DEDEH HILANG"],
        "Baru": ["NENENG BARU"],
    }
    assert "Rp600.000 → Rp900.000" in rows["Berubah"][5][6]
    assert rows["Ringkasan"][5][1:] == [4, 3, 1, 1, 1, 0, 0, 1, 3]
    assert not re.search(r"\d{10}", str(rows))


def test_large_lists_show_how_far_they_are(services, office, operator: Operator, monkeypatch):
    monkeypatch.setattr(comparing, "AT_ONCE", 1)
    first, second = office.drafts(Recipient()), office.drafts(Recipient(name="NENENG BARU"))
    page = operator.posts(f"{HOME}/{first}/banding", dengan=str(second))
    assert "Menunggu giliran" in text_of(page)
    assert 'http-equiv="refresh"' in page.text
    work_off(services)
    shown = operator.opens(f"{page.request.path}?bagian=added")
    assert "NENENG BARU" in shown.text
    assert 'http-equiv="refresh"' not in shown.text


def test_another_citys_list_is_compared_with_nothing(services, office, operator: Operator):
    mine = office.publishes(Recipient())
    theirs = office.publishes(Recipient(region_code="76.04.01.1001"))
    assert operator.posts(f"{HOME}/{mine}/banding", dengan=str(theirs)).status_code == 404
    assert operator.posts(f"{HOME}/{mine}/banding", dengan="x").status_code == 200
    assert operator.posts(f"{HOME}/{mine}/banding", dengan=str(mine)).request.path == f"{HOME}/{mine}"
    id = services.comparing.begin(mine, theirs, by=operator.officer.account)
    assert operator.opens(f"{HOME}/banding/{id}").status_code == 404
