"""The letter in a payee's hand: what it says, that nothing is lost, that a phone and a screen reader read it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salur.core.letters.answers import Landmark, Letter
from salur.core.payouts.answers import Place, PlaceKind, Sitting
from salur.core.regions.office import Office
from salur.documents.paper import letters as letters_on_paper
from salur.documents.paper.letters import Layout, letters_as_pdf
from salur.documents.paper.typesetting import qr_code, shown
from salur.words.language import LANGUAGES, language

INDONESIAN = language("id")
WIB = ZoneInfo("Asia/Jakarta")
DINSOS = Office("32.71", "Dinas Sosial Kota Bogor", "Jl. Merdeka No. 142", "0251 8312345", "Senin-Jumat 08.00-15.00")
HALL = Place(1, "Balai Warga Indraprasta", PlaceKind.VILLAGE_HALL, "Jl. Tumapel Raya No. 1", -6.5762, 106.8131, None)
POST = Place(2, "Kantor Pos Bogor", PlaceKind.POST_OFFICE, "Jl. Ir. H. Juanda No. 5", None, None, None)
OFFICE = Landmark("Kantor Kelurahan Tegal Gundil", -6.5790, 106.8105)
SMALLEST = 11  # points
SIGNS = {8.0, 10.0}  # north on the little map, and scissors


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of February 2026."""
    return datetime(2026, 2, day, hour, minute, tzinfo=WIB)


SITTING = Sitting(7, at(24, 8), at(24, 11), HALL, date(2026, 3, 31))
LETTER = Letter(
    number="16100/000123",
    code="ABCD-EFGH-JKLM-NPQR",
    url="HTTPS://SALUR.EXAMPLE.GO.ID/V/0123456789ABCDEFGHJKMNPQRS",
    name="SITI AMINAH",
    address="Kp. Sawah No. 12",
    rt=3,
    rw=5,
    kelurahan="Tegal Gundil",
    kecamatan="Bogor Utara",
    kabupaten="Kota Bogor",
    programme="BLT Sementara Kesejahteraan Rakyat",
    period="2026-T1",
    amount=900_000,
    office=DINSOS,
    site="salur.example.go.id",
    bot="SalurBot",
    sitting=SITTING,
    window=(at(24, 9), at(24, 9, 30)),
    deadline=date(2026, 3, 31),
    bring=("letter", "ktp", "kk"),
    near=OFFICE,
)
# As long as an office's columns are, all at once.
LONG_PLACE = replace(
    HALL,
    name="Gedung Serba Guna Balai Pertemuan Warga Kelurahan Tegal Gundil RW 05",
    address="Jalan Artzimar Raya Komplek Indraprasta Dua Nomor 145 RT 003 RW 005 Kelurahan Tegal Gundil"
    " Kecamatan Bogor Utara 16152",
)
LONG = replace(
    LETTER,
    name="RADEN AJENG SITI NURHASANAH KUSUMANINGRUM WIRADIREDJA SOERIA",
    address="Perumahan Griya Tegal Gundil Permai Indah Blok Q-12 Nomor 145 Jalan Haji Danasasmita"
    " Gang Mushola Al-Hidayah Dua Atas RT",
    kelurahan="Kampung Baru Pulau Samasundu Timur",
    kecamatan="Balanipa Binuang Selatan",
    kabupaten="Kabupaten Polewali Mandar",
    programme="Bantuan Langsung Tunai Sementara Kesejahteraan Rakyat Kemensos",
    amount=10_000_000,
    goods="beras 20 kg dan minyak goreng 4 liter",
    sitting=Sitting(
        8,
        at(24, 8),
        at(24, 11),
        LONG_PLACE,
        date(2026, 3, 31),
        replaced=Sitting(6, at(23, 8), at(23, 11), POST, None),
    ),
    proxy="same_kk_or_attorney",
    group="Kelompok Usaha Bersama Melati Sejahtera Mandiri",
    hint="Di belakang masjid, masuk gang di samping warung.",
)


def made(*letters: Letter, layout: Layout = Layout.A5, say=INDONESIAN) -> bytes:
    """Their PDF."""
    return letters_as_pdf(letters, say, layout=layout)


@pytest.mark.parametrize("layout", Layout)
def test_it_says_what_real_letters_leave_out_and_is_read_in_a_sensible_order(read_back, layout):
    paper = read_back(made(LETTER, layout=layout))
    told = [
        "Surat pemberitahuan bantuan",
        "Nomor 16100/000123",
        "SITI AMINAH",
        "RT 003/RW 005, Tegal Gundil, Kecamatan Bogor Utara, Kota Bogor",
        "BLT Sementara Kesejahteraan Rakyat, Tahap 1 tahun 2026",
        "Rp900.000",
        "Selasa, 24 Februari 2026",
        "Giliran Anda: pukul 09.00–09.30 WIB",
        "Tempat ini buka pukul 08.00–11.00 WIB.",
        "Balai Warga Indraprasta",
        "Jl. Tumapel Raya No. 1",
        "Tidak ada potongan.",
        "Bantuan diterima utuh. Ada yang minta bagian?",
        "Dinas Sosial Kota Bogor : Jl. Merdeka No. 142, telepon 0251 8312345",
        "LAPOR! : lapor.go.id",
        "PT Pos : kepala kantor pos",
        "Salur tidak pernah meminta PIN",
    ]
    spoken = paper.spoken()
    found = [spoken.find(words) for words in told]
    assert -1 not in found, [words for words, where in zip(told, found, strict=True) if where < 0]
    assert found == sorted(found)
    anywhere = [
        "ABCD-EFGH-",
        "JKLM-NPQR",
        "salur.example.go.id",
        "@SalurBot",
        "surat ini",
        "KTP asli",
        "31 Maret 2026",
        "KK asli",
    ]
    assert [words for words in anywhere if words not in spoken] == []
    for words in ("16100/000123", "SITI AMINAH", "Rp900.000", "24 Februari 2026", "Tidak ada potongan."):
        assert words in paper.text()


