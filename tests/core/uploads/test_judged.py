"""What was judged of a file is imported as it was judged, without judging it again; what cannot be trusted is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from salur.core.jobs.kinds import JobState
from salur.core.tables.jobs import JobRow
from salur.core.tables.uploads import UploadChunkRow, UploadFileRow
from salur.core.uploads import judged
from salur.intake.people import read_round
from salur.wiring import Services
from tests.fixtures.office import Recipient
from tests.fixtures.uploads import FACTS, Desk, work_off

Write = Callable[..., Path]


@pytest.fixture
def judgings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each time that files are judged."""
    times: list[int] = []

    def counted(files, *told, **options):
        times.append(len(files))
        return read_round(files, *told, **options)

    monkeypatch.setattr("salur.cli.work_lists.read_round", counted)
    return times


def test_a_file_is_judged_once_and_imported_as_it_was_shown(
    services: Services, desk: Desk, write_list: Write, judgings: list[int]
) -> None:
    people = [Recipient(rt=1 + number % 3) for number in range(300)]
    id, findings = desk.reads(write_list("a.xlsx", *people, Recipient(nik="12"), Recipient(name="")))
    assert (findings.people, findings.refused_rows) == (301, 1)
    desk.imports(id)
    work_off(services)
    (summary,) = services.lists.all()
    assert (summary.people, summary.faults, summary.refused) == (301, 2, 1)
    assert [faulty.row for faulty in services.lists.faulty_rows(summary.id)[1]] == ["302", "303"]
    assert judgings == [1]


def test_files_of_one_round_are_judged_once(
    services: Services, desk: Desk, write_list: Write, judgings: list[int]
) -> None:
    both = Recipient()
    second = write_list("b.xlsx", both)
    id, _ = desk.reads(write_list("a.xlsx", both, Recipient()), second, one_list=True)
    desk.imports(id)
    work_off(services)
    (summary,) = services.lists.all()
    assert (summary.people, summary.faults, judgings) == (3, 1, [2])
    again, _ = desk.reads(second)
    desk.imports(again)
    work_off(services)
    assert desk.job(again).refused == "already_imported"  # the digests are those of its files


def _a_day_passes(services: Services, clock) -> None:
    clock.passes(days=1, seconds=1)
    services.retention.purge()


def _a_piece_is_gone(services: Services, _clock) -> None:
    with services.database.writing() as connection:
        theirs = select(UploadFileRow.id).where(UploadFileRow.upload_id.is_(None))
        connection.execute(delete(UploadChunkRow).where(UploadChunkRow.file_id.in_(theirs)))


def _a_stranger_puts_his_own_in_its_place(services: Services, _clock) -> None:
    """Who may write to the database, but has no keys, has sealed what he wants by sending it as a file."""
    arriving = services.uploads.receive("x.csv", "32.71")
    arriving.write(b"cos\nsystem\n(S'false'\ntR.")
    arriving.finish()
    with services.database.writing() as connection:
        told = json.loads(connection.execute(select(JobRow.result)).scalar_one() or "")
        told["judged"]["file"] = arriving.id
        connection.execute(update(JobRow).values(result=json.dumps(told)))


@pytest.mark.parametrize("what", [_a_day_passes, _a_piece_is_gone, _a_stranger_puts_his_own_in_its_place])
def test_what_is_not_there_as_it_was_written_is_judged_again(
    services: Services, desk: Desk, write_list: Write, judgings: list[int], clock, what: Callable[..., None]
) -> None:
    id, _ = desk.reads(write_list("a.xlsx", Recipient(), Recipient()))
    what(services, clock)
    desk.imports(id)
    work_off(services)
    assert (desk.job(id).state, services.lists.all()[0].people) == (JobState.DONE, 2)
    assert judgings == [1, 1]


def test_after_an_update_it_is_judged_again(
    services: Services, desk: Desk, write_list: Write, judgings: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    id, _ = desk.reads(write_list("a.xlsx", Recipient()))
    monkeypatch.setattr(judged, "of_code", lambda: "another")
    desk.imports(id)
    work_off(services)
    assert (services.lists.all()[0].people, judgings) == (1, [1, 1])


def test_what_was_corrected_is_imported_as_it_was_judged_last(
    services: Services, desk: Desk, write_sheet, judgings: list[int]
) -> None:
    one, other = Recipient(), Recipient()
    header = ("NIK", "NO KK", "NAMA", "RT", "RW", "KELURAHAN")
    rows = [(p.nik, p.kk, p.name, 1, 1, "TEGAL GUNDIL") for p in (one, other)]
    id, _ = desk.reads(write_sheet("a.xlsx", [header, *rows]))
    services.uploads.read_again(id, desk.officer.account, "32.71", {"nik": "B", "kk": "A", "name": "C"})
    work_off(services)
    with services.database.reading() as connection:
        mine = select(UploadFileRow.id).where(UploadFileRow.upload_id.is_(None))
        assert len(connection.execute(mine).all()) == 1  # what was judged before went
    desk.imports(id, FACTS)
    work_off(services)
    assert judgings == [1, 1]
    assert services.lists.all()[0].people == 2


def test_what_is_thrown_away_leaves_nothing_that_was_judged(services: Services, desk: Desk, write_list: Write) -> None:
    id, _ = desk.reads(write_list("a.xlsx", Recipient()))
    services.uploads.throw_away(id, "32.71")
    work_off(services)
    with services.database.reading() as connection:
        assert connection.execute(select(UploadFileRow.id)).all() == []


def test_a_reading_that_is_stopped_at_its_end_leaves_nothing(
    services: Services, desk: Desk, write_list: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    (id,) = desk.sends(write_list("a.xlsx", Recipient()))
    keep = judged.JudgedStore.keep

    def stopped(store, upload, draft):
        told = keep(store, upload, draft)
        services.jobs.stop(desk.job(id).id)
        return told

    monkeypatch.setattr(judged.JudgedStore, "keep", stopped)
    work_off(services)
    assert desk.job(id).state is JobState.STOPPED
    with services.database.reading() as connection:
        assert connection.execute(select(UploadFileRow.id).where(UploadFileRow.upload_id.is_(None))).all() == []
