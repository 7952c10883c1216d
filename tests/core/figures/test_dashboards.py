"""An area's figures, on both databases: they are those of the head's list, and what lies inside adds up to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from salur.core.chronicle.answers import RecordFilter
from salur.core.errors import NotThere
from salur.core.figures.answers import Dashboard, RoundKey, Sums
from salur.core.limits.asker import Asker
from salur.core.limits.kinds import Door
from salur.core.lists.kinds import Coverage, State
from salur.core.marks.kinds import MarkKind
from salur.core.neighbourhood.answers import Filter, LineState, ListOfArea
from salur.core.officers.roles import Officer, Role
from salur.core.proposals.kinds import Kind, Step
from salur.core.regions.territory import Territory
from salur.wiring import Services
from tests.fixtures.corrections import Koreksi
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Office, Recipient, Reported, a_kk, a_nik
from tests.fixtures.officers import BOGOR_UTARA, CITY, Heads
from tests.fixtures.proposals import a_draft

BANTARJATI, ELSEWHERE = "32.71.05.1001", "32.71.04.1001"
LAST = "2025-T4"


@pytest.fixture
def city(office: Office) -> Office:
    """Two quarters, three programmes, four RT and what goes wrong with lists: somebody twice, somebody corrected after
    she was paid, somebody taken off after he was paid, somebody who moved, and some who live nowhere that is known."""
    paid, corrected, moved, twice, off, slip = (a_nik() for _ in range(6))
    kk = a_kk()
    before = [Recipient(nik=paid), Recipient(nik=moved, kk=kk, rw=6), Recipient(name="DULU"), Recipient(rt=4)]
    office.publishes(*before, period=LAST)
    office.hears(Reported(nik=paid), Reported(nik=before[3].nik, status="returned"), period=LAST)
    first = [
        Recipient(nik=paid),
        Recipient(nik=corrected, kk=kk, name="SITI AISAH", rt=4),
        Recipient(nik=moved, rw=5, rt=4),
        Recipient(nik=off, name="ASEP SUNANDAR"),
        Recipient(nik=twice, name="EUIS KOMARIAH", kk=kk),
        Recipient(nik=twice, name="EUIS KOMARYAH", kk=kk),
        Recipient(nik=slip, name="DEDE KURNIA"),
        Recipient(nik=slip, name="RUKMINI"),
        Recipient(rw=6, care=True),
        Recipient(rw=6, rt=None),
        Recipient(rw=None, rt=None),
        Recipient(region_code=BANTARJATI),
        Recipient(region_code=ELSEWHERE, state=State.SUSPENDED),
        Recipient(region_code=BOGOR_UTARA, rw=None, rt=None),
        Recipient(region_code=None, rw=None, rt=None),
        Recipient(state=State.TAKEN_OFF, reason="moved"),
    ]
    office.publishes(*first)
    office.hears(
        Reported(nik=paid), Reported(nik=corrected), Reported(nik=off), Reported(nik=first[8].nik, status="failed")
    )
    first[1] = replace(first[1], name="SITI AISYAH", rt=3)
    first[3] = replace(first[3], state=State.TAKEN_OFF, reason="died")
    office.publishes(*first)
    office.publishes(Recipient(nik=paid, amount=None), Recipient(rw=6, amount=None), programme="SEMBAKO")
    office.publishes(Recipient(nik=a_nik()), Recipient(), programme="APBD", coverage=Coverage.RW)
    office.publishes(Recipient(rw=6), Recipient(region_code=None, rw=None, rt=None), programme="APBD")
    office.announces(Announced(rw=5, date=dt.date(2026, 2, 17)), Announced(rw=6), Announced(region_code=BANTARJATI))
    return office


def every_role(heads: Heads) -> dict[Officer, str | None]:
    """An officer of each role, and the kelurahan whose list they open."""
    chain = {heads.create(role): None for role in (Role.RT, Role.RW, Role.KELURAHAN)}
    return {**chain, **{heads.create(role): TEGAL_GUNDIL for role in (Role.KECAMATAN, Role.DINSOS, Role.PAYOUT)}}


def in_list(page: ListOfArea) -> tuple[int, ...]:
    """What the list counts of those who stand there, and who has not collected."""
    states = (LineState.DUE, LineState.PAID, LineState.RETURNED, LineState.FAILED, LineState.SUSPENDED)
    return (*(page.counts[state] for state in states), page.waiting)


def counted(sums: Sums) -> tuple[int, ...]:
    """The same of figures."""
    return (sums.due, sums.paid, sums.returned, sums.failed, sums.suspended, sums.not_collected)


def test_figures_are_those_of_the_list_for_every_role(services: Services, city: Office, heads: Heads) -> None:
    for officer, kelurahan in every_role(heads).items():
        page = services.neighbourhood.export(officer, Filter(kelurahan=kelurahan), door=Door.SITE)
        board = services.dashboards.of(officer, Territory(kelurahan) if kelurahan else None)
        assert counted(board.total) == in_list(page), officer.role
        standing = [line for line in page.lines if line.state not in (LineState.TAKEN_OFF, LineState.UNCLEAR)]
        assert board.total.people == len(standing) > 0
        assert board.total.rupiah == sum(line.amount or 0 for line in standing)
        assert board.total.priced == sum(line.amount is not None for line in standing)
        for one in board.rounds:
            same = [e for e in standing if (e.programme, e.period) == one.round.key]
            assert one.sums.people == len(same), (officer.role, one.round)
            assert one.sums.paid == sum(line.state is LineState.PAID for line in same)


def test_figures_are_those_of_the_list_after_people_were_corrected(
    services: Services, city: Office, heads: Heads, koreksi: Koreksi
) -> None:
    renamed, dearer, halted = Recipient(name="YAYAH", kk=None), Recipient(name="ENTIN"), Recipient(name="OMAS", rt=4)
    city.publishes(renamed, dearer, halted, programme="BST")
    city.hears(Reported(nik=renamed.nik), programme="BST")
    for person, changed in (
        (renamed, {"name": "SARI PUSPITA"}),
        (dearer, {"amount": 900_000}),
        (halted, {"state": State.SUSPENDED, "reason": "moved"}),
    ):
        koreksi.publishes(person, programme="BST", **changed)
    test_figures_are_those_of_the_list_for_every_role(services, city, heads)
    rounds = services.dashboards.of(heads.create(Role.RW)).rounds
    (sums,) = (one.sums for one in rounds if one.round.key.programme == "BST")
    assert (sums.paid, sums.due, sums.suspended, sums.rupiah) == (1, 1, 1, 2_100_000)


def test_what_lies_inside_adds_up_with_those_of_whom_nobody_knows_where(
    services: Services, city: Office, heads: Heads
) -> None:
    dinsos = heads.create(Role.DINSOS)
    for round_ in (None, RoundKey("PKH", "2026-T1"), RoundKey("PKH", LAST)):
        _adds_up(services, dinsos, services.dashboards.of(dinsos, None, round_), round_)
    whole = services.dashboards.of(dinsos)
    assert whole.parts[-1].area is None
    # Two lists name somebody without a place: nobody's list shows them, the city counts them.
    assert whole.parts[-1].sums.people == 2
    kecamatan = services.dashboards.of(dinsos, Territory(BOGOR_UTARA))
    assert (kecamatan.parts[-1].area, kecamatan.parts[-1].sums.people) == (None, 1)


def _adds_up(services: Services, officer: Officer, board: Dashboard, round_: RoundKey | None) -> None:
    assert board.agrees
    for part in board.parts:
        if part.area is not None:
            inside = services.dashboards.of(officer, part.area, round_)
            assert inside.total == part.sums, part.area
            assert inside.rounds == part.rounds
            _adds_up(services, officer, inside, round_)
    if board.parts:
        assert sum((part.sums for part in board.parts), Sums()) == board.total


def test_who_was_paid_and_taken_off_then_counts_as_paid(services: Services, office: Office, heads: Heads) -> None:
    nik, kk = a_nik(), a_kk()
    office.publishes(Recipient(nik=nik, kk=kk), Recipient(name="LAIN"))
    office.hears(Reported(nik=nik))
    office.publishes(Recipient(nik=nik, kk=kk, state=State.TAKEN_OFF, reason="died"), Recipient(name="LAIN"))
    total = services.dashboards.of(heads.create(Role.RT)).total
    assert (total.people, total.paid, total.due, total.paid_rupiah) == (2, 1, 1, 600_000)
    overview = services.neighbourhood.overview(heads.create(Role.DINSOS)).total
    assert (overview.listed, overview.paid) == (2, 1)


def test_a_round_that_is_over_is_told_as_it_ended(services: Services, city: Office, heads: Heads) -> None:
    dinsos = heads.create(Role.DINSOS)
    board = services.dashboards.of(dinsos, None, RoundKey("PKH", LAST))
    assert (board.total.people, board.total.paid, board.total.returned) == (4, 1, 1)
    assert [(one.key.period, one.in_force) for one in board.known if one.key.programme == "PKH"] == [
        ("2026-T1", True),
        (LAST, False),
    ]
    with pytest.raises(NotThere):
        services.dashboards.of(dinsos, None, RoundKey("PKH", "2024-T1"))


def test_a_list_that_was_corrected_is_counted_once(services: Services, office: Office, heads: Heads) -> None:
    people = [Recipient(), Recipient(), Recipient()]
    office.publishes(*people, period=LAST)
    office.publishes(*people[:2], period=LAST)
    office.publishes(*people)
    dinsos = heads.create(Role.DINSOS)
    assert services.dashboards.of(dinsos, None, RoundKey("PKH", LAST)).total.people == 2
    assert services.dashboards.of(dinsos).total.people == 3


SOMEBODY_ELSES = (
    (Role.RT, Territory(TEGAL_GUNDIL, 5, 4)),
    (Role.RT, Territory(TEGAL_GUNDIL, 5)),
    (Role.RW, Territory(TEGAL_GUNDIL, 6)),
    (Role.RW, Territory(TEGAL_GUNDIL)),
    (Role.KELURAHAN, Territory(BANTARJATI)),
    (Role.KELURAHAN, Territory(BOGOR_UTARA)),
    (Role.KECAMATAN, Territory(ELSEWHERE)),
    (Role.KECAMATAN, Territory("32.71.05.9999")),
    (Role.DINSOS, Territory("76.04")),
    (Role.DINSOS, Territory("32.7")),
    (Role.DINSOS, Territory("32.71.05", 5)),
    (Role.DINSOS, Territory("32.71.05.10")),
    (Role.DINSOS, Territory("' OR 1=1")),
)


def test_an_area_of_somebody_else_is_one_that_does_not_exist(services: Services, city: Office, heads: Heads) -> None:
    for role, area in SOMEBODY_ELSES:
        officer = heads.create(role)
        for looks in (services.dashboards.of, services.dashboards.export):
            with pytest.raises(NotThere):
                looks(officer, area)


def test_what_a_new_list_or_payment_changes_is_told_at_once(services: Services, city: Office, heads: Heads) -> None:
    dinsos, newcomer = heads.create(Role.DINSOS), Recipient(region_code=BANTARJATI, rw=1)
    before = services.dashboards.of(dinsos).total
    city.publishes(newcomer, programme="KUBE", period="2026")
    after = services.dashboards.of(dinsos).total
    assert (after.people, after.paid) == (before.people + 1, before.paid)
    file = city.hears(Reported(nik=newcomer.nik), programme="KUBE", period="2026")
    assert services.dashboards.of(dinsos).total.paid == before.paid + 1
    services.payments.undo(file)
    assert services.dashboards.of(dinsos).total == after


def test_proposals_and_marks_are_counted_for_whose_business_they_are(
    services: Services, city: Office, heads: Heads, clock
) -> None:
    rt, kelurahan, dinsos = (heads.create(role) for role in (Role.RT, Role.KELURAHAN, Role.DINSOS))
    first = services.neighbourhood.page(rt, Filter(), door=Door.SITE).lines[0]
    services.marks.make(rt, first.entitlement, MarkKind.DIED)
    for number, kind in enumerate(Kind):
        services.proposals.send(a_draft(kind), asker=Asker.chat(number))
    clock.passes(days=4)
    (case,) = services.casework.page(kelurahan).entries
    services.casework.decide(kelurahan, case.id, Step.ACCEPTED, version=1)
    (case,) = [one for one in services.casework.page(dinsos).entries if one.kind is Kind.KOREKSI]
    services.casework.decide(dinsos, case.id, Step.REJECTED, version=2, reason="already_right")
    of_dinsos = {one.kind: one for one in services.dashboards.of(dinsos).proposals or ()}
    assert of_dinsos.keys() == set(Kind)
    assert (of_dinsos[Kind.KOREKSI].rejected, of_dinsos[Kind.KOREKSI].days) == (1, 4)
    assert (of_dinsos[Kind.LAPORAN].open, of_dinsos[Kind.LAPORAN].late) == (1, 1)
    assert (of_dinsos[Kind.SANGGAH].open, of_dinsos[Kind.SANGGAH].late, of_dinsos[Kind.SANGGAH].days) == (1, 0, None)
    board = services.dashboards.of(rt)
    assert [one.kind for one in board.proposals or ()] == [Kind.USULAN, Kind.SANGGAH]
    assert [(one.kind, one.open) for one in board.marks or ()] == [(MarkKind.DIED, 1)]
    whole = services.dashboards.of(kelurahan)
    rw5 = next(part for part in whole.parts if part.area == Territory(TEGAL_GUNDIL, 5))
    assert (rw5.open_proposals, rw5.late_proposals, rw5.marks) == (2, 0, 1)
    payout = services.dashboards.of(heads.create(Role.PAYOUT))
    assert (payout.proposals, payout.marks) == (None, None)


def test_what_is_taken_away_is_written_down(services: Services, city: Office, heads: Heads) -> None:
    kelurahan = heads.create(Role.KELURAHAN)
    services.dashboards.export(heads.create(Role.RW))
    today = services.chronicle.today()
    entries = services.chronicle.page(kelurahan, RecordFilter(today, today), 1)
    assert [(entry.what, entry.where.rw) for entry in entries if entry.kind == "figures"] == [("taken_away", 5)]


def test_an_area_without_anybody_says_so(services: Services, heads: Heads) -> None:
    board = services.dashboards.of(heads.create(Role.DINSOS))
    assert (board.total, board.rounds, board.parts, board.known) == (Sums(), (), (), ())
    assert board.area == Territory(CITY)
