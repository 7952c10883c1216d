"""Each sentence is true when it is read: of money, of who is off, of a place; and says all that is needed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from salur.core.following.answers import News
from salur.core.following.kinds import NewsKind
from salur.core.lists.kinds import State
from salur.words.language import language
from salur.words.lookup.following import sentences
from tests.core.following.conftest import at, kinds
from tests.fixtures.office import Announced, Recipient, Reported


def test_who_was_paid_and_is_left_out_by_a_new_list_is_not_told_that_she_was_not_paid(
    office, clock, mother, follow, told
):
    other = Recipient()
    office.publishes(mother, other)
    follow(mother)
    office.hears(Reported(nik=mother.nik))
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.PAID]
    clock.passes(hours=2)
    office.publishes(other)
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.TAKEN_OFF]


def test_who_is_taken_off_when_her_payment_is_taken_back_hears_how_to_object(
    services, office, clock, mother, follow, told
):
    other = Recipient()
    office.publishes(mother, other)
    follow(mother)
    file = office.hears(Reported(nik=mother.nik))
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.PAID]
    clock.passes(hours=2)
    services.payments.undo(file)
    office.publishes(replace(mother, state=State.TAKEN_OFF, reason="moved"), other)
    clock.passes(minutes=10)
    (one,) = told()
    assert (one.kind, one.reason) == (NewsKind.TAKEN_OFF, "moved")


def test_who_was_paid_hears_of_being_off_when_the_answer_says_it(
    services, office, koreksi, clock, mother, follow, told
):
    office.publishes(mother, Recipient())
    follow(mother)
    file = office.hears(Reported(nik=mother.nik))
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.PAID]
    clock.passes(hours=2)
    koreksi.publishes(mother, state=State.TAKEN_OFF, reason="moved")
    clock.passes(minutes=10)
    assert told() == []  # the answer says that she was paid, and the button under it would report that
    services.payments.undo(file)
    clock.passes(minutes=10)
    assert kinds(told()) == [NewsKind.TAKEN_OFF]


def test_a_payment_that_failed_again_or_was_made_on_another_day_is_told(office, clock, mother, follow, told):
    office.publishes(mother)
    follow(mother)
    for status, day in (("failed", 12), ("failed", 18), ("paid", 19)):
        office.hears(Reported(nik=mother.nik, status=status, date=dt.date(2026, 2, day)))
        clock.passes(hours=2)
        (one,) = told()
        assert (one.kind, one.paid_on) == (NewsKind(status), f"2026-02-{day}")


def test_only_another_address_is_told_with_the_one_before_and_a_first_one_is_no_change(
    office, clock, mother, follow, told
):
    office.publishes(mother)
    office.announces(Announced(place="Aula RW 5", address=None))
    follow(mother)
    office.announces(Announced(place="Aula RW 5", address="Jl. Roda No. 1"))
    clock.passes(hours=2)
    assert told() == []
    office.announces(Announced(place="Aula RW 5", address="Jl. Roda No. 40"))
    clock.passes(hours=2)
    (one,) = told()
    assert one.kind is NewsKind.DATE_MOVED
    now, before = sentences(News.read(one.facts()), language("id")).splitlines()
    assert now.endswith("di *Aula RW 5*. Jl. Roda No. 40.")
    assert before.endswith("di Aula RW 5, Jl. Roda No. 1.")
