"""A kelurahan is typed as people write it, and chosen where that is not sure."""

from __future__ import annotations

import re

from salur.core.tables.proposals import ProposalRow
from tests.fixtures.office import TEGAL_GUNDIL
from tests.web.conftest import read_off, text_of
from tests.web.proposals.conftest import count, kept


def test_a_name_as_people_write_it_is_found(mother, services):
    for typed in ("tegalgundil", "Kel. Tegal Gundil", "Tegal Gundil, Bogor Utara"):
        assert mother.sends("usulan", kelurahan=typed).status_code == 200
        assert kept(services).territory.region_code == TEGAL_GUNDIL


def test_a_misspelt_one_comes_back_with_those_alike_and_counts_once_chosen(mother, services):
    response = mother.sends("usulan", kelurahan="Tegal Gundul")
    assert response.status_code == 422
    page = text_of(response)
    assert "Kelurahan yang mana? Pilih satu di bawah ini, atau ketik lagi namanya." in page
    assert "Tegal Gundil, Bogor Utara" in page
    assert 'value="Tegal Gundul"' in response.text
    assert "Suami berhenti kerja." in response.text
    assert read_off(r'<input[^>]* name="pilihan"[^>]* value="([^"]+)"', response.text) == TEGAL_GUNDIL
    assert count(services, ProposalRow) == 0
    mother.sends("usulan", kelurahan="Tegal Gundul", pilihan=TEGAL_GUNDIL)
    assert kept(services).territory.region_code == TEGAL_GUNDIL


def test_a_beginning_that_fits_one_is_asked_for_too(mother, services):
    response = mother.sends("laporan", kelurahan="cibog")
    assert "Cibogor, Bogor Tengah" in text_of(response)
    assert count(services, ProposalRow) == 0


def test_a_choice_counts_only_while_it_fits_what_is_typed(mother, services):
    for typed in ("Kebon Pedis", "Atlantis"):
        response = mother.sends("usulan", kelurahan=typed, pilihan=TEGAL_GUNDIL)
        assert response.status_code == 422
    assert count(services, ProposalRow) == 0
    mother.sends("usulan", kelurahan="Kebon Pedes", pilihan=TEGAL_GUNDIL)
    assert kept(services).territory.region_code == "32.71.06.1002"


def test_a_choice_is_kept_while_something_else_is_mended(mother, services):
    response = mother.sends("usulan", kelurahan="Tegal Gundul", pilihan=TEGAL_GUNDIL, nama="")
    assert "Nama belum diisi." in text_of(response)
    assert "Kelurahan yang mana?" not in text_of(response)
    assert re.search(rf'<input checked[^>]* value="{TEGAL_GUNDIL}"', response.text)


def test_all_that_is_wrong_is_said_at_once(mother):
    page = text_of(mother.sends("usulan", kelurahan="Tegal Gundul", nik="123", nama="", alasan=""))
    for told in ("Kelurahan yang mana?", "Yang Anda ketik baru 3.", "Nama belum diisi.", "Pilih dulu alasannya."):
        assert told in page


def test_what_is_typed_is_text_and_nothing_more(mother):
    response = mother.sends("usulan", kelurahan='"><script>alert(1)</script>')
    assert "<script>" not in response.text
