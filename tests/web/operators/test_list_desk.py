"""An operator's day with lists on the site: sent, understood, corrected, imported, published, taken back."""

from __future__ import annotations

import html
import io
import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import python_calamine
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from salur.core.lists.kinds import ListState
from salur.core.officers.roles import Officer, Role
from salur.core.settings.kinds import YES, Setting
from salur.core.uploads.letting_go import sweep
from salur.sample.city import write_city
from salur.wiring import Services
from tests.fixtures.office import Recipient
from tests.fixtures.officers import Heads, SignedIn
from tests.fixtures.uploads import FACTS, work_off
from tests.web.conftest import read_off, text_of
from tests.web.http.test_uploads import as_sent

HOME = "/kantor/daftar"
ASKED = {
    "programme": "PKH",
    "year": "2026",
    "part": "T1",
    "decree": FACTS.decree,
    "issued_on": "2026-01-12",
    "issuer": FACTS.issuer,
    "coverage": "",
    "states": "y",
}


def a_file(name: str, content: bytes) -> FileStorage:
    """A file in a form."""
    return FileStorage(io.BytesIO(content), name)


class Operator:
    """Somebody at Dinas Sosial, with a browser without scripts."""

    def __init__(self, services: Services, browser: SignedIn, officer: Officer) -> None:
        self.services, self.browser, self.officer = services, browser, officer

    def opens(self, address: str) -> TestResponse:
        """Open a page."""
        return self.browser.opens(address, follow_redirects=True)

    def posts(self, address: str, **fields: Any) -> TestResponse:
        """Send a form, and go where it leads."""
        sent = as_sent({"csrf_token": self.browser.form_token(), **fields})
        return self.browser.client.post(address, **sent, follow_redirects=True)

    def sends(self, *files: Path, **fields: str) -> TestResponse:
        """Send files by the form of the first page."""
        return self.posts(f"{HOME}/unggah", berkas=[a_file(file.name, file.read_bytes()) for file in files], **fields)

    def upload(self) -> str:
        """The address of the newest upload."""
        return read_off(r'href="(/kantor/daftar/berkas/\d+)"', self.opens(HOME).text)

    def imports(self, file: Path, **fields: str) -> int:
        """From a file to a draft; gives the list's number."""
        self.sends(file)
        work_off(self.services)
        self.posts(f"{self.upload()}/impor", **{**ASKED, **fields})
        work_off(self.services)
        return max(summary.id for summary in self.services.lists.all())

    def publishes(self, id: int, **fields: str) -> TestResponse:
        """Tick all that is asked, and publish."""
        page = self.opens(f"{HOME}/{id}").text
        boxes = dict.fromkeys(re.findall(r'type="checkbox" id="[^"]+" name="([^"]+)"', page), "1")
        return self.posts(
            f"{HOME}/{id}/terbitkan", dilihat=read_off(r'name="dilihat" value="(\w+)"', page), **boxes, **fields
        )

    def state(self, id: int) -> ListState:
        """How a list stands."""
        return self.services.lists.show(id).state


@pytest.fixture
def operator(services: Services, heads: Heads, signed_in: Callable[[Officer], SignedIn]) -> Operator:
    """An operator of Bogor who is signed in."""
    officer = heads.create(Role.DINSOS)
    return Operator(services, signed_in(officer), officer)


def test_a_list_goes_from_the_form_to_residents_and_back(services, operator: Operator, write_list, visitor):
    stays, leaves = Recipient(name="MARYATI KUSUMA"), Recipient(name="EUIS KARTINI")
    first = operator.imports(write_list("a.xlsx", stays, leaves))
    assert operator.state(first) is ListState.DRAFT
    assert "Terbit" in operator.publishes(first).text
    second = operator.imports(write_list("b.xlsx", stays, Recipient()))
    page = operator.opens(f"{HOME}/{second}")
    assert "Menggantikan daftar" in page.text
    assert "50 %" in text_of(page)
    # Half of them drop out: without a tick nothing happens, with it residents see it at once.
    digest = read_off(r'name="dilihat" value="(\w+)"', page.text)
    assert operator.posts(f"{HOME}/{second}/terbitkan", dilihat=digest).status_code == 422
    assert operator.state(second) is ListState.DRAFT
    operator.publishes(second)
    assert (operator.state(first), operator.state(second)) == (ListState.SUPERSEDED, ListState.PUBLISHED)
    assert "tidak ada lagi" in text_of(visitor.asks(leaves.nik, leaves.name))
    assert operator.posts(f"{HOME}/{second}/batalkan", sebab=" ").status_code == 422
    operator.posts(f"{HOME}/{second}/batalkan", sebab="berkas salah")
    assert (operator.state(first), operator.state(second)) == (ListState.PUBLISHED, ListState.WITHDRAWN)
    assert "Rp600.000" in visitor.asks(leaves.nik, leaves.name).text
    history = text_of(operator.opens(f"{HOME}/{second}"))
    for told in ("Penerbitan dibatalkan", "berkas salah", "Diterbitkan", "Diimpor", operator.officer.username):
        assert told in history
    operator.posts(f"{HOME}/{second}/pulihkan", sebab="ternyata benar")
    assert operator.state(second) is ListState.PUBLISHED
    operator.posts(f"{HOME}/{second}/tarik", sebab="selesai")
    assert operator.state(second) is ListState.WITHDRAWN


