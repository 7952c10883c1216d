"""`python -m salur work`: does what pages put into the queue, each piece of work in a process of its own.

What a file does to its reader, it does to that process. One that dies, or is killed, has its job taken up again.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Mapping

import click

from salur.cli.console import with_services
from salur.cli.keeping import ROOT, end_with_parent
from salur.cli.language import say
from salur.cli.work_letters import Printing
from salur.cli.work_lists import Changing, Comparing, Correcting, Handler, Importing, Publishing, Reading
from salur.cli.work_payments import Reporting
from salur.cli.work_schedules import Spreading, TakingIn
from salur.core.errors import DatabaseAway, NotThere, Refused, UnreadableFile
from salur.core.happenings import Part, looked
from salur.core.jobs.answers import Job
from salur.core.jobs.kinds import JobKind
from salur.core.jobs.lease import Lease, LeaseLost, StopAsked
from salur.logs import write
from salur.observe.counting import begin
from salur.wiring import Services

HANDLERS: Mapping[JobKind, Callable[[Services, Job, Lease], Handler]] = {
    JobKind.READ: Reading,
    JobKind.CORRECT: Correcting,
    JobKind.IMPORT: Importing,
    JobKind.PUBLISH: Publishing,
    JobKind.CHANGE: Changing,
    JobKind.COMPARE: Comparing,
    JobKind.REPORT: Reporting,
    JobKind.SCHEDULE: TakingIn,
    JobKind.PRINT: Printing,
    JobKind.SPREAD: Spreading,
}
LOOKS_EVERY = 0.7  # seconds
AFTER_A_DEATH = 2.0  # what kills its runner at once must not do so a hundred times a minute
AWAY = 5.0
POLITE = 10  # how far behind the pages it steps


@click.command()
@click.option("--once", is_flag=True, help="Do one piece of work, if any waits, and end.")
@click.option("--runner", hidden=True, help="By which word it holds its job.")
@with_services
def work(services: Services, once: bool, runner: str | None) -> None:
    """Read and import what operators have sent. `serve` runs it beside the site; several may run at once."""
    if once:
        run_one(services, runner or secrets.token_hex(8))
        return
    write(services.settings.logs)
    begin(services.settings, Part.WORK)
    _Keeper(services).keep()


def run_one(services: Services, runner: str) -> bool:
    """Take one job and do it; False when there was none, and then what others left over is deleted."""
    taken = services.jobs.take(runner)
    if taken is None:
        services.upload_work.sweep()
        return False
    job, lease = taken
    handler = HANDLERS[job.kind](services, job, lease)
    try:
        with lease.kept_alive():
            handler.run()
    except LeaseLost:
        return True  # another has it: it will clean up behind this one
    except StopAsked:
        handler.clean_up()
        lease.stopped()
    except NotThere:
        lease.fail("no_such_upload", {})
    except Refused as refused:
        handler.clean_up()
        lease.fail(refused.code, refused.facts)
    except UnreadableFile as unreadable:
        lease.fail(unreadable.code, {})
    except DatabaseAway:
        raise
    except Exception as error:
        # What it says may be out of a cell: only where it happened is told. The job is taken up again.
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__}, {where.filename.rpartition('/')[2]}:{where.lineno}"
        click.echo(say("Pekerjaan {nomor} terhenti: {sebab}.", nomor=job.id, sebab=place), err=True)
        sys.exit(1)
    return True


class _Keeper:
    """Looks for work, and has it done by one process after the other."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._stopped = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)

    def _stop(self, _number: int, _frame: object) -> None:
        self._stopped = True

    def keep(self) -> None:
        """Until a signal to stop."""
        while not self._stopped:
            try:
                pause = self._look()
            except DatabaseAway:
                pause = AWAY
            until = time.monotonic() + pause
            while not self._stopped and time.monotonic() < until:
                time.sleep(0.1)

    def _look(self) -> float:
        looked(Part.WORK)
        self._services.answering.make_good()
        if not self._services.jobs.waits() and not self._services.upload_work.is_left_over():
            return LOOKS_EVERY
        runner = secrets.token_hex(8)
        command = [sys.executable, "-m", "salur", "work", "--once", "--runner", runner]
        process = subprocess.Popen(  # noqa: S603 - our own words
            command, cwd=ROOT, preexec_fn=_polite, start_new_session=True
        )
        while process.poll() is None:
            if self._stopped:
                process.kill()
            time.sleep(0.05)
            looked(Part.WORK)
        if process.returncode == 0:
            return 0
        self._services.jobs.let_go(runner)
        return AFTER_A_DEATH


def _polite() -> None:
    end_with_parent()
    os.nice(POLITE)
