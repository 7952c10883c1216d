"""Who is one person from list to list: paid, moved, spelt otherwise, taken off."""

from __future__ import annotations

from salur.core.neighbourhood.answers import LineState
from tests.core.neighbourhood.conftest import names
from tests.fixtures.office import Announced, Recipient, Reported, a_kk, a_nik


def test_what_was_paid_stays_paid_when_the_list_is_corrected(office, head, lists):
    nik, kk = a_nik(), a_kk()
    office.publishes(Recipient(nik=nik, kk=kk, rt=4))
    office.hears(Reported(nik=nik))
    office.publishes(Recipient(nik=nik, kk=kk, name="SITTI MAESAROH", rt=3))
    (line,) = lists(head).lines
    assert (line.name, line.rt, line.state) == ("SITTI MAESAROH", 3, LineState.PAID)


def test_what_was_paid_under_the_old_address_stays_paid_at_the_new_one(office, heads, lists):
    nik, kk = a_nik(), a_kk()
    office.publishes(Recipient(nik=nik, kk=kk, rw=6), Recipient(rw=6))
    office.hears(Reported(nik=nik))
    office.publishes(Recipient(nik=nik, kk=kk, rw=5), Recipient(rw=6))
    (line,) = lists(heads.create("rw", rw=5)).lines
    assert line.state is LineState.PAID
    assert len(lists(heads.create("rw", rw=6)).lines) == 2  # the other two rows: one on each list


def test_who_moved_inside_the_city_is_not_taken_off_where_he_lived(office, heads, lists):
    nik, kk = a_nik(), a_kk()
    office.publishes(Recipient(nik=nik, kk=kk, rw=6), period="2025-T4")
    office.publishes(Recipient(nik=nik, kk=kk, rw=5))
    assert lists(heads.create("rw", rw=6)).lines.items == ()
    assert [line.state for line in lists(heads.create("rw", rw=5)).lines] == [LineState.DUE]


def test_who_is_no_longer_named_is_shown_as_taken_off_with_the_period_he_was_last_in(office, head, lists):
    office.publishes(Recipient(name="DULU"), Recipient(name="TETAP", nik=(nik := a_nik())), period="2025-T4")
    office.announces(Announced(period="2025-T4"))
    office.publishes(Recipient(name="TETAP", nik=nik), Recipient(name="BARU"))
    gone, still, new = sorted(lists(head).lines, key=lambda line: line.name != "DULU")
    assert (gone.state, gone.period, gone.last_listed, gone.amount) == (
        LineState.TAKEN_OFF,
        "2026-T1",
        "2025-T4",
        None,
    )
    assert (gone.next_sitting, gone.missed_sitting) == (None, None)
    assert {still.state, new.state} == {LineState.DUE}


def test_who_was_taken_off_more_than_a_year_ago_is_forgotten(office, head, lists, clock):
    office.publishes(Recipient(name="DULU"), period="2025-T1")
    office.publishes(Recipient(name="BARU"))
    clock.passes(days=60)
    assert names(lists(head)) == ["BARU"]


def test_one_person_in_several_spellings_is_one_line_a_programme(office, head, lists):
    nik, kk = a_nik(), a_kk()
    office.publishes(Recipient(nik=nik, kk=kk, name="SITI MAESAROH"), period="2025-T4")
    office.publishes(Recipient(nik=nik, kk=kk, name="ST. MAESAROH"))
    office.publishes(Recipient(nik=nik, kk=a_kk(), name="SITTI MAESAROH"), programme="SEMBAKO", period="2025-T4")
    office.publishes(Recipient(nik=nik, kk=kk, name="SITI MAISAROH"), programme="SEMBAKO")
    office.publishes(Recipient(nik=None, kk=kk, name="SITI MAESAROH"), programme="PANGAN", period="2025-T4")
    office.publishes(Recipient(nik=nik, kk=kk, name="SITI MAESAROH"), programme="PANGAN")
    assert [(line.programme, line.name, line.state) for line in lists(head).lines] == [
        ("PANGAN", "SITI MAESAROH", LineState.DUE),
        ("SEMBAKO", "SITI MAISAROH", LineState.DUE),
        ("PKH", "ST. MAESAROH", LineState.DUE),
    ]


def test_two_people_under_a_nik_that_an_office_mistyped_are_two_lines(office, head, lists):
    nik = a_nik()
    office.publishes(Recipient(nik=nik, name="SITI MAESAROH"), Recipient(nik=nik, name="RUKMINI"))
    assert names(lists(head)) == ["RUKMINI", "SITI MAESAROH"]


def test_a_carriers_list_without_numbers_takes_nobody_off_and_merges_nobody(office, head, lists):
    def row(name):
        return Recipient(nik=None, kk=None, name=name)

    office.publishes(row("SITI"), row("SITI"), row("DEDE"), programme="PANGAN", period="2025-T4")
    office.publishes(row("SITI"), row("SITI"), row("EUIS"), programme="PANGAN")
    found = [(line.name, line.state) for line in lists(head).lines]
    assert found == [
        ("DEDE", LineState.TAKEN_OFF),
        ("EUIS", LineState.DUE),
        ("SITI", LineState.DUE),
        ("SITI", LineState.DUE),
    ]
    assert {line.birth_year for line in lists(head).lines} == {None}
