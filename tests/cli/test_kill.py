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
KILLS, PEOPLE = 10, 500
# Everything is imported once; each command runs in a fork of that, so that all its time is work.
FORKING = """
import json, os, sys, time
from salur.cli.main import main
for line in sys.stdin:
    started = time.monotonic()
    pid = os.fork()
    if not pid:
        sys.stdout = open(os.devnull, "w")
        try:
            main(json.loads(line))
        except SystemExit as end:
            os._exit(end.code or 0)
    print(pid, flush=True)
    status = os.waitpid(pid, 0)[1]
    print(os.waitstatus_to_exitcode(status), time.monotonic() - started, flush=True)
"""


class Killer:
    """Runs commands in processes of their own and kills them at a share of their quickest time."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin
        assert process.stdout
        self._commands, self._told = process.stdin, process.stdout
        self._quickest: dict[tuple[object, ...], float] = {}  # seconds, by what is run
        self._hurry = 1.0  # kills that come too late make the next ones earlier: on a busy machine all are late

    def run(self, *words: object, killed_at: float | None = None) -> int:
        """The exit code; with `killed_at` SIGKILL comes at that share of the quickest whole run of the same command."""
        self._commands.write(json.dumps([str(word) for word in words]) + "\n")
        self._commands.flush()
        pid = int(self._told.readline())
        if killed_at is not None:
            time.sleep(killed_at * self._quickest[_command(words)] * self._hurry)
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        code, seconds = self._told.readline().split()
        if killed_at is not None:
            self._hurry *= 0.8 if code == "0" else min(1.1, 1 / self._hurry)
        if code == "0":
            command = _command(words)
            self._quickest[command] = min(float(seconds), self._quickest.get(command, float("inf")))
        return int(code)

    def ends(self) -> None:
        """Take no more commands."""
        self._commands.close()


def _command(words: tuple[object, ...]) -> tuple[object, ...]:
    """What is run: `lists import`, or `restore`."""
    return words[:2] if words[1:] and str(words[1]).isalpha() else words[:1]


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
        killer = Killer(process)
        yield killer
        killer.ends()


def _counts(services) -> tuple[int, int, int]:
    with services.database.reading() as connection:
        return tuple(
            connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()
            for table in ("recipient_list", "entitlement", "person")
        )


def test_an_import_killed_at_ten_moments_leaves_all_or_nothing(killer, services, write_list):
    people = [Recipient(note="") for _ in range(PEOPLE)]
    assert killer.run("lists", "import", write_list("first.xlsx", *people), *FACTS) == 0
    whole = _counts(services)
    assert whole == (1, PEOPLE, PEOPLE)
    moments = random.Random(7)
    for number in range(KILLS):
        file = write_list(f"{number}.xlsx", *(Recipient() for _ in range(PEOPLE)))
        killer.run("lists", "import", file, *FACTS, killed_at=moments.uniform(0.2, 1.0))
        lists, entitlements, persons = _counts(services)
        assert (entitlements, persons) == (PEOPLE * lists, PEOPLE * lists)
    assert lists < 1 + KILLS  # some really were killed in time
    assert killer.run("lists", "import", file, *FACTS) in (0, 1)  # 1: it was whole already


def test_a_publish_killed_at_ten_moments_leaves_the_old_list_or_the_new_in_force(killer, services, office):
    in_force = office.publishes(*(Recipient() for _ in range(300)))
    killer.run("lists", "publish", office.drafts(Recipient()), "--yes")
    in_force = max(s.id for s in services.lists.all())
    moments = random.Random(11)
    for _ in range(KILLS):
        draft = office.drafts(*(Recipient() for _ in range(300)))
        killer.run("lists", "publish", draft, "--yes", killed_at=moments.uniform(0.2, 1.1))
        states = {s.id: s.state for s in services.lists.all()}
        assert (states[in_force], states[draft]) in (("published", "draft"), ("superseded", "published"))
        assert list(states.values()).count("published") == 1
        in_force = draft if states[draft] == "published" else in_force
