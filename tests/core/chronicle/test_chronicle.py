"""The record of who did what: out of all subjects' traces, within the reader's area, and nobody takes it away."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from salur.core.chronicle.answers import RecordFilter
from salur.core.errors import NotThere, Refused
from salur.core.limits.kinds import Door
from salur.core.lists.kinds import Wording
from salur.core.neighbourhood.answers import Filter
from salur.core.officers.roles import Role
from salur.core.payouts.answers import PlaceKind
from salur.core.payouts.places.answers import PlaceFacts
from salur.core.record.kinds import RecordKind
from salur.core.record.note import note
from salur.core.settings.kinds import Setting
from salur.core.tables.record import OfficeNoteRow
from salur.words.language import language
from salur.words.officers import record
from tests.fixtures.office import Recipient
from tests.fixtures.officers import CITY
from tests.habits.source import ROOT

TODAY = date(2026, 2, 20)
LATELY = RecordFilter(TODAY - timedelta(days=30), TODAY)
SAY = language("id")


def told(services, officer, **filter):
    """What an officer reads, as kind and what."""
    wanted = RecordFilter(**{"since": LATELY.since, "until": LATELY.until, **filter})
    return [(one.kind, one.what) for one in services.chronicle.page(officer, wanted, 1)]


@pytest.fixture
def busy(services, heads, office, clock):
    """An office in which something of nearly every kind was done."""
    dinsos, lurah, rt = heads.create("dinsos", CITY), heads.create("kelurahan"), heads.create("rt")
    office.publishes(Recipient(nik="3271054405800001", name="Siti Aminah"))
    clock.passes(minutes=1)
    services.city.put(dinsos, {Setting.CITY_NAME: "Kota Bogor"}, seen=0)
    clock.passes(minutes=1)
    services.accounts.close(lurah, rt.account)
    clock.passes(minutes=1)
    return dinsos, lurah, rt


def test_it_tells_of_lists_settings_and_accounts_the_latest_first(services, busy):
    dinsos, _, _ = busy
    found = told(services, dinsos)
    assert found[:2] == [(RecordKind.ACCOUNTS, "closed"), (RecordKind.SETTINGS, "city_name")]
    assert {(RecordKind.LISTS, "imported"), (RecordKind.LISTS, "published")} <= set(found)


def test_it_is_searched_by_kind_day_role_and_area(services, busy):
    dinsos, _, _ = busy
    assert told(services, dinsos, kind=RecordKind.SETTINGS) == [(RecordKind.SETTINGS, "city_name")]
    assert told(services, dinsos, role=Role.KELURAHAN) == [(RecordKind.ACCOUNTS, "closed")]
    assert (RecordKind.SETTINGS, "city_name") not in told(services, dinsos, region="32.71.05")
    assert told(services, dinsos, region="32.71.01") == []
    assert told(services, dinsos, until=TODAY - timedelta(days=1)) == []


def test_each_reads_what_was_done_in_his_own_area(services, heads, busy):
    _, lurah, _ = busy
    assert told(services, lurah)[0] == (RecordKind.ACCOUNTS, "closed")
    assert told(services, lurah, kind=RecordKind.SETTINGS) == []
    assert told(services, lurah, region=CITY) == told(services, lurah)
    assert told(services, heads.create("kelurahan", "32.71.01.1001")) == []
    for role in (Role.RT, Role.RW, Role.PAYOUT):
        with pytest.raises(NotThere):
            told(services, heads.create(role))


def test_an_account_is_named_to_those_above_it_and_others_only_as_an_office(services, busy, heads):
    dinsos, lurah, rt = busy
    other = heads.create("rt", rt=4)
    services.accounts.close(dinsos, other.account)
    mine, above = (services.chronicle.page(who, LATELY, 1)[0] for who in (lurah, dinsos))
    assert (mine.username, mine.office_name, mine.role) == ("", dinsos.region_name, Role.DINSOS)
    assert above.username == dinsos.username
    assert other.username in record.more(mine, SAY)
    closed = services.chronicle.page(dinsos, LATELY, 1)[1]
    assert record.who(closed, SAY) == f"Kelurahan Tegal Gundil ({lurah.username})"
    assert rt.username in record.more(closed, SAY)


def test_opened_persons_are_counted_and_never_named(services, heads, office, clock):
    dinsos, rt = heads.create("dinsos", CITY), heads.create("rt")
    for name in ("Siti Aminah", "Nurhayati"):
        office.publishes(Recipient(name=name))
    before = told(services, dinsos)
    services.neighbourhood.page(rt, Filter(), door=Door.SITE)
    assert told(services, dinsos) == before
    (look,) = services.chronicle.page(dinsos, RecordFilter(LATELY.since, LATELY.until, kind=RecordKind.OPENED), 1)
    assert (look.role, look.username, look.what) == (Role.RT, rt.username, "list")
    said = " ".join((record.what(look, SAY), record.who(look, SAY), record.more(look, SAY), record.where(look)))
    assert "Aminah" not in said
    assert "orang" in said


def test_a_note_of_another_subject_is_read_by_those_above_it(services, heads, clock):
    lurah, other = heads.create("kelurahan"), heads.create("kelurahan", "32.71.01.1001")
    with services.database.writing() as connection:
        note(connection, lurah, RecordKind.PLACES, "made", clock(), name="Balai RW 05")
    assert told(services, lurah, kind=RecordKind.PLACES) == [(RecordKind.PLACES, "made")]
    assert told(services, other, kind=RecordKind.PLACES) == []
    (one,) = services.chronicle.page(lurah, LATELY, 1)
    assert (record.what(one, SAY), record.more(one, SAY)) == ("Tempat", "Balai RW 05")


def test_it_tells_of_places_programmes_and_schedules_with_who_did_it(services, heads, clock):
    dinsos = heads.create("dinsos", CITY)
    hall = PlaceFacts("Balai RW 05", PlaceKind.VILLAGE_HALL, "32.71.05.1007")
    place = services.places.add(dinsos, hall)
    services.places.change(dinsos, place, replace(hall, address="Jl. Pandu 5"), 1)
    services.places.undo(dinsos, place, services.places.history(dinsos, place)[0].id)
    services.programmes.add("LANSIA", "Santunan Lansia", "cash", dinsos)
    services.programmes.rename("LANSIA", "Santunan Lanjut Usia", dinsos)
    services.programmes.write("LANSIA", "id", Wording(what="Uang tiap bulan."), dinsos.account)
    services.confirmations.confirm("PKH", "LANSIA", "SK 7 Tahun 2026", dinsos.account, excludes=True)
    services.confirmations.take_back(services.confirmations.history()[0].id, dinsos.account)
    found = services.chronicle.page(dinsos, LATELY, 1)
    said = {(record.what(one, SAY), record.more(one, SAY)) for one in found}
    assert said == {
        ("Tempat ditambahkan", "Balai RW 05"),
        ("Tempat diubah", "Balai RW 05"),
        ("Perubahan tempat dibatalkan", "Balai RW 05"),
        ("Program ditambahkan", "LANSIA, Santunan Lansia"),
        ("Nama program diubah", "LANSIA, Santunan Lanjut Usia"),
        ("Keterangan program diubah", "LANSIA"),
        ("Dinyatakan tidak boleh rangkap", "LANSIA, PKH: SK 7 Tahun 2026"),
        ("Pernyataan tentang rangkap dicabut", "LANSIA, PKH: SK 7 Tahun 2026"),
    }
    by = {one.what: one.username for one in found}
    assert {what for what, name in by.items() if name != dinsos.username} == {"undone"}


def test_it_goes_when_its_time_is_over_and_not_before(services, busy, clock):
    def notes():
        with services.database.reading() as connection:
            return connection.execute(select(func.count()).select_from(OfficeNoteRow)).scalar()

    kept = notes()
    clock.passes(days=394)
    services.retention.purge()
    assert notes() == kept
    clock.passes(days=2)
    assert services.retention.purge().notes == kept
    assert notes() == 0


def test_only_what_is_past_its_time_is_ever_deleted_and_nothing_is_changed():
    touching = re.compile(r"\b(delete|update)\((OfficeNoteRow|SettingChangeRow|ListEventRow|AccessRow)\b")
    found = {
        path.relative_to(ROOT / "salur" / "core").as_posix()
        for path in (ROOT / "salur").rglob("*.py")
        if touching.search(path.read_text("utf-8"))
    }
    assert found == {"maintenance/retention.py"}


def test_all_of_it_is_exported_and_too_much_is_refused_rather_than_cut(services, busy, monkeypatch):
    dinsos, _, _ = busy
    assert len(services.chronicle.export(dinsos, LATELY)) == services.chronicle.page(dinsos, LATELY, 1).found
    monkeypatch.setattr("salur.core.chronicle.chronicle.MOST_EXPORTED", 1)
    with pytest.raises(Refused, match="too_much_record"):
        services.chronicle.export(dinsos, LATELY)
