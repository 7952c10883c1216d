"""The inbox on the site: what a head or officer sees, decides, and is told."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from salur.core.officers.roles import Role
from salur.core.people.nik import Kk, Nik
from salur.core.proposals.kinds import Kind, Step
from salur.core.proposals.log import BODY
from salur.core.storage.vault import Vault
from tests.fixtures.office import Office, Recipient, a_kk, a_nik, born_in
from tests.fixtures.officers import Heads, SignedIn
from tests.fixtures.proposals import Chain, a_photo, a_plain_draft
from tests.fixtures.services import Clock
from tests.web.conftest import text_of

SignIn = Callable[..., SignedIn]


def test_an_rt_head_says_yes_and_reads_what_happens_next(chain: Chain, signed_in: SignIn) -> None:
    id = chain.receives()
    head = signed_in(chain.rt)
    page = text_of(head.opens("/kotak"))
    for told in ("Menunggu saya (1)", "Usulan: SITI MAESAROH", "RT 003 RW 005, Tegal Gundil", "Kehilangan penghasilan"):
        assert told in page
    page = text_of(head.opens(f"/kotak/{id}"))
    for told in (
        "Apakah orang ini perlu dibantu?",
        "Ya, perlu dibantu",
        "Sesudah itu: ke kelurahan.",
        "Sudah mampu",
        "Sudah menerima bantuan lain",
        "Suami tidak bekerja sejak Januari.",
    ):
        assert told in page
    answer = head.posts(f"/kotak/{id}", keputusan="accepted", versi="1")
    assert (answer.status_code, answer.location) == (303, f"/kotak/{id}/selesai")
    assert "Sudah dicatat: ya. Sekarang di kelurahan." in text_of(head.opens(answer.location))
    assert "Tidak ada yang menunggu Anda." in text_of(head.opens("/kotak"))
    assert "Usulan: SITI MAESAROH" in text_of(head.opens("/kotak?bagian=berjalan"))


def test_a_slip_is_taken_back_by_a_button_and_the_trace_is_read_by_all(
    chain: Chain, signed_in: SignIn, clock: Clock
) -> None:
    id = chain.receives()
    head = signed_in(chain.rt)
    done = head.posts(f"/kotak/{id}", keputusan="rejected", versi="1", alasan="died").location
    for page in (done, f"/kotak/{id}"):
        assert "Salah pilih? Bisa dibatalkan sampai pukul 12.10." in text_of(head.opens(page))
    assert "Batalkan keputusan ini" not in text_of(signed_in(chain.kelurahan).opens(f"/kotak/{id}"))
    answer = head.posts(f"/kotak/{id}/batal", versi="2")
    assert (answer.status_code, answer.location) == (303, f"/kotak/{id}/selesai")
    assert "Keputusan Anda sudah dibatalkan." in text_of(head.opens(answer.location))
    page = text_of(head.opens(f"/kotak/{id}"))
    for told in (
        "RT/RW menolak (dibatalkan)",
        "RT/RW membatalkan keputusan di atas",
        "Apakah orang ini perlu dibantu?",
    ):
        assert told in page
    assert "Batalkan keputusan ini" not in page
    head.posts(f"/kotak/{id}", keputusan="accepted", versi="3")
    clock.passes(minutes=10)
    late = head.posts(f"/kotak/{id}/batal", versi="4")
    assert late.status_code == 409
    assert "tidak bisa dibatalkan lagi" in text_of(late)
    assert head.posts(f"/kotak/{id}/batal", versi="x").status_code == 409


def test_what_else_waits_is_counted_and_not_opened(
    chain: Chain, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    id, *_ = (chain.receives() for _ in range(3))
    head = signed_in(chain.rt)
    decided = head.posts(f"/kotak/{id}", keputusan="accepted", versi="1").location
    opened = []
    opens = Vault.open

    def counting(vault: Vault, sealed: bytes, place: str, row: int) -> bytes:
        if place == BODY:
            opened.append(row)
        return opens(vault, sealed, place, row)

    monkeypatch.setattr(Vault, "open", counting)
    assert "Masih ada 2 yang menunggu" in text_of(head.opens(decided))
    assert set(opened) == {id}


def test_a_no_without_a_reason_comes_back_with_what_was_typed(chain: Chain, signed_in: SignIn) -> None:
    id = chain.receives()
    head = signed_in(chain.rw)
    answer = head.posts(f"/kotak/{id}", keputusan="rejected", versi="1", kata="Rumahnya kosong.")
    assert answer.status_code == 422
    assert "Pilih satu alasan dulu." in text_of(answer)
    assert ">Rumahnya kosong.</textarea>" in answer.text
    assert '<details class="no" open>' in answer.text
    answer = head.posts(f"/kotak/{id}", keputusan="rejected", versi="1", alasan="moved", kata="Rumahnya kosong.")
    assert "tidak diterima" in text_of(head.opens(answer.location))
    page = text_of(signed_in(chain.kelurahan).opens(f"/kotak/{id}"))
    assert "RT/RW menolak" in page
    assert "Alasan: Sudah pindah" in page
    assert "Rumahnya kosong." in page


def test_the_second_of_two_officers_is_told_what_the_first_did(chain: Chain, signed_in: SignIn) -> None:
    id = chain.receives()
    head = signed_in(chain.rt)
    head.opens(f"/kotak/{id}")
    chain.decides(chain.rw, id)
    answer = head.posts(f"/kotak/{id}", keputusan="rejected", versi="1", alasan="moved")
    assert answer.status_code == 409
    assert "Keputusan Anda belum dicatat. Sementara itu: RT/RW menyetujui." in text_of(answer)
    assert "Apakah orang ini perlu dibantu?" not in text_of(answer)


def test_late_ones_are_marked_with_a_word_and_a_shape(chain: Chain, signed_in: SignIn, clock: Clock) -> None:
    chain.receives(a_plain_draft(Kind.KOREKSI))
    officer = signed_in(chain.kelurahan)
    assert "◷ Sisa 3 hari" in text_of(officer.opens("/kotak"))
    clock.passes(hours=77)
    officer = signed_in(chain.kelurahan)
    page = text_of(officer.opens("/kotak"))
    assert "▲ Terlambat 5 jam" in page
    assert "▲ 1 sudah terlambat." in page


def test_numbers_and_phone_are_shown_to_whom_they_are_for(chain: Chain, signed_in: SignIn) -> None:
    nik, kk = a_nik(), a_kk()
    id = chain.receives(a_plain_draft(number=Nik.parse(nik), kk=Kk.parse(kk), phone="0812-3456-7890"))
    for officer in (chain.rt, chain.rw, chain.kelurahan, chain.kecamatan, chain.dinsos):
        page = signed_in(officer).opens(f"/kotak/{id}").text
        assert (nik in page, kk in page) == ((officer is chain.dinsos),) * 2
        assert (f"{born_in(nik)}, menurut NIK" in page) == (officer is not chain.dinsos)
        assert ("0812-3456-7890" in page) == (officer in (chain.rt, chain.rw))
        assert "0812-3456" not in signed_in(officer).opens("/kotak").text


def test_what_is_known_of_the_person_stands_on_the_page(chain: Chain, signed_in: SignIn, office: Office) -> None:
    nik = a_nik()
    office.publishes(Recipient(nik=nik))
    chain.receives(a_plain_draft(Kind.SANGGAH, number=Nik.parse(nik)))
    id = chain.receives(a_plain_draft(number=Nik.parse(nik)))
    page = text_of(signed_in(chain.rt).opens(f"/kotak/{id}"))
    assert "NIK ini sudah ada di daftar Program Keluarga Harapan, Tahap 1 tahun 2026." in page
    assert "Sanggahan lain untuk orang atau keluarga ini" in page


def test_a_report_has_no_trace_below_dinas_sosial(chain: Chain, signed_in: SignIn) -> None:
    id = chain.receives(a_plain_draft(Kind.LAPORAN, who="rt", when="kemarin"))
    for officer in (chain.rt, chain.rw, chain.kelurahan, chain.kecamatan):
        browser = signed_in(officer)
        for part in ("", "?bagian=berjalan", "?bagian=selesai"):
            assert f"/kotak/{id}" not in browser.opens(f"/kotak{part}").text
        assert browser.opens(f"/kotak/{id}").status_code == 404
        assert browser.posts(f"/kotak/{id}", keputusan="accepted", versi="1").status_code == 404
    page = text_of(signed_in(chain.dinsos).opens(f"/kotak/{id}"))
    assert "Laporan: Bantuan dipotong atau dimintai uang" in page
    assert "Tentang siapa RT" in page


@pytest.mark.parametrize(
    ("role", "area", "rw", "rt"),
    [("rt", None, 5, 4), ("rw", None, 6, None), ("kelurahan", "32.71.05.1001", None, None)],
)
def test_a_neighbour_meets_the_page_that_is_not_there(
    role: str, area: str | None, rw: int | None, rt: int | None, chain: Chain, heads: Heads, signed_in: SignIn
) -> None:
    id = chain.receives()
    browser = signed_in(heads.create(role, area, rw, rt))
    foreign = browser.opens(f"/kotak/{id}")
    missing = browser.opens(f"/kotak/{id + 1}")
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert foreign.data.replace(str(id).encode(), b"") == missing.data.replace(str(id + 1).encode(), b"")
    for address in (f"/kotak/{id}/selesai", f"/kotak/{id}/foto/1", f"/kotak/{id}/foto/{2**63 - 1}", f"/kotak/{2**63}"):
        assert browser.opens(address).status_code == 404
    assert browser.posts(f"/kotak/{id}", keputusan="accepted", versi="1").status_code == 404
    assert chain.case(chain.rt, id).version == 1


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"keputusan": "granted", "versi": "1"}, 404),
        ({"keputusan": "hapus", "versi": "1"}, 404),
        ({"keputusan": "accepted", "versi": "x"}, 409),
        ({"keputusan": "accepted", "versi": "9" * 30}, 409),
        ({"keputusan": "accepted"}, 409),
        ({"keputusan": "taken_up", "versi": "1"}, 422),
        ({"keputusan": "rejected", "versi": "1", "alasan": "<script>"}, 422),
        ({"keputusan": "accepted", "versi": "1", "kata": "x" * 601}, 422),
    ],
)
def test_tampered_forms_decide_nothing(fields: dict[str, str], status: int, chain: Chain, signed_in: SignIn) -> None:
    id = chain.receives()
    answer = signed_in(chain.rt).posts(f"/kotak/{id}", **fields)
    assert answer.status_code == status
    assert "<script>" not in answer.text
    assert chain.case(chain.rt, id).version == 1


def test_nobody_else_comes_in(chain: Chain, heads: Heads, signed_in: SignIn, visitor) -> None:
    id = chain.receives()
    for address in ("/kotak", f"/kotak/{id}", f"/kotak/{id}/foto/1"):
        answer = visitor.opens(address)
        assert (answer.status_code, answer.location.startswith("/masuk")) == (303, True)
        assert signed_in(heads.create(Role.PAYOUT)).opens(address).status_code == 403


def test_what_a_sender_writes_stays_text(chain: Chain, signed_in: SignIn) -> None:
    id = chain.receives(a_plain_draft(name="<b>SITI</b>", words="*tebal* <img src=x onerror=alert(1)>"))
    for address in ("/kotak", f"/kotak/{id}"):
        page = signed_in(chain.rt).opens(address).text
        assert "<b>SITI" not in page
        assert "<img src=x" not in page


def test_dinas_sosial_takes_over_what_lies_too_long(chain: Chain, signed_in: SignIn, clock: Clock) -> None:
    id = chain.receives()
    clock.passes(days=15)
    browser = signed_in(chain.dinsos)
    assert "▲ Lama menunggu" in text_of(browser.opens("/kotak?bagian=berjalan"))
    assert "Ambil alih" in text_of(browser.opens(f"/kotak/{id}"))
    answer = browser.posts(f"/kotak/{id}", keputusan=Step.TAKEN_UP.value, versi="1")
    assert "Sudah diambil alih." in text_of(browser.opens(answer.location))
    page = text_of(signed_in(chain.rt).opens(f"/kotak/{id}"))
    assert "Dinas Sosial mengambil alih" in page


def test_pages_follow_one_another(chain: Chain, signed_in: SignIn) -> None:
    for _ in range(51):
        chain.receives()
    browser = signed_in(chain.rt)
    first = browser.opens("/kotak")
    assert "Halaman 1 dari 2" in text_of(first)
    following = re.search(r'href="(/kotak\?[^"]+)"[^>]*>Berikutnya', first.text)
    assert following
    assert "Halaman 2 dari 2" in text_of(browser.opens(following[1].replace("&amp;", "&")))
    for page in ("0", "-1", "abc", "9" * 40):
        assert browser.opens(f"/kotak?hal={page}").status_code == 200


def test_photos_are_served_one_by_one_and_kept_by_nobody(chain: Chain, signed_in: SignIn) -> None:
    id = chain.receives(a_plain_draft(photos=(a_photo(),)))
    other = chain.receives()
    (photo,) = chain.case(chain.rt, id).photos
    head = signed_in(chain.rt)
    assert f'src="/kotak/{id}/foto/{photo}"' in head.opens(f"/kotak/{id}").text
    answer = head.opens(f"/kotak/{id}/foto/{photo}")
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.data.startswith(b"\xff\xd8")
    assert head.opens(f"/kotak/{other}/foto/{photo}").status_code == 404


def test_a_question_an_answer_and_an_objection_stand_above_the_decision(chain, signed_in):
    id = chain.receives()
    chain.climbs(id, chain.rt)
    chain.decides(chain.kelurahan, id, Step.RETURNED, words="Berapa anaknya?")
    page = signed_in(chain.rw).opens(f"/kotak/{id}").text
    assert page.index("Berapa anaknya?") < page.index('class="decide')
    assert "<details open><summary>Tambahkan catatan" in page
    chain.climbs(id, chain.rw)
    page = signed_in(chain.kelurahan).opens(f"/kotak/{id}").text
    assert "Jawab di" not in page
