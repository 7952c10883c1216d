"""Every guarded address × every role × every neighbour: nobody sees or changes what lies outside his own area.

Each place gets a person, a proposal, a report, a mark, an account, an invitation and a circular, with a word in them
that stands nowhere else. Then each officer opens every address with every id there is, forged ones included, sends
every form with the neighbour's ids, and asks for the neighbour's area in every way an address allows. None of the words
of a place outside his own may come back, and nothing of it may change. A new page is walked without being named here.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from salur.config import Settings
from salur.core.limits.asker import Asker
from salur.core.marks.kinds import MarkKind
from salur.core.officers.roles import Officer, Role
from salur.core.proposals.draft import Draft
from salur.core.proposals.kinds import Kind
from salur.core.regions.region import regency_of
from salur.core.regions.territory import Territory
from salur.core.tables.circulars import CircularRow
from salur.core.tables.comparing import ComparisonRow
from salur.core.tables.jobs import JobRow
from salur.core.tables.letters import PrintingRow
from salur.core.tables.lists import ListRow
from salur.core.tables.marks import MarkRow
from salur.core.tables.officers import AccountRow, InvitationRow
from salur.core.tables.payouts import PayoutFileRow, PlaceRow, SittingRow
from salur.core.tables.people import EntitlementRow, PersonRow
from salur.core.tables.proposals import PhotoRow, ProposalRow
from salur.core.tables.uploads import UploadRow
from salur.core.uploads.kinds import UploadKind
from salur.web import guard
from salur.wiring import Services, build
from tests.fixtures.circulars import BANTAR_JATI, a_circular, a_pdf
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Office, Recipient
from tests.fixtures.officers import BOGOR_UTARA, CITY, Heads, SignedIn
from tests.fixtures.proposals import a_draft, a_photo
from tests.fixtures.services import Clock, settings_in
from tests.fixtures.waiting import puts_in_line
from tests.web.heard import Heard
from tests.web.strangers import PLACES, looks_at_strangers, state_of_strangers

HOME = next(iter(PLACES.values()))
MINE = {
    Role.RT: HOME,
    Role.RW: Territory(TEGAL_GUNDIL, 5),
    Role.KELURAHAN: Territory(TEGAL_GUNDIL),
    Role.KECAMATAN: Territory(BOGOR_UTARA),
    Role.DINSOS: Territory(CITY),
    Role.PAYOUT: Territory(TEGAL_GUNDIL, None, None),
}
# What forms and addresses of this site may be asked with; unknown names do no harm.
ASKED = {
    "kelurahan": BANTAR_JATI, "region": BANTAR_JATI, "wilayah": BANTAR_JATI, "areas": BANTAR_JATI, "rw": "6", "rt": "4",
    "number": "4", "role": "rt", "cari": "SARI", "nama": "SARI", "name": "SARI", "kind": "died", "alasan": "other",
    "kata": "x", "catatan": "x", "hasil": "no_change", "langkah": "accepted", "versi": "0", "note": "x", "care": "sick",
    "jenis": "same_name", "bagian": "semua", "dari": "1", "password": "x", "code": "x", "old": "x", "again": "x",
    "siapa": "SARI", "keadaan": "taken_off", "surat": "SK 1", "tanggal": "2026-01-01",
}  # fmt: skip
# Which ids belong in which addresses, the longer beginning first; elsewhere all there are are tried.
IDS_OF = {
    "/kotak/": "proposal", "/tanda/": "mark", "/wilayah/tandai/": "entitlement", "/edaran/": "circular",
    "/kantor/pembayaran/berkas/": "upload", "/kantor/pembayaran/": "schedule", "/kantor/akun/": "account",
    "/kantor/surat/": "printing", "/kantor/rencana/hitungan/": "job", "/kantor/rencana/": "schedule",
    "/kantor/daftar/berkas/": "upload", "/kantor/daftar/banding/": "comparison",
    "/kantor/daftar/": "list", "/kantor/tempat/": "pay_point",
    "/kantor/jadwal/konsep/": "schedule", "/kantor/jadwal/berkas/": "upload", "/kantor/jadwal/": "sitting",
    "/kantor/tunggu/": "proposal", "/undangan/akun/": "account", "/undangan/": "invitation",
}  # fmt: skip
NEVER_SENT = frozenset({"signing.sign_out", "account.password"})


@dataclass(frozen=True)
class World:
    """All ids there are, and whose."""

    ids: dict[str, tuple[int, ...]]
    nothing: int = 987_654_321

    def all(self) -> tuple[int, ...]:
        """Every id, and one that does not exist."""
        return (*sorted({id for ids in self.ids.values() for id in ids}), self.nothing)


@pytest.fixture(scope="module")
def inhabited(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    """A folder with database and keys, and every place with everything in it: made once, and copied for each test."""
    folder = tmp_path_factory.mktemp("world")
    shutil.copy(sqlite_template, folder / "salur.sqlite3")
    services = build(settings_in(folder, f"sqlite:///{folder / 'salur.sqlite3'}"), clock=Clock())
    world = _peopled(services)
    services.database.dispose()
    return folder, world


@pytest.fixture
def world(inhabited: tuple[Path, World]) -> World:
    """The ids of what is there."""
    return inhabited[1]


@pytest.fixture
def settings(inhabited: tuple[Path, World], tmp_path: Path) -> Settings:
    """A copy of that folder, the test's own."""
    shutil.copytree(inhabited[0], tmp_path, dirs_exist_ok=True)
    return settings_in(tmp_path, f"sqlite:///{tmp_path / 'salur.sqlite3'}")


