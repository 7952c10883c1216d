"""What `make run` shows a newcomer: whom to ask for, what will be seen, and something to do on each desk."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from salur.cli.sample_desks import fill_desks
from salur.cli.sample_offices import SECOND_FACTOR, WAY_IN, open_offices
from salur.cli.try_out import load_sample_city
from salur.cli.welcome import FOR_OFFICERS, TO_TRY, tell_what_to_try
from salur.core.limits.asker import Asker
from salur.core.limits.kinds import Door
from salur.core.lists.kinds import State
from salur.core.lookup.answers import NotOnTheList, OnTheList
from salur.core.marks.kinds import MarkKind
from salur.core.neighbourhood.answers import Filter, LineState
from salur.core.officers.answers import Next
from salur.core.officers.roles import CHAIN, Officer, Role
from salur.core.officers.second_factor import RECOVERY_CODES
from salur.core.payouts.answers import PaymentState, PlaceKind
from salur.core.people.nik import Nik
from salur.core.people.ticket_codes import TicketCode
from salur.core.proposals.answers import Status
from salur.sample import city as city_module
from salur.sample.areas import areas
from salur.sample.city import write_city
from salur.sample.scenes import SCENES, families
from salur.wiring import Services, build
from salur.words.language import language
from salur.words.officers.offices import desk_nav, office_nav
from tests.fixtures.officers import SignedIn, code_at, sign_in_token
from tests.fixtures.services import NOON, Clock, settings_in, site_of
from tests.sample.conftest import TODAY

ALL = 2 * len(SCENES)
# What pages say that have nothing to show.
EMPTY = ("Belum ada", "Tidak ada tanda", "Tidak ada yang")
FULL = ("Tidak ada yang bisa mengubah atau menghapusnya di sini", "Tidak ada yang digabung sendiri")  # said anyway
Sample = tuple[Services, Path, dict[str, Any]]


@pytest.fixture(scope="module")
def sample(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    """The sample city in a database, with nobody but the people to try, and its manifest."""
    folder = tmp_path_factory.mktemp("instance")
    shutil.copy(sqlite_template, folder / "salur.sqlite3")
    services = build(
        settings_in(folder, f"sqlite:///{folder / 'salur.sqlite3'}"),
        clock=Clock(datetime.combine(TODAY, NOON.timetz())),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(city_module, "areas", lambda: tuple(area for area in areas() if families(area.code)))
        manifest = write_city(ALL, 1, folder / "sample", today=TODAY)
    load_sample_city(services, ALL)
    yield services, folder / "sample", manifest
    services.database.dispose()


@pytest.fixture
def officers(sample: Sample) -> dict[Role, Officer]:
    """The trial accounts."""
    return open_offices(*sample)


def ask(sample: Sample, key: str) -> OnTheList | NotOnTheList:
    """Ask for one of the people to try, as a newcomer types them."""
    services, _, manifest = sample
    who = manifest["try"][key]
    found = services.lookup.ask(Nik.parse(who["nik"]), who["name"], asker=Asker.address("203.0.113.7"))
    assert isinstance(found, OnTheList | NotOnTheList)
    return found


def seen(answer: OnTheList | NotOnTheList) -> list[str]:
    """What an answer says of each programme, in short."""
    assert isinstance(answer, OnTheList)
    return sorted(
        " ".join(
            word
            for word, so in (
                (one.programme, True),
                (one.state, one.state is not State.ENTITLED),
                (one.payment.state, one.payment.state is not PaymentState.DUE),
                ("coming", one.next_sitting),
                ("moved", one.next_sitting and one.next_sitting.replaced),
                ("home", one.next_sitting and one.next_sitting.place.kind is PlaceKind.HOME),
                ("missed", one.missed_sitting and one.deadline and one.deadline > TODAY),
            )
            if so
        )
        for one in answer.present
    )


def test_whoever_types_what_is_printed_sees_what_is_printed(sample: Sample) -> None:
    assert {key: seen(ask(sample, key)) for key in TO_TRY if key != "nobody"} == {
        "listed_coming": ["PKH coming"],
        "two_programmes": ["PKH coming", "SEMBAKO paid"],
        "paid": ["SEMBAKO paid"],
        "missed": ["SEMBAKO missed"],
        "returned": ["APBD returned"],
        "suspended": ["PKH suspended"],
        "home_visit": ["PKH coming home"],
        "sitting_moved": ["PKH coming moved"],
        "taken_off": ["PKH taken_off"],
    }
    assert isinstance(ask(sample, "nobody"), NotOnTheList)


def test_it_is_all_printed_with_the_ticket_and_the_accounts(sample: Sample) -> None:
    services, folder, manifest = sample
    told = tell_what_to_try(services, folder, "http://127.0.0.1:8000")
    people = manifest["try"]
    for key in TO_TRY:
        assert f"  {people[key]['nik']}  {people[key]['name']}" in told
    for role in FOR_OFFICERS:
        assert f"  coba.{role} " in told
    second_factor = (folder / SECOND_FACTOR).read_text().splitlines()
    assert len(second_factor) == 1 + RECOVERY_CODES
    assert [one for one in second_factor if one not in told] == []
    codes = re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", told)  # a password is in small letters
    ticket = TicketCode.parse(codes[0])
    followed = services.proposals.status(ticket, people["nobody"]["name"], asker=Asker.address("203.0.113.8"))
    assert isinstance(followed, Status)


def test_the_rt_has_something_of_everything_on_the_list(sample: Sample, officers: dict[Role, Officer]) -> None:
    page = sample[0].neighbourhood.export(officers[Role.RT], Filter(), door=Door.SITE)
    assert {state for state, count in page.counts.items() if count} >= {
        LineState.DUE, LineState.PAID, LineState.RETURNED, LineState.SUSPENDED, LineState.TAKEN_OFF,
    }  # fmt: skip
    assert page.waiting >= 3
    assert any(line.care for line in page.lines)
    assert {kind for line in page.lines for kind in line.marks} == {MarkKind.MOVED_AWAY, MarkKind.HOME_DELIVERY}
    assert any(line.double for line in page.lines)


@pytest.mark.parametrize("role", list(Role))
def test_no_page_of_a_trial_account_is_empty(sample: Sample, officers: dict[Role, Officer], role: Role) -> None:
    services, folder, _ = sample
    codes = (folder / SECOND_FACTOR).read_text().splitlines()[1:] if role is Role.DINSOS else ()
    token = sign_in_token(services, officers[role], (folder / WAY_IN).read_text(), recovery=codes)
    browser = SignedIn(site_of(services), token)
    say = language("id")
    for address, _ in (*office_nav(role, say), *desk_nav(role, "/kantor", say)):
        page = browser.opens(address)
        assert page.status_code == 200
        told = re.sub("|".join(FULL), "", page.text)
        assert [words for words in EMPTY if words in told] == [], address


def test_the_desk_opens_with_the_printed_second_factor(sample: Sample, officers: dict[Role, Officer]) -> None:
    services, folder, _ = sample
    secret, *_ = (folder / SECOND_FACTOR).read_text().splitlines()
    dinsos, asker = officers[Role.DINSOS], Asker.address("203.0.113.9")
    begun = services.sign_ins.start(dinsos.username, (folder / WAY_IN).read_text(), asker=asker, device="Linux, Chrome")
    assert begun.next is Next.CODE
    assert services.sign_ins.finish(begun.token, code_at(services, secret, later=1), asker=asker)


def test_each_desk_has_a_proposal_that_waits(sample: Sample, officers: dict[Role, Officer]) -> None:
    waiting = {role: sample[0].casework.count(officers[role]).waiting for role in CHAIN}
    assert waiting == dict.fromkeys(CHAIN, 1)


def test_filling_the_desks_again_changes_nothing(sample: Sample, officers: dict[Role, Officer]) -> None:
    services, folder, manifest = sample
    before = services.marks.inbox(officers[Role.DINSOS], door=Door.SITE).counts
    fill_desks(services, folder, officers, manifest)
    assert services.marks.inbox(officers[Role.DINSOS], door=Door.SITE).counts == before
