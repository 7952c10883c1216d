"""What a row of a payment report means: one payee's money, or why it is not believed.

A row that speaks against itself, against the list or against the calendar is nobody's: whoever was paid learns it a
little later, but nobody is told that they were paid who was not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from salur.core.lists.importing.writer import letter_code_of
from salur.core.lists.kinds import ListState
from salur.core.lists.periods import first_day
from salur.core.names.matching import same_person
from salur.core.names.parts import plain_words
from salur.core.payouts.answers import NotUsed, PaymentState
from salur.core.payouts.kinds import ReportedPayment, Round, is_of_another
from salur.core.payouts.queries import Entitled, Key, Place
from salur.core.people.nik import Identity, Kk, Nik
from salur.core.people.sealed import Names

AHEAD_OF_PERIOD = timedelta(days=31)  # aid of January is paid in December now and then
# What is not wrong with a row, but says nothing new, or nothing of this round.
LEFT_OUT = frozenset({"not_yet_paid", "repeated", "earlier_try", "older_than_known", "other_programme_or_stage"})
TOLD = (PaymentState.PAID, PaymentState.RETURNED, PaymentState.FAILED)
Index = Callable[[Identity], bytes]


@dataclass(frozen=True, slots=True)
class Known:
    """What the rows are compared with."""

    people: Mapping[Key, Sequence[Entitled]]
    opens_on: Callable[[Entitled], date | None]
    names_of: Callable[[Entitled], Names]
    today: Callable[[Entitled], date]
    unclear: Mapping[object, str]  # row to the code of what could not be read of it
    kelurahan: Mapping[str, str] = field(default_factory=dict)  # names, by code


@dataclass(frozen=True, slots=True)
class Meant:
    """A row that is believed, and whose money it tells of."""

    payment: ReportedPayment
    entitled: Entitled


class _Payee(NamedTuple):
    """Someone on the newest list of the round, what older ones of it know of their payment besides, and the lines in
    whose place theirs stand: a report may have the name from before it was corrected."""

    lines: list[Entitled]
    paid: list[Entitled]
    before: list[Entitled]


def keys_of(payment: ReportedPayment, index: Index) -> dict[str, bytes]:
    """By what a row can be found: the indexes of letter code, NIK and KK number."""
    found: dict[str, Identity | None] = {
        "letter": letter_code_of(payment.letter_code),
        "nik": Nik(payment.nik) if payment.nik else None,
        "kk": Kk(payment.kk) if payment.kk else None,
    }
    return {kind: index(number) for kind, number in found.items() if number is not None}


def place_of(payment: ReportedPayment) -> Place | None:
    """RW and RT of a row that says no number of a person, but a name."""
    numbered = payment.nik or payment.kk or payment.letter_code
    return (payment.rw, payment.rt) if payment.name and payment.rw and payment.rt and not numbered else None


def weigh(
    payments: Iterable[ReportedPayment], round: Round, index: Index, known: Known
) -> tuple[list[Meant], list[NotUsed]]:
    """Each row as what it means, or as what speaks against it."""
    meant: dict[int, list[Meant]] = defaultdict(list)
    out: list[tuple[ReportedPayment, str]] = []
    for payment in payments:
        found = _one(payment, round, index, known)
        if isinstance(found, str):
            out.append((payment, found))
        else:
            meant[found.entitled.id].append(found)
    believed: list[Meant] = []
    for told in meant.values():
        kept, doubted = _of_one_payee(told)
        believed += kept
        out += doubted
    return believed, [NotUsed(payment.row, code, code not in LEFT_OUT) for payment, code in out]


def _one(payment: ReportedPayment, round: Round, index: Index, known: Known) -> Meant | str:
    """What one row means by itself, or the code of the first thing that speaks against it."""
    if is_of_another(payment, round.programme, round.period):
        return "other_programme_or_stage"
    if payment.row in known.unclear:
        return known.unclear[payment.row]
    if payment.status == PaymentState.DUE:
        return "not_yet_paid"
    if payment.status not in TOLD:
        return "status_unclear"
    found = _whose(payment, keys_of(payment, index), known)
    if isinstance(found, str):
        return found
    wrong = _against_the_calendar(payment, round, found.lines[0], known) or _against_the_list(payment, found)
    return wrong or Meant(payment, found.lines[0])


def _whose(payment: ReportedPayment, keys: Mapping[str, object], known: Known) -> _Payee | str:
    """The one payee that a row means: by letter code, else NIK, else KK number.

    All that a row says of a person has to be true of them. Letters are numbered anew in other rounds, numbers slip to
    the next row when a column is sorted by itself: then the money of one would be told of another.
    """
    nik, kk = keys.get("nik"), keys.get("kk")
    for kind, value in keys.items():
        payees = _payees(known.people.get((kind, value), ()))
        if len(payees) > 1:
            payees = [one for one in payees if _tells_apart(kind, one, payment, nik, known)] or payees
        if not payees:
            continue
        if len(payees) > 1:
            return "several_on_the_list"
        (payee,) = payees
        person = payee.lines[0]
        if kind == "letter" and _code_contradicts(person, nik, known):
            return "code_contradicts_nik"
        named = _is_named(payment.name, payee, known) if payment.name else None
        second = {"letter": (nik, person.nik), "nik": (kk, person.kk)}.get(kind, (None, None))
        numbers_agree = second[0] is not None and second[0] == second[1]
        if named is False and not numbers_agree:
            return "code_contradicts_name" if kind == "letter" else "number_contradicts_name"
        if kind == "letter" and not numbers_agree and named is None and kk and person.kk not in (None, kk):
            return "code_contradicts_kk"
        return payee
    return "not_on_the_list" if keys else _by_name(payment, known)


def _by_name(payment: ReportedPayment, known: Known) -> _Payee | str:
    """The one payee of a kelurahan's RT whose name is just this one. A person has to say who is meant where another has
    a name like it, or where either side leaves the kelurahan out: every kelurahan has an RT of that number.
    """
    payees = [
        payee
        for payee in _payees(known.people.get(("place", place_of(payment)), ()))
        if _in_kelurahan(payee, payment.kelurahan, known) and payment.name and _is_named(payment.name, payee, known)
    ]
    if len(payees) > 1:
        return "several_by_name"
    if not payees:
        return "not_on_the_list"
    written = plain_words(payment.name or "")
    names = [name for line in _lines_of(payees[0]) for name in known.names_of(line).good_for(kk=True)]
    exactly = any(plain_words(name) == written for name in names)
    if not exactly:
        return "name_unsure"
    in_one_place = payment.kelurahan and payees[0].lines[0].region_code in known.kelurahan
    return payees[0] if in_one_place else "kelurahan_missing"


def _in_kelurahan(payee: _Payee, kelurahan: str | None, known: Known) -> bool:
    listed = known.kelurahan.get(payee.lines[0].region_code or "")
    return kelurahan is None or listed is None or plain_words(listed) == plain_words(kelurahan)


def _tells_apart(kind: str, one: _Payee, payment: ReportedPayment, nik: object, known: Known) -> bool:
    """Whether, of several under one code or KK number, this is the one by a NIK, else by the name."""
    if kind == "letter" and nik is not None:
        return one.lines[0].nik == nik
    return bool(payment.name and _is_named(payment.name, one, known))


def _lines_of(payee: _Payee) -> list[Entitled]:
    return [payee.lines[0], *payee.before]


def _is_named(reported: str, payee: _Payee, known: Known) -> bool | None:
    """Whether a row's name may be the payee's, by any of these lines; None where the row's is no name."""
    told = [_names_agree(reported, known.names_of(line)) for line in _lines_of(payee)]
    return None if None in told else any(told)


