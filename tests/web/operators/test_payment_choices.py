"""A row of a report that may mean one of several by the name: the operator says which, or neither, on its page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from salur.core.officers.roles import Role
from salur.core.payouts.answers import FileState
from salur.core.payouts.kinds import Round
from salur.core.tables.privacy import AccessRow
from tests.fixtures.office import Recipient, born_in
from tests.web.conftest import text_of
from tests.web.operators.test_list_desk import Operator
from tests.web.operators.test_payment_desk import HOME, sends

SURE = Recipient(name="MARYATI KUSUMA", rw=7)
ONE, OTHER = Recipient(name="SITI AMINAH"), Recipient(name="SITI AMINAH", nik="3271054105750012")


@pytest.fixture
def operator(services, heads, signed_in) -> Operator:
    """An operator of Bogor who is signed in."""
    officer = heads.create(Role.DINSOS)
    return Operator(services, signed_in(officer), officer)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """One row that is sure and one that may mean two, by names alone."""
    rows = [f"{one.name};3;{one.rw};TEGAL GUNDIL;DIBAYAR;15/01/2026;600000" for one in (SURE, ONE)]
    path = tmp_path / "pos.csv"
    path.write_text("\n".join(["NAMA;RT;RW;KELURAHAN;STATUS BAYAR;TANGGAL BAYAR;NOMINAL", *rows]))
    return path


def choice_on(page: TestResponse, born: int | None = None) -> dict[str, str]:
    """The form, with the person born in a year, or nobody of them, chosen."""
    row = re.search(r'name="baris" value="(\d+)"', page.text)
    assert row
    if born is None:
        return {"baris": row[1], "siapa": "bukan"}
    people = re.findall(r'name="siapa" value="(\d+)" required><span>([^<]+)<', page.text)
    return {"baris": row[1], "siapa": next(value for value, told in people if str(born) in told)}


def looks(services) -> int:
    """How many looks at persons the record holds."""
    with services.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(AccessRow)).scalar_one())


def totals(services) -> tuple[int, dict[str, int]]:
    """Who is on the list, and what became of their money; the sums agree."""
    found = services.payments.totals(Round("PKH", "2026-T1"))
    assert found.agrees
    return found.total.all_people, dict(found.total.people)


def test_who_was_chosen_is_paid_and_nobody_else(services, office, operator: Operator, report, visitor):
    office.publishes(SURE, ONE, OTHER)
    page = sends(operator, report)
    assert "Baris di berkas: 2 = 1 dipakai + 1 tidak dipakai." in text_of(page)
    for person in (ONE, OTHER):
        assert f"SITI AMINAH, RT 003/RW 005, Tegal Gundil, lahir {born_in(person.nik)}" in text_of(page)
    assert not re.search(r"\d{10}", text_of(page))
    assert looks(services) == 2
    done = operator.posts(f"{HOME}/1/pilih", **choice_on(page, born_in(OTHER.nik)))
    told = text_of(done)
    assert "Baris di berkas: 2 = 2 dipakai + 0 tidak dipakai." in told
    assert "Nilai di berkas: Rp1.200.000 = Rp1.200.000 dipakai + Rp0 tidak dipakai." in told
    assert "1 baris di antaranya dicocokkan dengan tangan." in told
    assert operator.officer.username in told
    assert operator.posts(f"{HOME}/1/pilih", **choice_on(page, born_in(ONE.nik))).status_code == 422
    operator.posts(f"{HOME}/1/terbitkan")
    assert services.payments.show(1).state is FileState.PUBLISHED
    assert "15 Januari" in text_of(visitor.asks(OTHER.nik, OTHER.name))
    assert "15 Januari" not in text_of(visitor.asks(ONE.nik, ONE.name))
    assert totals(services) == (3, {"paid": 2, "unknown": 1})
    operator.posts(f"{HOME}/1/batalkan")
    assert totals(services) == (3, {"unknown": 3})


def test_neither_leaves_the_row_out_and_is_recorded(services, office, operator: Operator, report):
    office.publishes(SURE, ONE, OTHER)
    page = sends(operator, report)
    told = text_of(operator.posts(f"{HOME}/1/pilih", **choice_on(page)))
    assert "bukan salah satunya" in told
    assert "Baris di berkas: 2 = 1 dipakai + 1 tidak dipakai." in told
    assert "dicocokkan dengan tangan" not in told
    operator.posts(f"{HOME}/1/terbitkan")
    assert totals(services) == (3, {"paid": 1, "unknown": 2})


def test_nobody_is_chosen_who_was_not_asked_about(services, office, operator: Operator, report):
    office.publishes(SURE, ONE, OTHER)
    page = sends(operator, report)
    form = choice_on(page)
    for said in ("", "x", "1", "9" * 18, "9" * 19):
        assert operator.posts(f"{HOME}/1/pilih", **{**form, "siapa": said}).status_code in (404, 422)
    assert operator.posts(f"{HOME}/1/pilih", siapa="bukan").status_code == 422
    assert services.payments.show(1).counts["paid"] == 1


def test_what_is_published_is_not_asked_about_any_more(services, office, operator: Operator, report):
    office.publishes(SURE, ONE, OTHER)
    page = sends(operator, report)
    form = choice_on(page, born_in(ONE.nik))
    operator.posts(f"{HOME}/1/terbitkan")
    assert operator.posts(f"{HOME}/1/pilih", **form).status_code == 422
    assert totals(services) == (3, {"paid": 1, "unknown": 2})
