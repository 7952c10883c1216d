"""Killed at any moment, an import or a publish leaves the old state or the new one, and nothing between."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.cli.test_lists import FACTS
from tests.fixtures.office import Recipient

ROOT = Path(__file__).resolve().parents[2]
KILLS = 10
COMMAND = """
import sys
from salur.cli import main
print("ready", flush=True)
sys.stdin.readline()
main(sys.argv[1:])
"""


class Killer:
    """Runs a command of its own process and kills it after a while."""

    def __init__(self, settings) -> None:
        self._environment = os.environ | {
            "SALUR_DATABASE_URL": settings.database_url,
            "SALUR_KEYS_FILE": settings.keys_file,
            "SALUR_SECRET_KEY": settings.secret_key,
        }

    def run(self, *words: object, kill_after: float | None = None) -> tuple[int, float]:
        """Exit code, and seconds from the start of the work; with `kill_after` SIGKILL comes so many seconds in."""
        process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, *map(str, words)],
            cwd=ROOT, env=self._environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        with process:
            assert process.stdout.readline() == b"ready\n"
            started = time.monotonic()
            process.stdin.write(b"go\n")
            process.stdin.flush()
            if kill_after is not None:
                time.sleep(kill_after)
                process.send_signal(signal.SIGKILL)
            process.communicate(timeout=60)
            return process.returncode, time.monotonic() - started


@pytest.fixture
def killer(services, settings):
    return Killer(settings)


def _counts(services) -> tuple[int, int, int]:
    with services.database.reading() as connection:
        return tuple(
            connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()
            for table in ("recipient_list", "entitlement", "person")
        )


def test_an_import_killed_at_ten_moments_leaves_all_or_nothing(killer, services, write_list):
    people = [Recipient(note="") for _ in range(1500)]
    code, seconds = killer.run("lists", "import", write_list("first.xlsx", *people), *FACTS)
    assert code == 0
    whole = _counts(services)
    assert whole == (1, 1500, 1500)
    moments = random.Random(7)
    for number in range(KILLS):
        file = write_list(f"{number}.xlsx", *(Recipient() for _ in range(1500)))
        killer.run("lists", "import", file, *FACTS, kill_after=moments.uniform(0.3, 1.0) * seconds)
        lists, entitlements, persons = _counts(services)
        assert (entitlements, persons) == (1500 * lists, 1500 * lists)
    assert lists < 1 + KILLS  # some really were killed in time
    assert killer.run("lists", "import", file, *FACTS)[0] in (0, 1)  # 1: it was whole already


def test_a_publish_killed_at_ten_moments_leaves_the_old_list_or_the_new_in_force(killer, services, office):
    in_force = office.publishes(*(Recipient() for _ in range(300)))
    _code, seconds = killer.run("lists", "publish", office.drafts(Recipient()))
    in_force = max(s.id for s in services.lists.all())
    moments = random.Random(11)
    for _ in range(KILLS):
        draft = office.drafts(*(Recipient() for _ in range(300)))
        killer.run("lists", "publish", draft, kill_after=moments.uniform(0.2, 1.1) * seconds)
        states = {s.id: s.state for s in services.lists.all()}
        assert (states[in_force], states[draft]) in (("published", "draft"), ("superseded", "published"))
        assert list(states.values()).count("published") == 1
        in_force = draft if states[draft] == "published" else in_force