def _code_contradicts(person: Entitled, nik: object, known: Known) -> bool:
    """Whether a row's NIK is another's than its letter's; a list of letters may have no NIK."""
    if nik is None:
        return False
    if person.nik is not None:
        return person.nik != nik
    return any(one.lines[0].payee != person.payee for one in _payees(known.people.get(("nik", nik), ())))


def _payees(found: Sequence[Entitled]) -> list[_Payee]:
    """Who stands there, by lists in force where any names them.

    One payee on two versions of a list: the payment belongs to the newest. Two payees on two lists in force, of one RW
    each, are two: letters may be numbered from one in each.
    """
    by_payee: dict[object, list[Entitled]] = defaultdict(list)
    lines = {line.id: line for line in found}
    for line in found:
        by_payee[_first(line, lines).payee].append(line)
    payees = []
    for known in by_payee.values():
        latest = max((line.list_state == ListState.PUBLISHED, line.list_id) for line in known)[1]
        own = [line for line in known if line.list_id == latest]
        before = [lines[line.corrects] for line in known if line.corrects in lines]
        payees.append(_Payee(own, [line for line in known if line.paid_state is not None], before))
    in_force = [one for one in payees if one.lines[0].list_state == ListState.PUBLISHED]
    return in_force or payees


def _first(line: Entitled, lines: Mapping[int, Entitled]) -> Entitled:
    """The line that was corrected, perhaps more than once, into this one."""
    while line.corrects is not None and line.corrects in lines:
        line = lines[line.corrects]
    return line


