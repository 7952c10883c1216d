"""What an answer comes to, put so that two of them can be compared; and what to tell of the difference. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, replace

from salur.core.following.answers import Day, News
from salur.core.following.kinds import NewsKind
from salur.core.lists.kinds import State
from salur.core.lookup.answers import Entitlement, OnTheList
from salur.core.notices.answers import Facts
from salur.core.payouts.answers import PaymentState, PlaceKind, Sitting
from salur.core.regions.office import Office
from salur.core.regions.region import LEVELS, cut

Aid = Facts  # as JSON keeps it
Told = dict[str, Aid]  # by aid
OF_STATE = {State.SUSPENDED: NewsKind.SUSPENDED, State.TAKEN_OFF: NewsKind.TAKEN_OFF, State.UNCLEAR: NewsKind.UNCLEAR}
OF_PAYMENT = {
    PaymentState.PAID: NewsKind.PAID,
    PaymentState.RETURNED: NewsKind.RETURNED,
    PaymentState.FAILED: NewsKind.FAILED,
}
OFF = frozenset(OF_STATE)
NOT_COLLECTED = frozenset({PaymentState.RETURNED, PaymentState.FAILED})
CODE = re.compile(r"[a-z_]+")  # of a reason: an office's own words may name somebody, and stay in the answer
TWO_DAYS_BEFORE, AT_NINE, MORNING = dt.timedelta(days=2), dt.time(9), dt.time(6)
A_MOMENT = dt.timedelta(seconds=1)
NO_DAY = {"day": None, "ends": None, "off": None}


def told_of(answer: OnTheList | None) -> Told:
    """What an answer says, aid by aid; nothing where there is none."""
    present = _keyed(answer.present) if answer is not None else {}
    return {key: _aid(entitlement, over=key not in present) for key, entitlement in aids(answer).items()}


def aids(answer: OnTheList | None) -> dict[str, Entitlement]:
    """What an answer says, by what tells one aid from another: programme, period and payee.

    What an earlier list said is left out where one in force says something of the same.
    """
    return {**_keyed(answer.past), **_keyed(answer.present)} if answer is not None else {}


def _keyed(entitlements: Iterable[Entitlement]) -> dict[str, Entitlement]:
    found: dict[str, Entitlement] = {}
    for entitlement in sorted(entitlements, key=_older_first):
        key = f"{entitlement.programme} {entitlement.period} {entitlement.whose}"
        while key in found:
            key += "+"
        found[key] = entitlement
    return found


def _older_first(said: Entitlement) -> tuple[dt.date, str, str]:
    """No order that changes with what becomes of them."""
    return said.list_date, said.decree, said.kelurahan_code or ""


def _aid(said: Entitlement, *, over: bool) -> Aid:
    day, off = said.next_sitting, said.cancelled_sitting
    whom_to_ask = said.office if said.state in OFF or said.payment.state in NOT_COLLECTED else None
    return {
        "over": over,
        "programme": said.programme,
        "programme_name": said.programme_name,
        "period": said.period,
        "payee": said.payee,
        "state": str(said.state),
        "payment": str(said.payment.state),
        "amount": said.amount,
        "day": day_of(day).kept() if day is not None else None,
        "ends": day.ends.isoformat() if day is not None else None,  # of the sitting: their own part may end before
        "off": day_of(off).kept() if off is not None else None,
        "paid_on": said.payment.on.isoformat() if said.payment.on else None,
        "paid_at": said.payment.at,
        "reason": said.reason if said.reason and CODE.fullmatch(said.reason) else None,
        "elsewhere": said.elsewhere,
        "office": asdict(whom_to_ask) if whom_to_ask is not None and whom_to_ask.known else None,
    }


def day_of(sitting: Sitting) -> Day:
    """When and where that is."""
    starts, ends = sitting.window[:2] if sitting.window is not None else (sitting.starts, sitting.ends)
    place = sitting.place
    return Day(starts, ends, place.name, place.address, place.kind is PlaceKind.HOME)


def news(before: Told, now: Told, moment: dt.datetime, lost: Mapping[str, Aid] | None = None) -> list[News]:
    """What is to be told: what became otherwise, aid by aid, and what is near and was not brought to mind.

    A new period of a programme takes the place of the one before: that this one ends is no news. Of what is
    `lost` (see `gone`) and was to come is told that it is not: its list was taken back.
    """
    lost = lost or {}
    off = {_payee(key) for key, aid in lost.items() if aid["state"] in OFF}
    found = [one for key, aid in now.items() for one in _of_aid(key, before.get(key), aid, moment, off)]
    return [*found, *(_withdrawn(key, aid, moment) for key, aid in lost.items() if _was_to_come(aid))]


def _was_to_come(aid: Aid) -> bool:
    return not aid["over"] and aid["payment"] == PaymentState.DUE and aid["state"] not in OFF


def _withdrawn(key: str, aid: Aid, moment: dt.datetime) -> News:
    day = Day.read(aid["day"])
    was = day if day is not None and day.ends >= moment else None
    return _news(NewsKind.WITHDRAWN, key, {**aid, **NO_DAY}, was=was)


def gone(before: Told, now: Told, whose: Collection[str]) -> Told:
    """What was told of these payees and is said no more in any way, not of whoever stands there under their initials
    either.
    """
    said = {(aid["programme"], aid["period"], aid["payee"]) for aid in now.values()}
    return {
        key: aid
        for key, aid in before.items()
        if key not in now and "over" in aid and _payee(key)[1] in whose
        if (aid["programme"], aid["period"], aid["payee"]) not in said
    }


def remembered(lost: Told, now: Told) -> Told:
    """What of that stays told, for when it is said again: as it was, without its day. What was to come does not, as it
    is told that it is not; nor that somebody is off, where they are on another list now.
    """
    on = {_payee(key) for key, aid in now.items() if not aid["over"]}
    stays = {key: aid for key, aid in lost.items() if aid["state"] not in OFF or _payee(key) not in on}
    return {key: {**aid, **NO_DAY} for key, aid in stays.items() if not _was_to_come(aid)}


def _payee(key: str) -> tuple[str, str]:
    """Of an aid its programme and whose it is."""
    programme, _, whose = key.split(" ", 2)
    return programme, whose.rstrip("+")


def _of_aid(
    key: str, before: Aid | None, aid: Aid, moment: dt.datetime, were_off: Collection[tuple[str, str]]
) -> Iterator[News]:
    """`were_off`: who was told last that they are off, which is said no more."""
    if before is None:
        of_state = OF_STATE.get(State(aid["state"]), NewsKind.LISTED)
        if not aid["over"]:
            yield _news(OF_PAYMENT.get(PaymentState(aid["payment"]), of_state), key, aid)
        return
    payment, off = PaymentState(aid["payment"]), OF_STATE.get(State(aid["state"]))
    again = before["over"] and not aid["over"] and _payee(key) in were_off if "over" in before else False
    changed = before["state"] != aid["state"] or again
    more = before["amount"] != aid["amount"] and aid["amount"] is not None
    if before["payment"] != payment:
        # Whom a new list leaves out was paid all the same: of them it says nothing of money.
        if off is None or payment is not PaymentState.DUE:
            became = _news(OF_PAYMENT.get(payment, NewsKind.NOT_PAID), key, aid)
            yield replace(became, day=None) if changed else became  # what stands beside it tells the day
        if off and (changed or payment is PaymentState.DUE):
            yield _news(off, key, aid)
        elif changed:
            yield _news(NewsKind.LISTED_AGAIN, key, aid)
        elif more and payment is not PaymentState.PAID:
            yield _amount(key, before, aid)
        return
    if changed:
        yield _news(off or NewsKind.LISTED_AGAIN, key, aid)
        return
    if payment is not PaymentState.DUE and _another_day(before["paid_on"], aid["paid_on"]):
        yield _news(OF_PAYMENT[payment], key, aid)
        more = more and payment is not PaymentState.PAID
    if more:
        yield _amount(key, before, aid)
    if payment is PaymentState.DUE:
        yield from _of_day(key, before, aid, moment)


def _amount(key: str, before: Aid, aid: Aid) -> News:
    return replace(_news(NewsKind.AMOUNT, key, aid), amount_was=before["amount"])


def _of_day(key: str, before: Aid, aid: Aid, moment: dt.datetime) -> Iterator[News]:
    day, was = Day.read(aid["day"]), Day.read(before["day"])
    if day is not None and was is not None and not (day.address and was.address):
        was = was._replace(address=day.address)  # that an office has written it down now moves nobody
    if day != was and (was is None or was.ends >= moment):
        if day is not None:
            yield _news(NewsKind.DATE_SET if was is None else NewsKind.DATE_MOVED, key, aid, was=was)
        else:
            yield _news(NewsKind.DATE_CANCELLED if aid["off"] else NewsKind.DATE_GONE, key, aid, was=was)
    elif day is not None and day != was:
        yield _news(NewsKind.DATE_SET, key, aid)


def _another_day(before: str | None, now: str | None) -> bool:
    """Whether both are known and are two: that an office has written it down now is no news."""
    return None not in (before, now) and before != now


def _news(kind: NewsKind, key: str, aid: Aid, *, was: Day | None = None) -> News:
    return News(
        kind=kind,
        programme_name=aid["programme_name"],
        period=aid["period"],
        payee=aid["payee"],
        aid=key,
        day=Day.read(aid["day"]),
        was=was,
        amount=aid["amount"],
        payment=aid["payment"],
        paid_on=aid["paid_on"],
        paid_at=aid["paid_at"],
        reason=aid["reason"],
        elsewhere=aid["elsewhere"],
        office=Office(**aid["office"]) if aid["office"] else None,
    )


def reminders(now: Told, reminded: Mapping[str, str], moment: dt.datetime) -> list[News]:
    """What is near: two days before at nine, and on the morning of the day, unless it was brought to mind already.

    `reminded`: of each aid the last reminder, as `mark_of` writes it.
    """
    found = []
    for key, aid in now.items():
        day = Day.read(aid["day"])
        if day is None or aid["payment"] != PaymentState.DUE or day.ends <= moment:
            continue
        kind = next((kind for kind, since in _times(day)[::-1] if since <= moment), None)
        if kind is not None and reminded.get(key) != mark_of(kind, day):
            found.append(_news(kind, key, aid))
    return found


def tells_the_day(one: News) -> bool:
    """Whether it says when and where to come."""
    return one.day is not None and one.kind is not NewsKind.AMOUNT


def starts_before(one: News, moment: dt.datetime) -> bool:
    """Whether the day that it is about, or was, begins before that."""
    return any(day.starts < moment for day in (one.day, one.was) if day is not None)


def mark_of(kind: NewsKind, day: Day) -> str:
    """That this was brought to mind."""
    return f"{kind} {day.starts.isoformat()}"


def mark_of_news(one: News) -> str:
    """That this one was, which has a day."""
    assert one.day is not None
    return mark_of(one.kind, one.day)


def next_look(now: Told, moment: dt.datetime) -> dt.datetime | None:
    """When something is near next, or a sitting is over: then the answer tells of the one after it."""
    due = [aid for aid in now.values() if aid["payment"] == PaymentState.DUE]
    days = (Day.read(aid["day"]) for aid in due)
    near = [since for day in days if day is not None for _, since in _times(day)]
    over = [dt.datetime.fromisoformat(aid["ends"]) + A_MOMENT for aid in due if aid["ends"]]
    return min((time for time in (*near, *over) if time > moment), default=None)


def _times(day: Day) -> list[tuple[NewsKind, dt.datetime]]:
    """From when on each reminder of a day is due."""
    early = dt.datetime.combine(day.starts.date() - TWO_DAYS_BEFORE, AT_NINE, day.starts.tzinfo)
    return [
        (NewsKind.IN_TWO_DAYS, early),
        (NewsKind.TODAY, dt.datetime.combine(day.starts.date(), MORNING, day.starts.tzinfo)),
    ]


def region_of(answer: OnTheList | None) -> str | None:
    """Where all that an answer says is from: a kelurahan, or what several lie in. None where no list says."""
    said = (answer.present or answer.past) if answer is not None else ()
    codes = {one.kelurahan_code for one in said if one.kelurahan_code}
    around = ({cut(code, level) for code in codes} for level in reversed(LEVELS))
    return next((found.pop() for found in around if len(found) == 1), None)
