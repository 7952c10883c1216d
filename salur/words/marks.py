"""What marks and their life are called. They speak of a list and what to do, never of guilt."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salur.core.mark_kinds import CareReason, MarkKind, MarkState, Outcome, Step
from salur.core.roles import Role
from salur.words.language import Say, mark
from salur.words.offices import role as role_name

KINDS: Mapping[MarkKind, str] = MappingProxyType(
    {
        MarkKind.DIED: mark("Meninggal"),
        MarkKind.MOVED_AWAY: mark("Pindah ke luar kelurahan"),
        MarkKind.MOVED_INSIDE: mark("Pindah RT atau RW, masih di kelurahan ini"),
        MarkKind.UNKNOWN: mark("Tidak dikenal di sini"),
        MarkKind.NOT_IN_NEED: mark("Sudah mampu"),
        MarkKind.OTHER_AID: mark("Sudah menerima bantuan lain"),
        MarkKind.HOME_DELIVERY: mark("Perlu diantar ke rumah"),
    }
)
CARE: Mapping[CareReason, str] = MappingProxyType(
    {
        CareReason.ELDERLY: mark("Lanjut usia"),
        CareReason.SICK: mark("Sakit"),
        CareReason.DISABLED: mark("Orang dengan disabilitas"),
    }
)
STATES: Mapping[MarkState, str] = MappingProxyType(
    {
        MarkState.OPEN: mark("Menunggu"),
        MarkState.CONFIRMED: mark("Sudah dibenarkan"),
        MarkState.HANDLED: mark("Selesai"),
        MarkState.TAKEN_BACK: mark("Dibatalkan"),
    }
)
STEPS: Mapping[Step, str] = MappingProxyType(
    {
        Step.MADE: mark("Ditandai oleh {kantor}"),
        Step.TAKEN_BACK: mark("Dibatalkan oleh {kantor}"),
        Step.CONFIRMED: mark("Dibenarkan oleh {kantor}"),
        Step.HANDLED: mark("Diselesaikan oleh {kantor}"),
    }
)
OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.LIST_CORRECTED: mark("Daftar akan diperbaiki"),
        Outcome.NO_CHANGE: mark("Daftar tetap seperti ini"),
    }
)
# Home delivery needs no other list, but someone who goes there.
HOME_OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.LIST_CORRECTED: mark("Akan diantar ke rumah"),
        Outcome.NO_CHANGE: mark("Tidak diantar"),
    }
)
DONE: Mapping[str, str] = MappingProxyType(
    {
        "batal": mark("Tanda sudah dibatalkan. Orangnya bisa ditandai lagi dari daftar."),
        "benar": mark("Tanda sudah dibenarkan dan diteruskan ke atas."),
        "selesai": mark("Tanda sudah diselesaikan."),
    }
)
# Code of what is refused -> words.
MARK_SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "not_your_role": mark("Ini pekerjaan tingkat lain. Anda tetap bisa melihatnya."),
        "already_marked": mark("Orang ini sudah ditandai begitu, dan tandanya belum selesai. Tidak perlu lagi."),
        "care_missing": mark("Pilih sebabnya: lanjut usia, sakit, atau disabilitas."),
        "note_too_long": mark("Catatannya terlalu panjang. Paling banyak 300 huruf."),
        "number_in_note": mark("Di catatan ada nomor panjang. Hapus nomornya: NIK dan nomor KK tidak perlu ditulis."),
        "already_handled": mark("Tanda ini sudah diselesaikan. Kalau masih perlu, tandai lagi dari daftar."),
        "already_taken_back": mark("Tanda ini sudah dibatalkan."),
        "already_confirmed": mark("Tanda ini sudah dibenarkan di tingkat Anda atau di atasnya."),
        "not_your_mark": mark("Hanya yang memberi tanda bisa membatalkannya."),
    }
)


def kind(which: MarkKind, say: Say) -> str:
    """`Pindah ke luar kelurahan`."""
    return say(KINDS[which])


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
