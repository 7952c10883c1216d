"""Passes for what the payee of an entitlement may do about it: say something against it, print a letter."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from salur.core.lists.kinds import State
from salur.core.lookup.answers import Entitlement
from salur.core.lookup.queries import Said
from salur.core.lookup.rules import COLLECTS
from salur.core.payouts.answers import PaymentState
from salur.core.privacy.answers import Told
from salur.core.privacy.passes import letter_pass, told_pass
from salur.core.storage.vault import Vault

LONGEST_REASON = 200  # characters of an office's own words that a pass carries


class OfList(Protocol):
    """A line of a list: what it says, and the row that knows of the payment."""

    @property
    def row(self) -> Said: ...
    @property
    def paid(self) -> Said: ...


def contestable(said: Entitlement, line: OfList, vault: Vault, until: int, *, past: bool = False) -> Entitlement:
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


def printable(said: Entitlement, line: OfList, vault: Vault, until: int) -> Entitlement:
    """With a pass for a letter about it, where there is something to collect."""
    if not is_to_collect(said):
        return said
    return replace(said, letter=letter_pass(vault, line.row.person_id, line.row.id, until))


def is_to_collect(said: Entitlement) -> bool:
    """Whether there is something to collect on a day to come: what a letter tells of."""
    return said.next_sitting is not None and said.state in COLLECTS and said.payment.state is PaymentState.DUE
