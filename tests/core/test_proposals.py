"""What residents send, and what their tickets show."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from salur.core.attempts import Asker
from salur.core.errors import Refused, TooManyAttempts
from salur.core.nik import Kk, Nik
from salur.core.proposal_answers import NoTicket, Said
from salur.core.proposal_log import BODY, PHOTO, ProposalLog
from salur.core.proposal_steps import Holder, Kind, Outcome, Step, present
from salur.core.roles import Territory
from salur.core.scope import inside
from salur.core.tables import PhotoRow, ProposalEventRow, ProposalRow
from salur.core.ticket_codes import TicketCode
from tests.fixtures.office import TEGAL_GUNDIL, Recipient, a_kk, a_nik
from tests.fixtures.senders import HOME, a_draft, a_photo

KINDS = list(Kind)


def rows(services, table):
    """All rows of a table."""
    with services.database.reading() as connection:
        return connection.execute(select(table.__table__)).all()


def steps_of(status):
    """The steps that a ticket shows."""
    return [step.step for step in status.steps]


def copies_agree(services):
    """Whether every proposal's columns are what its events add up to."""
    log = ProposalLog(services.proposals._vault, services.notices, services.proposals._clock)
    with services.database.reading() as connection:
        for row in connection.execute(select(ProposalRow.__table__)).all():
            state = present(Kind(row.kind), log.events(connection, row.id))
            copied = (row.holder, row.desk, row.held_since, row.due_at, row.outcome)
            assert copied == (state.holder, state.desk, state.held_since, state.due_at, state.outcome)
    return True


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_sends_gets_a_ticket_that_shows_who_has_it(sender, heads, kind):
    for role in ("rt", "kelurahan", "kecamatan", "dinsos"):
        heads.create(role)
    receipt = sender.sends(a_draft(kind))
    status = sender.looks()
    assert status.holder is receipt.first_holder
    assert steps_of(status) == [Step.SENT]
    assert status.due_at == receipt.due_at
    assert receipt.place.kelurahan == "Tegal Gundil"
    first = {Kind.USULAN: Holder.NEIGHBOURHOOD, Kind.SANGGAH: Holder.NEIGHBOURHOOD}
    first |= {Kind.KOREKSI: Holder.KELURAHAN, Kind.LAPORAN: Holder.DINSOS}
    assert receipt.first_holder is first[kind]


def test_where_no_rt_or_rw_has_an_account_it_starts_at_the_kelurahan(sender, heads):
    heads.create("rt", rt=9)
    heads.create("kelurahan")
    assert sender.sends().first_holder is Holder.KELURAHAN
    heads.create("rw")
    assert sender.sends().first_holder is Holder.NEIGHBOURHOOD


def test_a_closed_account_takes_nothing(sender, heads, services):
    heads.create("rt")
    with services.database.writing() as connection:
        connection.execute(text("UPDATE account SET closed_at = created_at"))
    assert sender.sends().first_holder is Holder.DINSOS


def test_everything_personal_is_sealed(sender, services):
    nik, kk = a_nik(), a_kk()
    sender.sends(
        a_draft(nik=nik, kk=Kk.parse(kk), name="Nur Hayati", words="Suami berhenti kerja", phone="081200001111",
                photos=(a_photo(),))
    )  # fmt: skip
    (row,) = rows(services, ProposalRow)
    (photo,) = rows(services, PhotoRow)
    kept = b"".join(value for row in (row, photo) for value in row if isinstance(value, bytes))
    kept += "".join(str(value) for value in row).encode()
    for secret in (nik, kk, "Nur Hayati", "Suami berhenti", "081200001111", "income_lost"):
        assert secret.encode() not in kept
    vault = services.proposals._vault
    said = Said.of(vault.open_json(row.sealed_body, BODY, row.id))
    assert (said.nik, said.kk, said.name, said.place) == (Nik.parse(nik), Kk.parse(kk), "Nur Hayati", HOME)
    assert vault.open(photo.sealed_jpeg, PHOTO, photo.id).startswith(b"\xff\xd8")
    assert nik not in repr(said)


