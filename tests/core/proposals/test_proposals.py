"""What residents send, and what their tickets show."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text, update

from salur.core.errors import Refused, TooManyAttempts
from salur.core.limits.asker import Asker
from salur.core.officers.scope import inside
from salur.core.people.nik import Kk, Nik
from salur.core.proposals.answers import NoTicket, Said
from salur.core.proposals.kinds import Holder, Kind, Outcome, Step
from salur.core.proposals.log import BODY, PHOTO
from salur.core.regions.territory import Territory
from salur.core.tables.proposals import PhotoRow, ProposalRow
from tests.fixtures.office import TEGAL_GUNDIL, Recipient, a_kk, a_nik
from tests.fixtures.proposals import HOME, a_draft, a_photo, copies_agree, rows, steps_of
from tests.fixtures.services import vault_of

KINDS = list(Kind)


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_sends_gets_a_ticket_that_shows_who_has_it(sender, heads, kind):
    for role in ("rt", "kelurahan", "kecamatan", "dinsos"):
        heads.create(role)
    receipt = sender.sends(a_draft(kind))
    status = sender.looks()
    assert status.holder is receipt.first_holder
    assert steps_of(status) == [Step.SENT]
    assert status.due_at == receipt.due_at
    assert receipt.territory.kelurahan == "Tegal Gundil"
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
    vault = vault_of(services)
    said = Said.of(vault.open_json(row.sealed_body, BODY, row.id))
    assert (said.nik, said.kk, said.name, said.territory) == (Nik.parse(nik), Kk.parse(kk), "Nur Hayati", HOME)
    assert vault.open(photo.sealed_jpeg, PHOTO, photo.id).startswith(b"\xff\xd8")
    assert nik not in repr(said)


def test_a_report_is_in_nobodys_area_below_dinsos(sender, heads, services):
    officers = {role: heads.create(role) for role in ("rt", "rw", "kelurahan", "kecamatan", "dinsos")}
    sender.sends(a_draft("laporan"))
    with services.database.reading() as connection:
        columns = ProposalRow.__table__.c
        area = {
            role: len(connection.execute(select(columns.id).where(inside(officer.territory, columns))).all())
            for role, officer in officers.items()
        }
    assert area == {"rt": 0, "rw": 0, "kelurahan": 0, "kecamatan": 0, "dinsos": 1}
    (row,) = rows(services, ProposalRow)
    assert (row.region_code, row.rw, row.rt, row.holder) == ("32.71", None, None, "dinsos")
    assert sender.looks().territory.kelurahan == "Tegal Gundil"


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

    def test_a_chat_that_answers_or_objects_has_it_in_its_reply_and_others_are_told(
        self, sender, heads, levels, services, clock
    ):
        heads.create("kelurahan")
        sender.sends()
        chats = [sender.asker.chat_id, 4242]
        for chat in chats:
            sender.follows(chat)
        levels.takes("asked", "kelurahan", words="Sejak kapan?")
        clock.passes(hours=1)
        sender.answers("Sejak Januari")
        levels.takes("rejected", "kelurahan", "well_off")
        clock.passes(hours=1)
        sender.objects("Tidak benar")
        told = [(notice.facts["step"], int(notice.address)) for notice in services.notices.take()]
        own = [("asked", chats[0]), ("rejected", chats[0])]
        assert sorted(told) == sorted(own + [(step, 4242) for step in ("asked", "answered", "rejected", "objected")])

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
    assert sender.sends(a_draft("koreksi", territory=Territory(TEGAL_GUNDIL))).territory.kecamatan == "Bogor Utara"
