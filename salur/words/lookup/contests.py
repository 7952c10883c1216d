"""What a payee says against an answer, in words: that the money never came, that they are still entitled."""

from __future__ import annotations

from collections.abc import Iterator

from salur.core.privacy.answers import Told
from salur.words.language import Say
from salur.words.lookup.answer import reason


def lines(told: Told, say: Say) -> Iterator[tuple[str, str]]:
    """What an answer told of an entitlement, as labels and values: for its payee, and for the office that decides."""
    period = say.period(told.period)
    yield say("Bantuan"), f"{told.programme_name}, {period}" if told.paid else told.programme_name
    if told.amount is not None:
        yield say("Jumlah"), say.rupiah(told.amount)
    if told.paid:
        yield say("Tercatat dibayar"), _when_and_where(told, say)
    else:
        if told.last_listed:
            yield say("Terdaftar sampai"), say.period(told.last_listed)
        yield say("Tidak ada lagi di daftar"), period
        if told.reason:
            yield say("Alasan dari kantor"), reason(told.reason, say)
    yield say("Atas nama"), told.payee
    yield say("Menurut daftar"), f"{told.decree}, {say.short_date(told.list_date)}"


def _when_and_where(told: Told, say: Say) -> str:
    on = say.short_date(told.paid_on) if told.paid_on else say("hari tidak ditulis")
    return say("{hari}, di {tempat}", hari=on, tempat=told.paid_at) if told.paid_at else on


def lead(told: Told, say: Say) -> str:
    """Where it goes, before it is sent."""
    if told.paid:
        return say(
            "Laporan ini *langsung ke Dinas Sosial*: RT, RW, kelurahan, dan kecamatan tidak melihatnya."
            " Jawaban pertama paling lama 3 x 24 jam. Gratis."
        )
    return say("Sanggahan Anda diperiksa RT/RW, kelurahan, kecamatan, lalu Dinas Sosial, paling lama 14 hari. Gratis.")


def hint(told: Told, say: Say) -> str:
    """What may be added to it."""
    if told.paid:
        return say("Boleh kosong. Misalnya: di kantor pos dikatakan sudah diambil orang lain.")
    return say("Boleh kosong. Misalnya: alamat dan penghasilan keluarga tidak berubah.")


def seen(told: Told, say: Say) -> str:
    """Who reads the name that was not asked for."""
    if told.paid:
        return say("Nomor dan nama sudah terisi. Hanya Dinas Sosial yang melihatnya, untuk memeriksa pembayaran ini.")
    return say("Nomor dan nama sudah terisi. Kantor yang memeriksa melihat nama; NIK hanya Dinas Sosial.")
