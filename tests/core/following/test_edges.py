"""Where two rules meet: nights, what can be taken back, moves there and back, what is over."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

from salur.core.following.answers import News
from salur.core.following.kinds import NewsKind
from salur.core.regions.shipped import all_regions
from tests.core.following.conftest import WIB, at, kinds
from tests.fixtures.office import Announced, Recipient, Reported

WITA, WIT = (ZoneInfo(f"Asia/{city}") for city in ("Makassar", "Jayapura"))
POLEWALI, JAYAPURA = "76.04.01.1001", "91.71.01.1001"


def test_what_changes_a_minute_before_nine_waits_for_the_morning(office, clock, mother, follow, told):
    office.publishes(mother)
    follow(mother)
    clock.now = at(20, 59)
    office.announces(Announced())
    clock.now = at(21, 9)
    assert told() == []
    clock.now = at(5, 59, day=21)
    assert told() == []
    clock.now = at(6, 0, day=21)
    assert kinds(told()) == [NewsKind.DATE_SET]
    clock.now = at(12, 0, day=21)
    assert told() == []


def test_a_second_change_that_is_taken_back_is_not_told_with_the_first(services, office, clock, mother, follow, told):
    office.publishes(mother)
    follow(mother)
    office.announces(Announced())
    clock.passes(minutes=9)
    file = office.announces(Announced(date=dt.date(2026, 2, 26)))
    clock.passes(minutes=2)
    assert told() == []  # the first stands for eleven minutes, the second for two
    clock.passes(minutes=5)
    services.schedules.undo(file)
    clock.passes(minutes=10)
    (one,) = told()
    assert (one.kind, one.day.starts.day) == (NewsKind.DATE_SET, 24)
    clock.passes(hours=2)
    assert told() == []


def test_a_change_that_can_be_taken_back_is_not_told_with_a_reminder(services, office, clock, mother, follow, told):
    office.publishes(mother)
    office.announces(Announced())
    follow(mother)
    clock.now = at(8, 55, day=22)
    file = office.announces(Announced(date=dt.date(2026, 2, 26)))
    clock.now = at(9, 0, day=22)
    assert told() == []
    services.schedules.undo(file)
    clock.now = at(9, 10, day=22)
    (one,) = told()
    assert (one.kind, one.day.starts.day) == (NewsKind.IN_TWO_DAYS, 24)


def test_what_is_taken_back_later_is_told_as_it_is_then(services, office, clock, mother, follow, told):
    office.publishes(mother)
    follow(mother)
    file = office.announces(Announced())
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.DATE_SET]
    clock.passes(hours=1)
    services.schedules.undo(file)
    clock.passes(minutes=10)
    (one,) = told()
    assert (one.kind, one.day, one.was.starts.day) == (NewsKind.DATE_GONE, None, 24)


def test_a_payment_that_is_taken_back_later_is_told_as_not_paid(services, office, clock, mother, follow, told):
    office.publishes(mother)
    follow(mother)
    file = office.hears(Reported(nik=mother.nik))
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.PAID]
    clock.passes(hours=1)
    services.payments.undo(file)
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.NOT_PAID]


def test_moved_there_and_back_at_once_is_no_news_and_later_it_is_twice(office, clock, mother, follow, told):
    office.publishes(mother)
    office.announces(Announced())
    follow(mother)
    for day in (26, 24):
        office.announces(Announced(date=dt.date(2026, 2, day)))
        clock.passes(minutes=5)
    clock.passes(hours=1)
    assert told() == []
    for day in (26, 24):
        office.announces(Announced(date=dt.date(2026, 2, day)))
        clock.passes(hours=2)
        (one,) = told()
        assert (one.kind, one.day.starts.day, one.was.starts.day) == (NewsKind.DATE_MOVED, day, 50 - day)
        assert (one.day.starts.hour, one.was.starts.hour) == (8, 8)
    clock.now = at(9, 0, day=22)
    assert kinds(told()) == [NewsKind.IN_TWO_DAYS]
    clock.now = at(6, 0, day=24)
    assert kinds(told()) == [NewsKind.TODAY]


def test_a_sitting_moved_to_today_is_told_once_and_not_brought_to_mind_beside(office, clock, mother, follow, told):
    office.publishes(mother)
    office.announces(Announced())
    follow(mother)
    clock.now = at(10)
    office.announces(Announced(date=dt.date(2026, 2, 20), starts=dt.time(14), ends=dt.time(16)))
    clock.now = at(10, 10)
    (one,) = told()
    assert (one.kind, one.day.starts, one.was.starts.day) == (NewsKind.DATE_MOVED, at(14), 24)
    clock.now = at(13)
    assert told() == []


def test_moved_to_today_is_told_though_something_else_was_just_told(office, clock, mother, follow, told):
    office.publishes(mother)
    follow(mother)
    clock.now = at(9)
    office.announces(Announced())
    clock.now = at(9, 10)
    assert kinds(told()) == [NewsKind.DATE_SET]
    clock.now = at(9, 15)
    office.announces(Announced(date=dt.date(2026, 2, 20), starts=dt.time(10), ends=dt.time(11)))
    clock.now = at(9, 25)
    assert kinds(told()) == [NewsKind.DATE_MOVED]


def test_the_morning_of_a_sitting_at_half_past_six(office, clock, mother, follow, told):
    office.publishes(mother)
    office.announces(Announced(starts=dt.time(6, 30), ends=dt.time(8)))
    follow(mother)
    clock.now = at(9, day=22)
    assert kinds(told()) == [NewsKind.IN_TWO_DAYS]
    clock.now = at(5, 59, day=24)
    assert told() == []
    clock.now = at(6, day=24)
    assert kinds(told()) == [NewsKind.TODAY]


def test_a_reminder_that_could_not_go_out_by_day_waits_for_the_morning(office, clock, mother, follow, told):
    office.publishes(mother)
    office.announces(Announced())
    follow(mother)
    clock.now = at(21, 30, day=22)  # nobody looked since eight in the morning
    assert told() == []
    clock.now = at(6, day=23)
    assert kinds(told()) == [NewsKind.IN_TWO_DAYS]
    clock.now = at(9, day=23)
    assert told() == []


def test_of_two_aids_on_one_day_the_one_that_is_to_come_is_brought_to_mind_and_not_the_one_that_is_over(
    services, office, clock, mother, follow, told
):
    office.publishes(mother)
    office.publishes(replace(mother), programme="SEMBAKO")
    office.announces(Announced(), Announced(programme="SEMBAKO", starts=dt.time(13), ends=dt.time(15)))
    follow(mother)
    clock.now = at(6, day=24)
    assert services.following.sweep().told == 1
    clock.now = at(11, 30, day=24)  # the bot was away
    (notice,) = services.notices.take()
    (one,) = map(News.read, notice.facts["news"])
    assert (one.kind, one.programme_name, len(notice.facts["refs"])) == (NewsKind.TODAY, "Program Sembako (BPNT)", 1)


def test_a_day_that_is_over_before_anybody_could_be_told_is_not_told(services, office, clock, mother, follow, told):
    office.publishes(mother)
    follow(mother)
    clock.now = at(7)
    office.announces(Announced(date=dt.date(2026, 2, 20)))
    clock.now = at(7, 30)
    assert services.following.sweep().told == 1
    clock.now = at(11, 1)
    assert told() == []


def test_each_is_told_by_the_clock_of_the_place(services, office, clock, follow):
    services.regions.load(one for one in all_regions() if one.code.startswith("91.71") or one.code == "91")
    people = {zone: Recipient(region_code=code) for zone, code in ((WIB, None), (WITA, POLEWALI), (WIT, JAYAPURA))}
    people[WIB] = Recipient()
    for chat, one in enumerate(people.values(), 1):
        office.publishes(one)
        assert follow(one, str(chat))
    clock.now = at(20, 15)  # half past eight in the east
    office.announces(*(Announced(region_code=one.region_code) for one in people.values()))

    def heard():
        while services.following.sweep().more:
            pass
        notices = services.notices.take()
        for notice in notices:
            services.notices.sent(notice.id)
        return {notice.address: [one["day"]["zone"] for one in notice.facts["news"]] for notice in notices}

    clock.now = at(20, 30)
    assert heard() == {"1": ["Asia/Jakarta"]}
    clock.now = at(3, 59, day=21)
    assert heard() == {}
    clock.now = at(4, 0, day=21)
    assert heard() == {"3": ["Asia/Jayapura"]}
    clock.now = at(5, 0, day=21)
    assert heard() == {"2": ["Asia/Makassar"]}
    clock.now = at(6, 0, day=21)
    assert heard() == {}


def test_whose_list_names_them_no_more_is_told_that_and_nothing_else(office, clock, mother, follow, told):
    other = Recipient()
    office.publishes(mother, other)
    follow(mother)
    office.publishes(other)
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.TAKEN_OFF]
    clock.passes(hours=2)
    office.publishes(mother, other)
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.LISTED_AGAIN]


def test_what_is_listed_and_paid_at_once_is_told_as_paid(office, clock, mother, follow, told):
    office.publishes(mother)
    follow(mother)
    office.publishes(replace(mother), programme="SEMBAKO")
    office.hears(Reported(nik=mother.nik), programme="SEMBAKO")
    clock.passes(minutes=10)
    (one,) = told()
    assert (one.kind, one.programme_name) == (NewsKind.PAID, "Program Sembako (BPNT)")


def test_after_a_day_that_is_over_the_one_that_follows_is_told_and_brought_to_mind(office, clock, mother, follow, told):
    office.publishes(mother)
    office.announces(Announced(), Announced(date=dt.date(2026, 2, 27)))
    follow(mother)
    clock.now = at(6, day=24)
    assert kinds(told()) == [NewsKind.TODAY]
    clock.now = at(11, day=24)
    assert told() == []
    clock.passes(seconds=1)
    (one,) = told()
    assert (one.kind, one.day.starts.day, one.was) == (NewsKind.DATE_SET, 27, None)
    clock.now = at(9, day=25)
    assert kinds(told()) == [NewsKind.IN_TWO_DAYS]
    clock.now = at(6, day=27)
    assert kinds(told()) == [NewsKind.TODAY]
    clock.passes(days=2)
    assert told() == []


def test_what_is_taken_back_within_ten_minutes_is_not_told_with_what_nobody_looked_at_for_hours(
    services, office, clock, mother, follow, told
):
    office.publishes(mother)
    follow(mother)
    office.announces(Announced())
    clock.passes(hours=3)  # whatever looks was away
    file = office.announces(Announced(date=dt.date(2026, 2, 26)))
    clock.passes(minutes=9)
    assert told() == []
    services.schedules.undo(file)
    clock.passes(minutes=10)
    (one,) = told()
    assert (one.kind, one.day.starts.day) == (NewsKind.DATE_SET, 24)
