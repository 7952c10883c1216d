"""What the bot remembers of the longer dialogues: a proposal half written, and a ticket in hand.

They live in `memory` only, for ten minutes from the last answer. None has a `repr`: they are about people.
"""

from __future__ import annotations

import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from salur.core.people.nik import Kk, Nik
from salur.core.people.ticket_codes import TicketCode
from salur.core.privacy.answers import Told
from salur.core.proposals.draft import Draft, needs_words
from salur.core.proposals.kinds import Kind
from salur.core.regions.territory import Territory

Answer = str | int | Nik | Kk | None


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
    SUMMARY = "summary"  # is all of it right? Only from here it is sent
    CHANGE = "change"  # and which answer is not?


# What is asked for each kind, in this order, and nothing else: messages pass through servers abroad.
QUESTIONS: Mapping[Kind, tuple[Ask, ...]] = MappingProxyType(
    {
        Kind.USULAN: (
            *(Ask.WHOM, Ask.NUMBER, Ask.NO_NIK, Ask.NAME, Ask.VILLAGE, Ask.HOME, Ask.REASON, Ask.WORDS),
            Ask.SUMMARY,
        ),
        Kind.SANGGAH: (Ask.NAME, Ask.VILLAGE, Ask.HOME, Ask.REASON, Ask.WORDS, Ask.SUMMARY),
        Kind.KOREKSI: (Ask.NUMBER, Ask.NAME, Ask.VILLAGE, Ask.REASON, Ask.WORDS, Ask.SUMMARY),
        Kind.LAPORAN: (Ask.REASON, Ask.VILLAGE, Ask.WHO, Ask.WORDS, Ask.SUMMARY),
    }
)
# Who has just checked is known already: only what is wrong is asked.
OF_ONE_KNOWN = (Ask.REASON, Ask.WORDS, Ask.SUMMARY)
OF_WHAT_WAS_TOLD = (Ask.WORDS, Ask.SUMMARY)  # and of an answer that is contested all is known
NOT_CHANGED = frozenset({Ask.NO_NIK, Ask.SUMMARY, Ask.CHANGE})  # a reason for no NIK is asked for with the NIK
# Field of a draft -> the question that asks for it.
QUESTION_OF: Mapping[str, Ask] = MappingProxyType(
    {
        "whom": Ask.WHOM,
        "number": Ask.NUMBER,
        "name": Ask.NAME,
        "kelurahan": Ask.VILLAGE,
        "rt": Ask.HOME,
        "rw": Ask.HOME,
        "reason": Ask.REASON,
        "who": Ask.WHO,
        "words": Ask.WORDS,
    }
)


@dataclass(frozen=True, slots=True, repr=False)
class Proposing:
    """A proposal half written, and what it waits for."""

    kind: Kind
    asked: Ask
    whom: str | None = None
    number: Nik | Kk | None = None
    warned: str = field(default="", repr=False)  # the number or name that was refused, and may come again
    no_nik: str | None = None
    name: str = ""
    village: str = ""
    place: str = ""  # its name, and that of its kecamatan
    rw: int | None = None
    rt: int | None = None
    reason: str = ""
    who: str = ""
    words: str = ""
    changing: bool = False  # one answer, from the summary; then back to it
    mark: str = ""  # on the buttons of the newest summary: one above it shows something else than would be sent
    key: str = ""  # the pass of someone who has just checked (`salur.core.privacy.passes`): it says who they are
    told: Told | None = None  # what the answer told of the entitlement that the pass is for

    @classmethod
    def correcting(cls, key: str) -> Proposing:
        """A correction by someone who is known already: only what is wrong is asked."""
        return cls(Kind.KOREKSI, Ask.REASON, key=key)

    @classmethod
    def contesting(cls, key: str, told: Told) -> Proposing:
        """A report or an objection about an entitlement: all is known, and only to be sent."""
        return cls(Kind.LAPORAN if told.paid else Kind.SANGGAH, Ask.SUMMARY, key=key, told=told)

    @classmethod
    def begin(cls, kind: Kind) -> Proposing:
        """At the first question."""
        return cls(kind, QUESTIONS[kind][0])

    @property
    def questions(self) -> tuple[Ask, ...]:
        """What is asked, in this order."""
        if self.told is not None:
            return OF_WHAT_WAS_TOLD
        return OF_ONE_KNOWN if self.key else QUESTIONS[self.kind]

    @property
    def changeable(self) -> tuple[Ask, ...]:
        """The answers that may be given once more from the summary."""
        return tuple(ask for ask in self.questions if ask not in NOT_CHANGED)

    def learns(self, **answers: Answer) -> Proposing:
        """The same with an answer, at the next question that is still open: the last is the summary."""
        known = self._knowing(answers)
        if known.number is not None:
            known = replace(known, no_nik=None)
        if self.changing:
            return known.at_summary()
        later = self.questions[self.questions.index(self.asked) + 1 :]
        return replace(known, asked=next(ask for ask in later if ask is not Ask.NO_NIK or known.number is None))

    def at_summary(self) -> Proposing:
        """The same at its summary; or at an answer that is missing, now that another is changed."""
        slips = {} if self.key else self.draft().slips()
        if self.key and self.words_needed and not self.words:
            slips = {"words": "words_missing"}
        missing = self._question_of(slips)
        return replace(self, asked=missing or Ask.SUMMARY, changing=missing is not None)

    def changes(self, ask: Ask) -> Proposing:
        """The same at a question that was answered already."""
        return replace(self, asked=ask, changing=True)

    def marked(self) -> Proposing:
        """The same with another mark for the buttons of its summary."""
        return replace(self, mark="".join(secrets.choice(string.ascii_lowercase) for _ in range(8)))

    def _knowing(self, answers: Mapping[str, Any]) -> Proposing:
        """The same with fields by the names that buttons and questions give them."""
        return replace(self, **answers)

    def returns(self, slips: Mapping[str, str]) -> Proposing:
        """The same at the first question whose answer the core refused, without refused words."""
        asked = self._question_of(slips) or Ask.SUMMARY
        words = "" if "words" in slips else self.words
        return replace(self, asked=asked, changing=asked is not Ask.SUMMARY, words=words)

    def _question_of(self, slips: Mapping[str, str]) -> Ask | None:
        """The first question whose answer is refused."""
        refused = {QUESTION_OF[name] for name in slips if name in QUESTION_OF}
        return next((ask for ask in self.questions if ask in refused), None)

    def slip(self, **answers: Answer) -> str | None:
        """The code of what the core would refuse in an answer to the open question; None when it takes it."""
        slips = self._knowing(answers).draft().slips()
        return next((code for name, code in slips.items() if QUESTION_OF.get(name) is self.asked), None)

    @property
    def words_needed(self) -> bool:
        """Whether the sender has to say something in their own words."""
        return self.told is None and needs_words(self.kind, self.reason)

    def draft(self) -> Draft:
        """What is sent."""
        return Draft(
            kind=self.kind,
            territory=Territory(self.village, self.rw, self.rt),
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
    NOTHING = "nothing"  # it is open, and its buttons work
    OBJECTION = "objection"
    ANSWER = "answer"
    SENT = "sent"  # nothing, and nothing else can be done with it: its name is not known here


@dataclass(frozen=True, slots=True, repr=False)
class Ticket:
    """A ticket in hand; with the name that opened it (empty where it has none)."""

    wants: Want
    code: TicketCode | None = None
    name: str = ""


Dialogue = Proposing | Ticket
