"""From a line of a list to what is said of it, with passes for what its payee may do: contest it, print a letter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from salur.core.lists.importing.writer import NOTE
from salur.core.lists.kinds import ListState, State
from salur.core.lists.periods import last_day
from salur.core.lookup.answers import Entitlement
from salur.core.lookup.queries import Said
from salur.core.lookup.rules import COLLECTS, ListedLine, called_off, next_or_missed, own_sittings, way_of
from salur.core.lookup.still_listed import Found, Key
from salur.core.names.matching import initials
from salur.core.payouts.answers import Channel, Payment, PaymentState, PlaceKind, Sitting
from salur.core.payouts.places.known import post_office_near
from salur.core.payouts.sittings import SittingRead, sitting_of
from salur.core.people.sealed import open_group
from salur.core.privacy.answers import Told
from salur.core.privacy.passes import letter_pass, told_pass
from salur.core.regions.office import Office
from salur.core.storage.vault import Vault

PAPERS: dict[Channel | None, tuple[str, ...]] = {Channel.BANK_CARD: ("kks", "ktp"), Channel.HOME: ("ktp", "kk")}
USUAL_PAPERS = ("letter", "ktp", "kk")
CHANNELS = {PlaceKind.POST_OFFICE: Channel.POST_OFFICE, PlaceKind.HOME: Channel.HOME}
LONGEST_REASON = 200  # characters of an office's own words that a pass carries


@dataclass(frozen=True, slots=True, repr=False)
class SaidOf(ListedLine):
    """A line with the sittings that may be its own."""

    row: Said
    paid: Said
    sittings: list[SittingRead]
    name: str


def key_of(line: SaidOf) -> Key:
    """Payee and programme."""
    return (line.who, line.row.programme_code)


def entitlement(line: SaidOf, vault: Vault, now: datetime, *, last_listed: str | None = None) -> Entitlement:
    """What the list itself says, with sittings and payment. `last_listed`: the period in which they stood before."""
    row = line.row
    state = State(row.state)
    payment = Payment(PaymentState(line.paid.paid_state or PaymentState.DUE), line.paid.paid_on, line.paid.paid_at)
    own = own_sittings(line.sittings, care=row.care)
    upcoming, missed, off_again = None, None, None
    off = state is State.TAKEN_OFF
    if state in COLLECTS and payment.state is PaymentState.DUE:
        upcoming, missed = next_or_missed([sitting_of(sitting) for sitting in own], now)
        off_again = called_off(line.sittings, care=row.care, now=now) if upcoming is None else None
    channel = _channel(row, upcoming or missed, own)
    shown = upcoming or missed
    lapsed = row.list_state == ListState.PUBLISHED and last_day(row.period) < now.date()
    return Entitlement(
        programme=row.programme_code,
        programme_name=row.programme_name,
        period=row.period,
        stage=row.stage,
        list_date=row.issued_on,
        decree=row.decree,
        circular=row.circular,
        issuer=row.issuer,
        amount=None if off else row.amount,
        state=state,
        reason=_reason(row, vault),
        group_name=open_group(vault, row.sealed_group, row.id),
        channel=None if off else channel,
        next_sitting=upcoming,
        missed_sitting=missed,
        bring=() if off else PAPERS.get(channel, USUAL_PAPERS),
        proxy="same_kk_or_attorney" if row.care else "same_kk",
        deadline=shown.deadline if shown else None,
        payment=payment,
        payee=initials(line.name),
        kelurahan=row.region_name,
        kelurahan_code=row.region_code,
        valid_until=last_day(row.period),
        lapsed=lapsed,
        last_listed=last_listed,
        post_office=None,
        office=_office(row),
        way=way_of(state, payment.state, row.programme_code, channel, dated=shown is not None, lapsed=lapsed),
        cancelled_sitting=sitting_of(off_again) if off_again is not None else None,
        whose=payee_digest(vault, line.who, line.name),
    )


def no_longer(line: SaidOf, vault: Vault, now: datetime, found: Found) -> Entitlement:
    """What the present list says of one it does not name: nothing but that, or that a row of it may be theirs."""
    present = line.row.now
    assert present is not None, "else nobody knows that the line is no longer true"
    state = State.UNCLEAR if key_of(line) in found.perhaps else State.TAKEN_OFF
    lapsed = last_day(present.period) < now.date()
    return replace(
        entitlement(line, vault, now),
        period=present.period,
        list_date=present.issued_on,
        decree=present.decree,
        circular=present.circular,
        issuer=present.issuer,
        stage=None,
        amount=None,
        state=state,
        reason=None,
        group_name=None,
        channel=None,
        next_sitting=None,
        missed_sitting=None,
        cancelled_sitting=None,
        bring=(),
        deadline=None,
        payment=Payment(PaymentState.DUE),
        valid_until=last_day(present.period),
        lapsed=lapsed,
        last_listed=line.row.period,
        way=way_of(state, PaymentState.DUE, line.row.programme_code, None, dated=False, lapsed=lapsed),
    )


def with_post_office(connection: Connection, entitlement: Entitlement) -> Entitlement:
    """Of a missed sitting, where to go now. Nobody else pays for the statement."""
    missed = entitlement.missed_sitting
    if missed is None or missed.place.kind is PlaceKind.HOME:
        return entitlement
    at_post = missed.place.kind is PlaceKind.POST_OFFICE
    place = missed.place if at_post else post_office_near(connection, entitlement.kelurahan_code)
    return replace(entitlement, post_office=place)


def payee_digest(vault: Vault, nik: object, name: str) -> str:
    """What tells a payee from others: `nik` is its index. Without one the initials have to do: the next list gives
    them another row.
    """
    return vault.digest("payee", nik if isinstance(nik, bytes) else initials(name).encode()).hex()[:16]


def _office(row: Said) -> Office | None:
    if row.office_name is None or row.region_code is None:
        return None
    return Office(row.region_code, row.office_name, row.office_address, row.office_phone, row.office_hours)


def _reason(row: Said, vault: Vault) -> str | None:
    # Of one who is entitled a note is the office's own, and no reason for anything.
    if row.reason is None and row.sealed_note is not None and row.state in (State.SUSPENDED, State.TAKEN_OFF):
        return vault.open(row.sealed_note, NOTE, row.id).decode()
    return row.reason


def _channel(row: Said, sitting: Sitting | None, own: list[SittingRead]) -> Channel | None:
    if sitting is not None or own:
        kind = sitting.place.kind if sitting is not None else PlaceKind(own[0].place.kind)
        return CHANNELS.get(kind, Channel.COMMUNITY_POINT)
    return Channel(row.channel) if row.channel else None


def contestable(said: Entitlement, line: SaidOf, vault: Vault, until: int, *, past: bool = False) -> Entitlement:
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


def printable(said: Entitlement, line: SaidOf, vault: Vault, until: int) -> Entitlement:
    """With a pass for a letter about it, where there is something to collect."""
    if not is_to_collect(said):
        return said
    return replace(said, letter=letter_pass(vault, line.row.person_id, line.row.id, until))


def is_to_collect(said: Entitlement) -> bool:
    """Whether there is something to collect on a day to come: what a letter tells of."""
    return said.next_sitting is not None and said.state in COLLECTS and said.payment.state is PaymentState.DUE