def test_wrong_code_and_wrong_digits_look_the_same(sender, services):
    receipt = sender.sends()
    ask = services.proposals.status
    assert ask(receipt.code, "0000", asker=Asker.chat(1)) == NoTicket()
    assert ask(TicketCode.new(), sender.last_four, asker=Asker.chat(1)) == NoTicket()
    assert ask(receipt.code, "", asker=Asker.chat(1)) == NoTicket()


def test_wrong_code_and_wrong_digits_cost_the_same_statements(sender, services):
    from sqlalchemy import event

    receipt = sender.sends()
    counts = []
    for code in (receipt.code, TicketCode.new()):
        seen = []
        hear = lambda *args, seen=seen: seen.append(args[2].split()[0])  # noqa: E731
        event.listen(services.database.engine, "before_cursor_execute", hear)
        services.proposals.status(code, "0000", asker=Asker.chat(2))
        event.remove(services.database.engine, "before_cursor_execute", hear)
        counts.append(seen)
    assert counts[0] == counts[1]


def test_after_three_wrong_digits_the_ticket_is_closed_to_this_asker(sender, services, clock):
    receipt = sender.sends()
    guesser = Asker.chat(77)
    for digits in ("0001", "0002", "0003"):
        assert services.proposals.status(receipt.code, digits, asker=guesser) == NoTicket()
    with pytest.raises(TooManyAttempts) as refused:
        services.proposals.status(receipt.code, sender.last_four, asker=guesser)
    assert refused.value.scope == "ticket"
    assert sender.looks().holder is Holder.DINSOS
    clock.passes(hours=25)
    assert services.proposals.status(receipt.code, sender.last_four, asker=guesser) != NoTicket()


def test_an_anonymous_report_needs_its_code_alone(sender, services):
    receipt = sender.sends(a_draft("laporan"))
    assert not receipt.needs_digits
    assert services.proposals.status(receipt.code, "", asker=Asker.chat(1)).kind is Kind.LAPORAN


def test_who_has_no_nik_opens_the_ticket_with_the_kk_number(sender):
    kk = a_kk()
    receipt = sender.sends(a_draft(nik=None, no_nik="newborn", kk=Kk.parse(kk)))
    assert receipt.needs_digits
    assert sender.last_four == kk[-4:]
    assert sender.looks().kind is Kind.USULAN


def test_a_report_is_in_nobodys_area_below_dinsos(sender, heads, services):
    officers = {role: heads.create(role) for role in ("rt", "rw", "kelurahan", "kecamatan", "dinsos")}
    sender.sends(a_draft("laporan"))
    with services.database.reading() as connection:
        area = {
            role: len(connection.execute(select(ProposalRow.id).where(inside(officer.territory, ProposalRow))).all())
            for role, officer in officers.items()
        }
    assert area == {"rt": 0, "rw": 0, "kelurahan": 0, "kecamatan": 0, "dinsos": 1}
    (row,) = rows(services, ProposalRow)
    assert (row.region_code, row.rw, row.rt, row.holder) == ("32.71", None, None, "dinsos")
    assert sender.looks().place.kelurahan == "Tegal Gundil"


def test_a_question_reaches_the_sender_and_the_answer_the_office(sender, levels, services):
    sender.sends()
    levels.takes("asked", "dinsos", words="Berapa anak yang sekolah?")
    assert sender.looks().question == "Berapa anak yang sekolah?"
    status = sender.answers("Dua, di SD.")
    assert (status.holder, status.question) == (Holder.DINSOS, None)
    assert "Dua, di SD." not in repr(status)
    with pytest.raises(Refused, match="not_asked"):
        sender.answers("Lagi")
    assert copies_agree(services)


