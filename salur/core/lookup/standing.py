"""How people stand on the lists: the rules for what is shown of what the lists say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from salur.core.lists.importing.writer import NOTE
from salur.core.lists.kinds import ListState, State
from salur.core.lists.periods import last_day
from salur.core.lookup.answers import Entitlement, OnTheList
from salur.core.lookup.contesting import contestable
from salur.core.lookup.finding import BY_ID
from salur.core.lookup.queries import Said, StandingRow, standing_rows
from salur.core.lookup.rules import (
    COLLECTS,
    ListedLine,
    called_off,
    corrected,
    counted_as,
    latest_before,
    next_or_missed,
    no_longer_listed,
    own_sittings,
    replaced_within_a_year,
    way_of,
)
from salur.core.lookup.still_listed import Found, Gone, Key, Written, still_listed
from salur.core.names.matching import initials
from salur.core.payouts.answers import Channel, Payment, PaymentState, PlaceKind, Sitting
from salur.core.payouts.places.known import post_office_near
from salur.core.payouts.sittings import SittingRead, sitting_of
from salur.core.people.sealed import open_group, open_name
from salur.core.regions.office import Office
from salur.core.storage.vault import Vault

PAPERS: dict[Channel | None, tuple[str, ...]] = {Channel.BANK_CARD: ("kks", "ktp"), Channel.HOME: ("ktp", "kk")}
USUAL_PAPERS = ("letter", "ktp", "kk")
NOTHING = Found({}, ())
CHANNELS = {PlaceKind.POST_OFFICE: Channel.POST_OFFICE, PlaceKind.HOME: Channel.HOME}


@dataclass(frozen=True, slots=True, repr=False)
class _Line(ListedLine):
    """A line with the sittings that may be its own."""

    row: Said
    paid: Said
    sittings: list[SittingRead]
    name: str


@dataclass(frozen=True, slots=True, repr=False)
class Standing:
    """That people stand on lists: on one in force (`present`), or on those of the last year alone.

    `shown` are the ids of all rows that the answer shows. `said` puts it together, in the transaction that found it.
    """

    present: bool
    shown: Collection[int]
    said: Callable[[], OnTheList]


def standing(
    connection: Connection, vault: Vault, payees: Mapping[int, Written], now: datetime, *, until: int
) -> Standing | None:
    """Say how these people (by id) stand on published lists, and on the lists of the last year that these replaced.

    Before someone is told that they were taken off, it is asked whether another row is theirs (`still_listed`). Passes
    of the answer are good `until` then (Unix seconds).
    """
    rows, payees = _rows(connection, vault, payees)
    lines = _lines(rows, payees, whose := _identities(rows, payees))
    kept = replaced_within_a_year(known := corrected(lines), now)
    found = NOTHING
    if gone := no_longer_listed(known, latest_before(kept)):
        found = still_listed(connection, vault, [_gone(line, payees, whose) for line in gone])
        if found.theirs:
            theirs = {row.id: row for rows in found.theirs.values() for row in rows}
            rows, payees = _rows(connection, vault, {**payees, **theirs})
            lines = _lines(rows, payees, whose := _identities(rows, payees))
            known = corrected(counted_as(lines, {key: whose[one[0].id] for key, one in found.theirs.items()}))
            kept = replaced_within_a_year(known, now)
    before = latest_before(kept)
    dropped = no_longer_listed(known, before)
    is_present = bool(dropped) or any(line.row.list_state == ListState.PUBLISHED for line in known)
    if not is_present and not kept:
        return None

    def said() -> OnTheList:
        return _said(connection, vault, known, kept, dropped, found, now, until)

    return Standing(is_present, payees, said)


def _said(
    connection: Connection,
    vault: Vault,
    known: Iterable[_Line],
    kept: Iterable[_Line],
    dropped: Iterable[_Line],
    found: Found,
    now: datetime,
    until: int,
) -> OnTheList:
    """What lists say, entitlement by entitlement."""
    before = latest_before(kept)
    present = []
    for line in known:
        if line.row.list_state == ListState.PUBLISHED:
            previous = before.get((line.who, line.row.programme_code))
            said = _entitlement(line, vault, now, last_listed=previous.row.period if previous else None)
            present.append(contestable(said, line, vault, until))
    for line in dropped:
        present.append(contestable(_dropped(line, vault, now, found), line, vault, until))
    past = [contestable(_entitlement(line, vault, now), line, vault, until, past=True) for line in kept]
    present = [_with_post_office(connection, entitlement) for entitlement in present]
    return OnTheList(tuple(sorted(present, key=_next_date_first)), tuple(sorted(past, key=_latest_first)))


def _rows(
    connection: Connection, vault: Vault, payees: Mapping[int, Written]
) -> tuple[list[StandingRow], Mapping[int, Written]]:
    """What lists say of these people, and who they are: with the rows that have their name as it was, or is, corrected.

    Whoever asks by either name is one payee, and is not told that they were taken off.
    """
    rows, known = standing_rows(connection, payees), set(payees)
    while others := {id for said, _ in rows for id in (said.person_before, said.person_since) if id} - known:
        known |= others
        found = {
            row.id: Written(row.id, row.nik_index, row.kk_index, open_name(vault, row.sealed_names, row.id))
            for row in BY_ID.run(connection, others)
        }
        payees = {**payees, **found}
        rows = standing_rows(connection, payees)
    return rows, payees


def _identities(rows: Iterable[StandingRow], payees: Mapping[int, Written]) -> dict[int, object]:
    """By id what tells two payees apart: the NIK, else the row, of which a correction makes no other payee."""
    whose: dict[int, object] = {id: payee.nik or id for id, payee in payees.items()}
    for said, _ in rows:  # the earlier written first
        if said.person_before in whose and (before := whose[said.person_before]) != (own := whose[said.person_id]):
            whose = {id: before if who == own else who for id, who in whose.items()}
    return whose


def _gone(line: _Line, payees: Mapping[int, Written], whose: Mapping[int, object]) -> Gone:
    rows = [row for id, row in payees.items() if whose[id] == line.who]
    return Gone(_key(line), line.row.now_id or 0, rows, (line.row.rw, line.row.rt))


def _key(line: _Line) -> Key:
    return (line.who, line.row.programme_code)


def _lines(rows: Iterable[StandingRow], payees: Mapping[int, Written], whose: Mapping[int, object]) -> list[_Line]:
    """One line per list and payee: a NIK that stands twice on one list is still one entitlement."""
    lines: dict[tuple[int, object], _Line] = {}
    for said, sitting in rows:
        who = whose[said.person_id]
        line = lines.get((said.list_id, who))
        if line is None:
            name = payees[said.person_id].name
            line = lines[said.list_id, who] = _Line(said, who, said, [], name)
        if line.row.id == said.id and sitting is not None:
            line.sittings.append(sitting)
    return list(lines.values())


def _entitlement(line: _Line, vault: Vault, now: datetime, *, last_listed: str | None = None) -> Entitlement:
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
    )


def _dropped(line: _Line, vault: Vault, now: datetime, found: Found) -> Entitlement:
    """What the present list says of one it does not name: nothing but that, or that a row of it may be theirs."""
    present = line.row.now
    assert present is not None, "else nobody knows that the line is no longer true"
    state = State.UNCLEAR if _key(line) in found.perhaps else State.TAKEN_OFF
    lapsed = last_day(present.period) < now.date()
    return replace(
        _entitlement(line, vault, now),
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


def _with_post_office(connection: Connection, entitlement: Entitlement) -> Entitlement:
    """Of a missed sitting, where to go now. Nobody else pays for the statement."""
    missed = entitlement.missed_sitting
    if missed is None or missed.place.kind is PlaceKind.HOME:
        return entitlement
    at_post = missed.place.kind is PlaceKind.POST_OFFICE
    place = missed.place if at_post else post_office_near(connection, entitlement.kelurahan_code)
    return replace(entitlement, post_office=place)


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


def _next_date_first(entitlement: Entitlement) -> tuple[int, float, int]:
    ordinary = entitlement.state in COLLECTS
    if entitlement.next_sitting is not None:
        return (0, entitlement.next_sitting.starts.timestamp(), 0)
    return (1 if ordinary else 2, 0.0, -entitlement.list_date.toordinal())


def _latest_first(entitlement: Entitlement) -> tuple[int, str]:
    return (-last_day(entitlement.period).toordinal(), entitlement.programme)
