"""What a person decides about a line: who gets a free place, who is passed over for a while, who waits again."""

from __future__ import annotations

from sqlalchemy import Connection

from salur.core.errors import Refused
from salur.core.lists.corrections.corrections import Corrections
from salur.core.lists.corrections.kinds import Basis
from salur.core.lists.kinds import ListedPerson, State
from salur.core.officers.roles import Officer
from salur.core.proposals.kinds import Standing
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.vault import Vault
from salur.core.waiting.kinds import SKIP_REASONS, LineStep
from salur.core.waiting.places import common_of
from salur.core.waiting.queries import Queue, name_of
from salur.core.waiting.standing import Standings, city_of, said_in
from salur.core.waiting.telling import LineLog


class Choosing:
    """Dinas Sosial decides, one after the other: each decision waits for whoever changes the lists of the programme."""

    def __init__(
        self, database: Database, vault: Vault, log: LineLog, standings: Standings, corrections: Corrections
    ) -> None:
        self._database = database
        self._vault = vault
        self._log = log
        self._standings = standings
        self._corrections = corrections

    def choose(self, officer: Officer, programme: str, proposal: int, amount: int | None) -> int:
        """Give a free place to who is next: the draft that corrects the list in force where he lives holds him from now
        on, with this amount (whole rupiah). Gives the number of that draft.

        Raises: Refused with `not_your_role`, `no_quota`, `line_changed` (somebody else is next), `no_place_free`,
        `no_list_there`, and the codes of `Corrections.add`; NotThere(`unknown_programme`).
        """
        region = city_of(officer)
        with self._database.reading() as connection:
            name_of(connection, programme)
            queue = self._standings.find(connection, region, programme)
            self._may_choose(queue, proposal)
            said = said_in(self._vault, _standing(queue, proposal, Standing.WAITING))
            base = queue.base_of(said.territory)
            if base is None:
                raise Refused("no_list_there")
            usual = common_of(connection, base)
        person = ListedPerson(
            row=0,
            name=said.name,
            nik=said.nik.reveal() if said.nik else None,
            kk=said.kk.reveal() if said.kk else None,
            region_code=said.territory.region_code,
            rw=said.territory.rw,
            rt=said.territory.rt,
            state=State.ENTITLED,
            amount=amount,
            stage=usual.stage,
            channel=usual.channel,
        )

        def choose(connection: Connection, entitlement: int) -> None:
            # Whoever changes lists of the programme waits now: what was seen without that may have changed.
            queue = self._locked(connection, region, programme)
            row = self._may_choose(queue, proposal)
            self._step(connection, officer, programme, row, LineStep.CHOSEN, entitlement=entitlement)

        basis = Basis(note=queue.quota.source)
        return self._corrections.add(base, person, basis, by=officer.account, within=choose)

    def take_back(self, officer: Officer, programme: str, proposal: int) -> None:
        """Take one who was chosen off the draft again: he stands where he stood before. Raises what `skip` does."""
        region = city_of(officer)
        with self._database.reading() as connection:
            row = _standing(self._standings.find(connection, region, programme), proposal, Standing.CHOSEN)
        self._corrections.drop(row.list_id, row.entitlement_id, by=officer.account)
        with self._database.writing() as connection:
            now = self._locked(connection, region, programme).find(proposal)
            # On no draft he waits already: this says who did it, and tells him; unless he was chosen again meanwhile.
            if now is None or now.standing != Standing.CHOSEN:
                self._step(connection, officer, programme, row, LineStep.BACK)

    def skip(self, officer: Officer, programme: str, proposal: int, reason: str | None) -> None:
        """Pass over one who waits, until he is put back.

        Raises: Refused with `not_your_role`, `skip_reason_missing`, `no_quota` or `line_changed` (it does not wait);
        NotThere(`unknown_programme`).
        """
        region = city_of(officer)
        if reason not in SKIP_REASONS:
            raise Refused("skip_reason_missing")
        with self._database.writing() as connection:
            row = _standing(self._locked(connection, region, programme), proposal, Standing.WAITING)
            self._step(connection, officer, programme, row, LineStep.SKIPPED, reason=reason)

    def put_back(self, officer: Officer, programme: str, proposal: int) -> None:
        """Let one stand where he stood before who was skipped, or dropped by a list. Raises what `skip` does."""
        region = city_of(officer)
        with self._database.writing() as connection:
            queue = self._locked(connection, region, programme)
            row = _standing(queue, proposal, Standing.SKIPPED, Standing.DROPPED)
            self._step(connection, officer, programme, row, LineStep.BACK)

    def _may_choose(self, queue: Queue, proposal: int) -> AnyRow:
        """The next in a line, where that is the proposal and a place is free."""
        first = queue.first()
        if first is None or first.id != proposal:
            raise Refused("line_changed")
        if not queue.places(queue.counts()[Standing.CHOSEN]).free:
            raise Refused("no_place_free")
        return first

    def _step(
        self,
        connection: Connection,
        officer: Officer,
        programme: str,
        row: AnyRow,
        step: LineStep,
        *,
        reason: str | None = None,
        entitlement: int | None = None,
    ) -> None:
        by, since = officer.account, row.since
        self._log.write(connection, programme, row.id, step, since=since, by=by, reason=reason, entitlement=entitlement)
        self._standings.tell_first(connection, officer.territory.region_code, programme)

    def _locked(self, connection: Connection, region: str, programme: str) -> Queue:
        """The line of a programme, which nobody else changes meanwhile."""
        name_of(connection, programme, lock=True)
        return self._standings.find(connection, region, programme)


def _standing(queue: Queue, proposal: int, *so: Standing) -> AnyRow:
    """A proposal that stands so. Raises Refused(`line_changed`)."""
    row = queue.find(proposal)
    if row is None or row.standing not in so:
        raise Refused("line_changed")
    return row