def test_what_an_office_writes_for_the_next_level_is_not_shown_to_the_sender(sender, heads, levels):
    heads.create("kelurahan")
    heads.create("kecamatan")
    sender.sends()
    levels.takes("accepted", "kelurahan", words="Sudah dimusyawarahkan")
    assert "Sudah dimusyawarahkan" not in repr(sender.looks())
    levels.takes("rejected", "kecamatan", "other", words="Alamat tidak ketemu")
    status = sender.looks()
    assert (status.reason, status.reason_words, status.rejected_by) == (
        "other",
        "Alamat tidak ketemu",
        Holder.KECAMATAN,
    )
    assert status.may_object


def test_an_objection_goes_one_level_up_and_only_once(sender, heads, levels, services):
    heads.create("rw")
    heads.create("kelurahan")
    sender.sends()
    levels.takes("rejected", "neighbourhood", "well_off")
    status = sender.objects("Rumah itu milik kakak saya")
    assert (status.holder, status.outcome, status.may_object) == (Holder.KELURAHAN, None, False)
    with pytest.raises(Refused, match="no_objection"):
        sender.objects("Sekali lagi")
    assert copies_agree(services)


def test_an_objection_comes_too_late_after_fourteen_days(sender, levels, clock):
    sender.sends()
    levels.takes("rejected", "dinsos", "well_off")
    clock.passes(days=14, seconds=1)
    assert not sender.looks().may_object
    with pytest.raises(Refused, match="no_objection"):
        sender.objects("Terlambat")


class TestDoubles:
    """Two who propose the same person."""

    def test_a_double_of_an_open_proposal_is_joined_and_both_keep_a_ticket(self, sender, neighbour, services):
        nik = a_nik()
        sender.sends(a_draft(nik=nik))
        neighbour.sends(a_draft(nik=nik, words="Tetangga saya", photos=(a_photo(),)))
        assert len(rows(services, ProposalRow)) == 1
        assert [row.what for row in rows(services, ProposalEventRow)] == ["sent", "joined"]
        assert len(rows(services, PhotoRow)) == 1
        assert sender.receipt.code != neighbour.receipt.code
        assert sender.looks().holder is neighbour.looks().holder is Holder.DINSOS
        assert copies_agree(services)

    def test_the_nik_alone_joins_nobody_to_anothers_proposal(self, sender, neighbour, levels, clock):
        nik = a_nik()
        sender.sends(a_draft(nik=nik))
        levels.takes("asked", "dinsos", words="Sejak kapan cerai?")
        clock.passes(minutes=1)
        neighbour.sends(a_draft(nik=nik, name="Budi Setiawan"))
        assert neighbour.looks().question is None
        assert sender.looks().question == "Sejak kapan cerai?"

    def test_the_receipt_does_not_tell_whether_it_was_joined(self, sender, neighbour, heads, levels):
        for role in ("rt", "kelurahan"):
            heads.create(role)
        nik = a_nik()
        sender.sends(a_draft("sanggah", nik=nik))
        levels.takes("accepted", "neighbourhood")
        joined = neighbour.sends(a_draft("sanggah", nik=nik))
        alone = neighbour.sends(a_draft("sanggah"))
        assert replace(joined, code=alone.code) == alone

    def test_a_joined_ticket_shows_nothing_from_before_its_day(self, sender, neighbour, heads, levels, clock):
        for role in ("rt", "kelurahan"):
            heads.create(role)
        nik = a_nik()
        sender.sends(a_draft("sanggah", nik=nik))
        clock.passes(hours=1)
        levels.takes("rejected", "neighbourhood", "other", words="Bukan warga sini")
        sender.objects("Dia warga sini")
        levels.takes("asked", "kelurahan", words="Sejak kapan?")
        clock.passes(days=3)
        neighbour.sends(a_draft("sanggah", nik=nik))
        status = neighbour.looks()
        assert steps_of(status) == [Step.SENT]
        assert (status.holder, status.question, status.reason) == (Holder.KELURAHAN, None, None)
        assert status.sent_at == status.held_since == clock.now
        assert status.due_at == clock.now + timedelta(days=14)
        assert "Bukan warga sini" not in repr(status)
        with pytest.raises(Refused, match="not_asked"):
            neighbour.answers("Bukan saya yang ditanya")
        assert sender.looks().question == "Sejak kapan?"
        assert Step.JOINED not in steps_of(sender.looks())
        sender.answers("Sejak 2019")
        levels.takes("accepted", "kelurahan")
        assert steps_of(neighbour.looks()) == [Step.SENT, Step.ANSWERED, Step.ACCEPTED]

    def test_another_kind_another_nik_or_a_closed_one_is_not_joined(self, sender, levels, services):
        nik = a_nik()
        sender.sends(a_draft(nik=nik))
        sender.sends(a_draft("sanggah", nik=nik))
        sender.sends(a_draft())
        sender.sends(a_draft(nik=None, no_nik="lost_papers"))
        sender.sends(a_draft(nik=None, no_nik="lost_papers"))
        assert len(rows(services, ProposalRow)) == 5
        again = a_nik()
        sender.sends(a_draft(nik=again))
        levels.takes("rejected", "dinsos", "well_off")
        sender.sends(a_draft(nik=again))
        assert len(rows(services, ProposalRow)) == 7

    def test_two_who_name_different_places_meet_where_somebody_sees_both(self, sender, neighbour, heads, services):
        for role in ("rt", "kelurahan", "kecamatan"):
            heads.create(role)
        nik = a_nik()
        sender.sends(a_draft(nik=nik))
        elsewhere = Territory("32.71.05.1003", 1, 1)
        assert neighbour.sends(a_draft(nik=nik, place=elsewhere)).place.kelurahan != "Tegal Gundil"
        assert sender.looks().holder is neighbour.looks().holder is Holder.KECAMATAN
        assert neighbour.looks().place.rw == 1
        assert copies_agree(services)

    def test_two_who_send_at_once_are_one_proposal(self, services):
        from concurrent.futures import ThreadPoolExecutor

        nik = a_nik()
        with ThreadPoolExecutor(4) as together:
            list(
                together.map(lambda n: services.proposals.send(a_draft(nik=nik), asker=Asker.chat(5_000 + n)), range(8))
            )
        assert len(rows(services, ProposalRow)) == 1
        assert sorted(row.number for row in rows(services, ProposalEventRow)) == list(range(1, 9))


