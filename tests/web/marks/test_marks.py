"""Marking people of the list, and the inbox of marks, as heads and offices see them."""

from __future__ import annotations

import html
import re

import pytest
from sqlalchemy import select

from salur.core.limits.kinds import Door
from salur.core.marks.kinds import CareReason, MarkKind, MarkState
from salur.core.officers.roles import Role
from salur.core.tables.people import EntitlementRow
from salur.words.marks import ASKED
from tests.fixtures.office import Recipient
from tests.web.conftest import read_off, text_of

MOVED = MarkKind.MOVED_AWAY


def entries(services):
    """The ids of all entries, in the order of the list."""
    with services.database.reading() as connection:
        return list(connection.execute(select(EntitlementRow.id).order_by(EntitlementRow.id)).scalars())


@pytest.fixture
def entry(office, services):
    office.publishes(Recipient(nik="3271054105790018"))
    return entries(services)[0]


@pytest.fixture
def rt(heads):
    return heads.create("rt")


def test_a_head_marks_a_family_as_moved_and_takes_it_back(services, signed_in, rt, entry):
    head = signed_in(rt)
    page = head.opens(f"/wilayah/tandai/{entry}")
    assert "Tandai SITI MAESAROH" in text_of(page)
    assert "Lahir 1979" in text_of(page)
    assert "0018" not in text_of(page)
    done = head.posts(f"/wilayah/tandai/{entry}", kind="moved_away", note="Pindah ke Ciomas.")
    (mark,) = services.marks.inbox(rt, door=Door.SITE).marks
    assert (done.status_code, done.location) == (303, f"/wilayah?ditandai=moved_away&tanda={mark.id}")
    told = head.opens(done.location)
    assert "Sudah ditandai: Pindah ke luar kelurahan." in text_of(told)
    assert f'action="/tanda/{mark.id}/batal"' in told.text
    shown = text_of(head.opens("/tanda"))
    for told in ("Pindah ke luar kelurahan: SITI MAESAROH", "RT 003 RW 005, Tegal Gundil", "Ditandai oleh Ketua RT"):
        assert told in shown
    assert "Pindah ke Ciomas." in shown
    back = head.posts(f"/tanda/{mark.id}/batal")
    assert (back.status_code, back.location) == (303, "/tanda?selesai=batal")
    assert "Tanda sudah dibatalkan" in text_of(head.opens(back.location))
    assert services.marks.inbox(rt, door=Door.SITE).marks[0].state is MarkState.TAKEN_BACK


@pytest.mark.parametrize("address", ["/tanda", "/tanda?hal=9", "/tanda?keadaan=open&hal=9"])
def test_a_page_past_the_end_shows_the_last(signed_in, rt, entry, address):
    head = signed_in(rt)
    head.posts(f"/wilayah/tandai/{entry}", kind="moved_away")
    shown = text_of(head.opens(address))
    assert "Pindah ke luar kelurahan: SITI MAESAROH" in shown
    assert "Tidak ada tanda di sini." not in shown


def test_a_made_up_confirmation_says_nothing(signed_in, rt, entry):
    head = signed_in(rt)
    for odd in ("ditandai=x&tanda=1", "ditandai=died&tanda=x", "ditandai=died", "ditandai=died&tanda=²"):
        page = head.opens(f"/wilayah?{odd}")
        assert (page.status_code, "Sudah ditandai" in page.text) == (200, False), odd


def test_the_form_says_what_is_missing(services, signed_in, rt, entry):
    head = signed_in(rt)
    nothing = head.posts(f"/wilayah/tandai/{entry}")
    assert (nothing.status_code, "Pilih salah satu." in text_of(nothing)) == (422, True)
    why = head.posts(f"/wilayah/tandai/{entry}", kind="home_delivery")
    assert (why.status_code, "Pilih sebabnya" in text_of(why)) == (422, True)
    number = head.posts(f"/wilayah/tandai/{entry}", kind="died", note="NIK 3271054105790018")
    assert (number.status_code, "Hapus nomornya" in text_of(number)) == (422, True)
    long = head.posts(f"/wilayah/tandai/{entry}", kind="died", note="x" * 301)
    assert (long.status_code, "Paling banyak 300 huruf" in text_of(long)) == (422, True)
    made_up = head.posts(f"/wilayah/tandai/{entry}", kind="rich")
    assert made_up.status_code == 422
    assert services.marks.inbox(rt, door=Door.SITE).marks.found == 0


def test_what_is_asked_is_said_before_anything_is_sent_and_nothing_typed_is_lost(signed_in, rt, entry):
    head = signed_in(rt)
    page = head.opens(f"/wilayah/tandai/{entry}")
    for asked in ASKED.values():
        assert asked in text_of(page)
    assert 'class="error"' not in page.text
    slip = head.posts(f"/wilayah/tandai/{entry}", kind="home_delivery", note="Lumpuh, tinggal sendiri")
    assert slip.text.count('class="error"') == 1
    assert re.search(r'<input[^>]*checked[^>]*value="home_delivery"', slip.text)
    assert "Lumpuh, tinggal sendiri</textarea>" in slip.text


