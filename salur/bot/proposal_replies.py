"""The sentences of /ajukan and /tiket that only the bot says; what both doors say is in `salur.words.proposals`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from types import MappingProxyType

from salur.bot import proposal_buttons as buttons
from salur.bot.dialogues import Ask, Proposing
from salur.bot.replies import deleted_or_not
from salur.core.proposal_answers import NO_NIK_REASONS, REASONS, WHOM, Receipt, Status
from salur.core.proposal_steps import Kind, Outcome
from salur.core.regions import time_zone
from salur.words import Say, inbox, mark, proposals

STEPS = 4  # the latest ones; the site shows them all
NAME_OF: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.USULAN: mark("Ketik *nama* yang diusulkan, seperti di KTP."),
        Kind.SANGGAH: mark("Siapa yang menurut Anda tidak tepat menerima? Ketik *namanya* saja."),
        Kind.KOREKSI: mark("Ketik *nama* seperti di KTP."),
    }
)
WHERE: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.USULAN: mark("Tinggal di kelurahan mana? Ketik *nama kelurahannya*."),
        Kind.SANGGAH: mark("Orang itu tinggal di kelurahan mana? Ketik *nama kelurahannya*."),
        Kind.KOREKSI: mark("Anda tinggal di kelurahan mana? Ketik *nama kelurahannya*."),
        Kind.LAPORAN: mark("Di kelurahan mana itu terjadi? Ketik *nama kelurahannya*."),
    }
)
WHY: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.USULAN: mark("Mengapa perlu dibantu? Pilih yang paling cocok."),
        Kind.SANGGAH: mark("Mengapa menurut Anda tidak tepat?"),
        Kind.KOREKSI: mark("Data apa yang salah?"),
        Kind.LAPORAN: mark("Apa yang terjadi? *Nama Anda tidak diminta.*"),
    }
)
TELL: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.USULAN: mark("Ceritakan keadaannya dalam *satu pesan*, lalu langsung kami kirim."),
        Kind.SANGGAH: mark("Apa yang Anda ketahui? Ketik dalam *satu pesan*, lalu langsung kami kirim."),
        Kind.KOREKSI: mark(
            "Apa yang tertulis, dan apa yang benar? Ketik dalam *satu pesan*, lalu langsung kami kirim."
        ),
        Kind.LAPORAN: mark("Ceritakan dalam *satu pesan*, lalu langsung kami kirim ke Dinas Sosial."),
    }
)


def begin(say: Say, site: str) -> str:
    """What may be sent, and what becomes of messages here: said once, before anything is asked."""
    more = say("Mau mengirim foto rumah? Pakai situs Salur: {alamat}", alamat=f"{site}/pengajuan")
    return _paragraphs(
        say("*Mau mengajukan apa?* Gratis."),
        say(
            "Pesan Telegram lewat server di luar negeri. Jadi di sini kami tanya sesedikit mungkin."
            " Jangan kirim foto KTP atau KK."
        ),
        more if site else "",
    )


def question(dialogue: Proposing, say: Say) -> str:
    """The question that is open now."""
    kind = dialogue.kind
    match dialogue.asked:
        case Ask.WHOM:
            return say("Untuk siapa usulan ini?")
        case Ask.NUMBER if kind is Kind.USULAN:
            return say("Ketik *NIK* yang diusulkan: 16 angka di KTP. Pesannya kami hapus setelah dibaca.")
        case Ask.NUMBER:
            return say("Ketik *NIK* atau nomor KK: 16 angka. Pesannya kami hapus setelah dibaca.")
        case Ask.NO_NIK:
            return say("Mengapa belum punya NIK?")
        case Ask.NAME:
            return say(NAME_OF[kind])
        case Ask.VILLAGE:
            return say(WHERE[kind])
        case Ask.HOME:
            return say("RT dan RW berapa? Ketik misalnya *RT 2 RW 5*.")
        case Ask.REASON:
            return say(WHY[kind])
        case Ask.WHO:
            return say("Siapa yang melakukannya? Pilih jabatannya, tidak perlu nama.")
        case Ask.WORDS:
            if kind is Kind.USULAN and not dialogue.words_needed:
                return say("Ada yang mau ditambahkan? Ketik di sini. Kalau tidak, tekan *Kirim sekarang*.")
            return say(TELL[kind])


def choices(dialogue: Proposing, say: Say) -> tuple[tuple[str, str], ...]:
    """The answers that stand on buttons: their codes and words. None where something has to be typed."""
    kind = dialogue.kind
    match dialogue.asked:
        case Ask.WHOM:
            return tuple(zip(WHOM, (say("Keluarga saya sendiri"), say("Tetangga")), strict=True))
        case Ask.NUMBER if kind is Kind.USULAN:
            return ((buttons.SKIP, say("Belum punya NIK")),)
        case Ask.NO_NIK:
            return tuple((code, say(proposals.WITHOUT_NIK[code])) for code in NO_NIK_REASONS)
        case Ask.VILLAGE if kind is Kind.LAPORAN:
            return ((buttons.SKIP, say("Tidak saya sebutkan")),)
        case Ask.HOME if kind is Kind.SANGGAH:
            return ((buttons.SKIP, say("Tidak tahu")),)
        case Ask.REASON:
            return tuple((code, inbox.sent_for(kind, code, say)) for code in REASONS[kind])
        case Ask.WHO:
            return tuple((code, say(text)) for code, text in proposals.REPORTED.items())
        case Ask.WORDS if dialogue.words or not dialogue.words_needed:
            return ((buttons.SKIP, say("Kirim sekarang")),)
        case _:
            return ()


def codes(dialogue: Proposing) -> frozenset[str]:
    """The fixed answers to the open question, to tell a button of ours from a made-up one."""
    known = {
        Ask.WHOM: WHOM,
        Ask.NO_NIK: NO_NIK_REASONS,
        Ask.REASON: REASONS[dialogue.kind],
        Ask.WHO: tuple(proposals.REPORTED),
    }
    return frozenset(known.get(dialogue.asked, ()))


def receipt(sent: Receipt, say: Say, zone: tzinfo) -> str:
    """It was taken: the code first of all, then where it is now and how to follow it."""
    digits = say("Nanti kami tanya juga empat angka terakhir NIK.") if sent.needs_digits else ""
    due = say("Paling lambat dijawab {kapan}.", kapan=proposals.moment(sent.due_at, zone, say)) if sent.due_at else ""
    return _paragraphs(
        say("✅ *Sudah kami terima.* Kode tiket Anda:"),
        f"*{sent.code.grouped}*",
        say("Simpan kode ini. Jangan berikan kepada orang lain."),
        _sentences(proposals.where_it_starts(sent.kind, sent.first_holder, sent.place, say), due),
        _sentences(say("Mau tahu sampai mana? Ketik /tiket lalu kodenya."), digits),
        say("Mengajukan itu gratis. Ada yang minta uang? Laporkan: /ajukan"),
    )


def status(found: Status, say: Say, zone: tzinfo) -> str:
    """What became of it, on one screen: the verdict, why, what to do, and the latest steps."""
    reason = ""
    if found.outcome is Outcome.REJECTED and found.reason:
        reason = proposals.why_not(found.reason, say)
    said = found.reason_words if reason else found.question or found.steps[-1].words
    steps = [
        f"• {say.short_date(step.at.astimezone(zone))}: {proposals.step_line(step, found.place, say)}"
        for step in found.steps[-STEPS:]
    ]
    objection = proposals.objection_way(found, zone, say) if found.outcome is Outcome.REJECTED else ""
    return _paragraphs(
        proposals.standing(found, say),
        _sentences(reason, f"“{_plain(said)}”" if said else ""),
        proposals.deadline(found, zone, say) or "",
        objection,
        "\n".join(steps),
    )


def no_ticket(say: Say) -> str:
    """Code and digits do not go together; which of them is wrong is not said."""
    return _paragraphs(
        say("*Kode dan angka itu tidak cocok.* Periksa keduanya."),
        say("Setelah tiga kali salah, tiket yang sama baru bisa dicoba lagi sehari kemudian."),
    )


def ask_code(say: Say) -> str:
    """/tiket without a code."""
    return say("Ketik *kode tiket* Anda: 12 huruf dan angka, misalnya dari kertas tanda terima.")


def ask_digits(say: Say) -> str:
    """The code was read."""
    return say("Kode sudah kami baca. Sekarang ketik *empat angka terakhir NIK* yang dipakai waktu mengajukan.")


def need_digits(say: Say) -> str:
    """Something else came."""
    return say("Ketik *empat angka* saja: yang paling belakang di NIK.")


def followed(say: Say) -> str:
    """From now on this chat is told."""
    return say("🔔 *Baik, kami kabari di sini* setiap ada kemajuan. Tanpa nama dan tanpa NIK.")


def unfollowed(say: Say) -> str:
    """And now no more."""
    return say("Baik. Obrolan ini *tidak dikabari lagi* tentang pengajuan. Tiket Anda tetap berlaku.")


def nothing_followed(say: Say) -> str:
    """There was nothing to stop."""
    return say("Obrolan ini memang tidak dikabari tentang pengajuan.")


def ask_objection(say: Say) -> str:
    """Why does someone not accept a no?"""
    return say("Mengapa Anda tidak setuju? Ketik dalam *satu pesan*, lalu langsung kami kirim. Jangan tulis NIK.")


def objected(say: Say) -> str:
    """It goes to the office above."""
    return say("✅ *Keberatan sudah kami terima.*")


def ask_answer(say: Say) -> str:
    """The answer to an office's question."""
    return say("Ketik *jawaban Anda* dalam satu pesan, lalu langsung kami kirim. Jangan tulis NIK.")


