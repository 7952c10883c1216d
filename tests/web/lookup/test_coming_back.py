"""An answer is reached again without typing, for a quarter of an hour: by *back*, a reload, or another language."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from salur.core.errors import Refused
from salur.core.people.ticket_codes import TicketCode
from salur.core.tables.limits import TallyRow
from salur.core.tables.privacy import AccessRow
from tests.fixtures.office import Recipient, a_kk, a_nik
from tests.web.conftest import Visitor, read_off, text_of


@pytest.fixture
def mother(office):
    mother = Recipient()
    office.publishes(mother)
    return mother


def counted(services):
    """What is written of tries and looks."""
    with services.database.reading() as connection:
        tallies = connection.execute(select(TallyRow.tries, TallyRow.since).order_by(TallyRow.key)).all()
        return tallies, connection.scalar(select(func.count()).select_from(AccessRow))


def test_an_answer_has_an_address_that_tells_nothing(visitor, mother):
    token = visitor.token()
    sent = visitor.client.post("/cek", data={"csrf_token": token, "nomor": mother.nik, "nama": mother.name})
    assert (sent.status_code, sent.location, sent.headers["Cache-Control"]) == (303, "/jawaban", "no-store")
    assert mother.nik not in sent.text
    shown = visitor.opens("/jawaban")
    assert shown.headers["Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in shown.text


def test_reloading_says_the_same_and_counts_nothing(visitor, mother, services):
    first = visitor.asks(mother.nik, mother.name)
    assert "Kami kenali sebagai NIK." in text_of(first)
    before = counted(services)
    for _ in range(5):
        assert text_of(visitor.opens("/jawaban")) == text_of(first)
    assert counted(services) == before


def test_another_language_keeps_the_answer(visitor, mother):
    page = visitor.asks(mother.nik, mother.name)
    address = read_off(r'href="(/bahasa/en[^"]*)"', page.text)
    assert address == "/bahasa/en?ke=/jawaban"
    english = visitor.opens(address, follow_redirects=True)
    assert english.request.path == "/jawaban"
    assert '<html lang="en">' in english.text
    assert "Rp600,000" in text_of(english)


def test_after_a_quarter_of_an_hour_it_is_closed_and_the_form_says_so(visitor, mother, clock):
    visitor.asks(mother.nik, mother.name)
    clock.passes(minutes=14)
    assert visitor.opens("/jawaban").status_code == 200
    clock.passes(minutes=1)
    gone = visitor.opens("/jawaban")
    assert gone.status_code == 410
    assert "Jawaban tadi sudah ditutup" in text_of(gone)
    assert visitor.opens("/jawaban").location == "/"


def test_looking_again_makes_no_pass_last_longer(visitor, mother, clock):
    visitor.asks(mother.nik, mother.name)
    clock.passes(minutes=10)
    again = visitor.opens("/jawaban")
    fields = {name: read_off(rf'name="{name}" value="([^"]+)"', again.text) for name in ("csrf_token", "kunci")}
    assert visitor.client.post("/data-saya", data=fields, follow_redirects=True).status_code == 200
    clock.passes(minutes=5)
    assert visitor.client.post("/data-saya", data=fields, follow_redirects=True).status_code == 410


def test_on_a_strangers_phone_it_is_closed_by_a_button(visitor, mother):
    page = visitor.asks(mother.nik, mother.name)
    token = read_off(
        r'action="/jawaban" method="post">\s*<input type="hidden" name="csrf_token" value="([^"]+)"', page.text
    )
    assert visitor.client.post("/jawaban", data={"csrf_token": token}).location == "/"
    assert visitor.opens("/jawaban").location == "/"


def test_the_next_question_takes_the_answer_before_away(visitor, mother):
    visitor.asks(mother.nik, mother.name)
    visitor.asks("123", "Budi")
    again = visitor.opens("/jawaban")
    assert mother.name not in again.text
    assert 'value="123"' in again.text


@pytest.mark.parametrize(
    ("number", "name", "said"),
    [
        ("123", "Budi", "16 angka"),
        ("Siti Maesaroh", "3271054105801148", "tertukar"),
        (str(TicketCode.drawn([5, 10**16]).reveal()), "Budi", "Kode dan nama itu tidak cocok"),
    ],
)
def test_a_slip_is_at_an_address_too_so_that_back_shows_it_again(visitor, number, name, said):
    visitor.asks(number, name)
    again = visitor.opens("/jawaban")
    assert again.status_code == 422
    assert said in text_of(again)
    assert 'value="3271054105801148"' in again.text or f'value="{number}"' in again.text
    assert number not in again.request.url


def test_who_has_to_wait_finds_that_page_again(visitor, mother, clock):
    for name in ("Budi", "Tono", "Joko"):
        visitor.asks(mother.nik, name)
    assert visitor.asks(mother.nik, mother.name).status_code == 429
    again = visitor.opens("/jawaban")
    assert again.status_code == 429
    assert "Nomor ini ditutup sementara" in text_of(again)


def test_a_miss_comes_back_as_it_was_with_what_was_typed_and_counts_nothing(visitor, mother, services, clock):
    for left in ("tiga kali salah", "satu kali lagi", "ditutup sampai besok"):
        missed = visitor.asks(mother.nik, "Budi")
        before = counted(services)
        assert left in text_of(missed)
        assert missed.request.path == "/jawaban"
        clock.passes(minutes=5)
        again = visitor.opens("/jawaban")
        assert left in text_of(again)
        assert counted(services) == before
    assert 'value="Budi"' not in again.text, "the number is closed: there is nothing to type again"
    clock.passes(minutes=15)
    assert visitor.opens("/jawaban").status_code == 410


def test_what_was_typed_stands_in_the_form_again_and_in_the_proposal(visitor, mother):
    kk, nik = "3271050112200007", a_nik()
    assert {f'value="{nik}"', 'value="Budi"'} <= set(re.findall(r'value="[^"]*"', visitor.asks(nik, "Budi").text))
    proposal = visitor.opens("/pengajuan/usulan/diri").text
    assert re.search(rf'name="nik"[^>]* value="{nik}"', proposal)
    assert re.search(r'value="self"[^>]* checked|checked[^>]* value="self"', proposal)
    assert "Ada yang perlu diperbaiki" not in proposal
    visitor.asks(kk, "Budi")
    assert re.search(rf'name="kk"[^>]* value="{kk}"', visitor.opens("/pengajuan/usulan/diri").text)
    visitor.asks(mother.nik, mother.name)
    assert visitor.opens("/pengajuan/usulan/diri").location == "/pengajuan/usulan"
    assert nik not in visitor.opens("/pengajuan/usulan").text


def test_known_or_not_a_miss_is_kept_in_as_many_bytes_and_in_words_of_nobody(visitor, mother, app):
    cookies = []
    for number in (mother.nik, a_nik()):
        phone = Visitor(app)
        phone.asks(number, "Budi Santoso")
        cookie = phone.client.get_cookie("salur")
        assert cookie
        cookies.append(cookie.value)
        assert number not in cookies[-1]
    assert abs(len(cookies[0]) - len(cookies[1])) <= 8  # how well random bytes can be packed


def test_nobody_opens_an_answer_without_having_asked(visitor, mother, app):
    visitor.asks(mother.nik, mother.name)
    assert Visitor(app).opens("/jawaban").location == "/"


def test_the_pass_to_the_record_is_no_way_back(services, visitor, mother):
    page = visitor.asks(mother.nik, mother.name)
    with pytest.raises(Refused):
        services.asking.again(read_off(r'name="kunci" value="([^"]+)"', page.text))


def test_a_family_comes_back_whole(visitor, office):
    kk = a_kk()
    office.publishes(Recipient(name="SITI MAESAROH", kk=kk), Recipient(name="RINA WATI", kk=kk, amount=900_000))
    page = visitor.asks(kk, "Rina Wati")
    assert "nomor KK" in text_of(page)
    assert text_of(visitor.opens("/jawaban")) == text_of(page)


def test_a_row_that_was_found_to_be_hers_comes_back_as_hers(visitor, office):
    kk, nik = a_kk(), a_nik()
    office.publishes(Recipient(nik=nik, kk=kk), period="2025-T4")
    office.publishes(Recipient(nik=None, kk=kk, amount=750_000), Recipient(name="DEDE"))
    page = visitor.asks(nik, "Siti Maesaroh")
    assert "Rp750.000" in text_of(page)
    assert text_of(visitor.opens("/jawaban")) == text_of(page)
