"""Koreksi: one person of a list is corrected, or added, by a small list that is published like any other."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from salur.core.errors import FieldRefused, Refused
from salur.core.limits.asker import Asker
from salur.core.lists.corrections.kinds import Basis, Wanted
from salur.core.lists.kinds import REASONS, Coverage, ListState, State
from salur.core.lookup.answers import NotOnTheList
from salur.core.payouts.answers import PaymentState
from salur.core.people.nik import Kk, Nik
from salur.core.tables.lists import ListRow
from salur.core.tables.people import EntitlementRow
from salur.words.lists.reasons import REASONS as WORDS
from tests.fixtures.corrections import WHY
from tests.fixtures.office import Recipient, Reported

DECREE = Basis(decree="SK 460/77/2026", issued_on=date(2026, 2, 2))
RW, KELURAHAN = Coverage.RW, Coverage.KELURAHAN
HOME = Asker.address("203.0.113.7")
OFF = {"state": State.TAKEN_OFF, "reason": "died"}


@pytest.fixture
def told(services):
    """What somebody is told: state and amount of what is in force, and how many there are of the past."""

    def asked(person, name=None):
        number = Nik(person.nik) if person.nik else Kk(person.kk)
        answer = services.lookup.ask(number, name or person.name, asker=HOME)
        if isinstance(answer, NotOnTheList):
            return None
        return [(aid.state, aid.amount) for aid in answer.present], len(answer.past)

    return asked


@pytest.fixture
def people_in_force(services):
    """How many entitlements stand on lists in force, and how many their lists say."""

    def counted():
        with services.database.reading() as connection:
            published = ListRow.state == ListState.PUBLISHED
            rows = select(func.count()).select_from(EntitlementRow).join(ListRow, ListRow.id == EntitlementRow.list_id)
            there = connection.execute(rows.where(published)).scalar_one()
            said = connection.execute(select(func.sum(ListRow.people)).where(published)).scalar_one()
        return there, said

    return counted


def test_a_corrected_amount_is_told_and_nobody_else_is_taken_off(office, services, koreksi, told, people_in_force):
    one, other = Recipient(), Recipient()
    base = office.publishes(one, other)
    draft = koreksi.drafts(one, amount=900_000)
    assert told(one) == ([(State.ENTITLED, 600_000)], 0)  # a draft changes nothing
    change = services.lists.change(draft)
    assert (change.total.before, change.total.after, change.total.amount_changed, change.reasons) == (1, 1, 1, ())
    services.lists.publish(change.seen())
    assert told(one) == ([(State.ENTITLED, 900_000)], 0)
    assert told(other) == ([(State.ENTITLED, 600_000)], 0)
    assert people_in_force() == (2, 2)
    assert (services.lists.show(base).people, services.lists.show(draft).corrects) == (1, base)


def test_a_correction_speaks_for_no_place(office, clock, services, koreksi, told):
    """Who lives in no place that a list names is spoken for by the newest of the area; a correction is not that."""
    nowhere, dropped = (Recipient(name=name, region_code=None, rw=None, rt=None) for name in ("YOYOH", "KOKOM"))
    one = Recipient()
    office.publishes(one, nowhere, dropped, period="2025-T4")
    clock.passes(minutes=1)
    office.publishes(one, nowhere)
    koreksi.publishes(one, DECREE, amount=1)
    assert told(nowhere)[0] == [(State.ENTITLED, 600_000)]
    (off,) = services.lookup.ask(Nik(dropped.nik), dropped.name, asker=HOME).present
    assert (off.state, off.decree) == (State.TAKEN_OFF, "SK Dinsos 460/12/2026")


def test_taken_off_by_a_correction_with_its_reason_and_back_again(office, services, koreksi, told, people_in_force):
    one, other = Recipient(), Recipient()
    base = office.publishes(one, other)
    draft = koreksi.publishes(one, DECREE, **OFF)
    assert told(one) == ([(State.TAKEN_OFF, None)], 0)
    assert services.lists.show(draft).decree == "SK 460/77/2026"
    undone = services.lists.undo(draft, "he lives")
    assert (undone.restored, services.lists.show(draft).state, told(one)[0]) == (
        (base,),
        ListState.DRAFT,
        [(State.ENTITLED, 600_000)],
    )
    assert people_in_force() == (2, 2)
    assert [happened.what for happened in services.lists.history(base)][:2] == ["rows_back", "corrected"]
    office.agrees(draft)  # it is a draft again, as it was
    assert told(one) == ([(State.TAKEN_OFF, None)], 0)


@pytest.mark.parametrize("numbers", [{}, {"kk": None}, {"nik": None}], ids=["both", "nik", "kk"])
def test_old_name_and_new_name_read_the_same_and_another_name_nothing(office, koreksi, told, numbers):
    wrong = Recipient(name="SITI MAESAROH", **numbers)
    office.publishes(wrong, Recipient())
    koreksi.publishes(wrong, name="WIWIN SUHARTI", amount=750_000)
    same = ([(State.ENTITLED, 750_000)], 0)
    assert [told(wrong, name) for name in ("Siti Maesaroh", "Wiwin Suharti", "Lilis")] == [same, same, None]
    koreksi.publishes(Recipient(name="x", nik=wrong.nik, kk=wrong.kk), name="YOYOH", amount=1)
    assert [told(wrong, name) for name in ("Siti Maesaroh", "Wiwin Suharti", "Yoyoh")] == [
        ([(State.ENTITLED, 1)], 0)
    ] * 3


def test_whoever_the_next_list_names_by_the_old_name_is_not_told_that_they_are_off(office, clock, koreksi, told):
    wrong = Recipient(kk=None)
    office.publishes(wrong, period="2025-T4")
    koreksi.publishes(wrong, name="WIWIN SUHARTI")
    clock.passes(minutes=1)
    office.publishes(wrong)
    assert told(wrong, "Wiwin Suharti") == ([(State.ENTITLED, 600_000)], 1)


def test_paid_stays_paid_when_the_name_is_corrected_and_taken_back(office, services, koreksi):
    wrong, other = Recipient(kk=None), Recipient()
    office.publishes(wrong, other)
    file = office.hears(Reported(nik=wrong.nik), Reported(row=3, nik=other.nik))

    def paid():
        found = []
        for name in (wrong.name, "WIWIN SUHARTI"):
            answer = services.lookup.ask(Nik(wrong.nik), name, asker=HOME)
            found += [aid.payment.state for aid in getattr(answer, "present", ())]
        return set(found)

    draft = koreksi.publishes(wrong, name="WIWIN SUHARTI")
    assert paid() == {PaymentState.PAID}
    services.payments.undo(file)
    assert paid() == {PaymentState.DUE}
    again = office.hears(Reported(nik=wrong.nik, name=wrong.name))  # PT Pos has the old name still
    assert paid() == {PaymentState.PAID}
    services.lists.undo(draft, "wrong")
    assert paid() == {PaymentState.PAID}
    services.payments.undo(again)
    assert paid() == {PaymentState.DUE}


def test_somebody_is_added_and_gone_again_when_it_is_taken_back(office, services, told, people_in_force):
    base = office.publishes(Recipient())
    new = Recipient(name="KOKOM")
    draft = services.corrections.add(base, new, DECREE, by=None)
    assert told(new) is None
    office.agrees(draft)
    assert told(new) == ([(State.ENTITLED, 600_000)], 0)
    assert people_in_force() == (2, 2)
    with pytest.raises(Refused, match="listed_already"):
        services.corrections.add(base, new, DECREE, by=None)
    services.lists.undo(draft, "too early")
    assert told(new) is None
    assert people_in_force() == (1, 1)


def test_who_was_added_and_paid_cannot_be_taken_back_before_the_payment_is(office, services, told):
    base = office.publishes(Recipient())
    draft = services.corrections.add(base, new := Recipient(), DECREE, by=None)
    office.agrees(draft)
    file = office.hears(Reported(nik=new.nik))
    with pytest.raises(Refused, match="added_was_paid"):
        services.lists.undo(draft, "too early")
    services.payments.undo(file)
    services.lists.undo(draft, "too early")
    (row,) = services.corrections.rows(draft)
    services.corrections.drop(draft, row.entitlement, by=None)
    assert services.lists.show(draft).people == 0


def test_a_correction_of_a_correction_is_undone_first(office, services, koreksi, told):
    one = Recipient()
    base = office.publishes(one, Recipient())
    first = koreksi.publishes(one, amount=1)
    second = koreksi.publishes(one, DECREE, amount=2)
    assert told(one) == ([(State.ENTITLED, 2)], 0)
    for id in (base, first):
        with pytest.raises(Refused, match="corrected_since|changed_after"):
            services.lists.undo(id, "wrong")
    with pytest.raises(Refused, match="corrected_since"):
        services.lists.withdraw(base, "wrong")
    with pytest.raises(Refused, match="undo_instead"):
        services.lists.withdraw(second, "wrong")
    services.lists.undo(second, "wrong")
    assert told(one) == ([(State.ENTITLED, 1)], 0)
    services.lists.undo(first, "wrong")
    assert told(one) == ([(State.ENTITLED, 600_000)], 0)
    services.lists.undo(base, "wrong")


def test_what_changed_since_is_not_published(office, services, koreksi):
    one = Recipient()
    office.publishes(one, Recipient())
    draft = koreksi.drafts(one, amount=1)
    seen = services.lists.change(draft).seen()
    koreksi.drafts(one, amount=2)  # said once more: the draft says otherwise than was seen
    with pytest.raises(Refused, match="change_is_another"):
        services.lists.publish(seen)
    with pytest.raises(Refused, match="in_another_draft"):
        koreksi.drafts(one, DECREE, amount=3)
    office.publishes(one)
    with pytest.raises(Refused, match="row_changed_since"):
        services.lists.change(draft)


def test_whom_another_list_took_out_is_not_corrected_though_the_rest_is_in_force(office, clock, services, koreksi):
    here = Recipient(rw=1)
    office.publishes(here, Recipient(rw=2), Recipient(rw=2), period="2025-T4")
    draft = koreksi.drafts(here, amount=1)
    clock.passes(minutes=1)
    office.publishes(Recipient(rw=1), coverage=RW)
    with pytest.raises(Refused, match="row_changed_since"):
        services.lists.change(draft)


def test_a_later_list_takes_the_correction_with_it_and_gives_it_back(office, clock, services, koreksi, told):
    one, other = Recipient(), Recipient()
    base = office.publishes(one, other, period="2025-T4")
    draft = koreksi.publishes(one, amount=1)
    clock.passes(minutes=1)
    later = office.publishes(other)
    assert told(one) == ([(State.TAKEN_OFF, None)], 1)
    assert services.lists.show(draft).superseded_by == later
    with pytest.raises(Refused, match="restore_corrected"):
        services.lists.restore(draft)
    clock.passes(minutes=1)
    services.lists.undo(later, "wrong")
    assert told(one) == ([(State.ENTITLED, 1)], 0)
    clock.passes(minutes=1)
    again = office.publishes(other)
    services.lists.withdraw(again, "wrong")
    services.lists.restore(base)
    assert told(one) == ([(State.ENTITLED, 1)], 0)
    services.lists.undo(draft, "wrong")
    assert told(one) == ([(State.ENTITLED, 600_000)], 0)


def test_a_later_list_of_one_rw_takes_only_its_people(office, clock, services, koreksi, told, people_in_force):
    here, there = Recipient(rw=1), Recipient(rw=2)
    office.publishes(here, there, Recipient(rw=1), Recipient(rw=2), period="2025-T4")
    draft = koreksi.drafts(here, amount=1)
    assert koreksi.publishes(there, amount=2) == draft
    clock.passes(minutes=1)
    later = office.publishes(Recipient(rw=1), coverage=RW)
    assert told(here) == ([(State.TAKEN_OFF, None)], 1)
    assert told(there) == ([(State.ENTITLED, 2)], 0)
    with pytest.raises(Refused, match="changed_after"):
        services.lists.undo(draft, "wrong")
    assert people_in_force() == (3, 3)
    services.lists.undo(later, "wrong")
    assert (told(here), told(there)) == (([(State.ENTITLED, 1)], 0), ([(State.ENTITLED, 2)], 0))
    assert (services.lists.show(draft).people, people_in_force()) == (2, (4, 4))
    services.lists.undo(draft, "wrong")
    assert (told(here)[0], told(there)[0], people_in_force()) == (
        [(State.ENTITLED, 600_000)],
        [(State.ENTITLED, 600_000)],
        (4, 4),
    )


def test_of_somebody_who_stands_twice_the_one_taken_off_is_not_told(office, koreksi, told, services):
    one = Recipient()
    office.publishes(one, Recipient(nik=one.nik, kk=one.kk, name="SITI MAESAROH B"))
    koreksi_entry = min(_entries(services))
    draft = services.corrections.correct(koreksi_entry, _wanted(state=State.TAKEN_OFF, reason="double"), WHY, by=None)
    office.agrees(draft)
    assert told(one) == ([(State.ENTITLED, 600_000)], 0)


def _entries(services):
    with services.database.reading() as connection:
        return list(connection.execute(select(EntitlementRow.id)).scalars())


def _wanted(**changed):
    return Wanted(**{"state": State.ENTITLED, "reason": None, "amount": 600_000, "name": "SITI MAESAROH", **changed})


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"amount": -1}, "amount_wrong"),
        ({"name": " 12 "}, "name_missing"),
        ({"state": State.SUSPENDED}, "reason_needed"),
        ({"state": State.TAKEN_OFF, "reason": "because"}, "reason_needed"),
        ({"state": State.UNCLEAR}, "state_unknown"),
        ({}, "nothing_changed"),
    ],
)
def test_what_cannot_be_is_refused(office, koreksi, changed, code):
    office.publishes(one := Recipient())
    with pytest.raises(Refused, match=code):
        koreksi.drafts(one, **changed)


def test_of_one_list_each_city_has_a_draft_of_its_own(office, koreksi):
    here, same_city, elsewhere = Recipient(), Recipient(), Recipient(region_code="32.76.01.1001")
    office.publishes(here, same_city, elsewhere)
    first = koreksi.drafts(here, amount=1)
    assert koreksi.drafts(elsewhere, amount=1) != first
    assert koreksi.drafts(same_city, amount=1) == first


@pytest.mark.parametrize(
    ("basis", "code"),
    [
        (Basis(), "reason_missing"),
        (Basis(decree="SK 1"), "day_missing"),
        (Basis(decree="SK 1", issued_on=date(2026, 12, 31)), "issued_in_future"),
    ],
)
def test_without_a_reason_nothing_is_corrected(office, koreksi, basis, code):
    office.publishes(one := Recipient())
    with pytest.raises(FieldRefused, match=code):
        koreksi.drafts(one, basis, amount=1)


def test_every_reason_has_words():
    assert set(REASONS) == set(WORDS)
