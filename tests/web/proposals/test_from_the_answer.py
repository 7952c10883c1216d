"""From the answer to the act in one tap, and what was sent comes back: by a reload, *back* or another language."""

from __future__ import annotations

import re

import pytest

from salur.core.tables.proposals import ProposalRow
from tests.fixtures.office import Recipient, Reported
from tests.web.conftest import Visitor, read_off, text_of
from tests.web.proposals.conftest import CODE, code_of, count, filled, kept

KEY = re.compile(r'action="/pengajuan/tentang" method="post">.*?name="kunci" value="([^"]+)"', re.S)
ADDRESS = "/pengajuan/tentang"


@pytest.fixture
def paid(office):
    """Listed, and paid as PT Pos says."""
    paid = Recipient()
    office.publishes(paid)
    office.hears(Reported(nik=paid.nik, name=paid.name))
    return paid


@pytest.fixture
def taps(visitor):
    """Press the button on the answer, without going on to where it leads."""

    def presses(who):
        page = visitor.asks(who.nik, who.name).text
        token = read_off(r'name="csrf_token" value="([^"]+)"', page)
        return visitor.client.post(ADDRESS, data={"csrf_token": token, "kunci": read_off(KEY.pattern, page)})

    return presses


def fields_of(page):
    """What the one button of the page sends."""
    return {name: read_off(rf'name="{name}" value="([^"]+)"', page.text) for name in ("csrf_token", "kunci")}


def test_one_tap_opens_a_page_with_everything_filled_in_that_has_an_address(visitor, paid, taps):
    tapped = taps(paid)
    assert (tapped.status_code, tapped.location, tapped.headers["Cache-Control"]) == (303, ADDRESS, "no-store")
    page = visitor.opens(ADDRESS)
    for fact in ("Program Keluarga Harapan, Tahap 1 tahun 2026", "Rp600.000", "12 Februari 2026, di Kantor Pos Bogor",
                 "S. M.", "SK Dinsos 460/12/2026", "langsung ke Dinas Sosial"):  # fmt: skip
        assert fact in text_of(page)
    for asked in ("nik", "nomor", "nama", "kelurahan"):
        assert f'name="{asked}"' not in page.text
    assert paid.nik not in page.text
    assert "MAESAROH" not in page.text
    assert text_of(visitor.opens(ADDRESS)) == text_of(page)
    assert "Kantor Pos Bogor" in text_of(visitor.opens("/bahasa/en?ke=" + ADDRESS, follow_redirects=True))


def test_sent_with_one_button_and_seen_by_dinas_sosial(visitor, paid, taps, services, chain, signed_in):
    taps(paid)
    page = visitor.opens(ADDRESS)
    sent = visitor.client.post(ADDRESS, data={**fields_of(page), "cerita": ""}, follow_redirects=True)
    assert sent.request.path == "/pengajuan/terkirim"
    assert "kode ini dan nama penerimanya" in text_of(sent)
    (id,) = chain.waiting(chain.dinsos)
    case = text_of(signed_in(chain.dinsos).opens(f"/kotak/{id}"))
    assert "Tercatat dibayar 12 Februari 2026, di Kantor Pos Bogor" in case
    assert "Program Keluarga Harapan, Tahap 1 tahun 2026" in case
    assert kept(services).name == "SITI MAESAROH"


def test_sent_twice_it_is_one_ticket_and_of_another_phone_another(visitor, paid, taps, services, app):
    taps(paid)
    fields = {**fields_of(visitor.opens(ADDRESS)), "cerita": ""}
    codes = {code_of(visitor.client.post(ADDRESS, data=fields, follow_redirects=True)) for _ in range(3)}
    assert len(codes) == count(services, ProposalRow) == 1
    stranger = Visitor(app)
    theirs = {**fields, "csrf_token": stranger.token()}
    assert code_of(stranger.client.post(ADDRESS, data=theirs, follow_redirects=True)) not in codes


def test_who_was_taken_off_presses_that_they_are_still_entitled(visitor, office, taps, services):
    dropped = Recipient(name="DEDE KURNIA")
    office.publishes(dropped, period="2025-T4")
    office.publishes(Recipient(name="EUIS"))
    taps(dropped)
    page = visitor.opens(ADDRESS)
    for fact in ("Saya masih berhak", "Terdaftar sampai Tahap 4 tahun 2025", "Tidak ada lagi di daftar Tahap 1"):
        assert fact in text_of(page)
    visitor.client.post(ADDRESS, data={**fields_of(page), "cerita": "Tidak ada yang berubah."})
    assert (kept(services).reason, kept(services).words) == ("still_entitled", "Tidak ada yang berubah.")


