"""Circulars in the core: who gets one, who sees whom, what is said once, when one is reminded."""

from __future__ import annotations

import pytest

from salur.core.circulars.answers import Standing
from salur.core.errors import Refused
from salur.core.officers.roles import Role
from tests.fixtures.circulars import ALL_LEVELS, BANTAR_JATI, NUMBER, a_circular, a_pdf
from tests.fixtures.office import TEGAL_GUNDIL, Recipient

BOGOR_UTARA = "32.71.05"


@pytest.fixture
def dinsos(heads):
    """Who writes."""
    return heads.create("dinsos")


@pytest.fixture
def lurah(heads):
    """The kelurahan of Tegal Gundil."""
    return heads.create("kelurahan")


def names(branches):
    """Places, as RW and RT, or the kelurahan."""
    return [(b.place, b.territory.rw, b.territory.rt) for b in branches]


def waiting_notices(services):
    """Codes and chats of what waits to be sent."""
    return sorted((notice.code, int(notice.address)) for notice in services.notices.take(100))


def test_a_circular_reaches_every_rt_and_the_lurah_sees_the_two_who_have_not_acknowledged(
    services, heads, dinsos, lurah
):
    rts = [heads.create("rt", rw=5, rt=rt) for rt in (1, 2, 3)] + [heads.create("rt", rw=6, rt=1)]
    id = services.circulars.write(dinsos, a_circular(levels=(Role.KELURAHAN, Role.RT)))
    for rt in rts:
        (received,) = services.circulars.inbox(rt).circulars
        assert (received.circular.number, received.standing) == (NUMBER, Standing.WAITING)
    services.circulars.acknowledge(rts[0], id, "read")
    services.circulars.acknowledge(rts[3], id, "passed_on")
    tree = services.circulars.tree(lurah, id)
    assert names(tree.offices(Standing.WAITING)) == [("Tegal Gundil", 5, 2), ("Tegal Gundil", 5, 3)]
    assert (tree.count.offices, tree.count.read, tree.count.passed_on, tree.count.waiting) == (4, 2, 1, 2)
    assert names(tree.branches) == [("Tegal Gundil", 5, None), ("Tegal Gundil", 6, None)]


def test_an_rt_who_joins_next_week_finds_it_in_his_inbox(services, heads, dinsos, clock):
    services.circulars.write(dinsos, a_circular())
    clock.passes(days=7)
    newcomer = heads.create("rt", rw=9, rt=1)
    assert services.circulars.inbox(newcomer).waiting == 1


def test_the_levels_and_areas_that_were_not_chosen_get_nothing(services, heads, dinsos):
    id = services.circulars.write(dinsos, a_circular(levels=(Role.KELURAHAN, Role.RW)))
    others = [
        heads.create("rt"),
        heads.create("rw", area=BANTAR_JATI),
        heads.create("kelurahan", area=BANTAR_JATI),
        heads.create("kecamatan", area="32.71.01"),
        heads.create("dinsos", area="76.04"),
        heads.create("payout"),
    ]
    for other in others:
        assert services.circulars.inbox(other).circulars.items == ()
        assert services.circulars.show(other, id) is None
        assert services.circulars.tree(other, id) is None
        assert services.circulars.acknowledge(other, id, "read") is None


def test_a_circular_to_one_kelurahan_passes_its_kecamatan(services, heads, dinsos):
    camat = heads.create("kecamatan")
    id = services.circulars.write(dinsos, a_circular())
    assert services.circulars.show(camat, id).standing is Standing.WAITING
    assert names(services.circulars.tree(camat, id).branches) == [("Tegal Gundil", None, None)]


def test_who_stands_above_a_level_that_was_asked_sees_it_without_being_asked_himself(services, heads, dinsos, lurah):
    rt = heads.create("rt")
    id = services.circulars.write(dinsos, a_circular(levels=(Role.RT,)))
    assert services.circulars.show(lurah, id).standing is Standing.NOT_ASKED
    assert services.circulars.inbox(lurah).waiting == 0
    assert services.circulars.acknowledge(lurah, id, "read").standing is Standing.NOT_ASKED
    assert services.circulars.tree(lurah, id).count.waiting == 1
    assert services.circulars.acknowledge(rt, id, "read").standing is Standing.READ


