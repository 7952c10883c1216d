"""A resident wants to know who looked at her data: the same story at the site and in Telegram."""

from __future__ import annotations

from salur.core.officers.roles import Role
from tests.fixtures.office import Office, Recipient
from tests.fixtures.officers import Heads
from tests.fixtures.privacy import Looks
from tests.fixtures.services import Clock
from tests.journeys.doors import Resident

MOTHER = Recipient(name="SITI MAESAROH")


def asks(resident: Resident) -> None:
    """Check as Siti Maesaroh."""
    assert "terdaftar" in resident.asks(str(MOTHER.nik), "Siti Maesaroh")


def test_she_learns_that_the_head_and_the_office_looked_but_not_who_they_are(
    resident: Resident, office: Office, heads: Heads, looks: Looks, clock: Clock
) -> None:
    office.publishes(MOTHER)
    head, operator = heads.create(Role.RT), heads.create(Role.DINSOS)
    looks(head)
    clock.passes(minutes=5)
    looks(head)
    clock.passes(days=1)
    looks(operator, what="export")
    asks(resident)
    told = resident.sees_who_looked()
    yesterday, today = told.index("Jumat, 20 Februari 2026"), told.index("Sabtu, 21 Februari 2026")
    assert today < told.index("Dinas Sosial", today) < yesterday < told.index("Ketua RT", yesterday)
    assert "melihat daftar wilayahnya, 2 kali" in told
    assert "mencetak atau menyimpan daftar wilayahnya" in told
    for officer in (head, operator):
        assert officer.username not in told
        assert str(officer.account) not in told


def test_a_check_at_one_door_shows_at_the_other(
    two_doors: tuple[Resident, Resident], office: Office, clock: Clock
) -> None:
    office.publishes(MOTHER)
    here, there = two_doors
    asks(here)
    clock.passes(days=1)
    asks(there)
    told = there.sees_who_looked()
    for fact in ("Jumat, 20 Februari 2026", "Sabtu, 21 Februari 2026", "situs Salur", "Telegram"):
        assert fact in told
    assert told.count("memeriksa nomor dan nama ini") == 2


def test_looking_at_the_record_stands_in_the_record(resident: Resident, office: Office) -> None:
    office.publishes(MOTHER)
    asks(resident)
    assert "melihat catatan ini" not in resident.sees_who_looked()
    assert "melihat catatan ini" in resident.sees_who_looked()


def test_a_neighbour_who_looked_and_missed_is_not_in_it(resident: Resident, office: Office, clock: Clock) -> None:
    office.publishes(MOTHER)
    resident.another().asks(str(MOTHER.nik), "Budi Setiawan")
    clock.passes(days=1)
    asks(resident)
    assert "Jumat, 20 Februari 2026" not in resident.sees_who_looked()


def test_a_quarter_of_an_hour_later_she_has_to_check_again(resident: Resident, office: Office, clock: Clock) -> None:
    office.publishes(MOTHER)
    asks(resident)
    clock.passes(minutes=15)
    told = resident.sees_who_looked()
    assert "Demi keamanan, ini hanya bisa dibuka" in told
    assert "S. M." not in told
    asks(resident)
    assert "S. M." in resident.sees_who_looked()


def test_she_sees_what_is_kept_of_her_and_how_to_have_it_corrected(resident: Resident, office: Office) -> None:
    office.publishes(MOTHER)
    asks(resident)
    told = resident.sees_who_looked()
    for fact in ("S. M.", "RT 003 RW 005, Tegal Gundil", "NIK, nomor KK, nama, alamat", "SK Dinsos 460/12/2026"):
        assert fact in told
    for secret in (str(MOTHER.nik), str(MOTHER.kk), "MAESAROH", "Jl. Roda"):
        assert secret not in told