class TestGranting:
    """A published list closes what it grants."""

    def test_a_list_that_holds_the_proposer_grants_and_tells_who_follows(self, sender, office, services):
        nik = a_nik()
        sender.sends(a_draft(nik=nik))
        sender.follows(4242, "su")
        office.publishes(Recipient(), Recipient(nik=nik))
        status = sender.looks()
        assert (status.outcome, status.holder) == (Outcome.GRANTED, None)
        (notice,) = services.notices.take()
        assert (notice.chat, notice.code, notice.language) == (4242, "proposal_step", "su")
        assert notice.facts["step"] == "granted"
        assert nik not in str(notice.facts)
        assert copies_agree(services)

    def test_the_list_may_hold_someone_of_the_same_family_card(self, sender, office):
        kk = a_kk()
        sender.sends(a_draft(kk=Kk.parse(kk)))
        office.publishes(Recipient(name="ASEP", head_name="SITI MAESAROH", kk=kk))
        assert sender.looks().outcome is Outcome.GRANTED

    def test_a_number_without_its_name_tells_nobody_that_a_stranger_is_listed(self, sender, neighbour, office):
        nik, kk = a_nik(), a_kk()
        sender.sends(a_draft(nik=nik, name="Budi Setiawan"))
        neighbour.sends(a_draft(kk=Kk.parse(kk), name="Budi Setiawan"))
        office.publishes(Recipient(name="ASEP", nik=nik), Recipient(name="UJANG", kk=kk))
        assert (sender.looks().outcome, neighbour.looks().outcome) == (None, None)

    def test_whom_the_chain_accepted_is_granted_by_the_card_alone(self, sender, levels, office):
        kk = a_kk()
        sender.sends(a_draft(kk=Kk.parse(kk)))
        levels.takes("accepted", "dinsos")
        office.publishes(Recipient(name="ASEP", kk=kk))
        assert sender.looks().outcome is Outcome.GRANTED

    @pytest.mark.parametrize("state", ["suspended", "taken_off"])
    def test_who_is_named_but_gets_nothing_is_not_granted(self, sender, office, state):
        nik = a_nik()
        sender.sends(a_draft(nik=nik, kk=None))
        office.publishes(Recipient(nik=nik, state=state), Recipient())
        assert sender.looks().outcome is None

    def test_a_draft_grants_nothing_and_neither_does_another_kind(self, sender, neighbour, office):
        nik = a_nik()
        sender.sends(a_draft(nik=nik))
        neighbour.sends(a_draft("sanggah", nik=nik))
        draft = office.drafts(Recipient(nik=nik))
        assert sender.looks().outcome is None
        office.services.lists.publish(draft)
        assert sender.looks().outcome is Outcome.GRANTED
        assert neighbour.looks().outcome is None

    def test_what_was_accepted_is_granted_whenever_the_list_comes(self, sender, office, levels, clock):
        nik = a_nik()
        sender.sends(a_draft(nik=nik))
        levels.takes("accepted", "dinsos")
        assert sender.looks().outcome is Outcome.ACCEPTED
        clock.passes(days=60)
        office.publishes(Recipient(nik=nik))
        assert sender.looks().outcome is Outcome.GRANTED

    @pytest.mark.parametrize(("days", "outcome"), [(13, Outcome.GRANTED), (15, Outcome.REJECTED)])
    def test_what_was_rejected_is_granted_while_an_objection_is_possible(
        self, sender, office, levels, clock, days, outcome
    ):
        nik = a_nik()
        sender.sends(a_draft(nik=nik))
        levels.takes("rejected", "dinsos", "well_off")
        clock.passes(days=days)
        office.publishes(Recipient(nik=nik))
        assert sender.looks().outcome is outcome

    def test_a_kk_number_copied_down_a_whole_column_grants_nobody(self, sender, office):
        kk = a_kk()
        sender.sends(a_draft(kk=Kk.parse(kk)))
        office.publishes(*(Recipient(name=f"ORANG {n}", kk=kk) for n in range(41)))
        assert sender.looks().outcome is None

    def test_a_list_grants_many_at_once_and_tells_each_follower(self, sender, office, services, monkeypatch):
        monkeypatch.setattr("salur.core.proposal_log.AT_ONCE", 2)
        niks = [a_nik() for _ in range(5)]
        for chat, nik in enumerate(niks, 7_001):
            sender.sends(a_draft(nik=nik, kk=None))
            sender.follows(chat)
        office.publishes(*(Recipient(nik=nik) for nik in niks[:4]))
        assert sorted(notice.chat for notice in services.notices.take()) == [7_001, 7_002, 7_003, 7_004]
        assert sorted(str(row.outcome) for row in rows(services, ProposalRow)) == ["None", *["granted"] * 4]
        assert copies_agree(services)

    def test_two_lists_that_grant_at_the_same_moment_grant_once(self, sender, services):
        sender.sends()
        (row,) = rows(services, ProposalRow)
        with services.database.writing() as connection:
            assert [services.proposals._log.grant(connection, [row.id]) for _ in range(2)] == [1, 0]
        assert steps_of(sender.looks()) == [Step.SENT, Step.GRANTED]

    def test_a_list_that_fails_to_publish_grants_nothing(self, sender, office, services, monkeypatch):
        nik = a_nik()
        sender.sends(a_draft(nik=nik))
        draft = office.drafts(Recipient(nik=nik))
        services.lists._when_in_force += (lambda *_: 1 / 0,)
        with pytest.raises(ZeroDivisionError):
            services.lists.publish(draft)
        assert sender.looks().outcome is None