def test_the_tree_of_dinsos_names_kelurahan_where_nobody_works_with_salur(services, heads, dinsos, lurah):
    heads.create("rw"), heads.create("rt")
    id = services.circulars.write(dinsos, a_circular(areas=(BOGOR_UTARA,)))
    tree = services.circulars.tree(dinsos, id)
    (kecamatan,) = tree.branches
    assert (kecamatan.place, kecamatan.own) == ("Bogor Utara", Standing.NO_ACCOUNT)
    own = {branch.place: branch.own for branch in kecamatan.below}
    assert own.pop("Tegal Gundil") is Standing.WAITING
    assert len(own) == 7
    assert set(own.values()) == {Standing.NO_ACCOUNT}
    assert (tree.count.offices, tree.count.no_account) == (3, 8)


def test_an_office_has_read_it_when_one_of_its_accounts_has(services, heads, dinsos, lurah):
    second = heads.create("kelurahan")
    id = services.circulars.write(dinsos, a_circular(levels=(Role.KELURAHAN,)))
    services.circulars.acknowledge(second, id, "read")
    assert services.circulars.tree(dinsos, id).count.waiting == 0
    assert services.circulars.show(lurah, id).standing is Standing.WAITING


def test_a_closed_account_is_waited_for_no_longer(services, heads, dinsos, lurah):
    rt = heads.create("rt")
    id = services.circulars.write(dinsos, a_circular(levels=(Role.RT,)))
    services.accounts.close(None, rt.account)
    assert services.circulars.tree(lurah, id).count.offices == 0


def test_one_branch_can_be_looked_at_alone_but_only_inside_the_territory(services, heads, dinsos, lurah):
    heads.create("rt")
    id = services.circulars.write(dinsos, a_circular(areas=(BOGOR_UTARA,)))
    assert services.circulars.tree(dinsos, id, TEGAL_GUNDIL).place == "Tegal Gundil"
    assert services.circulars.tree(lurah, id, BANTAR_JATI) is None
    assert services.circulars.tree(lurah, id, BOGOR_UTARA) is None


def test_what_was_said_first_stays_said(services, heads, dinsos, clock):
    rt = heads.create("rt")
    id = services.circulars.write(dinsos, a_circular())
    first = services.circulars.acknowledge(rt, id, "passed_on")
    clock.passes(hours=1)
    services.circulars.acknowledge(rt, id, "passed_on")
    last = services.circulars.acknowledge(rt, id, "read")
    assert last == first
    assert first.read_at == first.passed_on_at


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DINSOS])
def test_only_dinsos_writes(services, heads, role):
    with pytest.raises(Refused, match="not_for_this_role"):
        services.circulars.write(heads.create(role), a_circular())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"areas": ("76.04",)}, "no_such_area"),
        ({"areas": (TEGAL_GUNDIL, "32.71.05.9999")}, "no_such_area"),
        ({"areas": ("32.7",)}, "no_such_area"),
        ({"areas": ()}, "no_area"),
        ({"levels": ()}, "no_level"),
        ({"levels": (Role.DINSOS, Role.PAYOUT)}, "no_level"),
        ({"text": "  "}, "nothing_to_read"),
        ({"text": "a" * 12_001}, "circular_too_long"),
    ],
)
def test_what_cannot_be_sent_is_refused_and_leaves_nothing(services, dinsos, changes, code):
    with pytest.raises(Refused, match=code):
        services.circulars.write(dinsos, a_circular(**changes))
    assert services.circulars.inbox(dinsos).circulars.items == ()


