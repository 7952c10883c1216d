"""Heads hand letters over on the site: a tap each, all of an RT, and taken back."""

from __future__ import annotations

import re

import pytest

from salur.core.limits.kinds import Door
from tests.fixtures.circulars import BANTAR_JATI
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient

HOME = "/surat/serah"


@pytest.fixture
def printed(office, press):
    """Two letters of RT 3, one of RT 4."""
    office.publishes(
        Recipient(name="SITI MAESAROH", address="Jl. Roda No. 12"),
        Recipient(name="NENENG YATI", address="Jl. Roda No. 5"),
        Recipient(name="ASEP SUNANDAR", rt=4),
    )
    office.announces(Announced())
    return press.prints()


def letters_on(page: str) -> dict[str, str]:
    """Whose letters have a button, with the id it sends."""
    found = re.findall(r'name="surat" value="(\d+)"[^>]*>[^<]*<span class="unseen"> ([^<]+)</span>', page)
    return {name: id for id, name in found}


def test_a_head_taps_once_for_each_letter(printed, enters):
    head = enters("rt")
    page = head.opens(HOME).text
    assert list(letters_on(page)) == ["NENENG YATI", "SITI MAESAROH"]
    assert "3271/000001" in page
    assert "Selasa, 24 Februari 2026, pukul 08.00–11.00 WIB" in page
    assert "ASEP" not in page
    assert "Jl. Roda" not in page
    done = head.posts(HOME, surat=letters_on(page)["SITI MAESAROH"])
    assert (done.status_code, done.location) == (303, f"{HOME}?dicatat=1")
    after = head.opens(done.location).text
    assert "surat <strong>SITI MAESAROH</strong> sudah diserahkan" in after
    assert list(letters_on(after)) == ["NENENG YATI"]
    assert "2 surat dicetak: 1 diserahkan, 1 belum, 0 diganti, 0 ditarik." in after


def test_it_is_taken_back_at_once_or_from_the_list_of_those_handed_over(printed, enters, clock):
    head = enters("rt")
    mine = letters_on(head.opens(HOME).text)
    head.posts(HOME, surat=mine["SITI MAESAROH"])
    back = head.posts(f"{HOME}/batal")
    assert "Dibatalkan: 1 surat belum diserahkan." in head.opens(back.location).text
    head.posts(HOME, surat=mine["NENENG YATI"])
    handed = head.opens(f"{HOME}?keadaan=sudah").text
    assert list(letters_on(handed)) == ["NENENG YATI"]
    head.posts(f"{HOME}/batal", surat=mine["NENENG YATI"], keadaan="sudah")
    assert "Belum ada surat yang diserahkan." in head.opens(f"{HOME}?keadaan=sudah").text
    head.posts(HOME, surat=mine["NENENG YATI"])
    clock.passes(minutes=11)
    assert letters_on(head.opens(f"{HOME}?keadaan=sudah").text) == {}
    late = head.posts(f"{HOME}/batal", surat=mine["NENENG YATI"])
    assert (late.status_code, "Tidak bisa dibatalkan lagi." in late.text) == (422, True)


def test_all_of_an_rt_at_once_after_looking_at_it(printed, enters):
    rw = enters("rw")
    assert "Semua surat RT ini" not in rw.opens(HOME).text
    page = rw.opens(f"{HOME}?bagian=5-3").text
    assert "Ya, 2 surat sudah diserahkan" in page
    assert rw.posts(f"{HOME}/semua", bagian="5-3", jumlah="3").status_code == 422
    assert rw.posts(f"{HOME}/semua", bagian="5-3").status_code == 422
    done = rw.posts(f"{HOME}/semua", bagian="5-3", jumlah="2")
    after = rw.opens(done.location).text
    assert "2 surat dicatat sudah diserahkan." in after
    assert "Semua surat sudah diserahkan. Terima kasih." in after
    assert list(letters_on(rw.opens(HOME).text)) == ["ASEP SUNANDAR"]


def test_a_letter_that_was_replaced_is_refused_in_words(printed, enters, press, clock):
    head = enters("rt")
    before = letters_on(head.opens(HOME).text)
    clock.passes(minutes=5)
    press.prints()
    refused = head.posts(HOME, surat=before["SITI MAESAROH"])
    assert refused.status_code == 422
    assert "Surat itu sudah diganti atau ditarik. Jangan diserahkan" in refused.text
    assert before["SITI MAESAROH"] not in letters_on(refused.text).values()


@pytest.mark.parametrize("typed", ["", "x", "0", "99999999999999999999", "9223372036854775808"])
def test_a_letter_that_is_none_is_refused(printed, enters, typed):
    assert enters("rt").posts(HOME, surat=typed).status_code in (404, 422)


def test_neighbours_letters_are_out_of_reach(printed, enters, press, services):
    shown = services.handing.letters(press.officer, door=Door.SITE)
    foreign = next(one.id for one in shown.letters if one.name == "ASEP SUNANDAR")
    head = enters("rt")
    assert head.opens(f"{HOME}?bagian=5-4").status_code == 404
    assert head.opens(f"{HOME}?kelurahan={BANTAR_JATI}").status_code == 404
    assert "ASEP" not in head.posts(HOME, surat=foreign).text
    assert head.posts(f"{HOME}/semua", bagian="5-4", jumlah="1").status_code == 404
    assert services.handing.letters(press.officer, door=Door.SITE).counts.handed == 0


def test_juru_bayar_and_dinas_sosial_only_look(printed, enters):
    for role in ("payout", "dinsos", "kecamatan"):
        browser = enters(role)
        assert "Pilih kelurahan." in browser.opens(HOME).text
        page = browser.opens(f"{HOME}?kelurahan={TEGAL_GUNDIL}").text
        assert "NENENG YATI" in page
        assert letters_on(page) == {}
        assert browser.posts(HOME, surat="1", kelurahan=TEGAL_GUNDIL).status_code == 403


def test_without_letters_the_page_says_what_comes(enters):
    page = enters("rt").opens(HOME).text
    assert "Belum ada surat untuk wilayah ini." in page
    assert "Tidak ada yang perlu Anda kerjakan." in page


def test_the_first_page_counts_what_waits(printed, enters):
    assert 'href="/surat/serah"><strong class="count">2</strong>' in enters("rt").opens("/petugas").text


def test_the_list_to_walk_with_comes_as_a_pdf(printed, enters):
    head = enters("rt")
    assert 'formaction="/wilayah/surat.pdf"' in head.opens("/wilayah").text
    file = head.posts("/wilayah/surat.pdf")
    assert file.data.startswith(b"%PDF")
    assert file.headers["Cache-Control"] == "no-store"
    assert enters("dinsos").posts("/wilayah/surat.pdf").location == "/wilayah"