def _send(services: Services, draft: Draft, asker: Asker) -> None:
    """As in the draft's own city: nothing about another one can be sent."""
    there = build(replace(services.settings, city=regency_of(draft.territory.region_code)), clock=services.clock)
    there.proposals.send(draft, asker=asker)
    there.database.dispose()


def _peopled(services: Services) -> World:
    office, heads = Office(services), Heads(services)
    office.publishes(*(_person(word, place) for word, place in PLACES.items()))
    for word, place in PLACES.items():
        rt = heads.create(Role.RT, place.region_code, place.rw, place.rt)
        with services.database.writing() as connection:
            connection.execute(update(AccountRow).where(AccountRow.id == rt.account).values(username=word.lower()))
            mine = select(EntitlementRow.id).join(PersonRow).where(PersonRow.region_code == place.region_code)
            mine = mine.where(PersonRow.rw == place.rw, PersonRow.rt == place.rt)
            entitlement = connection.execute(mine).scalar_one()
        services.marks.make(rt, entitlement, MarkKind.MOVED_AWAY, note=f"catatan {word}")
        services.invitations.invite(None, Role.RT, place)
        asker = Asker.chat(len(word) * 1000 + (place.rt or 0) + (place.rw or 0) + len(place.region_code))
        for kind in Kind:
            draft = a_draft(kind, territory=place, name=f"PENGUSUL {word}", words=f"cerita {word}")
            draft = replace(draft, photos=(a_photo(),)) if kind is Kind.USULAN else draft
            _send(services, draft, asker)
    # A circular goes to a whole kelurahan, so the kelurahan of several places gets the word of the first.
    for code, word in {place.region_code: word for word, place in reversed(PLACES.items())}.items():
        circular = a_circular(title=f"Edaran {word}", areas=(code,), number=f"SE {word}")
        services.circulars.write(heads.create(Role.DINSOS, code[:5]), circular, a_pdf())
    puts_in_line(services, heads, HOME, PLACES["FLAMBOYANI"])
    _upload(services, heads.create(Role.DINSOS, "76.04"), "FLAMBOYANI")
    for word, place in PLACES.items():
        office.announces(Announced(place=f"AULA {word}", region_code=place.region_code, rw=place.rw, rt=place.rt))
    # Of what everybody's list says, and of nothing but one person of each city's.
    second = office.drafts(_person("ANGGREKWATI", HOME), _person("FLAMBOYANI", PLACES["FLAMBOYANI"]), period="2026-T2")
    services.comparing.begin(1, second, by=heads.create(Role.DINSOS, CITY).account)
    tables: dict[str, Any] = {
        "person": PersonRow, "entitlement": EntitlementRow, "mark": MarkRow, "proposal": ProposalRow,
        "photo": PhotoRow, "account": AccountRow, "invitation": InvitationRow, "circular": CircularRow,
        "list": ListRow, "upload": UploadRow, "pay_point": PlaceRow,
        "comparison": ComparisonRow, "schedule": PayoutFileRow, "sitting": SittingRow,
        "printing": PrintingRow, "job": JobRow,
    }  # fmt: skip
    with services.database.reading() as connection:
        ids = {name: tuple(connection.execute(select(table.id)).scalars()) for name, table in tables.items()}
    return World(ids)


