"""The ceiling per network address: generous, in words, and never an address in the store."""

from __future__ import annotations

import pytest
import redis
from flask import Flask

from salur.web import limits
from salur.web.app import create_app
from tests.fixtures.office import a_nik
from tests.web.conftest import Visitor, text_of


@pytest.fixture
def strict(monkeypatch):
    """Two questions an hour, so that a story stays short."""
    monkeypatch.setattr(limits, "QUESTIONS", "2 per hour")


def digest_of(app: Flask, digest, address: str) -> str:
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        return digest()


def test_a_crowd_behind_one_address_is_told_to_wait_in_its_language(strict, services):
    visitor = Visitor(create_app(services))
    for _ in range(2):
        assert visitor.asks(a_nik(), "Siti").status_code == 200
    response = visitor.asks(a_nik(), "Siti")
    assert response.status_code == 429
    assert "Salur sedang ramai dari jaringan ini" in text_of(response)
    assert response.headers["Retry-After"] == "60"
    assert visitor.asks(a_nik(), "Siti", address="198.51.100.1").status_code == 200
    assert visitor.opens("/jadwal").status_code == 200


def test_the_ceiling_is_above_the_cores_own_limit():
    from salur.core.attempts import QUESTIONS_AN_HOUR

    assert int(limits.QUESTIONS.split()[0]) >= 2 * QUESTIONS_AN_HOUR["address"]


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


def test_several_workers_share_what_redis_counts(strict, services_with, redis_url):
    first, second = (Visitor(create_app(services_with(redis_url=redis_url))) for _ in range(2))
    assert [v.asks(a_nik(), "Siti").status_code for v in (first, second, first)] == [200, 200, 429]


def test_limiting_goes_on_in_memory_when_redis_is_away(strict, services_with):
    nobody_listens = "redis://127.0.0.1:1/0"
    visitor = Visitor(create_app(services_with(redis_url=nobody_listens)))
    assert [visitor.asks(a_nik(), "Siti").status_code for _ in range(3)] == [200, 200, 429]
