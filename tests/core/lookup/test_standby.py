"""The database that is written to is gone, a standby is left: people are answered, counted, and recorded later."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import psycopg
import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisGone
from sqlalchemy import text

from salur.core.errors import DatabaseAway, TooManyAttempts
from salur.core.limits import kept
from salur.core.limits.asker import Asker
from salur.core.limits.kept import KeptTries
from salur.core.lookup import answering, making_good
from salur.core.lookup.answers import NotOnTheList, OnTheList
from salur.core.people.letter_codes import LetterCode
from salur.core.people.nik import Nik
from salur.wiring import Services, build
from tests.fixtures.office import Announced, Office, Recipient, a_nik
from tests.fixtures.pair import Cluster, Processes
from tests.fixtures.proposals import a_draft
from tests.fixtures.services import Clock, settings_in

SITI = Recipient(name="SITI MAESAROH", letter_code="PBP0040")
NEIGHBOUR = Asker.chat(5)
VILLAGE = Asker.address("203.0.113.7")


@pytest.fixture
def services(processes: Processes) -> Services:
    return processes()


@pytest.fixture
def listed(cluster: Cluster, services: Services) -> Nik:
    """Siti is on a list, and the standby knows it."""
    office = Office(services)
    office.publishes(SITI)
    office.announces(Announced())
    cluster.pair.level()
    return Nik(SITI.nik)


@pytest.fixture
def waiting(redis_url: str) -> Iterator[Callable[[], int]]:
    """How many tries wait to be made good."""
    with Redis.from_url(redis_url) as redis:
        yield lambda: int(redis.llen(kept.TRIES))


def tallies(services: Services) -> dict[bytes, tuple[object, ...]]:
    """What is counted, without what remembers that something was made good."""
    counting = "SELECT key, span, tries, since, opened FROM attempt WHERE span < :remembered AND (tries > 0 OR opened)"
    with services.database.reading() as connection:
        rows = connection.execute(text(counting), {"remembered": making_good.REMEMBERED})
        return {bytes(row.key): (row.span, row.tries, row.since, bool(row.opened)) for row in rows}


def looks(services: Services) -> list[tuple[object, ...]]:
    with services.database.reading() as connection:
        rows = connection.execute(text("SELECT at, door, asker, what FROM access_record ORDER BY id"))
        return [(str(row.at)[:19], row.door, bytes(row.asker), row.what) for row in rows]


def ask(services: Services, number: Nik | LetterCode, name: str = "Siti Maesaroh", asker: Asker = NEIGHBOUR) -> object:
    try:
        return services.asking.ask(number, name, asker=asker)
    except TooManyAttempts as refused:
        return refused.scope


def test_people_are_answered_as_before_and_told_how_new_the_data_are(cluster, services, listed):
    before = ask(services, listed)
    cluster.pair.level()
    cluster.to_primary.breaks()
    after = ask(services, listed)
    assert isinstance(after, OnTheList)
    assert after == before
    assert isinstance(before, OnTheList)
    assert before.as_of is None
    assert after.as_of is not None
    assert abs((datetime.now(UTC) - after.as_of).total_seconds()) < 60
    again = services.asking.again(after.way_back)
    assert (again, again.as_of is None) == (before, False)
    missed = ask(services, Nik(a_nik()))
    assert isinstance(missed, NotOnTheList)
    assert missed.as_of is not None
    with pytest.raises(DatabaseAway):
        services.proposals.send(a_draft(), asker=NEIGHBOUR)


def story(services: Services, clock: Clock, listed: Nik, unknown: list[Nik]) -> Iterator[object]:
    """Hits, misses, forgiveness, a village that guesses, a letter that opens: whatever is counted."""
    yield ask(services, unknown[0])
    yield ask(services, listed, "Wrong Name")
    clock.passes(minutes=1)
    yield ask(services, listed)
    for _ in range(4):
        yield ask(services, unknown[1], asker=VILLAGE)
    clock.passes(minutes=70)
    for number in unknown[2:]:
        yield ask(services, number, asker=NEIGHBOUR)
    for chat in range(10, 20):
        yield ask(services, listed, "Wrong Name", asker=Asker.chat(chat))
    yield ask(services, listed, asker=Asker.chat(30))
    yield ask(services, LetterCode.parse("PBP0040"), asker=Asker.chat(30))
    yield ask(services, listed, asker=Asker.chat(30))


def test_all_that_is_counted_and_recorded_meanwhile_is_in_the_end_what_it_would_have_been(
    cluster, services, listed, waiting, clock, sqlite_url, tmp_path
):
    unknown = [Nik(a_nik()) for _ in range(14)]
    start = clock.now
    ordinary = build(settings_in(tmp_path, sqlite_url), clock=clock)
    Office(ordinary).publishes(SITI)
    Office(ordinary).announces(Announced())
    expected = list(story(ordinary, clock, listed, unknown))
    clock.now = start
    cluster.to_primary.breaks()
    assert list(story(services, clock, listed, unknown)) == expected
    counted_in = waiting()
    cluster.to_primary.is_mended()
    assert services.answering.make_good() == counted_in > 20
    assert waiting() == 0
    assert tallies(services) == tallies(ordinary)
    assert looks(services) == looks(ordinary)
    assert len(looks(services)) == 3
    ordinary.database.dispose()


def test_what_was_used_up_before_counts_and_what_is_used_up_meanwhile_counts_afterwards(cluster, services, listed):
    for _ in range(2):
        ask(services, listed, "Wrong Name")
    cluster.pair.level()
    cluster.to_primary.breaks()
    missed = ask(services, listed, "Wrong Name")
    assert isinstance(missed, NotOnTheList)
    assert missed.tries_left == 0
    assert ask(services, listed) == "identity"
    cluster.to_primary.is_mended()
    assert ask(services, listed) == "identity"
    assert ask(services, listed, asker=Asker.chat(6)) != "identity"


def test_another_process_that_was_never_without_its_database_counts_what_was_kept(cluster, processes, services, listed):
    other = processes()
    ask(other, listed, asker=Asker.chat(6))
    cluster.to_primary.breaks()
    for _ in range(3):
        ask(services, listed, "Wrong Name")
    cluster.to_primary.is_mended()
    assert ask(other, listed) == "identity"


def test_a_standby_that_stays_behind_forgets_nothing_that_was_made_good_elsewhere(cluster, services, processes, listed):
    """Else whoever is cut off with an old standby could be asked without end, while others make it good."""
    other = processes()
    cluster.to_primary.breaks()
    for _ in range(3):
        ask(services, listed, "Wrong Name")
    cluster.pair.standby.asked("SELECT pg_wal_replay_pause()")
    try:
        cluster.to_primary.is_mended()
        assert other.answering.make_good() == 3
        cluster.to_primary.breaks()
        assert ask(services, listed) == "identity"
    finally:
        cluster.pair.standby.asked("SELECT pg_wal_replay_resume()")


def test_once_the_standby_has_it_nothing_counts_twice(cluster, services, listed):
    cluster.to_primary.breaks()
    ask(services, listed, "Wrong Name")
    cluster.to_primary.is_mended()
    assert services.answering.make_good() == 1
    ask(services, Nik(a_nik()), asker=Asker.chat(8))  # something is committed after it
    cluster.pair.level()
    cluster.to_primary.breaks()
    missed = ask(services, listed, "Wrong Name")
    assert isinstance(missed, NotOnTheList)
    assert missed.tries_left == 1


def test_two_who_make_good_at_once_write_each_try_once(cluster, processes, services, listed, waiting):
    cluster.to_primary.breaks()
    for chat in range(30):
        ask(services, listed, asker=Asker.chat(100 + chat))
    cluster.to_primary.is_mended()
    several = [processes() for _ in range(3)]
    with ThreadPoolExecutor(3) as threads:
        made = list(threads.map(lambda process: process.answering.make_good(), several))
    assert (sum(made), len(looks(services)), waiting()) == (30, 30, 0)


def test_who_dies_between_writing_and_saying_so_has_written_once(
    cluster, processes, services, listed, waiting, monkeypatch
):
    cluster.to_primary.breaks()
    ask(services, listed)
    ask(services, listed, "Wrong Name", asker=Asker.chat(6))
    cluster.to_primary.is_mended()

    def dies(*_: object) -> None:
        raise RedisGone

    with monkeypatch.context() as patch:
        patch.setattr(KeptTries, "made_good", dies)
        services.answering.make_good()
    written = tallies(services), looks(services)
    assert (len(written[1]), waiting()) == (1, 2)
    assert processes().answering.make_good() == 0
    assert (tallies(services), looks(services), waiting()) == (*written, 0)


def test_who_may_have_been_counted_as_the_line_broke_is_not_counted_again(cluster, services, listed, waiting):
    ask(services, listed, asker=Asker.chat(6))
    cluster.to_primary.breaks_after(b"COMMIT")
    with pytest.raises(DatabaseAway) as away:
        ask(services, listed)
    assert away.value.perhaps_written
    cluster.to_primary.is_mended()
    assert waiting() == 0
    assert isinstance(ask(services, listed, asker=Asker.chat(7)), OnTheList)
    assert len(looks(services)) == 3  # the server had heard it


def test_without_redis_nobody_is_answered_uncounted(cluster, processes, services, listed):
    alone = processes(redis_url="redis://127.0.0.1:9")
    cluster.to_primary.breaks()
    assert isinstance(ask(services, listed), OnTheList)
    assert services.readiness.look().standby
    with pytest.raises(DatabaseAway):
        ask(alone, listed)
    assert not alone.readiness.look().standby
    cluster.to_primary.is_mended()
    assert isinstance(ask(alone, listed), OnTheList)  # where it can be written down, Redis is not needed


def test_what_one_has_met_refuses_nobody_else_where_no_standby_answers(cluster, processes, listed, monkeypatch):
    monkeypatch.setattr(answering, "AWAY", 60.0)
    alone = processes(redis_url="redis://127.0.0.1:9")
    cluster.to_primary.breaks()
    with pytest.raises(DatabaseAway):
        ask(alone, listed)
    cluster.to_primary.is_mended()
    assert isinstance(ask(alone, listed), OnTheList)
    assert len(looks(alone)) == 1


def test_a_redis_that_hangs_is_waited_for_by_one_while_the_database_is_well(processes, listed):
    with socket.create_server(("127.0.0.1", 0)) as silent, ThreadPoolExecutor(6) as threads:
        alone = processes(redis_url=f"redis://127.0.0.1:{silent.getsockname()[1]}")
        answers = list(threads.map(lambda chat: ask(alone, listed, asker=Asker.chat(50 + chat)), range(6)))
    assert [type(answer) for answer in answers] == [OnTheList] * 6


def test_a_miss_leaves_the_same_whether_or_not_the_number_is_known(cluster, services, listed, redis_url):
    cluster.to_primary.breaks()
    with Redis.from_url(redis_url) as redis:

        def left_by(number: Nik, asker: Asker) -> tuple[int, int]:
            redis.flushdb()
            assert isinstance(ask(services, number, "Wrong Name", asker), NotOnTheList)
            [entry] = redis.lrange(kept.TRIES, 0, -1)
            return len(entry), sum(redis.hlen(key) for key in redis.scan_iter(f"{kept.TALLY}*"))

        assert left_by(listed, Asker.chat(40)) == left_by(Nik(a_nik()), Asker.chat(41))


def test_more_than_there_is_room_for_is_not_answered(cluster, services, listed, monkeypatch):
    cluster.to_primary.breaks()
    monkeypatch.setattr(kept, "MOST", 2)
    ask(services, listed)
    ask(services, listed)
    with pytest.raises(DatabaseAway, match="KeptEnough"):
        ask(services, listed)


def test_many_at_once_are_judged_one_after_the_other(cluster, services, listed, monkeypatch):
    monkeypatch.setattr(answering, "JUDGED", 200)
    monkeypatch.setattr(answering, "AWAY", 60.0)  # so that they meet at the standby
    cluster.to_primary.breaks()
    ask(services, Nik(a_nik()), asker=Asker.chat(9))
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: ask(services, listed, "Wrong Name"), range(24)))
    assert sum(isinstance(answer, NotOnTheList) for answer in answers) == 3
    assert answers.count("identity") == 21


def test_nothing_of_anybody_stands_in_redis_in_clear(cluster, services, listed, redis_url):
    cluster.to_primary.breaks()
    ask(services, listed)
    with Redis.from_url(redis_url) as redis:
        [entry] = redis.lrange(kept.TRIES, 0, -1)
        assert redis.ttl(next(iter(redis.scan_iter(f"{kept.TALLY}*")))) > 0
    assert b"looks" not in entry
    with psycopg.connect(cluster.direct) as connection:
        [person] = connection.execute("SELECT id FROM person").fetchone() or [0]
    assert person
    assert str(person).encode() not in entry


def test_what_no_key_opens_is_put_aside_and_the_log_tells(services, redis_url, waiting, caplog):
    with Redis.from_url(redis_url) as redis:
        redis.rpush(kept.TRIES, b"of a key that is gone" * 4)
        assert services.answering.make_good() == waiting() == 0
        assert redis.llen(kept.UNREADABLE) == 1
    assert "put aside" in caplog.text