def test_linked_accounts_are_told_and_the_tree_knows_it(services, heads, dinsos, lurah, link):
    here, there = heads.create("rt", rt=1), heads.create("rt", rt=2)
    link(here, 71), link(heads.create("rt", area=BANTAR_JATI), 72)
    waiting_notices(services)
    id = services.circulars.write(dinsos, a_circular())
    assert waiting_notices(services) == [("circular", 71)]
    assert services.circulars.tree(lurah, id).count.told == 1
    assert services.circulars.show(there, id).standing is Standing.WAITING


def test_reminders_come_after_two_days_three_times_and_not_to_who_has_read(services, heads, dinsos, link, clock):
    slow, quick = heads.create("rt", rt=1), heads.create("rt", rt=2)
    link(slow, 71), link(quick, 72), heads.create("rt", rt=3)
    id = services.circulars.write(dinsos, a_circular())
    waiting_notices(services)
    services.circulars.acknowledge(quick, id, "read")
    clock.passes(days=1, hours=23)
    assert services.circulars.remind() == 0
    clock.passes(hours=1)
    assert [services.circulars.remind() for _ in range(3)] == [1, 0, 0]
    assert ("circular_reminder", 71) in waiting_notices(services)
    reminded = []
    for _ in range(10):
        clock.passes(days=1)
        reminded.append(services.circulars.remind())
    assert reminded == [0, 1, 0, 1, 0, 0, 0, 0, 0, 0]


def test_nobody_is_reminded_of_what_was_withdrawn_or_before_he_joined_two_days_ago(
    services, heads, dinsos, link, clock
):
    rt = heads.create("rt", rt=1)
    link(rt, 71)
    gone = services.circulars.write(dinsos, a_circular())
    services.circulars.withdraw(dinsos, gone)
    services.circulars.write(dinsos, a_circular(levels=(Role.RW,)))
    clock.passes(days=3)
    link(heads.create("rw", rw=7), 72)
    assert services.circulars.remind() == 0
    clock.passes(days=2)
    assert services.circulars.remind() == 1


def test_an_unread_circular_is_late_after_two_days(services, heads, dinsos, clock):
    rt = heads.create("rt")
    id = services.circulars.write(dinsos, a_circular())
    clock.passes(days=2)
    assert not services.circulars.show(rt, id).late
    clock.passes(minutes=1)
    assert services.circulars.show(rt, id).late
    assert not services.circulars.acknowledge(rt, id, "read").late


def test_what_was_withdrawn_stays_with_those_who_read_it(services, heads, dinsos, lurah, link):
    reader, other = heads.create("rt", rt=1), heads.create("rt", rt=2)
    link(reader, 71)
    id = services.circulars.write(dinsos, a_circular(public=True))
    services.circulars.acknowledge(reader, id, "read")
    assert not services.circulars.withdraw(lurah, id)
    assert services.circulars.withdraw(dinsos, id)
    assert services.circulars.withdraw(dinsos, id)
    assert services.circulars.show(other, id) is None
    received = services.circulars.show(reader, id)
    assert received.circular.withdrawn_at is not None
    assert services.circulars.acknowledge(reader, id, "passed_on").passed_on_at is None
    assert services.circulars.public_one(id) is None
    assert waiting_notices(services).count(("circular_withdrawn", 71)) == 1


def test_only_the_dinsos_of_that_city_withdraws(services, heads, dinsos):
    id = services.circulars.write(dinsos, a_circular())
    assert not services.circulars.withdraw(heads.create("dinsos", area="76.04"), id)


