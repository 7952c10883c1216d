"""The ceiling per network address: generous, in words, and never an address in the store."""

from __future__ import annotations

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from flask_limiter import Limiter
from limits.storage import RedisStorage

from salur.core.limits.budgets import A_VILLAGE
from salur.web.app import create_app
from salur.web.http import limits
from salur.web.http.counters import Counters
from tests.fixtures.office import a_nik
from tests.web.conftest import Visitor, text_of


@pytest.fixture
def strict(monkeypatch):
    """Two requests an hour for each page, so that a story stays short."""
    monkeypatch.setattr(limits, "CEILING", "2 per hour")


def test_a_crowd_behind_one_address_is_told_to_wait_in_its_language(strict, services):
    crowd = Visitor(create_app(services))
    token = crowd.token()
    answers = [crowd.sends(nomor="123", nama="Siti", csrf_token=token) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [422, 422, 429]
    assert "Salur sedang ramai" in text_of(answers[-1])
    assert answers[-1].headers["Retry-After"] == "60"
    elsewhere = crowd.sends(nomor="123", nama="Siti", csrf_token=token, address="198.51.100.1")
    assert elsewhere.status_code == 422
    assert crowd.opens("/jadwal").status_code == 200


def test_the_ceiling_is_above_the_cores_own_limit():
    assert int(limits.CEILING.split()[0]) > max(budget.limit for budget in A_VILLAGE.values())


def test_the_watchman_and_the_stylesheet_are_not_counted(strict, services):
    visitor = Visitor(create_app(services))
    sheet = re.search(r"/gaya/[0-9a-f]+[.]css", visitor.opens("/").text)
    assert sheet
    for path in ("/healthz", sheet[0]):
        assert [visitor.opens(path).status_code for _ in range(4)] == [200] * 4


def test_one_household_of_ipv6_counts_as_one_and_its_neighbour_as_another():
    digest = limits.address_digest("secret")
    same = {digest(a) for a in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9")}
    assert len(same) == 1
    assert digest("2001:db8:1:3::1") not in same
    assert digest("::ffff:192.0.2.1") == digest("192.0.2.1")
    assert limits.address_digest("other")("192.0.2.1") != digest("192.0.2.1")
    assert digest("unix:") == digest("")


def test_redis_sees_digests_never_addresses(services_with, redis_url):
    visitor = Visitor(create_app(services_with(redis_url=redis_url)))
    visitor.asks(a_nik(), "Siti", address="203.0.113.77")
    with redis.Redis.from_url(redis_url) as store:
        keys = [key.decode() for key in store.scan_iter()]
    assert keys
    assert not any("203.0.113" in key for key in keys)


def questions(*visitors: Visitor) -> list[int]:
    """Each asks once, in this order, with a form of her own."""
    tokens = {visitor: visitor.token() for visitor in dict.fromkeys(visitors)}
    return [v.sends(nomor=a_nik(), nama="Siti", csrf_token=tokens[v]).status_code for v in visitors]


def test_several_workers_share_what_redis_counts(strict, services_with, redis_url):
    first, second = (Visitor(create_app(services_with(redis_url=redis_url))) for _ in range(2))
    assert questions(first, second, first) == [200, 200, 429]


def test_limiting_goes_on_in_memory_when_redis_is_away(strict, services_with):
    nobody_listens = "redis://127.0.0.1:1/0"
    visitor = Visitor(create_app(services_with(redis_url=nobody_listens)))
    assert questions(visitor, visitor, visitor) == [200, 200, 429]


def test_redis_that_goes_while_two_ask_at_once_is_no_error(services_with, monkeypatch):
    both = threading.Barrier(2)

    def gone(*_args: object, **_options: object) -> int:
        if both.wait(150) == 0:  # one finds out a little later than the other
            time.sleep(0.3)
        raise redis.ConnectionError

    monkeypatch.setattr(RedisStorage, "incr", gone)
    app = create_app(services_with(redis_url="redis://127.0.0.1:1/0"))
    with ThreadPoolExecutor(2) as together:
        assert list(together.map(lambda _: Visitor(app).opens("/jadwal").status_code, range(2))) == [200, 200]


def test_counts_are_forgotten_when_their_hour_is_over(monkeypatch):
    store, now = Counters(), time.time()
    assert [store.incr("a", 3600), store.incr("a", 3600), store.incr("b", 10)] == [1, 2, 1]
    monkeypatch.setattr(time, "time", lambda: now + 3601)
    assert (store.get("a"), store.incr("b", 10)) == (0, 1)
    assert store.reset() == 1


def test_what_is_below_the_ceiling_is_counted_the_short_way(app, monkeypatch):
    """The library's own way, which is replaced, is found under the same name; see docs/leaning.md."""

    def long_way(*_args: object, **_options: object) -> None:
        raise AssertionError("the library looks its limits up again")

    monkeypatch.setattr(Limiter, "_check_request_limit", long_way)
    assert Visitor(app).opens("/").status_code == 200