def _upload(services: Services, operator: Officer, word: str) -> None:
    """A file of another city's office, with its word as the name."""
    office = operator.territory.region_code
    for kind in (UploadKind.LIST, UploadKind.PAYMENTS):
        arriving = services.uploads.receive(f"{word}.csv", office)
        arriving.write(f"NIK;NAMA\n1;{word}\n".encode())
        services.uploads.accept([arriving], operator.account, office, kind=kind)


def _person(word: str, place: Territory) -> Recipient:
    return Recipient(name=f"SARI {word}", region_code=place.region_code, rw=place.rw, rt=place.rt)


@pytest.fixture(params=list(Role))
def walker(request: pytest.FixtureRequest, world: World, heads: Heads) -> Officer:
    """An officer of each role, whose area holds the first place."""
    territory = MINE[request.param]
    return heads.create(request.param, territory.region_code, territory.rw, territory.rt)


def foreign_words(officer: Officer) -> set[str]:
    """The words of places outside an officer's area."""
    return {word for word, place in PLACES.items() if not officer.territory.covers(place)}


def guarded_rules(app: Flask, method: str) -> Iterator[Rule]:
    """The addresses behind the guard."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] in guard.ROLES_OF and method in (rule.methods or ()):
            yield rule


def asked_by(rule: Rule) -> list[str]:
    """What of a rule stands in its addresses: what it says by itself does not."""
    return sorted(rule.arguments - set(rule.defaults or ()))


def addresses(rule: Rule, world: World) -> Iterator[str]:
    """A rule's addresses with every id; for one with two ids, every photo of every proposal."""
    names = asked_by(rule)
    kind = next((kind for start, kind in IDS_OF.items() if rule.rule.startswith(start)), None)
    mine = (*world.ids[kind], world.nothing) if kind else world.all()
    # Behind the first id of an address: photos of proposals, entries of lists, parts of a print.
    known: dict[str, Any] = {"code": ("APBD", "NO-SUCH"), "_": ("x",), "part": (1, 999)}
    known |= {name: world.ids[name] for name in ("photo", "entitlement") if len(names) > 1}
    choices = [known.get(name, mine) for name in names]
    for values in product(*choices):
        built = rule.build(dict(zip(names, values, strict=True)))
        if built is not None:  # too large for that address's ids
            yield built[1]


def told(response: TestResponse) -> str:
    """All that a response says: its text, or what is in a spreadsheet, and its headers."""
    said = str(response.headers)
    if response.data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(response.data)) as book:
            return said + "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return said + response.data.decode("utf-8", "replace")


def strangers_in(responses: Iterator[tuple[str, TestResponse]], words: set[str]) -> list[tuple[str, str]]:
    """Where a word shows that must not; a crash counts as well."""
    found = []
    for address, response in responses:
        text = told(response).upper()
        found += [(address, word) for word in words if word in text]
        if response.status_code >= 500:
            found.append((address, f"status {response.status_code}"))
    return found


