"""What a payee says against an answer: that the money never came, that they are still entitled.

The pass of an entitlement says who they are and which it is; nothing that anybody can choose does.
"""

from __future__ import annotations

import base64
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from salur.core.errors import FieldsRefused, Refused
from salur.core.limits.asker import Asker
from salur.core.people.nik import recognise
from salur.core.proposals.kinds import Holder, Kind, Step
from salur.core.tables.proposals import ProposalRow
from tests.fixtures.office import Recipient, Reported, a_kk, a_nik
from tests.fixtures.proposals import a_draft, rows

PHONE, OTHER = Asker.address("203.0.113.7", mark="a phone"), Asker.address("203.0.113.7", mark="another phone")


@pytest.fixture
def mother(office):
    """Listed, and paid as PT Pos says."""
    mother = Recipient()
    office.publishes(mother)
    office.hears(Reported(nik=mother.nik, name=mother.name))
    return mother


@pytest.fixture
def asks(services):
    """Ask, and get the answer's entitlements."""
    return lambda who, name="": services.lookup.ask(recognise(who.nik), name or who.name, asker=PHONE).entitlements


@pytest.fixture
def dropped(office):
    """Listed until the last quarter."""
    dropped = Recipient(name="DEDE KURNIA")
    office.publishes(dropped, period="2025-T4")
    office.publishes(Recipient(name="EUIS"), period="2026-T1")
    return dropped


def contests(services, key, words="", asker=PHONE):
    return services.proposals.contest(key, words, asker=asker)


def test_a_report_names_the_payment_and_goes_to_dinas_sosial_alone(services, mother, asks, chain):
    (paid,) = asks(mother)
    receipt = contests(services, paid.key, "Katanya sudah diambil orang.")
    assert (receipt.kind, receipt.first_holder, receipt.needs_name) == (Kind.LAPORAN, Holder.DINSOS, True)
    (id,) = chain.waiting(chain.dinsos)
    case = chain.case(chain.dinsos, id)
    told = case.said.told
    assert (told.programme_name, told.period, told.paid) == ("Program Keluarga Harapan", "2026-T1", True)
    assert (told.paid_on, told.paid_at, told.amount) == (date(2026, 2, 12), "Kantor Pos Bogor", 600_000)
    assert (case.said.nik.reveal(), case.said.reason) == (mother.nik, "paid_not_received")
    assert case.said.words == "Katanya sudah diambil orang."
    for officer in (chain.rt, chain.rw, chain.kelurahan, chain.kecamatan):
        assert chain.waiting(officer) == []
    assert services.proposals.status(receipt.code, "Siti Maesaroh", asker=PHONE).told == told


def test_a_payment_that_is_undone_afterwards_is_still_told_as_it_was(services, office, asks, chain):
    mother = Recipient()
    office.publishes(mother)
    file = office.hears(Reported(nik=mother.nik, name=mother.name))
    (paid,) = asks(mother)
    services.payments.undo(file)
    contests(services, paid.key)
    (id,) = chain.waiting(chain.dinsos)
    assert chain.case(chain.dinsos, id).said.told.paid_on == date(2026, 2, 12)


def test_who_was_taken_off_objects_with_list_and_reason_filled_in(services, dropped, asks, chain):
    (off, past) = asks(dropped)
    assert past.key == ""
    receipt = contests(services, off.key)
    assert (receipt.kind, receipt.first_holder) == (Kind.SANGGAH, Holder.NEIGHBOURHOOD)
    (id,) = chain.waiting(chain.rt)
    case = chain.case(chain.rt, id)
    assert (case.said.told.last_listed, case.said.told.period, case.said.told.paid) == ("2025-T4", "2026-T1", False)
    assert (case.said.reason, case.said.nik, case.said.name) == ("still_entitled", None, "DEDE KURNIA")
    assert "still_in_need" not in case.choices.reasons
    assert "well_off" in case.choices.reasons
    chain.decides(chain.rt, id, Step.REJECTED, "well_off")


def test_what_is_due_can_not_be_contested(office, asks):
    mother = Recipient()
    office.publishes(mother)
    assert [said.key for said in asks(mother)] == [""]


@pytest.mark.parametrize("forged", ["", "AAAA", "1", "é", "A" * 5_000])
def test_what_is_no_pass_of_an_entitlement_sends_nothing(services, mother, asks, forged):
    with pytest.raises(Refused, match="key_expired"):
        contests(services, forged)
    assert rows(services, ProposalRow) == []


def test_no_other_pass_and_no_changed_one_does(services, mother, asks):
    answer = services.lookup.ask(recognise(mother.nik), mother.name, asker=PHONE)
    (paid,) = answer.entitlements
    bent = bytearray(base64.urlsafe_b64decode(paid.key))
    bent[-20] ^= 1
    for key in (answer.key, answer.way_back, base64.urlsafe_b64encode(bent).decode()):
        with pytest.raises(Refused, match="key_expired"):
            contests(services, key)
    for use in (services.my_data.people, services.asking.again, services.proposals.receipt, services.proposals.again):
        with pytest.raises(Refused, match="key_expired"):
            use(paid.key)
    assert rows(services, ProposalRow) == []


