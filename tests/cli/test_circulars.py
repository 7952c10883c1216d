"""Reminders by hand or by cron."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from click.testing import CliRunner

from salur.cli.main import main
from tests.fixtures.circulars import a_circular


def test_reminders_are_queued_by_a_command(services, settings, clock, heads, link, monkeypatch):
    for name in ("database_url", "keys_file", "secret_key"):
        monkeypatch.setenv(f"SALUR_{name.upper()}", getattr(settings, name))
    clock.now = datetime.now(UTC) - timedelta(days=3)  # the command has the clock of the machine
    link(heads.create("rt"), 71)
    services.circulars.write(heads.create("dinsos"), a_circular())
    for count in (1, 0):
        result = CliRunner().invoke(main, ["circulars", "remind", "--json"])
        assert (result.exit_code, json.loads(result.output)) == (0, {"reminded": count})
