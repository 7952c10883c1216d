"""Word on a phone, by its browser: begun after a right answer, answered from a notification, ended with one press."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salur.core.lists.kinds import State
from salur.core.notices.channels import Channel
from salur.core.tables.following import FollowRow
from salur.wiring import Services
from tests.fixtures.office import Announced, Office, Recipient, Reported
from tests.fixtures.proposals import rows
from tests.fixtures.services import Clock
from tests.web.conftest import read_off, text_of
from tests.web.following.conftest import Phone, told


@pytest.fixture
def mother(office: Office) -> Recipient:
    """Somebody who is on a list, with others."""
    mother = Recipient()
    office.publishes(mother, Recipient())
    return mother


def test_a_mother_reads_what_she_agrees_to_before_she_agrees(phone: Phone, mother: Recipient) -> None:
    phone.asks(mother.nik, mother.name)
    page = phone.opens("/kabar/hp")
    said = text_of(page)
    for word in ("juga saat HP terkunci", "tidak bisa membacanya", "Berhenti kapan saja", "HP orang lain?"):
        assert word in said
    assert page.headers["Cache-Control"] == "no-store"


def test_she_agrees_and_is_told_once(phone: Phone, mother: Recipient, services: Services) -> None:
    assert "Baik, kami kabari di HP ini." in text_of(phone.follows(mother))
    (row,) = rows(services, FollowRow)
    assert row.channel == Channel.PUSH
    again = text_of(phone.does(""))
    assert "sudah dikabari" in again
    assert len(rows(services, FollowRow)) == 1
    assert phone.does("/hitung").json == {"told": "HP ini dikabari tentang 1 jawaban.", "any": True}


def test_she_is_told_in_the_language_that_she_reads(
    phone: Phone, mother: Recipient, services: Services, office: Office, clock: Clock
) -> None:
    phone.opens("/bahasa/su")
    phone.follows(mother)
    office.announces(Announced())
    clock.passes(minutes=11)
    services.following.sweep()
    (notice,) = services.notices.take(channel=Channel.PUSH)
    assert notice.language == "su"


def test_without_an_answer_there_is_nothing_to_agree_to(phone: Phone, services: Services) -> None:
    assert "Cek dulu" in text_of(phone.opens("/kabar/hp"))
    assert phone.does("").status_code == 410
    phone.asks(Recipient().nik, "Budi")  # a miss
    assert phone.does("").status_code == 410
    assert rows(services, FollowRow) == []


def test_an_answer_that_is_over_begins_nothing(
    phone: Phone, mother: Recipient, services: Services, clock: Clock
) -> None:
    phone.asks(mother.nik, mother.name)
    clock.passes(minutes=16)
    late = phone.does("")
    assert late.status_code == 410
    assert "Belum jadi dikabari" in text_of(late)
    assert rows(services, FollowRow) == []


def test_what_is_marked_as_paid_is_contested_with_two_presses(
    phone: Phone, mother: Recipient, services: Services, office: Office, clock: Clock
) -> None:
    phone.follows(mother)
    office.hears(Reported(nik=mother.nik, status="paid"))
    follow, (ref,) = told(services, clock)
    phone.opens("/")
    page = phone.does("/buka", kabar=str(follow), tentang=ref)
    assert page.request.path == "/pengajuan/tentang"
    assert "Tercatat dibayar, tetapi belum diterima" in text_of(page)
    key = read_off(r'name="kunci" value="([^"]+)"', page.text)
    sent = {"csrf_token": phone.token(), "kunci": key, "cerita": ""}
    assert "Kode tiket" in phone.client.post("/pengajuan/tentang", data=sent, follow_redirects=True).text


def test_a_browser_without_buttons_finds_them_in_the_page(
    phone: Phone, mother: Recipient, services: Services, office: Office, clock: Clock
) -> None:
    phone.follows(mother)
    office.publishes(replace(mother, state=State.TAKEN_OFF), Recipient())
    follow, refs = told(services, clock)
    page = phone.does("/buka", kabar=str(follow), tentang="~".join(refs), lihat="1")
    assert (page.status_code, page.request.path) == (200, "/kabar/hp/buka")
    assert "Tahap 1 tahun 2026, atas nama S. M." in text_of(page)
    assert "nama ini tidak ada lagi" in text_of(page)  # what can be said something against
    key = read_off(r'action="/pengajuan/tentang".*?name="kunci" value="([^"]+)"', page.text)
    opened = phone.client.post(
        "/pengajuan/tentang", data={"csrf_token": phone.token(), "kunci": key}, follow_redirects=True
    )
    assert "Saya masih berhak" in text_of(opened)


def test_what_is_no_longer_so_says_so_and_asks_to_look_again(
    phone: Phone, mother: Recipient, services: Services, office: Office, clock: Clock
) -> None:
    phone.follows(mother)
    file = office.hears(Reported(nik=mother.nik, status="paid"))
    follow, (ref,) = told(services, clock)
    services.payments.undo(file)
    page = phone.does("/buka", kabar=str(follow), tentang=ref)
    assert page.status_code == 410
    assert "Keadaannya sudah berubah" in text_of(page)
    assert 'name="nomor"' in page.text


def test_the_worker_stays_at_its_address_and_is_asked_about_each_time(phone: Phone) -> None:
    script = phone.opens("/kabar-pekerja.js")
    assert script.mimetype == "text/javascript"
    assert "no-cache" in script.headers["Cache-Control"]
    again = phone.opens("/kabar-pekerja.js", headers={"If-None-Match": script.headers["ETag"]})
    assert again.status_code == 304
    for never in ('addEventListener("fetch"', "caches", "indexedDB", "importScripts"):
        assert never not in script.text
    assert "Ada kabar tentang bantuan Anda." in script.text
    phone.opens("/bahasa/en")
    assert "Ada kabar" not in phone.opens("/kabar-pekerja.js").text


def test_its_pictures_are_there(phone: Phone) -> None:
    worker = phone.opens("/kabar-pekerja.js").text
    for name in ("icon", "badge"):
        picture = phone.opens(read_off(f'{name}: "([^"]+)"', worker))
        assert (picture.status_code, picture.mimetype) == (200, "image/png")


def test_what_was_done_is_said_once_more_and_nothing_else(phone: Phone) -> None:
    assert phone.opens("/kabar/hp/hasil").location == "/kabar/hp"
    assert "tidak dikabari lagi" in text_of(phone.does("/berhenti"))
    assert "tidak dikabari lagi" in text_of(phone.opens("/kabar/hp/hasil"))
