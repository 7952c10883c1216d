"""What PT Pos reports, as its files say it: a word in a remark takes nothing from anybody, and gives nothing either."""

from __future__ import annotations

from datetime import date

import pytest

from salur.core.errors import Refused
from salur.core.payouts.answers import PaymentState
from salur.intake.payments import read_payments
from tests.intake.office import Rows, nik, write_csv, write_xlsx


@pytest.fixture
def results(tmp_path):
    """Read rows under a header as a result file."""

    def read(header, *rows):
        return read_payments(write_csv(tmp_path / "hasil.csv", [header, *rows]))

    return read


def test_pt_pos_reports_who_was_paid_and_what_went_back(tmp_path):
    header = ["NO", "NO DANOM", "NIK", "NAMA", "NOMINAL", "STATUS BAYAR", "TGL BAYAR", "LOKASI BAYAR"]
    rows: Rows = [
        ["HASIL PEMBAYARAN PKH TAHAP 1"],
        header,
        [1, "16100-000001", nik(1), "ANI", 5000, "TERBAYAR", "24/02/2026", "Kantor Pos"],
        [2, "16100-000002", nik(2), "IDA", 5000, "RETUR", "28/02/2026", ""],
        [3, "16100-000003", nik(3), "UUN", 5000, "BELUM DIBAYAR", "", ""],
        [4, "16100-000004", nik(4), "EEN", 5000, "???!", "", ""],
    ]
    draft = read_payments(write_xlsx(tmp_path / "a.xlsx", {"HASIL": rows}))
    assert [(p.row, p.letter_code, p.status) for p in draft.payments] == [
        (3, "16100-000001", "paid"),
        (4, "16100-000002", "returned"),
        (5, "16100-000003", "due"),
        (6, "16100-000004", None),
    ]
    first = draft.payments[0]
    assert (first.date, first.place, first.amount, first.programme, first.stage) == (
        date(2026, 2, 24),
        "Kantor Pos",
        5000,
        "PKH",
        "1",
    )
    assert draft.faults == ((6, "status", "status_unclear"),)


def test_a_result_without_status_is_paid_on_its_day(tmp_path):
    rows = [
        ["NIK", "NAMA", "TGL SERAH", "KETERANGAN"],
        [nik(1), "ANI", "24/02/2026", ""],
        [nik(2), "IDA", "24/02/2026", "gagal bayar"],
    ]
    draft = read_payments(write_csv(tmp_path / "a.csv", rows))
    assert [p.status for p in draft.payments] == ["paid", "failed"]


def test_a_remark_does_not_unsay_a_day_of_payment(tmp_path):
    rows = [
        ["NIK", "NAMA", "TGL BAYAR", "KETERANGAN"],
        [nik(1), "ANI", "24/02/2026", "KPM SAKIT, TIDAK BISA HADIR, DIWAKILKAN ANAK"],
        [nik(2), "IDA", "24/02/2026", ""],
        [nik(3), "UUN", "24/02/2026", "BELUM PUNYA KTP-EL, DIBAYAR DENGAN KK"],
        [nik(4), "EEN", "24/02/2026", "DIBAYAR PENUH TIDAK ADA POTONGAN"],
        [nik(5), "AAN", "", "TIDAK DIKETAHUI"],
        [nik(6), "OOM", "", "AKAN KEMBALI MINGGU DEPAN"],
        [nik(7), "OCI", "", "dikembalikan ke kas negara."],
        [nik(8), "ELI", "24/02/2026", "belum diambil"],
    ]
    draft = read_payments(write_csv(tmp_path / "a.csv", rows))
    assert [p.status for p in draft.payments] == ["paid"] * 4 + [None, None, "returned", None]
    assert draft.faults == ((9, "note", "status_unclear"),)


@pytest.mark.parametrize(
    ("status", "meant"),
    [
        ("Terbayar 24/02/2026", "paid"),
        ("SUDAH DIBAYARKAN", "paid"),
        ("Transaksi Berhasil", "paid"),
        ("1", "paid"),
        ("TDK DIAMBIL", "returned"),
        ("KEMBALI KE KAS NEGARA", "returned"),
        ("UNPAID", "due"),
        ("Sudah menerima", "paid"),
        ("SUCCESS", "paid"),
        ("Belum mengambil", "due"),
        ("REJECTED", "failed"),
        ("Blm cair", "due"),
        ("Gagal bayar", "failed"),
        ("TRANSAKSI GAGAL", "failed"),
        ("ggl salur 24/02/2026", "failed"),
        ("Tidak tersalur", "failed"),
        ("DIBATALKAN", "failed"),
        ("Gagal bayar, dikembalikan ke kas negara", "returned"),
    ],
)
def test_a_status_is_read_as_a_whole(tmp_path, status, meant):
    draft = read_payments(write_csv(tmp_path / "a.csv", [["NIK", "NAMA", "STATUS"], [nik(1), "ANI", status]]))
    assert ([p.status for p in draft.payments], draft.faults) == ([meant], ())


