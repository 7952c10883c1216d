"""What is done for schedules beside the site: one that an office sent is read, families are spread over sittings."""

from __future__ import annotations

from salur.core.errors import NothingFits, Refused
from salur.core.jobs.answers import Job
from salur.core.jobs.lease import Lease
from salur.core.payouts.answers import FileReport
from salur.intake.schedule import read_schedule
from salur.wiring import Services

REASONS_KEPT = 200


class TakingIn:
    """A schedule becomes a draft; what its rows lack, the operator told."""

    def __init__(self, services: Services, job: Job, lease: Lease) -> None:
        self._services, self._job, self._lease = services, job, lease

    def run(self) -> None:
        """As `Handler.run`. Raises Refused(`nothing_fits`), with the reasons, where no row can be used."""
        services, job = self._services, self._job
        with services.upload_work.opened(job.subject) as opened:
            (_, path), (digest,) = opened.files[0], opened.digests
            read = read_schedule(path, dict(opened.columns) or None)

        make = services.planning.taking_in(read, digest, job.told, job.made_by)
        try:
            services.upload_work.is_taken_in(self._lease, job, make)
        except NothingFits as nothing:
            report = nothing.report
            assert isinstance(report, FileReport)
            reasons = [[str(row), code] for row, code, _ in report.not_used[:REASONS_KEPT]]
            raise Refused("nothing_fits", rows=report.rows, reasons=reasons) from None

    def clean_up(self) -> None:
        """Nothing is written before the end."""


class Spreading:
    """A plan of many families is worked out, and kept as a draft."""

    def __init__(self, services: Services, job: Job, lease: Lease) -> None:
        self._services, self._job, self._lease = services, job, lease

    def run(self) -> None:
        """As `Handler.run`."""
        self._services.large_plans.run(self._job, self._lease)

    def clean_up(self) -> None:
        """All of it is one transaction."""
