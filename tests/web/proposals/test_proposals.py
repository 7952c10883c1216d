"""Proposals at the site: the forms, the receipt, the ticket. No account, and no code in any address."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest

from salur.core.tables.proposals import ProposalRow
from tests.fixtures.office import TEGAL_GUNDIL, a_kk, a_nik
from tests.web.conftest import text_of
from tests.web.proposals.conftest import Sender, code_of, count, filled, kept

FORMS = ["usulan", "sanggah", "koreksi", "laporan"]


@pytest.mark.parametrize("form", FORMS)
def test_each_form_sent_gives_a_code_that_opens_the_ticket(mother, services, form):
    fields = filled(form)
    name = fields.get("nama_anda") or fields.get("nama", "")
    response = mother.sends(form, **fields)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    ticket = mother.looks(code_of(response), name)
    assert "sekarang ada di Dinas Sosial" in text_of(ticket)
    assert "Kami terima." in text_of(ticket)


def test_what_was_typed_arrives(mother, services):
    nik, kk = a_nik(), a_kk()
    mother.sends("usulan", nik=f"{nik[:4]} {nik[4:8]} {nik[8:]}", kk=kk)
    said = kept(services)
    assert (said.nik.reveal(), said.kk.reveal(), said.name) == (nik, kk, "Nur Hayati")
    assert (said.territory.region_code, said.territory.rw, said.territory.rt) == (TEGAL_GUNDIL, 5, 3)
    assert (said.reason, said.whom, said.phone) == ("income_lost", "self", "0812 0000 1111")


@pytest.mark.parametrize(
    ("form", "field", "value", "said"),
    [
        ("usulan", "nik", "327105", "NIK dan nomor KK punya 16 angka. Yang Anda ketik baru 6."),
        ("usulan", "nik", "", "Ketik NIK. Belum punya? Pilih alasannya di bawah."),
        ("usulan", "nama", "123", "Ini nomor, bukan nama."),
        ("usulan", "kelurahan", "", "Pilih kelurahan tempat tinggalnya."),
        ("usulan", "kelurahan", "99.99.99.9999", "Kelurahan itu tidak kami temukan."),
        ("laporan", "kelurahan", "Atlantis", "Kelurahan itu tidak kami temukan."),
        ("usulan", "rt", "tiga", "RT: ketik nomornya saja, misalnya 3."),
        ("usulan", "rw", "", "RW: ketik nomornya saja, misalnya 5."),
        ("usulan", "untuk", "presiden", "Pilih dulu untuk siapa."),
        ("usulan", "alasan", "", "Pilih dulu alasannya."),
        ("usulan", "telepon", "telepon saja", "Nomor HP hanya berisi angka"),
        ("usulan", "cerita", "a" * 1001, "Tulisannya terlalu panjang."),
        ("sanggah", "cerita", "", "Tulis dulu dengan kata-kata Anda sendiri."),
        ("sanggah", "nama_anda", "4321", "Ini nomor, bukan nama."),
        ("koreksi", "nomor", "PBP0040", "NIK dan nomor KK punya 16 angka."),
        ("koreksi", "nomor", "", "Nomor belum diisi."),
        ("laporan", "siapa", "", "Pilih dulu siapa."),
        ("laporan", "cerita", " ", "Tulis dulu dengan kata-kata Anda sendiri."),
    ],
)  # fmt: skip
def test_a_slip_is_said_kindly_and_nothing_typed_is_lost(mother, services, form, field, value, said):
    response = mother.sends(form, **{field: value})
    assert response.status_code == 422
    page = text_of(response)
    assert said in page
    assert "Ada yang perlu diperbaiki" in page
    assert f'href="#{field}' in response.text
    for name, typed in filled(form).items():
        if name in ("nama", "cerita", "kapan") and name != field:
            assert typed in response.text
    assert count(services, ProposalRow) == 0


@pytest.mark.parametrize(("form", "field"), [("usulan", "nik"), ("sanggah", "nik"), ("koreksi", "nomor")])
def test_a_nik_with_a_date_that_cannot_be_is_asked_once_and_then_taken(mother, services, form, field):
    odd = "3271057205800001"
    page = mother.sends(form, **{field: odd})
    assert page.status_code == 422
    assert "Memang begitu di KTP?" in text_of(page)
    assert f'name="tetap" value="{odd}"' in page.text
    assert mother.sends(form, **{field: odd[:-1] + "2"}, tetap=odd).status_code == 422
    assert mother.sends(form, **{field: odd}, tetap=odd).status_code == 200
    said = kept(services)
    assert said.nik
    assert said.nik.reveal() == odd


def test_who_has_no_nik_says_why(mother, services):
    mother.sends("usulan", nik="", tanpa_nik="newborn", kk="")
    said = kept(services)
    assert (said.nik, said.no_nik, said.kk) == (None, "newborn", None)


def test_a_neighbours_family_card_may_be_unknown(mother, services):
    mother.sends("usulan", untuk="neighbour", kk="")
    assert kept(services).whom == "neighbour"


def test_another_reason_wants_words(mother):
    assert "Tulis dulu" in text_of(mother.sends("usulan", alasan="other", cerita=""))


def test_a_report_asks_for_no_name_no_number_and_no_place(mother, services):
    response = mother.sends("laporan", kelurahan="", rw="", rt="", kapan="")
    assert "langsung ke Dinas Sosial" in text_of(response)
    said = kept(services)
    assert (said.name, said.nik, said.phone, said.territory.region_code) == ("", None, "", "32.71")


def test_the_name_of_the_objector_opens_the_ticket_and_is_readable_nowhere(mother, services):
    from sqlalchemy import text

    code = code_of(mother.sends("sanggah", nama_anda="Maemunah Zakiah"))
    assert "Maemunah" not in repr(asdict(kept(services)))
    with services.database.reading() as connection:
        for table in ("proposal", "proposal_event", "proposal_ticket"):
            rows = connection.execute(text(f"SELECT * FROM {table}")).all()  # noqa: S608
            assert rows
            assert "Maemunah" not in repr(rows)
    assert "Sanggahan ini sekarang ada" in text_of(mother.looks(code, "Maemunah Zakiyah"))


@pytest.mark.parametrize("form", FORMS)
def test_a_form_that_was_open_too_long_comes_back_filled_in(mother, services, form):
    fields = {**filled(form), "csrf_token": "too old"}
    response = mother.client.post(f"/pengajuan/{form}", data=fields, headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 400
    assert fields["cerita"] in response.text
    assert "tekan tombolnya sekali lagi" in text_of(response)
    elsewhere = mother.client.post(f"/pengajuan/{form}", data=fields)
    assert fields["cerita"] not in elsewhere.text
    assert count(services, ProposalRow) == 0


@pytest.mark.parametrize("form", FORMS)
def test_a_form_from_another_site_is_refused(mother, services, form):
    data = {**filled(form), "csrf_token": mother.token}
    response = mother.client.post(f"/pengajuan/{form}", data=data, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert count(services, ProposalRow) == 0


@pytest.mark.parametrize("address", ["", "/usulan", "/sanggah", "/koreksi", "/laporan", "/status", "/status/jawab"])
def test_every_page_opens_and_hides_nothing_in_its_address(visitor, address):
    response = visitor.opens("/pengajuan" + address)
    assert response.status_code == 200
    assert 'method="get"' not in response.text


def test_no_address_of_ours_and_no_cookie_holds_a_code(services_with, app):
    from salur.web.app import create_app
    from tests.web.conftest import Visitor

    mother = Sender(Visitor(create_app(services_with(telegram_name="SalurBogorBot"))))
    response = mother.sends("usulan")
    code = code_of(response).replace("-", "")
    links = re.findall(r'(?:href|action|src)="([^"]+)"', response.text)
    assert [link for link in links if code in link] == [f"https://t.me/SalurBogorBot?start=tiket-{code}"]
    assert code not in str(response.headers)
    assert "Location" not in response.headers


def test_nothing_personal_is_logged(mother, caplog):
    caplog.set_level("DEBUG")
    fields = filled("usulan")
    response = mother.sends("usulan", **fields)
    mother.looks(code_of(response), fields["nik"][-4:])
    logged = caplog.text
    for secret in (fields["nik"], fields["kk"], "Nur Hayati", code_of(response)):
        assert secret not in logged


def test_markup_in_what_was_typed_stays_text(mother, levels):
    nasty = '"><script>alert(1)</script>'
    assert nasty not in mother.sends("usulan", nama=nasty, rt="x").text
    code = code_of(mother.sends("sanggah"))
    levels.takes("asked", "dinsos", words=nasty)
    assert nasty not in mother.looks(code, "4321").text


def test_ways_on_lead_here(visitor):
    assert 'href="/pengajuan/usulan/diri"' in visitor.asks(a_nik(), "Budi").text
    assert 'href="/pengajuan/laporan"' in visitor.opens("/bantuan").text
    assert 'href="/pengajuan"' in visitor.opens("/").text


def test_the_card_may_be_lost(mother):
    assert "Sudah kami terima" in text_of(mother.sends("usulan", **filled("usulan", kk="")))


def test_an_rt_without_its_rw_is_asked_about(mother):
    response = mother.sends("laporan", **filled("laporan", rt="5", rw=""))
    assert response.status_code == 422
    assert "Isi juga nomor RW-nya" in text_of(response)
