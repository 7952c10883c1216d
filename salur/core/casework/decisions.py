"""Which decisions an officer may take on a proposal, and what has to come with them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import Connection

from salur.core.casework.answers import Choices
from salur.core.casework.queries import Proposal
from salur.core.errors import NotThere, Refused
from salur.core.officers.roles import Officer
from salur.core.people.among import stands_in
from salur.core.proposals.kinds import LEVEL_OF, NEEDS_WORDS, Holder, Step, reasons_for_no
from salur.core.proposals.log import find_staffed
from salur.core.proposals.steps import Present, check, find_destination
from salur.core.storage.database import AnyRow

WORDS_LENGTH = 600
# What lies this long at one level is shown as lying too long, and can be taken over.
TOO_LONG = timedelta(days=14)
# In the order in which they are offered.
OFFERED = (Step.ACCEPTED, Step.REJECTED, Step.ASKED, Step.RETURNED, Step.FORWARDED, Step.TAKEN_UP)
ASKS = frozenset({Step.ASKED, Step.RETURNED})


def offer(
    connection: Connection, officer: Officer, proposal: Proposal, state: Present, now: datetime, *, sent_for: str
) -> Choices:
    """What this officer may do with a proposal in this state; `sent_for` is the sender's reason."""
    kind, level = proposal.kind, LEVEL_OF.get(officer.role)
    if level is None or state.desk is None:
        return Choices()
    if state.desk is not level:
        # Only the last level takes over: two levels above one another would take it from each other.
        may = level is Holder.DINSOS and lies_too_long(state, now)
        return Choices((Step.TAKEN_UP,)) if may else Choices()
    known = find_staffed(connection, proposal.place)
    leads_to: dict[Step, Holder | None] = {}
    for step in OFFERED:
        # A question waits for its answer before another is asked.
        if not (step is Step.ASKED and state.holder is Holder.SENDER):
            with suppress(Refused):
                check(step, state, level=level, at=now)
                leads_to[step] = find_destination(kind, step, state, level=level, staffed=known)
    reasons = reasons_for_no(kind, level, sent_for)
    return Choices(tuple(leads_to), reasons, leads_to.get(Step.ACCEPTED), leads_to.get(Step.RETURNED))


def find_undo_until(officer: Officer, steps: Sequence[AnyRow], state: Present, now: datetime) -> datetime | None:
    """Until when this officer may take back the last of the steps (rows of events); None where it is not theirs."""
    own = steps[-1].account_id == officer.account and state.may_be_undone(LEVEL_OF.get(officer.role), now)
    return state.undo_until if own else None


def lies_too_long(state: Present, now: datetime) -> bool:
    """Whether an open proposal lies too long where it is: past its clock, or without a step for TOO_LONG."""
    return state.desk is not None and (state.is_late(now) or state.held_since + TOO_LONG <= now)


def why_not(step: Step, state: Present, level: Holder | None) -> Refused:
    """What to raise for a step that is none of an officer's choices."""
    if state.desk is None:
        return Refused("already_closed")
    if step is Step.TAKEN_UP:
        return Refused("not_too_long" if level is Holder.DINSOS and state.desk is not level else "not_above")
    return NotThere("no_such_decision") if state.desk is level else Refused("not_yours")


def check_words(step: Step, reason: str | None, words: str, reasons: Collection[str]) -> str:
    """The words as they are kept; `reasons` are the codes to choose from for a no.

    Raises: Refused with `reason_missing`, `words_missing`, `words_too_long` or `number_in_words`.
    """
    words = "\n".join(" ".join(line.split()) for line in words.splitlines()).strip()
    if step is Step.REJECTED and reason not in reasons:
        raise Refused("reason_missing")
    if not words and (step in ASKS or (step is Step.REJECTED and reason in NEEDS_WORDS)):
        raise Refused("words_missing")
    if len(words) > WORDS_LENGTH:
        raise Refused("words_too_long", most=WORDS_LENGTH)
    # A NIK or KK number has no place in words that the sender and all levels read, however it is spaced.
    if stands_in(words):
        raise Refused("number_in_words")
    return words
