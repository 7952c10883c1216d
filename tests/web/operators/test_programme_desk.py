"""Programmes on the site: a city's own, their words in each language, and rules that an office confirms."""

from __future__ import annotations

import pytest

from salur.core.errors import FieldRefused, NotThere
from salur.core.lists.kinds import Wording
from salur.core.officers.roles import Role
from tests.fixtures.office import Recipient
from tests.web.conftest import text_of
from tests.web.operators.test_list_desk import Operator

HOME = "/kantor/program"
OWN = {"kode": "lansia-bogor", "nama": "Santunan Lansia Bogor", "jenis": "cash"}
UNSURE = {"satu": "SEMBAKO", "lain": "BLT-DD", "larang": "ya", "dasar": "SK 7 Tahun 2026"}
MAY_DIFFER = "tidak sama di setiap daerah"


@pytest.fixture
def operator(services, heads, signed_in) -> Operator:
    """An operator of Bogor who is signed in."""
    officer = heads.create(Role.DINSOS)
    return Operator(services, signed_in(officer), officer)


def test_a_city_adds_a_programme_and_residents_read_its_words_and_its_name(office, operator, visitor):
    operator.posts(f"{HOME}/tambah", **OWN)
    assert "Tanyakan syaratnya" in text_of(visitor.opens("/program"))
    operator.posts(
        f"{HOME}/LANSIA-BOGOR", bahasa="id", nama="Santunan Lansia", what="Uang tiap bulan.", papers="KTP asli."
    )
    page = text_of(visitor.opens("/program"))
    assert "Santunan Lansia LANSIA-BOGOR Uang tiap bulan." in " ".join(page.split())
    old = Recipient(programme="LANSIA-BOGOR")
    office.publishes(old, programme="LANSIA-BOGOR")
    assert "Santunan Lansia" in text_of(visitor.asks(old.nik, old.name))


def test_an_offices_words_stand_before_the_built_in_ones_and_each_language_has_its_own(operator, visitor):
    operator.posts(f"{HOME}/PKH", bahasa="id", papers="Kartu kuning saja.")
    page = text_of(visitor.opens("/program"))
    assert "Kartu kuning saja." in page
    assert "empat kali setahun" in page
    operator.posts(f"{HOME}/PKH", bahasa="en", papers="Only the yellow card.")
    visitor.opens("/bahasa/en")
    english = text_of(visitor.opens("/program"))
    assert "Only the yellow card." in english
    assert "Kartu kuning saja." not in english


def test_a_rule_that_is_confirmed_is_told_with_its_source_and_one_taken_back_is_unsure_again(office, operator):
    twice = Recipient()
    office.publishes(twice, programme="SEMBAKO")
    office.publishes(twice, programme="BLT-DD", period="2026-B03")
    address = "/ganda?jenis=nik_exclusive"
    assert MAY_DIFFER in text_of(operator.opens(address))
    operator.posts(f"{HOME}/aturan", **UNSURE)
    confirmed = text_of(operator.opens(address))
    assert "Dasarnya: SK 7 Tahun 2026." in confirmed
    assert MAY_DIFFER not in confirmed
    again = operator.posts(f"{HOME}/aturan", **UNSURE)
    assert again.status_code == 422
    assert "sudah ditegaskan" in text_of(again)
    operator.posts(f"{HOME}/aturan/1/cabut")
    assert MAY_DIFFER in text_of(operator.opens(address))
    history = text_of(operator.opens(HOME))
    assert "Dicabut" in history
    assert operator.officer.username in history
    # And the other way round: that both may be had at once is no double.
    operator.posts(f"{HOME}/aturan", **{**UNSURE, "larang": "tidak"})
    assert twice.name not in text_of(operator.opens(address))


@pytest.mark.parametrize(
    ("address", "fields", "told"),
    [
        ("tambah", {**OWN, "kode": "PKH"}, "sudah dipakai"),
        ("tambah", {**OWN, "kode": "A B"}, "huruf besar"),
        ("tambah", {**OWN, "nama": " "}, "kosong"),
        ("tambah", {**OWN, "jenis": "emas"}, "jenis"),
        ("aturan", {**UNSURE, "dasar": " "}, "dasarnya"),
        ("aturan", {**UNSURE, "lain": "SEMBAKO"}, "berbeda"),
        ("aturan", {**UNSURE, "lain": "TIDAK-ADA"}, "tidak ada"),
        ("aturan", {**UNSURE, "larang": ""}, "Pilih dulu"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_what_was_typed_stays(operator, address, fields, told):
    before = operator.services.programmes.all(), operator.services.confirmations.history()
    refused = operator.posts(f"{HOME}/{address}", **fields)
    assert refused.status_code == 422
    assert told in text_of(refused)
    assert f'value="{fields.get("nama", fields.get("dasar"))}"' in refused.text
    assert (operator.services.programmes.all(), operator.services.confirmations.history()) == before


def test_only_programmes_there_are_get_words_and_only_own_ones_another_name(services):
    with pytest.raises(NotThere):
        services.programmes.write("TIDAK-ADA", "id", Wording("apa"))
    with pytest.raises(NotThere):
        services.programmes.rename("PKH", "Nama lain")
    with pytest.raises(FieldRefused):
        services.programmes.write("PKH", "id", Wording("x" * 501))
