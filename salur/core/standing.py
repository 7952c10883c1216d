"""How people stand on the lists: the rules for what is shown of what the lists say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from salur.core.answers import Channel, Entitlement, OnTheList, Payment, PaymentState, Payout, PlaceKind, State
from salur.core.database import AnyRow
from salur.core.listed_people import NOTE
from salur.core.periods import last_day
from salur.core.sittings import payout_of
from salur.core.standing_query import standing_rows
from salur.core.standing_rules import (
    COLLECTS,
    ListedLine,
    corrected,
    latest_before,
    next_or_missed,
    no_longer_listed,
    own_sittings,
    replaced_within_a_year,
)
from salur.core.vault import Vault

PAPERS: dict[Channel | None, tuple[str, ...]] = {Channel.BANK_CARD: ("kks", "ktp"), Channel.HOME: ("ktp", "kk")}
USUAL_PAPERS = ("letter", "ktp", "kk")
CHANNELS = {PlaceKind.POST_OFFICE: Channel.POST_OFFICE, PlaceKind.HOME: Channel.HOME}


@dataclass(frozen=True, slots=True, repr=False)
class Payee:
    """Whom an entitlement belongs to: initials to show, and the index that tells two payees apart."""

    initials: str
    nik_index: bytes | None


@dataclass(frozen=True, slots=True, repr=False)
class _Line(ListedLine):
    """A line with the sittings that may be its own."""

    sittings: list[AnyRow]
    payee: str


def standing(connection: Connection, vault: Vault, payees: Mapping[int, Payee], now: datetime) -> OnTheList | None:
    """Say how these people (by id) stand on published lists, and on the lists of the last year that these replaced."""
    lines = corrected(_lines(standing_rows(connection, payees), payees))
    kept = replaced_within_a_year(lines, now)
    before = latest_before(kept)
    present = []
    for line in lines:
        if line.row.list_state == "published":
            previous = before.get((line.who, line.row.programme_code))
            present.append(_entitlement(line, vault, now, last_listed=previous.row.period if previous else None))
    present += [_dropped(line, vault, now) for line in no_longer_listed(lines, before)]
    past = [_entitlement(line, vault, now) for line in kept]
    if not present and not past:
        return None
    return OnTheList(tuple(sorted(present, key=_next_date_first)), tuple(sorted(past, key=_latest_first)))


def _lines(rows: Iterable[AnyRow], payees: Mapping[int, Payee]) -> list[_Line]:
    """One line per list and payee: a NIK that stands twice on one list is still one entitlement."""
    lines: dict[tuple[int, object], _Line] = {}
    for row in rows:
        payee = payees[row.person_id]
        who = payee.nik_index or row.person_id
        line = lines.setdefault((row.list_id, who), _Line(row, who, row, [], payee.initials))
        if line.row.id == row.id and row.s_id is not None:
            line.sittings.append(row)
    return list(lines.values())


def _entitlement(line: _Line, vault: Vault, now: datetime, *, last_listed: str | None = None) -> Entitlement:
    row = line.row
    state = State(row.state)
    payment = Payment(PaymentState(line.paid.paid_state or "due"), line.paid.paid_on, line.paid.paid_at)
    own = own_sittings(line.sittings, care=row.person_care)
    upcoming, missed = None, None
    off = state is State.TAKEN_OFF
    if state in COLLECTS and payment.state is PaymentState.DUE:
        upcoming, missed = next_or_missed([payout_of(sitting, "s", "o") for sitting in own], now)
    channel = _channel(row, upcoming or missed, own)
    shown = upcoming or missed
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
        group_name=row.group_name,
        channel=None if off else channel,
        next_payout=upcoming,
        missed_payout=missed,
        bring=() if off else PAPERS.get(channel, USUAL_PAPERS),
        proxy="same_kk_or_attorney" if row.person_care else "same_kk",
        deadline=shown.deadline if shown else None,
        payment=payment,
        payee=line.payee,
        kelurahan=row.region_name,
        kelurahan_code=row.region_code,
        valid_until=last_day(row.period),
        lapsed=row.list_state == "published" and last_day(row.period) < now.date(),
        last_listed=last_listed,
    )


def _dropped(line: _Line, vault: Vault, now: datetime) -> Entitlement:
    """What the present list says of one it does not name: nothing but that."""
    row = line.row
    return replace(
        _entitlement(line, vault, now),
        period=row.now_period,
        list_date=row.now_issued_on,
        decree=row.now_decree,
        circular=row.now_circular,
        issuer=row.now_issuer,
        stage=None,
        amount=None,
        state=State.TAKEN_OFF,
        reason=None,
        group_name=None,
        channel=None,
        next_payout=None,
        missed_payout=None,
        bring=(),
        deadline=None,
        payment=Payment(PaymentState.DUE),
        valid_until=last_day(row.now_period),
        lapsed=last_day(row.now_period) < now.date(),
        last_listed=row.period,
    )


def _reason(row: AnyRow, vault: Vault) -> str | None:
    if row.reason is None and row.sealed_note is not None:
        return vault.open(row.sealed_note, NOTE, row.id).decode()
    reason: str | None = row.reason
    return reason


def _channel(row: AnyRow, payout: Payout | None, own: list[AnyRow]) -> Channel | None:
    if payout is not None or own:
        kind = payout.place.kind if payout is not None else PlaceKind(own[0].s_kind)
        return CHANNELS.get(kind, Channel.COMMUNITY_POINT)
    return Channel(row.channel) if row.channel else None


def _next_date_first(entitlement: Entitlement) -> tuple[int, float, int]:
    ordinary = entitlement.state in COLLECTS
    if entitlement.next_payout is not None:
        return (0, entitlement.next_payout.starts.timestamp(), 0)
    return (1 if ordinary else 2, 0.0, -entitlement.list_date.toordinal())


def _latest_first(entitlement: Entitlement) -> tuple[int, str]:
    return (-last_day(entitlement.period).toordinal(), entitlement.programme)
