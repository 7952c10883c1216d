"""The first page after signing in: every number on it is the number of rows behind its link."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest

from salur.core.limits.kinds import Door
from salur.core.marks.kinds import MarkKind
from salur.core.neighbourhood.answers import Filter
from salur.core.officers.roles import CHAIN, Officer, Role
from salur.core.proposals.kinds import Kind, Step
from salur.core.regions.territory import Territory
from tests.fixtures.circulars import BANTAR_JATI, a_circular, a_pdf
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Office, Recipient, Reported, a_kk, a_nik
from tests.fixtures.officers import Heads, SignedIn
from tests.fixtures.proposals import Chain, a_plain_draft
from tests.fixtures.services import Clock
from tests.web.conftest import read_off, text_of

SignIn = Callable[..., SignedIn]
BADGE = re.compile(r'<li(?: class="late")?><a href="([^"]+)"><strong class="count">(\d+)</strong>')
# What is one row on each of the lists behind.
ROWS = {
    "/kotak": r'<h2><a href="/kotak/\d+">',
    "/edaran/kotak": r'<li class="sitting',
    "/wilayah": r'<tr class="\w+">',
    "/tanda": r'<ul class="marks">|<li class="(?:open|confirmed)">',
    "/ganda": r'<(?:section|li|article) class="double',
    "/undangan": r'action="/undangan/\d+/batal"',
}


@pytest.fixture
def busy(chain: Chain, heads: Heads, office: Office, clock: Clock) -> Chain:
    """A city in which something waits for everybody."""
    services = chain.services
    for kind in (Kind.USULAN, Kind.USULAN, Kind.SANGGAH, Kind.KOREKSI, Kind.LAPORAN):
        chain.receives(a_plain_draft(kind))
    clock.passes(days=4)
    at_the_top = chain.receives()
    chain.climbs(at_the_top, chain.rt, chain.kelurahan)
    rejected = chain.receives()
    chain.decides(chain.rt, rejected, Step.REJECTED, "moved")
    twice, family = a_nik(), a_kk()
    paid = Recipient(name="ASEP")
    office.publishes(
        Recipient(name="SITI", nik=twice), Recipient(name="SITI", nik=twice), paid,
        Recipient(name="NENG", kk=family), Recipient(name="UJANG", kk=family),
        Recipient(name="JAUH", region_code=BANTAR_JATI), Recipient(name="DEWI", rw=6),
        programme="PKH",
    )  # fmt: skip
    office.hears(Reported(nik=paid.nik, name=paid.name), programme="PKH")
    office.announces(Announced(programme="PKH"))
    clock.passes(days=10)
    page = services.neighbourhood.page(chain.rt, Filter(), door=Door.SITE)
    marked = [services.marks.make(chain.rt, line.entitlement, MarkKind.MOVED_AWAY) for line in list(page.lines)[:3]]
    services.marks.confirm(chain.kelurahan, marked[0])
    writer = chain.dinsos
    for number in ("SE 1", "SE 2"):
        circular = a_circular(title=f"Edaran {number}", areas=(TEGAL_GUNDIL,), number=number)
        services.circulars.send(writer, services.circulars.write(writer, circular, a_pdf()))
    for officer, role, place in (
        (chain.dinsos, Role.KECAMATAN, Territory("32.71.01")),
        (chain.kecamatan, Role.KELURAHAN, Territory(BANTAR_JATI)),
        (chain.kelurahan, Role.RW, Territory(TEGAL_GUNDIL, 7)),
        (chain.rw, Role.RT, Territory(TEGAL_GUNDIL, 5, 9)),
    ):
        services.invitations.invite(officer, role, place)
    return chain


@pytest.mark.parametrize("role", list(Role))
def test_each_number_is_that_of_the_rows_behind_it(busy: Chain, heads: Heads, signed_in: SignIn, role: Role) -> None:
    officer = getattr(busy, role, None) or heads.create(Role.PAYOUT, TEGAL_GUNDIL)
    assert isinstance(officer, Officer)
    browser = signed_in(officer)
    badges = BADGE.findall(browser.opens("/petugas").text)
    expected = {
        Role.RT: {"/kotak", "/edaran/kotak", "/wilayah", "/tanda", "/ganda"},
        Role.RW: {"/kotak", "/edaran/kotak", "/wilayah", "/tanda", "/ganda", "/undangan"},
        Role.KELURAHAN: {"/kotak", "/edaran/kotak", "/wilayah", "/tanda", "/ganda", "/undangan"},
        Role.KECAMATAN: {"/kotak", "/edaran/kotak", "/tanda", "/ganda", "/undangan"},
        Role.DINSOS: {"/kotak", "/tanda", "/ganda", "/undangan"},
        Role.PAYOUT: {"/wilayah"},
    }[role]
    assert {address.partition("?")[0].partition("#")[0] for address, _ in badges} == expected
    for address, count in badges:
        page = browser.opens(address.replace("&amp;", "&")).text
        rows = len(re.findall(ROWS[address.partition("?")[0].partition("#")[0]], page))
        rows -= "tanda" in address  # the list itself
        assert rows == int(count), address


def test_where_nothing_waits_it_says_so(signed_in: SignIn, heads: Heads) -> None:
    for role in Role:
        assert "Tidak ada yang menunggu." in text_of(signed_in(heads.create(role)).opens("/petugas"))
    assert {*CHAIN, Role.PAYOUT} == set(Role)


def test_the_name_on_top_and_the_way_in_lead_there_while_one_is_in(
    signed_in: SignIn, heads: Heads, clock: Clock
) -> None:
    browser = signed_in(heads.create(Role.RW))
    for address in ("/wilayah", "/jadwal", "/bantuan"):
        page = browser.opens(address).text
        assert '<a class="brand" href="/petugas">' in page
        assert '<a href="/petugas">Untuk petugas</a>' in page
    assert browser.opens("/masuk").location == "/petugas"
    clock.passes(minutes=31)
    over = browser.opens("/kotak?bagian=berjalan")
    assert over.location == "/masuk?kembali=/kotak%3Fbagian%3Dberjalan&habis=1"
    # And nobody is kept at the door: what was a sign-in is forgotten.
    assert '<a class="brand" href="/">' in browser.opens("/jadwal").text
    assert 'action="/masuk?kembali=/kotak%3Fbagian%3Dberjalan"' in browser.opens(over.location).text


def test_a_list_of_heads_becomes_slips_on_one_page_shown_once(signed_in: SignIn, heads: Heads, office: Office) -> None:
    office.publishes(Recipient(rt=3), Recipient(rt=4))
    browser = signed_in(heads.create(Role.KELURAHAN))
    assert "Undang banyak ketua sekaligus" in text_of(browser.opens("/undangan"))
    file = (BytesIO(b"nama;jabatan;rt;rw;kelurahan\nAsep;RT;3;5;Tegal Gundil\nBudi;RT;x;5;Tegal Gundil\n"), "ketua.csv")
    page = browser.posts("/undangan/banyak", berkas=file)
    for told in ("1 undangan dibuat.", "Baris 3: Nomor RT belum ada", "Ketua RT 003 RW 005 Tegal Gundil", "Asep"):
        assert told in text_of(page)
    code = read_off(r'big-code">([^<]+)<', page.text)
    assert page.headers["Cache-Control"] == "no-store"
    assert code not in browser.opens("/undangan").text
    assert "RW 005: RT 003, 004" in text_of(browser.opens("/undangan/tanpa-akun"))
    for wrong in ((BytesIO(b"%PDF-1.4"), "x.pdf"), (BytesIO(b""), "x.csv")):
        assert browser.posts("/undangan/banyak", berkas=wrong).status_code == 422
    assert signed_in(heads.create(Role.RW)).opens("/undangan/banyak").status_code == 403
