"""After a check: who looked at my data, and what is kept of me. Nothing of it stands in an address or a cookie."""

from __future__ import annotations

import re

import pytest

from tests.fixtures.office import Office, Recipient, a_nik
from tests.fixtures.officers import Heads
from tests.fixtures.privacy import Looks
from tests.fixtures.services import Clock
from tests.web.conftest import Visitor, text_of

KEY = re.compile(r'name="kunci" value="([^"]+)"')
BUTTON = "Siapa yang melihat data saya?"
EXPIRED = "Periksa lagi nomor dan nama dulu."


@pytest.fixture
def mother(office: Office) -> Recipient:
    """Siti Maesaroh of RT 3 RW 5, listed."""
    person = Recipient(care=True)
    office.publishes(person)
    return person


def key_of(visitor: Visitor, person: Recipient) -> str:
    """Check, and take the pass out of the answer."""
    found = KEY.search(visitor.asks(person.nik, person.name).text)
    assert found
    return found[1]


def opens(visitor: Visitor, key: str, **fields: str):
    """Press the button under the answer."""
    data = {"csrf_token": visitor.token(), "kunci": key, **fields}
    return visitor.client.post(
        "/data-saya", data=data, environ_base={"REMOTE_ADDR": "203.0.113.7"}, follow_redirects=True
    )


def test_an_answer_has_the_button_and_a_miss_has_none(visitor: Visitor, mother: Recipient) -> None:
    assert BUTTON in visitor.asks(mother.nik, mother.name).text
    for page in (visitor.asks(mother.nik, "Budi"), visitor.asks(a_nik(), "Budi"), visitor.opens("/")):
        assert BUTTON not in page.text
        assert "kunci" not in page.text


def test_she_sees_who_looked_at_her_data(
    visitor: Visitor, mother: Recipient, looks: Looks, heads: Heads, clock: Clock
) -> None:
    head = heads.create("rw")
    for what in ("list", "list", "export"):
        looks(head, what=what)
        clock.passes(minutes=1)
    page = opens(visitor, key_of(visitor, mother))
    told = text_of(page)
    assert page.status_code == 200
    assert "Ketua RW melihat daftar wilayahnya, 2 kali. Lewat situs Salur." in told
    assert "Ketua RW mencetak atau menyimpan daftar wilayahnya. Lewat situs Salur." in told
    assert (
        "Jumat, 20 Februari 2026 Orang yang tahu nomor dan nama memeriksa nomor dan nama ini. Lewat situs Salur."
        in told
    )
    assert head.username not in page.text
    assert str(head.account) not in page.text


def test_she_sees_what_is_kept_of_her_and_no_number(visitor: Visitor, mother: Recipient) -> None:
    page = opens(visitor, key_of(visitor, mother))
    told = text_of(page)
    for fact in (
        "S. M.",
        "RT 003 RW 005, Tegal Gundil",
        "NIK, nomor KK, nama, alamat",
        "ya, dicatat",
        "Program Keluarga Harapan, Tahap 1 tahun 2026: SK Dinsos 460/12/2026, Dinas Sosial Kota Bogor, 12 Januari 2026",
        "Minta perbaikan data",
    ):
        assert fact in told
    for secret in (str(mother.nik), str(mother.kk), "MAESAROH", "Roda"):
        assert secret not in page.text


def test_the_page_is_kept_nowhere_and_its_address_tells_nothing(visitor: Visitor, mother: Recipient) -> None:
    key = key_of(visitor, mother)
    page = opens(visitor, key)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.request.full_path.rstrip("?") == "/data-saya"
    links = " ".join(re.findall(r'(?:href|action|src)="([^"]*)"', page.text))
    assert key not in links
    assert key not in " ".join(page.headers.getlist("Set-Cookie"))


def test_opened_by_hand_it_says_how_one_gets_there(visitor: Visitor) -> None:
    page = visitor.opens("/data-saya")
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert BUTTON in text_of(page)
    assert 'href="/"' in page.text


def test_the_button_to_have_it_corrected_carries_the_pass(visitor: Visitor, mother: Recipient) -> None:
    key = key_of(visitor, mother)
    form = re.search(r'<form[^>]*action="/pengajuan/koreksi".*?</form>', opens(visitor, key).text, re.S)
    assert form
    assert 'method="post"' in form[0]
    assert f'name="kunci" value="{key}"' in form[0]


@pytest.mark.parametrize("key", ["", "x", "AAEAAAA=", "<script>"])
def test_without_a_good_pass_there_is_nothing_to_see(key: str, visitor: Visitor, mother: Recipient) -> None:
    page = opens(visitor, key)
    assert page.status_code == 410
    assert EXPIRED in text_of(page)
    assert "S. M." not in page.text


def test_back_and_a_reload_show_the_record_and_the_form_again(
    visitor: Visitor, mother: Recipient, clock: Clock
) -> None:
    key = key_of(visitor, mother)
    opens(visitor, key)
    assert "S. M." in visitor.opens("/data-saya").text
    visitor.client.post("/pengajuan/koreksi", data={"csrf_token": visitor.token(), "kunci": key})
    assert f'value="{key}"' in visitor.opens("/pengajuan/koreksi/saya").text
    clock.passes(minutes=15)
    assert EXPIRED in text_of(visitor.opens("/data-saya"))
    assert visitor.opens("/pengajuan/koreksi/saya").location == "/pengajuan/koreksi", "what is over is forgotten"


def test_after_a_quarter_of_an_hour_she_checks_again(visitor: Visitor, mother: Recipient, clock: Clock) -> None:
    key = key_of(visitor, mother)
    clock.passes(minutes=15)
    assert EXPIRED in text_of(opens(visitor, key))
    assert opens(visitor, key_of(visitor, mother)).status_code == 200


def test_another_site_cannot_press_the_button(visitor: Visitor, mother: Recipient) -> None:
    key = key_of(visitor, mother)
    assert visitor.client.post("/data-saya", data={"kunci": key}).status_code == 400


@pytest.mark.parametrize("language", ["id", "en", "su"])
def test_the_page_can_be_read_in_each_language(language: str, visitor: Visitor, mother: Recipient) -> None:
    visitor.opens(f"/bahasa/{language}?ke=/")
    page = opens(visitor, key_of(visitor, mother))
    assert f'<html lang="{language}">' in page.text


def test_the_privacy_page_tells_what_is_recorded_and_where_to_see_it(visitor: Visitor) -> None:
    told = text_of(visitor.opens("/privasi"))
    for fact in (
        "Setiap kali ketua RT, ketua RW, atau petugas melihat, mencari, atau mencetak data Anda",
        "Siapa yang melihat data saya?",
        "Minta perbaikan data",
        "Pengajuan dan laporan",
        "Nomor obrolan, hanya kalau Anda minta dikabari",
    ):
        assert fact in told


def test_a_correction_without_a_reason_is_told_so(visitor, office):
    from tests.fixtures.office import Recipient, a_nik

    nik = a_nik()
    office.publishes(Recipient(nik=nik))
    key = re.search(r'name="kunci" value="([^"]+)"', visitor.asks(nik, "Siti Maesaroh").text)
    assert key
    fields = {"csrf_token": visitor.token(), "kunci": key[1]}
    first = visitor.client.post("/pengajuan/koreksi", data=fields, follow_redirects=True)
    assert first.status_code == 200, "he has only just come"
    page = visitor.client.post("/pengajuan/koreksi", data={**fields, "cerita": "Nama saya salah."})
    assert page.status_code == 422
    assert "Pilih dulu apa yang salah." in page.text