def answered(say: Say) -> str:
    """It goes back to who asked."""
    return say("✅ *Jawaban sudah kami kirim.*")


def ticket_forgotten(say: Say) -> str:
    """A button of a ticket that is no longer in hand."""
    return say("Demi keamanan tiket sudah kami tutup. Buka lagi: ketik /tiket lalu kodenya.")


def lost(say: Say) -> str:
    """A button of a proposal that is no longer remembered."""
    return say("Maaf, pengajuan itu sudah kami lupakan. *Tidak ada yang terkirim.* Mulai lagi dari sini.")


def cancelled(say: Say) -> str:
    """A proposal, or a ticket in hand, was given up."""
    return say("Baik, dibatalkan. *Tidak ada yang terkirim.* Yang tadi diketik sudah kami lupakan.")


def not_sent(say: Say) -> str:
    """The database is away, and what was typed is still there."""
    return say("Maaf, Salur sedang terganggu. *Belum terkirim*, tetapi belum hilang. Tunggu sebentar, lalu kirim lagi.")


def no_numbers(say: Say, gone: bool) -> str:
    """A number where none belongs."""
    return say("Jangan tulis nomor di sini.") + " " + deleted_or_not(say, gone)


def no_attachment(say: Say, gone: bool) -> str:
    """A photo or voice message where an answer was asked for."""
    told = _sentences(say("Foto, suara, dan berkas tidak kami terima di sini."), deleted_or_not(say, gone))
    return _paragraphs(told, say("Lanjutkan saja: jawab pertanyaan yang terakhir dengan tulisan atau tombol."))