def test_marking_from_a_part_of_the_list_leads_back_to_it(signed_in, rt, entry):
    head = signed_in(rt)
    here = read_off(r'href="(/wilayah/tandai/[^"]+)"', head.opens("/wilayah?keadaan=due&urut=name").text)
    page = head.opens(html.unescape(here))
    assert 'href="/wilayah?keadaan=due&amp;urut=name"' in page.text
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))
    slip = head.posts(f"/wilayah/tandai/{entry}", **fields, kind="home_delivery")
    assert 'name="keadaan" value="due"' in slip.text
    done = head.posts(f"/wilayah/tandai/{entry}", **fields, kind="died")
    assert done.location.startswith("/wilayah?keadaan=due&urut=name&ditandai=died&tanda=")
    assert "Sudah ditandai: Meninggal." in text_of(head.opens(done.location))


def test_marking_from_a_search_leads_back_to_it_and_no_address_holds_the_name(services, signed_in, rt, entry):
    head = signed_in(rt)
    found = head.posts("/wilayah", nama="maesa")
    opening = read_off(r'formaction="(/wilayah/tandai/\d+)"', found.text)
    page = head.posts(opening, nama="maesa", buka="1")
    assert (page.status_code, 'class="error"' in page.text) == (200, False)
    assert "Kembali ke hasil pencarian" in text_of(page)
    slip = head.posts(opening, nama="maesa", kind="home_delivery")
    assert (slip.status_code, 'name="nama" value="maesa"' in slip.text) == (422, True)
    done = head.posts(opening, nama="maesa", kind="died")
    shown = text_of(done)
    assert "Sudah ditandai: Meninggal." in shown
    assert "Nama: maesa" in shown
    assert "Location" not in done.headers
    addresses = re.findall(r'(?:href|action|formaction)="([^"]*)"', page.text + slip.text + done.text)
    assert not [address for address in addresses if "maesa" in address]
    assert services.marks.inbox(rt, door=Door.SITE).marks.found == 1


def test_what_is_marked_already_is_said(services, signed_in, rt, entry):
    services.marks.make(rt, entry, MOVED)
    head = signed_in(rt)
    assert "Sudah ditandai dan belum selesai" in text_of(head.opens(f"/wilayah/tandai/{entry}"))
    again = head.posts(f"/wilayah/tandai/{entry}", kind="moved_away")
    assert (again.status_code, "sudah ditandai begitu" in text_of(again)) == (422, True)


def test_home_delivery_is_asked_with_its_reason(services, signed_in, heads, rt, entry):
    signed_in(rt).posts(f"/wilayah/tandai/{entry}", kind="home_delivery", care="elderly")
    assert services.marks.inbox(rt, door=Door.SITE).marks[0].care is CareReason.ELDERLY
    lurah = signed_in(heads.create("kelurahan"))
    shown = text_of(lurah.opens("/tanda"))
    assert "Sebab: Lanjut usia" in shown
    assert "Akan diantar ke rumah" in shown
    id = services.marks.inbox(rt, door=Door.SITE).marks[0].id
    assert lurah.posts(f"/tanda/{id}/selesai", hasil="list_corrected", catatan="Jumat pagi.").status_code == 303
    told = text_of(signed_in(rt).opens("/tanda"))
    assert "Diselesaikan oleh Kelurahan : Akan diantar ke rumah" in told
    assert "Jumat pagi." in told


def test_a_mark_climbs_from_the_rt_to_dinas_sosial(services, signed_in, heads, rt, entry):
    id = services.marks.make(rt, entry, MOVED)
    lurah, camat, dinsos = (signed_in(heads.create(role)) for role in ("kelurahan", "kecamatan", "dinsos"))
    assert "Benar, teruskan" in text_of(lurah.opens("/tanda"))
    assert lurah.posts(f"/tanda/{id}/benar").location == "/tanda?selesai=benar"
    assert "Benar, teruskan" not in text_of(lurah.opens("/tanda"))
    assert camat.posts(f"/tanda/{id}/benar", catatan="Sudah dicek.").status_code == 303
    assert "Daftar akan diperbaiki" in text_of(dinsos.opens("/tanda"))
    assert dinsos.posts(f"/tanda/{id}/selesai", hasil="list_corrected").location == "/tanda?selesai=selesai"
    again = dinsos.posts(f"/tanda/{id}/selesai", hasil="no_change")
    assert (again.status_code, "Tanda ini sudah diselesaikan" in text_of(again)) == (409, True)
    shown = text_of(signed_in(rt).opens("/tanda"))
    assert "Dibenarkan oleh Kelurahan" in shown
    assert "Dibenarkan oleh Kecamatan" in shown
    assert "Batalkan tanda" not in shown


