"""What an officer sees of a proposal, and what of it stays hidden."""

from __future__ import annotations

import pytest

from salur.core.errors import Refused
from salur.core.people.nik import Kk, Nik
from salur.core.proposals.kinds import Kind, Step
from salur.core.regions.territory import Territory
from tests.fixtures.office import Office, Recipient, a_kk, a_nik, born_in
from tests.fixtures.officers import Heads
from tests.fixtures.proposals import Chain, a_photo, a_plain_draft


def test_numbers_in_full_are_for_dinas_sosial_and_the_phone_for_who_has_it(chain: Chain) -> None:
    nik, kk = a_nik(), a_kk()
    id = chain.receives(a_plain_draft(number=Nik.parse(nik), kk=Kk.parse(kk), phone="0812 3456 7890"))
    for officer in (chain.rt, chain.rw, chain.kelurahan, chain.kecamatan):
        case = chain.case(officer, id)
        assert (case.said.nik, case.said.kk) == (None, None)
        assert (case.birth_year, case.has_kk) == (born_in(nik), True)
        assert (case.said.phone != "") == (officer in (chain.rt, chain.rw))
    case = chain.case(chain.dinsos, id)
    assert case.said.nik is not None
    assert (case.said.nik.reveal(), case.said.phone) == (nik, "")
    chain.climbs(id, chain.rt, chain.kelurahan, chain.kecamatan)
    assert chain.case(chain.dinsos, id).said.phone == "0812 3456 7890"
    assert chain.case(chain.rt, id).said.phone == ""


def test_what_a_second_sender_said_stands_with_his_step_and_hides_his_numbers(chain: Chain) -> None:
    nik = a_nik()
    id = chain.receives(a_plain_draft(number=Nik.parse(nik)))
    chain.receives(a_plain_draft(number=Nik.parse(nik), words="Anaknya empat.", whom="neighbour", phone="0812 000 000"))
    assert chain.waiting(chain.rt) == [id]
    joined = chain.case(chain.rt, id).history[-1]
    assert joined.step is Step.JOINED
    assert joined.also is not None
    assert (joined.also.words, joined.also.nik, joined.also.phone) == ("Anaknya empat.", None, "")


def test_hints_tell_of_lists_beyond_the_territory_and_of_other_proposals_within(chain: Chain, office: Office) -> None:
    kk = a_kk()
    first = chain.receives(a_plain_draft(Kind.USULAN, kk=Kk.parse(kk)))
    second = chain.receives(a_plain_draft(Kind.USULAN, kk=Kk.parse(kk)))
    chain.receives(a_plain_draft(Kind.USULAN, kk=Kk.parse(kk), territory=Territory("32.71.05.1001", 1, 1)))
    office.drafts(Recipient(kk=kk), programme="BST")
    office.publishes(Recipient(kk=kk, region_code="32.71.01.1001"), programme="SEMBAKO")
    case = chain.case(chain.rt, second)
    assert [(listing.programme, listing.by_nik) for listing in case.listings] == [("SEMBAKO", False)]
    assert [other.id for other in case.related] == [first]
    assert len(chain.case(chain.dinsos, second).related) == 2


def test_a_look_at_a_listed_person_is_written_to_his_record(chain: Chain, office: Office) -> None:
    from sqlalchemy import select

    from salur.core.tables.privacy import AccessRow

    nik = a_nik()
    office.publishes(Recipient(nik=nik))
    id = chain.receives(a_plain_draft(Kind.KOREKSI, number=Nik.parse(nik)))
    chain.case(chain.kelurahan, id)
    with chain.services.database.reading() as connection:
        looks = connection.execute(select(AccessRow.role, AccessRow.what, AccessRow.door)).all()
    assert [tuple(look) for look in looks] == [("kelurahan", "proposal", "web")]


def test_a_photo_belongs_to_its_proposal_and_territory(chain: Chain, heads: Heads) -> None:
    mine = chain.receives(a_plain_draft(photos=(a_photo(), a_photo((90, 120)))))
    other = chain.receives()
    first, second = chain.case(chain.rt, mine).photos
    inbox = chain.services.casework
    for officer in (chain.rt, chain.rw, chain.kelurahan, chain.dinsos):
        assert inbox.photo(officer, mine, first).startswith(b"\xff\xd8")
    assert inbox.photo(chain.rt, mine, first) != inbox.photo(chain.rt, mine, second)
    for officer, id, photo in (
        (chain.rt, other, first),
        (chain.rt, mine, other),
        (heads.create("rw", rw=6), mine, first),
    ):
        with pytest.raises(Refused, match="no_such_proposal"):
            inbox.photo(officer, id, photo)


def test_a_head_learns_nothing_of_a_stranger_by_proposing_him(chain, office):
    nik, kk = a_nik(), a_kk()
    far = "32.71.01.1001"
    office.publishes(Recipient(nik=nik, region_code=far), Recipient(kk=kk, name="DADANG", region_code=far))
    for draft in (a_plain_draft(number=Nik.parse(nik), name="X"), a_plain_draft(kk=Kk.parse(kk), name="X")):
        assert chain.case(chain.rt, chain.receives(draft)).listings == ()
    known = chain.receives(a_plain_draft(number=Nik.parse(nik)))
    assert [listing.programme for listing in chain.case(chain.rt, known).listings] == ["PKH"]


def test_a_head_who_sends_name_after_name_finds_none_in_the_end(chain, office):
    number = Nik.parse(a_nik())
    office.publishes(Recipient(nik=number.reveal(), region_code="32.71.01.1001"))
    for letter in "BCDFGHJKLM":
        chain.receives(a_plain_draft(number=number, name=f"{letter}udi Setiawan"))
    assert chain.case(chain.rt, chain.receives(a_plain_draft(number=number))).listings == ()


def test_a_nik_that_someone_wrote_into_his_story_is_read_by_dinas_sosial_alone(chain):
    id = chain.receives(a_plain_draft(words="NIK saya 3271 0545 0576 0001, tolong dibantu."))
    assert chain.case(chain.rt, id).said.words == "NIK saya …0001, tolong dibantu."
    assert "3271 0545 0576 0001" in chain.case(chain.dinsos, id).said.words
