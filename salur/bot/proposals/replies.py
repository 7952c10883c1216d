"""The sentences of /ajukan and /tiket that only the bot says; what both doors say is in `salur.words.proposals`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from types import MappingProxyType

from salur.bot.chat.dialogues import Ask, Proposing
from salur.bot.chat.replies import deleted_or_not
from salur.bot.proposals import buttons, summary
from salur.core.proposals.answers import Receipt, Status
from salur.core.proposals.draft import NO_NIK_REASONS, REASONS, WHOM
from salur.core.proposals.kinds import Kind, Outcome
from salur.words import proposals
from salur.words.casework import cases, lines
from salur.words.language import N_, Say
from salur.words.refusals import refusal

STEPS = 4  # the latest ones; the site shows them all
NAME_OF: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.USULAN: N_("Ketik *nama* yang diusulkan, seperti di KTP."),
        Kind.SANGGAH: N_("Siapa yang menurut Anda tidak tepat menerima? Ketik *namanya* saja."),
        Kind.KOREKSI: N_("Ketik *nama* seperti di KTP."),
    }
)
WHERE: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.USULAN: N_("Tinggal di kelurahan mana? Ketik *nama kelurahannya*."),
        Kind.SANGGAH: N_("Orang itu tinggal di kelurahan mana? Ketik *nama kelurahannya*."),
        Kind.KOREKSI: N_("Anda tinggal di kelurahan mana? Ketik *nama kelurahannya*."),
        Kind.LAPORAN: N_("Di kelurahan mana itu terjadi? Ketik *nama kelurahannya*."),
    }
)
WHY: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.USULAN: N_("Mengapa perlu dibantu? Pilih yang paling cocok."),
        Kind.SANGGAH: N_("Mengapa menurut Anda tidak tepat?"),
        Kind.KOREKSI: N_("Data apa yang salah?"),
        Kind.LAPORAN: N_("Apa yang terjadi? *Nama Anda tidak diminta.*"),
    }
)
TELL: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.USULAN: N_("Ceritakan keadaannya dalam *satu pesan*."),
        Kind.SANGGAH: N_("Apa yang Anda ketahui? Ketik dalam *satu pesan*."),
        Kind.KOREKSI: N_("Apa yang tertulis, dan apa yang benar? Ketik dalam *satu pesan*."),
        Kind.LAPORAN: N_("Ceritakan dalam *satu pesan*. Hanya Dinas Sosial yang membacanya."),
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
        case Ask.NAME if dialogue.no_nik:
            return say("Ketik *nama* yang diusulkan.")
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
                return say("Ada yang mau ditambahkan? Ketik di sini. Kalau tidak, tekan *Tidak ada*.")
            return say(TELL[kind])
        case Ask.CHANGE:
            return summary.which(say)
        case Ask.SUMMARY:
            return summary.text(dialogue, say)


def choices(dialogue: Proposing, say: Say) -> tuple[tuple[str, str], ...]:
    """The answers that stand on buttons: their codes and words. None where something has to be typed."""
    own = _own_choices(dialogue, say)
    return (*own, summary.back(say)) if dialogue.changing else own


def _own_choices(dialogue: Proposing, say: Say) -> tuple[tuple[str, str], ...]:
    kind = dialogue.kind
    match dialogue.asked:
        case Ask.WHOM:
            return tuple((code, say(summary.WHOM_LABELS[code])) for code in WHOM)
        case Ask.NUMBER if kind is Kind.USULAN:
            return ((buttons.SKIP, say("Belum punya NIK")),)
        case Ask.NO_NIK:
            return tuple((code, say(proposals.WITHOUT_NIK[code])) for code in NO_NIK_REASONS)
        case Ask.VILLAGE if kind is Kind.LAPORAN:
            return ((buttons.SKIP, say("Tidak saya sebutkan")),)
        case Ask.HOME if kind is Kind.SANGGAH:
            return ((buttons.SKIP, say("Tidak tahu")),)
        case Ask.REASON:
            return tuple((code, cases.sent_for(kind, code, say)) for code in REASONS[kind])
        case Ask.WHO:
            return tuple((code, say(text)) for code, text in proposals.REPORTED.items())
        case Ask.WORDS if not dialogue.words_needed:
            return ((buttons.SKIP, say("Tidak ada")),)
        case Ask.SUMMARY:
            return summary.choices(dialogue, say)
        case Ask.CHANGE:
            return summary.changes(dialogue, say)
        case _:
            return ()


def receipt(sent: Receipt, say: Say, zone: tzinfo) -> str:
    """It was taken: the code first of all, then where it is now and how to follow it."""
    opener = proposals.opened_with(sent.kind, sent.needs_name, say, of_payee=sent.of_payee)
    due = say("Paling lambat dijawab {kapan}.", kapan=proposals.moment(sent.due_at, zone, say)) if sent.due_at else ""
    return _paragraphs(
        say("✅ *Sudah kami terima.* Kode tiket Anda:"),
        f"*{sent.code.grouped}*",
        say("Simpan kode ini. Jangan berikan kepada orang lain."),
        _sentences(proposals.where_it_starts(sent.kind, sent.first_holder, sent.territory, say), due),
        say("Mau tahu sampai mana? Ketik /tiket, lalu {apa}.", apa=opener),
        say("Mengajukan itu gratis. Ada yang minta uang? Laporkan: /ajukan"),
    )


def status(found: Status, say: Say, zone: tzinfo) -> str:
    """What became of it, on one screen: the verdict, why, what to do, and the latest steps."""
    reason = ""
    if found.outcome is Outcome.REJECTED and found.reason:
        reason = proposals.why_not(found.reason, say)
    said = found.reason_words if reason else found.question or found.steps[-1].words
    steps = [
        f"• {say.short_date(step.at.astimezone(zone))}: {proposals.step_line(step, found.territory, say)}"
        for step in found.steps[-STEPS:]
    ]
    objection = proposals.objection_way(found, zone, say) if found.outcome is Outcome.REJECTED else ""
    return _paragraphs(
        proposals.standing(found, say),
        _sentences(reason, f"“{_plain(said)}”" if said else ""),
        "\n".join(lines.in_line(one, zone, say) for one in found.lines),
        proposals.may_change(found, zone, say) or "",
        proposals.deadline(found, zone, say) or "",
        objection,
        "\n".join(steps),
    )


def no_ticket(say: Say) -> str:
    """Code and name do not go together; which of them is wrong is not said."""
    return _paragraphs(
        refusal("no_ticket", say),
        say("Setelah tiga kali salah, tiket yang sama baru bisa dicoba lagi sehari kemudian."),
    )


def ask_code(say: Say) -> str:
    """/tiket without a code."""
    return say("Ketik *kode tiket* Anda: 12 huruf dan angka, misalnya dari kertas tanda terima.")


def ask_name(say: Say) -> str:
    """The code was read."""
    return _paragraphs(
        say("Kode tiket sudah kami baca."),
        say(
            "Sekarang ketik *nama*: yang diusulkan, yang datanya diperbaiki, atau penerima yang belum menerima."
            " Untuk sanggahan: nama Anda sendiri."
        ),
    )


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


def given_up(say: Say) -> str:
    """Something else was begun in the middle of it."""
    return say("Pengajuan tadi *tidak terkirim*, dan sudah kami lupakan.")


def not_sent(say: Say) -> str:
    """The database is away, and what was typed is still there."""
    return say("Maaf, Salur sedang terganggu. *Belum terkirim*, tetapi belum hilang. Tunggu sebentar, lalu kirim lagi.")


def no_numbers(say: Say, gone: bool) -> str:
    """A number where none belongs."""
    return say("Jangan tulis nomor di sini.") + " " + deleted_or_not(say, gone)


def press_a_button(say: Say) -> str:
    """Words where one of the buttons was meant."""
    return say("Tekan salah satu tombol, ya.")


def in_kelurahan(name: str, district: str, say: Say) -> str:
    """Which kelurahan was understood."""
    return say("{nama}, Kecamatan {kecamatan}.", nama=name, kecamatan=district)


def need_rt_and_rw(say: Say) -> str:
    """One of the two is missing."""
    return say("Kami perlu keduanya, RT dan RW. Ada di KTP di bawah alamat.")


def not_in_group(say: Say, gone: bool | None) -> str:
    """Proposals and tickets are private."""
    told = say("Pengajuan dan tiket hanya di obrolan pribadi, karena semua anggota grup bisa membacanya.")
    return told if gone is None else _sentences(told, deleted_or_not(say, gone))


def _plain(text: str | None) -> str:
    return (text or "").replace("*", "")


def _sentences(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
