"""What somebody is told who scans a letter. The verdict first, then what to do."""

from __future__ import annotations

from collections.abc import Mapping

from salur.core.letters.issuing.answers import OnPaper, Verified
from salur.core.letters.issuing.kinds import Verdict
from salur.words.language import N_, Say

HEADINGS: Mapping[Verdict, str] = {
    Verdict.GENUINE: N_("Surat ini *asli*."),
    Verdict.REPLACED: N_("Surat ini *sudah diganti*."),
    Verdict.WITHDRAWN: N_("Surat ini *ditarik*."),
    Verdict.OFF: N_("Surat ini asli, tetapi *tidak berlaku lagi*."),
    Verdict.UNSURE: N_("Surat ini asli. Apakah masih berlaku, *belum pasti*."),
    Verdict.HALTED: N_("Surat ini asli, tetapi bantuannya *ditangguhkan*."),
    Verdict.UNKNOWN: N_("Kode ini *tidak kami kenal*."),
}
GOOD = (Verdict.GENUINE, Verdict.HALTED)


def heading(verified: Verified, say: Say) -> str:
    """The verdict."""
    return say(HEADINGS[verified.verdict])


def what_to_do(verified: Verified, say: Say) -> str:
    """What it means, and what to do; empty where the rest of the page says it."""
    day = say.date(verified.since) if verified.since is not None else ""
    match verified.verdict:
        case Verdict.REPLACED:
            return say("Surat yang lebih baru dicetak pada *{hari}*. Pakai surat yang baru itu.", hari=day)
        case Verdict.WITHDRAWN:
            return say("Sejak *{hari}* surat ini tidak berlaku. Tanyakan ke kelurahan.", hari=day)
        case Verdict.OFF:
            return say(
                "Nama di surat ini tidak ada lagi di daftar yang berlaku. Periksa dengan NIK dan nama, atau tanyakan"
                " ke kelurahan."
            )
        case Verdict.UNSURE:
            return say(
                "Nama di daftar yang baru ditulis lain. Datang ke kelurahan dengan KTP dan KK, supaya datanya diperiksa"
                " dan dibetulkan."
            )
        case Verdict.HALTED:
            return say("Belum ada yang bisa diambil. Tanyakan ke kelurahan.")
        case Verdict.UNKNOWN:
            return say(
                "Cocokkan lagi 16 huruf dan angka di surat. Sudah sama? Maka surat itu bukan dari Salur: *mungkin"
                " palsu*. Jangan bayar apa pun, dan jangan beri data apa pun."
            )
    if verified.own:
        return say("Surat ini dicetak sendiri oleh penerimanya.")
    return ""


def printed(verified: Verified, say: Say) -> str:
    """`Jumat, 20 Februari 2026`."""
    return say.date(verified.printed_at) if verified.printed_at is not None else ""


def moved(was: OnPaper, say: Say) -> str:
    """What stands on the paper, where it is no longer true."""
    when = f"{say.date(was.comes.starts)}, {say.hours(was.comes.starts, was.comes.ends)}"
    if was.place is None or not was.place.name:
        return say("*Berubah* sejak surat ini dicetak. Di surat tertulis: {hari}.", hari=when)
    return say(
        "*Berubah* sejak surat ini dicetak. Di surat tertulis: {hari}, di {tempat}.", hari=when, tempat=was.place.name
    )


def turn(verified: Verified, say: Say) -> str:
    """`Giliran: pukul 09.00–10.00 WIB`; empty without one."""
    sitting = verified.said.next_sitting if verified.said is not None else None
    if sitting is None or sitting.window is None:
        return ""
    return say("Giliran: *{jam}*", jam=say.hours(*sitting.window[:2]))
