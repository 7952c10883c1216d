"""A list that is published at a set time: planned, cancelled, and checked again when the time has come."""

from __future__ import annotations

from datetime import timedelta

import pytest

from salur.core.errors import Refused
from salur.core.jobs.kinds import JobState
from salur.core.jobs.lease import LeaseLost
from salur.core.lists.kinds import ListEvent
from salur.core.officers.roles import Role
from salur.core.settings.kinds import YES, Setting
from tests.fixtures.office import Recipient
from tests.fixtures.uploads import work_off

TOMORROW = timedelta(days=1)


@pytest.fixture
def officer(heads):
    """Somebody at Dinas Sosial."""
    return heads.create(Role.DINSOS)


@pytest.fixture
def planned(office, services, clock, officer):
    """A draft that is to be published tomorrow."""
    draft = office.drafts(Recipient())
    services.publishing.plan(services.lists.change(draft).agreed(), clock() + TOMORROW, by=officer.account)
    return draft


def test_a_list_is_published_when_its_time_has_come(services, clock, planned, officer):
    work_off(services)
    assert services.lists.show(planned).state == "draft"
    clock.passes(days=1)
    work_off(services)
    assert services.lists.show(planned).state == "published"
    happened = [(one.what, one.by) for one in services.lists.history(planned)][:2]
    assert happened == [(ListEvent.PUBLISHED, officer.account), (ListEvent.PLANNED, officer.account)]


def test_a_plan_that_is_cancelled_publishes_nothing(services, clock, planned, officer):
    services.publishing.cancel(planned, by=officer.account)
    clock.passes(days=2)
    work_off(services)
    assert services.lists.show(planned).state == "draft"
    assert services.publishing.newest(planned).state is JobState.STOPPED


def test_another_change_than_was_agreed_to_is_asked_about_again(office, services, clock, planned):
    other = office.publishes(Recipient(), period="2025-T4")
    clock.passes(days=1)
    work_off(services)
    plan = services.publishing.newest(planned)
    assert (plan.state, plan.refused) == (JobState.FAILED, "change_is_another")
    assert (services.lists.show(planned).state, services.lists.show(other).state) == ("draft", "published")


def test_a_runner_that_lost_its_job_publishes_nothing(services, clock, planned):
    clock.passes(days=1)
    job, lease = services.jobs.take("first")
    clock.passes(minutes=5)
    again, second = services.jobs.take("second")
    with pytest.raises(LeaseLost):
        services.publishing.carry_out(job, lease)
    assert services.lists.show(planned).state == "draft"
    services.publishing.carry_out(again, second)
    assert services.lists.show(planned).state == "published"


def test_a_list_has_one_plan(services, clock, planned, officer):
    with pytest.raises(Refused, match="job_under_way"):
        services.publishing.plan(services.lists.change(planned).agreed(), clock() + TOMORROW, by=officer.account)


@pytest.mark.parametrize(("days", "code"), [(0, "time_over"), (-1, "time_over"), (61, "time_far")])
def test_a_time_that_cannot_be_is_refused(office, services, clock, officer, days, code):
    agreed = services.lists.change(office.drafts(Recipient())).agreed()
    with pytest.raises(Refused, match=code):
        services.publishing.plan(agreed, clock() + timedelta(days=days), by=officer.account)


def test_two_are_needed_when_the_time_has_come_too(services, clock, planned, officer, office):
    services.city.put(officer, {Setting.FOUR_EYES: YES}, seen=services.city.newest())
    clock.passes(days=1)
    work_off(services)
    assert services.lists.show(planned).state == "published"  # it was imported at the console
