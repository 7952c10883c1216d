"""An instance of an older Salur: what it kept of followers had no reasons and offices, and went by initials."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select, update

from salur.core.following.kinds import NewsKind
from salur.core.following.links import TOLD
from salur.core.limits.asker import Asker
from salur.core.notices.channels import Channel
from salur.core.notices.rows import CONTENT
from salur.core.people.nik import Kk
from salur.core.tables.following import FollowRow
from salur.core.tables.notices import NoticeRow
from salur.words.language import language
from salur.words.notices import NOTICES
from tests.core.following.conftest import CHAT, at, kinds
from tests.fixtures.office import Announced, Recipient, Reported
from tests.fixtures.services import vault_of

NEWER = ("over", "reason", "office", "elsewhere")


@pytest.fixture
def updated(services):
    """`updated()`: all that is kept is as an older Salur kept it, and this one goes on with it."""

    def ages():
        vault = vault_of(services)
        with services.database.writing() as connection:
            for row in connection.execute(select(FollowRow.__table__)).all():
                kept = vault.open_json(row.sealed_told, TOLD, row.id)
                names: dict[str, str] = {}
                for key, aid in kept["told"].items():
                    name = f"{aid['programme']} {aid['period']} {aid['payee']}"
                    names[key] = name + "+" * sum(one.rstrip("+") == name for one in names.values())
                older = {
                    "told": {names[key]: _without(aid) for key, aid in kept["told"].items()},
                    "reminded": {names[key]: mark for key, mark in kept["reminded"].items()},
                }
                mine = update(FollowRow).where(FollowRow.id == row.id)
                connection.execute(mine.values(sealed_told=vault.seal_json(older, TOLD, row.id)))
            for row in connection.execute(select(NoticeRow.__table__)).all():
                kept = vault.open_json(row.sealed_content, CONTENT, row.id)
                kept["facts"]["news"] = [_without(one) for one in kept["facts"]["news"]]
                mine = update(NoticeRow).where(NoticeRow.id == row.id)
                connection.execute(mine.values(sealed_content=vault.seal_json(kept, CONTENT, row.id)))

    return ages


def a_button_of_then(services, row):
    """What an older Salur called the aid of S. M. on a button."""
    return vault_of(services).digest("follow aid", f"{row} PKH 2026-T1 S. M.".encode()).hex()[:16]


def _without(facts):
    return {name: said for name, said in facts.items() if name not in NEWER}


def test_what_was_told_before_the_update_is_not_told_again_and_what_changes_is(
    services, office, clock, mother, follow, told, updated
):
    office.publishes(mother)
    office.announces(Announced())
    follow(mother)
    clock.now = at(9, day=22)
    assert kinds(told()) == [NewsKind.IN_TWO_DAYS]
    updated()
    other = Recipient(name="EUIS KOMARIAH")
    clock.passes(hours=2)
    office.publishes(other, programme="SEMBAKO")  # of somebody else: she is only looked at
    clock.passes(minutes=11)
    assert told() == []
    updated()
    office.announces(Announced(date=dt.date(2026, 2, 26)))
    clock.passes(minutes=11)
    (one,) = told()
    assert (one.kind, one.was.starts.day, one.day.starts.day) == (NewsKind.DATE_MOVED, 24, 26)


def test_of_a_family_with_the_same_initials_each_is_known_again(services, office, clock, mother, told, updated):
    sister = Recipient(name="SRI MULYANI", kk=mother.kk)
    office.publishes(mother, sister)
    answer = services.asking.ask(Kk.parse(mother.kk), mother.name, asker=Asker.chat(int(CHAT)))
    services.following.follow(Channel.TELEGRAM, CHAT, None, answer.way_back)
    updated()
    office.announces(Announced())
    clock.passes(minutes=11)
    assert kinds(told()) == [NewsKind.DATE_SET, NewsKind.DATE_SET]


def test_a_message_that_waited_is_sent_and_its_button_opens(services, office, clock, mother, follow, updated):
    office.publishes(mother)
    follow(mother)
    office.hears(Reported(nik=mother.nik))
    clock.passes(minutes=11)
    services.following.sweep()
    updated()
    (waited,) = services.notices.take()
    assert "Sudah dibayarkan" in NOTICES[waited.code](waited.facts, language("id"))
    row = waited.facts["follow"]
    before = a_button_of_then(services, row)
    for ref in (before, *waited.facts["refs"]):
        said = services.following.behind(Channel.TELEGRAM, CHAT, row, ref)
        assert said is not None
        assert said.programme == "PKH"


def test_an_old_button_that_could_mean_two_of_a_family_opens_neither(services, office, mother, updated):
    sister = Recipient(name="SRI MULYANI", kk=mother.kk)
    office.publishes(mother, sister)
    answer = services.asking.ask(Kk.parse(mother.kk), mother.name, asker=Asker.chat(int(CHAT)))
    services.following.follow(Channel.TELEGRAM, CHAT, None, answer.way_back)
    with services.database.reading() as connection:
        row = connection.execute(select(FollowRow.id)).scalar_one()
    before = a_button_of_then(services, row)
    assert services.following.behind(Channel.TELEGRAM, CHAT, row, before) is None