@pytest.mark.parametrize("layout", Layout)
def test_a_phone_reads_the_code_of_every_letter_from_the_page(read_back, layout):
    letters = [replace(LETTER, url=f"{LETTER.url[:-1]}{n}") for n in range(3)]
    paper = read_back(made(*letters, layout=layout))
    on_pages = [[one.text for one in paper.codes(page)] for page in range(1, len(paper.pdf.pages) + 1)]
    urls = [letter.url for letter in letters]
    assert on_pages == ([[url] for url in urls] if layout is Layout.A4 else [urls[:2], urls[2:]])


def test_the_code_is_large_enough_and_stands_in_white(read_back):
    paper, dots_per_inch = read_back(made(LETTER)), 254  # ten a millimetre
    picture, (found,) = paper.picture(1, dots_per_inch), paper.codes(1, dots_per_inch)
    corners = found.position
    left, top, right, bottom = corners.top_left.x, corners.top_left.y, corners.bottom_right.x, corners.bottom_right.y
    assert right - left >= 220
    quiet = 4 * (right - left) // 33 - 5  # of version 4; less than the width of a line around
    around = picture.crop((left - quiet, top - quiet, right + quiet, bottom + quiet))
    around.paste(255, (quiet - 4, quiet - 4, around.width - quiet + 4, around.height - quiet + 4))
    assert around.getextrema() == (255, 255)


def test_an_address_that_would_make_a_code_hard_to_read_is_refused():
    for address in ("https://salur.example/v/abc", f"HTTPS://SALUR.EXAMPLE/V/{'A' * 140}"):
        with pytest.raises(ValueError, match=r".+"):
            qr_code(address)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("layout", Layout)
def test_it_is_a_tagged_pdf_in_the_language_of_its_words(read_back, code, layout):
    paper = read_back(made(LETTER, LETTER, LETTER, layout=layout, say=language(code)))
    root = paper.pdf.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == code
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert paper.pdf.metadata.title == language(code)("Surat pemberitahuan bantuan")
    assert paper.tags().count("H1") == 3
    assert paper.tags().count("H2") == 4 * 3
    assert len(paper.instead_of_pictures()) == 3 * 3  # place, map, code
    assert all(paper.instead_of_pictures())
    assert [one.title.split()[-1] for one in paper.pdf.outline] == ["16100/000123"] * 3


def test_the_little_map_is_told_in_words_and_not_drawn_where_nothing_is_known(read_back):
    paper = read_back(made(LETTER))
    assert "Kira-kira 400 m dari □ Kantor Kelurahan Tegal Gundil, ke arah timur laut." in paper.spoken()
    assert any("Peta kecil, utara di atas" in told for told in paper.instead_of_pictures())
    unknown = replace(SITTING, place=replace(HALL, latitude=None, longitude=None))
    for letter in (replace(LETTER, near=None), replace(LETTER, sitting=unknown)):
        bare = read_back(made(letter))
        assert len(bare.instead_of_pictures()) == 2
        assert "Kira-kira" not in bare.spoken()
        assert "Jl. Tumapel Raya No. 1" in bare.spoken()


def test_a_sitting_that_moved_says_from_where(read_back):
    before = replace(SITTING, id=6, starts=at(23, 8), ends=at(23, 11), place=POST)
    spoken = read_back(made(replace(LETTER, sitting=replace(SITTING, replaced=before)))).spoken()
    assert "Semula Senin, 23 Februari." in spoken
    assert "semula di Kantor Pos Bogor." in spoken


def test_who_is_visited_at_home_is_sent_nowhere(read_back):
    spoken = read_back(made(replace(LETTER, home=True))).spoken()
    assert "Petugas datang ke rumah Anda." in spoken
    assert "Siapkan" in spoken
    assert "Balai Warga" not in spoken
    assert "Tidak bisa datang?" not in spoken


def test_without_a_day_or_when_it_is_called_off_no_day_is_promised(read_back):
    for sitting, told in ((None, "Cek lagi di Salur"), (replace(SITTING, cancelled=True), "dibatalkan")):
        spoken = read_back(made(replace(LETTER, sitting=sitting, window=None))).spoken()
        assert "Hari dan tempat belum ditetapkan" in spoken
        assert told in spoken
        assert "Giliran" not in spoken
        assert "31 Maret" not in spoken


