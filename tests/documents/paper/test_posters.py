"""A poster for everybody: one page, whatever stands on it, and nobody's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from salur.core.letters.answers import Poster
from salur.core.payouts.answers import AnnouncedSitting, Area, Place, PlaceKind, Sitting
from salur.core.regions.office import Office
from salur.documents.paper.posters import Size, poster_as_pdf
from salur.words.language import LANGUAGES, language

INDONESIAN, SUNDANESE = language("id"), language("su")
BEGIN = datetime(2026, 2, 24, 8, tzinfo=ZoneInfo("Asia/Jakarta"))
HALL = Place(1, "Balai Warga Indraprasta", PlaceKind.VILLAGE_HALL, "Jl. Tumapel Raya No. 1", None, None, None)
HOME = Place(2, "Rumah penerima", PlaceKind.HOME, None, None, None, None)
A4_IN_POINTS = (595, 842)


def sitting(day: int, place: Place = HALL, **more) -> AnnouncedSitting:
    """A morning in RW `day`, that many days after the first."""
    starts = BEGIN + timedelta(days=day)
    one = Sitting(day, starts, starts + timedelta(hours=3), place, None, **more)
    return AnnouncedSitting(one, "PKH", "Program Keluarga Harapan", "2026-T1", (Area("Tegal Gundil", day + 1, None),))


POSTER = Poster(
    area="Tegal Gundil",
    rw=None,
    kecamatan="Bogor Utara",
    kabupaten="Kota Bogor",
    sittings=tuple(sitting(day) for day in range(3)),
    office=Office("32.71", "Dinas Sosial Kota Bogor", "Jl. Merdeka No. 142"),
    url="HTTPS://SALUR.EXAMPLE.GO.ID/JADWAL/32.71.05.1002",
    site="salur.example.go.id",
    made_on=date(2026, 2, 20),
    bring=("letter", "ktp", "kk"),
    bring_else={"PKH": ("ktp", "kks")},
)


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("count", [0, 1, 6, 25, 200])
@pytest.mark.parametrize("second", [None, SUNDANESE])
def test_it_is_one_page_and_says_how_many_sittings_stand_elsewhere(read_back, size, count, second):
    poster = replace(POSTER, sittings=tuple(sitting(day) for day in range(count)))
    paper = read_back(poster_as_pdf(poster, INDONESIAN, second, size=size))
    assert len(paper.pdf.pages) == 1
    spoken = paper.spoken()
    shown = spoken.count("Pukul 08.00")
    assert shown == count or f"Dan {count - shown} jadwal lagi" in spoken
    assert shown >= min(count, 6)
    assert ("Belum ada jadwal baru." in spoken) == (count == 0)
    large = 1.414 if size is Size.A3 else 1
    words = paper.words()[0]
    assert all(word.left > 20 and word.right < (A4_IN_POINTS[0] - 20) * large for word in words)
    assert all(word.top > 20 and word.bottom < (A4_IN_POINTS[1] - 20) * large for word in words)
    assert min(paper.sizes()) >= 9 * large
    for end in ("Tidak ada potongan.", "Dicetak 20 Februari 2026."):
        assert end in spoken


def test_it_says_when_where_what_for_whom_and_what_to_bring(read_back):
    spoken = read_back(poster_as_pdf(POSTER, INDONESIAN)).spoken()
    for words in (
        "Jadwal pengambilan bantuan",
        "Tegal Gundil",
        "Selasa, 24 Februari 2026",
        "Pukul 08.00–11.00 WIB",
        "Balai Warga Indraprasta",
        "Program Keluarga Harapan",
        "RW 001",
        "Bawa surat pemberitahuan, KTP asli, dan KK asli.",
        "PKH: Bawa KTP asli dan kartu KKS.",
        "Dinas Sosial Kota Bogor : Jl. Merdeka No. 142",
        "lapor.go.id",
        "salur.example.go.id",
    ):
        assert words in spoken, words
    assert "RW 005 Tegal Gundil" in read_back(poster_as_pdf(replace(POSTER, rw=5), INDONESIAN)).spoken()


def test_what_moved_is_called_off_or_comes_home_says_so(read_back):
    moved = sitting(5, replaced=sitting(1).sitting)
    poster = replace(POSTER, sittings=(moved, sitting(6, cancelled=True), sitting(7, HOME)))
    spoken = read_back(poster_as_pdf(poster, INDONESIAN)).spoken()
    assert "Semula Rabu, 25 Februari." in spoken
    assert "Dibatalkan." in spoken
    assert "petugas datang ke rumah." in spoken
    assert "Rumah penerima" not in spoken


def test_two_languages_stand_under_each_other(read_back):
    spoken = read_back(poster_as_pdf(POSTER, INDONESIAN, SUNDANESE)).spoken()
    for say in (INDONESIAN, SUNDANESE):
        assert f"{say('Tidak ada potongan')}." in spoken
        assert say.date(BEGIN) in spoken
    once = read_back(poster_as_pdf(POSTER, INDONESIAN, INDONESIAN)).spoken()
    assert once.count("Tidak ada potongan.") == 1


@pytest.mark.parametrize("code", LANGUAGES)
def test_it_is_tagged_with_a_table_that_has_a_header_and_its_code_is_read(read_back, code):
    paper = read_back(poster_as_pdf(POSTER, language(code)))
    assert paper.pdf.root_object["/Lang"] == code
    tags = paper.tags()
    assert (tags.count("H1"), tags.count("Table"), tags.count("TH"), tags.count("TD")) == (1, 1, 3, 9)
    assert [one.text for one in paper.codes(1)] == [POSTER.url]
