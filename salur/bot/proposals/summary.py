"""Everything that will be sent, in one message, before it is sent: to be confirmed, or changed in one answer.

Of a number only the end is shown, as everywhere in Telegram.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from salur.bot.chat.dialogues import Ask, Proposing
from salur.core.people.nik import Kk
from salur.core.people.ticket_codes import TicketCode
from salur.core.proposals.kinds import Kind
from salur.words import proposals
from salur.words.casework import cases
from salur.words.language import N_, Say, plain
from salur.words.lookup import contests

SEND, CHANGE, BACK = "kirim", "ubah", "kembali"
LABELS: Mapping[Ask, str] = MappingProxyType(
    {
        Ask.WHOM: N_("Untuk siapa"),
        Ask.NUMBER: N_("NIK"),
        Ask.NAME: N_("Nama"),
        Ask.VILLAGE: N_("Kelurahan"),
        Ask.HOME: N_("RT dan RW"),
        Ask.REASON: N_("Alasan"),
        Ask.WHO: N_("Siapa yang melakukan"),
        Ask.WORDS: N_("Keterangan"),
    }
)
REASON_LABELS: Mapping[Kind, str] = MappingProxyType({Kind.KOREKSI: N_("Yang salah"), Kind.LAPORAN: N_("Yang terjadi")})
WHOM_LABELS: Mapping[str, str] = MappingProxyType({"self": N_("Keluarga saya sendiri"), "neighbour": N_("Tetangga")})


def text(dialogue: Proposing, say: Say) -> str:
    """That nothing is sent yet, every answer on a line of its own, and what to press."""
    verdict = say("*Belum terkirim.* {apa} akan kami kirim begini:", apa=say(proposals.THESE[dialogue.kind]))
    ask = say("Sudah benar? Tekan *Kirim*. Ada yang salah? Tekan *Ubah*.")
    told = ""
    if dialogue.told is not None:
        ask = say("Tekan *Kirim*. Mau menambah satu atau dua kalimat? Ketik saja.")
        told = contests.lead(dialogue.told, say)
    return "\n\n".join(filter(None, (verdict, "\n".join(_lines(dialogue, say)), told, ask)))


def choices(dialogue: Proposing, say: Say) -> tuple[tuple[str, str], ...]:
    """What may be done with it; the mark tells the buttons of the newest summary from older ones."""
    return (f"{SEND}_{dialogue.mark}", say("Kirim")), (f"{CHANGE}_{dialogue.mark}", say("Ubah"))


def changes(dialogue: Proposing, say: Say) -> tuple[tuple[str, str], ...]:
    """The answers that may be changed, and the way back."""
    return *((ask.value, _label(ask, dialogue, say)) for ask in dialogue.changeable), back(say)


def back(say: Say) -> tuple[str, str]:
    """To the summary, with nothing changed."""
    return BACK, say("Tidak jadi diubah")


def which(say: Say) -> str:
    """Which answer is wrong?"""
    return say("Apa yang mau diubah? Yang lain tetap.")


def press_one(say: Say) -> str:
    """Something was typed under it."""
    return say("*Belum terkirim.* Tekan *Kirim*, *Ubah*, atau *Batal*.")


def not_twice(code: TicketCode, say: Say) -> str:
    """Sent already, and pressed once more."""
    return say("✅ Tadi sudah kami terima, *satu kali saja*. Kode tiket Anda: *{kode}*", kode=code.grouped)


def perhaps_sent(say: Say) -> str:
    """Pressed when nothing is remembered any more: it was sent, or it was forgotten."""
    return say(
        "Tombol itu sudah tidak berlaku. Sudah dapat *kode tiket*? Berarti sudah terkirim, satu kali."
        " Belum? *Tidak ada yang terkirim.* Mulai lagi dari sini."
    )


def _lines(dialogue: Proposing, say: Say) -> Iterator[str]:
    if dialogue.told is not None:
        yield from (f"• {label}: *{plain(value)}*" for label, value in contests.lines(dialogue.told, say))
    for ask in dialogue.changeable:
        yield f"• {_label(ask, dialogue, say)}: *{plain(_answer(ask, dialogue, say))}*"


def _label(ask: Ask, dialogue: Proposing, say: Say) -> str:
    if ask is Ask.NUMBER and isinstance(dialogue.number, Kk):
        return say("Nomor KK")
    return say(REASON_LABELS.get(dialogue.kind, LABELS[ask]) if ask is Ask.REASON else LABELS[ask])


def _answer(ask: Ask, dialogue: Proposing, say: Say) -> str:
    """What was answered, in a few words."""
    match ask:
        case Ask.WHOM:
            return say(WHOM_LABELS[dialogue.whom]) if dialogue.whom else ""
        case Ask.NUMBER if dialogue.number is not None:
            return say("angka terakhir {angka}", angka=dialogue.number.last_four)
        case Ask.NUMBER:
            why = proposals.WITHOUT_NIK.get(dialogue.no_nik or "", proposals.OTHER)
            return say("belum punya. {alasan}", alasan=say(why))
        case Ask.NAME:
            return dialogue.name
        case Ask.VILLAGE:
            return dialogue.place or say("tidak disebutkan")
        case Ask.HOME:
            return say("RT {rt} RW {rw}", rt=dialogue.rt, rw=dialogue.rw) if dialogue.rt else say("tidak tahu")
        case Ask.REASON:
            return cases.sent_for(dialogue.kind, dialogue.reason, say)
        case Ask.WHO:
            return say(proposals.REPORTED[dialogue.who])
        case _:
            return dialogue.words or say("tidak ada")
