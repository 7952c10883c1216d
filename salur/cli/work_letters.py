"""Letters are made beside the site: gathered, set, and put in force at once."""

from __future__ import annotations

from salur.core.jobs.answers import Job
from salur.core.jobs.lease import Lease
from salur.documents.paper.letters import Layout, letters_as_pdf
from salur.wiring import Services
from salur.words.language import language


class Printing:
    """A printing, in as many files as it takes."""

    def __init__(self, services: Services, job: Job, lease: Lease) -> None:
        self._services, self._job, self._lease = services, job, lease
        self._done = 0

    def run(self) -> None:
        """As `Handler.run`."""
        batch = self._services.letter_work.begin(self._job, self._lease)
        say, layout = language(batch.language), Layout(batch.paper)
        files = [letters_as_pdf(part, say, layout=layout, progress=self._tell) for part in batch.parts]
        self._services.letter_work.finish(self._lease, batch, files)

    def clean_up(self) -> None:
        """All that is good for anything is written in the last transaction."""

    def _tell(self, letters: int) -> None:
        self._done += letters
        self._lease.report(self._done)
