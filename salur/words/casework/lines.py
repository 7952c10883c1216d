"""Where a proposal stands that waits for a place: for its sender, for the offices, and what the desk refuses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from types import MappingProxyType

from salur.core.errors import Refused
from salur.core.notices.answers import Facts
from salur.core.proposals.answers import InLine
from salur.core.proposals.kinds import LineRule, Standing
from salur.core.waiting.kinds import LineStep
from salur.words.language import N_, Say
from salur.words.lists import refusals as lists
from salur.words.lists.reasons import REASONS

# As it stands within a sentence.
RULES: Mapping[LineRule, str] = MappingProxyType(
    {
        LineRule.ACCEPTED: N_("menurut tanggal disetujui Dinas Sosial"),
        LineRule.SENT: N_("menurut tanggal diajukan"),
    }
)
STANDINGS: Mapping[Standing, str] = MappingProxyType(
    {
        Standing.WAITING: N_("menunggu"),
        Standing.CHOSEN: N_("dipilih, menunggu daftarnya terbit"),
        Standing.PLACED: N_("sudah masuk daftar"),
        Standing.DROPPED: N_("pernah masuk daftar, tetapi daftar yang berlaku tidak memuatnya lagi"),
        Standing.SKIPPED: N_("dilewati"),
        Standing.LISTED: N_("orang atau keluarganya sudah ada di daftar program ini"),
        Standing.EXCLUDED: N_("menerima program yang tidak boleh bersamaan"),
        Standing.NO_NUMBER: N_("tanpa NIK dan nomor KK: belum bisa masuk daftar"),
    }
)
# Never blaming: the sender reads it too.
SKIPS: Mapping[str, str] = MappingProxyType(
    {
        "not_reached": N_("belum bisa dihubungi"),
        "declined": N_("tidak bersedia menerima"),
        "data_differ": N_("datanya perlu diperbaiki dulu"),
        "receives_other_aid": N_("sudah menerima bantuan lain"),
        "moved": N_("tercatat sudah pindah alamat"),
        "died": N_("tercatat sudah meninggal dunia"),
    }
)
NO_REASON = N_("tanpa alasan tertulis")
STEPS: Mapping[LineStep, str] = MappingProxyType(
    {
        LineStep.CHOSEN: N_("Dipilih untuk tempat kosong"),
        LineStep.SKIPPED: N_("Dilewati"),
        LineStep.BACK: N_("Dikembalikan ke urutannya"),
        LineStep.FIRST: N_("Dikabari: urutan pertama"),
    }
)
NOTICES: Mapping[LineStep, str] = MappingProxyType(
    {
        LineStep.CHOSEN: N_(
            "*Usulan ini dipilih* untuk tempat kosong di {program}. Belum pasti sampai daftarnya terbit."
        ),
        LineStep.SKIPPED: N_("Usulan ini *dilewati dulu* di urutan {program}. Alasannya ada di tiket Anda."),
        LineStep.BACK: N_("Usulan ini *kembali ke urutannya* untuk {program}."),
        LineStep.FIRST: N_("Usulan ini sekarang *urutan pertama* untuk {program}. Menunggu sampai ada tempat kosong."),
    }
)
REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        "amount_wrong": N_("Besarnya: ketik rupiahnya saja, misalnya 600000."),
        "line_changed": N_("Urutannya berubah sejak halaman ini dibuka. Lihat lagi di bawah."),
        "no_list_there": N_("Belum ada daftar program ini yang berlaku di tempat tinggalnya. Terbitkan dulu."),
        "no_place_free": N_("Tidak ada tempat kosong lagi. Mungkin baru saja dipakai rekan Anda."),
        "no_quota": N_("Program ini belum punya kuota. Tetapkan dulu kuotanya."),
        "places_wrong": N_("Kuota: ketik jumlah tempatnya saja, misalnya 250. Kosongkan kalau tidak ada kuota lagi."),
        "rule_missing": N_("Pilih dulu urutannya."),
        "source_missing": N_("Tulis dulu dasarnya, misalnya nomor surat keputusan."),
        "source_too_long": N_("Dasarnya terlalu panjang. Paling banyak 300 huruf."),
        "skip_reason_missing": N_("Pilih dulu mengapa dilewati."),
    }
)


def why_not(refused: Refused, say: Say) -> str:
    """Why the desk of a line refused something; what a list refuses is said in its own words."""
    code = refused.code
    return say(REFUSALS[code]) if code in REFUSALS else lists.why_not(refused, refused.facts, say)


def rule(which: LineRule, say: Say) -> str:
    """`menurut tanggal diajukan`."""
    return say(RULES[which])


def standing(which: Standing, say: Say) -> str:
    """`menunggu`."""
    return say(STANDINGS[which])


def skip_reason(code: str, say: Say) -> str:
    """Why somebody was passed over."""
    return say(SKIPS[code]) if code in SKIPS else code


def step(which: LineStep, say: Say) -> str:
    """What a person did."""
    return say(STEPS[which])


def left(reason: str | None, say: Say) -> str:
    """Why somebody was taken off, in the words that they read themselves."""
    return say(REASONS.get(reason or "", NO_REASON))


def in_line(line: InLine, zone: tzinfo, say: Say) -> str:
    """Where a proposal stands, for its sender and for those who verified it.

    What a list says of the person is told to neither: a number alone must tell nobody anything.
    """
    what = {"program": line.programme_name}
    match line.standing:
        case Standing.WAITING:
            at = say.date(line.at.astimezone(zone))
            place = {"n": say.number(line.position or 0), "semua": say.number(line.waiting)}
            told = say("*Urutan {n} dari {semua}* untuk {program}, {aturan}, per {tanggal}.",
                       **place, **what, aturan=rule(line.rule, say), tanggal=at)  # fmt: skip
        case Standing.CHOSEN:
            told = say("*Dipilih* untuk tempat kosong di {program}. Belum pasti sampai daftarnya terbit.", **what)
        case Standing.PLACED:
            told = say("*Sudah masuk daftar* {program}. Daftar dapat berganti: cek lagi dengan NIK dan nama.", **what)
        case Standing.DROPPED:
            told = say("*Pernah masuk daftar* {program}. Daftar dapat berganti: cek lagi dengan NIK dan nama.", **what)
        case Standing.SKIPPED:
            why = skip_reason(line.reason or "", say)
            told = say(
                "*Dilewati dulu* di urutan {program}: {alasan}. Tidak benar? Datang ke Dinas Sosial dengan KTP.",
                **what, alasan=why,
            )  # fmt: skip
        case _:
            told = say("Belum ikut urutan {program}. Tanyakan sebabnya kepada Dinas Sosial.", **what)
    return told


def line_notice(facts: Facts, say: Say) -> str:
    """What a chat that follows is told. No name, and no reason: those are read with code and name."""
    told = say(NOTICES[LineStep(facts["step"])], program=facts["programme"])
    more = say("Buka tiket Anda untuk melihat lanjutannya. Kodenya berakhir {akhir}.", akhir=facts["ticket"])
    return f"{told} {more}"
