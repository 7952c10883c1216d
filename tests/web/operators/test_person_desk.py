"""One person of a list on the desk: searched, opened with all that is known, corrected, and put right for residents."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from salur.core.dossier import dossier
from salur.core.limits.asker import Asker
from salur.core.lists.kinds import ListState, State
from salur.core.marks.kinds import MarkKind
from salur.core.officers.roles import Role
from salur.core.proposals.kinds import Kind
from salur.core.regions.territory import Territory
from salur.core.settings.kinds import YES, Setting
from salur.core.tables.privacy import AccessRow
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient, Reported
from tests.fixtures.proposals import a_draft
from tests.web.conftest import read_off, text_of

HOME = "/kantor/daftar"
MAKASSAR = "73.71.01.1001"


@pytest.fixture
def browser(heads, signed_in):
    """Somebody at Dinas Sosial Kota Bogor."""
    return signed_in(heads.create(Role.DINSOS))


@pytest.fixture
def looks(services):
    """What officers did, as it stands in the access record."""

    def recorded():
        with services.database.reading() as connection:
            found = select(AccessRow.what).where(AccessRow.role.is_not(None)).order_by(AccessRow.id)
            return list(connection.execute(found).scalars())

    return recorded


def follow(browser, response):
    """Where an answer leads."""
    assert response.status_code == 303, text_of(response)
    return browser.opens(response.headers["Location"], follow_redirects=True)


def digest(page):
    """What was seen of a draft."""
    return read_off(r'name="dilihat" value="(\w+)"', page.text)


@pytest.mark.parametrize("typed", ["nik", "kk", "letter_code", "name"])
def test_a_person_is_found_by_number_code_or_name_and_no_number_is_shown(office, browser, looks, typed):
    one = Recipient(name="EUIS KARTINI", letter_code="PBP0001234")
    list_id = office.publishes(one, Recipient(name="WIWIN SUHARTI"))
    page = browser.posts(f"{HOME}/{list_id}/cari", siapa="kartin" if typed == "name" else getattr(one, typed))
    assert page.status_code == 200
    assert "EUIS KARTINI" in page.text
    assert "WIWIN" not in page.text
    for number in (one.nik, one.kk, one.letter_code):
        assert number not in page.text
    assert looks() == ["search"]
    opened = browser.opens(read_off(r'href="(/kantor/daftar/\d+/orang/\d+)"', page.text))
    assert "EUIS KARTINI" in opened.text
    assert one.nik not in opened.text
    assert looks() == ["search", "dossier"]


def test_what_is_typed_wrongly_or_fits_nobody_is_said_plainly(office, browser, looks):
    list_id = office.publishes(Recipient())
    for typed, told in (("327105450580000", 422), (" ", 422), ("Zainudin", 200), ("3271054505800001", 200)):
        page = browser.posts(f"{HOME}/{list_id}/cari", siapa=typed)
        assert page.status_code == told, typed
        assert "3271054505800001" not in page.text
    assert looks() == []
    assert browser.opens(f"{HOME}/{list_id}/cari").headers["Location"] == f"{HOME}/{list_id}"


def test_in_a_very_long_list_a_name_needs_its_kelurahan(office, browser, monkeypatch):
    monkeypatch.setattr(dossier, "MOST_OPENED", 1)
    there = Recipient(name="EUIS KARTINI", region_code="32.71.05.1001")
    list_id = office.publishes(there, Recipient(name="EUIS KARTIKA"))
    assert "pilih dulu kelurahannya" in text_of(browser.posts(f"{HOME}/{list_id}/cari", siapa="Euis"))
    page = browser.posts(f"{HOME}/{list_id}/cari", siapa="Euis", kelurahan="32.71.05.1001")
    assert "KARTINI" in page.text
    assert "KARTIKA" not in page.text


def test_a_person_is_opened_with_all_that_is_known(services, office, clock, heads, browser, koreksi, visitor):
    one = Recipient(name="EUIS KARTINI")
    office.publishes(one, Recipient(), period="2025-T4")
    clock.passes(minutes=1)
    list_id = office.publishes(one, Recipient())
    office.announces(Announced())
    rt = heads.create(Role.RT, TEGAL_GUNDIL, 5, 3)
    services.marks.make(rt, koreksi.entry(one), MarkKind.MOVED_AWAY, note="pindah ke anaknya")
    draft = a_draft(Kind.USULAN, nik=one.nik, territory=Territory(TEGAL_GUNDIL, 5, 3), name=one.name)
    services.proposals.send(draft, asker=Asker.chat(77))
    visitor.asks(one.nik, one.name)
    page = text_of(browser.opens(f"{HOME}/{list_id}/orang/{koreksi.entry(one)}"))
    for told in (
        "EUIS KARTINI",
        "RT 003 RW 005, Tegal Gundil",
        "Tahap 4 tahun 2025",
        "Tahap 1 tahun 2026",
        "digantikan",
        "belum dibayar",
        "SK Dinsos 460/12/2026",
        "24 Februari 2026",
        "pindah ke anaknya",
        "Usulan",
        "Orang yang tahu nomor dan nama",
        "membuka semua data tentang orang ini",
    ):
        assert told in page.replace("\u00a0", " "), told


def test_a_correction_is_written_seen_published_and_read_by_the_resident(services, office, browser, koreksi, visitor):
    one, other = Recipient(name="EUIS KARTINI"), Recipient(name="WIWIN SUHARTI")
    list_id = office.publishes(one, other)
    office.hears(Reported(nik=one.nik))
    person = f"{HOME}/{list_id}/orang/{koreksi.entry(one)}"
    same = {"nama": "EUIS KARTIKASARI", "jumlah": "Rp 900.000", "keadaan": "entitled"}
    refused = browser.posts(f"{person}/koreksi", **same)
    assert refused.status_code == 422
    assert "EUIS KARTIKASARI" in refused.text  # what was typed is there still
    page = follow(browser, browser.posts(f"{person}/koreksi", **same, sebab="surat RW"))
    assert "Rp600.000 → menjadi Rp900.000" in text_of(page).replace("\u00a0", " ")
    assert "EUIS KARTINI → menjadi EUIS KARTIKASARI" in text_of(page)
    draft = max(one.id for one in services.lists.all())
    assert f"sudah ada di konsep koreksi, daftar {draft}" in text_of(browser.opens(person))  # for who comes second
    assert "Rp600.000" in visitor.asks(one.nik, one.name).text
    browser.posts(f"{HOME}/{draft}/terbitkan", dilihat=digest(page))
    for name in ("Euis Kartini", "Euis Kartikasari"):
        answer = text_of(visitor.asks(one.nik, name))
        assert "Rp900.000" in answer.replace("\u00a0", " ")
        assert "Sudah dibayarkan" in answer
    assert "Rp600.000" in visitor.asks(other.nik, other.name).text
    base = text_of(browser.opens(f"{HOME}/{list_id}"))
    assert f"Dikoreksi oleh daftar {draft}" in base
    assert f"Dikoreksi oleh daftar {draft}" in text_of(browser.opens("/kantor/catatan"))
    assert "EUIS KARTIKASARI" in browser.posts(f"{HOME}/{list_id}/cari", siapa=one.nik).text
    browser.posts(f"{HOME}/{draft}/batalkan", sebab="ternyata salah")
    assert services.lists.show(draft).state is ListState.DRAFT
    assert "Rp600.000" in visitor.asks(one.nik, one.name).text
    row = koreksi.rows(draft)[0]
    follow(browser, browser.posts(f"{HOME}/{draft}/orang/{row}/keluarkan"))
    assert services.lists.show(draft).people == 0


def test_a_correction_that_ended_with_its_list_is_not_offered_to_be_brought_back_alone(office, clock, browser, koreksi):
    one, other = Recipient(), Recipient()
    base = office.publishes(one, other, period="2025-T4")
    correction = koreksi.publishes(one, amount=1)
    clock.passes(minutes=1)
    office.publishes(other)
    page = browser.opens(f"{HOME}/{correction}").text
    assert f"kembalikan daftar {base}" in page
    assert "/pulihkan" not in page
    assert "/pulihkan" in browser.opens(f"{HOME}/{base}").text


def test_who_wrote_a_correction_does_not_publish_it_where_two_are_needed(services, office, heads, koreksi, signed_in):
    services.city.put(heads.create(Role.DINSOS), {Setting.FOUR_EYES: YES}, seen=services.city.newest())
    one = Recipient()
    list_id = office.drafts(one)
    writer, second = heads.create(Role.DINSOS), heads.create(Role.DINSOS)
    services.lists.publish(services.lists.change(list_id).agreed(), by=second.account)
    draft = koreksi.drafts(one, by=writer.account, state=State.TAKEN_OFF, reason="died")
    page = signed_in(writer).opens(f"{HOME}/{draft}")
    assert "Menunggu orang kedua" in page.text
    other = signed_in(second)
    other.posts(f"{HOME}/{draft}/terbitkan", dilihat=digest(other.opens(f"{HOME}/{draft}")))
    assert services.lists.show(draft).state is ListState.PUBLISHED


def test_another_citys_people_are_not_found(services, office, heads, browser, koreksi, signed_in, looks):
    """A list of both cities is both offices'; its people are each one's own."""
    here, there = Recipient(), Recipient(name="DAENG TOMPO", region_code=MAKASSAR)
    list_id = office.publishes(here, there)
    person = f"{HOME}/{list_id}/orang/{koreksi.entry(there)}"
    assert browser.opens(person).status_code == 404
    assert browser.posts(f"{person}/koreksi", nama="X Y", keadaan="entitled", sebab="x").status_code == 404
    assert "DAENG" not in browser.posts(f"{HOME}/{list_id}/cari", siapa="Tompo").text
    assert "DAENG" not in browser.posts(f"{HOME}/{list_id}/cari", siapa=there.nik).text
    services.corrections.correct(koreksi.entry(there), koreksi.wanted(there, amount=1), koreksi.why, by=None)
    draft = max(one.id for one in services.lists.all())
    assert "DAENG" not in browser.opens(f"{HOME}/{draft}").text
    row = koreksi.rows(draft)[0]
    assert browser.posts(f"{HOME}/{draft}/orang/{row}/keluarkan").status_code == 404
    assert looks() == []


@pytest.mark.parametrize("role", [Role.KELURAHAN, Role.KECAMATAN, Role.RT])
def test_nobody_but_dinas_sosial_opens_a_person(services, office, heads, koreksi, signed_in, role):
    one = Recipient()
    list_id = office.publishes(one)
    territory = {Role.KELURAHAN: (TEGAL_GUNDIL,), Role.KECAMATAN: (TEGAL_GUNDIL[:8],), Role.RT: (TEGAL_GUNDIL, 5, 3)}
    page = signed_in(heads.create(role, *territory[role])).opens(f"{HOME}/{list_id}/orang/{koreksi.entry(one)}")
    assert page.status_code in (403, 404)


def test_who_lives_nowhere_that_is_known_is_found_by_the_office_of_the_list(office, browser, koreksi):
    nowhere = Recipient(name="EUIS KARTINI", region_code=None, rw=None, rt=None)
    list_id = office.publishes(Recipient(), nowhere)
    assert "EUIS KARTINI" in browser.opens(f"{HOME}/{list_id}/orang/{koreksi.entry(nowhere)}").text
