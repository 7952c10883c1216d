"""What each follower must hear, worked out from the invented data alone: nothing of Salur's words or rules is asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tests.fixtures.office import Recipient

AID = {
    "id": "Program Keluarga Harapan, Tahap 1 tahun 2026, atas nama {who}",
    "en": "Program Keluarga Harapan, Stage 1 (2026), in the name of {who}",
    "su": "Program Keluarga Harapan, Tahap 1 taun 2026, atas nami {who}",
}
WHOLE = {
    "id": "Bantuan diterima utuh. Tidak ada potongan. Ada yang minta bagian? Laporkan.",
    "en": "The aid is yours in full. Nobody may take a cut. Does someone want a share? Report it.",
    "su": "Bantuan kedah katampi sagemblengna. Teu aya potongan. Aya nu ménta bagian? Mangga laporkeun.",
}
FREE = {
    "id": "Semua urusan bantuan gratis. Ada yang minta uang? Laporkan.",
    "en": "Everything about aid is free. Does someone want money? Report it.",
    "su": "Sadaya urusan bantuan gratis. Aya nu ménta artos? Mangga laporkeun.",
}
COME = {
    "id": "Ambil bantuan: {when}, di {place}. {address}.",
    "en": "Collect the aid: {when}, at {place}. {address}.",
    "su": "Nampi bantuan: {when}, di {place}. {address}.",
}
SET = {"id": "📅 Tanggalnya sudah ada.", "en": "📅 There is a date now.", "su": "📅 Tanggalna parantos aya."}
MOVED = {"id": "⚠️ Jadwal berubah.", "en": "⚠️ The schedule has changed.", "su": "⚠️ Jadwalna robih."}
BEFORE = {
    "id": "Dulu: {when}, di {place}.",
    "en": "Before: {when}, at {place}.",
    "su": "Kapungkur: {when}, di {place}.",
}
NOTED = {
    "paid": {
        "id": "✅ Sudah dibayarkan pada {day} di Kantor Pos Bogor. Jumlahnya Rp{amount}.\n"
        "Tidak Anda terima? Tekan Belum saya terima.",
        "en": "✅ Already paid on {day} at Kantor Pos Bogor. The amount is Rp{amount}.\n"
        "You did not receive it? Press I did not get it.",
        "su": "✅ Parantos dibayarkeun tanggal {day} di Kantor Pos Bogor. Jumlahna Rp{amount}.\n"
        "Teu katampi? Pencét Teu acan katampi.",
    },
    "returned": {
        "id": "▪️ Bantuan ini tidak diambil sampai batas waktu, lalu dikembalikan pada {day}.\n"
        "Tanyakan ke kelurahan apakah masih bisa diurus.",
        "en": "▪️ This aid was not collected in time. It was sent back on {day}.\n"
        "Ask the kelurahan if anything can still be done.",
        "su": "▪️ Bantuan ieu teu dicandak dugi ka wates waktosna, teras diwangsulkeun tanggal {day}.\n"
        "Mangga taroskeun ka kelurahan, tiasa kénéh diurus atanapi henteu.",
    },
    "failed": {
        "id": "▪️ Pembayaran pada {day} tidak berhasil.\n"
        "Tanyakan ke kelurahan apa sebabnya, dan apakah akan dibayarkan lagi.",
        "en": "▪️ The payment on {day} did not go through.\n"
        "Ask at the kelurahan why, and whether it will be paid again.",
        "su": "▪️ Pamayaran dina {day} teu hasil.\n"
        "Taroskeun ka kelurahan naon sababna, sareng naha bakal dibayarkeun deui.",
    },
}
OFF = {
    "id": "▪️ Di daftar Tahap 1 tahun 2026 nama ini tidak ada lagi.\nAlasan dari kantor: tercatat sudah pindah alamat.\n"
    "Masih berhak? Tekan Saya masih berhak, atau datang ke kelurahan dengan KTP dan KK.",
    "en": "▪️ On the list for Stage 1 (2026) this name is no longer there.\nReason given by the office: recorded as"
    " having moved.\nAre you still entitled? Press I am still entitled, or come to the kelurahan with KTP and KK.",
    "su": "▪️ Dina daptar Tahap 1 taun 2026 nami ieu parantos teu aya.\nAlesan ti kantor: kacatet parantos ngalih"
    " alamat.\nMasih kénéh hak? Pencét Abdi masih ngagaduhan hak, atanapi sumping ka kelurahan mawa KTP sareng KK.",
}
REPORT = {"id": "Cara melapor: /bantuan", "en": "How to report: /bantuan", "su": "Cara ngalapor: /bantuan"}
DAYS = {
    "id": "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "su": "Senén Salasa Rebo Kemis Jumaah Saptu Minggu".split(),
}
MONTHS = {
    "id": ["", "Januari", "Februari", "Maret"],
    "en": ["", "January", "February", "March"],
    "su": ["", "Januari", "Pébruari", "Maret"],
}
HOURS = {"id": "pukul {0:%H.%M}–{1:%H.%M} WIB", "en": "{0:%H:%M}–{1:%H:%M} WIB", "su": "tabuh {0:%H.%M}–{1:%H.%M} WIB"}


@dataclass(frozen=True)
class Held:
    """A sitting as it is written into a schedule."""

    date: dt.date
    starts: dt.time
    ends: dt.time
    place: str
    address: str

    def when(self, language: str) -> str:
        """Day and hours."""
        day = f"{DAYS[language][self.date.weekday()]}, {_date(self.date, language)}"
        return f"{day}, {HOURS[language].format(self.starts, self.ends)}"


def set_(family: Recipient, held: Held, language: str) -> str:
    """A day is set."""
    return _told(f"{SET[language]} {_come(held, language)}", family, language, WHOLE)


def moved(family: Recipient, was: Held, held: Held, language: str) -> str:
    """It is another day, hour or place."""
    before = BEFORE[language].format(when=was.when(language), place=was.place)
    return _told(f"{MOVED[language]} {_come(held, language)}\n{before}", family, language, WHOLE)


def noted(family: Recipient, status: str, on: dt.date, language: str) -> str:
    """What became of the money."""
    amount = f"{family.amount:,}".replace(",", "," if language == "en" else ".")
    told = NOTED[status][language].format(day=_date(on, language), amount=amount)
    return _told(told, family, language, WHOLE if status == "paid" else FREE)


def taken_off(family: Recipient, language: str) -> str:
    """The list names them no more, because they moved."""
    return _told(OFF[language], family, language, FREE)


def _told(what: str, family: Recipient, language: str, end: dict[str, str]) -> str:
    who = " ".join(f"{part[0]}." for part in family.name.split())
    return f"{what}\n{AID[language].format(who=who)}\n\n{end[language]} {REPORT[language]}"


def _come(held: Held, language: str) -> str:
    return COME[language].format(when=held.when(language), place=held.place, address=held.address)


def _date(day: dt.date, language: str) -> str:
    return f"{day.day} {MONTHS[language][day.month]} {day.year}"
