"""Prometheus is told the truth: as many as there were, of all processes together, whatever became of them."""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from salur.core.happenings import Part
from salur.core.jobs.kinds import JobKind
from salur.web.app import create_app
from salur.wiring import Services
from tests.botapi.server import BotApiServer
from tests.fixtures.office import Recipient
from tests.fixtures.processes import listeners, wait_until
from tests.observe.conftest import Figures, Running, Start, named


def who_served(folder: Path) -> set[int]:
    """The processes that have answered requests and were alive when Prometheus last asked."""
    files = folder.glob("histogram_[0-9]*.db")
    used = {int(path.stem.rpartition("_")[2]): int.from_bytes(path.read_bytes()[:4], sys.byteorder) for path in files}
    return {process for process, size in used.items() if size > 8}  # bytes, where nothing is counted


def test_as_many_are_told_as_were_asked_whoever_answered_and_whoever_was_killed(
    salur: Start, office, services, clock, tmp_path, telegram: BotApiServer
) -> None:
    mother = Recipient(name="SITI MAESAROH")
    office.publishes(mother)
    later = clock.now.replace(year=2999)
    with services.database.writing() as connection:
        services.jobs.add(connection, JobKind.READ, 1, {}, None, not_before=later)
        services.notices.to_chat(connection, 4711, "no such message", "id", held=later - clock.now)
    telling = {"SALUR_TELEGRAM_TOKEN": telegram.token, "SALUR_TELEGRAM_API": telegram.url}
    running = salur("-m salur serve --port {port} --workers 2", **telling)
    figures, folder = running.figures, tmp_path / "metrics"
    wait_until(lambda: listeners(running.port) == 2)
    # Twelve right answers and four misses, of which the last is refused; each over a connection of its own.
    for n in range(12):
        assert running.asks(mother.nik, "Siti Maesaroh", f"203.0.113.{n + 1}").status == 303
    for _ in range(4):
        running.asks(mother.nik, "Budi Santoso", "203.0.113.99")
    chat = telegram.private_chat()
    for said in (mother.nik, "Siti Maesaroh"):
        chat.says(said)
        chat.expects_reply()
    assert counted(figures) == {"web listed": 12, "web missed": 3, "bot listed": 1, "refused": 1, "asked": 16}
    assert figures.value("salur_tries_refused_total", limit="identity") == 1
    assert figures.value("salur_database_up") == 1
    assert figures.value("salur_jobs", state="put_off") == 1
    assert figures.value("salur_notices_waiting", channel="telegram") == 1
    assert figures.value("salur_notices_overdue_seconds", channel="telegram") == 0
    assert figures.value("salur_notices_given_up", channel="push") == 0
    looked, most = "salur_last_look_timestamp_seconds", figures.value("salur_database_connections_most")
    wait_until(lambda: all(figures.value(looked, part=part) > 1_700_000_000 for part in Part))
    assert named() <= figures.names()  # what alerts and dashboard ask for

    # A disk that is full later ends no process: the room was taken at the start.
    for file in folder.glob("*_[0-9]*.db"):
        assert file.stat().st_blocks * 512 >= file.stat().st_size
    victims = who_served(folder)
    assert len(victims) == 2
    for victim in victims:
        os.kill(victim, signal.SIGKILL)
    wait_until(lambda: figures.text() and who_served(folder).isdisjoint(victims))
    wait_until(lambda: figures.value("salur_database_connections_most") == most)  # who is gone holds none
    assert counted(figures) == {"web listed": 12, "web missed": 3, "bot listed": 1, "refused": 1, "asked": 16}
    wait_until(lambda: running.opens("/"))
    assert running.asks(mother.nik, "Siti Maesaroh", "203.0.113.98").status == 303
    assert counted(figures) == {"web listed": 13, "web missed": 3, "bot listed": 1, "refused": 1, "asked": 17}
    nobody_is_told_of(running, mother)
    assert {json.loads(line)["level"] for line in running.lines.splitlines() if "salur.web" in line} == {"info"}


def counted(figures: Figures) -> dict[str, float]:
    """What was answered, by door and kind, what was refused, and how often the form was sent."""
    samples = [one for one in figures.samples() if one.name == "salur_answers_total" and one.value]
    answers = {f"{one.labels['door']} {one.labels['kind']}": one.value for one in samples}
    asked = figures.value("salur_http_request_seconds_count", endpoint="public.check", method="POST", status="3xx")
    assert figures.value("salur_http_request_seconds_bucket", endpoint="public.check", le="+Inf") == asked
    return answers | {"refused": figures.value("salur_tries_refused_total"), "asked": asked}


def nobody_is_told_of(running: Running, mother: Recipient) -> None:
    """Neither by figures nor by lines; and what strangers think up adds two series, however much it is."""
    before = {f"{one.name}{one.labels}" for one in running.figures.samples()}
    for word in ("SITI", "ABRAKADABRA", "ABRAKADABRI"):
        running.sends(word, f"/{word}/{mother.nik}?x={mother.nik}")
        running.sends("GET", f"/{word}/{mother.nik}")
    for secret in (mother.nik, mother.kk, "aesaroh", "MAESAROH", "SITI", "203.0.113", "ABRAKADABR"):
        assert secret not in running.figures.text()
        assert secret not in running.lines
    more = {f"{one.name}{one.labels}" for one in running.figures.samples()} - before
    assert len([name for name in more if name.startswith("salur_http_request_seconds_count")]) == 2
    assert all("'endpoint': 'other'" in name for name in more)


def test_where_figures_cannot_be_kept_the_site_answers_all_the_same(
    services: Services, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "no folder").touch()
    settings = replace(services.settings, metrics_port="9464", metrics_folder=str(tmp_path / "no folder" / "metrics"))
    site = create_app(replace(services, settings=settings)).test_client()
    assert site.get("/").status_code == 200
    assert "no figures are kept in this process: Not a directory" in caplog.text
