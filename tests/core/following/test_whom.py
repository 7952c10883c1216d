"""Who is told of whom: payees that are alike, families that move, several chats, the reason, the language."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from salur.core.following.kinds import NewsKind
from salur.core.following.told import news, told_of
from salur.core.limits.asker import Asker
from salur.core.lists.kinds import State
from salur.core.notices.channels import Channel
from salur.core.people.nik import Kk, Nik
from salur.core.tables.following import FollowRow
from tests.core.following.conftest import CHAT, kinds
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient, Reported
from tests.fixtures.proposals import rows

CIPARIGI = "32.71.05.1006"


@pytest.mark.parametrize(("reason", "said"), [("moved", "moved"), ("Pak Dede bilang sudah mampu", None)])
@pytest.mark.parametrize("state", [State.SUSPENDED, State.TAKEN_OFF])
def test_the_reason_is_told_where_it_is_a_known_one(office, clock, mother, follow, told, state, reason, said):
    other = Recipient()
    office.publishes(mother, other)
    follow(mother)
    office.publishes(replace(mother, state=state, reason=reason), other)
    clock.passes(minutes=10)
    (one,) = told()
    assert (one.kind, one.reason) == (NewsKind(str(state)), said)


@pytest.fixture
def orphans():
    """Three of one family, with the same initials, on one programme."""
    kk = Recipient().kk
    names = ("SITI MAESAROH", "SULTAN MAULANA", "SRI MULYATI")
    return [Recipient(row=n, name=name, kk=kk, amount=200_000) for n, name in enumerate(names, 2)]


def test_of_three_payees_of_a_family_the_one_is_told_whom_it_concerns(services, office, clock, orphans, told, mother):
    office.publishes(*orphans)
    answer = services.lookup.ask(Kk.parse(orphans[0].kk), orphans[0].name, asker=Asker.chat(1))
    assert len(answer.present) == 3
    services.following.follow(Channel.TELEGRAM, CHAT, None, answer.way_back)
    for one in (orphans[2], orphans[0]):
        office.hears(Reported(nik=one.nik, name=one.name))
        clock.passes(hours=2)
        assert kinds(told()) == [NewsKind.PAID]
    office.announces(Announced())
    clock.passes(hours=2)
    assert kinds(told()) == [NewsKind.DATE_SET]
    clock.passes(hours=2)
    office.publishes(*(replace(one, amount=250_000 if one is orphans[1] else 200_000) for one in orphans))
    clock.passes(minutes=10)
    assert [(one.kind, one.amount) for one in told()] == [(NewsKind.AMOUNT, 250_000)]


def test_who_asks_with_a_nik_and_then_with_the_kk_number_hears_of_nobody_twice(
    services, office, clock, orphans, follow, told
):
    office.publishes(*orphans)
    assert follow(orphans[0])
    answer = services.lookup.ask(Kk.parse(orphans[0].kk), orphans[0].name, asker=Asker.chat(1))
    assert services.following.follow(Channel.TELEGRAM, CHAT, None, answer.way_back)
    assert services.following.count(Channel.TELEGRAM, CHAT) == 1
    assert not follow(orphans[1])
    office.announces(Announced())
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.DATE_SET] * 3


def test_two_chats_hear_of_one_person_and_one_of_them_stops(services, office, clock, mother, follow, heard):
    office.publishes(mother)
    for chat in ("1", "2"):
        follow(mother, chat)
    office.announces(Announced())
    clock.passes(minutes=10)
    assert sorted(heard()) == [("1", [NewsKind.DATE_SET]), ("2", [NewsKind.DATE_SET])]
    services.following.stop(Channel.TELEGRAM, "1")
    clock.passes(hours=1)
    office.announces(Announced(date=dt.date(2026, 2, 26)))
    clock.passes(minutes=10)
    assert heard() == [("2", [NewsKind.DATE_MOVED])]


def test_of_two_lists_that_both_name_somebody_the_one_is_told_that_it_concerns(
    services, office, clock, mother, follow, told
):
    there = replace(mother, region_code=CIPARIGI)
    office.publishes(mother)
    office.publishes(there)
    follow(mother)
    for place, day in ((TEGAL_GUNDIL, 26), (CIPARIGI, 24)):
        office.announces(Announced(region_code=place, date=dt.date(2026, 2, day)))
        clock.passes(hours=2)
        (one,) = told()
        assert (one.kind, one.day.starts.day) == (NewsKind.DATE_SET, day)


@pytest.mark.parametrize("nik", ["with a NIK", "without"])
def test_who_lives_outside_of_what_a_list_is_for_is_told_as_all_others(
    services, office, clock, mother, follow, told, nik
):
    stray = replace(mother, region_code=CIPARIGI, nik=mother.nik if nik == "with a NIK" else None)
    others = [Recipient(row=n + 3) for n in range(60)]
    office.publishes(stray, *others)
    typed = Nik.parse(stray.nik) if stray.nik else Kk.parse(stray.kk)
    answer = services.lookup.ask(typed, stray.name, asker=Asker.chat(1))
    services.following.follow(Channel.TELEGRAM, CHAT, None, answer.way_back)
    office.publishes(*others)
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.TAKEN_OFF]


def test_a_list_of_two_provinces_is_told_in_both(office, clock, mother, follow, told):
    there = Recipient(row=3, region_code="76.04.01.1001")
    office.publishes(mother, there)
    for chat, one in (("1", mother), ("2", there)):
        assert follow(one, chat)
    office.publishes(replace(mother, amount=1_000), replace(there, amount=2_000))
    clock.passes(minutes=10)
    assert [(one.kind, one.amount) for one in told()] == [(NewsKind.AMOUNT, 1_000), (NewsKind.AMOUNT, 2_000)]


def test_what_an_older_list_says_is_no_news_when_it_comes_to_light(services, office, clock, mother):
    office.publishes(mother)
    answer = services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=Asker.chat(1))
    older, present = replace(answer, present=(), past=answer.present), replace(answer, past=())
    assert kinds(news({}, told_of(present), clock())) == [NewsKind.LISTED]
    assert news({}, told_of(older), clock()) == []


@pytest.mark.parametrize("first", ["the new list", "the old list"])
def test_a_family_that_moves_to_another_kelurahan_is_followed_there(
    services, office, clock, mother, follow, told, first
):
    neighbour, there = Recipient(), Recipient(region_code=CIPARIGI)
    office.publishes(mother, neighbour)
    office.publishes(there)
    follow(mother)
    moved = replace(mother, region_code=CIPARIGI, kk=Recipient().kk, rw=2, rt=1)
    lists = [lambda: office.publishes(there, moved), lambda: office.publishes(neighbour)]
    for publish in lists if first == "the new list" else lists[::-1]:
        publish()
        clock.passes(minutes=10)
        told()
        clock.passes(hours=2)
    told()
    office.announces(Announced(region_code=CIPARIGI, place="Kantor Kelurahan Ciparigi"))
    clock.passes(minutes=10)
    (one,) = told()
    assert (one.kind, one.day.place) == (NewsKind.DATE_SET, "Kantor Kelurahan Ciparigi")
    assert [row.region_code for row in rows(services, FollowRow)] == [CIPARIGI]  # by whose clock it is night
    clock.passes(hours=2)
    office.announces(Announced(place="Kantor Kelurahan Tegal Gundil"))
    clock.passes(minutes=10)
    assert told() == []


def test_whoever_chooses_another_language_hears_in_it_from_then_on(services, office, clock, mother, follow):
    office.publishes(mother)
    follow(mother, language="id")
    follow(mother, "4712", language="id")
    office.announces(Announced())
    clock.passes(minutes=10)
    services.following.sweep()
    services.following.speaks(Channel.TELEGRAM, CHAT, "su")
    assert {notice.address: notice.language for notice in services.notices.take()} == {CHAT: "su", "4712": "id"}
    clock.passes(hours=1)
    office.announces(Announced(date=dt.date(2026, 2, 26)))
    clock.passes(minutes=10)
    services.following.sweep()
    languages = {notice.address: notice.language for notice in services.notices.take()}
    assert languages == {CHAT: "su", "4712": "id"}


def test_a_nik_is_nobodys_second_follow(services, office, mother, follow):
    office.publishes(mother)
    assert follow(mother)
    answer = services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=Asker.chat(int(CHAT)))
    assert not services.following.follow(Channel.TELEGRAM, CHAT, "en", answer.way_back)


@pytest.mark.parametrize(
    ("programme", "changed", "elsewhere"),
    [
        ("PBI-JK", {"amount": None}, "insurance"),
        ("SEMBAKO", {"channel": "bank_card"}, "card"),
        ("KUBE", {"state": State.GROUP, "group_name": "Mekar Sari"}, "group"),
        ("SEMBAKO", {}, None),
    ],
)
def test_whoever_has_no_day_to_wait_for_is_told_where_the_money_goes(
    office, clock, mother, follow, told, programme, changed, elsewhere
):
    office.publishes(mother)
    follow(mother)
    period = "2026-B03" if programme == "PBI-JK" else "2026-T1"
    office.publishes(replace(mother, **changed), programme=programme, period=period)
    clock.passes(minutes=11)
    (one,) = told()
    assert (one.kind, one.elsewhere, one.day) == (NewsKind.LISTED, elsewhere, None)


def test_who_is_followed_with_the_family_and_then_wherever_they_go_is_told_and_reminded_of_what_was_read_then(
    services, office, clock, mother, follow, told
):
    child = Recipient(row=3, name="SULTAN MAULANA", kk=mother.kk)
    office.publishes(mother, child)
    answer = services.lookup.ask(Kk.parse(mother.kk), mother.name, asker=Asker.chat(int(CHAT)))
    services.following.follow(Channel.TELEGRAM, CHAT, None, answer.way_back)
    moved = replace(child, kk=Recipient().kk)
    office.publishes(mother, moved)
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.UNCLEAR]  # by the family's number no more is read
    clock.passes(hours=2)
    office.announces(Announced(date=dt.date(2026, 2, 26)))
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.DATE_SET]  # of the mother
    clock.passes(hours=2)
    assert not follow(child)  # by their own NIK
    clock.passes(hours=2)
    assert told() == []  # it was read then
    clock.now = clock.now.replace(day=24, hour=2)
    assert kinds(told()) == [NewsKind.IN_TWO_DAYS] * 2
