"""What watches the site is told the truth: whether it lives, and whether it can answer people."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from salur.core.jobs.kinds import JobKind
from salur.core.storage import absence, postgres
from salur.web.app import create_app
from salur.wiring import Services, build
from tests.fixtures.hung import Line
from tests.fixtures.processes import wait_until
from tests.fixtures.services import settings_in
from tests.web.conftest import Visitor

WELL = {"ready": True, "database": "ok", "migrations": "ok", "keys": "ok"}
IDLE = {"work": {"waiting": 0, "running": 0, "oldest_waits": 0}}
ENOUGH = 15.0  # seconds; a machine that is busy with other tests takes some of them


def test_a_site_that_is_well_says_so_part_by_part(visitor):
    assert visitor.opens("/healthz").text == "ok\n"
    response = visitor.opens("/readyz")
    assert (response.status_code, response.json) == (200, WELL | IDLE)
    assert response.headers["Cache-Control"] == "no-store"


def test_an_older_database_is_not_ready_and_alive(visitor, services):
    with services.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    response = visitor.opens("/readyz")
    assert (response.status_code, response.json) == (503, WELL | IDLE | {"ready": False, "migrations": "away"})
    assert visitor.opens("/healthz").status_code == 200


def test_keys_that_are_gone_are_told_before_the_next_start_fails(visitor, services):
    Path(services.settings.keys_file).unlink()
    assert visitor.opens("/readyz").json == WELL | IDLE | {"ready": False, "keys": "away"}


def test_work_that_waits_is_told_and_has_no_say(visitor, services, clock):
    with services.database.writing() as connection:
        services.jobs.add(connection, JobKind.READ, 1, {}, None)
    clock.passes(minutes=5)
    response = visitor.opens("/readyz")
    assert response.status_code == 200
    assert response.json["work"] == {"waiting": 1, "running": 0, "oldest_waits": 300}


def test_redis_is_told_where_there_is_to_be_one_and_has_no_say(services_with, redis_url):
    for url, word in ((redis_url, "ok"), ("redis://127.0.0.1:9", "away")):
        site = Visitor(create_app(services_with(redis_url=url)))
        assert site.opens("/readyz").json == WELL | IDLE | {"redis": word}


@pytest.fixture
def far(line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """A site whose PostgreSQL is at the end of a line."""
    monkeypatch.setattr(postgres, "BEGINS_WITHIN", 1.0)
    monkeypatch.setattr(absence, "ASKS_EVERY", 0.1)
    services = build(settings_in(tmp_path, line.url))
    yield services
    services.database.dispose()


def test_a_database_that_hangs_is_told_in_words_and_all_is_well_when_it_answers_again(line, far):
    site = Visitor(create_app(far))
    token = site.token()
    line.hangs()
    since = time.monotonic()
    refused = site.sends(nomor="3271055505800001", nama="Siti", csrf_token=token)
    assert time.monotonic() - since < ENOUGH
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "120")
    assert "Data Anda tidak hilang" in refused.text
    since = time.monotonic()
    for path, status in (("/", 200), ("/healthz", 200), ("/readyz", 503), ("/jadwal", 503)):
        assert site.opens(path).status_code == status
    assert time.monotonic() - since < ENOUGH / 3
    assert site.opens("/readyz").json == {"ready": False, "database": "away", "migrations": "away", "keys": "ok"}
    line.goes_on()
    wait_until(lambda: site.opens("/readyz").status_code != 503)
    assert site.sends(nomor="3271055505800001", nama="Siti", csrf_token=site.token()).status_code == 200