def test_a_draft_is_seen_by_its_writer_only_until_it_is_sent(services, heads, dinsos, link):
    colleague, rt = heads.create("dinsos"), heads.create("rt")
    link(rt, 71), heads.create("rt"), heads.create("rt", rt=9)
    id = services.circulars.prepare(dinsos, a_circular(public=True), a_pdf())
    written, received, reach = services.circulars.draft(dinsos, id)
    assert written == a_circular(public=True, levels=ALL_LEVELS[::-1])
    assert received.circular.pdf_size
    assert (reach.offices, reach.linked) == (2, 1)
    for officer in (colleague, rt):
        assert services.circulars.draft(officer, id) is None
        assert not services.circulars.send(officer, id)
    assert services.circulars.show(rt, id) is None
    assert services.circulars.inbox(dinsos).circulars.items == ()
    assert services.circulars.public_one(id) is None
    assert services.circulars.public_pdf(id) is None
    assert services.circulars.send(dinsos, id)
    assert not services.circulars.send(dinsos, id)
    assert services.circulars.draft(dinsos, id) is None
    assert services.circulars.show(rt, id).standing is Standing.WAITING
    assert services.circulars.inbox(colleague).circulars[0].mine


def test_a_draft_that_is_written_anew_keeps_its_pdf(services, dinsos):
    pdf = a_pdf()
    first = services.circulars.prepare(dinsos, a_circular(text=""), pdf)
    second = services.circulars.prepare(dinsos, a_circular(text="", title="Lain"), instead_of=first)
    assert services.circulars.draft(dinsos, first) is None
    services.circulars.send(dinsos, second)
    assert services.circulars.pdf(dinsos, second) == (NUMBER, pdf)


def test_only_what_is_public_is_for_everybody(services, dinsos, heads):
    rt = heads.create("rt")
    pdf = a_pdf()
    inner = services.circulars.write(dinsos, a_circular(), pdf)
    public = services.circulars.write(dinsos, a_circular(public=True), pdf)
    assert [circular.id for circular in services.circulars.public().items] == [public]
    assert services.circulars.public_one(inner) is None
    assert services.circulars.public_pdf(inner) is None
    assert services.circulars.public_pdf(public) == (NUMBER, pdf)
    assert services.circulars.pdf(rt, inner) == (NUMBER, pdf)
    assert services.circulars.pdf(heads.create("rt", area=BANTAR_JATI), inner) is None


def test_the_inbox_has_pages_and_what_waits_comes_first(services, heads, dinsos, clock):
    rt = heads.create("rt")
    ids = []
    for number in range(22):
        clock.passes(minutes=1)
        ids.append(services.circulars.write(dinsos, a_circular(number=f"SE {number}")))
    services.circulars.acknowledge(rt, ids[-1], "read")
    first, second = services.circulars.inbox(rt, 1), services.circulars.inbox(rt, 99)
    assert (first.circulars.pages, first.waiting, len(first.circulars), second.circulars.number) == (2, 21, 20, 2)
    assert [received.circular.id for received in second.circulars] == [ids[0], ids[-1]]


def test_an_answer_names_the_public_circular_its_list_rests_on(services, office, dinsos):
    from salur.core.limits.asker import Asker
    from salur.core.people.nik import recognise

    mother = Recipient()
    office.publishes(mother)  # by SK Dinsos 460/12/2026

    def named():
        answer = services.lookup.ask(recognise(mother.nik), mother.name, asker=Asker.chat(1))
        return answer.present[0].circular

    assert named() is None
    services.circulars.write(dinsos, a_circular(number="SK Dinsos 460/12/2026"))
    assert named() is None
    public = services.circulars.write(dinsos, a_circular(number="sk dinsos  460 / 12/2026", public=True))
    assert named() == public
    services.circulars.withdraw(dinsos, public)
    assert named() is None


def test_who_was_taken_off_is_pointed_to_the_circular_of_the_list_in_force(services, office, dinsos):
    from salur.core.limits.asker import Asker
    from salur.core.people.nik import recognise

    mother = Recipient()
    office.publishes(mother, period="2025-T4")
    office.publishes(Recipient(name="DEDE"), period="2026-T1")
    public = services.circulars.write(dinsos, a_circular(number="SK Dinsos 460/12/2026", public=True))
    answer = services.lookup.ask(recognise(mother.nik), mother.name, asker=Asker.chat(1))
    assert [e.circular for e in answer.entitlements] == [public, public]
