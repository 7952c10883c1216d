"""A runner killed at any moment: nothing of the list, or all of it, and its job is taken up again."""

from __future__ import annotations

from sqlalchemy import text

from salur.core.jobs.kinds import JobState
from salur.wiring import Services
from tests.fixtures.killing import KILLS, PEOPLE, Killer, moments
from tests.fixtures.office import Recipient
from tests.fixtures.uploads import Desk, work_off

RUNNER = "killed"


def rows(services: Services) -> tuple[int, int, int]:
    """Lists that are written in part, lists that are whole, and rows of the whole ones."""
    with services.database.reading() as connection:
        part, whole = (
            connection.execute(text(f"SELECT count(*) FROM recipient_list WHERE state {sign} 'loading'")).scalar_one()
            for sign in ("=", "<>")
        )
        of_whole = "list_id IN (SELECT id FROM recipient_list WHERE state <> 'loading')"
        return part, whole, connection.execute(text(f"SELECT count(*) FROM entitlement WHERE {of_whole}")).scalar_one()


def test_an_import_killed_at_any_moment_is_all_or_nothing_and_is_taken_up_again(
    killer: Killer,
    services: Services,
    desk: Desk,
    write_list,
) -> None:
    died = 0
    for whole, moment in enumerate((None, *moments(0.1, 1.0))):  # the first is let live
        (id,) = desk.sends(write_list(f"{whole}.xlsx", *(Recipient() for _ in range(PEOPLE))))
        work_off(services)
        desk.imports(id)
        if moment is not None:
            killer.run("work", "--once", "--runner", RUNNER, killed_at=moment)
            done = desk.job(id).state is JobState.DONE
            assert rows(services)[1:] == (whole + done, PEOPLE * (whole + done))
            assert len(services.lists.all()) == whole + done
            died += not done
            services.jobs.let_go(RUNNER)
        assert killer.run("work", "--once", "--runner", RUNNER) == 0
        assert rows(services) == (0, whole + 1, PEOPLE * (whole + 1))
        assert desk.shows(id).list == max(summary.id for summary in services.lists.all())
    assert died > KILLS // 3  # really killed in time
