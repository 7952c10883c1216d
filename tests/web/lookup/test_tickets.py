"""The field of the first page takes tickets too, and says so."""

from __future__ import annotations

from tests.fixtures.office import a_nik
from tests.fixtures.proposals import a_draft
from tests.web.conftest import read_off, text_of

NAME = "Siti Maesaroh"


def test_the_first_page_names_the_ticket(visitor):
    page = text_of(visitor.opens("/"))
    assert "NIK, nomor KK, kode surat, atau kode tiket" in page
    with_letters = text_of(visitor.opens("/?kode=1"))
    assert "tanda terima pengajuan" in with_letters
    assert "Untuk tiket: nama yang diketik waktu mengirim" in with_letters


def test_code_and_name_open_the_page_of_the_ticket(visitor, sender):
    code = sender.sends().code.grouped
    response = visitor.asks(code, NAME)
    assert response.status_code == 200
    assert "Usulan ini sekarang ada di" in text_of(response)
    assert "Kami kenali sebagai kode tiket." in text_of(response)
    assert response.headers["Cache-Control"] == "no-store"
    assert "Location" not in response.headers


def test_a_question_is_answered_from_there_with_the_name_carried_along(visitor, sender, levels):
    code = sender.sends().code.grouped
    levels.takes("asked", "dinsos", words="Berapa anaknya?")
    page = visitor.asks(code, NAME).text
    address = read_off(r'action="(/pengajuan/status/jawab)"', page)
    assert code not in address
    fields = {name: read_off(rf'name="{name}" value="([^"]*)"', page) for name in ("csrf_token", "kode", "nama")}
    assert (fields["kode"], fields["nama"]) == (code, NAME)
    empty = visitor.client.post(address, data={**fields, "kata": ""})
    assert "Tulis dulu dengan kata-kata Anda sendiri." in text_of(empty)
    done = visitor.client.post(address, data={**fields, "kata": "Tiga."}, follow_redirects=True)
    assert "Jawaban Anda sudah kami terima." in text_of(done)


def test_a_name_may_be_missing_for_a_ticket_and_nothing_else(visitor, sender):
    report = sender.sends(a_draft("laporan")).code.grouped
    assert "Laporan ini sekarang ada di" in text_of(visitor.asks(report, ""))
    for number in (a_nik(), "PBP0040", "halo"):
        response = visitor.asks(number, "")
        assert response.status_code == 422
        assert "Nama belum diisi." in text_of(response)
    assert "Namanya terlalu panjang." in text_of(visitor.asks(report, "A" * 101))


def test_what_does_not_go_together_comes_back_as_it_was_typed(visitor, sender):
    code = sender.sends().code.grouped
    response = visitor.asks(code, "Dede Kurnia")
    assert response.status_code == 422
    assert "Kode dan nama itu tidak cocok." in text_of(response)
    assert "Kami kenali sebagai kode tiket." in text_of(response)
    assert f'value="{code}"' in response.text
    assert 'value="Dede Kurnia"' in response.text
    assert 'inputmode="text"' in response.text


def test_after_three_misses_the_page_says_that_the_ticket_is_closed(visitor, sender):
    code = sender.sends().code.grouped
    for _ in range(3):
        visitor.asks(code, "Dede Kurnia")
    response = visitor.asks(code, NAME)
    assert response.status_code == 429
    assert "<h1><strong>Tiket ini ditutup sementara</strong></h1>" in response.text
    assert "omor ini" not in text_of(response)


def test_the_page_that_receipts_name_asks_the_same_two_questions(visitor, sender):
    first, named = visitor.opens("/"), visitor.opens("/pengajuan/status")
    asked = r'(<input id="nama".*?aria-describedby="nama-hint">)'
    assert read_off(asked, first.text) == read_off(asked, named.text)
    token = visitor.token()
    code = sender.sends().code.grouped
    fields = {"csrf_token": token, "kode": code, "nama": NAME}
    shown = visitor.client.post("/pengajuan/status", data=fields, follow_redirects=True)
    assert text_of(shown) == text_of(visitor.asks(code, NAME))
    assert visitor.opens(f"/pengajuan/status?kode={code}&nama={NAME}").text.count(code) == 0


def test_nowhere_is_anybody_asked_for_four_digits(visitor, sender):
    pages = ["/", "/?kode=1", "/bantuan", "/privasi", "/pengajuan", "/pengajuan/status"]
    pages += [f"/pengajuan/{kind}" for kind in ("usulan", "sanggah", "koreksi", "laporan")]
    for address in pages:
        told = text_of(visitor.opens(address))
        assert "mpat angka" not in told, address
        assert "angka terakhir" not in told, address
