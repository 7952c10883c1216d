"""The office's page of withheld letters, and its files."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import python_calamine

from salur.core.limits.asker import Asker
from salur.core.proposals.kinds import Kind
from tests.fixtures.office import Announced, Recipient
from tests.fixtures.proposals import a_draft

HOME = "/kantor/surat/tertahan"


@pytest.fixture
def printed(office, press, clock, services):
    """A letter that lies for four days, and a report of it."""
    office.publishes(Recipient(name="SITI MAESAROH"), Recipient(name="ASEP", rt=4))
    office.announces(Announced())
    press.prints()
    clock.passes(days=4)
    draft = replace(a_draft(Kind.LAPORAN), reason="letter_withheld")
    services.proposals.send(draft, asker=Asker.chat(1))


def test_dinas_sosial_sees_where_letters_are_withheld(printed, enters):
    dinsos = enters("dinsos")
    page = dinsos.opens(HOME).text
    assert "Di 2 RT ada surat yang perlu ditanyakan." in page
    assert page.index("RT 003 RW 005") < page.index("RT 004 RW 005"), "the one with a report first"
    assert "Laporan" in page
    assert "SITI" not in page
    assert 'href="/kantor/surat/tertahan"><strong class="count">2</strong>' in dinsos.opens("/kantor").text


def test_the_kelurahan_sees_no_reports(printed, enters):
    page = enters("kelurahan").opens(HOME).text
    assert "RT 003 RW 005" in page
    assert "Laporan" not in page


def test_it_can_be_taken_away(printed, enters):
    dinsos = enters("dinsos")
    table = dinsos.posts(f"{HOME}.csv").data.decode("utf-8-sig").splitlines()
    assert table[0].startswith("Wilayah;Kode wilayah;RW;RT;Dicetak;Diserahkan;Belum diserahkan")
    assert table[1] == "Jumlah;32.71;;;2;0;2;0;0;2;2;1"
    assert table[2] == '"RT 003 RW 005, Tegal Gundil";32.71.05.1002;5;3;1;0;1;0;0;1;1;1'.replace('"', "")
    book = python_calamine.load_workbook(io.BytesIO(dinsos.posts(f"{HOME}.xlsx").data))
    rows = book.get_sheet_by_name("Surat").to_python()[3:]
    assert rows[1][0] == "Jumlah"
    assert rows[1][4:7] == [2, 0, 2]
    assert "Angka penyerahan surat diunduh" in dinsos.opens("/kantor/catatan").text
    no_reports = enters("kelurahan").posts(f"{HOME}.csv").data.decode("utf-8-sig")
    assert "Laporan" not in no_reports


def test_heads_have_no_such_page_and_without_letters_it_says_so(enters):
    assert enters("rt").opens(HOME).status_code == 403
    assert "Belum ada surat yang dicetak." in enters("kelurahan").opens(HOME).text
