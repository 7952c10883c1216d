"""What the bot remembers of the longer dialogues: a proposal half written, and a ticket in hand. Plain values.

They live in `memory` only, for ten minutes from the last answer. None has a `repr`: they are about people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from salur.core.nik import Kk, Nik
from salur.core.proposal_answers import Draft
from salur.core.proposal_steps import Kind
from salur.core.roles import Territory
from salur.core.ticket_codes import TicketCode


class Ask(StrEnum):
    """The questions of a proposal."""

    WHOM = "whom"
    NUMBER = "number"
    NO_NIK = "no_nik"
    NAME = "name"
    VILLAGE = "village"
    HOME = "home"  # RT and RW
    REASON = "reason"
    WHO = "who"
    WORDS = "words"


# What is asked for each kind, in this order, and nothing else: messages pass through servers abroad.
QUESTIONS: Mapping[Kind, tuple[Ask, ...]] = MappingProxyType(
    {
        Kind.USULAN: (Ask.WHOM, Ask.NUMBER, Ask.NO_NIK, Ask.NAME, Ask.VILLAGE, Ask.HOME, Ask.REASON, Ask.WORDS),
        Kind.SANGGAH: (Ask.NAME, Ask.VILLAGE, Ask.HOME, Ask.REASON, Ask.WORDS),
        Kind.KOREKSI: (Ask.NUMBER, Ask.NAME, Ask.VILLAGE, Ask.REASON, Ask.WORDS),
        Kind.LAPORAN: (Ask.REASON, Ask.VILLAGE, Ask.WHO, Ask.WORDS),
    }
)
MAY_BE_EMPTY = frozenset({Kind.USULAN})  # of which the reason says enough


@dataclass(frozen=True, slots=True, repr=False)
class Proposing:
    """A proposal half written, and what it waits for."""

    kind: Kind
    asked: Ask
    whom: str | None = None
    number: Nik | Kk | None = None
    no_nik: str | None = None
    name: str = ""
    village: str = ""
    rw: int | None = None
    rt: int | None = None
    reason: str = ""
    who: str = ""
    words: str = ""
    key: str = ""  # the pass of someone who has just checked (`salur.core.passes`): it says who he is

    @classmethod
    def correcting(cls, key: str) -> Proposing:
        """A correction by someone who is known already: only what is wrong is asked."""
        return cls(Kind.KOREKSI, Ask.REASON, key=key)

    @classmethod
    def begin(cls, kind: Kind) -> Proposing:
        """At the first question."""
        return cls(kind, QUESTIONS[kind][0])

    def learns(self, **answers: Any) -> Proposing:
        """The same with an answer, at the next question that is still open; after the last it stays there."""
        known = replace(self, **answers)
        questions = QUESTIONS[self.kind]
        later = questions[questions.index(self.asked) + 1 :]
        following = next((ask for ask in later if ask is not Ask.NO_NIK or known.number is None), self.asked)
        return replace(known, asked=following)

    @property
    def words_needed(self) -> bool:
        """Whether the sender has to say something in his own words."""
        return self.kind not in MAY_BE_EMPTY or self.reason == "other"

    def draft(self) -> Draft:
        """What is sent."""
        return Draft(
            kind=self.kind,
            place=Territory(self.village, self.rw, self.rt),
            reason=self.reason,
            words=self.words,
            number=self.number,
            no_nik=self.no_nik,
            name=self.name,
            whom=self.whom,
            who=self.who,
        )


class Want(StrEnum):
    """What a ticket waits for."""

    CODE = "code"
    DIGITS = "digits"
    NOTHING = "nothing"  # it is open, and its buttons work
    OBJECTION = "objection"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True, repr=False)
class Ticket:
    """A ticket in hand; with the last four digits once they were typed (empty for one that has none)."""

    wants: Want
    code: TicketCode | None = None
    last_four: str = ""


Dialogue = Proposing | Ticket
