"""An office's slip takes nobody off: not in the resident's own answer, and not on the list of his head."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select

from salur.core.limits.asker import Asker
from salur.core.limits.kinds import Door
from salur.core.lists.kinds import State
from salur.core.lookup import still_listed
from salur.core.lookup.answers import Entitlement
from salur.core.neighbourhood.answers import Filter, Line, LineState
from salur.core.payouts.answers import PaymentState
from salur.core.people.letter_codes import LetterCode
from salur.core.people.nik import Kk, Nik
from salur.core.storage import prepared
from salur.core.storage.prepared import Prepared
from salur.core.tables.people import EntitlementRow
from salur.core.tables.privacy import AccessRow
from salur.wiring import Services
from tests.fixtures.office import Announced, Office, Recipient, Reported, a_kk, a_nik
from tests.fixtures.officers import Heads

HOME = Asker.address("203.0.113.7")
NIK, KK = a_nik(), a_kk()
ANOTHER_NIK = "3271055502730001"  # of somebody else: no slip makes it of hers
MOTHER = Recipient(name="SITI MAESAROH", nik=NIK, kk=KK)
NEIGHBOUR = Recipient(name="RUKMINI", rt=4)


def slip_of(nik: str) -> str:
    """The NIK with one digit wrong, still well-formed."""
    return nik[:-1] + str((int(nik[-1]) + 1) % 10 or 5)


STRANGERS = tuple(Recipient(name="SITI MAESAROH", nik=f"{ANOTHER_NIK[:12]}{n + 2:04}", kk=KK, rt=9) for n in range(50))
# Rows that the import refused, as the file has them: the column of the number is not known by then.
UNREAD = ("7", "3,27101E+15", "Siti Maesaroh", "RT 003/RW 005", "Rp600.000")


@dataclass(frozen=True)
class Slip:
    """What became of MOTHER on the new list, and what she and her head have to read."""

    rows: Sequence[Recipient] = ()
    refused: Sequence[tuple[str, ...]] = ()
    state: State = State.TAKEN_OFF
    why: str = "nik:no_identity"
    lines: tuple[LineState, ...] = (LineState.TAKEN_OFF,)


SLIPS = {
    "the NIK could not be read": Slip(rows=[replace(MOTHER, nik=None)], state=State.ENTITLED, lines=(LineState.DUE,)),
    "the NIK is another one, well-formed": Slip(
        rows=[replace(MOTHER, nik=a_nik(), name="ST. MAESAROH")], state=State.ENTITLED, lines=(LineState.DUE,)
    ),
    "no NIK, and suspended": Slip(
        rows=[replace(MOTHER, nik=None, state="suspended")], state=State.SUSPENDED, lines=(LineState.SUSPENDED,)
    ),
    "no NIK, in another RW": Slip(rows=[replace(MOTHER, nik=None, rw=7)], state=State.ENTITLED, lines=()),
    "her daughter stands there": Slip(
        rows=[replace(MOTHER, nik=a_nik(), name="RINA WATI")], lines=(LineState.DUE, LineState.TAKEN_OFF)
    ),
    "the KK number was copied down the column": Slip(
        rows=STRANGERS, lines=(*[LineState.DUE] * 50, LineState.TAKEN_OFF)
    ),
    "no NIK, another KK number": Slip(
        rows=[replace(MOTHER, nik=None, kk=a_kk())],
        state=State.UNCLEAR,
        lines=(LineState.DUE, LineState.UNCLEAR),
    ),
    "a letter code and no number": Slip(
        rows=[replace(MOTHER, nik=None, kk=None, letter_code="16100-000007")],
        state=State.UNCLEAR,
        lines=(LineState.DUE, LineState.UNCLEAR),
    ),
    "a namesake in another RT": Slip(
        rows=[replace(MOTHER, nik=None, kk=a_kk(), rt=4)], lines=(LineState.DUE, LineState.TAKEN_OFF)
    ),
    "a namesake whose NIK can be read": Slip(
        rows=[replace(MOTHER, nik=ANOTHER_NIK, kk=a_kk())], lines=(LineState.DUE, LineState.TAKEN_OFF)
    ),
    "the NIK has a wrong digit, and the KK number is missing": Slip(
        rows=[replace(MOTHER, nik=slip_of(NIK), kk=None)],
        state=State.UNCLEAR,
        lines=(LineState.DUE, LineState.UNCLEAR),
    ),
    "no number, and the RT could not be read": Slip(
        rows=[replace(MOTHER, nik=None, kk=a_kk(), rt=None)],
        state=State.UNCLEAR,
        lines=(LineState.DUE, LineState.UNCLEAR),
    ),
    "no number, and the kelurahan could not be read": Slip(
        rows=[replace(MOTHER, nik=None, kk=a_kk(), region_code=None, rt=None)],
        state=State.UNCLEAR,
        lines=(LineState.UNCLEAR,),
    ),
    "somebody else of whom the RT could not be read": Slip(
        rows=[replace(MOTHER, name="RINA WATI", nik=None, kk=a_kk(), rt=None)],
        lines=(LineState.DUE, LineState.TAKEN_OFF),
    ),
    "refused for want of a number": Slip(refused=[UNREAD], state=State.UNCLEAR, lines=(LineState.UNCLEAR,)),
    "refused for want of a name": Slip(
        refused=[("7", f"'{NIK}", "", "003", "005")],
        why="name:name_missing",
        state=State.UNCLEAR,
        lines=(LineState.UNCLEAR,),
    ),
    "refused, a namesake of another RT": Slip(refused=[(*UNREAD[:3], "RT 004/RW 005", UNREAD[4])]),
    "refused, somebody else of her RT": Slip(refused=[(*UNREAD[:2], "Rina Wati", *UNREAD[3:])]),
    "kept, with a fault only": Slip(refused=[UNREAD], why="rt:rt_unclear"),
}


@pytest.fixture
def publish(office: Office, services: Services) -> Callable[[Slip], None]:
    """Publish the list that names her, and the one with the slip."""

    def published(slip: Slip) -> None:
        office.publishes(MOTHER, NEIGHBOUR, period="2025-T4")
        rows = [str(number) for number in range(2, 2 + len(slip.refused))]
        faults = [(row, *slip.why.split(":")) for row in rows]
        cells = dict(zip(rows, slip.refused, strict=True))
        office.agrees(office.drafts(*slip.rows, NEIGHBOUR, faults=faults, refused=rows, faulty_cells=cells))

    return published


@pytest.fixture
def ask(services: Services) -> Callable[..., tuple[Entitlement, ...]]:
    """What is in force for her, by whatever number."""

    def asked(number: Nik | Kk | LetterCode, name: str = "Siti Maesaroh") -> tuple[Entitlement, ...]:
        answer = services.lookup.ask(number, name, asker=HOME)
        return answer.present  # type: ignore[union-attr]

    return asked


@pytest.fixture
def lines(services: Services, heads: Heads) -> Callable[[], list[Line]]:
    """What the head of her RW sees, of her and all who are like her."""

    def seen() -> list[Line]:
        page = services.neighbourhood.page(heads.create("rw", rw=5), Filter(), size=100, door=Door.SITE)
        return [line for line in page.lines if line.name != NEIGHBOUR.name]

    return seen


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_she_reads_the_same_under_either_number_and_so_does_her_head(publish, ask, lines, slip):
    publish(slip)
    (aid,) = ask(Nik.parse(NIK))
    assert (aid.state, aid.period, aid.last_listed) == (slip.state, "2026-T1", "2025-T4")
    assert aid.amount == (None if slip.state in (State.TAKEN_OFF, State.UNCLEAR) else 600_000)
    seen = lines()
    assert tuple(sorted((line.state for line in seen), key=list(LineState).index)) == slip.lines
    for line in seen:
        if line.state in (LineState.TAKEN_OFF, LineState.UNCLEAR):
            assert (line.period, line.last_listed, line.amount) == ("2026-T1", "2025-T4", None)
    if slip.rows is not STRANGERS:  # whose KK number it is then
        assert [aid.state for aid in ask(Kk.parse(KK)) if aid.payee == "S. M."] == [slip.state]


def test_where_nik_and_kk_number_have_traded_columns_she_is_shown_her_row(publish, ask):
    publish(Slip(rows=[replace(MOTHER, nik=KK, kk=NIK)]))
    for number in (Nik.parse(NIK), Kk.parse(KK)):
        assert [aid.state for aid in ask(number)] == [State.ENTITLED]


def test_a_letter_code_is_hers_with_her_name_and_may_be_without(office, ask):
    hers = Recipient(nik=None, kk=None, letter_code="PBP0001", rt=None)
    for name, kk, state in (("ST. MAESAROH", None, State.ENTITLED), ("RINA", None, State.UNCLEAR),
                            ("ST. MAESAROH", a_kk(), State.UNCLEAR)):  # fmt: skip
        then = replace(hers, name="SITI MAESAROH", nik=NIK)
        office.publishes(then, NEIGHBOUR, programme="PANGAN", period="2025-T4")
        office.publishes(replace(hers, name=name, kk=kk, rt=9), NEIGHBOUR, programme="PANGAN")
        assert [aid.state for aid in ask(Nik.parse(NIK))] == [state]
        for summary in office.services.lists.all()[:2]:
            if summary.state == "published":
                office.services.lists.withdraw(summary.id, "next")


def test_a_row_that_may_be_hers_is_not_shown(office, publish, ask):
    hers = replace(MOTHER, nik=None, kk=a_kk(), amount=777_000, care=True)
    publish(Slip(rows=[hers]))
    office.announces(Announced())
    (aid,) = ask(Nik.parse(NIK))
    assert (aid.amount, aid.next_sitting, aid.missed_sitting, aid.bring, aid.deadline) == (None, None, None, (), None)
    assert (aid.channel, aid.proxy, aid.reason) == (None, "same_kk", None)


def test_what_was_paid_stays_paid_when_a_corrected_list_loses_her_nik(office, ask, lines):
    office.publishes(MOTHER, NEIGHBOUR)
    office.hears(Reported(nik=NIK))
    office.publishes(replace(MOTHER, nik=None), NEIGHBOUR)
    for number in (Nik.parse(NIK), Kk.parse(KK)):
        (aid,) = ask(number)
        assert (aid.payment.state, aid.payment.on) == (PaymentState.PAID, date(2026, 2, 12))
    assert [line.state for line in lines()] == [LineState.PAID]


def test_a_letter_of_last_quarter_takes_nobody_off_a_carriers_list(office, ask):
    then, now = (Recipient(nik=None, kk=None, letter_code=f"PBP000{n}") for n in (1, 2))
    office.publishes(then, replace(NEIGHBOUR, nik=None, kk=None), programme="PANGAN", period="2025-T4")
    office.publishes(now, programme="PANGAN")
    assert [aid.state for aid in ask(LetterCode.parse("PBP0001"))] == [State.UNCLEAR]
    assert [aid.state for aid in ask(LetterCode.parse("PBP0002"))] == [State.ENTITLED]
    assert [aid.state for aid in ask(LetterCode.parse("PBP0001"))] == [State.UNCLEAR]


def test_where_very_many_rows_were_refused_nobody_is_certain(publish, ask, monkeypatch):
    monkeypatch.setattr(still_listed, "MOST_REFUSED", 1)
    publish(Slip(refused=[("1", "ASEP"), ("2", "UJANG")]))
    assert [aid.state for aid in ask(Nik.parse(NIK))] == [State.UNCLEAR]


def test_however_many_are_asked_for_in_portions_the_head_reads_the_same(office, lines, monkeypatch):
    gone = [Recipient(name=f"IBU {letter}") for letter in "ABCDEF"]
    office.publishes(*gone, period="2025-T4")
    office.publishes(*(replace(one, nik=None) for one in gone[:3]), NEIGHBOUR)
    monkeypatch.setattr(prepared, "AT_ONCE", 2)
    assert [line.state for line in lines()] == [LineState.DUE] * 3 + [LineState.TAKEN_OFF] * 3


def test_the_look_is_recorded_for_the_row_that_is_hers_and_its_pass_opens_the_record(publish, services):
    publish(Slip(rows=[replace(MOTHER, nik=None)]))
    answer = services.lookup.ask(Nik.parse(NIK), "Siti Maesaroh", asker=HOME)
    with services.database.reading() as connection:
        looked = set(connection.execute(select(AccessRow.person_id)).scalars())
        hers = select(EntitlementRow.person_id).where(EntitlementRow.id.in_(_entitlements(connection, looked)))
        assert set(connection.execute(hers).scalars()) == looked
    assert len(looked) == 2
    records = services.my_data.history(answer.key, asker=HOME).records
    listings = [listing for record in records for listing in record.listings]
    assert {(listing.period, listing.in_force) for listing in listings} == {("2025-T4", False), ("2026-T1", True)}


def _entitlements(connection, people):
    return connection.execute(select(EntitlementRow.id).where(EntitlementRow.person_id.in_(people))).scalars().all()


def test_of_a_row_that_may_be_hers_no_look_is_recorded(publish, services):
    publish(Slip(rows=[replace(MOTHER, nik=None, kk=a_kk())]))
    services.lookup.ask(Nik.parse(NIK), "Siti Maesaroh", asker=HOME)
    with services.database.reading() as connection:
        assert len(set(connection.execute(select(AccessRow.person_id)).scalars())) == 1


def test_only_who_would_be_taken_off_costs_more_statements(publish, office, services, monkeypatch):
    publish(Slip(rows=[MOTHER]))
    gone, slipped = Recipient(name="DEDE"), Recipient(name="EUIS")
    office.publishes(gone, slipped, programme="SEMBAKO", period="2025-T4")
    office.publishes(replace(slipped, nik=None), programme="SEMBAKO")
    statements: list[object] = []
    run = Prepared.run

    def counted(*args: Any) -> Any:
        statements.append(args[0])
        return run(*args)

    monkeypatch.setattr(Prepared, "run", counted)

    def cost(number: str | None, name: str) -> int:
        statements.clear()
        services.lookup.ask(Nik.parse(number or a_nik()), name, asker=HOME)
        return len(statements)

    assert cost(NIK, "Siti Maesaroh") == 5
    assert cost(NIK, "Budi") == cost(None, "Budi") == 3
    # Her family card, how she stands in the row that is hers, and one more line in the record.
    assert cost(slipped.nik, "Euis") == 8
    # Her family card, her letter code, her RT, her NIK and what is a slip away, rows of nowhere, the refused rows.
    assert cost(gone.nik, "Dede") == 12


ROWS = tuple(product((NIK, None, ANOTHER_NIK), (KK, None, a_kk()), ("ST. MAESAROH", "RINA WATI"), (3, 4)))


@pytest.mark.parametrize(("nik", "kk", "name", "rt"), ROWS)
def test_whatever_the_new_row_agrees_in_all_read_the_same(publish, ask, lines, nik, kk, name, rt):
    publish(Slip(rows=[replace(MOTHER, nik=nik, kk=kk, name=name, rt=rt)]))
    named = name == "ST. MAESAROH"
    unclear = nik == NIK or (nik is None and named and rt == MOTHER.rt)
    if (kk == KK and (named or nik == NIK)) or (nik == NIK and named):
        state, line = State.ENTITLED, LineState.DUE
    elif unclear:
        state, line = State.UNCLEAR, LineState.UNCLEAR
    else:
        state, line = State.TAKEN_OFF, LineState.TAKEN_OFF
    assert [aid.state for aid in ask(Nik.parse(NIK))] == [state]
    new_row = [] if state is State.ENTITLED else [LineState.DUE]
    assert sorted(seen.state for seen in lines()) == sorted([line, *new_row])
    if kk == KK:
        states = {State.ENTITLED} if named or nik == NIK else {State.ENTITLED, State.TAKEN_OFF}
    elif nik == NIK and named and kk is None:
        states = {State.ENTITLED}
    else:
        states = {State.UNCLEAR} if unclear else {State.TAKEN_OFF}
    assert {aid.state for aid in ask(Kk.parse(KK))} == states
