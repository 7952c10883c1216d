"""What may be sent, who may have it, and what may happen to it: the words of the fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from salur.core.officers.roles import Role


class Kind(StrEnum):
    """What someone sends."""

    USULAN = "usulan"  # propose oneself or a neighbour
    SANGGAH = "sanggah"  # object to someone who is listed
    KOREKSI = "koreksi"  # my data are wrong
    LAPORAN = "laporan"  # a levy, a letter withheld, marked paid but not received


class Holder(StrEnum):
    """Who has it: a level of the chain, or the sender, who was asked something."""

    NEIGHBOURHOOD = "neighbourhood"  # the RT or the RW, whoever is first
    KELURAHAN = "kelurahan"
    KECAMATAN = "kecamatan"
    DINSOS = "dinsos"
    SENDER = "sender"


class Step(StrEnum):
    """What can happen to it."""

    SENT = "sent"
    JOINED = "joined"  # someone else sent the same; both follow one proposal from now on
    ACCEPTED = "accepted"  # by a level: at the neighbourhood it means verified, at the last level it closes
    REJECTED = "rejected"
    ASKED = "asked"  # a question to the sender
    ANSWERED = "answered"
    FORWARDED = "forwarded"  # passed on without a judgement
    RETURNED = "returned"  # a question to the level below, which has it again
    TAKEN_UP = "taken_up"  # by a level above, from one that lets it lie
    OBJECTED = "objected"  # the sender does not accept a rejection
    GRANTED = "granted"  # a published list holds the person
    UNDONE = "undone"  # who took the step just before took it back: of that step only the trace is left


class Outcome(StrEnum):
    """How it ended. An accepted proposal may still be granted."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    GRANTED = "granted"


class Standing(StrEnum):
    """How an accepted usulan stands in the order of a programme that has a quota."""

    WAITING = "waiting"
    CHOSEN = "chosen"  # a person chose it for a free place: it is on a draft
    PLACED = "placed"  # that draft was published
    DROPPED = "dropped"  # and what is in force now holds that person no more: a person decides what follows
    SKIPPED = "skipped"  # by a person, with a reason, until it is put back
    LISTED = "listed"  # the person or the family stands on the programme's list already
    EXCLUDED = "excluded"  # gets what the programme excludes, by a rule that the office confirmed
    NO_NUMBER = "no_number"  # neither NIK nor KK number: no list can hold that person


class LineRule(StrEnum):
    """By what a line is ordered; what was sent first comes first among equals."""

    ACCEPTED = "accepted"  # when Dinas Sosial accepted it
    SENT = "sent"  # when it was sent


ROUTES: Mapping[Kind, tuple[Holder, ...]] = MappingProxyType(
    {
        Kind.USULAN: (Holder.NEIGHBOURHOOD, Holder.KELURAHAN, Holder.KECAMATAN, Holder.DINSOS),
        Kind.SANGGAH: (Holder.NEIGHBOURHOOD, Holder.KELURAHAN, Holder.KECAMATAN, Holder.DINSOS),
        Kind.KOREKSI: (Holder.KELURAHAN, Holder.DINSOS),
        Kind.LAPORAN: (Holder.DINSOS,),
    }
)
LEVEL_OF: Mapping[Role, Holder] = MappingProxyType(
    {
        Role.RT: Holder.NEIGHBOURHOOD,
        Role.RW: Holder.NEIGHBOURHOOD,
        Role.KELURAHAN: Holder.KELURAHAN,
        Role.KECAMATAN: Holder.KECAMATAN,
        Role.DINSOS: Holder.DINSOS,
    }
)
# Time to decide, from the sending, and anew from an objection. A question to the sender stops no clock: UU 27/2022
# article 30 counts the 3x24 hours from the request, and a question must not become a way to win time.
CLOCKS: Mapping[Kind, timedelta] = MappingProxyType(
    {
        Kind.SANGGAH: timedelta(days=14),
        Kind.KOREKSI: timedelta(hours=72),
        Kind.LAPORAN: timedelta(hours=72),  # for a first answer; an inquiry may take longer
    }
)
OBJECTION_TIME = timedelta(days=14)
FIVE_REASONS = ("died", "moved", "well_off", "receives_other_aid", "other")
UPPER_REASONS = ("well_off", "receives_other_aid", "data_differ", "not_agreed", "other")
OWN_REASONS: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.SANGGAH: ("still_in_need", "not_proven", "other"),
        Kind.KOREKSI: ("already_right", "not_proven", "other"),
        Kind.LAPORAN: ("not_proven", "not_ours", "other"),
    }
)
# The payee's own, of what an answer told them: not among what others choose from.
NOT_RECEIVED, STILL_ENTITLED = "paid_not_received", "still_entitled"
OWN_OBJECTION = ("moved", "well_off", "receives_other_aid", "data_differ", "not_proven", "other")
NEEDS_WORDS = frozenset({"other"})  # a no of this kind says nothing by itself
DECISIONS = frozenset({Step.ACCEPTED, Step.REJECTED, Step.ASKED, Step.FORWARDED, Step.RETURNED})
UNDOABLE = DECISIONS | {Step.TAKEN_UP}
UNDO_TIME = timedelta(minutes=10)  # from the decision, while nothing came after it


def reasons_for_no(kind: Kind, level: Holder, sent_for: str = "") -> tuple[str, ...]:
    """The codes of reasons that a level may give: five at RT and RW, a short list of their own further up.

    `sent_for` is the sender's own reason: who objects to being taken off is refused for other reasons than an objector.
    """
    if sent_for == STILL_ENTITLED:
        return OWN_OBJECTION
    if kind is Kind.USULAN:
        return FIVE_REASONS if level is Holder.NEIGHBOURHOOD else UPPER_REASONS
    return OWN_REASONS[kind]
