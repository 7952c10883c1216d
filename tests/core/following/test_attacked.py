"""Somebody who means ill: what they hear, how long an office can keep others waiting, and what payees can do."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import count

import pytest
from sqlalchemy import delete, update

from salur.core.errors import Refused, TooManyAttempts
from salur.core.following.answers import Followers
from salur.core.following.kinds import NewsKind
from salur.core.limits.asker import Asker
from salur.core.limits.sendings import AT_LEAST, PHONES_A_DAY, SENDINGS_AN_HOUR
from salur.core.notices.channels import Channel
from salur.core.people.nik import Kk, Nik
from salur.core.tables.following import FollowedRow, FollowRow
from tests.core.following.conftest import CHAT, WIB, at, kinds
from tests.fixtures.office import Announced, Recipient, Reported, a_kk
from tests.fixtures.phones import subscription
from tests.fixtures.proposals import rows

HUSBAND = "4712"


@pytest.fixture
def family():
    """Wife and husband of one family, both on the list."""
    kk = a_kk()
    return Recipient(kk=kk), Recipient(row=3, name="BUDI SANTOSO", kk=kk)


def _follows_the_family(services, family, chat=HUSBAND):
    answer = services.lookup.ask(Kk.parse(family[0].kk), family[1].name, asker=Asker.chat(9))
    return services.following.follow(Channel.TELEGRAM, chat, None, answer.way_back)


def _parted(office, clock, family):
    """The wife leaves with her children: the new list has her under a KK number of her own."""
    wife, husband = replace(family[0], kk=a_kk(), rw=7), family[1]
    office.publishes(wife, husband)
    clock.passes(hours=2)
    return wife, husband


def test_who_follows_a_family_hears_no_more_of_her_who_has_left_it_than_they_would_read(
    services, office, clock, family, told
):
    office.publishes(*family)
    assert _follows_the_family(services, family)
    _parted(office, clock, family)
    read = services.lookup.ask(Kk.parse(family[0].kk), family[1].name, asker=Asker.chat(9))
    hers = [one.state for one in read.present if one.payee == "S. M."]
    assert [(one.payee, one.kind) for one in told()] == [("S. M.", NewsKind(str(state))) for state in hers]
    office.hears(Reported(nik=family[0].nik, name=family[0].name))
    office.announces(Announced())
    clock.passes(hours=2)
    assert [one.payee for one in told()] == ["B. S."]


@pytest.mark.parametrize("first", ["her NIK", "the KK number"])
def test_who_follows_herself_and_her_family_follows_herself_on(services, office, clock, family, follow, told, first):
    office.publishes(*family)
    begin = [lambda: follow(family[0]), lambda: _follows_the_family(services, family, CHAT)]
    for begins in begin if first == "her NIK" else begin[::-1]:
        begins()
    assert services.following.count(Channel.TELEGRAM, CHAT) == 1
    _parted(office, clock, family)
    told()
    office.hears(Reported(nik=family[0].nik, name=family[0].name))
    clock.passes(hours=2)
    assert [(one.payee, one.kind) for one in told()] == [("S. M.", NewsKind.PAID)]


def test_an_office_that_publishes_all_day_keeps_nobody_waiting_for_long(office, clock, mother, follow, told):
    office.publishes(mother)
    follow(mother)
    clock.now = at(8)
    hours = count(8)
    heard = []
    for minutes in range(0, 70, 9):
        clock.now = at(8) + dt.timedelta(minutes=minutes)
        heard += told()
        office.announces(Announced(ends=dt.time(11, next(hours))))
    assert kinds(heard) == [NewsKind.DATE_SET]


def test_an_office_that_publishes_all_morning_keeps_no_reminder_from_coming_in_time(
    office, clock, mother, follow, told
):
    office.publishes(mother)
    office.announces(Announced(starts=dt.time(8)))
    clock.now = at(5, 55, day=24)
    follow(mother)
    other = Recipient(row=3)
    heard = []
    for minutes in range(0, 75, 9):
        clock.now = at(5, 55, day=24) + dt.timedelta(minutes=minutes)
        heard += told()
        office.publishes(mother, other, programme="APBD") if minutes % 2 else office.publishes(mother, programme="APBD")
    assert NewsKind.TODAY in kinds(heard)


def test_what_comes_after_a_look_has_its_ten_minutes_again(services, office, clock, mother, follow, told):
    office.publishes(mother)
    follow(mother)
    office.announces(Announced())
    clock.passes(minutes=10)
    told()
    clock.passes(hours=5)
    file = office.announces(Announced(date=dt.date(2026, 2, 26)))
    clock.passes(minutes=9)
    assert told() == []
    services.schedules.undo(file)
    clock.passes(minutes=10)
    assert told() == []


def test_a_clock_that_was_years_ahead_silences_nobody(office, clock, mother, follow, told):
    office.publishes(mother)
    follow(mother)
    right, clock.now = clock.now, clock.now + dt.timedelta(days=90)
    office.publishes(replace(mother, amount=700_000))
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.AMOUNT]
    clock.now = right
    office.announces(Announced())
    clock.passes(hours=2)
    assert kinds(told()) == [NewsKind.DATE_SET]


# What a payee sees of who follows, and can do.


@pytest.fixture
def watched(services, office, mother, follow):
    """She is followed by two chats, a phone and a calendar."""
    office.publishes(mother, Recipient(row=3))
    for chat in ("1", "2"):
        follow(mother, chat, language="en")
    answer = services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=Asker.chat(9))
    phone = services.push.subscription(subscription()).address()
    services.following.follow(Channel.PUSH, phone, None, answer.way_back, asker=Asker.chat(9))
    services.calendars.make(answer.way_back, None, asker=Asker.chat(9))
    return mother


def key_of(services, whom, number=None):
    """The pass of her record."""
    typed = Nik.parse(whom.nik) if number is None else Kk.parse(number)
    return services.lookup.ask(typed, whom.name, asker=Asker.chat(9)).key


def test_a_payee_sees_how_many_are_told_of_her_and_since_when(services, clock, watched):
    began = clock()
    clock.passes(days=3)
    key = key_of(services, watched)
    assert services.followed.followers(key) == Followers(chats=2, phones=1, calendars=1, since=began, zone=WIB)


def test_a_payee_ends_them_all_and_they_are_told_so_and_nothing_else(services, office, clock, watched):
    office.announces(Announced())
    clock.passes(minutes=10)
    services.following.sweep()
    key = key_of(services, watched)
    assert services.followed.end(key, asker=Asker.chat(9)) == 4
    assert not rows(services, FollowRow)
    assert not rows(services, FollowedRow)
    waits = [*services.notices.take(), *services.notices.take(channel=Channel.PUSH)]
    assert [(one.code, one.facts) for one in waits] == [("follow_ended", {"payees": ["S. M."]})] * 3
    assert {one.language for one in waits} == {"en", None}
    for one in waits:
        services.notices.sent(one.id)
    assert len(services.followed.followers(key)) == 0
    assert "follow_end" in {look.what for look in services.my_data.history(key, asker=Asker.chat(9)).looks}
    clock.passes(hours=2)
    office.announces(Announced(date=dt.date(2026, 2, 26)))
    clock.passes(minutes=10)
    services.following.sweep()
    assert services.notices.take() == []


def test_nobody_is_woken_to_be_told_that_it_was_ended(services, clock, watched):
    clock.now = at(23)
    services.followed.end(key_of(services, watched), asker=Asker.chat(9))
    assert services.notices.take() == []
    clock.now = at(6, day=21)
    assert len(services.notices.take()) == 2


def test_what_others_follow_is_left_alone(services, office, clock, watched, follow):
    other = Recipient(name="TUTI ALAWIYAH")
    office.publishes(other, programme="APBD")
    follow(other, "1")
    services.followed.end(key_of(services, watched), asker=Asker.chat(9))
    assert services.following.count(Channel.TELEGRAM, "1") == 1
    assert services.followed.followers(key_of(services, other)).chats == 1


def test_she_who_has_left_the_family_ends_what_the_family_follows_of_her(services, office, clock, family):
    office.publishes(*family)
    _follows_the_family(services, family)
    wife, _ = _parted(office, clock, family)
    assert services.followed.end(key_of(services, wife), asker=Asker.chat(9)) == 1


def test_whose_nik_an_office_mistyped_ends_nothing_of_hers(services, office, mother, follow):
    office.publishes(mother)
    follow(mother)
    stranger = Recipient(name="TUTI ALAWIYAH", nik=mother.nik)
    office.publishes(stranger, programme="APBD")
    assert services.followed.end(key_of(services, stranger), asker=Asker.chat(9)) == 0
    assert len(services.followed.followers(key_of(services, mother))) == 1


def test_what_an_older_version_follows_is_found_once_it_was_looked_at(services, clock, watched):
    with services.database.writing() as connection:
        connection.execute(delete(FollowedRow))
        connection.execute(update(FollowRow).values(look_at=FollowRow.made_at))  # as the migration has it
    key = key_of(services, watched)
    assert len(services.followed.followers(key)) == 0
    services.following.sweep()
    assert len(services.followed.followers(key)) == 4


def test_a_pass_that_is_made_up_or_over_ends_nothing(services, clock, watched):
    key = key_of(services, watched)
    answer = services.lookup.ask(Nik.parse(watched.nik), watched.name, asker=Asker.chat(9))
    clock.passes(minutes=16)
    for one in (key, answer.way_back, "x", ""):
        with pytest.raises(Refused, match="key_expired"):
            services.followed.end(one, asker=Asker.chat(9))
    assert len(rows(services, FollowRow)) == 4
    assert services.following.count(Channel.TELEGRAM, "1") == 1


def test_a_chat_that_begins_and_ends_again_and_again_does_not_fill_her_record(services, office, clock, mother):
    office.publishes(mother)
    answer = services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=Asker.chat(1))
    follow, stop = services.following.follow, services.following.stop
    for _ in range(SENDINGS_AN_HOUR["chat"]):
        assert follow(Channel.TELEGRAM, CHAT, None, answer.way_back)
        assert stop(Channel.TELEGRAM, CHAT) == 1
    with pytest.raises(TooManyAttempts):
        follow(Channel.TELEGRAM, CHAT, None, answer.way_back)


def test_of_one_answer_no_more_phones_are_made_up_in_a_day_than_a_street_has(services, office, clock, mother):
    office.publishes(mother)

    def follow(address):
        answer = services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=Asker.chat(1))
        told = services.push.subscription(subscription()).address()
        return services.following.follow(Channel.PUSH, told, None, answer.way_back, asker=Asker.address(address))

    for n in range(PHONES_A_DAY):
        assert follow(f"203.0.113.{n % 10}")  # whoever that is knows number and name
    with pytest.raises(Refused, match="phones_enough"):
        follow("203.0.113.0")
    for _ in range(AT_LEAST):
        assert follow("198.51.100.7")  # herself
    with pytest.raises(Refused, match="phones_enough"):
        follow("198.51.100.7")
    for n in range(AT_LEAST):
        assert follow(f"2001:db8:1:{n}::1")
    with pytest.raises(Refused, match="phones_enough"):
        follow("2001:db8:1:ffff::1")  # all of a /48 may be one customer's
    clock.passes(days=1)
    assert follow("203.0.113.0")


def test_what_is_purged_lets_nobody_hear_sooner_what_can_be_taken_back(services, office, clock, mother, follow, told):
    neighbour = Recipient(row=3, name="AGUS SALIM")
    office.publishes(mother, neighbour)
    office.publishes(mother)
    clock.passes(days=5 * 366)
    follow(mother)
    file = office.announces(Announced(date=(clock() + dt.timedelta(days=9)).date(), deadline=None))
    clock.passes(minutes=1)
    assert services.retention.purge().people > 0
    assert told() == []
    services.schedules.undo(file)
    clock.passes(minutes=10)
    assert told() == []