def press_a_button(say: Say) -> str:
    """Words where one of the buttons was meant."""
    return say("Tekan salah satu tombol, ya.")


def in_kelurahan(name: str, district: str, say: Say) -> str:
    """Which kelurahan was understood."""
    return say("{nama}, Kecamatan {kecamatan}.", nama=name, kecamatan=district)


def which_kelurahan(say: Say) -> str:
    """One or several may be meant."""
    return say("Yang ini? Tekan namanya. Bukan? Ketik lagi.")


def no_such_kelurahan(say: Say) -> str:
    """None fits."""
    return say("Kelurahan itu tidak kami temukan. Periksa tulisannya.")


def need_rt_and_rw(say: Say) -> str:
    """One of the two is missing."""
    return say("Kami perlu keduanya, RT dan RW. Ada di KTP di bawah alamat.")


def not_in_group(say: Say, gone: bool | None) -> str:
    """Proposals and tickets are private."""
    told = say("Pengajuan dan tiket hanya di obrolan pribadi, karena semua anggota grup bisa membacanya.")
    return told if gone is None else _sentences(told, deleted_or_not(say, gone))


def zone_of(city: str) -> tzinfo:
    """The clock of the city served."""
    return time_zone(city)


def _plain(text: str | None) -> str:
    return (text or "").replace("*", "")


def _sentences(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
