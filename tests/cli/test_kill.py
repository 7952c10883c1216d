"""Killed at any moment, an import or a publish leaves the old state or the new one, and nothing between."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.cli.test_lists import FACTS
from tests.fixtures.office import Recipient

ROOT = Path(__file__).resolve().parents[2]
KILLS = 10
# Everything is imported once; each command runs in a fork of that, so that all its time is work.
FORKING = """
import json, os, sys
from salur.cli import main
for line in sys.stdin:
    pid = os.fork()
    if not pid:
        sys.stdout = open(os.devnull, "w")
        try:
            main(json.loads(line))
        except SystemExit as end:
            os._exit(end.code or 0)
    print(pid, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""


class Killer:
    """Runs commands in processes of their own and kills them after a while."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, *words: object, kill_after: float | None = None) -> tuple[int, float]:
        """Exit code and seconds; with `kill_after` SIGKILL comes so many seconds in."""
        self._process.stdin.write(json.dumps([str(word) for word in words]) + "\n")
        self._process.stdin.flush()
        pid = int(self._process.stdout.readline())
        started = time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return int(self._process.stdout.readline()), time.monotonic() - started


@pytest.fixture
def killer(services, settings):
    environment = os.environ | {
        "SALUR_DATABASE_URL": settings.database_url,
        "SALUR_KEYS_FILE": settings.keys_file,
        "SALUR_SECRET_KEY": settings.secret_key,
    }
    command = [sys.executable, "-c", FORKING]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as process:
        yield Killer(process)
        process.stdin.close()


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
        killer.run("lists", "import", file, *FACTS, kill_after=moments.uniform(0.2, 1.0) * seconds)
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