def test_five_lists_of_a_city_are_sent_at_once_and_each_says_what_it_is(services, operator, tmp_path):
    city = json.loads(json.dumps(write_city(400, 1, tmp_path / "city", today=date(2026, 2, 20)), default=str))
    entries = city["lists"][2:7]
    operator.sends(*(tmp_path / "city" / entry["file"] for entry in entries))
    assert 'http-equiv="refresh"' in operator.opens(HOME).text
    work_off(services)
    page = operator.opens(HOME).text
    assert 'http-equiv="refresh"' not in page
    uploads = dict(re.findall(r'href="(/kantor/daftar/berkas/\d+)">([^<]+)<', page))
    assert set(uploads.values()) == {entry["file"] for entry in entries}
    for entry in entries:
        address = next(a for a, name in uploads.items() if name == entry["file"])
        shown = operator.opens(address).text
        assert f'<option selected value="{entry["programme"]}">' in shown
        year, part = entry["period"].split("-")
        facts = {**ASKED, "programme": entry["programme"], "year": year, "part": part, "decree": entry["decree"]}
        assert "Menunggu giliran" in operator.posts(f"{address}/impor", **facts).text
    work_off(services)
    assert sorted(s.programme for s in services.lists.all()) == sorted(e["programme"] for e in entries)


def test_faulty_rows_go_back_and_come_back_mended(services, operator: Operator, write_list, write_sheet):
    secret = Recipient(nik="32710512345")
    operator.sends(write_list("a.xlsx", Recipient(), secret))
    work_off(services)
    address = operator.upload()
    page = operator.opens(address)
    assert "NIK tidak 16 angka" in page.text
    assert secret.kk not in page.text
    assert not re.search(r"\d{16}", text_of(page))
    sent = operator.posts(f"{address}/salah.xlsx")
    rows = python_calamine.load_workbook(io.BytesIO(sent.data)).get_sheet_by_index(0).to_python()
    assert rows[1][2] == secret.nik
    rows[1][2] = Recipient().nik
    back = write_sheet("back.xlsx", rows).read_bytes()
    operator.posts(f"{address}/perbaikan", perbaikan=a_file("back.xlsx", back))
    work_off(services)
    assert "Tidak ada kesalahan" in operator.opens(address).text
    # The same workbook says nothing of another upload.
    operator.sends(write_list("b.xlsx", Recipient(), Recipient(nik="123")))
    work_off(services)
    other = operator.upload()
    operator.posts(f"{other}/perbaikan", perbaikan=a_file("back.xlsx", back))
    work_off(services)
    assert "tidak ada baris yang dikirim balik" in operator.opens(other).text


def test_a_column_is_corrected_by_a_choice(services, operator: Operator, write_sheet):
    header = ["NO", "NIK", "NO KK", "NAMA PENERIMA", "RT", "RW", "KELURAHAN", "XYZ"]
    people = [[str(n), r.nik, r.kk, r.name, "3", "5", "TEGAL GUNDIL", "MENINGGAL"] for n, r in
              enumerate((Recipient(), Recipient()), 1)]  # fmt: skip
    operator.sends(write_sheet("a.xlsx", [header, *people]))
    work_off(services)
    address = operator.upload()
    chosen = {f"kolom-{letter}": "" for letter in "AH"}
    assert "dicoret" not in operator.opens(address).text
    assert "sedang dibaca" in operator.posts(f"{address}/kolom", **{**chosen, "kolom-H": "note"}).text or True
    work_off(services)
    shown = operator.opens(address).text
    assert "dicoret" in shown
    assert re.search(r'<option value="note" selected', shown)
    twice = operator.posts(f"{address}/kolom", **{"kolom-B": "name", "kolom-C": "name"})
    assert twice.status_code == 422
    assert "Pilih satu saja" in html.unescape(twice.text)


def test_what_the_file_says_otherwise_is_asked_before_anything_is_written(services, operator, write_sheet):
    header = ["NO", "NIK", "NO KK", "NAMA PENERIMA", "RT", "RW", "KELURAHAN", "PROGRAM"]
    rows = [["1", r.nik, r.kk, r.name, "3", "5", "TEGAL GUNDIL", "SEMBAKO"] for r in (Recipient(), Recipient())]
    operator.sends(write_sheet("a.xlsx", [header, *rows]))
    work_off(services)
    address = operator.upload()
    asked = operator.posts(f"{address}/impor", **ASKED)
    assert asked.status_code == 422
    assert "SEMBAKO (2 baris), di isian PKH" in html.unescape(asked.text)
    operator.posts(f"{address}/impor", **{**ASKED, "holds": "file"})
    work_off(services)
    assert services.lists.all()[0].programme == "SEMBAKO"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DINSOS])
