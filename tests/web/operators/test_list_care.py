"""What an operator is asked and told before a list is in force: large ones, four eyes, other layouts, other columns."""

from __future__ import annotations

import pytest

from salur.core.lists import answers
from salur.core.lists.kinds import ListState
from salur.core.officers.roles import Role
from salur.core.settings.kinds import YES, Setting
from tests.fixtures.office import Recipient
from tests.fixtures.uploads import work_off
from tests.web.conftest import read_off, text_of
from tests.web.operators.test_list_desk import HOME, Operator, a_file


@pytest.fixture
def operator(services, heads, signed_in) -> Operator:
    """An operator of Bogor who is signed in."""
    officer = heads.create(Role.DINSOS)
    return Operator(services, signed_in(officer), officer)


def test_a_large_draft_says_that_it_is_being_compared_and_is_published_then(
    services, office, operator: Operator, monkeypatch
):
    for module in ("salur.core.lists.answers", "salur.web.operators.lists.desk"):
        monkeypatch.setattr(f"{module}.AT_ONCE", 1)
    office.publishes(Recipient(), Recipient(), Recipient())
    id = office.drafts(Recipient(), Recipient())
    page = operator.opens(f"{HOME}/{id}")
    assert "Menunggu giliran." in text_of(page)
    assert 'http-equiv="refresh"' in page.text
    assert 'name="dilihat"' not in page.text
    early = operator.posts(f"{HOME}/{id}/terbitkan", dilihat="00")
    assert (early.status_code, operator.state(id)) == (422, ListState.DRAFT)
    work_off(services)
    seen = operator.opens(f"{HOME}/{id}")
    assert "100 %" in text_of(seen)
    stale = read_off(r'name="dilihat" value="(\w+)"', seen.text)
    office.publishes(Recipient(), Recipient(), Recipient(), Recipient())
    assert "Menunggu giliran." in text_of(operator.opens(f"{HOME}/{id}"))
    work_off(services)
    ticked = {f"setuju-{reason}": "1" for reason in answers.Reason}
    refused = operator.posts(f"{HOME}/{id}/terbitkan", dilihat=stale, **ticked)
    assert (refused.status_code, operator.state(id)) == (422, ListState.DRAFT)
    operator.publishes(id)
    work_off(services)
    assert operator.state(id) is ListState.PUBLISHED


def test_a_working_out_that_failed_is_begun_again_on_the_page(services, office, operator: Operator, monkeypatch):
    monkeypatch.setattr(answers, "AT_ONCE", 1)
    id = office.drafts(Recipient(), Recipient())
    operator.opens(f"{HOME}/{id}")
    job, lease = services.jobs.take("dies")
    lease.fail("gave_up", {})
    assert job.subject == id
    assert "terhenti beberapa kali" in text_of(operator.opens(f"{HOME}/{id}"))
    operator.posts(f"{HOME}/{id}/hitung")
    work_off(services)
    assert 'name="dilihat"' in operator.opens(f"{HOME}/{id}").text


def test_a_draft_that_was_planned_is_taken_out_with_its_plan(services, office, operator: Operator, clock):
    id = office.drafts(Recipient())
    operator.publishes(id, pada="2026-02-20T12:20")
    history = text_of(operator.posts(f"{HOME}/{id}/tarik", sebab="berkas salah"))
    assert "Rencana penerbitan dibatalkan" in history
    operator.posts(f"{HOME}/{id}/pulihkan", sebab="ternyata benar")
    clock.passes(hours=5)
    work_off(services)
    assert operator.state(id) is ListState.DRAFT


def test_who_ended_a_list_does_not_bring_it_back_where_the_city_wants_two(
    services, office, operator: Operator, heads, signed_in
):
    services.city.put(operator.officer, {Setting.FOUR_EYES: YES}, seen=services.city.newest())
    id = office.drafts(Recipient())
    operator.publishes(id)
    page = operator.posts(f"{HOME}/{id}/batalkan", sebab="berkas salah")
    assert operator.state(id) is ListState.WITHDRAWN, "anybody undoes"
    assert "bukan yang menyiapkannya, dan bukan yang mengakhirinya" in text_of(page)
    assert "pulihkan" not in page.text
    assert operator.posts(f"{HOME}/{id}/pulihkan", sebab="x").status_code == 422
    assert operator.state(id) is ListState.WITHDRAWN
    second = heads.create(Role.DINSOS)
    Operator(services, signed_in(second), second).posts(f"{HOME}/{id}/pulihkan", sebab="ternyata benar")
    assert operator.state(id) is ListState.PUBLISHED


def test_another_programmes_layout_has_to_be_ticked(services, office, operator: Operator, write_list):
    sembako = operator.imports(write_list("a.xlsx", Recipient()), programme="SEMBAKO")
    operator.publishes(sembako)
    id = operator.imports(write_list("b.xlsx", Recipient()))
    page = operator.opens(f"{HOME}/{id}")
    assert "tampak seperti berkas program lain (SEMBAKO)" in text_of(page)
    digest = read_off(r'name="dilihat" value="(\w+)"', page.text)
    assert operator.posts(f"{HOME}/{id}/terbitkan", dilihat=digest).status_code == 422
    assert operator.state(id) is ListState.DRAFT
    operator.publishes(id)
    assert operator.state(id) is ListState.PUBLISHED


def test_columns_of_a_sender_are_remembered_shown_and_forgotten(services, operator: Operator, write_sheet):
    header = ["NO", "NIK", "NO KK", "NAMA PENERIMA", "RT", "RW", "KELURAHAN", "XYZ"]

    def sends(name: str, sender: str) -> str:
        rows = [[str(n), r.nik, r.kk, r.name, "3", "5", "TEGAL GUNDIL", "MENINGGAL"] for n, r in
                enumerate((Recipient(), Recipient()), 1)]  # fmt: skip
        file = write_sheet(name, [header, *rows])
        operator.posts(f"{HOME}/unggah", berkas=[a_file(file.name, file.read_bytes())], pengirim=sender)
        work_off(services)
        return operator.upload()

    first = sends("a.xlsx", "Kelurahan Tegal Gundil")
    chosen = {f"kolom-{letter}": "" for letter in "AH"}
    operator.posts(f"{first}/kolom", **{**chosen, "kolom-H": "note", "ingat": "1"})
    work_off(services)
    again = sends("b.xlsx", "Kelurahan Tegal Gundil")
    page = operator.opens(again)
    told = f"Kolom dibaca seperti berkas dari pengirim ini sebelumnya: ditentukan {operator.officer.username}"
    assert told in text_of(page)
    assert 'value="Kelurahan Tegal Gundil"' in page.text, "who sends it is proposed as who issued it"
    assert told not in text_of(operator.opens(sends("c.xlsx", "Kelurahan Bantar Jati")))
    operator.posts(f"{again}/lupakan")
    work_off(services)
    assert told not in text_of(operator.opens(again))
    assert told not in text_of(operator.opens(sends("d.xlsx", "Kelurahan Tegal Gundil")))
