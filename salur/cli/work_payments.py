"""A report of payments becomes a draft, beside the site; what is of no use in it can be given back with reasons."""

from __future__ import annotations

from dataclasses import replace

from salur.core.errors import NothingFits, Refused, UnreadableFile
from salur.core.jobs.answers import Job
from salur.core.jobs.lease import Lease
from salur.core.payouts.answers import FileReport
from salur.core.payouts.kinds import By, Round
from salur.core.uploads.answers import Findings
from salur.core.uploads.rows import Faulty
from salur.intake.draft import PaymentDraft
from salur.intake.findings import looked_at, seen_of
from salur.intake.payments import read_payments
from salur.wiring import Services


class Reporting:
    """Reads a report, compares it with the lists and writes the draft, all of it in one transaction."""

    def __init__(self, services: Services, job: Job, lease: Lease) -> None:
        self._services, self._job, self._lease = services, job, lease

    def run(self) -> None:
        """As `Handler.run`."""
        job, work = self._job, self._services.upload_work
        told = job.told
        round = Round(str(told["programme"]), str(told["period"]))
        with work.opened(self._job.subject) as opened:
            ((_, path),) = opened.files
            try:
                draft = read_payments(path, dict(opened.columns) or None, keep_cells=True)
            except (UnreadableFile, Refused) as error:
                # It is shown what it holds, for an operator to say what its columns are.
                facts = {name: str(fact) for name, fact in getattr(error, "facts", {}).items()}
                work.is_read(
                    self._lease, job.subject, Findings(files=(looked_at(path),), refused=error.code, facts=facts)
                )
                return

            def kept(report: FileReport) -> tuple[Findings, list[Faulty]]:
                found = Findings(files=(seen_of(draft),), header=draft.header, rows=report.rows)
                return found, _of_no_use(report, draft)

            taken = work.reported_by(self._lease, job, kept)
            by = By(job.made_by, str(told["region_code"]))
            try:
                self._services.payments.add(draft, round, opened.digests[0], by, taken)
            except NothingFits as nothing:
                report = nothing.report
                assert isinstance(report, FileReport)
                findings, faulty = kept(report)
                work.is_read(self._lease, job.subject, replace(findings, refused="nothing_fits"), faulty)

    def clean_up(self) -> None:
        """Nothing is written before the end."""


def _of_no_use(report: FileReport, draft: PaymentDraft) -> list[Faulty]:
    cells = {str(row): found for row, found in draft.cells.items()}
    return [(str(row), cells.get(str(row), ()), [f"row:{code}"]) for row, code, _ in report.not_used]
