"""Each sentence is true when it is read: of money, of who is off, of a place; and says all that is needed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import insert

from salur.core.following.answers import News
from salur.core.following.kinds import NewsKind
from salur.core.lists.kinds import State
from salur.core.tables.regions import OfficeRow
from salur.words.language import language
from salur.words.lookup.following import contests, sentences
from tests.core.following.conftest import at, kinds
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient, Reported


def test_who_was_paid_and_is_left_out_by_a_new_list_is_not_told_that_she_was_not_paid(
    office, clock, mother, follow, told
):
    other = Recipient()
    office.publishes(mother, other)
    follow(mother)
    office.hears(Reported(nik=mother.nik))
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.PAID]
    clock.passes(hours=2)
    office.publishes(other)
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.TAKEN_OFF]


def test_who_is_taken_off_when_her_payment_is_taken_back_hears_how_to_object(
    services, office, clock, mother, follow, told
):
    other = Recipient()
    office.publishes(mother, other)
    follow(mother)
    file = office.hears(Reported(nik=mother.nik))
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.PAID]
    clock.passes(hours=2)
    services.payments.undo(file)
    office.publishes(replace(mother, state=State.TAKEN_OFF, reason="moved"), other)
    clock.passes(minutes=10)
    (one,) = told()
    assert (one.kind, one.reason) == (NewsKind.TAKEN_OFF, "moved")


def test_who_was_paid_and_is_taken_off_reads_of_no_button_that_would_report_something_else(
    services, office, koreksi, clock, mother, follow, told
):
    office.publishes(mother, Recipient())
    follow(mother)
    file = office.hears(Reported(nik=mother.nik))
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.PAID]
    clock.passes(hours=2)
    koreksi.publishes(mother, state=State.TAKEN_OFF, reason="moved")
    clock.passes(minutes=10)
    (one,) = told()
    assert one.kind is NewsKind.TAKEN_OFF
    assert "Masih berhak?" not in sentences(one, language("id"))  # a button under it would report that nothing came
    assert contests({"news": [one.facts()], "refs": ["ref"]}, language("id")) == ()
    clock.passes(hours=2)
    services.payments.undo(file)
    clock.passes(minutes=10)
    (one,) = told()
    assert one.kind is NewsKind.TAKEN_OFF
    assert contests({"news": [one.facts()], "refs": ["ref"]}, language("id")) == (("Saya masih berhak", "ref"),)


def test_who_was_paid_and_is_listed_again_is_not_told_to_wait_for_a_day(office, koreksi, clock, mother, follow, told):
    office.publishes(mother, Recipient())
    follow(mother)
    office.hears(Reported(nik=mother.nik))
    koreksi.publishes(mother, state=State.TAKEN_OFF, reason="moved")
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.PAID, NewsKind.TAKEN_OFF]
    clock.passes(hours=2)
    koreksi.publishes(mother, state=State.ENTITLED, reason=None)
    clock.passes(minutes=10)
    (one,) = told()
    assert one.kind is NewsKind.LISTED_AGAIN
    assert "belum ditetapkan" not in sentences(one, language("id"))


def test_a_payment_that_failed_again_or_was_made_on_another_day_is_told(office, clock, mother, follow, told):
    office.publishes(mother)
    follow(mother)
    for status, day in (("failed", 12), ("failed", 18), ("paid", 19)):
        office.hears(Reported(nik=mother.nik, status=status, date=dt.date(2026, 2, day)))
        clock.passes(hours=2)
        (one,) = told()
        assert (one.kind, one.paid_on) == (NewsKind(status), f"2026-02-{day}")


def test_only_another_address_is_told_with_the_one_before_and_a_first_one_is_no_change(
    office, clock, mother, follow, told
):
    office.publishes(mother)
    office.announces(Announced(place="Aula RW 5", address=None))
    follow(mother)
    office.announces(Announced(place="Aula RW 5", address="Jl. Roda No. 1"))
    clock.passes(hours=2)
    assert told() == []
    office.announces(Announced(place="Aula RW 5", address="Jl. Roda No. 40"))
    clock.passes(hours=2)
    (one,) = told()
    assert one.kind is NewsKind.DATE_MOVED
    now, before = sentences(News.read(one.facts()), language("id")).splitlines()
    assert now.endswith("di *Aula RW 5*. Jl. Roda No. 40.")
    assert before.endswith("di Aula RW 5, Jl. Roda No. 1.")


def test_a_day_that_is_set_when_it_is_near_is_told_with_what_to_bring(office, clock, mother, follow, told):
    office.publishes(mother)
    follow(mother)
    clock.now = at(10, day=24)
    office.announces(Announced(starts=dt.time(13), ends=dt.time(15)))
    clock.passes(minutes=10)
    (one,) = told()
    said = sentences(one, language("id"))
    assert said.startswith("📅 *Tanggalnya sudah ada.* Ambil bantuan: *Selasa, 24 Februari 2026*")
    assert said.endswith("\nBawa surat pemberitahuan, KTP asli, dan KK asli.")


def test_a_day_that_is_far_is_not(office, clock, mother, follow, told):
    office.publishes(mother)
    follow(mother)
    office.announces(Announced())
    clock.passes(minutes=10)
    (one,) = told()
    assert "Bawa" not in sentences(one, language("id"))


def test_a_sitting_of_tomorrow_that_moves_and_moves_is_one_message_an_hour(office, clock, mother, follow, told):
    office.publishes(mother)
    follow(mother)
    clock.now = at(10, day=23)
    office.announces(Announced())
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.DATE_SET]
    for hour in (9, 10, 11):
        office.announces(Announced(starts=dt.time(hour), ends=dt.time(hour + 2)))
        clock.passes(minutes=12)
        assert told() == []
    clock.now = at(11, 10, day=23)
    (one,) = told()
    assert (one.kind, one.was.starts.hour, one.day.starts.hour) == (NewsKind.DATE_MOVED, 8, 11)


def test_nobody_sets_out_for_what_is_called_off_because_they_were_reminded_just_now(
    services, office, clock, mother, follow, told
):
    office.publishes(mother)
    follow(mother)
    file = office.announces(Announced(starts=dt.time(6, 45)))
    clock.passes(minutes=10)
    told()
    clock.now = at(6, day=24)
    assert kinds(told()) == [NewsKind.TODAY]
    services.schedules.undo(file)
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.DATE_GONE]


def test_an_amount_that_changes_takes_no_reminders_place(office, clock, mother, follow, told):
    office.publishes(mother)
    office.announces(Announced())
    follow(mother)
    clock.now = at(8, 50, day=22)
    office.publishes(replace(mother, amount=900_000))
    clock.now = at(9, day=22)
    assert kinds(told()) == [NewsKind.AMOUNT, NewsKind.IN_TWO_DAYS]


def test_whose_only_list_is_taken_back_hears_that_nobody_is_to_come_and_all_else_once(
    services, office, clock, mother, follow, told
):
    office.publishes(mother)
    follow(mother)
    sembako = office.publishes(mother, programme="SEMBAKO")
    office.announces(Announced(programme="SEMBAKO"))
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.LISTED]
    clock.passes(hours=2)
    services.lists.undo(sembako, "wrong file")
    clock.passes(minutes=10)
    (one,) = told()
    assert (one.kind, one.programme_name, one.was.starts.day) == (NewsKind.WITHDRAWN, "Program Sembako (BPNT)", 24)
    said = sentences(one, language("id"))
    assert "*Daftar Tahap 1 tahun 2026 ditarik kantor* dan tidak berlaku lagi." in said
    assert "*Jangan datang dulu.* Yang batal: Selasa, 24 Februari 2026" in said
    clock.passes(hours=2)
    assert told() == []
    office.publishes(replace(mother, amount=700_000), programme="SEMBAKO")  # the right one, with the same day
    clock.passes(minutes=10)
    (one,) = told()
    assert (one.kind, one.amount, one.day.starts.day) == (NewsKind.LISTED, 700_000, 24)


def test_so_does_whose_list_set_no_day_yet_and_a_list_put_right_at_once_is_no_news(
    services, office, clock, mother, follow, told
):
    office.publishes(mother, period="2025-T4")
    follow(mother)
    newer = office.publishes(mother)
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.LISTED]
    clock.passes(hours=2)
    services.lists.undo(newer, "wrong file")
    clock.passes(minutes=5)
    newer = office.publishes(mother)
    clock.passes(hours=2)
    assert told() == []
    services.lists.undo(newer, "wrong file")
    clock.passes(minutes=10)
    (one,) = told()
    assert (one.kind, one.period, one.was) == (NewsKind.WITHDRAWN, "2026-T1", None)
    assert "datang" not in sentences(one, language("id"))


def test_who_is_taken_off_by_a_new_list_that_is_taken_back_is_listed_again(
    services, office, clock, mother, follow, told
):
    other = Recipient()
    office.publishes(mother, other, period="2025-T4")
    follow(mother)
    newer = office.publishes(other)
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.TAKEN_OFF]
    clock.passes(hours=2)
    services.lists.undo(newer, "wrong file")
    clock.passes(minutes=10)
    (one,) = told()
    assert (one.kind, one.period) == (NewsKind.LISTED_AGAIN, "2025-T4")
    clock.passes(hours=2)
    office.publishes(other)
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.TAKEN_OFF]


def test_who_is_on_the_list_again_as_a_payment_is_taken_back_hears_of_both_and_of_the_amount(
    services, office, koreksi, clock, mother, follow, told
):
    office.publishes(mother, Recipient())
    follow(mother)
    file = office.hears(Reported(nik=mother.nik))
    koreksi.publishes(mother, state=State.TAKEN_OFF, reason="moved")
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.PAID, NewsKind.TAKEN_OFF]
    clock.passes(hours=2)
    services.payments.undo(file)
    koreksi.publishes(mother, state=State.ENTITLED, reason=None, amount=700_000)
    office.announces(Announced())
    clock.passes(minutes=10)
    first, second = told()
    assert (first.kind, first.day) == (NewsKind.NOT_PAID, None)
    assert (second.kind, second.amount, second.day.starts.day) == (NewsKind.LISTED_AGAIN, 700_000, 24)


def test_an_amount_that_changes_as_a_payment_fails_is_told(office, clock, mother, follow, told):
    office.publishes(mother)
    follow(mother)
    office.publishes(replace(mother, amount=700_000))
    office.hears(Reported(nik=mother.nik, status="failed"))
    clock.passes(minutes=10)
    failed, amount = told()
    assert (failed.kind, failed.office, amount.kind) == (NewsKind.FAILED, None, NewsKind.AMOUNT)
    assert "Dulu Rp600.000, sekarang *Rp700.000*." in sentences(amount, language("id"))


@pytest.mark.parametrize("status", ["failed", "returned"])
def test_who_is_sent_to_the_kelurahan_is_told_where_that_is(services, office, clock, mother, follow, told, status):
    with services.database.writing() as connection:
        where = {
            "name": "Kantor Kelurahan Tegal Gundil",
            "address": "Jl. Achmad Adnawijaya 1",
            "phone": "",
            "hours": "",
        }
        connection.execute(insert(OfficeRow).values(code=TEGAL_GUNDIL, **where))
    office.publishes(mother)
    follow(mother)
    office.hears(Reported(nik=mother.nik, status=status))
    clock.passes(minutes=10)
    (one,) = told()
    assert "🏢 *Kantor Kelurahan Tegal Gundil*: Jl. Achmad Adnawijaya 1" in sentences(one, language("id"))


def test_a_list_that_is_taken_back_and_put_in_force_again_is_no_news_to_who_was_suspended_by_it(
    services, office, clock, mother, follow, told
):
    office.publishes(mother)
    follow(mother)
    suspended = replace(mother, state=State.SUSPENDED, reason="account_problem")
    sembako = office.publishes(suspended, programme="SEMBAKO")
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.SUSPENDED]
    clock.passes(hours=2)
    services.lists.undo(sembako, "wrong file")
    clock.passes(minutes=10)
    assert told() == []
    clock.passes(hours=2)
    office.publishes(suspended, programme="SEMBAKO")
    clock.passes(minutes=10)
    assert told() == []
    clock.passes(hours=2)
    office.publishes(mother, programme="SEMBAKO")
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.LISTED_AGAIN]
