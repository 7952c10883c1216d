"""What publishing a large draft changes is worked out beside the site, and never agreed to when it is true no more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from salur.core.errors import Refused
from salur.core.jobs.answers import Job
from salur.core.jobs.kinds import JobKind, JobState
from salur.core.lists import answers
from salur.core.lists.answers import Change
from salur.core.lists.kinds import ListState, State
from salur.core.officers.roles import Officer, Role
from tests.fixtures.office import Office, Recipient
from tests.fixtures.officers import CITY, Heads
from tests.fixtures.uploads import Desk, work_off

PERSON = Recipient(name="MARYATI KUSUMA")


@pytest.fixture
def dinsos(heads: Heads) -> Officer:
    """Who publishes."""
    return heads.create(Role.DINSOS, CITY)


@pytest.fixture(autouse=True)
def _large(monkeypatch) -> None:
    """A list of two is a large one."""
    monkeypatch.setattr(answers, "AT_ONCE", 1)
    monkeypatch.setattr("salur.core.uploads.work.AT_ONCE", 1)


def change_of(services, id: int) -> Change:
    """As it is when all work is done."""
    services.ahead.change(id, by=None)
    work_off(services)
    change = services.ahead.change(id, by=None)
    assert isinstance(change, Change)
    return change


def test_a_large_list_is_compared_by_the_runner_and_just_as_a_small_one(services, office: Office, dinsos):
    office.publishes(PERSON, Recipient(rw=6), Recipient(rw=7))
    id = office.drafts(PERSON, Recipient(state=State.SUSPENDED, reason="moved"), confirmed=False)
    waiting = services.ahead.change(id, by=dinsos.account)
    assert isinstance(waiting, Job)
    again = services.ahead.change(id, by=dinsos.account)
    assert isinstance(again, Job)
    assert again.id == waiting.id, "looking twice makes no more work"
    kept, anew = change_of(services, id), services.lists.change(id)
    assert kept == anew
    assert kept.digest == anew.digest


def test_its_doubles_are_found_by_the_runner_too(services, office: Office, monkeypatch):
    office.publishes(PERSON, programme="SEMBAKO")
    id = office.drafts(PERSON, Recipient(), programme="BLT-DD")
    change_of(services, id)
    anew = services.doubles.of_draft(id)
    assert [(one.programme, one.people) for one in anew] == [("SEMBAKO", 1)]
    monkeypatch.setattr("salur.core.doubles.doubles.doubles_of_draft", None)  # nobody looks for them again
    assert services.ahead.doubles(id) == anew


def test_it_is_worked_out_anew_when_something_else_is_in_force(services, office: Office, dinsos):
    office.publishes(PERSON, Recipient())
    id = office.drafts(PERSON, Recipient())
    stale = change_of(services, id)
    office.publishes(PERSON, Recipient(), Recipient())
    now = services.ahead.change(id, by=dinsos.account)
    assert isinstance(now, Job)
    with pytest.raises(Refused, match="change_under_way"):
        services.publishing.plan(stale.agreed(), by=dinsos.account)
    fresh = change_of(services, id)
    assert (stale.total.before, fresh.total.before) == (2, 3)
    with pytest.raises(Refused, match="change_is_another"):
        services.publishing.plan(stale.agreed(), by=dinsos.account)
    services.publishing.plan(fresh.agreed(), by=dinsos.account)
    work_off(services)
    assert services.lists.show(id).state is ListState.PUBLISHED


def test_what_is_stale_when_its_hour_comes_is_not_published(services, office: Office, dinsos, clock):
    office.publishes(PERSON, Recipient())
    id = office.drafts(PERSON, Recipient())
    agreed = change_of(services, id).agreed()
    services.publishing.plan(agreed, by=dinsos.account, at=clock() + timedelta(hours=2))
    office.publishes(PERSON, Recipient(), Recipient())
    clock.passes(hours=3)
    work_off(services)
    assert services.lists.show(id).state is ListState.DRAFT
    planned = services.publishing.planned(id)
    assert planned is not None
    assert planned.refused == "change_is_another"


def test_an_import_has_it_worked_out_by_itself(services, desk: Desk, write_list):
    id, _ = desk.reads(write_list("a.xlsx", Recipient(), Recipient()))
    desk.imports(id)
    work_off(services)
    list_id = services.lists.all()[0].id
    assert services.jobs.last_of([list_id], JobKind.CHANGE)[list_id].state is JobState.DONE
    assert isinstance(services.ahead.change(list_id, by=None), Change)


def test_a_day_that_has_passed_is_told_of_what_was_worked_out_before(services, office: Office, clock):
    id = office.drafts(PERSON, Recipient())
    before = change_of(services, id)
    clock.passes(hours=24 * 60)
    after = services.ahead.change(id, by=None)
    assert isinstance(after, Change)
    assert (before.period_over, after.period_over) == (False, True)
    assert before.digest != after.digest


def test_confirming_while_publishing_is_kept_until_the_runner_does_it(services, office: Office, dinsos):
    id = office.drafts(PERSON, Recipient(state=State.SUSPENDED, reason="moved"), confirmed=False)
    change = change_of(services, id)
    with pytest.raises(Refused, match="states_not_confirmed"):
        services.publishing.plan(change.agreed(), by=dinsos.account)
    agreed = answers.Agreement(id, change.digest, yes=True, states=True)
    services.publishing.plan(agreed, by=dinsos.account)
    work_off(services)
    assert services.lists.show(id).state is ListState.PUBLISHED
    assert services.lists.show(id).states_confirmed


def test_a_correction_that_is_taken_back_and_written_otherwise_makes_it_stale(services, office: Office, koreksi, clock):
    """As many people stand on as many lists as before; what they get is another."""
    office.publishes(PERSON, other := Recipient())
    correction = koreksi.publishes(PERSON, amount=900_000)
    id = office.drafts(PERSON, other)
    assert change_of(services, id).total.amount_changed == 1
    services.lists.undo(correction, "wrong")
    clock.passes(minutes=1)
    assert koreksi.publishes(PERSON, name="MARYATI KUSUMAH") == correction
    change = change_of(services, id)
    assert change.total.amount_changed == 0
    services.lists.publish(change.agreed())