def test_a_status_with_more_in_it_is_unclear(tmp_path):
    rows = [["NIK", "NAMA", "STATUS"], [nik(1), "ANI", "dibayar, uang kembali Rp5.000 tidak diambil"]]
    draft = read_payments(write_csv(tmp_path / "a.csv", rows))
    assert ([p.status for p in draft.payments], draft.faults) == ([None], ((2, "status", "status_unclear"),))


DAYS = ["NIK", "NAMA", "TGL BAYAR", "KETERANGAN"]
DAY = "24/02/2026"


@pytest.mark.parametrize(
    "note",
    [
        "diwakilkan anak",
        "Diambil istri",
        "OLEH ANAK KANDUNG",
        "dibayar tunai tanpa potongan",
        "HADIR SENDIRI",
        "diantar ke rumah",
        "KPM sakit, diambilkan cucu (surat kuasa)",
        "Tidak hadir, diwakilkan menantu",
    ],
)
def test_who_came_for_it_beside_a_day_was_paid(results, note):
    draft = results(DAYS, [nik(1), "ANI", DAY, note])
    assert ([p.status for p in draft.payments], draft.faults) == (["paid"], ())


@pytest.mark.parametrize(
    "note",
    [
        "tidak ada di tempat",
        "rumah kosong",
        "diwakilkan anak, tidak dibayar",
        "diambil besok",
        "dibayar sebagian",
        "diwakilkan anak tetapi ditolak petugas",
        "diterima?",
        "sakit",
        "uang dikembalikan petugas",
        "KTP tidak sesuai",
        "belum hadir",
        "salah orang",
    ],
)
def test_a_day_with_a_note_that_may_mean_anything_is_a_question(results, note):
    draft = results(DAYS, [nik(1), "ANI", DAY, note], [nik(2), "IDA", DAY, ""])
    assert [p.status for p in draft.payments] == [None, "paid"]
    assert draft.faults == ((2, "note", "status_unclear"),)


def test_what_status_and_note_say_differently_is_a_question(results):
    header = ["NIK", "NAMA", "STATUS BAYAR", "TGL BAYAR", "KETERANGAN"]
    draft = results(
        header,
        [nik(1), "ANI", "TERBAYAR", DAY, "dikembalikan ke kas negara"],
        [nik(2), "IDA", "RETUR", DAY, "sudah dibayar"],
        [nik(3), "UUN", "GAGAL", DAY, "dikembalikan"],
        [nik(4), "EEN", "TERBAYAR", DAY, "tidak dipotong"],
        [nik(5), "AAN", "BELUM", DAY, ""],
    )
    assert [p.status for p in draft.payments] == [None, None, "returned", "paid", None]
    assert [fault.row for fault in draft.faults] == [2, 3, 6]


def test_a_day_on_which_it_is_to_be_paid_is_no_day_of_payment(results):
    for header in (["NIK", "NAMA", "TANGGAL", "TEMPAT"], ["NIK", "NAMA", "TANGGAL BAYAR", "JAM", "TEMPAT"]):
        row = [nik(1), "ANI", DAY, *["08.00-11.00"] * (len(header) - 4), "Kantor Pos"]
        with pytest.raises(Refused, match="not_payments"):
            results(header, row)


@pytest.mark.parametrize(
    ("header", "rest"),
    [
        (["NIK", "NAMA", "KETERANGAN"], ["lansia"]),
        (["NIK", "NAMA", "ALAMAT", "NOMINAL", "KET"], ["Jl. Roda", "600000", "KPM lama"]),
        (["NIK", "NAMA", "STATUS"], ["AKTIF"]),
        (["NIK", "NAMA", "ALAMAT", "RT", "RW", "NOMINAL", "TGL SALUR"], ["Jl. Roda", "1", "2", "600000", DAY]),
        (["NIK", "NAMA", "ALAMAT", "NOMINAL", "TGL BAYAR"], ["Jl. Roda", "600000", ""]),
        (["NIK", "NAMA", "STATUS PENERIMA", "KANTOR POS"], ["LAYAK", "BOGOR"]),
    ],
)
def test_a_list_of_recipients_is_no_report_of_payments(results, header, rest):
    with pytest.raises(Refused, match="not_payments"):
        results(header, *([nik(number), "ANI", *rest] for number in range(1, 5)))


def test_a_few_remarks_do_not_make_a_list_a_report(results):
    rows = [[nik(number), "ANI", "lansia"] for number in range(1, 9)]
    with pytest.raises(Refused, match="not_payments"):
        results(["NIK", "NAMA", "KET"], *rows, [nik(9), "IDA", "gagal salur"])


@pytest.mark.parametrize("header", ["TERBAYAR", "SUDAH DIBAYAR", "SUDAH CAIR", "STATUS BAYAR"])
@pytest.mark.parametrize("tick", ["✓", "v", "√", "☑", "1"])
def test_a_tick_under_a_column_of_what_was_paid_says_so(tmp_path, header, tick):
    rows = [["NIK", "NAMA", header], [nik(1), "ANI", tick], [nik(2), "INA", ""], [nik(3), "UMI", tick]]
    draft = read_payments(write_csv(tmp_path / "a.csv", rows))
    assert [payment.status for payment in draft.payments] == [PaymentState.PAID, PaymentState.DUE, PaymentState.PAID]
