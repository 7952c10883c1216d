"""Killed at any moment, an import or a publish leaves the old state or the new one, and nothing between."""

from __future__ import annotations

from sqlalchemy import text

from tests.cli.test_lists import FACTS
from tests.fixtures.killing import KILLS, PEOPLE, moments
from tests.fixtures.office import Recipient


def _counts(services) -> tuple[int, int, int]:
    with services.database.reading() as connection:
        return tuple(
            connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()
            for table in ("recipient_list", "entitlement", "person")
        )


def test_an_import_killed_at_any_moment_leaves_all_or_nothing(killer, services, write_list):
    people = [Recipient(note="") for _ in range(PEOPLE)]
    assert killer.run("lists", "import", write_list("first.xlsx", *people), *FACTS) == 0
    whole = _counts(services)
    assert whole == (1, PEOPLE, PEOPLE)
    for number, moment in enumerate(moments(0.2, 1.0)):
        file = write_list(f"{number}.xlsx", *(Recipient() for _ in range(PEOPLE)))
        killer.run("lists", "import", file, *FACTS, killed_at=moment)
        lists, entitlements, persons = _counts(services)
        assert (entitlements, persons) == (PEOPLE * lists, PEOPLE * lists)
    assert lists < 1 + KILLS  # some really were killed in time
    assert killer.run("lists", "import", file, *FACTS) in (0, 1)  # 1: it was whole already


def test_a_publish_killed_at_any_moment_leaves_the_old_list_or_the_new_in_force(killer, services, office):
    in_force = office.publishes(*(Recipient() for _ in range(PEOPLE)))
    killer.run("lists", "publish", office.drafts(Recipient()), "--yes")
    in_force = max(s.id for s in services.lists.all())
    for moment in moments(0.2, 1.1):
        draft = office.drafts(*(Recipient() for _ in range(PEOPLE)))
        killer.run("lists", "publish", draft, "--yes", killed_at=moment)
        states = {s.id: s.state for s in services.lists.all()}
        assert (states[in_force], states[draft]) in (("published", "draft"), ("superseded", "published"))
        assert list(states.values()).count("published") == 1
        in_force = draft if states[draft] == "published" else in_force