def test_nobody_else_fills_the_store(services, heads, signed_in, write_list, role):
    browser = signed_in(heads.create(role))
    file = a_file("a.csv", b"x" * 600_000)
    token = browser.form_token()
    told = browser.client.post(f"{HOME}/unggah", **as_sent({"csrf_token": token, "berkas": file}))
    assert told.status_code in (403, 413)
    assert services.uploads.all("32.71") == ()


def test_a_form_without_its_token_leaves_nothing_in_the_store(services, operator: Operator):
    file = a_file("a.csv", b"x" * 600_000)
    assert operator.browser.client.post(f"{HOME}/unggah", **as_sent({"berkas": file})).status_code == 400
    sweep(services.database)  # as the next runner does that has nothing else to do
    with services.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM upload_file").scalar() == 0


def test_a_file_never_lies_in_the_clear_on_a_disk(services, operator: Operator, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))  # whoever wants a file there fails
    (tmp_path / "a.csv").write_bytes(b"NIK;NAMA\n" + b"1234567890123456;SITI\n" * 60_000)
    assert operator.sends(tmp_path / "a.csv").status_code == 200
    assert len(services.uploads.all("32.71")) == 1


def test_what_is_done_can_be_stopped_and_thrown_away(services, operator: Operator, write_list):
    operator.sends(write_list("a.xlsx", Recipient()))
    address = operator.upload()
    assert "sedang dikerjakan" in operator.posts(f"{address}/buang").text
    assert "Dihentikan" in operator.posts(f"{address}/berhenti").text
    operator.posts(f"{address}/lagi")
    work_off(services)
    assert "Kolom yang dipahami" in operator.opens(address).text
    operator.posts(f"{address}/buang")
    assert operator.opens(address).status_code == 404


def test_a_list_is_published_at_the_hour_that_was_set(services, operator: Operator, write_list, visitor, clock):
    person = Recipient()
    id = operator.imports(write_list("a.xlsx", person, Recipient()))
    page = operator.publishes(id, pada="2026-02-20T12:20")
    assert "Akan terbit Jumat, 20 Februari 2026, pukul 12.20" in text_of(page)
    assert "Direncanakan oleh" in text_of(page)
    work_off(services)
    assert "tidak terdaftar" not in text_of(visitor.asks(person.nik, person.name))
    assert operator.state(id) is ListState.DRAFT
    clock.passes(minutes=20)
    work_off(services)
    assert operator.state(id) is ListState.PUBLISHED
    assert "terdaftar" in text_of(visitor.asks(person.nik, person.name))
    assert "Penerbitan direncanakan" in text_of(operator.opens(f"{HOME}/{id}"))


def test_a_plan_is_called_off_on_its_page(services, operator: Operator, write_list, clock):
    id = operator.imports(write_list("a.xlsx", Recipient()))
    operator.publishes(id, pada="2026-02-20T12:20")
    assert "Rencana penerbitan dibatalkan" in text_of(operator.posts(f"{HOME}/{id}/rencana"))
    clock.passes(minutes=25)
    work_off(services)
    assert operator.state(id) is ListState.DRAFT
    assert "Waktu itu sudah lewat." in text_of(operator.publishes(id, pada="2026-02-20T12:20"))


def test_what_it_makes_double_is_told_before_publishing(services, operator: Operator, office, write_list):
    person = Recipient()
    office.publishes(person, programme="BLT-DD")
    id = operator.imports(write_list("a.xlsx", person, Recipient()))
    assert "BLT-DD, Tahap 1 tahun 2026: 1 orang" in text_of(operator.opens(f"{HOME}/{id}"))


def test_a_second_person_publishes_where_the_city_wants_two(services, operator: Operator, write_list, heads, signed_in):
    services.city.put(operator.officer, {Setting.FOUR_EYES: YES}, seen=services.city.newest())
    draft = operator.imports(write_list("a.xlsx", Recipient()))
    page = operator.opens(f"{HOME}/{draft}")
    assert "Menunggu orang kedua" in text_of(page)
    digest = services.lists.change(draft).digest.hex()
    refused = operator.posts(f"{HOME}/{draft}/terbitkan", dilihat=digest)
    assert (refused.status_code, operator.state(draft)) == (422, ListState.DRAFT)
    assert "orang lain yang menerbitkannya" in text_of(refused)
    second = heads.create(Role.DINSOS)
    Operator(services, signed_in(second), second).publishes(draft)
    assert operator.state(draft) is ListState.PUBLISHED


def test_a_full_disk_is_told_to_who_sends_a_file_and_nothing_of_it_is_kept(
    services, operator: Operator, write_list, tmp_path, monkeypatch
):
    file, large = write_list("a.xlsx", Recipient()), tmp_path / "large.csv"
    large.write_bytes(b"x" * 600_000)  # of which something is kept while the rest is on its way
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1_000_000))
    for sent in (file, large):
        refused = operator.sends(sent)
        assert refused.status_code in (409, 422)
        assert "Disk server hampir penuh" in text_of(refused)
    assert services.uploads.all(operator.officer.territory.region_code) == ()
