"""Tickets: how one is made, and what opens it.

Code and name open a ticket, and the name is compared as in the look-up. What was sent without a name is opened by its
code alone. Tickets of before names were kept hold a digest of the code and four digits, which their papers name: those
digits, typed in place of the name, open these and no others. Whichever is wrong, or missing, the work is the same.
"""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, select

from salur.core.names.decoys import DECOYS, compare_with_nobody
from salur.core.names.matching import same_name
from salur.core.names.parts import read_name
from salur.core.people.ticket_codes import TicketCode
from salur.core.people.written import plain_digits
from salur.core.storage.database import fresh_ids
from salur.core.storage.prepared import Prepared, columns_of, constant
from salur.core.storage.vault import Decoy, Vault
from salur.core.tables.proposals import TicketRow

NAME = "proposal_ticket.sealed_name"
NO_PROOF = bytes(32)


class Ticket(NamedTuple):
    """A ticket as it is kept."""

    digest: bytes
    proposal_id: int
    proof: bytes | None
    id: int | None
    sealed_name: bytes | None
    first_event: int
    made_at: datetime


_columns = columns_of(Ticket, **{name: getattr(TicketRow, name) for name in Ticket._fields})
_near = select(*_columns).where(TicketRow.digest >= bindparam("digest")).order_by(TicketRow.digest)
NEAR = Prepared(_near.limit(constant(1)), Ticket._make)


class Tickets:
    """Makes and opens them, within the caller's transaction."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._decoy = Decoy(vault, lambda: vault.seal(DECOYS[0].encode(), NAME, 0))

    def digest(self, code: TicketCode) -> bytes:
        """What a ticket is found by, and what wrong tries are counted under."""
        return self._vault.digest("ticket", code.reveal().encode())

    def make(
        self,
        connection: Connection,
        code: TicketCode,
        name: str | None,
        *,
        proposal: int,
        first_event: int,
        at: datetime,
    ) -> None:
        """Write a ticket. Without a name its code is enough."""
        id = next(fresh_ids(1))
        values = {
            "digest": self.digest(code),
            "proposal_id": proposal,
            "id": None if name is None else id,
            "sealed_name": None if name is None else self._vault.seal(name.encode(), NAME, id),
            "first_event": first_event,
            "made_at": at,
        }
        connection.execute(insert(TicketRow).values(values))

    def find(self, connection: Connection, code: TicketCode) -> Ticket | None:
        """The ticket of a code, which opens nothing yet."""
        row = self._near(connection, code)
        return row if row is not None and row.digest == self.digest(code) else None

    def open(self, connection: Connection, code: TicketCode, name: str) -> Ticket | None:
        """The ticket, if code and name go together.

        Without one, the next by its digest is fetched, opened, computed and compared in its place.
        """
        digest = self.digest(code)
        row = self._near(connection, code)
        typed = read_name(name)
        named, proven = same_name(read_name(self._name_on(row)), typed), self._is_proven(row, code, name)
        opens = row is not None and (named if row.sealed_name is not None else proven or row.proof is None)
        if row is not None and opens and row.digest == digest:
            return row
        compare_with_nobody(typed, 1)  # so that a miss compares as many names as one of the look-up
        return None

    def _near(self, connection: Connection, code: TicketCode) -> Ticket | None:
        return next(iter(NEAR.run(connection, {"digest": self.digest(code)})), None)

    def _name_on(self, row: Ticket | None) -> str:
        """The name that a ticket was sent with; nobody's, where there is none."""
        sealed, id = (None, None) if row is None else (row.sealed_name, row.id)
        return self._vault.open(sealed or self._decoy.sealed, NAME, id or 0).decode()

    def _is_proven(self, row: Ticket | None, code: TicketCode, digits: str) -> bool:
        """Whether these are the four digits of a ticket that has no name."""
        said = f"{code.reveal()}:{plain_digits(digits) or ''}"
        proof = self._vault.digest("ticket+digits", said.encode())
        return hmac.compare_digest(proof, (row.proof if row is not None else None) or NO_PROOF)
