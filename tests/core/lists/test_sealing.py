"""Who is many is sealed in a second process: what is written is the same, and it never outlives the first."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from salur.core.jobs.kinds import JobState
from salur.core.limits.asker import Asker
from salur.core.lists.importing import scattering, sealing
from salur.core.lists.importing.imports import Loading
from salur.core.lists.importing.kinds import FileSays
from salur.core.lists.kinds import Draft
from salur.core.lookup.answers import OnTheList
from salur.core.people.letter_codes import LetterCode
from salur.core.people.nik import Nik
from salur.core.tables.people import EntitlementRow, PersonRow
from salur.wiring import Services
from tests.fixtures.office import Office, Recipient
from tests.fixtures.processes import is_running, wait_until
from tests.fixtures.uploads import FACTS, Desk, work_off

ROOT = Path(__file__).resolve().parents[3]
Write = Callable[..., Path]
DYING = """
import os, sys, time
from salur.core.lists.importing.sealing import SharedCodes, Task, sealed_apart
from salur.core.lists.importing.scattering import buckets_of
from salur.core.lists.importing.kept import Kept
from salur.core.lists.kinds import ListedPerson

people = Kept(ListedPerson(number, f"SITI {number}") for number in range(9000))
task = Task(os.environ["SALUR_DATABASE_URL"], os.environ["SALUR_KEYS_FILE"], 1, SharedCodes(()), 1000)
sealed = sealed_apart(task, buckets_of(people))
next(sealed)
with open(f"/proc/self/task/{os.getpid()}/children") as children:
    print(children.read(), flush=True)
time.sleep(60)
"""


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> list[sealing.Task]:
    """A few people are many; in small buckets, of which some wait while one is written. Gives what was sealed apart."""
    tasks, original = [], sealing.sealed_apart

    def seen(task, buckets):
        tasks.append(task)
        return original(task, buckets)

    monkeypatch.setattr(sealing, "MANY", 40)
    monkeypatch.setattr(scattering, "BUCKET", 8)
    monkeypatch.setattr("salur.core.lists.importing.imports.BATCH", 4)
    monkeypatch.setattr("salur.core.lists.importing.imports.sealed_apart", seen)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    return tasks


def written(services: Services) -> tuple[int, int]:
    with services.database.reading() as connection:
        people, entitlements = (
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (PersonRow, EntitlementRow)
        )
    return people, entitlements


def load(services: Services, *people: Recipient) -> int:
    """Write a draft in many transactions, as a runner does."""
    digest = hashlib.blake2b(repr(people).encode(), digest_size=32).digest()
    facts = replace(FACTS, holds=tuple(FileSays))
    return services.imports.load(Draft(people=people), facts, digest, Loading(nothing, nothing, nothing, None))


def nothing(*_: object) -> None:
    """Nobody counts."""


def test_people_sealed_apart_are_found_by_number_and_name(
    services: Services, office: Office, second: list[sealing.Task]
) -> None:
    people = [Recipient(rt=1 + number % 7, letter_code=f"16100-{number // 2:06d}") for number in range(80)]
    people.append(Recipient(letter_code="16100-999999"))
    office.agrees(load(services, *people))
    assert len(second) == 1
    assert written(services) == (81, 81)
    asker = Asker.address("203.0.113.7")
    for person in (people[0], people[40], people[-1]):
        assert isinstance(services.lookup.ask(Nik.parse(person.nik), person.name, asker=asker), OnTheList)
    # A code that stands with two people is nobody's, in the other process too.
    asked = [services.lookup.ask(LetterCode.parse(p.letter_code), p.name, asker=asker) for p in (people[0], people[-1])]
    assert [isinstance(answer, OnTheList) for answer in asked] == [False, True]


def test_who_stands_in_several_rows_or_is_known_already_is_written_once(
    services: Services, second: list[sealing.Task]
) -> None:
    people = [Recipient() for _ in range(30)]
    staged = [replace(person, stage=str(stage)) for stage in (1, 2, 3) for person in people]
    for whole in (1, 2):
        load(services, *staged, *(Recipient() for _ in range(whole)))
        assert len(second) == whole
    assert written(services) == (30 + 1 + 2, 2 * 90 + 1 + 2)


def test_a_runner_has_many_sealed_apart(
    services: Services, desk: Desk, write_list: Write, second: list[sealing.Task]
) -> None:
    id, _ = desk.reads(write_list("a.xlsx", *(Recipient() for _ in range(60))))
    desk.imports(id)
    work_off(services)
    assert (len(second), desk.job(id).state, services.lists.all()[0].people) == (1, JobState.DONE, 60)


def test_the_second_process_ends_when_the_first_is_killed(services: Services) -> None:
    settings = services.settings
    told = os.environ | {"SALUR_DATABASE_URL": settings.database_url, "SALUR_KEYS_FILE": settings.keys_file}
    command, pipe = [sys.executable, "-c", DYING], subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=told, stdout=pipe, stderr=subprocess.DEVNULL) as first:
        assert first.stdout is not None
        children = [int(pid) for pid in first.stdout.readline().split()]
        assert children
        first.send_signal(signal.SIGKILL)
    wait_until(lambda: not any(map(is_running, children)))
