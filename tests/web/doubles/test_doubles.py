"""The page of doubles: evidence side by side, and nothing of a neighbour's."""

from __future__ import annotations

from tests.fixtures.office import TEGAL_GUNDIL, Recipient
from tests.web.conftest import read_off, text_of

NEXT_DOOR = "32.71.05.1001"
NIK = "3271054105790018"


def test_both_halves_stand_side_by_side_for_dinas_sosial(office, signed_in, heads):
    office.publishes(Recipient(nik=NIK))
    office.publishes(Recipient(nik=NIK, name="MAESAROH", region_code=NEXT_DOOR, rt=1))
    page = signed_in(heads.create("dinsos")).opens("/ganda")
    shown = text_of(page)
    for told in ("1. SITI MAESAROH", "MAESAROH RT 001 RW 005, Bantarjati", "Bantarjati 1979", "SK Dinsos 460/12/2026"):
        assert told in shown
    assert "NIK sama. Nomor KK berbeda." in shown
    assert "0018" not in shown


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


def test_a_page_past_the_end_shows_the_last(office, signed_in, heads):
    office.publishes(Recipient(nik=NIK), Recipient(nik=NIK, name="ROMLAH"))
    shown = text_of(signed_in(heads.create("rt")).opens("/ganda?jenis=same_nik&hal=9"))
    assert "Ditemukan 1." in shown
    assert "1. SITI MAESAROH" in shown


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


def test_what_was_looked_into_is_folded_away_and_can_be_taken_back(office, signed_in, heads):
    office.publishes(Recipient(nik=NIK), Recipient(nik=NIK, name="ROMLAH"))
    head = signed_in(heads.create("rt"))
    page = head.opens("/ganda")
    for reason in ("Memang dua orang", "boleh menerima keduanya", "sudah disampaikan untuk diperbaiki", "Lainnya"):
        assert reason in text_of(page)
    key = read_off(r'name="kunci" value="([^"]+)"', page.text)
    noted = {"jenis": "same_nik", "hal": "1", "kunci": key, "catatan": "Ibu dan anak"}
    slip = head.posts("/ganda/periksa", **noted)
    assert (slip.status_code, "Pilih hasilnya dulu." in text_of(slip)) == (422, True)
    assert ">Ibu dan anak</textarea>" in slip.text
    sent = head.posts("/ganda/periksa", **noted, alasan="two_people")
    assert sent.headers["Location"] == "/ganda?jenis=same_nik&selesai=periksa"
    after = head.opens(sent.headers["Location"])
    folded = text_of(after).partition("1 sudah diperiksa")[2]
    assert "Sudah diperiksa Ketua RT 003 RW 005 Tegal Gundil, 20 Februari 2026." in folded
    assert "Catatan: Ibu dan anak" in folded
    back = read_off(r'action="(/ganda/periksa/\d+/batal)"', after.text)
    assert head.posts(back, jenis="same_nik").headers["Location"] == "/ganda?jenis=same_nik&selesai=batal"
    assert "looked-into" not in head.opens("/ganda").text


def test_a_double_that_changed_meanwhile_is_not_taken(office, signed_in, heads):
    office.publishes(Recipient(nik=NIK), Recipient(nik=NIK, name="ROMLAH"))
    answered = signed_in(heads.create("rt")).posts("/ganda/periksa", jenis="same_nik", kunci="x", alasan="allowed")
    assert "Data ini berubah sejak halaman dibuka." in text_of(answered)
    assert 400 <= answered.status_code < 500
