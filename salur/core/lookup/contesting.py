"""What a payee may say against an answer: the pass for it goes with each entitlement that can be contested."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from salur.core.lists.kinds import State
from salur.core.lookup.answers import Entitlement
from salur.core.lookup.queries import Said
from salur.core.payouts.answers import PaymentState
from salur.core.privacy.answers import Told
from salur.core.privacy.passes import told_pass
from salur.core.storage.vault import Vault

LONGEST_REASON = 200  # characters of an office's own words that a pass carries


class Line(Protocol):
    """A payee's entry on one list: what the list says, and the row that knows of the payment."""

    @property
    def row(self) -> Said: ...
    @property
    def paid(self) -> Said: ...


def contestable(said: Entitlement, line: Line, vault: Vault, until: int, *, past: bool = False) -> Entitlement:
    """With a pass for what its payee may say against it: that the money never came, that they are still entitled."""
    paid = said.payment.state is PaymentState.PAID
    if not paid and (past or said.state is not State.TAKEN_OFF):
        return said
    told = Told(
        entitlement=(line.paid if paid else line.row).id,
        paid=paid,
        programme_name=said.programme_name,
        period=said.period,
        decree=said.decree,
        list_date=said.list_date,
        payee=said.payee,
        amount=said.amount,
        paid_on=said.payment.on,
        paid_at=said.payment.at,
        last_listed=said.last_listed,
        reason=said.reason[:LONGEST_REASON] if said.reason else None,
    )
    return replace(said, key=told_pass(vault, line.row.person_id, told, until))
