"""Prometheus is told the truth: as many as there were, of all processes together, whatever became of them."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from salur.core.happenings import Part
from salur.core.jobs.kinds import JobKind
from tests.botapi.server import BotApiServer
from tests.fixtures.office import Recipient
from tests.observe.conftest import Start, named, wait_until


def who_served(folder: Path) -> set[int]:
    """The processes that have answered requests and were alive when Prometheus last asked."""
    return {int(path.stem.rpartition("_")[2]) for path in folder.glob("histogram_[0-9]*.db")}


def test_as_many_are_told_as_were_asked_and_a_killed_worker_forgets_nothing(
    salur: Start, office, services, clock, tmp_path, telegram: BotApiServer
) -> None:
    mother = Recipient(name="SITI MAESAROH")
    office.publishes(mother)
    with services.database.writing() as connection:
        services.jobs.add(connection, JobKind.READ, 1, {}, None, not_before=clock.now.replace(year=2999))
        services.notices.to_chat(
            connection, 4711, "no such message", "id", held=clock.now.replace(year=2999) - clock.now
        )
    running = salur(
        "-m salur serve --port {port} --workers 2",
        SALUR_TELEGRAM_TOKEN=telegram.token,
        SALUR_TELEGRAM_API=telegram.url,
    )
    figures, folder = running.figures, tmp_path / "metrics"
    # Twelve right answers and four misses, of which the last is refused; each over a connection of its own.
    for n in range(12):
        assert running.asks(mother.nik, "Siti Maesaroh", f"203.0.113.{n + 1}").status == 303
    for _ in range(4):
        running.asks(mother.nik, "Budi Santoso", "203.0.113.99")
    chat = telegram.private_chat()
    for said in (mother.nik, "Siti Maesaroh"):
        chat.says(said)
        chat.expects_reply()
    told = {
        ("salur_answers_total", "web", "listed"): 12,
        ("salur_answers_total", "web", "missed"): 3,
        ("salur_answers_total", "bot", "listed"): 1,
    }

    def all_told() -> None:
        for (name, door, kind), number in told.items():
            assert figures.value(name, door=door, kind=kind) == number
        assert figures.value("salur_answers_total") == sum(told.values())
        assert figures.value("salur_tries_refused_total", limit="identity") == 1
        assert figures.value("salur_tries_refused_total") == 1
        count = "salur_http_request_seconds_count"
        assert (
            figures.value(count, endpoint="public.check", method="POST", status="3xx")
            == told["salur_answers_total", "web", "listed"] + 4
        )
        assert figures.value("salur_http_request_seconds_bucket", endpoint="public.check", le="+Inf") == figures.value(
            count, endpoint="public.check"
        )

    all_told()
    assert figures.value("salur_database_up") == 1
    assert figures.value("salur_jobs", state="put_off") == 1
    assert figures.value("salur_notices_waiting") == 1
    assert figures.value("salur_notices_overdue_seconds") == 0
    looked = "salur_last_look_timestamp_seconds"
    wait_until(lambda: all(figures.value(looked, part=part) > 1_700_000_000 for part in Part))
    most = figures.value("salur_database_connections_most")
    assert most > 0

    victims = who_served(folder)
    assert len(victims) == 2
    for victim in victims:
        os.kill(victim, signal.SIGKILL)
    wait_until(lambda: figures.value("salur_database_connections_most") == most)  # who is gone holds none
    all_told()
    assert who_served(folder).isdisjoint(victims)
    all_told()
    wait_until(lambda: running.opens("/"))
    assert running.asks(mother.nik, "Siti Maesaroh", "203.0.113.98").status == 303
    told["salur_answers_total", "web", "listed"] += 1
    all_told()


def test_nothing_in_them_is_of_anybody_and_nobody_can_make_them_grow(salur: Start, office) -> None:
    mother = Recipient(name="SITI MAESAROH")
    office.publishes(mother)
    running = salur("-m granian wsgi:app --interface=wsgi --port={port} --no-access-log", "-m salur metrics")
    running.asks(mother.nik, "Siti Maesaroh", "203.0.113.77")
    before = running.figures.text()
    for word in ("SITI", "ABRAKADABRA"):
        running.sends(word, f"/{word}/{mother.nik}?x={mother.nik}")
        running.sends("GET", f"/{word}/{mother.nik}")
    after = running.figures.text()
    for secret in (mother.nik, mother.kk, "aesaroh", "MAESAROH", "SITI", "203.0.113", "ABRAKADABRA"):
        assert secret not in after
    assert named() <= running.figures.names()
    series = {text: {line.rpartition(" ")[0] for line in text.splitlines()} for text in (before, after)}
    assert {name.partition("{")[2] for name in series[after] - series[before] if "_count{" in name} == {
        'endpoint="other",method="other",status="4xx"}',
        'endpoint="other",method="GET",status="4xx"}',
    }
