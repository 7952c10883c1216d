"""Work in the queue: done once, taken up again when its runner dies, and never by two."""

from __future__ import annotations

import pytest

from salur.core.errors import Refused
from salur.core.jobs.jobs import MOST_TRIES
from salur.core.jobs.kinds import OF_UPLOADS, JobKind, JobState
from salur.core.jobs.lease import LEASE, Lease, LeaseLost, StopAsked
from salur.wiring import Services

UPLOAD = 7


def put_in(services: Services, subject: int = UPLOAD) -> int:
    """A job from the console."""
    with services.database.writing() as connection:
        return services.jobs.add(connection, JobKind.READ, subject, {"columns": "B"}, None)


def take(services: Services, runner: str) -> Lease:
    """What the runner has to hold."""
    taken = services.jobs.take(runner)
    assert taken is not None
    return taken[1]


def finish(services: Services, lease: Lease) -> None:
    """The last transaction of the work."""
    with services.database.writing() as connection:
        lease.end(connection, {"rows": 3})


def test_work_waits_is_done_and_tells_what_became_of_it(services, clock):
    first, second = put_in(services), put_in(services, 8)
    assert services.jobs.waits()
    lease = take(services, "one")
    other = take(services, "two")
    assert services.jobs.take("three") is None
    lease.report(30, 120)
    clock.passes(seconds=10)
    job = services.jobs.show(first)
    assert (job.state, job.share, job.told, job.tries) == (JobState.RUNNING, 25, {"columns": "B"}, 1)
    assert job.time_left(clock()).total_seconds() == 30
    finish(services, lease)
    other.fail("no_header", {"field": "nik"})
    assert services.jobs.show(first).result == {"rows": 3}
    assert (services.jobs.show(second).refused, services.jobs.show(second).facts) == ("no_header", {"field": "nik"})
    assert not services.jobs.waits()


def test_a_job_whose_runner_died_is_taken_up_again_after_its_lease(services, clock):
    id = put_in(services)
    dead = take(services, "dead")
    clock.passes(seconds=LEASE.total_seconds() - 1)
    assert services.jobs.take("next") is None
    clock.passes(seconds=2)
    lease = take(services, "next")
    assert services.jobs.show(id).tries == 2
    # The one that only seemed dead writes nothing any more.
    for late in (lambda: dead.report(5), lambda: finish(services, dead)):
        with pytest.raises(LeaseLost):
            late()
    dead.fail("no_header", {})
    dead.stopped()
    assert services.jobs.show(id).state is JobState.RUNNING
    finish(services, lease)


def test_a_runner_known_to_be_dead_loses_its_job_at_once(services):
    put_in(services)
    dead = take(services, "dead")
    services.jobs.let_go("dead")
    take(services, "next")
    with pytest.raises(LeaseLost):
        finish(services, dead)


def test_every_step_keeps_the_lease(services, clock):
    put_in(services)
    lease = take(services, "slow")
    for _ in range(5):
        clock.passes(seconds=LEASE.total_seconds() - 1)
        lease.report(1)
    assert services.jobs.take("next") is None


def test_what_kills_its_runners_is_given_up(services):
    id = put_in(services)
    for number in range(MOST_TRIES):
        take(services, str(number))
        services.jobs.let_go(str(number))
    assert services.jobs.take("last") is None
    assert (services.jobs.show(id).state, services.jobs.show(id).refused) == (JobState.FAILED, "gave_up")


def test_a_stop_is_honoured_at_the_next_step_and_before_the_end(services):
    waiting, running = put_in(services, 8), None
    services.jobs.stop(waiting)
    assert services.jobs.show(waiting).state is JobState.STOPPED
    running = put_in(services)
    lease = take(services, "one")
    services.jobs.stop(running)
    for step in (lambda: lease.report(1), lambda: finish(services, lease)):
        with pytest.raises(StopAsked):
            step()
    lease.stopped()
    services.jobs.stop(running)  # once more changes nothing
    assert services.jobs.show(running).state is JobState.STOPPED


def test_one_thing_at_a_time_is_done_with_an_upload(services):
    id = put_in(services)
    with services.database.writing() as connection, pytest.raises(Refused, match="job_under_way"):
        services.jobs.refuse_another(connection, UPLOAD, *OF_UPLOADS)
    services.jobs.stop(id)
    with services.database.writing() as connection:
        services.jobs.refuse_another(connection, UPLOAD, *OF_UPLOADS)
