"""A list of heads invites them at once; nothing of it is lost, nobody is invited twice, and no list reaches further."""

from __future__ import annotations

from io import BytesIO

import pytest
from xlsxwriter import Workbook

from salur.core.errors import NotThere, Refused, UnreadableFile
from salur.core.officers.roles import Role
from salur.core.proposals.kinds import Holder
from salur.core.regions.territory import Territory
from salur.core.rollout.answers import HeadRow
from salur.documents.sent.heads import read_heads
from salur.wiring import Services
from tests.fixtures.circulars import BANTAR_JATI
from tests.fixtures.office import TEGAL_GUNDIL, Office, Recipient
from tests.fixtures.officers import PASSWORD, Heads
from tests.fixtures.proposals import Sender, a_plain_draft


def in_a_workbook(*rows: tuple[object, ...]) -> bytes:
    """Rows of a workbook, a title and the header above them."""
    content = BytesIO()
    book = Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate([("Daftar ketua",), ("Nama", "Jabatan", "RT", "RW", "Kelurahan"), *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    return content.getvalue()


ROWS = (
    ("Asep", "RT", 1, 5, "Tegal Gundil"),
    ("Dewi", "Ketua RT", "002", "RW 05", "KEL. TEGALGUNDIL"),
    ("Ujang", "RW", "", 5, "Tegal Gundil"),
    ("Neng", "RT", 1, 5, "Tegal Gundil"),  # stood above
    ("Budi", "Lurah", "", 5, "Tegal Gundil"),
    ("Rina", "RT", "", 5, "Tegal Gundil"),
    ("Yati", "RT", 3, "lima", "Tegal Gundil"),
    ("Tono", "RT", 3, 5, "Atlantis"),
    ("Wati", "", 4, 5, "Bantarjati"),
    ("Sari", "RT", 3, 5, "Tegal Gundil"),  # has an account
)


def test_every_row_is_invited_refused_or_known_and_the_slips_work(services: Services, heads: Heads) -> None:
    dinsos = heads.create(Role.DINSOS)
    heads.create(Role.RT)
    done = services.rollout.invite_many(dinsos, read_heads(in_a_workbook(*ROWS)))
    assert [(slip.name, slip.invited.role, slip.invited.territory) for slip in done.slips] == [
        ("Asep", Role.RT, Territory(TEGAL_GUNDIL, 5, 1)),
        ("Dewi", Role.RT, Territory(TEGAL_GUNDIL, 5, 2)),
        ("Ujang", Role.RW, Territory(TEGAL_GUNDIL, 5)),
        ("Wati", Role.RT, Territory("32.71.05.1001", 5, 4)),
    ]
    assert [(one.row, one.code) for one in done.refused] == [
        (7, "head_role"), (8, "head_rt"), (9, "head_rw"), (10, "head_kelurahan"),
    ]  # fmt: skip
    assert done.known == (6, 12)
    assert done.rows == len(ROWS)
    assert services.invitations.accept(done.slips[0].invited.code, "rt.asep", PASSWORD)
    again = services.rollout.invite_many(dinsos, read_heads(in_a_workbook(*ROWS)))
    assert (len(again.slips), len(again.refused), len(again.known)) == (0, 4, 6)


def test_a_list_reaches_no_further_than_the_office(services: Services, heads: Heads) -> None:
    clerk = heads.create(Role.KELURAHAN)
    rows = (("A", "RT", 1, 5, ""), ("B", "RT", 1, 5, "Bantarjati"), ("C", "RW", "", 6, "Tegal Gundil"))
    done = services.rollout.invite_many(clerk, read_heads(in_a_workbook(*rows)))
    assert [slip.name for slip in done.slips] == ["A", "C"]
    assert [(one.row, one.code) for one in done.refused] == [(4, "head_kelurahan")]
    for role in (Role.RT, Role.RW, Role.PAYOUT):
        with pytest.raises(NotThere):
            services.rollout.invite_many(heads.create(role), [HeadRow(2, "A", "RT", "1", "5", "Tegal Gundil")])
        with pytest.raises(NotThere):
            services.rollout.without_account(heads.create(role))


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04", b"Nama,Alamat\nAsep,Jl. Roda\n", b"%PDF-1.4"])
def test_what_is_no_list_is_refused_as_a_whole(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_heads(content)


def test_a_csv_is_read_too_and_an_empty_one_is_said_to_be(services: Services, heads: Heads) -> None:
    rows = read_heads(b"nama;jabatan;rt;rw;kelurahan\nAsep;RT;001;005;Tegal Gundil\n;;;;\n")
    assert [(row.row, row.name, row.rt, row.rw) for row in rows] == [(2, "Asep", "001", "005")]
    with pytest.raises(Refused, match="nobody_in_it"):
        services.rollout.invite_many(heads.create(Role.DINSOS), ())


def test_which_rt_have_none_is_told_by_kelurahan_and_their_proposals_wait_for_the_next_level(
    services: Services, heads: Heads, office: Office, sender: Sender
) -> None:
    office.publishes(Recipient(rt=3), Recipient(rt=4), Recipient(rw=6, rt=1), Recipient(region_code=BANTAR_JATI))
    heads.create(Role.RT)
    dinsos = heads.create(Role.DINSOS)
    found = {one.code: (one.missing, one.known) for one in services.rollout.without_account(dinsos)}
    assert found == {TEGAL_GUNDIL: (((5, 4), (6, 1)), 3), BANTAR_JATI: (((5, 3),), 1)}
    clerk = heads.create(Role.KELURAHAN)
    assert [one.code for one in services.rollout.without_account(clerk)] == [TEGAL_GUNDIL]
    # Nobody waits for a head who is not there: neither RT nor RW of RT 1 RW 6 has an account.
    receipt = sender.sends(a_plain_draft(territory=Territory(TEGAL_GUNDIL, 6, 1)))
    assert receipt.first_holder is Holder.KELURAHAN
