"""What Salur says first: what it never asks for, and where to report someone who does."""

from __future__ import annotations

from salur.words.language import Say


def opening(say: Say) -> str:
    """What to do, and that it costs nothing."""
    return say("Ketik NIK dan nama seperti di KTP. Gratis, tanpa mendaftar.")


def trust(say: Say) -> str:
    """The line against look-alike checkers, which ask for exactly these."""
    return say("Salur tidak pernah meminta PIN, kode OTP, kata sandi, nomor rekening, atau uang.")


def where_to_report(say: Say) -> tuple[tuple[str, str], ...]:
    """Where a levy, a withheld letter or a payment that never came is reported: name and how to reach it."""
    return (
        (say("Dinas Sosial"), say("Datang ke kantor Dinas Sosial kabupaten atau kota Anda. Bawa KTP kalau ada.")),
        (say("LAPOR!"), say("Buka lapor.go.id. Nama Anda boleh dirahasiakan.")),
        (say("PT Pos Indonesia"), say("Bicara dengan kepala kantor pos tempat pembayaran.")),
    )
