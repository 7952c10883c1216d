"""Proposals at the site: the forms, the receipt, the ticket. No account, and no code in any address."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from salur.core.proposal_answers import Said
from salur.core.proposal_log import BODY, PHOTO
from salur.core.tables import PhotoRow, ProposalRow
from tests.core.test_photos import NOT_PHOTOS, SECRET, with_everything
from tests.fixtures.office import TEGAL_GUNDIL, Recipient, a_kk, a_nik
from tests.web.conftest import text_of

CODE = re.compile(r'class="code-large"><span aria-hidden="true">([0-9A-Z-]{14})<')
FORMS = ["usulan", "sanggah", "koreksi", "laporan"]


def filled(form, **changed):
    """A form as a mother of RT 3 RW 5 fills it in."""
    place = {"kelurahan": TEGAL_GUNDIL, "rw": "5", "rt": "003"}
    fields = {
        "usulan": {
            "untuk": "self", "nama": "Nur Hayati", "nik": a_nik(), "tanpa_nik": "", "kk": a_kk(), **place,
            "alasan": "income_lost", "cerita": "Suami berhenti kerja.", "telepon": "0812 0000 1111",
        },
        "sanggah": {
            "nama": "Dede Kurnia", **place, "nik": "",
            "alasan": "well_off", "cerita": "Punya dua ruko.", "angka": "4321",
        },
        "koreksi": {
            "nomor": a_nik(), "nama": "Siti Maesaroh", **place, "alasan": "name", "cerita": "Kurang satu huruf.",
        },
        "laporan": {
            "alasan": "levy", "siapa": "rt", "kelurahan": TEGAL_GUNDIL, "rw": "5", "rt": "3",
            "kapan": "Selasa pagi", "cerita": "Diminta Rp50.000.", "kontak": "",
        },
    }  # fmt: skip
    return {**fields[form], **changed}


class Sender:
    """A phone with the forms open."""

    def __init__(self, visitor):
        self.client = visitor.client
        self.token = visitor.token()

    def sends(self, form, files=(), **changed):
        """Fill in a form and send it."""
        fields = {"csrf_token": self.token, **filled(form, **changed)}
        if not files:
            return self.client.post(f"/pengajuan/{form}", data=fields)
        # Bytes, because the test client leaves the temporary file open that it would make of more.
        photos = [FileStorage(io.BytesIO(data), name) for name, data in files]
        boundary, body = encode_multipart({**fields, "foto": photos})
        kind = f"multipart/form-data; boundary={boundary}"
        return self.client.post(f"/pengajuan/{form}", data=body, content_type=kind)

    def looks(self, code, digits, what="status", **more):
        """Open a ticket."""
        fields = {"csrf_token": self.token, "kode": code, "angka": digits, **more}
        return self.client.post("/pengajuan/" + what, data=fields)


@pytest.fixture
def mother(visitor):
    """Someone with a phone."""
    return Sender(visitor)


def code_of(response):
    """The code on a receipt."""
    found = CODE.search(response.text)
    assert found, text_of(response)
    return found[1]


def kept(services):
    """What was sealed with the newest proposal."""
    with services.database.reading() as connection:
        row = connection.execute(ProposalRow.__table__.select().order_by(ProposalRow.id.desc())).first()
    return Said.of(services.proposals._vault.open_json(row.sealed_body, BODY, row.id))


def count(services, table):
    """How many rows there are."""
    with services.database.reading() as connection:
        return len(connection.execute(table.__table__.select()).all())


@pytest.mark.parametrize("form", FORMS)
def test_each_form_sent_gives_a_code_that_opens_the_ticket(mother, services, form):
    fields = filled(form)
    digits = {"usulan": fields.get("nik", "")[-4:], "sanggah": "4321", "koreksi": fields.get("nomor", "")[-4:]}.get(
        form, ""
    )
    response = mother.sends(form, **fields)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    ticket = mother.looks(code_of(response), digits)
    assert "sekarang ada di Dinas Sosial" in text_of(ticket)
    assert "Kami terima." in text_of(ticket)


def test_what_was_typed_arrives(mother, services):
    nik, kk = a_nik(), a_kk()
    mother.sends("usulan", nik=f"{nik[:4]} {nik[4:8]} {nik[8:]}", kk=kk)
    said = kept(services)
    assert (said.nik.reveal(), said.kk.reveal(), said.name) == (nik, kk, "Nur Hayati")
    assert (said.place.region_code, said.place.rw, said.place.rt) == (TEGAL_GUNDIL, 5, 3)
    assert (said.reason, said.whom, said.phone) == ("income_lost", "self", "0812 0000 1111")


def test_a_code_is_read_however_it_is_typed(mother):
    code = code_of(mother.sends("laporan"))
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert "Laporan ini sekarang ada di Dinas Sosial" in text_of(mother.looks(typed, ""))


def test_a_slip_in_the_code_is_said_and_costs_no_try(mother):
    code = code_of(mother.sends("sanggah"))
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    for _ in range(5):
        response = mother.looks(wrong, "4321")
        assert response.status_code == 422
        assert "Ada satu huruf atau angka yang salah" in text_of(response)
    assert "Sanggahan ini sekarang ada" in text_of(mother.looks(code, "4321"))


def test_wrong_code_and_wrong_digits_get_the_same_words(mother):
    from salur.core.ticket_codes import TicketCode

    code = code_of(mother.sends("sanggah"))
    one, other = mother.looks(code, "0001"), mother.looks(TicketCode.new().grouped, "4321")
    said = "Kode dan empat angka itu tidak cocok."
    assert said in text_of(one)
    assert said in text_of(other)
    assert one.status_code == other.status_code == 422


def test_after_three_misses_the_ticket_is_closed(mother):
    code = code_of(mother.sends("sanggah"))
    for digits in ("0001", "0002", "0003"):
        mother.looks(code, digits)
    response = mother.looks(code, "4321")
    assert response.status_code == 429
    assert "tiket ini ditutup sampai" in text_of(response)


@pytest.mark.parametrize(
    ("form", "field", "value", "said"),
    [
        ("usulan", "nik", "327105", "NIK dan nomor KK punya 16 angka. Yang Anda ketik baru 6."),
        ("usulan", "nik", "", "Ketik NIK. Belum punya? Pilih alasannya di bawah."),
        ("usulan", "nama", "123", "Nama belum diisi."),
        ("usulan", "kelurahan", "", "Pilih kelurahan tempat tinggalnya."),
        ("usulan", "kelurahan", "99.99.99.9999", "Pilih kelurahan tempat tinggalnya."),
        ("usulan", "rt", "tiga", "RT: ketik nomornya saja, misalnya 3."),
        ("usulan", "rw", "", "RW: ketik nomornya saja, misalnya 5."),
        ("usulan", "untuk", "presiden", "Pilih dulu untuk siapa."),
        ("usulan", "alasan", "", "Pilih dulu alasannya."),
        ("usulan", "telepon", "telepon saja", "Nomor HP hanya berisi angka"),
        ("usulan", "cerita", "a" * 1001, "Tulisannya terlalu panjang."),
        ("sanggah", "cerita", "", "Tulis dulu dengan kata-kata Anda sendiri."),
        ("sanggah", "angka", "32710", "Ketik empat angka terakhir saja."),
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
    assert (said.name, said.nik, said.phone, said.place.region_code) == ("", None, "", "32.71")


def test_four_digits_of_the_objector_are_kept_nowhere(mother, services):
    from sqlalchemy import text

    mother.sends("sanggah", angka="9753")
    body = kept(services)
    assert "9753" not in f"{body.words}{body.name}{body.phone}{body.who}{body.when}"
    with services.database.reading() as connection:
        for table in ("proposal", "proposal_event", "proposal_ticket"):
            assert "9753" not in str(connection.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608


class TestPhotos:
    """Three photos of a house, and what is not one."""

    def test_photos_are_kept_as_pixels_only(self, mother, services):
        mother.sends("usulan", files=[("rumah.jpg", with_everything())] * 3)
        with services.database.reading() as connection:
            rows = connection.execute(PhotoRow.__table__.select()).all()
        assert len(rows) == 3
        for row in rows:
            jpeg = services.proposals._vault.open(row.sealed_jpeg, PHOTO, row.id)
            assert SECRET not in jpeg
            with Image.open(io.BytesIO(jpeg)) as image:
                assert not image.getexif()

    @pytest.mark.parametrize("what", [name for name in NOT_PHOTOS if name != "empty"])
    def test_what_is_no_photo_is_refused_and_the_rest_is_kept(self, mother, services, what):
        response = mother.sends("usulan", files=[("rumah.jpg", NOT_PHOTOS[what])])
        assert response.status_code == 422
        page = text_of(response)
        assert "Itu bukan foto yang bisa kami buka." in page
        assert "foto perlu dipilih lagi" in page
        assert "Nur Hayati" in response.text
        assert count(services, ProposalRow) == count(services, PhotoRow) == 0

    def test_four_are_too_many_and_five_megabytes_too_large(self, mother):
        photo = with_everything()
        assert "Paling banyak 3 foto." in text_of(mother.sends("usulan", files=[("a.jpg", photo)] * 4))
        assert "paling besar 5 MB" in text_of(mother.sends("usulan", files=[("a.jpg", photo + bytes(5 * 2**20))]))

    def test_more_than_all_together_may_be_is_said_kindly(self, mother, services):
        body = b"--x\r\n" + bytes(17 * 2**20)
        response = mother.client.post("/pengajuan/usulan", data=body, content_type="multipart/form-data; boundary=x")
        assert response.status_code == 413
        assert "pilih foto yang lebih kecil" in text_of(response)
        assert count(services, ProposalRow) == 0

    def test_other_forms_take_no_files(self, mother, services):
        data = {"csrf_token": mother.token, **filled("laporan"), "foto": (io.BytesIO(bytes(100_000)), "a.jpg")}
        assert mother.client.post("/pengajuan/laporan", data=data).status_code == 413


class TestTickets:
    """What a ticket shows, and what can be done with it."""

    def test_a_question_is_answered_on_the_ticket(self, mother, levels):
        code = code_of(mother.sends("sanggah"))
        levels.takes("asked", "dinsos", words="Sejak kapan rukonya?")
        page = mother.looks(code, "4321")
        assert "Ada pertanyaan untuk Anda dari Dinas Sosial." in text_of(page)
        assert "Sejak kapan rukonya?" in text_of(page)
        done = mother.looks(code, "4321", "status/jawab", kata="Sejak 2024")
        assert "Jawaban Anda sudah kami terima." in text_of(done)
        assert "Sejak 2024" not in done.text

    def test_a_no_is_told_with_its_reason_and_the_way_to_object(self, mother, levels):
        fields = filled("usulan")
        code, digits = code_of(mother.sends("usulan", **fields)), fields["nik"][-4:]
        levels.takes("rejected", "dinsos", "well_off", words="Punya mobil")
        page = text_of(mother.looks(code, digits))
        for said in ("Usulan ini tidak disetujui Dinas Sosial.", "Alasannya: sudah mampu.", "Punya mobil",
                     "Jumat, 6 Maret 2026, pukul 12.00 WIB"):  # fmt: skip
            assert said in page
        empty = mother.looks(code, digits, "status/keberatan", kata="")
        assert "Tulis dulu dengan kata-kata Anda sendiri." in text_of(empty)
        done = text_of(mother.looks(code, digits, "status/keberatan", kata="Mobil itu milik majikan"))
        assert "Keberatan Anda sudah kami terima." in done
        again = mother.looks(code, digits, "status/keberatan", kata="Lagi")
        assert again.status_code == 409

    def test_what_is_late_says_so(self, mother, clock):
        fields = filled("koreksi")
        code = code_of(mother.sends("koreksi", **fields))
        assert "Paling lambat dijawab Senin, 23 Februari 2026, pukul 12.00 WIB." in text_of(
            mother.looks(code, fields["nomor"][-4:])
        )
        clock.passes(hours=73)
        assert "Seharusnya sudah dijawab" in text_of(mother.looks(code, fields["nomor"][-4:]))

    def test_who_is_granted_reads_so_first(self, mother, office):
        fields = filled("usulan")
        code = code_of(mother.sends("usulan", **fields))
        office.publishes(Recipient(nik=fields["nik"], name=fields["nama"].upper()))
        page = text_of(mother.looks(code, fields["nik"][-4:]))
        assert "Terdaftar. Nama ini sekarang ada di daftar penerima bantuan." in page

    def test_a_wrong_code_loses_no_answer(self, mother):
        response = mother.looks("AAAA", "4321", "status/jawab", kata="Sejak 2024")
        assert "Sejak 2024" in response.text
        assert 'action="/pengajuan/status/jawab"' in response.text


def test_a_double_gets_the_same_receipt(mother, services):
    nik = a_nik()
    first, second = mother.sends("sanggah", nik=nik), mother.sends("sanggah", nik=nik)
    without = [CODE.sub("", response.text) for response in (first, second)]
    spoken = re.compile(r'<span class="unseen">[^<]*</span>')
    assert spoken.sub("", without[0]) == spoken.sub("", without[1])
    assert count(services, ProposalRow) == 1


class TestCorrectionsAfterACheck:
    """Whoever has just checked need not say again who he is."""

    @pytest.fixture
    def key(self, visitor, office):
        """The pass on an answer page."""
        self.nik = a_nik()
        office.publishes(Recipient(nik=self.nik))
        answer = visitor.asks(self.nik, "Siti Maesaroh")
        return re.search(r'name="kunci" value="([^"]+)"', answer.text)[1]

    def test_the_pass_says_whom_it_is_about(self, mother, key, services):
        data = {"csrf_token": mother.token, "kunci": key}
        asked = mother.client.post("/pengajuan/koreksi", data=data)
        assert asked.status_code == 200
        assert "Nomor dan nama tidak perlu diketik lagi" in text_of(asked)
        assert "Ada yang perlu diperbaiki" not in text_of(asked)
        assert 'name="nomor"' not in asked.text
        done = mother.client.post("/pengajuan/koreksi", data={**data, "alasan": "name", "cerita": "MAESARO"})
        assert "sekarang ada di" in text_of(mother.looks(code_of(done), self.nik[-4:]))
        said = kept(services)
        assert (said.nik.reveal(), said.name, said.place.rt) == (self.nik, "SITI MAESAROH", 3)

    def test_a_pass_that_ran_out_asks_for_number_and_name_and_keeps_the_words(self, mother, key, clock, services):
        clock.passes(minutes=16)
        data = {"csrf_token": mother.token, "kunci": key, "alasan": "name", "cerita": "Tertulis MAESARO"}
        response = mother.client.post("/pengajuan/koreksi", data=data)
        assert response.status_code == 422
        assert 'name="nomor"' in response.text
        assert "Tertulis MAESARO" in response.text
        assert count(services, ProposalRow) == 0

    def test_a_made_up_pass_opens_nothing(self, mother, services):
        data = {"csrf_token": mother.token, "kunci": "AAAA", "alasan": "name", "cerita": "x"}
        assert mother.client.post("/pengajuan/koreksi", data=data).status_code == 422
        assert count(services, ProposalRow) == 0


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
    assert 'href="/pengajuan/usulan"' in visitor.asks(a_nik(), "Budi").text
    assert 'href="/pengajuan/laporan"' in visitor.opens("/bantuan").text
    assert 'href="/pengajuan"' in visitor.opens("/").text


def test_the_card_may_be_lost(mother):
    assert "Sudah kami terima" in text_of(mother.sends("usulan", **filled("usulan", kk="")))


def test_an_rt_without_its_rw_is_asked_about(mother):
    response = mother.sends("laporan", **filled("laporan", rt="5", rw=""))
    assert response.status_code == 422
    assert "Isi juga nomor RW-nya" in text_of(response)
