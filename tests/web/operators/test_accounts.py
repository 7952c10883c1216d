"""The desk's accounts on the site: heads invited by a list get slips to cut, accounts are found, closed and renewed."""

from __future__ import annotations

import io
import re

import pypdf
import pytest
from werkzeug.datastructures import FileStorage

from salur.core.officers.roles import Role
from tests.core.rollout.test_rollout import ROWS, in_a_workbook
from tests.fixtures.officers import CITY, PASSWORD
from tests.web.conftest import text_of
from tests.web.http.test_uploads import as_sent

HOME = "/kantor/akun"
CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b")


def read(response) -> str:
    """The text of a PDF."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(response.data)).pages)


def test_a_list_of_heads_becomes_one_pdf_whose_codes_open_accounts(services, heads, signed_in):
    operator = signed_in(heads.create(Role.DINSOS, CITY))
    heads.create(Role.RT)
    sent = as_sent(
        {
            "csrf_token": operator.form_token(),
            "berkas": FileStorage(io.BytesIO(in_a_workbook(*ROWS)), "ketua.xlsx"),
            "bentuk": "pdf",
        }
    )
    response = operator.client.post("/undangan/banyak", **sent)
    assert (response.status_code, response.mimetype) == (200, "application/pdf")
    assert response.headers["Cache-Control"] == "no-store"
    text = read(response)
    codes = CODE.findall(text)
    assert len(codes) == 4
    assert "Ketua RT 002 RW 005 Tegal Gundil" in text
    assert all(told in text for told in ("Dari 10 baris", "4 diundang", "Baris 7"))
    services.invitations.accept(codes[0], "rt01.rw05", PASSWORD)
    # Nowhere else: neither on the desk nor in the record.
    for page in (HOME, "/kantor/catatan", "/undangan"):
        assert not CODE.search(operator.opens(page).text)


def test_accounts_are_found_by_area_and_state_and_one_is_opened(heads, signed_in):
    lurah, rt = heads.create("kelurahan"), heads.create("rt")
    heads.create("rt", "32.71.01.1001")
    browser = signed_in(lurah)
    page = browser.opens(f"{HOME}?jabatan=rt&keadaan=unseen")
    assert rt.username in page.text
    assert page.text.count(f'href="{HOME}/3') == 1
    assert "Belum pernah masuk" in page.text
    assert "Tidak ada akun seperti ini" in browser.opens(f"{HOME}?keadaan=closed&wilayah=x&jabatan=x").text
    assert rt.username in browser.opens(f"{HOME}/{rt.account}").text
    assert browser.opens(f"{HOME}/{lurah.account}").status_code == 404


def test_a_term_is_set_kept_when_it_is_no_day_and_told_to_the_head(heads, signed_in, enter):
    lurah, rt = heads.create("kelurahan"), heads.create("rt")
    browser = signed_in(lurah)
    slip = browser.posts(f"{HOME}/{rt.account}/masa", sampai="besok")
    assert slip.status_code == 422
    assert 'value="besok"' in slip.text
    assert browser.posts(f"{HOME}/{rt.account}/masa", sampai="2026-03-01").status_code == 303
    assert "1 Maret 2026" in text_of(browser.opens(f"{HOME}/{rt.account}"))
    assert "Masa tugas akun ini berakhir Minggu, 1 Maret 2026" in text_of(signed_in(rt).opens("/akun"))
    assert "Akun yang masa tugasnya segera selesai" in text_of(browser.opens("/petugas"))


def test_an_account_is_reset_by_a_slip_and_closed(services, heads, signed_in):
    lurah, rt = heads.create("kelurahan"), heads.create("rt")
    browser = signed_in(lurah)
    (code,) = CODE.findall(read(browser.posts(f"{HOME}/{rt.account}/atur-ulang", bentuk="pdf")))
    assert services.invitations.invitation(code).username == rt.username
    assert CODE.search(browser.posts(f"{HOME}/{rt.account}/atur-ulang").text)
    assert browser.posts(f"{HOME}/{rt.account}/tutup").status_code == 303
    assert "Akun sudah ditutup" in browser.opens(f"{HOME}/{rt.account}?selesai=tutup").text


@pytest.mark.parametrize("role", ["rt", "rw", "payout"])
def test_who_has_no_desk_opens_no_page_of_it(heads, signed_in, role):
    browser = signed_in(heads.create(role))
    for address in (HOME, "/kantor/catatan", "/kantor/catatan.csv", "/kantor/pengaturan"):
        assert browser.opens(address).status_code == 403


def test_the_record_is_looked_through_and_taken_away(heads, signed_in):
    lurah, rt = heads.create("kelurahan"), heads.create("rt")
    browser = signed_in(lurah)
    browser.posts(f"{HOME}/{rt.account}/tutup")
    page = text_of(browser.opens("/kantor/catatan?jenis=accounts&dari=2026-02-01&sampai=2026-02-20"))
    assert "Akun ditutup" in page
    assert f"Kelurahan Tegal Gundil ({lurah.username})" in page
    csv = browser.opens("/kantor/catatan.csv?jenis=accounts")
    assert csv.data.decode("utf-8-sig").splitlines()[1].startswith("2026-02-20;12:00;Akun;Akun ditutup;")
    assert browser.opens("/kantor/catatan.xlsx").data[:2] == b"PK"
    assert "Tidak ada catatan" in browser.opens("/kantor/catatan?dari=x&sampai=2020-01-01&jenis=x&jabatan=x").text
