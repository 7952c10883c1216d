"""One family's letter, at once: the payee's own print, or one that an office or a head prints for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from salur.core.errors import NotThere, RanOut, Refused, TooManyAttempts
from salur.core.happenings import refused
from salur.core.letters.answers import Letter
from salur.core.letters.issuing.composing import Issued, Sender, compose, issue
from salur.core.letters.issuing.gathering import Payee
from salur.core.letters.issuing.keeping import add_printing, keep_letters, printing_row, take_numbers
from salur.core.letters.issuing.kinds import Paper, PrintingKind
from salur.core.limits import tallies
from salur.core.limits.asker import Asker
from salur.core.limits.kinds import Door
from salur.core.limits.tallies import DAY
from salur.core.lookup.finding import BY_ID
from salur.core.lookup.saying import is_to_collect
from salur.core.lookup.standing import in_force
from salur.core.lookup.still_listed import Written
from salur.core.officers.roles import Officer, Role
from salur.core.officers.scope import Scope
from salur.core.people.sealed import open_address, open_name
from salur.core.privacy.access_log import AccessLog
from salur.core.privacy.passes import letter_of
from salur.core.record.kinds import RecordKind
from salur.core.record.note import note
from salur.core.regions.territory import Territory
from salur.core.storage.database import Database
from salur.core.storage.vault import Vault
from salur.core.tables.people import EntitlementRow

A_DAY = 3  # letters for one entitlement; for an officer as many again
OFFICIAL = (Role.KELURAHAN, Role.DINSOS)  # who prints the letter of the office once more; others the payee's own


class Letters:
    """Issues single letters."""

    def __init__(
        self, database: Database, vault: Vault, access: AccessLog, sender: Sender, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._vault = vault
        self._access = access
        self._sender = sender
        self._clock = clock

    def own(self, key: str, *, asker: Asker, paper: Paper = Paper.A4, language: str = "id") -> Letter:
        """The payee's own letter, by the pass that an answer gave; it replaces none but own ones.

        It shows initials and no address, as the answer does: who knows a number and a name learns no more by it.

        Raises: Refused(`key_expired`, `letter_not_now`); TooManyAttempts after three of a day.
        """
        person, entitlement = letter_of(self._vault, key, self._clock())
        with self._database.writing() as connection:
            wait = self._count(connection, f"own {entitlement}")
            letter = None if wait else self._own(connection, person, entitlement, asker, paper, language)
        if letter is None:
            raise refused(TooManyAttempts(wait or timedelta(), RanOut.ASKER))
        return letter

    def of_one(
        self, officer: Officer, entitlement: int, *, door: Door, paper: Paper = Paper.A4, language: str = "id"
    ) -> Letter:
        """The letter of somebody on an officer's list: the office's own once more, or (heads) one as the payee's own.

        Raises: NotThere(`no_such_entry`); Refused(`letter_not_now`); TooManyAttempts.
        """
        kind = PrintingKind.OFFICIAL if officer.role in OFFICIAL else PrintingKind.OWN
        people = Scope.of(officer).people.c
        with self._database.writing() as connection:
            columns = (people.id, people.sealed_address)
            found = select(*columns).join(EntitlementRow, EntitlementRow.person_id == people.id)
            row = connection.execute(found.where(EntitlementRow.id == entitlement)).one_or_none()
            if row is None:
                raise NotThere("no_such_entry")
            wait = self._count(connection, f"officer {officer.account} {entitlement}")
            if not wait:
                payee = self._payee(connection, row.id, entitlement)
                address = open_address(self._vault, row.sealed_address, row.id)
                payee = replace(payee, address=address)
                letter = self._issue(connection, payee, kind, officer.account, paper, language)
                self._access.record(connection, [row.id], officer, door=door, what="letter")
                where = Territory(payee.region_code, payee.rw, payee.rt)
                what = "printed_one" if kind is PrintingKind.OFFICIAL else "printed_own"
                note(
                    connection, officer, RecordKind.LETTERS, what, self._clock(), territory=where,
                    programme=payee.said.programme, period=payee.said.period,
                )  # fmt: skip
        if wait:
            raise refused(TooManyAttempts(wait, RanOut.ASKER))
        return letter

    def _own(
        self, connection: Connection, person: int, entitlement: int, asker: Asker, paper: Paper, language: str
    ) -> Letter:
        payee = self._payee(connection, person, entitlement)
        hidden = Payee(entitlement, person, payee.said.payee, None, payee.region_code, None, None, payee.said)
        letter = self._issue(connection, hidden, PrintingKind.OWN, None, paper, language)
        self._access.record_asker(connection, [person], asker, what="letter")
        return letter

    def _payee(self, connection: Connection, person: int, entitlement: int) -> Payee:
        """Whoever it is, if there is still something to collect. Raises Refused(`letter_not_now`)."""
        row = next(iter(BY_ID.run(connection, [person])), None)
        stood = (
            in_force(connection, self._vault, {person: Written.opened(self._vault, row)}, self._clock()) if row else []
        )
        one = next((one for one in stood if one.entitlement == entitlement), None)
        if row is None or one is None or not is_to_collect(one.said) or one.said.kelurahan_code is None:
            raise Refused("letter_not_now")
        name = open_name(self._vault, row.sealed_names, row.id)
        return Payee(entitlement, person, name, None, one.said.kelurahan_code, one.rw, one.rt, one.said)

    def _issue(
        self, connection: Connection, payee: Payee, kind: PrintingKind, by: int | None, paper: Paper, language: str
    ) -> Letter:
        now, said = self._clock(), payee.said
        values = {
            "kind": str(kind),
            "programme_code": said.programme,
            "period": said.period,
            "region_code": payee.region_code,
            "rw": payee.rw,
            "rt": payee.rt,
            "paper": str(paper),
            "language": language,
            "made_by": by,
            "made_at": now,
        }
        row = printing_row(connection, add_printing(connection, values))
        assert row is not None
        issued: list[Issued] = issue([payee], take_numbers(connection, self._vault, row, 1, now))
        keep_letters(connection, self._vault, row, issued, now)
        (letter,) = compose(connection, self._sender, issued, kind)
        return letter

    def _count(self, connection: Connection, whose: str) -> timedelta | None:
        """Count one letter; how long to wait where there were too many."""
        second = int(self._clock().timestamp())
        key = self._vault.digest("letter printed", whose.encode())
        mine = tallies.lock(connection, {key: DAY}, second)[key]
        if mine.tries >= A_DAY:
            return timedelta(seconds=mine.left(second))
        tallies.write(connection, [mine.plus(1, second)])
        return None
