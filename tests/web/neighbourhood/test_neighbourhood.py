"""A head works with the list of the neighbourhood: filters, search, copies. Nothing personal in an address."""

from __future__ import annotations

import datetime as dt
import html
import logging
import re
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from salur.core.officers.roles import Role
from salur.core.tables.privacy import AccessRow
from salur.words import neighbourhood
from salur.words.language import language
from salur.words.neighbourhood import short_name
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient, Reported, a_nik, born_in
from tests.web.conftest import read_off, text_of

BANTARJATI = "32.71.05.1001"
ROW = re.compile(r'<tr class="\w+">.*?</tr>', re.S)
LONG_NUMBER = re.compile(r"(?<!\d)\d{16}(?!\d)")


@pytest.fixture
def people(office):
    """Nine people of RW 5, and one next door."""
    mother, asep = Recipient(name="SITI MAESAROH", rt=1), Recipient(name="ASEP", rt=2)
    neighbour = Recipient(name="TETANGGA", rw=6)
    others = [Recipient(name=f"IBU {n}", rt=3) for n in range(5)]
    office.publishes(mother, asep, neighbour, *others)
    office.publishes(Recipient(name="NUR HAYATI", rt=2, care=True), programme="SEMBAKO")
    office.hears(Reported(nik=asep.nik))
    office.announces(Announced(), Announced(row=3, programme="SEMBAKO", date=dt.date(2026, 2, 17)))
    return [mother, asep, neighbour, *others]


@pytest.fixture
def head(heads, signed_in):
    """The head of RW 5 at his phone."""
    return signed_in(heads.create("rw"))


def names(page):
    """Who stands on a page, in its order."""
    rows = ROW.findall(page.text)
    return [html.unescape(read_off(r'class="who">(.*?)<', row)) for row in rows]


def looks(services):
    """How many lines the access record has, by what was done."""
    counted = select(AccessRow.what, func.count()).group_by(AccessRow.what)
    with services.database.reading() as connection:
        return dict(tuple(row) for row in connection.execute(counted))


def test_the_list_says_who_gets_what_when_where_and_how_it_stands(head, people):
    page = head.opens("/wilayah")
    told = text_of(page)
    assert names(page)[:3] == ["SITI MAESAROH", "ASEP", "NUR HAYATI"]
    for fact in (
        "RW 005, Tegal Gundil",
        "PKH, Tahap 1 tahun 2026",
        "Rp600.000",
        "Selasa, 24 Februari 2026, pukul 08.00–11.00 WIB",
        "Kantor Kelurahan Tegal Gundil",
        "Belum dibayar",
        str(born_in(people[0].nik)),
        "Sudah dibayar",
        "12 Februari 2026",
        "Selasa, 17 Februari 2026: sudah lewat",
    ):
        assert fact in told, fact
    assert "TETANGGA" not in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_no_page_holds_a_number_an_address_or_a_letter_code(head, office, people):
    office.publishes(Recipient(name="LILIS", rt=1, address="Gang Mawar 99", letter_code="PBP0040"), programme="PANGAN")
    pages = [
        head.opens("/wilayah"),
        head.posts("/wilayah", nama="lilis"),
        head.posts("/wilayah/cetak"),
    ]
    for page in pages:
        assert "LILIS" in page.text
        assert not LONG_NUMBER.search(page.text)
        assert "Gang Mawar" not in page.text
        assert "PBP0040" not in page.text
        for person in people:
            assert person.nik[:12] not in page.text
            assert person.kk[-6:] not in page.text


def test_chips_narrow_the_list_and_each_can_be_taken_away(head, people):
    assert names(head.opens("/wilayah?rt=2")) == ["ASEP", "NUR HAYATI"]
    assert names(head.opens("/wilayah?program=SEMBAKO")) == ["NUR HAYATI"]
    assert names(head.opens("/wilayah?keadaan=paid")) == ["ASEP"]
    assert names(head.opens("/wilayah?keadaan=belum")) == ["NUR HAYATI"]
    assert names(head.opens("/wilayah?antar=1")) == ["NUR HAYATI"]
    page = head.opens("/wilayah?rt=2&program=SEMBAKO&antar=1&urut=name")
    chips = read_off(r'<ul class="chips" aria-labelledby="saringan">.*?</ul>', page.text)
    found = [html.unescape(address) for address in re.findall(r'href="([^"]+)"', chips)]
    assert found == [
        "/wilayah?program=SEMBAKO&antar=1&urut=name",
        "/wilayah?rt=2&antar=1&urut=name",
        "/wilayah?rt=2&program=SEMBAKO&urut=name",
        "/wilayah?urut=name",
    ]


