"""What a runner does with a printing: takes numbers, has the letters set, and puts all in force at once.

Until the last transaction there is nothing of it but its numbers: no code, no letter, no file. Killed at any moment it
leaves nothing half done, and is taken up again with the same numbers and other codes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from salur.core.errors import NotThere, Refused
from salur.core.jobs.answers import Job
from salur.core.jobs.lease import Lease
from salur.core.letters.answers import Letter
from salur.core.letters.issuing.answers import Counted
from salur.core.letters.issuing.composing import Issued, Sender, compose, issue
from salur.core.letters.issuing.gathering import gather
from salur.core.letters.issuing.keeping import drop_old_files, keep_file, keep_letters, printing_row, take_numbers
from salur.core.letters.issuing.kinds import Paper, PrintingKind
from salur.core.letters.issuing.queries import basis_of
from salur.core.limits.kinds import Door
from salur.core.officers.queries import open_officer
from salur.core.officers.roles import Officer
from salur.core.officers.scope import Scope
from salur.core.privacy.access_log import AccessLog
from salur.core.record.kinds import RecordKind
from salur.core.record.note import note
from salur.core.regions.territory import Territory
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.vault import Vault

IN_ONE_FILE = 500  # letters: to set them takes half a megabyte each


@dataclass(frozen=True, slots=True, repr=False)
class Batch:
    """The letters of a printing, as long as they are only in memory."""

    row: AnyRow
    officer: Officer
    issued: Sequence[Issued]
    letters: Sequence[Letter]
    counted: Counted
    basis: tuple[int, int]

    @property
    def paper(self) -> Paper:
        """On what they are printed."""
        return Paper(self.row.paper)

    @property
    def language(self) -> str:
        """In which language."""
        return str(self.row.language)

    @property
    def parts(self) -> Iterator[Sequence[Letter]]:
        """The letters of each file."""
        return (self.letters[start : start + IN_ONE_FILE] for start in range(0, len(self.letters), IN_ONE_FILE))


class LetterWork:
    """The runner's side."""

    def __init__(
        self, database: Database, vault: Vault, access: AccessLog, sender: Sender, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._vault = vault
        self._access = access
        self._sender = sender
        self._clock = clock

    def begin(self, job: Job, lease: Lease) -> Batch:
        """Find out who gets a letter, and give each a number and a code.

        Raises: NotThere; Refused(`nobody_to_print_for`, facts: listed); LeaseLost, StopAsked.
        """
        with self._database.reading() as connection:
            row, officer = printing_row(connection, job.subject), open_officer(connection, job.made_by)
            if row is None or officer is None or row.ready_at is not None or row.withdrawn_at is not None:
                raise NotThere("no_such_printing")
            people = Scope.of(officer, Territory(row.region_code, row.rw, row.rt)).people
            round = (row.programme_code, row.period)
            basis = basis_of(connection, people, *round)
            payees, counted = gather(connection, self._vault, people, *round, self._clock(), sitting=row.sitting_id)
        if not payees:
            raise Refused("nobody_to_print_for", listed=counted.listed)
        with self._database.writing() as connection:
            lease.step(connection, 0, len(payees))
            first = take_numbers(connection, self._vault, row, len(payees), self._clock())
            issued = issue(payees, first)
            letters = compose(connection, self._sender, issued, PrintingKind(row.kind))
        return Batch(row, officer, issued, letters, counted, basis)

    def finish(self, lease: Lease, batch: Batch, files: Sequence[bytes]) -> None:
        """Put the letters in force, and keep the files for whoever printed them: all in one transaction.

        Raises: Refused(`changed_since`) where lists in force changed meanwhile; LeaseLost, StopAsked.
        """
        row, now, officer = batch.row, self._clock(), batch.officer
        with self._database.writing() as connection:
            told = {"listed": batch.counted.listed, "letters": batch.counted.letters, "files": len(files)}
            lease.end(connection, {**told, "left_out": {str(why): n for why, n in batch.counted.left_out.items()}})
            people = Scope.of(officer, Territory(row.region_code, row.rw, row.rt)).people
            if basis_of(connection, people, row.programme_code, row.period) != batch.basis:
                raise Refused("changed_since")
            keep_letters(connection, self._vault, row, batch.issued, now)
            for part, content in enumerate(files, 1):
                keep_file(connection, self._vault, row.id, part, content)
            drop_old_files(connection, now)
            payees = (one.payee.person for one in batch.issued)
            self._access.record(connection, payees, officer, door=Door.SITE, what="letter")
            note(
                connection, officer, RecordKind.LETTERS, "printed", now,
                territory=Territory(row.region_code, row.rw, row.rt), printing=row.id, letters=len(batch.issued),
                programme=row.programme_code, period=row.period,
            )  # fmt: skip
