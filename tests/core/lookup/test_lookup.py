"""The question and its answers, on both databases."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from salur.core.limits.asker import Asker
from salur.core.lists.kinds import State
from salur.core.lookup.answers import NotOnTheList, OnTheList
from salur.core.names import decoys
from salur.core.payouts.answers import Channel, PaymentState, PlaceKind
from salur.core.people.letter_codes import LetterCode
from salur.core.people.nik import Kk, Nik
from salur.core.storage.prepared import Prepared
from tests.fixtures.office import Announced, Recipient, Reported, a_kk, a_nik

HOME = Asker.address("203.0.113.7")


@pytest.fixture
def ask(services):
    """Ask as a resident at home: `ask(nik, name)`."""

    def asked(number, name, *, asker=HOME):
        return services.lookup.ask(Nik.parse(number) if isinstance(number, str) else number, name, asker=asker)

    return asked


def test_a_listed_mother_learns_how_much_when_and_where(office, ask):
    mother = Recipient(name="SITI MAESAROH", amount=600_000)
    office.publishes(mother)
    office.announces(Announced())
    (aid,) = ask(mother.nik, "Siti Maesaroh").present
    assert (aid.programme, aid.period, aid.amount, aid.state) == ("PKH", "2026-T1", 600_000, State.ENTITLED)
    assert (aid.decree, aid.list_date, aid.valid_until) == (
        "SK Dinsos 460/12/2026",
        date(2026, 1, 12),
        date(2026, 3, 31),
    )
    sitting = aid.next_sitting
    assert sitting is not None
    assert sitting.place.name == "Kantor Kelurahan Tegal Gundil"
    assert (sitting.starts.date(), sitting.starts.time(), sitting.ends.time()) == (date(2026, 2, 24), time(8), time(11))
    assert sitting.starts.tzname() == "WIB"
    assert aid.channel is Channel.COMMUNITY_POINT
    assert aid.bring == ("letter", "ktp", "kk")
    assert aid.payment.state is PaymentState.DUE
    assert aid.payee == "S. M."
    assert aid.kelurahan == "Tegal Gundil"


def test_a_wrong_name_is_not_told_from_an_unknown_nik(office, ask):
    mother = Recipient()
    office.publishes(mother)
    assert ask(mother.nik, "Budi Santoso") == ask(a_nik(), "Siti Maesaroh") == NotOnTheList()


def test_a_draft_is_seen_by_nobody(office, ask, services):
    mother = Recipient()
    draft = office.drafts(mother)
    assert ask(mother.nik, mother.name) == NotOnTheList()
    office.agrees(draft)
    assert isinstance(ask(mother.nik, mother.name), OnTheList)


def test_a_withdrawn_list_is_seen_by_nobody_until_it_is_restored(office, ask, services):
    mother = Recipient()
    listed = office.publishes(mother)
    services.lists.withdraw(listed, "wrong file")
    assert ask(mother.nik, mother.name) == NotOnTheList()
    services.lists.restore(listed)
    assert isinstance(ask(mother.nik, mother.name), OnTheList)


def test_a_kk_number_answers_for_the_family_whoever_asks(office, ask):
    kk = a_kk()
    mother = Recipient(name="SITI MAESAROH", kk=kk, head_name="ASEP SAEPUDIN")
    grandmother = Recipient(name="OOM ROMLAH", kk=kk)
    stranger = Recipient(name="RUKMINI")
    office.publishes(mother, grandmother, stranger)
    for name in ("Oom Romlah", "Asep Saepudin", "Siti Maesaroh"):
        answer = ask(Kk.parse(kk), name)
        assert sorted(aid.payee for aid in answer.present) == ["O. R.", "S. M."]


def test_the_head_names_name_does_not_open_his_wifes_nik(office, ask):
    mother = Recipient(head_name="ASEP SAEPUDIN")
    office.publishes(mother)
    assert ask(mother.nik, "Asep Saepudin") == NotOnTheList()


def test_a_nik_answers_for_one_person_only(office, ask):
    kk = a_kk()
    mother, grandmother = Recipient(kk=kk), Recipient(name="OOM ROMLAH", kk=kk)
    office.publishes(mother, grandmother)
    assert [aid.payee for aid in ask(mother.nik, mother.name).present] == ["S. M."]


def test_a_slip_in_the_new_list_takes_nobody_off(office, ask):
    nik, kk = a_nik(), a_kk()
    office.publishes(Recipient(name="SITI MAESAROH", nik=nik, kk=kk), period="2025-T4")
    office.publishes(Recipient(name="SITO MESRAOH", nik=nik, kk=kk), period="2026-T1")
    (aid,) = ask(nik, "Siti Maesaroh").present
    assert (aid.state, aid.period) == (State.ENTITLED, "2026-T1")


def test_a_nik_mistyped_by_the_office_shows_no_stranger(office, ask):
    nik = a_nik()
    office.publishes(Recipient(name="SITI MAESAROH", nik=nik))
    office.publishes(Recipient(name="RUKMINI", nik=nik), programme="SEMBAKO")
    assert [aid.programme for aid in ask(nik, "Siti Maesaroh").present] == ["PKH"]


def test_a_kk_number_typed_as_a_nik_is_found_all_the_same(office, ask):
    mother = Recipient(kk="3271051203050001")
    office.publishes(mother)
    assert isinstance(ask(Nik.parse("3271051203050001"), mother.name), OnTheList)


def test_a_letter_code_is_enough_where_there_is_no_nik(office, ask):
    neighbour = Recipient(nik=None, kk=None, letter_code="16100-000001", amount=None)
    office.publishes(neighbour, programme="PANGAN")
    assert isinstance(ask(LetterCode.parse("16100 000001"), neighbour.name), OnTheList)
    assert ask(LetterCode.parse("16100 000001"), "Budi") == NotOnTheList()


def test_several_programmes_come_with_the_next_date_first(office, ask):
    mother = Recipient()
    office.publishes(mother, programme="PKH")
    office.publishes(mother, programme="SEMBAKO")
    office.publishes(mother, programme="APBD")
    office.announces(
        Announced(programme="SEMBAKO", date=date(2026, 3, 2)), Announced(programme="APBD", date=date(2026, 2, 25))
    )
    assert [aid.programme for aid in ask(mother.nik, mother.name).present] == ["APBD", "SEMBAKO", "PKH"]


def test_one_who_was_dropped_is_told_so_and_what_was_before(office, ask):
    mother, neighbour = Recipient(), Recipient(name="RUKMINI")
    office.publishes(mother, neighbour, period="2025-T4")
    office.publishes(neighbour, period="2026-T1")
    answer = ask(mother.nik, mother.name)
    (now,) = answer.present
    assert (now.state, now.period, now.last_listed, now.reason) == (State.TAKEN_OFF, "2026-T1", "2025-T4", None)
    assert (now.amount, now.next_sitting) == (None, None)
    assert [aid.period for aid in answer.past] == ["2025-T4"]


@pytest.mark.parametrize(("state", "expected"), [("taken_off", State.TAKEN_OFF), ("suspended", State.SUSPENDED)])
def test_the_offices_reason_is_told(office, ask, state, expected):
    office.publishes(Recipient(name="RUKMINI"), period="2025-T4")
    by_code = Recipient(state=state, reason="moved")
    by_words = Recipient(name="IDA ROSIDAH", state=state, note="menunggu surat dari RT")
    office.publishes(by_code, by_words)
    assert [(a.state, a.reason) for a in ask(by_code.nik, by_code.name).present] == [(expected, "moved")]
    assert [(a.state, a.reason) for a in ask(by_words.nik, by_words.name).present] == [
        (expected, "menunggu surat dari RT")
    ]


def test_a_newer_list_of_another_kelurahan_takes_nobody_off(office, ask):
    mother = Recipient()
    office.publishes(mother, period="2025-T4")
    office.publishes(Recipient(name="RUKMINI", region_code="32.71.05.1001"), period="2026-T1")
    (aid,) = ask(mother.nik, mother.name).present
    assert (aid.state, aid.period) == (State.ENTITLED, "2025-T4")


def test_past_periods_stand_under_the_present_for_a_year(office, ask, clock):
    mother = Recipient()
    for period in ("2025-T1", "2025-T2", "2025-T4", "2026-T1"):
        office.publishes(mother, period=period)
    clock.passes(days=60)  # the first quarter of 2025 is over for more than a year
    answer = ask(mother.nik, mother.name)
    assert [aid.period for aid in answer.present] == ["2026-T1"]
    assert [aid.period for aid in answer.past] == ["2025-T4", "2025-T2"]
    assert answer.entitlements == answer.present + answer.past


def test_what_was_paid_is_told_with_day_and_place(office, ask):
    mother, late = Recipient(), Recipient(name="RUKMINI")
    office.publishes(mother, late)
    office.hears(
        Reported(nik=mother.nik), Reported(nik=late.nik, status="returned", date=date(2026, 2, 13), place=None)
    )
    office.announces(Announced())
    (aid,) = ask(mother.nik, mother.name).present
    assert (aid.payment.state, aid.payment.on, aid.payment.at) == (
        PaymentState.PAID,
        date(2026, 2, 12),
        "Kantor Pos Bogor",
    )
    assert aid.next_sitting is None
    (aid,) = ask(late.nik, late.name).present
    assert aid.payment.state is PaymentState.RETURNED


def test_what_was_paid_stays_paid_when_the_list_is_corrected(office, ask):
    mother = Recipient()
    office.publishes(mother)
    office.hears(Reported(nik=mother.nik))
    office.publishes(mother)
    answer = ask(mother.nik, mother.name)
    assert [aid.payment.state for aid in answer.present] == [PaymentState.PAID]
    assert answer.past == ()


def test_one_on_two_lists_of_a_programme_sees_both(office, ask):
    nik = a_nik()
    office.publishes(Recipient(nik=nik))
    office.publishes(Recipient(nik=nik, region_code="32.71.05.1001"))
    assert len(ask(nik, "Siti Maesaroh").present) == 2


def test_a_moved_sitting_says_what_it_replaced(office, ask):
    mother = Recipient()
    office.publishes(mother)
    office.announces(Announced(date=date(2026, 2, 23)))
    office.announces(Announced(date=date(2026, 2, 24), place="SDN Tegal Gundil", kind="school"))
    sitting = ask(mother.nik, mother.name).present[0].next_sitting
    assert sitting.starts.date() == date(2026, 2, 24)
    assert sitting.place.kind is PlaceKind.SCHOOL
    assert sitting.replaced.starts.date() == date(2026, 2, 23)
    assert sitting.replaced.place.name == "Kantor Kelurahan Tegal Gundil"


def test_the_same_schedule_again_changes_nothing(office, services):
    office.publishes(Recipient())
    rows = [Announced(), Announced(rw=5, place="SDN 1", kind="school")]
    counts = [services.schedules.show(office.announces(*rows)).counts for _ in range(2)]
    assert [(count["added"], count["unchanged"]) for count in counts] == [(2, 0), (0, 2)]


def test_the_closest_area_wins(office, ask):
    mother = Recipient(rt=3, rw=5)
    office.publishes(mother)
    office.announces(
        Announced(region_code="32.71", place="Kantor Pos Bogor", kind="post_office", date=date(2026, 2, 21)),
        Announced(place="Kantor Kelurahan", date=date(2026, 2, 22)),
        Announced(place="Balai RW 5", rw=5, date=date(2026, 2, 25)),
        Announced(place="Balai RW 6", rw=6, date=date(2026, 2, 21)),
        Announced(place="Rumah Ketua RT 4", rw=5, rt=4, date=date(2026, 2, 21)),
    )
    assert ask(mother.nik, mother.name).present[0].next_sitting.place.name == "Balai RW 5"


def test_one_who_cannot_come_is_visited_and_nobody_else(office, ask):
    mother, sick = Recipient(), Recipient(name="OMAH", care=True)
    office.publishes(mother, sick)
    office.announces(Announced(), Announced(place="Rumah penerima", kind="home", address=None, date=date(2026, 2, 26)))
    assert ask(mother.nik, mother.name).present[0].channel is Channel.COMMUNITY_POINT
    (aid,) = ask(sick.nik, sick.name).present
    assert (aid.channel, aid.bring, aid.proxy) == (Channel.HOME, ("ktp", "kk"), "same_kk_or_attorney")


def test_whose_home_is_visited_is_not_public(office, services):
    office.announces(Announced(place="Rumah Ibu Siti", kind="home", address="Gang Kenanga 77", latitude=-6.5))
    (sitting,) = services.timetable.schedule("32.71.05.1002").upcoming
    place = sitting.sitting.place
    assert (place.name, place.address, place.latitude) == ("Rumah penerima", None, None)


def test_a_missed_sitting_shows_where_it_was_and_until_when(office, ask, clock):
    mother = Recipient()
    office.publishes(mother)
    office.announces(Announced())
    clock.passes(days=10)
    (aid,) = ask(mother.nik, mother.name).present
    assert aid.next_sitting is None
    assert aid.missed_sitting.starts.date() == date(2026, 2, 24)
    assert aid.deadline == date(2026, 3, 31)


def test_the_hour_is_that_of_the_place(office, ask):
    farmer = Recipient(name="SUPARMAN", region_code="76.04.03.1001", rw=None, rt=None)
    office.publishes(farmer)
    office.announces(Announced(region_code="76.04.03.1001"))
    starts = ask(farmer.nik, farmer.name).present[0].next_sitting.starts
    assert (starts.tzname(), starts.hour, starts.utcoffset()) == ("WITA", 8, timedelta(hours=8))


def test_aid_to_a_group_names_the_group(office, ask):
    member = Recipient(state="group", group_name="KUBE Mawar", amount=2_000_000)
    office.publishes(member, programme="KUBE", period="2026")
    (aid,) = ask(member.nik, member.name).present
    assert (aid.state, aid.group_name) == (State.GROUP, "KUBE Mawar")


def test_a_nik_twice_on_one_list_is_one_entitlement(office, ask):
    nik = a_nik()
    office.publishes(Recipient(nik=nik), Recipient(nik=nik))
    assert len(ask(nik, "Siti Maesaroh").present) == 1


def test_a_bank_card_is_told(office, ask):
    mother = Recipient(channel="bank_card")
    office.publishes(mother)
    (aid,) = ask(mother.nik, mother.name).present
    assert (aid.channel, aid.bring) == (Channel.BANK_CARD, ("kks", "ktp"))


def test_every_look_is_recorded_for_each_person_shown(office, ask, services):
    from sqlalchemy import text

    kk = a_kk()
    office.publishes(Recipient(kk=kk), Recipient(name="OOM ROMLAH", kk=kk))
    ask(Kk.parse(kk), "Oom Romlah")
    ask(Kk.parse(kk), "Oom Romlah", asker=Asker.chat(5))
    ask(Kk.parse(kk), "Budi")
    with services.database.reading() as connection:
        doors = connection.execute(text("SELECT door, count(*) FROM access_record GROUP BY door ORDER BY door")).all()
    assert [tuple(row) for row in doors] == [("bot", 2), ("web", 2)]


def test_a_question_costs_few_statements(office, ask, monkeypatch):
    mother = Recipient()
    office.publishes(mother)
    office.announces(Announced())
    statements: list[object] = []
    run = Prepared.run

    def counted(*args: Any) -> Any:
        statements.append(args[0])
        return run(*args)

    monkeypatch.setattr(Prepared, "run", counted)
    ask(mother.nik, mother.name)
    assert len(statements) == 5
    statements.clear()
    ask(mother.nik, "Budi")
    assert len(statements) == 3


def test_a_question_runs_nothing_past_the_prepared_statements(office, ask, services):
    mother = Recipient()
    office.publishes(mother)
    others = []
    event.listen(services.database.engine, "before_cursor_execute", lambda *args: others.append(args[2]))
    ask(mother.nik, mother.name)
    assert others == []


def test_the_decoys_are_too_unlike_each_other_for_one_typed_name_to_fit_them_all():
    assert len(decoys.DECOYS) == decoys.LEAST_WORK
    assert len({decoy[:2] for decoy in decoys.DECOYS}) == decoys.LEAST_WORK