def test_no_page_shows_a_neighbours_data(services, world, walker, signed_in, monkeypatch):
    browser: SignedIn = signed_in(walker)
    monkeypatch.setattr(browser.client.application.request_class, "parameter_storage_class", Heard)

    def asked_with(rule: Rule) -> Iterator[tuple[str, TestResponse]]:
        """With all at once, and with each alone that the page has looked for by then: of others it learns nothing."""
        yield f"{rule.rule}?all", browser.opens(rule.rule, query_string=ASKED)
        tried: set[str] = set()
        while new := Heard.of(ASKED) - tried:
            name = min(new)
            tried.add(name)
            yield f"{rule.rule}?{name}", browser.opens(rule.rule, query_string={name: ASKED[name]})

    def pages() -> Iterator[tuple[str, TestResponse]]:
        for rule in guarded_rules(browser.client.application, "GET"):
            Heard.names.clear()
            for address in addresses(rule, world):
                yield address, browser.opens(address)
            if not asked_by(rule):
                yield from asked_with(rule)

    before = looks_at_strangers(services, walker)
    assert strangers_in(pages(), foreign_words(walker)) == []
    assert looks_at_strangers(services, walker) == before, "somebody's record says that he was looked at"


def test_no_form_shows_or_changes_a_neighbours_data(services, world, walker, signed_in):
    browser: SignedIn = signed_in(walker)
    token = browser.form_token()

    def forms() -> Iterator[tuple[str, TestResponse]]:
        for rule in guarded_rules(browser.client.application, "POST"):
            if rule.endpoint not in NEVER_SENT:
                for address in addresses(rule, world):
                    yield address, browser.client.post(address, data={**ASKED, "csrf_token": token})

    before = state_of_strangers(services, walker)
    assert strangers_in(forms(), foreign_words(walker)) == []
    assert state_of_strangers(services, walker) == before


def test_what_is_his_own_he_does_see(walker, world, signed_in):
    """Else the two tests above would pass on empty pages."""
    browser: SignedIn = signed_in(walker)
    place = "" if len(walker.territory.region_code) == 13 else f"?kelurahan={TEGAL_GUNDIL}"
    assert "ANGGREKWATI" in told(browser.opens(f"/wilayah{place}"))


def test_a_report_of_a_levy_is_seen_by_dinas_sosial_alone(services, world, walker, signed_in):
    browser: SignedIn = signed_in(walker)
    with services.database.reading() as connection:
        here = ProposalRow.region_code.startswith(CITY) & (ProposalRow.kind == "laporan")
        report = connection.execute(select(ProposalRow.id).where(here)).scalars().first()
    status = browser.opens(f"/kotak/{report}").status_code
    assert status == {Role.DINSOS: 200, Role.PAYOUT: 403}.get(walker.role, 404)


@pytest.mark.parametrize("ended", ["idle", "closed", "signed out"])
def test_a_stale_session_opens_and_changes_nothing(
    services: Services, world: World, walker: Officer, signed_in: Callable[[Officer], SignedIn], clock, ended: str
) -> None:
    browser = signed_in(walker)
    token = browser.form_token()
    if ended == "idle":
        clock.passes(minutes=31)
    elif ended == "closed":
        services.accounts.close(None, walker.username)
    else:
        services.sign_ins.leave(browser.token)
    before = state_of_strangers(services, replace(walker, territory=Territory("99")))
    app = browser.client.application
    for rule in guarded_rules(app, "GET"):
        address = next(addresses(rule, world))
        assert browser.opens(address).headers.get("Location", "").startswith("/masuk?"), address
    for rule in guarded_rules(app, "POST"):
        for address in list(addresses(rule, world))[:3]:
            response = browser.client.post(address, data={**ASKED, "csrf_token": token})
            assert response.headers.get("Location", "").startswith("/masuk?"), address
    assert state_of_strangers(services, replace(walker, territory=Territory("99"))) == before


def test_a_form_without_its_token_changes_nothing(services, world, walker, signed_in):
    browser: SignedIn = signed_in(walker)
    for rule in guarded_rules(browser.client.application, "POST"):
        address = next(addresses(rule, world))
        assert browser.client.post(address, data=ASKED).status_code == 400, address