def _names_agree(reported: str, listed: Names) -> bool | None:
    """Whether a row's name may be the listed one's; None where the row's is no name. Either of the two may be cut."""
    names = [name for name in (listed.name, listed.head) if name]
    if reported in names:  # nearly always: comparing costs a hundred times as much
        return True
    if not plain_words(reported):
        return None
    return any(same_person(name, reported) or same_person(reported, name) for name in names)


def _against_the_calendar(payment: ReportedPayment, round: Round, person: Entitled, known: Known) -> str | None:
    """A payment of a day to come, of long before its period, or of before its sitting was open."""
    today = known.today(person)
    day = payment.date or today
    if day > today:
        return "in_the_future"
    if day < first_day(round.period) - AHEAD_OF_PERIOD:
        return "before_the_period"
    opens = known.opens_on(person)
    if payment.status != PaymentState.FAILED and opens is not None and day < opens:
        return "before_the_sitting"
    return None


def _against_the_list(payment: ReportedPayment, payee: _Payee) -> str | None:
    """Another amount than listed; or what was published before, when that says otherwise and is not outdated."""
    amounts = [line.amount for line in payee.lines if line.amount is not None]
    if payment.amount is not None and amounts and payment.amount not in (*amounts, sum(amounts)):
        return "other_amount"
    for line in payee.paid:
        if line.paid_state != PaymentState.PAID:
            continue
        if payment.status == PaymentState.PAID:
            if not _same_place(payment.place, line.paid_at):
                return "paid_elsewhere"
        elif payment.date is not None and line.paid_on is not None and payment.date < line.paid_on:
            return "older_than_known"
        elif line.id != payee.lines[0].id:
            return "paid_already"
    return None


def _of_one_payee(told: list[Meant]) -> tuple[list[Meant], list[tuple[ReportedPayment, str]]]:
    """One row of those that tell of the same money. When they do not say the same, none is believed."""
    first, *others = told
    if all(_same(first.payment, other.payment) for other in others):
        return [first], [(other.payment, "repeated") for other in others]
    paid = [one for one in told if one.payment.status == PaymentState.PAID]
    tries = [one for one in told if one.payment.status == PaymentState.FAILED]
    if len(paid) == 1 and len(paid) + len(tries) == len(told) and all(_before(t, paid[0]) for t in tries):
        return paid, [(one.payment, "earlier_try") for one in tries]
    return [], [(one.payment, "reported_twice") for one in told]


def _before(one: Meant, other: Meant) -> bool:
    days = one.payment.date, other.payment.date
    return days[0] is not None and days[1] is not None and days[0] <= days[1]


def _same(one: ReportedPayment, other: ReportedPayment) -> bool:
    return (one.status, one.date) == (other.status, other.date) and _same_place(one.place, other.place)


def _same_place(one: str | None, other: str | None) -> bool:
    """Whether two texts may name one place: KANTOR POS BOGOR and Kantor Pos Bogor 16000; or one is missing."""
    words = [set(re.findall(r"\w+", text.casefold())) for text in (one, other) if text]
    return len(words) < 2 or words[0] <= words[1] or words[1] <= words[0]