@pytest.mark.parametrize(
    "address", ["?rt=abc", "?rt=0", "?keadaan=x", "?urut=x&hal=-1", "?hal=99999999999", "?antar=ya", "?rt=²"]
)
def test_what_is_no_value_of_a_filter_is_left_out(head, people, address):
    assert len(names(head.opens("/wilayah" + address))) == 8


def test_a_name_is_searched_for_without_ever_standing_in_an_address(head, people, caplog):
    caplog.set_level(logging.DEBUG)
    page = head.posts("/wilayah", nama=" nurhayati ", rt="2", urut="name")
    assert names(page) == ["NUR HAYATI"]
    links = [unquote(html.unescape(link)) for link in re.findall(r'(?:href|action)="([^"]+)"', page.text)]
    assert not [link for link in links if "hayati" in link.lower()]
    assert "Location" not in page.headers
    assert "hayati" not in caplog.text.lower()
    # Going on within the search keeps it in the form.
    assert names(head.posts("/wilayah", nama="ibu", urut="name", keadaan="due", hal="1")) == [
        f"IBU {n}" for n in range(5)
    ]


def test_a_button_speaks_after_the_hidden_field_of_the_same_name(head, people):
    page = head.posts("/wilayah", nama="i", keadaan=["due", "paid"])
    assert read_off(r'aria-current="page">\s*<span>(.*?)</span>', page.text) == "Sudah dibayar"


def test_a_filter_without_a_name_gets_an_address_of_its_own(head, people):
    found = head.posts("/wilayah", nama="", rt="2", program="", urut="rt")
    assert (found.status_code, found.headers["Location"]) == (303, "/wilayah?rt=2")


def test_a_number_typed_as_a_name_is_refused_and_not_said_back(head, people):
    page = head.posts("/wilayah", nama=people[0].nik)
    assert page.status_code == 422
    assert "Ketik huruf dari namanya, bukan nomor." in text_of(page)
    assert people[0].nik not in page.text
    assert names(page) == []
    mixed = head.posts("/wilayah", nama=f"asep {people[0].nik}")
    assert names(mixed) == ["ASEP"]
    assert people[0].nik not in mixed.text


def test_empty_pages_say_what_to_do(head, heads, signed_in, people):
    nobody = head.opens("/wilayah?rt=88")
    assert "Tidak ada yang cocok." in text_of(nobody)
    assert "Hapus semua saringan" in text_of(nobody)
    nothing_yet = signed_in(heads.create("rw", rw=9)).opens("/wilayah")
    assert "Belum ada daftar untuk wilayah ini." in text_of(nothing_yet)
    assert "Unduh" not in text_of(nothing_yet)


def test_fifty_are_on_a_page_and_a_search_goes_on_by_form(head, office):
    office.publishes(*(Recipient(name=f"WARGA {chr(65 + n // 26)}{chr(65 + n % 26)}") for n in range(60)))
    first = head.opens("/wilayah?urut=name")
    assert len(names(first)) == 50
    assert 'href="/wilayah?urut=name&amp;hal=2"' in first.text
    assert len(names(head.opens("/wilayah?urut=name&hal=2"))) == 10
    found = head.posts("/wilayah", nama="warga")
    assert '<button form="lagi" name="hal" value="2" class="button second">Berikutnya</button>' in found.text
    assert len(names(head.posts("/wilayah", nama="warga", hal="2"))) == 10


def test_sorting_is_told_to_whoever_listens(head, people):
    page = head.opens("/wilayah?urut=name").text
    assert re.findall(r'aria-sort="ascending">\s*<a href="([^"]+)"', page) == ["/wilayah?urut=name"]
    assert page.count("<caption>") == 1
    assert page.count('scope="col"') == 8
    assert page.count('scope="row"') == 8


