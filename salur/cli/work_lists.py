"""What is done with an upload beside the site: it is read, and made a draft."""

from __future__ import annotations

import time
from collections.abc import Mapping
from itertools import islice
from typing import Protocol

from salur.core.errors import Refused, UnreadableFile
from salur.core.jobs.answers import Job
from salur.core.jobs.lease import Lease
from salur.core.lists.answers import Contradicted
from salur.core.lists.coverage import coverage_of, units_of
from salur.core.lists.importing.facts import ListFacts
from salur.core.lists.kinds import Coverage, Draft, Unit
from salur.core.uploads.answers import Findings
from salur.core.uploads.rows import Faulty
from salur.core.uploads.work import MOST_FAULTY, Opened
from salur.intake.draft import ListDraft
from salur.intake.findings import findings_of, issuer_in, looked_at
from salur.intake.people import read_round
from salur.intake.tables.corrections import read_corrections
from salur.wiring import Services

TOLD_EVERY = 0.8  # seconds


class Handler(Protocol):
    """Does one piece of work."""

    def run(self) -> None:
        """Do all of it; the last transaction says that it is done."""

    def clean_up(self) -> None:
        """Delete what was written of it, where it does not come to its end."""


class Reading:
    """Files are understood, and what was understood is written down."""

    def __init__(self, services: Services, job: Job, lease: Lease) -> None:
        self._services, self._job, self._lease = services, job, lease
        self._told_at = 0.0

    def run(self) -> None:
        """As `Handler.run`. A file that cannot be read is an answer, too: the operator is shown what it holds."""
        with self._services.upload_work.opened(self._job.subject) as opened:
            try:
                findings, faulty, columns, draft = self._understood(opened)
            except (UnreadableFile, Refused) as error:
                facts = {name: str(fact) for name, fact in getattr(error, "facts", {}).items()}
                seen = tuple(looked_at(path) for _, path in opened.files)
                findings, faulty, columns = Findings(files=seen, refused=error.code, facts=facts), [], None
                draft = None
        self._services.upload_work.is_read(self._lease, self._job.subject, findings, faulty, columns, draft)

    def clean_up(self) -> None:
        """Nothing is written before the end."""

    def _understood(self, opened: Opened) -> tuple[Findings, list[Faulty], Mapping[str, str] | None, Draft]:
        draft, drafts = self._read(opened, opened.columns)
        learnt = None
        if not opened.columns:
            issuer = issuer_in(line for one in drafts for line in one.titles)
            learnt = self._services.upload_work.remembered(self._job.subject, draft.header, issuer)
        if learnt:
            draft, drafts = self._read(opened, learnt, remembered=True)
        coverage, units = _covered(draft)
        findings = findings_of(
            draft,
            drafts,
            coverage=coverage,
            units=units,
            most_faulty=MOST_FAULTY,
            names=[name for name, _ in opened.files],
            patched=len(opened.patches),
            remembered=bool(learnt),
        )
        faulty: list[Faulty] = [(str(row), cells, codes) for row, cells, codes in islice(draft.faulty(), MOST_FAULTY)]
        return findings, faulty, learnt, draft

    def _read(
        self, opened: Opened, columns: Mapping[str, str], *, remembered: bool = False
    ) -> tuple[Draft, list[ListDraft]]:
        return read_round(opened.files, columns, patches=opened.patches, progress=self._tell, remembered=remembered)

    def _tell(self, rows: int, most: int | None) -> None:
        if time.monotonic() - self._told_at >= TOLD_EVERY:
            self._told_at = time.monotonic()
            self._lease.report(rows, most)


class Importing:
    """What was read becomes a draft, as it was judged then; where that is not kept any more it is read once more."""

    def __init__(self, services: Services, job: Job, lease: Lease) -> None:
        self._services, self._job, self._lease = services, job, lease
        self._told_at = 0.0

    def run(self) -> None:
        """As `Handler.run`."""
        self.clean_up()
        draft, digests = self._services.upload_work.judged(self._job.subject) or self._judged()
        try:
            loading = self._services.upload_work.loading(self._lease, self._job, len(draft.people))
            self._services.imports.load(draft, ListFacts.of(self._job.told), digests, loading)
        except Contradicted as contradicted:
            raise Refused("contradicted", found=[list(one) for one in contradicted.found]) from None

    def _judged(self) -> tuple[Draft, tuple[bytes, ...]]:
        with self._services.upload_work.opened(self._job.subject) as opened:
            draft, _ = read_round(opened.files, opened.columns, patches=opened.patches, progress=self._tell)
            return draft, opened.digests

    def clean_up(self) -> None:
        """Delete what an earlier try, or this one, has written."""
        self._services.upload_work.clean_up(self._services.imports, self._job.subject)

    def _tell(self, rows: int, most: int | None) -> None:
        if time.monotonic() - self._told_at >= TOLD_EVERY:
            self._told_at = time.monotonic()
            self._lease.report(rows, most and 2 * most)


class Correcting:
    """Rows that came back corrected are taken, by their marks."""

    def __init__(self, services: Services, job: Job, lease: Lease) -> None:
        self._services, self._job, self._lease = services, job, lease

    def run(self) -> None:
        """As `Handler.run`."""
        work = self._services.upload_work
        with work.corrections(self._job) as path:
            marked = read_corrections(path)
        work.is_corrected(self._lease, self._job, marked, work.width_of(self._job.subject))

    def clean_up(self) -> None:
        """Nothing is written before the end."""


class Publishing:
    """A draft is put in force, as it was agreed to."""

    def __init__(self, services: Services, job: Job, lease: Lease) -> None:
        self._services, self._job, self._lease = services, job, lease

    def run(self) -> None:
        """As `Handler.run`."""
        self._services.publishing.run(self._job, self._lease)

    def clean_up(self) -> None:
        """All of it is one transaction."""


class Changing:
    """What publishing a draft would change is worked out."""

    def __init__(self, services: Services, job: Job, lease: Lease) -> None:
        self._services, self._job, self._lease = services, job, lease

    def run(self) -> None:
        """As `Handler.run`."""
        self._services.ahead.run(self._job, self._lease)

    def clean_up(self) -> None:
        """Nothing is written before the end."""


class Comparing:
    """Two lists are compared; what differs is kept."""

    def __init__(self, services: Services, job: Job, lease: Lease) -> None:
        self._services, self._job, self._lease = services, job, lease

    def run(self) -> None:
        """As `Handler.run`."""
        self._services.comparing.run(self._job, self._lease)

    def clean_up(self) -> None:
        """Nothing is written before the end."""


def _covered(draft: Draft) -> tuple[Coverage | None, tuple[Unit, ...]]:
    """What it seems to cover; nothing where there is nobody, or where its rows name no place."""
    if not draft.people:
        return None, ()
    coverage = coverage_of(draft)
    try:
        return coverage, units_of(draft.tally, coverage)
    except Refused:
        return coverage, ()
