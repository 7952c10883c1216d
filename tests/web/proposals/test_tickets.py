"""A ticket: its code however it is typed, and what its page shows."""

from __future__ import annotations

import re

from salur.core.tables.proposals import ProposalRow
from tests.fixtures.office import Recipient, a_nik
from tests.web.conftest import text_of
from tests.web.proposals.conftest import CODE, code_of, count, filled


def test_a_code_is_read_however_it_is_typed(mother):
    code = code_of(mother.sends("laporan"))
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert "Laporan ini sekarang ada di Dinas Sosial" in text_of(mother.looks(typed, ""))


def test_a_slip_in_the_code_is_said_and_costs_no_try(mother):
    code = code_of(mother.sends("sanggah"))
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    for _ in range(5):
        response = mother.looks(wrong, "Wawan Setiawan")
        assert response.status_code == 422
        assert "Ada satu huruf atau angka yang salah" in text_of(response)
    assert "Sanggahan ini sekarang ada" in text_of(mother.looks(code, "Wawan Setiawan"))


def test_wrong_code_and_wrong_name_get_the_same_words(mother):
    from salur.core.people.ticket_codes import TicketCode

    code = code_of(mother.sends("sanggah"))
    one, other = mother.looks(code, "Dede Kurnia"), mother.looks(TicketCode.new().grouped, "Wawan Setiawan")
    said = "Kode dan nama itu tidak cocok."
    assert said in text_of(one)
    assert said in text_of(other)
    assert one.status_code == other.status_code == 422


def test_after_three_misses_the_ticket_is_closed(mother):
    code = code_of(mother.sends("sanggah"))
    for guess in ("Dede Kurnia", "Asep", "4321"):
        mother.looks(code, guess)
    response = mother.looks(code, "Wawan Setiawan")
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 80_000
    assert "<h1><strong>Tiket ini ditutup sementara</strong></h1>" in response.text
    page = text_of(response)
    assert "tiket ini ditutup sampai" in page
    assert "Pengajuannya tetap diperiksa." in page
    assert "omor ini" not in page
    assert "tanpa mengetik nomor" not in page


def test_a_question_is_answered_on_the_ticket(mother, levels):
    code = code_of(mother.sends("sanggah"))
    levels.takes("asked", "dinsos", words="Sejak kapan rukonya?")
    page = mother.looks(code, "Wawan Setiawan")
    assert "Ada pertanyaan untuk Anda dari Dinas Sosial." in text_of(page)
    assert "Sejak kapan rukonya?" in text_of(page)
    done = mother.looks(code, "Wawan Setiawan", "status/jawab", kata="Sejak 2024")
    assert "Jawaban Anda sudah kami terima." in text_of(done)
    assert "Sejak 2024" not in done.text


def test_a_no_is_told_with_its_reason_and_the_way_to_object(mother, levels):
    fields = filled("usulan")
    code, name = code_of(mother.sends("usulan", **fields)), fields["nama"]
    levels.takes("rejected", "dinsos", "well_off", words="Punya mobil")
    page = text_of(mother.looks(code, name))
    for said in ("Usulan ini tidak disetujui Dinas Sosial.", "Alasannya: sudah mampu.", "Punya mobil",
                 "Jumat, 6 Maret 2026, pukul 12.00 WIB"):  # fmt: skip
        assert said in page
    empty = mother.looks(code, name, "status/keberatan", kata="")
    assert "Tulis dulu dengan kata-kata Anda sendiri." in text_of(empty)
    done = text_of(mother.looks(code, name, "status/keberatan", kata="Mobil itu milik majikan"))
    assert "Keberatan Anda sudah kami terima." in done
    again = mother.looks(code, name, "status/keberatan", kata="Lagi")
    assert again.status_code == 409


def test_what_is_late_says_so(mother, clock):
    fields = filled("koreksi")
    code = code_of(mother.sends("koreksi", **fields))
    assert "Paling lambat dijawab Senin, 23 Februari 2026, pukul 12.00 WIB." in text_of(
        mother.looks(code, fields["nama"])
    )
    clock.passes(hours=73)
    assert "Seharusnya sudah dijawab" in text_of(mother.looks(code, fields["nama"]))


def test_who_is_granted_reads_so_first(mother, office):
    fields = filled("usulan")
    code = code_of(mother.sends("usulan", **fields))
    office.publishes(Recipient(nik=fields["nik"], name=fields["nama"].upper()))
    page = text_of(mother.looks(code, fields["nama"]))
    assert "Terdaftar. Nama ini sekarang ada di daftar penerima bantuan." in page


def test_a_wrong_code_loses_no_answer(mother):
    response = mother.looks("AAAA", "Wawan Setiawan", "status/jawab", kata="Sejak 2024")
    assert "Sejak 2024" in response.text
    assert 'action="/pengajuan/status/jawab"' in response.text


def test_a_double_gets_the_same_receipt(mother, services):
    nik = a_nik()
    first, second = mother.sends("sanggah", nik=nik), mother.sends("sanggah", nik=nik)
    its_own = re.compile(rf'{CODE.pattern}|<span class="unseen">[^<]*</span>|name="csrf_token" value="[^"]*"')
    assert its_own.sub("", first.text) == its_own.sub("", second.text)
    assert count(services, ProposalRow) == 1
