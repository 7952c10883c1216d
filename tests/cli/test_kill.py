"""Killed at any moment, an import or a publish leaves the old state or the new one, and nothing between."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.cli.test_lists import FACTS
from tests.fixtures.office import Recipient

ROOT = Path(__file__).resolve().parents[2]
KILLS, PEOPLE = 6, 60
# All is imported and read once; each command runs in a fork of that, which counts its calls and may die at one of them.
FORKING = """
import gc, json, os, signal, sys
gc.disable()
from salur.cli.main import main
from salur.words.language import LANGUAGES, language

for code in LANGUAGES:
    language(code)
gc.freeze()
gc.enable()

def counting(dies_at):
    calls = 0
    def counted(*_):
        nonlocal calls
        calls += 1
        if calls == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
    sys.setprofile(counted)
    return lambda: calls

for line in sys.stdin:
    words, dies_at = json.loads(line)
    told, tells = os.pipe()
    pid = os.fork()
    if not pid:
        sys.stdout = open(os.devnull, "w")
        calls, code = counting(dies_at), 0
        try:
            main(words)
        except SystemExit as end:
            code = end.code or 0
        sys.setprofile(None)
        os.write(tells, str(calls()).encode())
        os._exit(code)
    os.close(tells)
    status = os.waitpid(pid, 0)[1]
    print(os.waitstatus_to_exitcode(status), os.read(told, 20).decode() or 0, flush=True)
    os.close(told)
"""


class Killer:
    """Runs commands in processes of their own and kills them at a share of the calls that they make.

    Not at a share of their time: on a busy machine a clock kills too late, or always at the same place.
    """

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin
        assert process.stdout
        self._commands, self._told = process.stdin, process.stdout
        self._fewest: dict[tuple[object, ...], int] = {}  # calls of a whole run, by what is run

    def run(self, *words: object, killed_at: float | None = None) -> int:
        """The exit code; with `killed_at` SIGKILL comes at that share of the shortest whole run of the same command."""
        command = _command(words)
        dies_at = None if killed_at is None else int(killed_at * self._fewest[command])
        self._commands.write(json.dumps([[str(word) for word in words], dies_at]) + "\n")
        self._commands.flush()
        code, calls = map(int, self._told.readline().split())
        if code == 0:
            self._fewest[command] = min(calls, self._fewest.get(command, calls))
        return code

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


def moments(first: float, last: float) -> Iterator[float]:
    """Shares of a run at which it dies, spread evenly between two: chance would leave wider gaps with more of them."""
    return (first + (last - first) * (number + 0.5) / KILLS for number in range(KILLS))


def _counts(services) -> tuple[int, int, int]:
    with services.database.reading() as connection:
        return tuple(
            connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()
            for table in ("recipient_list", "entitlement", "person")
        )


def test_an_import_killed_at_any_moment_leaves_all_or_nothing(killer, services, write_list):
    people = [Recipient(note="") for _ in range(PEOPLE)]
    assert killer.run("lists", "import", write_list("first.xlsx", *people), *FACTS) == 0
    whole = _counts(services)
    assert whole == (1, PEOPLE, PEOPLE)
    for number, moment in enumerate(moments(0.2, 1.0)):
        file = write_list(f"{number}.xlsx", *(Recipient() for _ in range(PEOPLE)))
        killer.run("lists", "import", file, *FACTS, killed_at=moment)
        lists, entitlements, persons = _counts(services)
        assert (entitlements, persons) == (PEOPLE * lists, PEOPLE * lists)
    assert lists < 1 + KILLS  # some really were killed in time
    assert killer.run("lists", "import", file, *FACTS) in (0, 1)  # 1: it was whole already


def test_a_publish_killed_at_any_moment_leaves_the_old_list_or_the_new_in_force(killer, services, office):
    in_force = office.publishes(*(Recipient() for _ in range(PEOPLE)))
    killer.run("lists", "publish", office.drafts(Recipient()), "--yes")
    in_force = max(s.id for s in services.lists.all())
    for moment in moments(0.2, 1.1):
        draft = office.drafts(*(Recipient() for _ in range(PEOPLE)))
        killer.run("lists", "publish", draft, "--yes", killed_at=moment)
        states = {s.id: s.state for s in services.lists.all()}
        assert (states[in_force], states[draft]) in (("published", "draft"), ("superseded", "published"))
        assert list(states.values()).count("published") == 1
        in_force = draft if states[draft] == "published" else in_force
