"""What waits for an officer, by role: what each list of theirs would count, without opening anybody.

Each number comes from the subject whose list stands behind it, so that list and number never part.
"""

from __future__ import annotations

from collections.abc import Iterator

from salur.core.agenda.answers import Waiting, Work
from salur.core.casework.inbox import ProposalInbox
from salur.core.circulars.circulars import Circulars
from salur.core.doubles.doubles import Doubles
from salur.core.letters.handing.handing import Handing
from salur.core.letters.handing.withheld import WithheldLetters
from salur.core.marks.kinds import READERS, MarkState
from salur.core.marks.marks import Marks
from salur.core.neighbourhood.neighbourhoods import Neighbourhoods
from salur.core.officers.accounts import Accounts
from salur.core.officers.roles import CHAIN, DESK, INVITES, Officer, Role
from salur.core.waiting.waiting import WaitingLines


class Agenda:
    """Counts."""

    def __init__(
        self,
        casework: ProposalInbox,
        circulars: Circulars,
        neighbourhood: Neighbourhoods,
        marks: Marks,
        doubles: Doubles,
        accounts: Accounts,
        lines: WaitingLines,
        handing: Handing,
        withheld: WithheldLetters,
    ) -> None:
        self._casework = casework
        self._circulars = circulars
        self._neighbourhood = neighbourhood
        self._marks = marks
        self._doubles = doubles
        self._accounts = accounts
        self._lines = lines
        self._handing = handing
        self._withheld = withheld

    def of(self, officer: Officer) -> tuple[Waiting, ...]:
        """All that this role may be waited for with, the most pressing first; nothing of which there is none."""
        return tuple(Waiting(work, count) for work, count in self._counted(officer) if count)

    def _counted(self, officer: Officer) -> Iterator[tuple[Work, int]]:
        if officer.role in CHAIN:
            cases = self._casework.count(officer)
            yield Work.LATE, cases.late
            yield Work.CASES, cases.waiting
            if officer.role is Role.DINSOS:
                yield Work.TO_CHOOSE, self._lines.count_to_choose(officer)
            yield Work.CIRCULARS, self._circulars.count_waiting(officer)
        yield Work.LETTERS, self._handing.count_waiting(officer)
        if officer.role in DESK:
            yield Work.WITHHELD, self._withheld.count(officer)
        yield Work.NOT_COLLECTED, self._neighbourhood.count_not_collected(officer)
        if officer.role in READERS:
            marks = self._marks.count(officer)
            yield Work.MARKS, marks.get(MarkState.OPEN, 0)
            if officer.role is Role.DINSOS:
                yield Work.MARKS_CONFIRMED, marks.get(MarkState.CONFIRMED, 0)
            for kind, found in self._doubles.count(officer).items():
                yield Work(kind.value), found
        if officer.role in INVITES:
            yield Work.INVITATIONS, self._accounts.count_open_invitations(officer)
        if officer.role in DESK:
            yield Work.ENDING, self._accounts.count_ending(officer)
