"""The counter on the site: what an office types and reads while a visitor stands there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salur.core.limits.asker import Asker
from salur.core.officers.roles import Role
from salur.core.people.nik import Nik
from salur.wiring import Services
from tests.fixtures.circulars import BANTAR_JATI
from tests.fixtures.office import TEGAL_GUNDIL, Office, Recipient, a_nik
from tests.fixtures.officers import Heads, SignedIn
from tests.web.conftest import TOKEN, read_off, text_of

SignIn = Callable[..., SignedIn]


@pytest.fixture
def mother(office: Office) -> Recipient:
    """Siti Maesaroh of Tegal Gundil, and Budi of Bantar Jati."""
    mother = Recipient(name="SITI MAESAROH", amount=600_000, letter_code="1610-0000-01AB")
    office.publishes(mother, Recipient(name="BUDI SANTOSO", region_code=BANTAR_JATI))
    return mother


def test_a_visitor_with_a_closed_number_is_answered_and_the_number_opened(
    signed_in: SignIn, heads: Heads, services: Services, mother: Recipient
) -> None:
    for i in range(10):
        services.lookup.ask(Nik.parse(mother.nik), "Tono", asker=Asker.address(f"198.51.100.{i + 1}"))
    clerk = signed_in(heads.create(Role.KELURAHAN))
    assert "Loket" in text_of(clerk.opens("/wilayah"))
    page = clerk.posts("/loket", nomor=mother.nik, nama="siti maesaroh")
    for told in ("Nama ini terdaftar", "Rp600.000", "Nomor ini mungkin tertutup", "Sudah dicatat bahwa kantor ini"):
        assert told in text_of(page)
    for secret in (mother.nik, "MAESAROH"):
        assert secret not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    opened = clerk.posts("/loket/buka", kunci=read_off(r'name="kunci" value="([^"]+)"', page.text))
    assert "Nomor itu sudah dibuka lagi." in text_of(opened)
    page = clerk.posts("/loket", nomor=mother.letter_code, nama="siti maesaroh")
    assert "Nama ini terdaftar" in text_of(page)
    assert "Nomor ini mungkin tertutup" not in text_of(page)
    assert clerk.posts("/loket/buka", kunci="x").status_code == 409
    assert clerk.opens("/loket/buka").location == "/loket"


def test_unknown_wrong_and_elsewhere_are_the_same_bytes_but_for_what_was_typed(
    signed_in: SignIn, heads: Heads, mother: Recipient, office: Office
) -> None:
    stranger = Recipient(name="TONO SUTRISNO", region_code=BANTAR_JATI)
    office.publishes(mother, stranger)
    clerk = signed_in(heads.create(Role.KELURAHAN))
    typed = [(a_nik(), "Siti Maesaroh"), (mother.nik, "Dewi"), (stranger.nik, stranger.name)]
    pages = []
    for number, name in typed:
        page = clerk.posts("/loket", nomor=number, nama=name)
        pages.append(TOKEN.sub("", page.text).replace(number, "#").replace(name, "#"))
    assert len(set(pages)) == 1
    assert "Mungkin juga orang ini tercatat di wilayah lain" in pages[0]


def test_slips_are_said_and_cost_nothing(signed_in: SignIn, heads: Heads, mother: Recipient) -> None:
    clerk = signed_in(heads.create(Role.KECAMATAN))
    for number, name, told in (
        (mother.nik[:15], "Siti", "NIK dan nomor KK punya 16 angka."),
        (mother.nik, "", "Nama belum diisi"),
        ("Siti Maesaroh", mother.nik, "tertukar"),
    ):
        for _ in range(4):
            page = clerk.posts("/loket", nomor=number, nama=name)
            assert page.status_code == 422
            assert told in text_of(page)
    for _ in range(3):
        page = clerk.posts("/loket", nomor=mother.nik, nama="Dewi")
    page = clerk.posts("/loket", nomor=mother.nik, nama="Siti Maesaroh")
    assert page.status_code == 429
    assert "Nomor ini sudah terlalu sering salah di loket." in text_of(page)


def test_dinas_sosial_searches_the_city_by_number_alone_or_by_name_in_a_kelurahan(
    signed_in: SignIn, heads: Heads, mother: Recipient
) -> None:
    operator = signed_in(heads.create(Role.DINSOS))
    for number in (mother.nik, mother.kk, mother.letter_code):
        assert "Nama ini terdaftar" in text_of(operator.posts("/loket", nomor=number, nama=""))
    form = operator.opens("/loket")
    assert f'<option value="{TEGAL_GUNDIL}">' in form.text
    assert "SITI MAESAROH" in operator.posts("/wilayah", kelurahan=TEGAL_GUNDIL, nama="maesa").text
    clerk = signed_in(heads.create(Role.KELURAHAN))
    assert clerk.posts("/loket", nomor=mother.nik, nama="").status_code == 422
    assert "Tanpa nomor" not in clerk.opens("/loket").text
    for role in (Role.RT, Role.RW, Role.PAYOUT):
        assert signed_in(heads.create(role)).opens("/loket").status_code == 403