def test_a_sentence_that_is_too_long_comes_back_with_the_facts(visitor, paid, taps, services):
    taps(paid)
    fields = fields_of(visitor.opens(ADDRESS))
    response = visitor.client.post(ADDRESS, data={**fields, "cerita": "a" * 1001})
    assert response.status_code == 422
    assert "Kantor Pos Bogor" in text_of(response)
    assert "Tulisannya terlalu panjang." in text_of(response)
    assert count(services, ProposalRow) == 0


def test_a_pass_that_ran_out_says_so_and_gives_the_words_back(visitor, paid, taps, clock, services):
    taps(paid)
    fields = fields_of(visitor.opens(ADDRESS))
    clock.passes(minutes=16)
    response = visitor.client.post(ADDRESS, data={**fields, "cerita": "Saya ke sana dua kali."})
    assert response.status_code == 410
    assert "Belum ada yang terkirim." in text_of(response)
    assert "Saya ke sana dua kali." in text_of(response)
    assert visitor.opens(ADDRESS).status_code == 410
    assert count(services, ProposalRow) == 0


@pytest.mark.parametrize("key", ["", "AAAA", "1", "eyJ1bnRpbCI6OTk5OTk5OTk5OX0="])
def test_made_up_passes_open_and_send_nothing(visitor, paid, services, key):
    token = visitor.token()
    for more in ({}, {"cerita": "x"}):
        response = visitor.client.post(ADDRESS, data={"csrf_token": token, "kunci": key, **more})
        assert response.status_code == 410
    assert count(services, ProposalRow) == 0


@pytest.mark.parametrize("form", ["usulan", "sanggah", "koreksi", "laporan"])
def test_what_was_sent_comes_back_and_is_not_sent_again(mother, visitor, services, clock, form):
    fields = filled(form)
    receipt = mother.sends(form, **fields)
    assert receipt.request.path == "/pengajuan/terkirim"
    code = code_of(receipt)
    clock.passes(minutes=14)
    assert code_of(visitor.opens("/pengajuan/terkirim")) == code
    english = visitor.opens("/bahasa/en?ke=/pengajuan/terkirim", follow_redirects=True)
    assert code_of(english) == code
    assert '<html lang="en">' in english.text
    visitor.opens("/bahasa/id?ke=/")
    assert code_of(mother.sends(form, **fields)) == code
    assert count(services, ProposalRow) == 1
    clock.passes(minutes=15)
    assert visitor.opens("/pengajuan/terkirim").location == "/pengajuan/status"


def test_no_cookie_and_no_address_tells_a_code_and_nobody_else_opens_the_receipt(mother, visitor, app):
    fields = {"csrf_token": mother.token, **filled("usulan")}
    sent = mother.client.post("/pengajuan/usulan", data=fields)
    assert (sent.status_code, sent.location, sent.headers["Cache-Control"]) == (303, "/pengajuan/terkirim", "no-store")
    code = code_of(visitor.opens("/pengajuan/terkirim")).replace("-", "")
    assert code not in str(sent.headers)
    assert not CODE.search(Visitor(app).opens("/pengajuan/terkirim", follow_redirects=True).text)


def test_a_ticket_comes_back_as_it_is_now_and_an_answer_is_sent_once(mother, visitor, levels):
    code = code_of(mother.sends("sanggah"))
    levels.takes("asked", "dinsos", words="Sejak kapan rukonya?")
    assert mother.looks(code, "Wawan Setiawan").request.path == "/pengajuan/tiket"
    done = mother.looks(code, "Wawan Setiawan", "status/jawab", kata="Sejak 2024")
    assert "Jawaban Anda sudah kami terima." in text_of(done)
    assert text_of(visitor.opens("/pengajuan/tiket")) == text_of(done)
    levels.takes("rejected", "dinsos", "not_proven")
    assert "tidak disetujui" in text_of(visitor.opens("/pengajuan/tiket"))


def test_on_a_strangers_phone_all_of_it_is_closed_by_one_button(mother, visitor, paid, taps, services):
    fields = filled("laporan")
    code = code_of(mother.sends("laporan", **fields))
    mother.looks(code, "")
    taps(paid)
    visitor.client.post("/jawaban", data={"csrf_token": mother.token})
    for address in ("/jawaban", "/pengajuan/terkirim", "/pengajuan/tiket"):
        assert visitor.opens(address).status_code == 303
    assert visitor.opens(ADDRESS).status_code == 410
    mother.token = visitor.token()
    assert code_of(mother.sends("laporan", **fields)) != code, "whoever sends now is another"