def test_every_count_says_its_share_of_the_whole(head, people):
    told = text_of(head.opens("/wilayah"))
    for count in ("Semua 8", "Sudah dibayar 1 dari 8 (12 %)", "Belum dibayar 7 dari 8 (88 %)"):
        assert count in told, count
    assert "Belum diambil (jadwal sudah lewat) 1 dari 8 (12 %)" in told


def cells(response):
    """The sheet, as rows of texts."""
    sheet = CalamineWorkbook.from_filelike(BytesIO(response.data)).get_sheet_by_index(0)
    return [[str(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def test_the_workbook_holds_what_is_on_screen_and_says_who_made_it(head, people, services):
    response = head.posts("/wilayah/unduh.xlsx", nama="nur", antar="1")
    assert response.mimetype.endswith("spreadsheetml.sheet")
    assert 'filename="daftar-penerima-2026-02-20.xlsx"' in response.headers["Content-Disposition"]
    rows = cells(response)
    told = "\n".join(" ".join(row) for row in rows)
    assert "Dibuat oleh rw." in told
    assert "(Ketua RW 005 Tegal Gundil) pada Jumat, 20 Februari 2026, pukul 12.00 WIB." in told
    assert "Jangan dibagikan." in told
    assert "Hanya: Perlu diantar ke rumah; Nama: nur" in told
    assert [row[1] for row in rows[6:]] == ["NUR HAYATI"]
    assert not LONG_NUMBER.search(told)
    assert looks(services) == {"export": 1}


def test_days_and_amounts_are_such_and_two_columns_wait_for_a_pen(head, people):
    response = head.posts("/wilayah/unduh.xlsx")
    sheet = CalamineWorkbook.from_filelike(BytesIO(response.data)).get_sheet_by_index(0)
    header, *lines = sheet.to_python(skip_empty_area=False)[5:]
    assert header[-2:] == ["Tanda tangan", "Catatan"]
    by_name = {line[1]: dict(zip(header, line, strict=True)) for line in lines}
    coming, paid, missed = (by_name[name] for name in ("SITI MAESAROH", "ASEP", "NUR HAYATI"))
    assert [line["Tanggal"] for line in (coming, paid, missed)] == [
        dt.date(2026, 2, 24), dt.date(2026, 2, 12), dt.date(2026, 2, 17),
    ]  # fmt: skip
    assert (coming["Jumlah (Rp)"], coming["No."], coming["Tahun lahir"]) == (600_000.0, 1.0, born_in(people[0].nik))
    assert (coming["Pengambilan"], missed["Pengambilan"]) == ("pukul 08.00–11.00 WIB", "sudah lewat")
    assert {value for line in by_name.values() for value in (line["Tanda tangan"], line["Catatan"])} == {""}
    styles = ZipFile(BytesIO(response.data)).read("xl/styles.xml").decode()
    assert 'formatCode="dd/mm/yyyy"' in styles


def test_digits_keep_their_zeros_and_names_are_no_formulas(head, office):
    nik = a_nik()
    office.publishes(Recipient(name='=HYPERLINK("http://x","SITI")', nik=nik, rt=1, care=True))
    response = head.posts("/wilayah/unduh.xlsx")
    row = cells(response)[6]
    assert row[1] == '=HYPERLINK("http://x","SITI")'
    assert (row[2], row[3], row[11]) == ("001", "005", f"{born_in(nik)}.0")
    sheet = ZipFile(BytesIO(response.data)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert 'state="frozen"' in sheet


def test_the_page_to_print_says_who_made_it_and_that_it_stays_here(head, people, services):
    page = head.posts("/wilayah/cetak", rt="2")
    told = text_of(page)
    assert "Hanya: RT 002" in told
    assert told.count("Dibuat oleh rw.") == 2
    assert told.count("Jangan dibagikan.") == 2
    assert "ASEP" in told
    assert "SITI MAESAROH" not in told
    assert looks(services) == {"export": 2}


def test_each_rt_has_a_sheet_of_its_own_with_room_to_sign(head, people):
    page = head.posts("/wilayah/cetak")
    sheets = re.findall(r'<section class="sheet".*?</section>', page.text, re.S)
    assert [read_off(r"<h2[^>]*>(.*?)</h2>", sheet) for sheet in sheets] == [
        "RT 001 RW 005, Tegal Gundil", "RT 002 RW 005, Tegal Gundil", "RT 003 RW 005, Tegal Gundil",
    ]  # fmt: skip
    assert [sheet.count('<td class="sign"') for sheet in sheets] == [1, 2, 5]
    assert all("Tanda tangan</th></tr></thead>" in sheet and "Dibuat oleh rw." in sheet for sheet in sheets)


@pytest.mark.parametrize("address", ["/wilayah/unduh.xlsx", "/wilayah/cetak"])
def test_a_copy_cannot_be_made_by_a_link(head, people, services, address):
    assert head.opens(address).headers["Location"] == "/wilayah"
    assert head.client.post(address, data={}).status_code == 400
    assert looks(services) == {}


def test_every_view_and_search_is_recorded_of_those_shown(head, people, services):
    head.opens("/wilayah?rt=2")
    assert looks(services) == {"list": 2}
    head.posts("/wilayah", nama="siti")
    head.posts("/wilayah", nama="tetangga")
    assert looks(services) == {"list": 2, "search": 1}


def test_offices_with_a_whole_city_choose_a_kelurahan_first(heads, signed_in, people, services):
    city = signed_in(heads.create("dinsos"))
    page = city.opens("/wilayah")
    assert "Pilih kelurahan." in text_of(page)
    assert "SITI" not in page.text
    assert f'href="/wilayah?kelurahan={TEGAL_GUNDIL}"' in page.text
    assert looks(services) == {}
    listed = city.opens(f"/wilayah?kelurahan={TEGAL_GUNDIL}&rw=6")
    assert names(listed) == ["TETANGGA"]
    assert "Tandai" not in text_of(listed)
    for address in ("/wilayah/cetak", "/wilayah/unduh.xlsx", "/wilayah"):
        assert city.posts(address, nama="siti").headers["Location"] == "/wilayah"


@pytest.mark.parametrize("role", ["rt", "rw", "kelurahan"])
def test_who_may_mark_finds_the_way_on_every_row(heads, signed_in, people, role):
    page = signed_in(heads.create(role, rt=1 if role == "rt" else None)).opens("/wilayah")
    assert len(re.findall(r'href="/wilayah/tandai/\d+"', page.text)) == len(names(page)) > 0


@pytest.mark.parametrize("role", list(Role))
def test_an_area_of_somebody_else_is_not_found(heads, signed_in, people, role):
    browser = signed_in(heads.create(role))
    elsewhere = "76.04.01.1001" if role in ("dinsos", "kecamatan", "payout") else BANTARJATI
    for response in (
        browser.opens(f"/wilayah?kelurahan={elsewhere}"),
        browser.posts("/wilayah", kelurahan=elsewhere, nama="siti"),
        browser.posts("/wilayah/cetak", kelurahan=elsewhere),
        browser.posts("/wilayah/unduh.xlsx", kelurahan=elsewhere),
    ):
        assert response.status_code == 404
        assert "SITI" not in response.text


def test_nobody_comes_in_without_signing_in(app, people):
    stranger = app.test_client()
    for response in (stranger.get("/wilayah"), stranger.get("/wilayah/cetak")):
        assert response.status_code == 303
        assert response.headers["Location"].startswith("/masuk")


def test_what_stands_in_a_name_is_no_markup(head, office):
    office.publishes(Recipient(name="<b>SITI</b> *TEBAL*"))
    for page in (head.opens("/wilayah"), head.posts("/wilayah", nama="<script>siti"), head.posts("/wilayah/cetak")):
        assert "<b>SITI" not in page.text
        assert "<script" not in page.text


@pytest.mark.parametrize(
    ("listed", "short"),
    [
        ("SITI MAESAROH", "Siti M."),
        ("H. MUHAMMAD FAUZI", "Muhammad F."),
        ("NENENG", "Neneng"),
        ("M. FAUZI RAHMAN", "M. Fauzi R."),
        ("I WAYAN SUDARMA", "I. Wayan S."),
        ("", ""),
    ],
)
def test_a_short_name_is_enough_for_who_knows_the_neighbours(listed, short):
    assert short_name(listed) == short


def test_every_state_and_order_has_words():
    say = language("id")
    for state in neighbourhood.STATES:
        assert neighbourhood.state(state, say)
        assert neighbourhood.sign(state)
