"""What an operator sends is kept sealed, read beside the site, corrected, and becomes a draft or goes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text

from salur.core.errors import NotThere, Refused
from salur.core.jobs.kinds import JobState
from salur.core.limits.asker import Asker
from salur.core.lists.importing.kinds import FileSays
from salur.core.lists.importing.writer import PeopleWriter
from salur.core.people.nik import Nik
from salur.core.tables.uploads import UploadChunkRow, UploadFaultRow, UploadFileRow, UploadRow
from salur.core.uploads.kinds import UploadState
from salur.core.uploads.receiving import CHUNK, plain_name
from salur.documents.fault_workbook import write_faults
from tests.fixtures.files import HEADER
from tests.fixtures.office import Recipient, a_nik
from tests.fixtures.officers import Heads
from tests.fixtures.uploads import FACTS, Desk, work_off


def kept(services) -> dict[str, int]:
    """How many rows there are of it all."""
    with services.database.reading() as connection:
        return {
            table.__tablename__: len(connection.execute(select(table.id)).all())
            for table in (UploadRow, UploadFileRow, UploadChunkRow, UploadFaultRow)
        }


def everything(services) -> bytes:
    """All bytes that stand in the tables of uploads and jobs."""
    with services.database.reading() as connection:
        rows = [
            row
            for table in ("upload", "upload_file", "upload_chunk", "upload_fault", "job", "list_event")
            for row in connection.execute(text(f"SELECT * FROM {table}"))
        ]
    return b"".join(bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    for row in rows for value in row)  # fmt: skip


def test_a_list_goes_from_file_to_draft_and_leaves_nothing_of_the_file(services, desk: Desk, write_list):
    person = Recipient(name="MARYATI KUSUMA")
    id, findings = desk.reads(write_list("rahasia-maryati.xlsx", person, Recipient(nik="123")))
    assert (findings.people, findings.faults) == (2, (("nik", "nik_not_16_digits", 1),))
    for secret in (person.nik, person.kk, "MARYATI", "maryati"):
        assert secret.encode() not in everything(services)
    assert person.nik not in repr(findings.files) + repr(findings.first[0].nik)
    desk.imports(id)
    work_off(services)
    (summary,) = services.lists.all()
    assert (summary.people, summary.faults, summary.state) == (2, 1, "draft")
    assert services.lists.history(summary.id)[0].by == desk.officer.account
    assert kept(services) == {"upload": 1, "upload_file": 0, "upload_chunk": 0, "upload_fault": 0}
    upload = desk.shows(id)
    assert (upload.state, upload.list, upload.findings) == (UploadState.IMPORTED, summary.id, None)


def test_what_console_and_desk_write_of_a_file_is_the_same(services, desk: Desk, write_list, office):
    people = [Recipient(rt=1 + n % 4) for n in range(12)]
    id, _ = desk.reads(write_list("a.xlsx", *people))
    desk.imports(id)
    work_off(services)
    first = services.lists.change(services.lists.all()[0].id)
    assert (first.total.after, first.total.new) == (12, 12)
    assert office.agrees(first.list).people == 12


def test_a_large_file_is_kept_in_pieces_and_comes_out_as_it_went_in(services, desk: Desk, tmp_path):
    content = b"x;y\n" + b"1234567;abcdefgh\n" * (3 * CHUNK // 16)
    (tmp_path / "large.csv").write_bytes(content)
    (id,) = desk.sends(tmp_path / "large.csv")
    assert kept(services)["upload_chunk"] == -(-len(content) // CHUNK)
    with services.upload_work.opened(id) as opened:
        ((name, path),) = opened.files
        assert (name, path.read_bytes()) == ("large.csv", content)
        assert path.stat().st_mode & 0o077 == path.parent.stat().st_mode & 0o077 == 0
    assert not path.parent.exists()


def test_a_chunk_that_is_missing_is_found_out(services, desk: Desk, tmp_path):
    (tmp_path / "a.csv").write_bytes(b"1" * (2 * CHUNK))
    (id,) = desk.sends(tmp_path / "a.csv")
    with services.database.writing() as connection:
        connection.execute(text("DELETE FROM upload_chunk WHERE id = (SELECT max(id) FROM upload_chunk)"))
    with pytest.raises(Refused, match="upload_damaged"), services.upload_work.opened(id):
        pass


def test_an_operator_corrects_a_column_and_it_is_remembered_for_such_files(services, desk: Desk, write_sheet):
    header = ["NO", "NIK", "NO KK", "NAMA PENERIMA", "RT", "RW", "KELURAHAN", "XYZ"]

    def file(name: str) -> Path:
        one, other = ([str(n), r.nik, r.kk, r.name, "3", "5", "TEGAL GUNDIL", "MENINGGAL"]
                      for n, r in enumerate((Recipient(), Recipient()), 1))  # fmt: skip
        return write_sheet(name, [header, one, other])

    id, findings = desk.reads(file("a.xlsx"))
    assert findings.first[0].state is None
    services.uploads.read_again(id, desk.officer.account, "32.71", {"note": "H", "unused": "C"}, remember=True)
    work_off(services)
    corrected = desk.finds(id)
    assert (corrected.first[0].reason, corrected.first[0].kk) == ("died", None)
    assert {c.letters: c.how for c in corrected.files[0].sheets[0].columns if c.means}["H"] == "told"
    later, another = desk.reads(file("b.xlsx"))
    assert another.remembered
    assert (another.first[0].reason, desk.shows(later).columns) == ("died", {"note": "H", "unused": "C"})


def test_rows_that_came_back_corrected_are_judged_anew_and_only_they(services, desk: Desk, write_list, tmp_path):
    good = Recipient()
    id, findings = desk.reads(write_list("a.xlsx", good, Recipient(nik="123"), Recipient(name="")))
    assert (findings.people, findings.refused_rows) == (2, 1)
    header, rows = services.uploads.faulty_rows(id, "32.71")
    assert (header, [row for row, _, _ in rows]) == (HEADER, ["3", "4"])
    cells = {row: list(cells) for row, cells, _ in rows}
    cells["3"][1], cells["4"][3] = Recipient().nik, "EUIS KARTINI"
    cells["2"] = ["9", "1", "1", "JOKO"]  # no row that was given back: somebody made up its mark

    def mark(row: str) -> str:
        return services.uploads.mark_of(id, row) if row != "2" else "2:0123456789abcdef0123"

    write_faults(tmp_path / "back.xlsx", [(row, texts, ["x"]) for row, texts in cells.items()], header, mark)
    desk.corrects(id, tmp_path / "back.xlsx")
    work_off(services)
    mended = desk.finds(id)
    assert (mended.people, mended.refused_rows, mended.faults, mended.patched) == (3, 0, (), 2)
    assert [row.name for row in mended.first] == [good.name, "SITI MAESAROH", "EUIS KARTINI"]
    desk.imports(id)
    work_off(services)
    assert services.lists.all()[0].people == 3


def test_what_nobody_understands_is_shown_for_the_operator_to_say(services, desk: Desk, write_sheet):
    id, findings = desk.reads(write_sheet("a.xlsx", [["AA", "BB"], ["SITI MAESAROH", "JL RODA 5"]]))
    assert findings.refused == "no_header"
    assert [(c.letters, c.label) for c in findings.files[0].sheets[0].columns] == [("A", "AA"), ("B", "BB")]
    with pytest.raises(Refused, match="not_read"):
        desk.imports(id)


def test_a_file_that_says_otherwise_is_not_imported(services, desk: Desk, write_list):
    id, _ = desk.reads(write_list("a.xlsx", Recipient()))
    desk.imports(id, replace(FACTS, programme="NOSUCH", holds=tuple(FileSays)))
    work_off(services)
    job = desk.job(id)
    assert (job.state, job.refused) == (JobState.FAILED, "unknown_programme")
    assert services.lists.all() == ()
    desk.imports(id)
    work_off(services)
    (again,) = desk.sends(write_list("a.xlsx", Recipient()))
    assert services.lists.all()[0].people == 1
    assert desk.shows(again).is_busy


def test_an_import_stopped_half_way_leaves_nothing(services, desk: Desk, write_list, monkeypatch):
    id, _ = desk.reads(write_list("a.xlsx", *(Recipient() for _ in range(5))))
    desk.imports(id)
    monkeypatch.setattr("salur.core.lists.importing.imports.BATCH", 2)
    loading = services.upload_work.loading

    def stopping(lease, job, people):
        steps = loading(lease, job, people)
        services.jobs.stop(job.id)
        return steps

    monkeypatch.setattr(type(services.upload_work), "loading", lambda _self, *told: stopping(*told))
    work_off(services)
    assert desk.job(id).state is JobState.STOPPED
    assert services.lists.all() == ()
    with services.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM recipient_list")).scalar() == 0
    monkeypatch.undo()
    desk.imports(id)
    work_off(services)
    assert services.lists.all()[0].people == 5


def test_a_resident_is_answered_while_people_are_looked_up_and_sealed(services, desk: Desk, write_list, monkeypatch):
    sealing, answers = PeopleWriter.rows, []

    def asked_meanwhile(writer, people):
        # Were the import's transaction open, SQLite would let nobody else count a try.
        answers.append(services.lookup.ask(Nik.parse(a_nik()), "SITI MAESAROH", asker=Asker.address("203.0.113.7")))
        return sealing(writer, people)

    id, _ = desk.reads(write_list("a.xlsx", *(Recipient() for _ in range(3))))
    desk.imports(id)
    monkeypatch.setattr("salur.core.lists.importing.imports.BATCH", 2)
    monkeypatch.setattr(PeopleWriter, "rows", asked_meanwhile)
    work_off(services)
    assert (desk.job(id).state, len(answers)) == (JobState.DONE, 2)


def test_another_office_finds_nothing_of_it(services, desk: Desk, write_list, heads: Heads):
    (id,) = desk.sends(write_list("a.xlsx", Recipient()))
    elsewhere = Desk(services, heads.create("dinsos", "76.04"))
    assert services.uploads.all("76.04") == ()
    for ask in (
        lambda: elsewhere.shows(id),
        lambda: elsewhere.imports(id),
        lambda: services.uploads.throw_away(id, "76.04"),
        lambda: services.uploads.faulty_rows(id, "76.04"),
        lambda: elsewhere.corrects(id, write_list("c.xlsx", Recipient())),
    ):
        with pytest.raises(NotThere):
            ask()


def test_what_is_thrown_away_or_forgotten_is_gone(services, desk: Desk, write_list, clock):
    first, second = desk.sends(write_list("a.xlsx", Recipient()), write_list("b.xlsx", Recipient()))
    with pytest.raises(Refused, match="job_under_way"):
        services.uploads.throw_away(first, "32.71")
    broken = services.uploads.receive("c.csv", "32.71")
    broken.write(b"x" * CHUNK)
    work_off(services)
    services.uploads.throw_away(first, "32.71")
    clock.passes(days=2)
    assert services.retention.purge().uploads == 0
    assert kept(services)["upload_file"] == 1
    clock.passes(days=13)
    assert services.retention.purge().uploads == 1
    assert kept(services) == {"upload": 0, "upload_file": 0, "upload_chunk": 0, "upload_fault": 0}
    with pytest.raises(NotThere):
        desk.shows(second)


def test_a_name_of_a_file_leads_nowhere():
    assert plain_name("C:\\Users\\a\\Daftar \x00PKH.xlsx") == "Daftar PKH.xlsx"
    assert plain_name("../../etc/passwd") == "passwd"
    assert plain_name("") == "?"
