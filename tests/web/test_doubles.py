"""The page of doubles: evidence side by side, and nothing of a neighbour's."""

from __future__ import annotations

from tests.fixtures.office import TEGAL_GUNDIL, Recipient
from tests.web.conftest import text_of

NEXT_DOOR = "32.71.05.1001"
NIK = "3271054105790018"


def test_both_halves_stand_side_by_side_for_dinas_sosial(office, signed_in, heads):
    office.publishes(Recipient(nik=NIK))
    office.publishes(Recipient(nik=NIK, name="MAESAROH", region_code=NEXT_DOOR, rt=1))
    page = signed_in(heads.create("dinsos")).opens("/ganda")
    shown = text_of(page)
    for told in ("1. SITI MAESAROH", "MAESAROH RT 001 RW 005, Bantarjati", "berakhir 0018", "SK Dinsos 460/12/2026"):
        assert told in shown
    assert "NIK sama. Nomor KK berbeda." in shown
    assert NIK[:12] not in page.text


def test_a_head_learns_only_that_there_is_another_half(office, signed_in, heads):
    office.publishes(Recipient(nik=NIK))
    office.publishes(Recipient(nik=NIK, name="ROMLAH", region_code=NEXT_DOOR, rt=1))
    for role in ("rt", "rw", "kelurahan"):
        page = signed_in(heads.create(role)).opens(f"/ganda?kelurahan={NEXT_DOOR}")
        shown = text_of(page)
        assert "SITI MAESAROH" in shown
        assert "Juga tercatat di wilayah lain, di Program Keluarga Harapan." in shown
        assert "ROMLAH" not in page.text
        assert "Bantarjati" not in page.text
        assert "<select" not in page.text


def test_the_kecamatan_chooses_among_its_own_kelurahan(office, signed_in, heads):
    office.publishes(Recipient(name="NUR HAYATI"), Recipient(name="NURHAYATI"))
    camat = signed_in(heads.create("kecamatan"))
    first = camat.opens("/ganda?jenis=similar_name")
    assert "Pilih kelurahan dulu" in text_of(first)
    assert TEGAL_GUNDIL in first.text
    assert "32.71.04.1001" not in first.text
    chosen = text_of(camat.opens(f"/ganda?jenis=similar_name&kelurahan={TEGAL_GUNDIL}"))
    assert "Nama hampir sama, Tegal Gundil" in chosen
    assert "NUR HAYATI" in chosen
    assert "Pilih kelurahan dulu" in text_of(camat.opens("/ganda?jenis=similar_name&kelurahan=32.71.04.1001"))


def test_a_rule_that_is_not_sure_says_so(office, signed_in, heads):
    mother = Recipient()
    office.publishes(mother)
    office.publishes(mother, programme="APBD")
    shown = text_of(signed_in(heads.create("dinsos")).opens("/ganda?jenis=nik_exclusive"))
    assert "Aturan untuk program ini tidak sama di setiap daerah" in shown


def test_odd_addresses_give_the_first_page(office, signed_in, heads):
    dinsos = signed_in(heads.create("dinsos"))
    for odd in ("jenis=x", "kelurahan=x", "kelurahan=32", "hal=x", "hal=-1"):
        page = dinsos.opens(f"/ganda?{odd}")
        assert (page.status_code, "Tidak ada yang ditemukan." in text_of(page)) == (200, True)
