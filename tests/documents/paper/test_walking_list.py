"""The list to walk with: in the order of the houses, with room to sign, and nobody missing."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from salur.core.letters.answers import Stop, WalkingList
from salur.core.regions.territory import Territory
from salur.documents.paper.walking_list import walking_list_as_pdf
from salur.words.language import LANGUAGES, language

INDONESIAN = language("id")
WIB = ZoneInfo("Asia/Jakarta")
TURN = (datetime(2026, 2, 24, 8, tzinfo=WIB), datetime(2026, 2, 24, 8, 30, tzinfo=WIB))


def walk(*stops: Stop) -> WalkingList:
    """The list of RW 005."""
    made_at = datetime(2026, 2, 20, 9, tzinfo=WIB)
    area = Territory("32.71.05.1002", 5, None)
    return WalkingList(stops, area, "Tegal Gundil", "Program Keluarga Harapan", "2026-T1", made_at, "Ketua RW 005")


def stop(number: int, address: str = "Kp. Sawah No. 1", rt: int | None = 1, name: str = "SITI AMINAH", **more) -> Stop:
    """Somebody in RW 005."""
    return Stop(f"16100/{number:06}", name, address, rt, 5, TURN, **more)


def numbers(text: str) -> list[str]:
    """The letters in the order in which they stand."""
    return re.findall(r"16100/(\d{6})", text)


def test_it_goes_from_house_to_house(read_back):
    stops = [
        stop(1, "Kp. Sawah No. 10"),
        stop(2, "Kp. Sawah No. 2"),
        stop(3, rt=None),
        stop(4, rt=2),
        stop(5, "Kp. Sawah No. 2", name="AGUS SALIM"),
    ]
    spoken = read_back(walking_list_as_pdf(walk(*stops), INDONESIAN)).spoken()
    assert numbers(spoken) == ["000005", "000002", "000001", "000004", "000003"]
    assert spoken.index("RT 001") < spoken.index("000005") < spoken.index("RT 002") < spoken.index("000004")
    assert "Selasa, 24 Februari" in spoken
    assert "08.00–08.30" in spoken
    assert "5 surat" in spoken


def test_nobody_is_lost_over_many_pages_and_every_page_says_what_it_is(read_back):
    paper = read_back(
        walking_list_as_pdf(walk(*(stop(n, f"Kp. Sawah No. {n}", n % 4 + 1) for n in range(150))), INDONESIAN)
    )
    assert sorted(numbers(paper.text())) == [f"{n:06}" for n in range(150)]
    pages = len(paper.pdf.pages)
    assert pages > 3
    for page in range(1, pages + 1):
        text = paper.text(page)
        for words in (
            "Tanda tangan",
            "Daftar membagikan surat",
            "Program Keluarga Harapan",
            f"Halaman {page} dari {pages}",
        ):
            assert words in text, (page, words)
        assert "Jangan dibagikan." in text


def test_long_names_and_addresses_wrap(read_back):
    name = "RADEN AJENG SITI NURHASANAH KUSUMANINGRUM WIRADIREDJA SOERIA"
    address = "Perumahan Griya Tegal Gundil Permai Indah Blok Q-12 Nomor 145 Gang Mushola Al-Hidayah Dua"
    paper = read_back(walking_list_as_pdf(walk(stop(1, address, name=name), stop(2, name="", home=True)), INDONESIAN))
    spoken = paper.spoken()
    assert name in spoken
    assert address in spoken
    assert "diantar ke rumah" in spoken
    assert all(word.left > 25 and word.right < 570 for word in paper.words()[0])


@pytest.mark.parametrize("code", LANGUAGES)
def test_it_is_tagged_a_table_an_rt(read_back, code):
    paper = read_back(walking_list_as_pdf(walk(stop(1), stop(2), stop(3, rt=2)), language(code)))
    assert paper.pdf.root_object["/Lang"] == code
    tags = paper.tags()
    assert (tags.count("H1"), tags.count("H2"), tags.count("Table"), tags.count("TH")) == (1, 2, 2, 12)
    read_back(walking_list_as_pdf(walk(), language(code)))
