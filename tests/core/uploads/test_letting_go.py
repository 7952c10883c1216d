"""What is no longer needed of uploads and lists goes piece by piece: nobody who asks waits for all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select, update

from salur.cli.work import run_one
from salur.core.storage import bulk
from salur.core.storage.database import Database
from salur.core.tables.base import Table
from salur.core.tables.lists import FaultRow, ListRow
from salur.core.tables.people import EntitlementRow, PersonRow
from salur.core.tables.uploads import UploadChunkRow, UploadFileRow
from salur.core.uploads import letting_go, receiving
from salur.core.uploads.kinds import UploadState
from salur.documents.fault_workbook import write_faults
from salur.wiring import Services
from tests.fixtures.office import Recipient
from tests.fixtures.uploads import Desk, work_off

PIECES = 3
MANY = (UploadChunkRow, EntitlementRow, PersonRow, FaultRow)


class Killed(Exception):
    """What `kill -9` does, as far as transactions are concerned."""


class Watch:
    """Sees how many rows each transaction deletes; may kill its process after so many that deleted some."""

    def __init__(self) -> None:
        self.most = dict.fromkeys(MANY, 0)
        self.kills_after: int | None = None

    def saw(self, table: type[Table], deleted: int) -> None:
        self.most[table] = max(self.most[table], deleted)
        if deleted > 0 and self.kills_after is not None:
            self.kills_after -= 1
            if not self.kills_after:
                self.kills_after = None
                raise Killed


def counts(connection: Connection, *tables: type[Table]) -> list[int]:
    return [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]


def left(services: Services, *tables: type[Table]) -> list[int]:
    with services.database.reading() as connection:
        return counts(connection, *tables)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Looks at every transaction that writes; files come in many pieces, of which few go at once."""
    watch, original = Watch(), Database.writing
    monkeypatch.setattr(receiving, "CHUNK", 256)
    monkeypatch.setattr(letting_go, "PIECES", PIECES)

    @contextmanager
    def writing(database: Database) -> Iterator[Connection]:
        with original(database) as connection:
            before = counts(connection, *MANY)
            yield connection
            after = counts(connection, *MANY)
        for table, had, has in zip(MANY, before, after, strict=True):
            watch.saw(table, had - has)

    monkeypatch.setattr(Database, "writing", writing)
    return watch


def in_pieces(watch: Watch, services: Services) -> None:
    """Sees that pieces of files went, and never many at once, and that none is left."""
    assert 0 < watch.most[UploadChunkRow] <= PIECES
    assert left(services, UploadFileRow, UploadChunkRow) == [0, 0]


def test_an_imported_file_goes_piece_by_piece_once_the_draft_stands(
    watch: Watch, services: Services, desk: Desk, write_list: Callable[..., Path]
) -> None:
    id, _ = desk.reads(write_list("a.xlsx", *(Recipient() for _ in range(5))))
    desk.imports(id)
    assert run_one(services, "a")
    assert desk.shows(id).state is UploadState.IMPORTED
    assert desk.shows(id).names == ()
    assert left(services, UploadChunkRow) > [PIECES]
    work_off(services)
    in_pieces(watch, services)
    assert services.lists.all()[0].people == 5


def test_what_is_thrown_away_broken_off_or_corrected_goes_piece_by_piece(
    watch: Watch, services: Services, desk: Desk, write_list: Callable[..., Path], tmp_path: Path
) -> None:
    id, _ = desk.reads(write_list("a.xlsx", Recipient(), Recipient(nik="123")))
    header, rows = services.uploads.faulty_rows(id, "32.71")
    write_faults(tmp_path / "back.xlsx", rows, header, lambda row: services.uploads.mark_of(id, row))
    desk.corrects(id, tmp_path / "back.xlsx")
    broken = services.uploads.receive("c.csv", "32.71")
    broken.write(b"x" * 256 * 2 * PIECES)
    broken.discard()
    work_off(services)
    services.uploads.throw_away(id, "32.71")
    work_off(services)
    in_pieces(watch, services)


def test_what_nobody_imported_goes_piece_by_piece_in_time(
    watch: Watch, services: Services, desk: Desk, write_list: Callable[..., Path], clock
) -> None:
    desk.reads(write_list("a.xlsx", Recipient()))
    services.uploads.receive("c.csv", "32.71").write(b"x" * 256 * 2 * PIECES)
    clock.passes(days=15)
    assert services.retention.purge().uploads == 1
    in_pieces(watch, services)


@pytest.mark.parametrize("by_purge", [True, False])
def test_whoever_deletes_may_be_killed_and_the_rest_goes_later(
    watch: Watch, services: Services, desk: Desk, write_list: Callable[..., Path], *, by_purge: bool
) -> None:
    id, _ = desk.reads(write_list("a.xlsx", *(Recipient() for _ in range(5))))
    desk.imports(id)
    watch.kills_after = 2
    with pytest.raises(Killed):
        work_off(services)
    assert left(services, UploadFileRow) == [2]  # what came, and what was judged of it
    services.retention.purge() if by_purge else work_off(services)
    in_pieces(watch, services)
    assert (services.lists.all()[0].people, left(services, EntitlementRow)) == (5, [5])


def test_who_waits_for_a_runner_does_not_wait_for_pieces(
    services: Services, watch: Watch, desk: Desk, write_list: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    id, _ = desk.reads(write_list("a.xlsx", *(Recipient() for _ in range(5))))
    services.uploads.throw_away(id, "32.71")
    monkeypatch.setattr(services.jobs, "waits", lambda: True)
    services.upload_work.sweep()
    assert services.upload_work.is_left_over()
    monkeypatch.undo()
    services.upload_work.sweep()
    assert not services.upload_work.is_left_over()


def test_a_list_past_its_time_goes_by_the_thousand_and_nobody_sees_half_of_it(
    watch: Watch, services: Services, office, clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "PIECE", 2)
    old = office.publishes(*(Recipient() for _ in range(7)))
    new = office.publishes(*(Recipient() for _ in range(3)))
    clock.passes(days=396)
    watch.kills_after = 2
    with pytest.raises(Killed):
        services.retention.purge()
    assert left(services, EntitlementRow, ListRow) == [3 + 3, 2]
    assert [summary.id for summary in services.lists.all()] == [new] != [old]
    purged = services.retention.purge()
    assert (purged.lists, purged.people) == (1, 7)
    assert left(services, EntitlementRow, PersonRow, ListRow) == [3, 3, 1]
    assert (watch.most[EntitlementRow], watch.most[PersonRow]) == (2, 2)


def test_a_list_that_was_stopped_goes_by_the_thousand(
    watch: Watch, services: Services, desk: Desk, write_list: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "PIECE", 2)
    id, _ = desk.reads(write_list("a.xlsx", *(Recipient(nik=str(number)) for number in range(5))))
    desk.imports(id)
    work_off(services)
    draft = services.lists.all()[0].id
    assert left(services, EntitlementRow, FaultRow, ListRow) == [5, 5, 1]
    with services.database.writing() as connection:
        connection.execute(update(ListRow).values(state="loading"))
    services.imports.drop(draft)
    assert left(services, EntitlementRow, FaultRow, ListRow) == [0, 0, 0]
    assert (watch.most[EntitlementRow], watch.most[FaultRow]) == (2, 2)
