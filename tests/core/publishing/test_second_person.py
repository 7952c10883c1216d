"""Where a city wants two people, one prepares and another puts in force; and what is taken out is not published."""

from __future__ import annotations

from datetime import timedelta

import pytest

from salur.core.errors import Refused
from salur.core.jobs.kinds import JobState
from salur.core.lists.answers import Agreement
from salur.core.lists.kinds import ListEvent, ListState, State
from salur.core.officers.roles import Officer, Role
from salur.core.settings.kinds import YES, Setting
from tests.fixtures.office import Office, Recipient
from tests.fixtures.officers import CITY, Heads
from tests.fixtures.uploads import Desk, work_off


@pytest.fixture
def three(services, heads: Heads) -> tuple[Officer, Officer, Officer]:
    """Three of Dinas Sosial, in a city that wants two."""
    found = tuple(heads.create(Role.DINSOS, CITY) for _ in range(3))
    services.city.put(found[0], {Setting.FOUR_EYES: YES}, seen=services.city.newest())
    return found[0], found[1], found[2]


def state_of(services, id: int) -> str:
    return services.lists.show(id).state


def test_who_corrected_rows_or_sent_the_file_has_prepared_it_too(services, three, write_list, write_sheet):
    sender, corrects, imports = (Desk(services, officer) for officer in three)
    faulty = Recipient(nik="32710512345")
    id, _ = sender.reads(write_list("a.xlsx", Recipient(), faulty))
    header, rows = services.uploads.faulty_rows(id, CITY)
    mark = services.uploads.mark_of(id, rows[0][0])
    cells = [Recipient().nik if cell == faulty.nik else cell for cell in rows[0][1]]
    corrects.corrects(id, write_sheet("back.xlsx", [["Baris", *header, "Tanda"], [rows[0][0], *cells, mark]]))
    work_off(services)
    imports.imports(id)
    work_off(services)
    (made,) = services.lists.all()
    assert [services.lists.may_publish(made.id, officer.account) for officer in three] == [False, False, False]
    did = {(one.what, one.by) for one in services.lists.history(made.id)}
    assert did == {
        (ListEvent.PREPARED, three[0].account),
        (ListEvent.PREPARED, three[1].account),
        (ListEvent.IMPORTED, three[2].account),
    }


def test_who_confirmed_states_beforehand_has_prepared_and_who_does_so_publishing_has_not(services, office, three):
    one, other, third = three
    id = office.drafts(Recipient(), Recipient(state=State.SUSPENDED, reason="moved"), confirmed=False)
    agreement = Agreement(id, services.lists.change(id).digest, yes=True, states=True)
    assert services.lists.may_publish(id, one.account)
    services.lists.publish(agreement, by=one.account)
    assert state_of(services, id) == ListState.PUBLISHED
    second = office.drafts(Recipient(), Recipient(state=State.SUSPENDED, reason="moved"), confirmed=False)
    services.lists.confirm_states(second, by=other.account)
    assert not services.lists.may_publish(second, other.account)
    assert services.lists.may_publish(second, third.account)


def test_a_list_comes_back_by_another_than_who_prepared_and_who_ended_it(services, office: Office, three):
    one, other, third = three
    first = office.drafts(Recipient())
    services.lists.publish(services.lists.change(first).agreed(), by=one.account)
    second = office.drafts(Recipient())
    services.lists.publish(services.lists.change(second).agreed(), by=other.account)
    for refused in (None, other.account):  # the console imported it, and `other` put another in its place
        assert not services.lists.may_publish(first, refused)
        with pytest.raises(Refused, match="second_person_to_restore"):
            services.lists.restore(first, "again", by=refused)
    assert state_of(services, second) == ListState.PUBLISHED
    services.lists.restore(first, "again", by=third.account)
    assert (state_of(services, first), state_of(services, second)) == (ListState.PUBLISHED, ListState.WITHDRAWN)


def test_anybody_undoes_and_any_draft_comes_back(services, office: Office, three):
    one = three[0]
    id = office.drafts(Recipient())
    services.lists.publish(services.lists.change(id).agreed(), by=one.account)
    services.lists.undo(id, "wrong file", by=one.account)
    assert state_of(services, id) == ListState.WITHDRAWN
    draft = office.drafts(Recipient())
    services.lists.withdraw(draft, "not yet", by=one.account)
    services.lists.restore(draft, "now", by=one.account)
    assert state_of(services, draft) == ListState.DRAFT


def test_taking_a_draft_out_calls_its_plan_off(services, office: Office, heads: Heads, clock):
    officer = heads.create(Role.DINSOS, CITY)
    id = office.drafts(Recipient())
    services.publishing.plan(services.lists.change(id).agreed(), by=officer.account, at=clock() + timedelta(hours=2))
    services.lists.withdraw(id, "wrong file", by=officer.account)
    planned = services.publishing.planned(id)
    assert planned is not None
    assert planned.state is JobState.STOPPED
    assert [one.what for one in services.lists.history(id)][:2] == [ListEvent.WITHDRAWN, ListEvent.CALLED_OFF]
    services.lists.restore(id, by=officer.account)
    clock.passes(hours=3)
    work_off(services)
    assert state_of(services, id) == ListState.DRAFT