def test_a_button_that_is_none_of_ours_closes_nothing(services, signed_in, heads, rt, entry):
    id = services.marks.make(rt, entry, MOVED)
    assert signed_in(heads.create("dinsos")).posts(f"/tanda/{id}/selesai", hasil="deleted").status_code == 400
    assert services.marks.inbox(rt, door=Door.SITE).marks[0].state is MarkState.OPEN


# Who may open or send what; all others are told that it is not for them.
ALLOWED = {
    "/wilayah/tandai/{entry}": ("rt", "rw", "kelurahan"),
    "/tanda": ("rt", "rw", "kelurahan", "kecamatan", "dinsos"),
    "/ganda": ("rt", "rw", "kelurahan", "kecamatan", "dinsos"),
    "POST /wilayah/tandai/{entry}": ("rt", "rw", "kelurahan"),
    "POST /tanda/{mark}/batal": ("rt", "rw", "kelurahan"),
    "POST /tanda/{mark}/benar": ("kelurahan", "kecamatan"),
    "POST /tanda/{mark}/selesai": ("kelurahan", "dinsos"),
}


@pytest.mark.parametrize("role", list(Role))
def test_each_page_is_for_its_roles(services, signed_in, heads, rt, entry, role):
    visitor = signed_in(heads.create(role))
    for address, roles in ALLOWED.items():
        mark = services.marks.make(rt, entry, MOVED)
        method, _, path = address.rpartition(" ")
        path = path.format(entry=entry, mark=mark)
        answer = visitor.posts(path, kind="died", hasil="no_change") if method else visitor.opens(path)
        assert (answer.status_code == 403) == (role not in roles), (address, answer.status_code)
        if services.marks.inbox(rt, state=MarkState.OPEN, kind=MOVED, door=Door.SITE).marks.found:
            services.marks.take_back(rt, mark)
        elif still := services.marks.inbox(rt, kind=MOVED, state=MarkState.CONFIRMED, door=Door.SITE).marks:
            services.marks.take_back(rt, still[0].id)


def test_the_neighbours_people_and_marks_are_no_page_of_ours(services, office, signed_in, heads, entry):
    office.publishes(Recipient(name="ROMLAH", rt=4), programme="SEMBAKO")
    theirs = entries(services)[-1]
    beside = heads.create("rt", rt=4)
    id = services.marks.make(beside, theirs, MarkKind.DIED, note="Rahasia tetangga")
    head = signed_in(heads.create("rt"))
    missing = head.opens("/wilayah/tandai/4711")
    assert missing.status_code == 404
    for answer in (
        head.opens(f"/wilayah/tandai/{theirs}"),
        head.posts(f"/wilayah/tandai/{theirs}", kind="died"),
        head.posts(f"/tanda/{id}/batal"),
        head.opens("/wilayah/tandai/9223372036854775807"),
        head.posts("/tanda/9223372036854775807/batal"),
    ):
        assert (answer.status_code, text_of(answer)) == (404, text_of(missing))
    shown = head.opens("/tanda").text
    assert "ROMLAH" not in shown
    assert "Rahasia" not in shown
    assert services.marks.inbox(beside, door=Door.SITE).marks[0].state is MarkState.OPEN


def test_the_inbox_is_filtered_by_state_and_kind(services, signed_in, rt, entry):
    services.marks.make(rt, entry, MOVED)
    services.marks.take_back(rt, services.marks.make(rt, entry, MarkKind.DIED))
    head = signed_in(rt)
    assert "Semua (2)" in text_of(head.opens("/tanda"))
    gone = text_of(head.opens("/tanda?keadaan=taken_back"))
    assert "Meninggal: SITI" in gone
    assert "Pindah ke luar kelurahan: SITI" not in gone
    assert "Tidak ada tanda di sini" in text_of(head.opens("/tanda?keadaan=open&jenis=died"))
    for odd in ("keadaan=x", "jenis=x", "hal=x", "hal=0", "hal=99999999999999999999", "hal=²", "selesai=x"):
        assert head.opens(f"/tanda?{odd}").status_code == 200


def test_without_the_token_nothing_is_marked(services, signed_in, rt, entry):
    head = signed_in(rt)
    assert head.client.post(f"/wilayah/tandai/{entry}", data={"kind": "died"}).status_code == 400
    id = services.marks.make(rt, entry, MOVED)
    assert head.client.post(f"/tanda/{id}/batal").status_code == 400
    assert services.marks.inbox(rt, door=Door.SITE).counts == {MarkState.OPEN: 1}


def test_nobody_marks_without_signing_in(services, signed_in, rt, entry):
    stranger = signed_in(rt).client.application.test_client()
    for path in (f"/wilayah/tandai/{entry}", "/tanda", "/ganda"):
        assert stranger.get(path).location.startswith("/masuk")
