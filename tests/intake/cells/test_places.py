"""What kind of place a schedule names."""

from __future__ import annotations

import pytest

from salur.intake.cells.places import kind_of

PLACES = {
    "other": "POS RONDA RW 05, POS KAMLING RT 03, POS YANDU MELATI, POS-YANDU, POS SATPAM PERUM INDAH, POSKO "
    "BENCANA, POS POLISI, POS LINMAS, POS HANSIP, RUMAH MAKAN SEDERHANA, RUMAH DINAS CAMAT, RUMAH SAKIT "
    "PMI, RSUD, RUMAH KETUA RT 03, RUMAH PAK RT, di rumah Bu Kader, Rumah Susun Loji, RUMAH BACA, MASJID "
    "AL-IKHLAS KEL. LOJI, LAPANGAN DESA CIBANON, BANK BRI KC BOGOR, BRI KC PAJAJARAN, POSYANDU DESA "
    "CIBANON, Komunitas, lain-lain, PASAR ANYAR, E-WARONG, TERMINAL ANTAR KOTA",
    "home": "RUMAH, Antar ke rumah, DIANTAR, ANTARAN, Home visit, KUNJUNGAN RUMAH, RUMAH PENERIMA, DI RUMAH "
    "MASING-MASING, RUMAH KPM, DOOR TO DOOR, home, Diantar ke rumah penerima, DIKUNJUNGI (HOME VISIT)",
    "post_office": "KANTOR POS, Kantor Pos Bogor, PT POS, PT. Pos Indonesia, KCP TANAH SAREAL, POS, KPRK BOGOR, POS "
    "BOGOR, POST OFFICE, KANTOR POS KEC. TANAH SAREAL, post_office, Kantor Pos KC Bogor",
    "school": "SDN 1 KECAMATAN BOGOR BARAT, SMP 5, Madrasah Al-Huda, SEKOLAH, school, AULA SMKN 3 BOGOR",
    "district_office": "KANTOR KECAMATAN, AULA KECAMATAN BOGOR BARAT, Kantor Camat, district_office",
    "village_hall": "BALAI DESA, Aula Kelurahan Loji, Balai kelurahan, KANTOR KEL. LOJI, PENDOPO, BALAI WARGA, "
    "village_hall, BALE DESA",
}


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text.strip()) for kind, texts in PLACES.items() for text in texts.split(",")]
)
def test_a_place_is_known_by_whole_words(kind, text):
    assert kind_of(text) == kind


@pytest.mark.parametrize("text", ["PASAREAN", "BALAIRUNG", "BERANTARA", "KAMPOS", "entah"])
def test_part_of_a_word_is_none(text):
    assert kind_of(text) is None
