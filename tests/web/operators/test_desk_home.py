"""`/kantor`: what waits, what is under way, what is in force and what happens this week, each with its way on."""

from __future__ import annotations

from salur.core.officers.roles import Role
from tests.fixtures.office import Announced, Recipient
from tests.fixtures.uploads import work_off
from tests.web.conftest import text_of
from tests.web.operators.test_list_desk import Operator, a_file


def desk_of(services, heads, signed_in) -> Operator:
    officer = heads.create(Role.DINSOS)
    return Operator(services, signed_in(officer), officer)


def test_an_empty_city_is_told_where_to_begin(services, heads, signed_in):
    told = text_of(desk_of(services, heads, signed_in).opens("/kantor"))
    for sentence in ("Tidak ada yang menunggu.", "Belum ada daftar yang berlaku.", "Tidak ada pembayaran dalam tujuh"):
        assert sentence in told


def test_what_is_done_at_the_desk_stands_on_its_first_page(services, heads, signed_in, office, write_list):
    operator = desk_of(services, heads, signed_in)
    office.publishes(Recipient(), Recipient())
    office.announces(Announced())
    file = write_list("senin.xlsx", Recipient())
    operator.posts("/kantor/daftar/unggah", berkas=[a_file(file.name, file.read_bytes())])
    told = text_of(operator.opens("/kantor"))
    assert "PKH, Tahap 1 tahun 2026 2 orang" in told
    assert "senin.xlsx" in told
    assert "Selasa 24 Februari 2026" in told
    work_off(services)
    assert "perlu diperiksa" in text_of(operator.opens("/kantor"))
    draft = office.drafts(Recipient(), programme="SEMBAKO")
    page = operator.opens("/kantor")
    assert "SEMBAKO, Tahap 1 tahun 2026 konsep daftar, 1 orang" in text_of(page)
    for way_on in ("/kantor/daftar/berkas/", f"/kantor/daftar/{draft}", "/kantor/jadwal"):
        assert way_on in page.text
