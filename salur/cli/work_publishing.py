"""What is done beside the site when a list is due: it is published, or the office is asked again."""

from __future__ import annotations

from salur.core.jobs.answers import Job
from salur.core.jobs.lease import Lease
from salur.wiring import Services


class PublishingDue:
    """A list whose time has come goes in force."""

    def __init__(self, services: Services, job: Job, lease: Lease) -> None:
        self._services, self._job, self._lease = services, job, lease

    def run(self) -> None:
        """As `Handler.run`."""
        self._services.publishing.carry_out(self._job, self._lease)

    def clean_up(self) -> None:
        """Nothing is written before the end."""
