"""What the bot says about following, and about deleting what is kept of a chat."""

from __future__ import annotations

from salur.core.notices.answers import Forgotten
from salur.words.language import Say
from salur.words.lookup.following import consent_to_telegram
from salur.words.trust import trust


def consent(say: Say) -> str:
    """What somebody agrees to, before they do."""
    return "\n\n".join(
        (
            say("*Mau dikabari di sini kalau ada yang berubah?*"),
            "\n".join(f"• {one}" for one in consent_to_telegram(say)),
            say("*Setuju?*"),
        )
    )


def begun(say: Say) -> str:
    """They agreed."""
    return say("✅ *Baik, kami kabari di sini.* Berhenti kapan saja: /berhenti") + f"\n\n🔒 {trust(say)}"


def already(say: Say) -> str:
    """It was so before."""
    return say("Anda *sudah dikabari* di sini tentang jawaban itu. Berhenti kapan saja: /berhenti")


def not_now(say: Say) -> str:
    """They did not agree."""
    return say("Baik, *tidak dikabari*. Anda bisa cek sendiri kapan saja.")


def stopped(count: int, say: Say) -> str:
    """/berhenti: what it ended, and what it did not."""
    if count:
        told = say.plural(
            "Baik. *Tidak dikabari lagi* tentang {n} jawaban. Untuk itu nomor obrolan ini tidak disimpan lagi.",
            "Baik. *Tidak dikabari lagi* tentang {n} jawaban. Untuk itu nomor obrolan ini tidak disimpan lagi.",
            count,
        )
    else:
        told = say("Di sini Anda *tidak dikabari* tentang jawaban apa pun. Mau? Cek dulu, lalu tekan *Kabari saya*.")
    also = say("Dikabari juga tentang *pengajuan*? Itu berhenti dengan tombol di bawah. Hapus semuanya: /hapus")
    return f"{told}\n\n{also}"


def ask_forget(say: Say) -> str:
    """/hapus: what it deletes, and what it does not."""
    return "\n\n".join(
        (
            say("*Hapus semua yang tersimpan tentang obrolan ini?*"),
            "\n".join(
                (
                    say("• Dihapus: permintaan dikabari, semua pesan yang menunggu, dan ingatan bot."),
                    say("• Punya akun petugas? Obrolan ini dilepas dari akun itu."),
                    say("• Tidak ikut: pengajuan yang sudah dikirim, dan catatan siapa melihat data."),
                    say(
                        "• Cek dan kiriman tetap dihitung, paling lama 13 bulan, tanpa nomor obrolan. Itu demi"
                        " keamanan semua orang."
                    ),
                    say("• Pesan di layar ini tetap ada. Anda bisa menghapusnya di Telegram."),
                )
            ),
        )
    )  # fmt: skip


def forgotten(gone: Forgotten, say: Say) -> str:
    """What was deleted."""
    lines = [say("✅ *Sudah dihapus.* Nomor obrolan ini tidak tersimpan lagi.")]
    if gone.followed:
        n = gone.followed
        lines.append(
            say.plural("• Tidak dikabari lagi tentang {n} jawaban.", "• Tidak dikabari lagi tentang {n} jawaban.", n)
        )
    if gone.proposals:
        n = gone.proposals
        told = say.plural(
            "• Tidak dikabari lagi tentang {n} pengajuan.", "• Tidak dikabari lagi tentang {n} pengajuan.", n
        )
        lines.append(told)
    if gone.was_linked:
        lines.append(say("• Obrolan ini *dilepas dari akun petugas*. Hubungkan lagi lewat situs Salur."))
    return "\n".join(lines)


def kept(say: Say) -> str:
    """Nothing was."""
    return say("Baik, tidak ada yang dihapus.")