class TestFollowing:
    """A Telegram chat is told of every step."""

    def test_every_step_is_told_but_not_that_another_joined(self, sender, neighbour, heads, levels, services, clock):
        heads.create("kelurahan")
        nik = a_nik()
        sender.sends(a_draft(nik=nik))
        sender.follows(4242)
        sender.follows(4242)
        neighbour.sends(a_draft(nik=nik))
        levels.takes("asked", "kelurahan", words="Sejak kapan?")
        clock.passes(hours=1)
        sender.answers("Sejak Januari")
        clock.passes(hours=1)
        levels.takes("rejected", "kelurahan", "well_off")
        clock.passes(hours=1)
        sender.objects("Tidak benar")
        notices = services.notices.take()
        told = [(notice.facts["step"], notice.facts["level"]) for notice in notices]
        assert told == [
            ("asked", "kelurahan"), ("answered", None), ("rejected", "kelurahan"), ("objected", None),
        ]  # fmt: skip
        assert {notice.facts["ticket"] for notice in notices} == {sender.receipt.code.reveal()[-2:]}
        assert {notice.code for notice in notices} == {"proposal_step"}

    def test_who_follows_no_more_is_told_no_more(self, sender, levels, services):
        sender.sends()
        sender.follows(4242)
        assert services.proposals.unfollow(4242) == 1
        assert services.proposals.unfollow(4242) == 0
        levels.takes("accepted", "dinsos")
        assert services.notices.take() == []

    def test_only_who_holds_the_ticket_can_follow(self, sender, services):
        receipt = sender.sends()
        assert services.proposals.follow(receipt.code, "0000", 7, "id", asker=Asker.chat(7)) == NoTicket()