def test_aid_in_kind_and_aid_to_a_group_say_so(read_back):
    spoken = read_back(made(replace(LETTER, amount=None, goods="beras 20 kg", group="KUBE Melati"))).spoken()
    assert "beras 20 kg" in spoken
    assert "KUBE Melati" in spoken
    assert "Rp" not in spoken


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("layout", Layout)
def test_the_longest_of_all_columns_at_once_fits_large_enough_to_be_read(read_back, layout, code):
    paper = read_back(made(LONG, LETTER, LONG, layout=layout, say=language(code)))
    assert len(paper.pdf.pages) == (2 if layout is Layout.A5 else 3)
    spoken = paper.spoken()
    for words in (LONG.name, LONG.address, LONG_PLACE.name, LONG_PLACE.address, LONG.hint, LONG.group):
        assert spoken.count(words) == 2, words
    assert min(paper.sizes() - SIGNS) >= SMALLEST
    inside(paper, layout)


def inside(paper, layout: Layout) -> None:
    """No word lies outside of its letter, or upon another."""
    for page in paper.words():
        for word in page:
            assert 14 < word.left < word.right < 582, word.text
            assert 11 < word.top < word.bottom < 831, word.text
            if layout is Layout.A5 and word.text != "✂":
                assert word.bottom < 415 or word.top > 427, word.text  # the line to cut lies at 421
        lines = sorted(page, key=lambda word: word.top)
        for n, one in enumerate(lines):
            for other in lines[n + 1 :]:
                across = min(one.right, other.right) - max(one.left, other.left)
                down = min(one.bottom, other.bottom) - max(one.top, other.top)
                assert across < 0.5 or down < 0.45 * min(one.bottom - one.top, other.bottom - other.top), (one, other)


def test_each_letter_fits_though_others_of_its_kind_are_shorter(read_back):
    words = LONG.address.split()
    letters = [
        replace(
            LETTER, name=LONG.name[: n % 60 + 1], address=" ".join(words[n % 3 : n // 2]), bring=LETTER.bring[n % 2 :]
        )
        for n in range(60)
    ]
    paper = read_back(made(*letters))
    assert len(paper.pdf.pages) == 30
    assert min(paper.sizes() - SIGNS) >= SMALLEST
    inside(paper, Layout.A5)


WRITTEN = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(WRITTEN, WRITTEN, st.text("WM", max_size=60)), min_size=5, max_size=5))
def test_whatever_stands_in_a_list_is_printed_or_shown_as_a_box(read_back, rows):
    letters = [
        replace(LETTER, name=name, address=address, group=group or None, hint=address) for name, address, group in rows
    ]
    paper = read_back(made(*letters))
    assert len(paper.pdf.pages) == 3


def test_names_keep_their_accents_and_what_no_font_has_becomes_a_box(read_back):
    assert shown("NÉNENG ʼAISYAH ÑOÑO\n MĀRIYAH") == "NÉNENG ʼAISYAH ÑOÑO MĀRIYAH"
    assert shown("نور 李 😀 \u202e\u0007") == "□□□ □ □ □□"
    spoken = read_back(made(replace(LETTER, name="NÉNENG ʼAISYAH ÑOÑO MĀRIYAH ŌṬḌḤ"))).spoken()
    assert "NÉNENG ʼAISYAH ÑOÑO MĀRIYAH ŌṬḌḤ" in spoken


def test_a_pile_is_one_document_with_all_its_tags_and_bookmarks(read_back, monkeypatch):
    monkeypatch.setattr(letters_on_paper, "AT_ONCE", 10)  # Poppler reads ten times as many a thousand times as long
    letters = [replace(LETTER, number=f"16100/{n:06}", name=f"{'ABCDEFGHIJ'[n % 10]}MINAH") for n in range(23)]
    paper = read_back(made(*letters))
    assert len(paper.pdf.pages) == 12
    told = [f"16100/{n:06}" for n in range(23)]
    assert re.findall(r"16100/\d{6}", paper.spoken()) == told
    assert [one.title.split()[-1] for one in paper.pdf.outline] == told
    assert [paper.pdf.get_destination_page_number(one) for one in paper.pdf.outline] == [n // 2 for n in range(23)]
    assert paper.tags().count("Document") == 1
    assert paper.tags().count("H1") == 23
    assert len(paper.instead_of_pictures()) == 3 * 23
    tree = paper.pdf.root_object["/StructTreeRoot"]
    assert (
        list(tree["/ParentTree"]["/Nums"][::2])
        == [page["/StructParents"] for page in paper.pdf.pages]
        == list(range(12))
    )
    for page, (element, *_) in zip(paper.pdf.pages, tree["/ParentTree"]["/Nums"][1::2], strict=True):
        assert element.get_object()["/Pg"].get_object() == page  # what a page's first words belong to points back at it


def test_progress_hears_of_every_letter():
    heard: list[int] = []
    letters_as_pdf([LETTER] * 230, INDONESIAN, progress=heard.append)
    assert heard == [100, 100, 30]
    letters_as_pdf([], INDONESIAN)
