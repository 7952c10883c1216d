"""Quotas and waiting lines on the site: somebody dies, the next is chosen, the list is published, and all are told."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from salur.core.officers.roles import Role
from tests.fixtures.office import Recipient, a_nik
from tests.fixtures.proposals import Chain
from tests.web.conftest import read_off, text_of
from tests.web.operators.test_list_desk import Operator

HOME = "/kantor/tunggu/APBD"
QUOTA = {"tempat": "3", "aturan": "accepted", "dasar": "SK 460/12/2026"}


@pytest.fixture
def operator(services, line_desk, signed_in) -> Operator:
    """An operator of Bogor who is signed in."""
    return Operator(services, signed_in(line_desk.officer), line_desk.officer)


def chosen(operator: Operator, line_desk, name: str, amount: str = "450.000"):
    """The operator gives the free place to somebody."""
    return operator.posts(f"{HOME}/{line_desk.id_of(name)}/pilih", besarnya=amount)


def test_a_quota_is_set_and_changed_with_its_decree_and_its_history(operator, line_desk):
    assert "Belum ada program yang punya kuota" in text_of(operator.opens("/kantor/tunggu"))
    assert "belum punya kuota" in text_of(operator.opens(HOME))
    operator.posts(f"{HOME}/kuota", **QUOTA)
    operator.posts(f"{HOME}/kuota", **{**QUOTA, "tempat": "1.250", "aturan": "sent", "dasar": "SK 9"})
    page = text_of(operator.opens(HOME))
    assert "Urutan: menurut tanggal diajukan" in page
    assert "Kuota 1.250 tempat, menurut tanggal diajukan SK 9" in page
    assert "Kuota 3 tempat, menurut tanggal disetujui Dinas Sosial SK 460/12/2026" in page
    assert "Bantuan sosial dari APBD 1.250" in text_of(operator.opens("/kantor/tunggu"))
    assert "SK 9" in text_of(operator.opens("/kantor/catatan?jenis=lines"))


@pytest.mark.parametrize("wrong", [{"tempat": "banyak"}, {"dasar": ""}, {"aturan": "desil"}])
def test_what_is_wrong_with_a_quota_is_said_and_nothing_is_kept(operator, line_desk, wrong):
    response = operator.posts(f"{HOME}/kuota", **{**QUOTA, **wrong})
    assert response.status_code == 422
    assert line_desk.line().quotas == ()
    assert operator.posts("/kantor/tunggu/NO-SUCH/kuota", **QUOTA).status_code == 404
    assert operator.opens("/kantor/tunggu/NO-SUCH").status_code == 404


def test_who_is_next_is_chosen_and_the_published_list_holds_him(operator, line_desk, office, visitor):
    office.publishes(Recipient(), Recipient(), programme="APBD")
    operator.posts(f"{HOME}/kuota", **QUOTA)
    first, second = a_nik(), a_nik()
    line_desk.accepts("Ani Suryani", first)
    line_desk.accepts("Budi Santoso", second)
    page = text_of(operator.opens(HOME))
    assert "Yang berikutnya Ani Suryani" in page
    assert 'value="600000"' in operator.opens(HOME).text, "as most of the list get"
    assert "Tempat kosong yang ada penunggunya" in text_of(operator.opens("/kantor"))
    answer = chosen(operator, line_desk, "Ani Suryani")
    draft = int(read_off(r'href="/kantor/daftar/(\d+)">Buka konsepnya', answer.text))
    page = text_of(answer)
    assert "Dipilih. Namanya ada di konsep" in page
    assert "Yang berikutnya Budi Santoso" in page
    assert "Belum ada tempat kosong." in page
    assert chosen(operator, line_desk, "Budi Santoso").status_code == 422
    office.agrees(draft)
    assert "Rp450.000" in text_of(visitor.asks(first, "Ani Suryani"))
    assert "sudah masuk daftar" in text_of(operator.opens(f"{HOME}?bagian=masuk"))
    record = text_of(operator.opens("/kantor/catatan?jenis=lines"))
    assert "Dipilih untuk tempat kosong" in record
    assert line_desk.officer.username in record


def test_who_is_skipped_is_put_back_on_the_site(operator, line_desk):
    operator.posts(f"{HOME}/kuota", **QUOTA)
    line_desk.accepts("Ani Suryani")
    id = line_desk.id_of("Ani Suryani")
    assert operator.posts(f"{HOME}/{id}/lewati").status_code == 422
    operator.posts(f"{HOME}/{id}/lewati", alasan="data_differ")
    assert "dilewati: datanya perlu diperbaiki dulu" in text_of(operator.opens(f"{HOME}?bagian=disisihkan"))
    operator.posts(f"{HOME}/{id}/kembalikan")
    assert "Yang berikutnya Ani Suryani" in text_of(operator.opens(HOME))


def test_who_verified_it_reads_where_it_stands(services, heads, signed_in, operator, clock):
    rt, rw, kelurahan, kecamatan = map(heads.create, (Role.RT, Role.RW, Role.KELURAHAN, Role.KECAMATAN))
    chain = Chain(services, rt, rw, kelurahan, kecamatan, operator.officer)
    operator.posts(f"{HOME}/kuota", **QUOTA)
    id = chain.receives()
    chain.climbs(id, chain.rt, chain.kelurahan, chain.kecamatan, chain.dinsos)
    assert "Urutan" not in text_of(signed_in(chain.rt).opens(f"/kotak/{id}"))
    clock.passes(minutes=11)
    for officer in (chain.rt, chain.kelurahan, chain.dinsos):
        assert "Urutan 1 dari 1 untuk Bantuan sosial dari APBD" in text_of(signed_in(officer).opens(f"/kotak/{id}"))


def test_another_city_sees_nobody_and_decides_nothing(operator, line_desk, heads, services, signed_in):
    operator.posts(f"{HOME}/kuota", **QUOTA)
    line_desk.accepts("Ani Suryani")
    officer = heads.create(Role.DINSOS, "76.04")
    other = Operator(services, signed_in(officer), officer)
    assert "Ani Suryani" not in other.opens(HOME).text
    assert "SK 460" not in other.opens(HOME).text
    other.posts(f"{HOME}/kuota", **QUOTA)
    for action in ("pilih", "lewati", "kembalikan", "batal"):
        answer = other.posts(f"{HOME}/{line_desk.id_of('Ani Suryani')}/{action}", alasan="moved", besarnya="1")
        assert answer.status_code == 422
        assert "Ani Suryani" not in answer.text
    assert line_desk.names() == ["Ani Suryani"]


def test_the_line_is_taken_away_with_its_rule_and_no_number(operator, line_desk, office):
    nik = a_nik()
    office.publishes(Recipient(nik=nik), programme="APBD")
    operator.posts(f"{HOME}/kuota", **QUOTA)
    line_desk.accepts("Ani Suryani", "3271054105800009")
    line_desk.accepts("Budi Santoso", nik)
    rows = cells(operator.posts(f"{HOME}/unduh.xlsx").data)
    assert "menurut tanggal disetujui Dinas Sosial" in rows[1][0]
    assert "SK 460/12/2026" in rows[1][0]
    assert [(row[0], row[1], row[-1]) for row in rows[3:]] == [
        (1, "Ani Suryani", "menunggu"),
        ("", "Budi Santoso", "orang atau keluarganya sudah ada di daftar program ini"),
    ]
    assert "3271054105800009" not in str(rows)
    assert operator.opens(f"{HOME}/unduh.xlsx").request.path == HOME


def cells(workbook: bytes) -> list[list[Any]]:
    """The rows of a workbook's first sheet."""
    return [list(row) for row in CalamineWorkbook.from_filelike(BytesIO(workbook)).get_sheet_by_index(0).to_python()]
