"""Somebody ends it in the very moment in which they are told something: nothing of them is left over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from sqlalchemy import func, insert, select

from salur.core.limits.asker import Asker
from salur.core.notices.answers import Notice
from salur.core.notices.channels import Channel
from salur.core.notices.outbox import Notices
from salur.core.notices.stirring import stir
from salur.core.people.nik import Nik
from salur.core.tables.following import FollowRow
from salur.core.tables.notices import NoticeRow
from tests.core.following.conftest import CHAT
from tests.fixtures.office import Announced

SOON = 0.3  # seconds in which who does not wait for the other would be done


@pytest.fixture
def told_slowly(services, monkeypatch):
    """`told_slowly(other)`: while somebody is told, and that is queued but not written yet, `other` is done."""
    queued, go_on = Event(), Event()
    queue = Notices.to_follower

    def slowly(*args, **facts):
        queue(*args, **facts)
        queued.set()
        assert go_on.wait(150)

    monkeypatch.setattr(Notices, "to_follower", slowly)

    def tells(other):
        with ThreadPoolExecutor(2) as threads:
            telling = threads.submit(services.following.sweep)
            assert queued.wait(150)
            doing = threads.submit(other)
            go_on.wait(SOON)
            go_on.set()
            telling.result(150)
            doing.result(150)

    return tells


def _left(services):
    with services.database.reading() as connection:
        return [
            connection.execute(select(func.count()).select_from(table)).scalar_one() for table in (FollowRow, NoticeRow)
        ]


@pytest.mark.parametrize("way", ["/berhenti", "/hapus"])
def test_who_ends_it_while_being_told_is_told_nothing(services, office, clock, mother, follow, told_slowly, way):
    office.publishes(mother)
    follow(mother)
    office.announces(Announced())
    clock.passes(minutes=10)
    ends = {
        "/berhenti": lambda: services.following.stop(Channel.TELEGRAM, CHAT),
        "/hapus": lambda: services.notices.forget(int(CHAT)),
    }
    told_slowly(ends[way])
    assert _left(services) == [0, 0]


def test_who_blocks_the_bot_while_being_told_is_told_nothing_more(services, office, clock, mother, follow, told_slowly):
    office.publishes(mother)
    follow(mother)
    office.announces(Announced())
    clock.passes(minutes=10)
    before = Notice(1, Channel.TELEGRAM, CHAT, "news", None, {}, clock(), clock())
    told_slowly(lambda: services.notices.unreachable(before))
    assert _left(services)[0] == 0
    assert services.notices.take() == []


@pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)  # SQLite has one writer at a time
def test_two_who_publish_at_once_never_wait_for_each_other(services, clock):
    """Both mark the same followers. In the order in which each comes upon them they would hold one another up."""
    ids = list(range(40, 0, -1))  # as they lie in the table: the last one first
    row = {"channel": Channel.TELEGRAM, "address_digest": b"1" * 32, "made_at": clock()}
    row |= {"sealed_link": b"-", "sealed_told": b"-"}
    with services.database.writing() as connection:
        connection.execute(insert(FollowRow), [{**row, "id": id, "whom_digest": bytes([id]) * 32} for id in ids])

    def marks():
        with services.database.writing() as connection:
            stir(connection, clock())

    with ThreadPoolExecutor(1) as threads:
        with services.database.writing() as connection:
            one = select(FollowRow.id).with_for_update(nowait=True)
            connection.execute(one.where(FollowRow.id == 1))
            marking = threads.submit(marks)
            Event().wait(SOON)
            connection.execute(one.where(FollowRow.id == 40))  # free: who marks waits at the first, and holds no other
        marking.result(150)


def test_who_begins_in_the_chat_and_on_its_page_at_once_follows_once(services, office, mother):
    office.publishes(mother)
    answer = services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=Asker.chat(int(CHAT)))
    together = Barrier(2)

    def begins(asker):
        together.wait(20)
        return services.following.follow(Channel.TELEGRAM, CHAT, "id", answer.way_back, asker=asker)

    with ThreadPoolExecutor(2) as threads:
        begun = list(threads.map(begins, (Asker.chat(int(CHAT)), Asker.page_of(int(CHAT)))))
    assert sorted(begun) == [False, True]
    assert services.following.count(Channel.TELEGRAM, CHAT) == 1
