"""What marks and their life are called. They speak of a list and what to do, never of guilt."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salur.core.marks.kinds import CareReason, MarkKind, MarkState, Outcome, Step
from salur.core.officers.roles import Role
from salur.words.language import N_, Say
from salur.words.officers.offices import role as role_name

KINDS: Mapping[MarkKind, str] = MappingProxyType(
    {
        MarkKind.DIED: N_("Meninggal"),
        MarkKind.MOVED_AWAY: N_("Pindah ke luar kelurahan"),
        MarkKind.MOVED_INSIDE: N_("Pindah RT atau RW, masih di kelurahan ini"),
        MarkKind.UNKNOWN: N_("Tidak dikenal di sini"),
        MarkKind.NOT_IN_NEED: N_("Sudah mampu"),
        MarkKind.OTHER_AID: N_("Sudah menerima bantuan lain"),
        MarkKind.HOME_DELIVERY: N_("Perlu diantar ke rumah"),
    }
)
# What is asked with each: what has to be said, and what helps.
ASKED: Mapping[MarkKind, str] = MappingProxyType(
    {
        MarkKind.DIED: N_("Tulis kapan, kalau tahu."),
        MarkKind.MOVED_AWAY: N_("Tulis ke mana dan kapan, kalau tahu."),
        MarkKind.MOVED_INSIDE: N_("Tulis RT dan RW yang baru, kalau tahu."),
        MarkKind.UNKNOWN: N_("Tidak ada yang perlu ditulis."),
        MarkKind.NOT_IN_NEED: N_("Tulis apa yang berubah, misalnya sudah bekerja tetap."),
        MarkKind.OTHER_AID: N_("Tulis bantuan apa, kalau tahu."),
        MarkKind.HOME_DELIVERY: N_("Wajib: pilih juga sebabnya, lanjut usia, sakit, atau disabilitas."),
    }
)
CARE: Mapping[CareReason, str] = MappingProxyType(
    {
        CareReason.ELDERLY: N_("Lanjut usia"),
        CareReason.SICK: N_("Sakit"),
        CareReason.DISABLED: N_("Orang dengan disabilitas"),
    }
)
STATES: Mapping[MarkState, str] = MappingProxyType(
    {
        MarkState.OPEN: N_("Menunggu"),
        MarkState.CONFIRMED: N_("Sudah dibenarkan"),
        MarkState.HANDLED: N_("Selesai"),
        MarkState.TAKEN_BACK: N_("Dibatalkan"),
    }
)
STEPS: Mapping[Step, str] = MappingProxyType(
    {
        Step.MADE: N_("Ditandai oleh {kantor}"),
        Step.TAKEN_BACK: N_("Dibatalkan oleh {kantor}"),
        Step.CONFIRMED: N_("Dibenarkan oleh {kantor}"),
        Step.HANDLED: N_("Diselesaikan oleh {kantor}"),
    }
)
OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.LIST_CORRECTED: N_("Daftar akan diperbaiki"),
        Outcome.NO_CHANGE: N_("Daftar tetap seperti ini"),
    }
)
# Home delivery needs no other list, but someone who goes there.
HOME_OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.LIST_CORRECTED: N_("Akan diantar ke rumah"),
        Outcome.NO_CHANGE: N_("Tidak diantar"),
    }
)
DONE: Mapping[str, str] = MappingProxyType(
    {
        "batal": N_("Tanda sudah dibatalkan. Orangnya bisa ditandai lagi dari daftar."),
        "benar": N_("Tanda sudah dibenarkan dan diteruskan ke atas."),
        "selesai": N_("Tanda sudah diselesaikan."),
    }
)
# Code of what is refused -> words.
MARK_SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "not_your_role": N_("Ini pekerjaan tingkat lain. Anda tetap bisa melihatnya."),
        "already_marked": N_("Orang ini sudah ditandai begitu, dan tandanya belum selesai. Tidak perlu lagi."),
        "care_missing": N_("Pilih sebabnya: lanjut usia, sakit, atau disabilitas."),
        "note_too_long": N_("Catatannya terlalu panjang. Paling banyak 300 huruf."),
        "number_in_note": N_("Di catatan ada nomor panjang. Hapus nomornya: NIK dan nomor KK tidak perlu ditulis."),
        "already_handled": N_("Tanda ini sudah diselesaikan. Kalau masih perlu, tandai lagi dari daftar."),
        "already_taken_back": N_("Tanda ini sudah dibatalkan."),
        "already_confirmed": N_("Tanda ini sudah dibenarkan di tingkat Anda atau di atasnya."),
        "not_your_mark": N_("Hanya yang memberi tanda bisa membatalkannya."),
    }
)


def kind(which: MarkKind, say: Say) -> str:
    """`Pindah ke luar kelurahan`."""
    return say(KINDS[which])


def asked(which: str, say: Say) -> str:
    """What is asked with a kind."""
    return say(ASKED[MarkKind(which)])


def care(which: CareReason, say: Say) -> str:
    """`Lanjut usia`."""
    return say(CARE[which])


def state(which: MarkState, say: Say) -> str:
    """`Menunggu`."""
    return say(STATES[which])


def step(which: Step, by: Role, say: Say) -> str:
    """`Ditandai oleh Ketua RT`."""
    return say(STEPS[which], kantor=role_name(by, say))


def outcome(which: Outcome, of: MarkKind, say: Say) -> str:
    """`Daftar akan diperbaiki`; `Akan diantar ke rumah`."""
    return say((HOME_OUTCOMES if of is MarkKind.HOME_DELIVERY else OUTCOMES)[which])


def made(code: str, say: Say) -> str | None:
    """`Sudah ditandai: *meninggal*.`; None for what is no kind of mark."""
    found = next((which for which in MarkKind if which == code), None)
    return say("Sudah ditandai: *{tanda}*.", tanda=kind(found, say)) if found else None


def done(code: str, say: Say) -> str | None:
    """What was just done with a mark."""
    return say(DONE[code]) if code in DONE else None