def test_a_pass_ends_after_a_quarter_of_an_hour_and_looking_again_makes_it_no_longer(services, mother, clock):
    answer = services.lookup.ask(recognise(mother.nik), mother.name, asker=PHONE)
    clock.passes(minutes=14)
    (again,) = services.asking.again(answer.way_back).entitlements
    services.proposals.told(again.key)
    clock.passes(minutes=1)
    with pytest.raises(Refused, match="key_expired"):
        contests(services, again.key)


def test_the_same_sender_gets_the_ticket_they_have_while_it_is_open(services, mother, asks, chain, clock):
    first = contests(services, asks(mother)[0].key)
    clock.passes(days=2)
    assert contests(services, asks(mother)[0].key, "Masih belum.") == first
    (id,) = chain.waiting(chain.dinsos)
    chain.decides(chain.dinsos, id, words="Sudah diselidiki.")
    second = contests(services, asks(mother)[0].key)
    assert second.code != first.code
    assert contests(services, asks(mother)[0].key).code == second.code
    assert len(rows(services, ProposalRow)) == 2


def test_nobody_else_gets_that_ticket_or_is_joined_to_the_report(services, mother, asks):
    first = contests(services, asks(mother)[0].key)
    for asker in (OTHER, Asker.chat(7), Asker.address("203.0.113.7")):
        assert contests(services, asks(mother)[0].key, asker=asker).code != first.code
    assert len(rows(services, ProposalRow)) == 4


def test_two_payments_are_two_reports(services, office, asks):
    mother = Recipient()
    for programme in ("PKH", "SEMBAKO"):
        office.publishes(mother, programme=programme)
        office.hears(Reported(nik=mother.nik, name=mother.name), programme=programme)
    codes = {contests(services, said.key).code for said in asks(mother)}
    assert len(codes) == len(rows(services, ProposalRow)) == 2


def test_a_corrected_list_makes_no_second_report_of_the_same_payment(services, office, mother, asks):
    first = contests(services, asks(mother)[0].key)
    office.publishes(mother)
    assert contests(services, asks(mother)[0].key) == first


def test_an_objection_about_oneself_is_not_joined_to_somebody_elses_against_one(services, dropped, asks, sender):
    sender.sends(a_draft("sanggah", nik=dropped.nik))
    contests(services, asks(dropped)[0].key)
    assert len(rows(services, ProposalRow)) == 2
    contests(services, asks(dropped)[0].key, asker=OTHER)
    assert len(rows(services, ProposalRow)) == 2, "of the family another sent the same"
    sender.sends(a_draft("sanggah", nik=dropped.nik, words="Lagi."))
    assert len(rows(services, ProposalRow)) == 2


def test_in_a_family_it_is_about_the_payee_of_that_entitlement(services, office, chain):
    kk = a_kk()
    mother, aunt = Recipient(kk=kk), Recipient(name="RINA WATI", kk=kk)
    office.publishes(mother, aunt)
    office.hears(Reported(nik=aunt.nik, name=aunt.name))
    answer = services.lookup.ask(recognise(kk), mother.name, asker=PHONE)
    (paid,) = [said for said in answer.entitlements if said.key]
    contests(services, paid.key)
    (id,) = chain.waiting(chain.dinsos)
    assert chain.case(chain.dinsos, id).said.nik.reveal() == aunt.nik


def test_words_have_an_end_and_the_hour_has_a_budget(services, mother, asks):
    (paid,) = asks(mother)
    with pytest.raises(FieldsRefused):
        contests(services, paid.key, "a" * 1001)
    for _ in range(20):
        contests(services, paid.key, asker=Asker.chat(5))
    with pytest.raises(Exception, match="asker"):
        contests(services, paid.key, asker=Asker.chat(5))


def test_the_same_content_from_the_same_phone_is_one_sending_for_a_day(services, clock):
    draft = a_draft("laporan")
    first = services.proposals.send(draft, asker=PHONE)
    assert services.proposals.send(draft, asker=PHONE) == first
    assert services.proposals.send(draft, asker=OTHER).code != first.code
    other = services.proposals.send(a_draft("laporan", words="Diminta lagi."), asker=PHONE)
    assert other.code != first.code
    clock.passes(days=1)
    assert services.proposals.send(draft, asker=PHONE).code != first.code
    assert len(rows(services, ProposalRow)) == 4


def test_a_chats_number_alone_says_nothing_of_what_was_sent_without_a_name(services):
    draft = a_draft("laporan")
    assert services.proposals.send(draft, asker=Asker.chat(5)) != services.proposals.send(draft, asker=Asker.chat(5))


def test_a_receipt_comes_back_as_it_was_for_a_quarter_of_an_hour(services, clock, chain):
    sent = services.proposals.send(a_draft(nik=a_nik()), asker=PHONE)
    clock.passes(minutes=14)
    assert services.proposals.receipt(sent.way_back) == sent
    clock.passes(minutes=1)
    with pytest.raises(Refused, match="key_expired"):
        services.proposals.receipt(sent.way_back)


def test_of_two_taps_at_once_the_second_gets_the_ticket_of_the_first(services, mother, asks):
    (paid,) = asks(mother)
    with ThreadPoolExecutor(4) as taps:
        codes = {receipt.code for receipt in taps.map(lambda _: contests(services, paid.key), range(4))}
    assert len(codes) == len(rows(services, ProposalRow)) == 1
