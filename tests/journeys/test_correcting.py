"""The office corrects one person of a list; a resident in the other window reads it at once, and nothing half."""

from __future__ import annotations

from salur.core.limits.kinds import Door
from salur.core.lists.kinds import State
from salur.core.marks.kinds import CareReason, MarkKind
from salur.core.neighbourhood.answers import Filter, LineState
from salur.core.officers.roles import Role
from salur.core.payouts.kinds import Round
from salur.wiring import Services
from tests.fixtures.corrections import Koreksi
from tests.fixtures.office import TEGAL_GUNDIL, Office, Recipient, Reported
from tests.fixtures.officers import Heads
from tests.journeys.doors import Resident


def test_a_resident_reads_the_corrected_amount_and_name(resident: Resident, office: Office, koreksi: Koreksi) -> None:
    one, other = Recipient(name="EUIS KARTINI"), Recipient(name="WIWIN SUHARTI")
    office.publishes(one, other)
    assert "Rp600.000" in resident.asks(one.nik, "Euis Kartini")
    koreksi.publishes(one, amount=900_000, name="EUIS KARTIKASARI")
    answers = [resident.another().asks(one.nik, name) for name in ("Euis Kartini", "Euis Kartikasari")]
    assert all("Rp900.000" in answer and "Rp600.000" not in answer for answer in answers)
    assert "Rp600.000" in resident.another().asks(other.nik, "Wiwin Suharti")
    # Who types neither name learns no more than of a number that is on no list.
    assert resident.another().asks(one.nik, "Yoyoh") == resident.another().asks(Recipient().nik, "Yoyoh")


def test_a_resident_reads_why_they_were_taken_off_and_is_back_when_it_is_undone(
    resident: Resident, services: Services, office: Office, koreksi: Koreksi
) -> None:
    one = Recipient(name="EUIS KARTINI")
    office.publishes(one, Recipient(name="WIWIN SUHARTI"))
    draft = koreksi.publishes(one, state=State.TAKEN_OFF, reason="moved")
    assert "sudah pindah alamat" in resident.asks(one.nik, "Euis Kartini")
    services.lists.undo(draft, "ternyata tidak pindah")
    assert "Rp600.000" in resident.another().asks(one.nik, "Euis Kartini")


def test_the_head_sees_the_corrected_line_once_paid_and_marked_as_before(
    services: Services, office: Office, heads: Heads, koreksi: Koreksi
) -> None:
    one, other = Recipient(name="EUIS KARTINI", kk=None), Recipient(name="WIWIN SUHARTI", kk=None)
    office.publishes(one, other)
    office.hears(Reported(nik=one.nik))
    head = heads.create(Role.RT, TEGAL_GUNDIL, 5, 3)
    services.marks.make(head, koreksi.entry(one), MarkKind.HOME_DELIVERY, care=CareReason.SICK)
    koreksi.publishes(one, name="SARI PUSPITA", amount=900_000)
    page = services.neighbourhood.page(head, Filter(), door=Door.SITE)
    seen = {line.name: (line.amount, line.state, line.marks) for line in page.lines}
    assert seen == {
        "SARI PUSPITA": (900_000, LineState.PAID, (MarkKind.HOME_DELIVERY,)),
        "WIWIN SUHARTI": (600_000, LineState.DUE, ()),
    }
    assert not any(line.double for line in page.lines)
    totals = services.payments.totals(Round("PKH", "2026-T1"))
    assert (totals.listed, totals.listed_rupiah, totals.total.people["paid"]) == (2, 1_500_000, 1)
    dinsos = heads.create(Role.DINSOS)
    (district,) = services.neighbourhood.overview(dinsos).districts
    assert [(one.listed, one.paid) for one in district[1]] == [(2, 1)]
