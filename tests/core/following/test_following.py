"""Whoever follows hears of each change once, and of nothing that was taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select, text

from salur.core.errors import Refused
from salur.core.following.answers import News
from salur.core.following.kinds import NewsKind
from salur.core.following.told import news
from salur.core.limits.asker import Asker
from salur.core.lists.kinds import State
from salur.core.notices.channels import Channel
from salur.core.people.nik import Nik
from salur.core.tables.metadata import METADATA
from tests.core.following.conftest import CHAT
from tests.fixtures.office import Announced, Recipient, Reported


def only(heard):
    ((chat, kinds),) = heard
    assert chat == CHAT
    return kinds


def test_a_day_that_is_set_moved_and_cancelled_is_told_each_time_once(services, office, clock, mother, follow, heard):
    office.publishes(mother)
    assert follow(mother)
    assert not follow(mother)
    assert heard() == []
    office.announces(Announced())
    assert heard() == []  # it can still be taken back
    clock.passes(minutes=11)
    assert only(heard()) == [NewsKind.DATE_SET]
    assert heard() == []
    clock.passes(hours=2)
    office.announces(Announced(date=dt.date(2026, 2, 26)))
    clock.passes(minutes=11)
    services.following.sweep()
    (notice,) = services.notices.take()
    (one,) = (News.read(facts) for facts in notice.facts["news"])
    assert one.was
    assert one.day
    assert (one.kind, one.was.starts.day, one.day.starts.day) == (NewsKind.DATE_MOVED, 24, 26)
    assert (one.payee, one.day.starts.tzname()) == ("S. M.", "WIB")


def test_what_is_taken_back_within_ten_minutes_tells_nobody(services, office, clock, mother, follow, heard):
    office.publishes(mother)
    follow(mother)
    file = office.announces(Announced())
    clock.passes(minutes=9)
    services.schedules.undo(file)
    clock.passes(hours=2)
    assert heard() == []


def test_many_changes_within_an_hour_are_one_message(office, clock, mother, follow, heard):
    office.publishes(mother)
    follow(mother)
    office.announces(Announced())
    clock.passes(minutes=11)
    assert only(heard()) == [NewsKind.DATE_SET]
    for day in (25, 26, 27):
        office.announces(Announced(date=dt.date(2026, 2, day)))
        clock.passes(minutes=12)
        assert heard() == []
    clock.passes(hours=1)
    assert only(heard()) == [NewsKind.DATE_MOVED]


def test_two_days_before_and_in_the_morning(clock, office, mother, follow, heard):
    office.publishes(mother)
    office.announces(Announced())  # 24 February, eight o'clock
    follow(mother)
    zone = dt.timezone(dt.timedelta(hours=7))
    clock.now = dt.datetime(2026, 2, 22, 8, 59, tzinfo=zone)
    assert heard() == []
    clock.now = dt.datetime(2026, 2, 22, 9, 0, tzinfo=zone)
    assert only(heard()) == [NewsKind.IN_TWO_DAYS]
    clock.now = dt.datetime(2026, 2, 24, 6, 0, tzinfo=zone)
    assert only(heard()) == [NewsKind.TODAY]
    clock.now = dt.datetime(2026, 2, 24, 10, 0, tzinfo=zone)
    assert heard() == []


@pytest.mark.parametrize(
    ("status", "kind"), [("paid", NewsKind.PAID), ("returned", NewsKind.RETURNED), ("failed", NewsKind.FAILED)]
)
def test_what_became_of_the_money_is_told(office, clock, mother, follow, heard, status, kind):
    office.publishes(mother)
    follow(mother)
    office.hears(Reported(nik=mother.nik, status=status))
    clock.passes(minutes=11)
    assert only(heard()) == [kind]


def test_who_is_taken_off_is_told_and_reads_how_to_object(services, office, clock, mother, follow, heard):
    other = Recipient()
    office.publishes(mother, other)
    follow(mother)
    office.publishes(replace(mother, state=State.TAKEN_OFF), other)
    clock.passes(minutes=11)
    services.following.sweep()
    (notice,) = services.notices.take()
    (one,) = (News.read(facts) for facts in notice.facts["news"])
    assert one.kind is NewsKind.TAKEN_OFF
    (ref,), follow_id = notice.facts["refs"], notice.facts["follow"]
    assert services.following.behind(Channel.TELEGRAM, CHAT, follow_id, ref).key
    assert services.following.behind(Channel.TELEGRAM, "4712", follow_id, ref) is None
    assert services.following.behind(Channel.TELEGRAM, CHAT, follow_id, ref[::-1]) is None


def test_a_list_published_and_taken_back_within_ten_minutes_tells_nobody(
    services, office, clock, mother, follow, heard
):
    other = Recipient()
    office.publishes(mother, other)
    follow(mother)
    newer = office.publishes(replace(mother, state=State.TAKEN_OFF), other)
    clock.passes(minutes=5)
    services.lists.undo(newer, "wrong file")
    clock.passes(hours=2)
    assert heard() == []


def test_nobody_is_disturbed_at_night(office, clock, mother, follow, heard):
    zone = dt.timezone(dt.timedelta(hours=7))
    office.publishes(mother)
    follow(mother)
    clock.now = dt.datetime(2026, 2, 20, 20, 55, tzinfo=zone)
    office.announces(Announced())
    clock.now = dt.datetime(2026, 2, 20, 21, 10, tzinfo=zone)
    assert heard() == []
    clock.now = dt.datetime(2026, 2, 21, 5, 59, tzinfo=zone)
    assert heard() == []
    clock.now = dt.datetime(2026, 2, 21, 6, 0, tzinfo=zone)
    assert only(heard()) == [NewsKind.DATE_SET]


def test_what_waits_for_a_bot_that_is_away_waits_on_at_night(services, office, clock, mother, follow):
    zone = dt.timezone(dt.timedelta(hours=7))
    office.publishes(mother)
    follow(mother)
    clock.now = dt.datetime(2026, 2, 20, 20, 30, tzinfo=zone)
    office.announces(Announced())
    clock.now = dt.datetime(2026, 2, 20, 20, 45, tzinfo=zone)
    assert services.following.sweep().told == 1
    clock.now = dt.datetime(2026, 2, 20, 21, 30, tzinfo=zone)
    assert services.notices.take() == []
    clock.now = dt.datetime(2026, 2, 21, 6, 1, tzinfo=zone)
    assert len(services.notices.take()) == 1


def test_a_reminder_that_comes_too_late_does_not_come(services, office, clock, mother, follow):
    zone = dt.timezone(dt.timedelta(hours=7))
    office.publishes(mother)
    office.announces(Announced())
    follow(mother)
    clock.now = dt.datetime(2026, 2, 24, 6, 0, tzinfo=zone)
    assert services.following.sweep().told == 1
    clock.now = dt.datetime(2026, 2, 24, 12, 0, tzinfo=zone)
    assert services.notices.take() == []


def test_a_new_list_that_writes_somebody_otherwise_is_followed_on(office, clock, mother, follow, heard):
    office.publishes(mother)
    follow(mother)
    moved = replace(mother, rt=7, name="SITTI MAESAROH")
    office.publishes(moved)
    office.announces(Announced(rw=5, rt=7))
    clock.passes(minutes=11)
    assert only(heard()) == [NewsKind.DATE_SET]


def test_nothing_is_left_of_whoever_follows_no_more(services, office, clock, mother, follow):
    office.publishes(mother)
    follow(mother)
    office.announces(Announced())
    clock.passes(minutes=11)
    assert services.following.sweep().told == 1
    digest = services.following.digest_of(Channel.TELEGRAM, CHAT)
    assert found_anywhere(services, digest) == {"follow", "notice"}
    assert services.following.stop(Channel.TELEGRAM, CHAT) == 1
    assert found_anywhere(services, digest) == set()
    assert services.following.count(Channel.TELEGRAM, CHAT) == 0


def test_who_stands_on_no_list_for_so_long_is_followed_no_more(services, office, clock, mother, follow, heard):
    other = Recipient()
    office.publishes(mother, other)
    follow(mother)
    follow(other, "4712")
    office.publishes(other)  # the list that names the mother has ended
    clock.passes(days=395)
    services.retention.purge()
    heard()
    assert services.following.count(Channel.TELEGRAM, CHAT) == 1
    clock.passes(days=1)
    services.retention.purge()
    clock.passes(minutes=10)
    heard()
    assert services.following.count(Channel.TELEGRAM, CHAT) == 0
    assert services.following.count(Channel.TELEGRAM, "4712") == 1


def test_a_fault_with_one_follower_keeps_word_from_no_other(services, office, clock, mother, follow, monkeypatch):
    other = Recipient()
    office.publishes(mother, other)
    follow(mother)
    follow(other, "4712")
    office.announces(Announced())
    clock.passes(minutes=11)
    first = iter([True])

    def faulty(*said):
        if next(first, False):
            raise KeyError("Tegal Gundil")
        return news(*said)

    monkeypatch.setattr("salur.core.following.telling.news", faulty)
    with pytest.raises(KeyError):
        services.following.sweep()
    assert len(services.notices.take()) == 1
    assert services.following.sweep().looked == 0
    clock.passes(hours=1)
    assert services.following.sweep().told == 1  # put off, and not forgotten


def test_a_calendar_is_told_nothing_and_fills_no_box(services, office, clock, mother):
    office.publishes(mother)
    answer = services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=Asker.chat(1))
    services.following.follow(Channel.CALENDAR, "a link", None, answer.way_back)
    office.announces(Announced())
    clock.now = dt.datetime(2026, 2, 22, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    assert services.following.sweep().told == 0
    assert services.notices.take(channel=Channel.CALENDAR) == []


def test_that_somebody_follows_stands_in_the_record_of_whom(services, office, mother, follow):
    office.publishes(mother)
    follow(mother)
    answer = services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=Asker.chat(1))
    looks = services.my_data.history(answer.key, asker=Asker.chat(1)).looks
    assert ("bot", "follow") in {(str(look.door), look.what) for look in looks}


def found_anywhere(services, wanted):
    """The tables in which these bytes stand, whatever the column is called."""
    with services.database.reading() as connection:
        return {
            table.name
            for table in METADATA.sorted_tables
            for row in connection.execute(select(table))
            if any(isinstance(value, bytes | memoryview) and bytes(value) == wanted for value in row)
        }


def test_chat_and_person_stand_together_only_in_what_is_sealed(services, office, mother, follow):
    office.publishes(mother)
    follow(mother)
    with services.database.reading() as connection:
        (row,) = connection.execute(text("SELECT * FROM follow")).mappings()
        person = connection.execute(text("SELECT id, nik_index, kk_index FROM person")).one()
    open_columns = {name: value for name, value in row.items() if not name.startswith("sealed_")}
    assert not {*map(bytes_of, open_columns.values())} & {*map(bytes_of, person)}
    for sealed in (row["sealed_link"], row["sealed_told"]):
        assert CHAT.encode() not in bytes(sealed)
        assert b"SITI" not in bytes(sealed)


def bytes_of(value):
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_a_chat_follows_some_people_and_no_crowd(office, follow):
    people = [Recipient() for _ in range(11)]
    office.publishes(*people)
    for one in people[:10]:
        assert follow(one)
    with pytest.raises(Refused, match="follows_enough"):
        follow(people[10])


def test_a_pass_that_is_forged_begins_nothing(services):
    with pytest.raises(Refused, match="key_expired"):
        services.following.follow(Channel.TELEGRAM, CHAT, None, "AAAA")
