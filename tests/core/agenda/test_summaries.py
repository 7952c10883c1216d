"""A head reads each morning at seven what is new in the area, and nothing where nothing is."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from salur.core.limits.asker import Asker
from salur.core.payouts.kinds import Announcement, SittingState
from salur.core.tables.officers import ChatLinkRow
from salur.core.tables.payouts import SittingRow
from salur.words.language import language
from salur.words.notices import NOTICES
from tests.fixtures.letters import Press
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient, Reported

WIB, WITA, WIT = (dt.timezone(dt.timedelta(hours=hours)) for hours in (7, 8, 9))
MAKASSAR, JAYAPURA = "73.71.01.1001", "91.71.01.1001"


@pytest.fixture
def head(services, heads):
    """The head of RW 5, with a chat."""
    return linked(services, heads.create("rw"), 4711)


def linked(services, officer, chat):
    services.chat_links.link(services.chat_links.new_code(officer), chat, asker=Asker.chat(chat))
    return officer


@pytest.fixture
def heard(services):
    """`heard()`: the summaries that are sent by now, as (chat, facts)."""

    def takes():
        while services.summaries.tell():
            pass
        found = [notice for notice in services.notices.take(1000) if notice.code == "summary"]
        for notice in found:
            services.notices.sent(notice.id)
        return [(int(notice.address), notice.facts) for notice in found]

    return takes


def morning(day, zone=WIB, hour=7, minute=0):
    return dt.datetime(2026, 2, day, hour, minute, tzinfo=zone)


def test_days_and_counts_and_nobodys_name(services, office, clock, head, heard):
    mother, other = Recipient(), Recipient(name="EUIS KOMARIAH")
    office.publishes(mother, other)
    office.hears(Reported(nik=other.nik, name=other.name))
    office.announces(Announced())
    assert heard() == []  # linked at noon: it begins the next morning
    clock.now = morning(21, hour=6, minute=59)
    assert heard() == []
    clock.now = morning(21)
    ((chat, facts),) = heard()
    assert chat == 4711
    assert facts["counts"]["paid"] == 1
    said = NOTICES["summary"](facts, language("id"))
    assert said.startswith("*Ringkasan wilayah Anda, Sabtu, 21 Februari 2026*")
    assert "• Program Keluarga Harapan: Selasa, 24 Februari 2026, pukul 08.00–11.00 WIB, di Kantor Kelurahan" in said
    assert "• Bantuan yang sudah dibayarkan: 1" in said
    for name in ("SITI", "EUIS", mother.nik):
        assert name not in said.upper()


def test_what_was_told_is_not_told_again_and_a_moved_day_is_with_what_it_was(office, clock, head, heard):
    office.publishes(Recipient())
    office.announces(Announced())
    clock.now = morning(21)
    assert len(heard()) == 1
    assert heard() == []
    clock.now = morning(22)
    assert heard() == []
    office.announces(Announced(date=dt.date(2026, 2, 26)))
    assert heard() == []  # seen to today
    clock.now = morning(23)
    ((_, facts),) = heard()
    (sitting,) = facts["sittings"]
    said = NOTICES["summary"]({**facts, "sittings": [sitting]}, language("id"))
    assert "Kamis, 26 Februari 2026" in said
    assert "Dulu: Selasa, 24 Februari 2026" in said


@pytest.mark.parametrize("how", ["cancelled", "taken back"])
def test_a_day_that_is_not_held_is_told_once_also_where_it_had_moved(services, office, clock, head, heard, how):
    office.publishes(Recipient())
    office.announces(Announced())
    clock.now = morning(21)
    assert len(heard()) == 1
    file = office.announces(Announced(date=dt.date(2026, 2, 26)))
    if how == "cancelled":
        cancels_all(services)
    else:
        services.schedules.undo(file)
        services.schedules.undo(file - 1)
    clock.now = morning(22)
    ((_, facts),) = heard()
    assert facts["sittings"] == []
    said = NOTICES["summary"](facts, language("id"))
    assert "⚠️ *Jadwal yang dibatalkan*\n• Program Keluarga Harapan: Selasa, 24 Februari 2026, pukul 08.00" in said
    clock.now = morning(23)
    assert heard() == []


def test_a_day_for_which_all_were_paid_or_that_is_over_is_not_said_to_be_off(office, clock, head, heard):
    mother = Recipient()
    office.publishes(mother)
    office.announces(Announced())
    clock.now = morning(21)
    assert len(heard()) == 1
    clock.now = morning(24, hour=12)
    office.hears(Reported(nik=mother.nik, date=dt.date(2026, 2, 24)))
    clock.now = morning(25)
    ((_, facts),) = heard()
    assert (facts["off"], facts["counts"]) == ([], {"paid": 1})


def test_what_adds_up_says_how_much_of_it_is_new(services, office, clock, head, heard):
    people = [Recipient(name=f"IBU {number}") for number in range(3)]
    office.publishes(*people)
    office.hears(Reported(nik=people[0].nik, name=people[0].name))
    clock.now = morning(21)
    heard()
    office.hears(*(Reported(nik=one.nik, name=one.name) for one in people[1:]))
    clock.now = morning(22)
    ((_, facts),) = heard()
    assert "• Bantuan yang sudah dibayarkan: 3 (baru: 2)" in NOTICES["summary"](facts, language("id"))


def test_what_an_older_salur_kept_of_sittings_is_read(services, office, clock, head, heard):
    office.publishes(Recipient())
    office.announces(Announced())
    clock.now = morning(21)
    assert len(heard()) == 1
    with services.database.writing() as connection:
        (kept,) = connection.execute(select(ChatLinkRow.summed)).scalars()
        told = json.loads(kept)
        older = json.dumps({**told, "sittings": [int(id) for id in told["sittings"]]})
        connection.execute(update(ChatLinkRow).values(summed=older))
    clock.now = morning(22)
    assert heard() == []


def cancels_all(services):
    """Dinas Sosial calls off all sittings that are to come."""
    active = select(SittingRow.id).where(SittingRow.state == SittingState.ACTIVE)
    with services.database.writing() as connection:
        ids = list(connection.execute(active).scalars())
        file, _ = services.schedules.draft(connection, Announcement(), b"\0" * 32, agreed=True, cancels=ids)
    services.schedules.publish(file, agreed=True)


def test_families_that_did_not_come_and_letters_that_wait_are_counted(
    services, office, clock, head, heard, press: Press
):
    office.publishes(Recipient())
    office.announces(Announced())
    press.prints()
    clock.now = morning(25)
    ((_, facts),) = heard()
    assert (facts["counts"]["not_collected"], facts["counts"]["letters"]) == (1, 1)
    said = NOTICES["summary"](facts, language("id"))
    assert "• Belum diambil, jadwalnya sudah lewat: 1" in said
    assert "• Surat yang belum diserahkan: 1" in said


def test_another_area_is_not_in_it(services, office, heads, clock, head, heard):
    office.publishes(replace(Recipient(), rw=6, rt=1))
    office.announces(Announced(rw=6))
    linked(services, heads.create("rt", rw=5, rt=1), 4712)
    clock.now = morning(21)
    assert heard() == []


def test_seven_is_seven_where_the_head_is(services, office, heads, clock, heard):
    for chat, area in ((1, TEGAL_GUNDIL), (2, MAKASSAR), (3, JAYAPURA)):
        linked(services, heads.create("rw", area), chat)
        office.publishes(Recipient(region_code=area))
    clock.now = morning(21, WIT, 6, 59)
    assert heard() == []
    told = {}
    for zone in (WIT, WITA, WIB):
        clock.now = morning(21, zone)
        told[zone] = [chat for chat, _ in heard()]
    assert told == {WIT: [], WITA: [], WIB: []}  # nothing but names on a list: nothing to tell
    for chat, area in ((1, TEGAL_GUNDIL), (2, MAKASSAR), (3, JAYAPURA)):
        office.announces(Announced(region_code=area, place=f"Kantor {chat}"))
    for zone in (WIT, WITA, WIB):
        clock.now = morning(22, zone)
        told[zone] = [chat for chat, _ in heard()]
    assert told == {WIT: [3], WITA: [2], WIB: [1]}


def test_who_was_away_at_seven_reads_it_later_but_not_at_night(office, clock, head, heard):
    office.publishes(Recipient())
    office.announces(Announced())
    clock.now = morning(21, hour=21)
    assert heard() == []
    clock.now = morning(22, hour=10)
    assert len(heard()) == 1


def test_one_that_waited_until_the_night_waits_for_the_morning_too(services, office, clock, head, heard):
    office.publishes(Recipient())
    office.announces(Announced())
    clock.now = morning(21, hour=20, minute=59)
    services.summaries.tell()
    clock.now = morning(21, hour=21, minute=1)  # whoever sends was away
    assert heard() == []
    clock.now = morning(22, hour=6)
    assert len(heard()) == 1


def test_a_fault_with_one_head_keeps_it_from_no_other(services, office, heads, clock, head, heard, monkeypatch):
    linked(services, heads.create("rt"), 4712)
    office.publishes(Recipient())
    office.announces(Announced())
    real = type(services.neighbourhood).sum_up

    def faulty(self, officer):
        if officer == head:
            raise KeyError("Tegal Gundil")
        return real(self, officer)

    monkeypatch.setattr(type(services.neighbourhood), "sum_up", faulty)
    clock.now = morning(21)
    with pytest.raises(KeyError):
        services.summaries.tell()
    assert [chat for chat, _ in heard()] == [4712]
