"""The ceiling per network address: generous, in words, and never an address in the store."""

from __future__ import annotations

import re
import time

import pytest
import redis
from flask import Flask

from salur.web import limits
from salur.web.app import create_app
from salur.web.counters import Counters
from tests.fixtures.office import a_nik
from tests.web.conftest import Visitor, text_of


@pytest.fixture
def strict(monkeypatch):
    """Two requests an hour for each page, so that a story stays short."""
    monkeypatch.setattr(limits, "CEILING", "2 per hour")


def digest_of(app: Flask, digest, address: str) -> str:
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        return digest()


def test_a_crowd_behind_one_address_is_told_to_wait_in_its_language(strict, services):
    crowd = Visitor(create_app(services))
    token = crowd.token()
    answers = [crowd.sends(nomor=a_nik(), nama="Siti", csrf_token=token) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Salur sedang ramai" in text_of(answers[-1])
    assert answers[-1].headers["Retry-After"] == "60"
    elsewhere = crowd.sends(nomor=a_nik(), nama="Siti", csrf_token=token, address="198.51.100.1")
    assert elsewhere.status_code == 200
    assert crowd.opens("/jadwal").status_code == 200


def test_the_ceiling_is_above_the_cores_own_limit():
    from salur.core.attempts import QUESTIONS_AN_HOUR

    assert int(limits.CEILING.split()[0]) >= 2 * QUESTIONS_AN_HOUR["address"]


def test_the_watchman_and_the_stylesheet_are_not_counted(strict, services):
    visitor = Visitor(create_app(services))
    sheet = re.search(r"/gaya/[0-9a-f]+[.]css", visitor.opens("/").text)
    assert sheet
    for path in ("/healthz", sheet[0]):
        assert [visitor.opens(path).status_code for _ in range(4)] == [200] * 4


def test_one_household_of_ipv6_counts_as_one_and_its_neighbour_as_another(app):
    digest = limits.address_digest("secret")
    same = {digest_of(app, digest, a) for a in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9")}
    assert len(same) == 1
    assert digest_of(app, digest, "2001:db8:1:3::1") not in same
    assert digest_of(app, digest, "::ffff:192.0.2.1") == digest_of(app, digest, "192.0.2.1")
    assert digest_of(app, limits.address_digest("other"), "192.0.2.1") != digest_of(app, digest, "192.0.2.1")
    assert digest_of(app, digest, "unix:") == digest_of(app, digest, "")


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


def test_counts_are_forgotten_when_their_hour_is_over(monkeypatch):
    store, now = Counters(), time.time()
    assert [store.incr("a", 3600), store.incr("a", 3600), store.incr("b", 10)] == [1, 2, 1]
    monkeypatch.setattr(time, "time", lambda: now + 3601)
    assert (store.get("a"), store.incr("b", 10)) == (0, 1)
    assert store.reset() == 1
