"""What publishing a large draft would change, worked out ahead by a runner: no page waits for it.

It holds as long as nothing else is in force than what it was compared with. Whoever agrees to it agrees to its digest:
when the draft is put in force, it is worked out once more, and has to be the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, astuple

from sqlalchemy import Connection

from salur.core.doubles.answers import WouldBeDouble
from salur.core.jobs.answers import Job
from salur.core.jobs.jobs import Jobs
from salur.core.jobs.kinds import JobKind, JobState
from salur.core.jobs.lease import Lease
from salur.core.lists import answers
from salur.core.lists.answers import Change, Counts, Place
from salur.core.lists.kinds import Coverage, Unit
from salur.core.lists.lists import Lists
from salur.core.storage.database import Database
from salur.core.storage.vault import JsonObject

Basis = list[list[int | str]]
Doubles = Callable[[int], tuple[WouldBeDouble, ...]]  # what publishing a draft would make double


class Ahead:
    """Has changes worked out, and gives them as long as they are true; and with them the doubles that they make."""

    def __init__(self, database: Database, jobs: Jobs, lists: Lists, doubles: Doubles) -> None:
        self._database = database
        self._jobs = jobs
        self._lists = lists
        self._doubles = doubles

    def change(self, id: int, *, by: int | None) -> Change | Job:
        """What publishing a draft would change; of a large one the job that works it out, until that is done.

        What is no longer true is worked out anew; what failed stays so until `begin`. Raises what `Lists.change` does.
        """
        if self._lists.show(id).people <= answers.AT_ONCE:
            return self._lists.change(id)
        basis = self._basis(id)
        job = self._jobs.last_of([id], JobKind.CHANGE).get(id)
        if job is None or (job.state is JobState.DONE and not _is_true(job, basis)):
            self.begin(id, by=by)
            job = self._jobs.last_of([id], JobKind.CHANGE)[id]
        if job.state is not JobState.DONE or job.result is None:
            return job
        return self._lists.as_of_today(_read_back(json.loads(str(job.result["change"]))))

    def doubles(self, id: int) -> tuple[WouldBeDouble, ...]:
        """What publishing a draft would make double; of a large one what was found with its change."""
        if self._lists.show(id).people <= answers.AT_ONCE:
            return self._doubles(id)
        job = self._jobs.last_of([id], JobKind.CHANGE).get(id)
        if job is None or job.result is None:
            return ()
        return tuple(WouldBeDouble(*one) for one in json.loads(str(job.result["doubles"])))

    def begin(self, id: int, *, by: int | None) -> None:
        """Have it worked out, if that is not being done."""
        with self._database.writing() as connection:
            self._lists.locked(connection, id)
            self.begin_within(connection, id, by)

    def begin_within(self, connection: Connection, id: int, by: int | None) -> None:
        """The same in the caller's transaction, which has the list to itself."""
        if not self._jobs.is_under_way(connection, id, JobKind.CHANGE):
            self._jobs.add(connection, JobKind.CHANGE, id, {}, by)

    def run(self, job: Job, lease: Lease) -> None:
        """Work one out, as a runner. Raises LeaseLost, StopAsked, and what `Lists.change` does."""
        basis = self._basis(job.subject)  # before: what changes meanwhile makes the outcome stale
        change, doubles = self._lists.change(job.subject), self._doubles(job.subject)
        told = {"change": json.dumps(_kept(change)), "doubles": json.dumps(list(map(astuple, doubles)))}
        with self._database.writing() as connection:
            lease.end(connection, {"basis": basis, **told})

    def _basis(self, id: int) -> Basis:
        return [list(one) for one in self._lists.basis(id)]


def _is_true(job: Job, basis: Basis) -> bool:
    """Whether what a job found still holds; one of an earlier version did not look for doubles."""
    return job.result is not None and job.result["basis"] == basis and "doubles" in job.result


def _kept(change: Change) -> JsonObject:
    """As JSON holds it: counts and places, nobody's name."""
    values = {name: getattr(change, name) for name in Change.__dataclass_fields__ if name != "total"}
    places = [(place.region_code, place.kelurahan, place.rw, asdict(place.counts)) for place in change.places]
    return {**values, "places": places, "states": [(*state, n) for state, n in change.states.items()]}


def _read_back(kept: JsonObject) -> Change:
    return Change(
        **{
            **kept,
            "coverage": Coverage(kept["coverage"]),
            "units": tuple(Unit(*unit) for unit in kept["units"]),
            "places": tuple(Place(code, name, rw, Counts(**counts)) for code, name, rw, counts in kept["places"]),
            "replaces": tuple(kept["replaces"]),
            "in_part": tuple(kept["in_part"]),
            "states": {(state, reason): n for state, reason, n in kept["states"]},
            "rows": tuple(map(tuple, kept["rows"])),
        }
    )
