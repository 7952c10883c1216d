"""What the daily purge deletes, to the day, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from salur.core.limits.asker import Asker
from salur.core.maintenance.retention import Purged
from salur.core.marks.kinds import MarkKind
from salur.core.officers.roles import Role
from salur.core.proposals.kinds import Step
from salur.core.regions.territory import Territory
from salur.core.tables.base import Table
from salur.core.tables.marks import MarkEventRow, MarkRow
from salur.core.tables.notices import NoticeRow
from salur.core.tables.officers import InvitationRow, LinkCodeRow, SignInRow
from salur.core.tables.payouts import FilePaymentRow, PayoutFileRow, SittingRow
from salur.core.tables.people import EntitlementRow, PaymentRow
from salur.core.tables.proposals import FollowerRow, PhotoRow, ProposalEventRow, ProposalRow, TicketRow
from salur.wiring import Services
from tests.fixtures.corrections import Koreksi
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Office, Recipient, Reported
from tests.fixtures.officers import Heads, sign_in_token
from tests.fixtures.proposals import Chain, a_draft, a_photo
from tests.fixtures.services import Clock

PROPOSAL = (ProposalRow, ProposalEventRow, TicketRow, FollowerRow, PhotoRow)


def rows(services: Services, *tables: type[Table]) -> list[int]:
    """How many rows each table has."""
    with services.database.reading() as connection:
        return [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]


@pytest.mark.parametrize("end", [Step.ACCEPTED, Step.REJECTED])
def test_a_closed_proposal_goes_with_all_that_hangs_on_it(
    end: Step, services: Services, chain: Chain, clock: Clock
) -> None:
    draft = replace(a_draft(), photos=(a_photo(), a_photo()))
    receipt = chain.ticket(draft)
    asker = Asker.chat(700_100_200)
    services.proposals.follow(receipt.code, draft.ticket_name or "", 700_100_200, "id", asker=asker)
    (id,) = chain.waiting(chain.rt)
    if end is Step.REJECTED:
        chain.decides(chain.rt, id, Step.REJECTED, "well_off")
    else:
        chain.climbs(id, chain.rt, chain.kelurahan, chain.kecamatan, chain.dinsos)
    clock.passes(days=395)
    assert (services.retention.purge().proposals, services.retention.purge().photos) == (0, 0)
    assert all(rows(services, *PROPOSAL))
    clock.passes(seconds=1)
    purged = services.retention.purge()
    assert (purged.proposals, purged.photos) == (1, 2)
    assert rows(services, *PROPOSAL) == [0] * len(PROPOSAL)


def test_an_open_proposal_is_kept_however_old(services: Services, chain: Chain, clock: Clock) -> None:
    chain.receives()
    clock.passes(days=1_000)
    assert services.retention.purge().proposals == 0
    assert rows(services, ProposalRow) == [1]


def test_a_mark_that_is_over_goes_and_one_that_is_open_stays(
    services: Services, office: Office, heads: Heads, clock: Clock
) -> None:
    office.publishes(Recipient(), Recipient(name="RUKMINI"))
    head = heads.create("rt")
    with services.database.reading() as connection:
        entries = connection.execute(select(EntitlementRow.id)).scalars().all()
    marks = [services.marks.make(head, id, MarkKind.MOVED_AWAY) for id in entries]
    services.marks.take_back(head, marks[0])
    clock.passes(days=395)
    assert services.retention.purge().marks == 0
    clock.passes(seconds=1)
    assert services.retention.purge().marks == 1
    with services.database.reading() as connection:
        assert connection.execute(select(MarkRow.id)).scalars().all() == marks[1:]
        assert set(connection.execute(select(MarkEventRow.mark_id)).scalars()) == set(marks[1:])


def test_what_was_sent_is_kept_for_a_month_and_what_waits_is_kept(services: Services, clock: Clock) -> None:
    with services.database.writing() as connection:
        for chat in (1, 2):
            services.notices.to_chat(connection, chat, "unlinked", None)
    services.notices.sent(services.notices.take()[0].id)
    clock.passes(days=30)
    assert services.retention.purge().notices == 0
    clock.passes(seconds=1)
    assert services.retention.purge().notices == 1
    assert rows(services, NoticeRow) == [1]


def test_sign_ins_go_thirteen_months_after_their_end(services: Services, heads: Heads, clock: Clock) -> None:
    head = heads.create("rw")
    services.sign_ins.leave(sign_in_token(services, head))
    clock.passes(minutes=5)
    sign_in_token(services, head)  # and never signed out
    clock.passes(days=395)
    assert services.retention.purge().sign_ins == 1
    clock.passes(minutes=5)
    assert services.retention.purge().sign_ins == 1
    assert rows(services, SignInRow) == [0]


def test_invitations_go_thirteen_months_after_they_were_good(services: Services, heads: Heads, clock: Clock) -> None:
    kelurahan = heads.create("kelurahan")
    services.invitations.invite(kelurahan, Role.RW, Territory(TEGAL_GUNDIL, 5))
    clock.passes(days=7 + 395)
    assert services.retention.purge().invitations == 0
    clock.passes(seconds=1)
    assert services.retention.purge().invitations == 1
    assert rows(services, InvitationRow) == [0]


def test_a_code_for_a_chat_goes_as_soon_as_it_is_over(services: Services, heads: Heads, clock: Clock) -> None:
    services.chat_links.new_code(heads.create("rw"))
    assert services.retention.purge().link_codes == 0
    clock.passes(minutes=10)
    assert services.retention.purge().link_codes == 1
    assert rows(services, LinkCodeRow) == [0]


def test_files_of_payments_and_schedules_go_and_what_they_said_stays(
    services: Services, office: Office, clock: Clock
) -> None:
    mother = Recipient()
    office.publishes(mother)
    office.hears(Reported(nik=mother.nik))
    office.announces(Announced())
    clock.passes(days=395)
    assert services.retention.purge().payout_files == 0
    clock.passes(seconds=1)
    assert services.retention.purge().payout_files == 2
    assert rows(services, PayoutFileRow, FilePaymentRow, PaymentRow, SittingRow) == [0, 0, 1, 1]


def test_what_a_newer_report_said_of_a_list_long_over_goes_with_the_list(
    services: Services, office: Office, clock: Clock
) -> None:
    mother = Recipient()
    services.lists.withdraw(office.publishes(mother), "wrong file")
    office.publishes(mother, Recipient())
    office.hears(Reported(nik=mother.nik))
    old = office.publishes(mother)
    file = office.hears(Reported(nik=mother.nik))
    services.lists.withdraw(old, "wrong file")
    clock.passes(days=390)
    with services.database.writing() as connection:  # as if it had been imported lately
        connection.execute(update(PayoutFileRow).values(imported_at=clock()))
    clock.passes(days=6)
    assert services.retention.purge().payout_files == 0
    assert rows(services, FilePaymentRow, PaymentRow) == [0, 0]
    assert services.payments.undo(file).state == "undone"


def test_what_a_correction_in_force_stands_for_is_kept_until_its_list_is_over(
    services: Services, office: Office, koreksi: Koreksi, clock: Clock
) -> None:
    one, other = Recipient(), Recipient()
    base = office.publishes(one, other)
    draft = koreksi.publishes(one, amount=1)
    clock.passes(days=396)
    assert services.retention.purge().lists == 0
    services.lists.undo(draft, "wrong")  # so it can be taken back still
    office.agrees(draft)
    assert services.lists.show(base).people == 1
    office.publishes(other)
    clock.passes(days=396)
    assert services.retention.purge().lists == 3  # the list, its correction, and whom that replaced
    assert rows(services, EntitlementRow) == [1]


def test_where_nothing_is_past_its_time_nothing_goes(services: Services) -> None:
    assert services.retention.purge() == Purged(*[0] * 17)