@pytest.mark.parametrize(("asker", "most"), [(Asker.chat(1), 20), (Asker.address("203.0.113.7"), 200)])
def test_one_asker_sends_so_much_in_an_hour_and_no_more(services, clock, asker, most):
    for _ in range(most):
        services.proposals.send(a_draft("laporan"), asker=asker)
    with pytest.raises(TooManyAttempts):
        services.proposals.send(a_draft("laporan"), asker=asker)
    assert len(rows(services, ProposalRow)) == most
    clock.passes(hours=1)
    assert services.proposals.send(a_draft("laporan"), asker=asker)


def test_more_than_three_photos_are_refused(sender):
    with pytest.raises(Refused, match="too_many_photos"):
        sender.sends(a_draft(photos=(a_photo(),) * 4))


def test_the_copy_on_the_row_is_what_all_events_add_up_to(sender, neighbour, heads, levels, office, services, clock):
    for role in ("rt", "kelurahan", "kecamatan", "dinsos"):
        heads.create(role)
    for kind in KINDS:
        sender.sends(a_draft(kind))
    nik = a_nik()
    sender.sends(a_draft(nik=nik))
    for step, level, *reason in (
        ("asked", "neighbourhood"), ("answered", None), ("accepted", "neighbourhood"),
        ("rejected", "kelurahan", "other"), ("objected", None), ("forwarded", "kecamatan"), ("returned", "dinsos"),
        ("accepted", "kecamatan"), ("accepted", "dinsos"),
    ):  # fmt: skip
        clock.passes(hours=5)
        if step == "answered":
            sender.answers("Ya")
        elif step == "objected":
            sender.objects("Tidak")
        else:
            levels.takes(step, level, *reason)
        assert copies_agree(services)
    office.publishes(Recipient(nik=nik))
    assert copies_agree(services)
    assert sender.looks().outcome is Outcome.GRANTED


def test_the_replay_would_notice_a_column_that_was_written_past_the_log(sender, services):
    sender.sends()
    with services.database.writing() as connection:
        connection.execute(update(ProposalRow).values(holder="kelurahan"))
    with pytest.raises(AssertionError):
        copies_agree(services)


def test_ids_of_places_are_those_of_the_gazetteer(sender):
    assert sender.sends(a_draft(place=Territory(TEGAL_GUNDIL))).place.kecamatan == "Bogor Utara"
