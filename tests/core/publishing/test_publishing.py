"""A draft is published later, or by somebody else: as it was agreed to, and else not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from salur.core.errors import FieldRefused, Refused
from salur.core.jobs.kinds import JobState
from salur.core.jobs.lease import LeaseLost
from salur.core.lists.kinds import ListEvent, ListState
from salur.core.officers.roles import Officer, Role
from salur.core.settings.kinds import YES, Setting
from tests.fixtures.office import Office, Recipient
from tests.fixtures.officers import CITY, Heads
from tests.fixtures.uploads import Desk, work_off


@pytest.fixture
def dinsos(heads: Heads) -> Officer:
    """Who imported."""
    return heads.create(Role.DINSOS, CITY)


def state_of(services, id: int) -> str:
    return services.lists.show(id).state


def test_a_list_is_published_when_its_time_has_come_and_not_before(services, office: Office, dinsos, clock):
    id = office.drafts(Recipient(), Recipient())
    at = clock() + timedelta(hours=20)
    services.publishing.plan(services.lists.change(id).agreed(), by=dinsos.account, at=at)
    work_off(services)
    assert state_of(services, id) == ListState.DRAFT
    clock.passes(hours=20)
    work_off(services)
    assert state_of(services, id) == ListState.PUBLISHED
    did = [(one.what, one.by) for one in services.lists.history(id)][:2]
    assert did == [(ListEvent.PUBLISHED, dinsos.account), (ListEvent.PLANNED, dinsos.account)]


def test_if_something_else_would_change_by_then_nothing_is_published(services, office: Office, dinsos, clock):
    stays, goes = Recipient(), Recipient()
    id = office.drafts(stays)
    services.publishing.plan(services.lists.change(id).agreed(), by=dinsos.account, at=clock() + timedelta(hours=2))
    office.publishes(stays, goes)
    clock.passes(hours=3)
    work_off(services)
    assert state_of(services, id) == ListState.DRAFT
    job = services.publishing.planned(id)
    assert (job.state, job.refused) == (JobState.FAILED, "change_is_another")


def test_a_plan_is_called_off_and_made_anew(services, office: Office, dinsos, clock):
    id = office.drafts(Recipient())
    agreed = services.lists.change(id).agreed()
    services.publishing.plan(agreed, by=dinsos.account, at=clock() + timedelta(hours=2))
    with pytest.raises(Refused, match="job_under_way"):
        services.publishing.plan(agreed, by=dinsos.account)
    assert services.publishing.call_off(id, by=dinsos.account)
    clock.passes(hours=3)
    work_off(services)
    assert state_of(services, id) == ListState.DRAFT
    assert not services.publishing.call_off(id, by=dinsos.account)
    services.publishing.plan(agreed, by=dinsos.account)
    work_off(services)
    assert state_of(services, id) == ListState.PUBLISHED


@pytest.mark.parametrize(("hours", "code"), [(-1, "time_past"), (24 * 61, "time_too_far")])
def test_a_time_has_to_be_near_and_to_come(services, office: Office, dinsos, clock, hours, code):
    id = office.drafts(Recipient())
    with pytest.raises(FieldRefused) as refused:
        services.publishing.plan(
            services.lists.change(id).agreed(), by=dinsos.account, at=clock() + timedelta(hours=hours)
        )
    assert refused.value.code == code
    assert services.publishing.planned(id) is None


def test_what_was_not_agreed_to_is_not_planned_either(services, office: Office, dinsos):
    office.publishes(*(Recipient() for _ in range(10)))
    id = office.drafts(Recipient())
    with pytest.raises(Refused, match="not_agreed"):
        services.publishing.plan(services.lists.change(id).seen(), by=dinsos.account)


def test_with_four_eyes_who_imported_does_not_publish(services, desk: Desk, heads: Heads, write_list, clock):
    first, second = desk.officer, heads.create(Role.DINSOS, CITY)
    id, _ = desk.reads(write_list("a.xlsx", Recipient()))
    desk.imports(id)
    work_off(services)
    made = services.lists.all()[0].id
    agreed = services.lists.change(made).agreed()
    assert services.lists.may_publish(made, first.account)
    services.city.put(first, {Setting.FOUR_EYES: YES}, seen=services.city.newest())
    assert not services.lists.may_publish(made, first.account)
    for refused in (services.lists.publish, services.publishing.plan):
        with pytest.raises(Refused, match="second_person_needed"):
            refused(agreed, by=first.account)
    services.publishing.plan(agreed, by=second.account)
    work_off(services)
    assert state_of(services, made) == ListState.PUBLISHED


def test_with_four_eyes_the_console_does_not_publish_what_it_imported(services, office: Office, dinsos):
    id = office.drafts(Recipient())
    services.city.put(dinsos, {Setting.FOUR_EYES: YES}, seen=services.city.newest())
    agreed = services.lists.change(id).agreed()
    with pytest.raises(Refused, match="second_person_needed"):
        services.lists.publish(agreed)
    services.lists.publish(agreed, by=dinsos.account)


def test_a_runner_that_lost_its_job_publishes_nothing(services, office: Office, dinsos, clock):
    id = office.drafts(Recipient())
    services.publishing.plan(services.lists.change(id).agreed(), by=dinsos.account)
    job, lost = services.jobs.take("slow")
    clock.passes(minutes=1)
    assert services.jobs.take("quick") is not None
    with pytest.raises(LeaseLost):
        services.publishing.run(job, lost)
    assert state_of(services, id) == ListState.DRAFT
    services.jobs.let_go("quick")
    work_off(services)
    assert state_of(services, id) == ListState.PUBLISHED


def test_what_is_called_off_too_late_says_so_and_leaves_no_trace_of_it(services, office: Office, dinsos):
    id = office.drafts(Recipient())
    services.publishing.plan(services.lists.change(id).agreed(), by=dinsos.account)
    work_off(services)
    assert not services.publishing.call_off(id, by=dinsos.account)
    assert ListEvent.CALLED_OFF not in {one.what for one in services.lists.history(id)}
