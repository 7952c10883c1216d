"""What the one question is answered with."""

from __future__ import annotations

from dataclasses import dataclass

from salur.core.lookup.answers import Answer, NotOnTheList
from salur.core.proposals.answers import NoTicket, Status


@dataclass(frozen=True, slots=True, repr=False)
class Missed:
    """A miss, with what was typed. No `repr`: it is about people."""

    number: str
    name: str
    found: NotOnTheList


Found = Answer | Status | NoTicket
