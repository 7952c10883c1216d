"""A report of payments is a draft, is published, is taken back: each as a whole, and each time exactly."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from salur.core.errors import NotThere, Refused
from salur.core.limits.asker import Asker
from salur.core.lists.kinds import Fault, LeftOut, RowSum, State, WhyLeftOut
from salur.core.payouts.answers import FileState, PaymentState
from salur.core.payouts.kinds import Results, Round
from salur.core.people.nik import Nik
from salur.core.tables.people import PaymentRow
from tests.fixtures.office import Announced, Recipient, Reported, in_rows

PKH = Round("PKH", "2026-T1")


@pytest.fixture
def drafts(services):
    """Import rows as a draft."""

    def of(*rows, digest=b"1"):
        return services.payments.add(Results(payments=in_rows(rows)), PKH, digest.ljust(32))[0]

    return of


@pytest.fixture
def known(services):
    """Everything that is known of payments."""

    def now():
        with services.database.reading() as connection:
            rows = connection.execute(select(PaymentRow.__table__).order_by(PaymentRow.entitlement_id))
            return [tuple(row) for row in rows]

    return now


@pytest.fixture
def ask(services):
    """Ask as a resident; how the payment stands."""

    def asked(person):
        answer = services.lookup.ask(Nik.parse(person.nik), person.name, asker=Asker.chat(1))
        return answer.present[0].payment.state

    return asked


def test_nobody_sees_a_draft_and_everybody_what_is_published(office, ask, drafts, services):
    mother = Recipient()
    office.publishes(mother)
    id = drafts(Reported(nik=mother.nik))
    assert ask(mother) is PaymentState.DUE
    assert services.payments.publish(id).state is FileState.PUBLISHED
    assert ask(mother) is PaymentState.PAID
    assert services.payments.undo(id).state is FileState.UNDONE
    assert ask(mother) is PaymentState.DUE


def test_undone_a_report_leaves_what_was_known_before_it(office, drafts, known, services):
    mother, late = Recipient(), Recipient()
    office.publishes(mother, late)
    office.hears(Reported(nik=mother.nik, status="failed", date=date(2026, 2, 3), place=None))
    before = known()
    id = drafts(Reported(nik=mother.nik), Reported(nik=late.nik, status="returned"))
    services.payments.publish(id)
    assert len(known()) == 2
    services.payments.undo(id)
    assert known() == before


def test_what_a_later_report_built_on_is_undone_after_it(office, drafts, known, services):
    mother, late = Recipient(), Recipient()
    office.publishes(mother, late)
    first = drafts(Reported(nik=mother.nik, status="failed"), digest=b"1")
    services.payments.publish(first)
    second = drafts(Reported(nik=mother.nik), digest=b"2")
    services.payments.publish(second)
    beside = drafts(Reported(nik=late.nik), digest=b"3")
    services.payments.publish(beside)
    with pytest.raises(Refused) as refused:
        services.payments.undo(first)
    assert (refused.value.code, refused.value.facts) == ("undo_first", {"file": second})
    services.payments.undo(second)
    services.payments.undo(first)
    assert [row[1] for row in known()] == ["paid"]  # the one beside


def test_the_same_file_is_taken_once_and_again_when_it_was_undone(office, drafts, services):
    mother = Recipient()
    office.publishes(mother)
    row = Reported(nik=mother.nik)
    id = drafts(row)
    with pytest.raises(Refused, match="file_imported_before"):
        drafts(row)
    services.payments.publish(id)
    with pytest.raises(Refused, match="file_imported_before"):
        drafts(row)
    services.payments.undo(id)
    services.payments.publish(drafts(row))
    assert [file.state for file in services.payments.all()] == ["published", "undone"]


def test_a_draft_whose_lists_or_sittings_changed_is_compared_anew(office, drafts, services):
    mother = Recipient()
    office.publishes(mother)
    changes = (
        lambda: office.publishes(mother),
        lambda: office.announces(Announced(date=date(2026, 2, 12))),
        lambda: office.hears(Reported(nik=mother.nik, status="failed")),
    )
    for number, change in enumerate(changes):
        id = drafts(Reported(nik=mother.nik), digest=bytes([number]))
        change()
        with pytest.raises(Refused, match="changed_since"):
            services.payments.publish(id)
        services.payments.undo(id)


def test_what_is_not_there_or_was_done_is_refused(office, drafts, services):
    mother = Recipient()
    office.publishes(mother)
    id = drafts(Reported(nik=mother.nik))
    services.payments.publish(id)
    with pytest.raises(Refused, match="file_not_a_draft"):
        services.payments.publish(id)
    services.payments.undo(id)
    with pytest.raises(Refused, match="undone_already"):
        services.payments.undo(id)
    for ask_for in (services.payments.show, services.payments.publish, services.payments.undo):
        with pytest.raises(NotThere, match="no_such_file"):
            ask_for(id + 1)
    with pytest.raises(NotThere):
        services.schedules.show(id)  # a number of the other kind


def test_what_reading_refused_and_left_out_is_in_the_sum(office, services):
    mother = Recipient()
    office.publishes(mother)
    rows = Reported(row=5, nik=mother.nik), Reported(row=6, nik=Recipient().nik), Reported(row=7, nik=mother.nik)
    results = Results(
        payments=rows,
        refused=(4,),
        faults=(Fault(4, "nik", "no_identity"), Fault(7, "date", "date_unclear")),
        rows=RowSum(6, 3, 1, (LeftOut(3, WhyLeftOut.TITLE), LeftOut(9, WhyLeftOut.TOTAL))),
    )
    id, report = services.payments.add(results, PKH, bytes(32))
    assert (report.rows, report.used, report.agrees) == (6, 1, True)
    assert sorted(services.payments.show(id).not_used) == [
        (3, "title", False),
        (4, "no_identity", True),
        (6, "not_on_the_list", True),
        (7, "date_unclear", True),
        (9, "total", False),
    ]


def test_a_row_that_is_lost_is_noticed_and_nothing_is_written(office, services):
    mother = Recipient()
    office.publishes(mother)
    results = Results(payments=(Reported(nik=mother.nik),), rows=RowSum(filled=2, taken=1))
    with pytest.raises(Refused, match="rows_lost"):
        services.payments.add(results, PKH, bytes(32))
    assert services.payments.all() == ()


SAID: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    status=st.sampled_from(["paid", "returned", "failed", "due", None]),
    date=st.sampled_from([None, date(2026, 2, 10), date(2026, 2, 12), date(2026, 3, 1)]),
    place=st.sampled_from([None, "Kantor Pos Bogor", "Kantor Kelurahan"]),
    amount=st.sampled_from([None, 600_000, 1]),
)


@pytest.fixture
def family(office):
    """Four people of one list, one of whom nobody lists."""
    people = [Recipient(name=name) for name in ("SITI MAESAROH", "UJANG SURYANA", "NENENG KARTINI", "ASEP RUSDIANA")]
    office.publishes(*people[:3])
    return people


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(st.lists(st.tuples(st.integers(0, 3), SAID), min_size=1, max_size=6), min_size=1, max_size=4))
def test_every_row_has_one_fate_and_each_undo_restores_what_was(files, family, services, known):
    steps = []
    for number, rows in enumerate(files):
        payments = in_rows([Reported(nik=family[who].nik, **said) for who, said in rows])
        report = services.payments.check(Results(payments=payments), PKH)
        assert report.agrees
        assert sum(report.counts.values()) + len(report.not_used) == len(rows)
        if report.used:
            before = known()
            id, _ = services.payments.add(Results(payments=payments), PKH, bytes([number]) * 32)
            assert known() == before
            services.payments.publish(id)
            assert len({row[0] for row in known()}) == len(known())
            steps.append((id, before))
    for id, before in reversed(steps):
        services.payments.undo(id)
        assert known() == before


def test_what_was_paid_by_a_list_that_was_corrected_by_another_stays_in_the_totals(office, clock, services):
    """As the resident, the head and the figures have it; also of whom the new list writes otherwise, or takes off."""
    same, moved, off, due = Recipient(), Recipient(), Recipient(), Recipient()
    office.publishes(same, moved, off, due)
    office.hears(*(Reported(nik=one.nik) for one in (same, moved, off)))
    clock.passes(minutes=1)
    elsewhere = Recipient(name=moved.name, nik=moved.nik, kk=moved.kk, rt=1)
    gone = Recipient(name=off.name, nik=off.nik, kk=off.kk, state=State.TAKEN_OFF, reason="died")
    office.publishes(same, elsewhere, gone, due, Recipient())
    totals = services.payments.totals(Round("PKH", "2026-T1"))
    assert totals.total.people == {"paid": 3, "unknown": 2}
    assert totals.agrees
