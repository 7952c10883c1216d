"""How people stand on the lists: the rules for what is shown of what the lists say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from salur.core.answers import Channel, Entitlement, OnTheList, Payment, PaymentState, Payout, PlaceKind, State
from salur.core.database import AnyRow
from salur.core.listed_people import NOTE
from salur.core.periods import last_day
from salur.core.sittings import fits, payout_of
from salur.core.standing_query import standing_rows
from salur.core.vault import Vault

ONE_YEAR = timedelta(days=365)
PAPERS: dict[Channel | None, tuple[str, ...]] = {Channel.BANK_CARD: ("kks", "ktp"), Channel.HOME: ("ktp", "kk")}
USUAL_PAPERS = ("letter", "ktp", "kk")
CHANNELS = {PlaceKind.POST_OFFICE: Channel.POST_OFFICE, PlaceKind.HOME: Channel.HOME}


@dataclass(frozen=True, slots=True, repr=False)
class Payee:
    """Whom an entitlement belongs to: initials to show, and the index that tells two payees apart."""

    initials: str
    nik_index: bytes | None


@dataclass(frozen=True, slots=True, repr=False)
class _Line:
    """One entitlement with the sittings that may be its own, and the row that knows of its payment."""

    row: AnyRow
    sittings: list[AnyRow]
    payee: str
    who: object  # what tells payees apart
    paid: AnyRow


def standing(connection: Connection, vault: Vault, payees: Mapping[int, Payee], now: datetime) -> OnTheList | None:
    """Say how these people (by id) stand on published lists, and on the lists of the last year that these replaced."""
    lines = _corrected(_lines(standing_rows(connection, payees), payees))
    kept = [line for line in lines if line.row.list_state == "superseded" and _within_a_year(line.row.period, now)]
    kept.sort(key=lambda line: last_day(line.row.period))
    before = {(line.who, line.row.programme_code): line for line in kept}
    present = []
    for line in lines:
        if line.row.list_state == "published":
            previous = before.get((line.who, line.row.programme_code))
            present.append(_entitlement(line, vault, now, last_listed=previous.row.period if previous else None))
    present += [_dropped(line, vault, now) for line in _no_longer_listed(lines, before)]
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
        line = lines.setdefault((row.list_id, who), _Line(row, [], payee.initials, who, row))
        if line.row.id == row.id and row.s_id is not None:
            line.sittings.append(row)
    return list(lines.values())


def _corrected(lines: list[_Line]) -> list[_Line]:
    """Without the lines that a later list of the same period corrects; what was paid by then stays paid."""
    newest: dict[tuple[object, ...], _Line] = {}
    for line in sorted(lines, key=lambda line: (line.row.list_state == "published", line.row.list_id)):
        key = (line.who, line.row.programme_code, line.row.period)
        older = newest.pop(key, None)
        if older is not None and older.row.list_state == "published":
            newest[*key, older.row.list_id] = older  # on two lists at once: both are shown
        elif older is not None and line.row.paid_state is None:
            line = replace(line, paid=older.paid)
        newest[key] = line
    return list(newest.values())


def _within_a_year(period: str, now: datetime) -> bool:
    return last_day(period) >= now.date() - ONE_YEAR


def _no_longer_listed(lines: list[_Line], before: Mapping[tuple[object, str], _Line]) -> list[_Line]:
    """The latest line of each payee and programme whose list has been replaced by one that does not name him."""
    listed = {(line.who, line.row.programme_code) for line in lines if line.row.list_state == "published"}
    return [line for key, line in before.items() if key not in listed and line.row.now_id is not None]


def _entitlement(line: _Line, vault: Vault, now: datetime, *, last_listed: str | None = None) -> Entitlement:
    row = line.row
    state = State(row.state)
    payment = Payment(PaymentState(line.paid.paid_state or "due"), line.paid.paid_on, line.paid.paid_at)
    own = _own_sittings(line)
    upcoming, missed = None, None
    off = state is State.TAKEN_OFF
    if state in (State.ENTITLED, State.GROUP) and payment.state is PaymentState.DUE:
        payouts = [payout_of(sitting, "s", "o") for sitting in own]
        upcoming = next((p for p in payouts if p.ends >= now), None)
        missed = payouts[-1] if payouts and upcoming is None else None
    channel = _channel(row, upcoming or missed, own)
    shown = upcoming or missed
    return Entitlement(
        programme=row.programme_code,
        programme_name=row.programme_name,
        period=row.period,
        stage=row.stage,
        list_date=row.issued_on,
        decree=row.decree,
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


def _own_sittings(line: _Line) -> list[AnyRow]:
    """The sittings that are this payee's: those of the smallest area; at home only for those who need it."""
    care = line.row.person_care
    possible = [s for s in line.sittings if care or s.s_kind != PlaceKind.HOME]
    if care and any(s.s_kind == PlaceKind.HOME for s in possible):
        possible = [s for s in possible if s.s_kind == PlaceKind.HOME]
    by_fit: dict[int, list[AnyRow]] = defaultdict(list)
    for sitting in possible:
        by_fit[fits(sitting)].append(sitting)
    return sorted(by_fit[max(by_fit)], key=lambda s: s.s_starts_at) if by_fit else []


def _channel(row: AnyRow, payout: Payout | None, own: list[AnyRow]) -> Channel | None:
    if payout is not None or own:
        kind = payout.place.kind if payout is not None else PlaceKind(own[0].s_kind)
        return CHANNELS.get(kind, Channel.COMMUNITY_POINT)
    return Channel(row.channel) if row.channel else None


def _next_date_first(entitlement: Entitlement) -> tuple[int, float, int]:
    ordinary = entitlement.state in (State.ENTITLED, State.GROUP)
    if entitlement.next_payout is not None:
        return (0, entitlement.next_payout.starts.timestamp(), 0)
    return (1 if ordinary else 2, 0.0, -entitlement.list_date.toordinal())


def _latest_first(entitlement: Entitlement) -> tuple[int, str]:
    return (-last_day(entitlement.period).toordinal(), entitlement.programme)
