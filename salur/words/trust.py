"""What Salur says first: what it never asks for, and where to report someone who does."""

from __future__ import annotations

import re

from salur.core.regions.office import Office
from salur.words.language import Say

DIALLED = re.compile(r"\+?[\d\s().-]{5,20}")  # one number, which a telephone can be given


def opening(say: Say) -> str:
    """What to do, and that it costs nothing."""
    return say("Ketik NIK dan nama seperti di KTP. Gratis, tanpa mendaftar.")


def trust(say: Say) -> str:
    """The line against look-alike checkers, which ask for exactly these."""
    return say("Salur tidak pernah meminta PIN, kode OTP, kata sandi, nomor rekening, atau uang.")


def where_to_report(say: Say, dinsos: Office | None = None) -> tuple[tuple[str, str], ...]:
    """Where a levy, a withheld letter or a payment that never came is reported: name and how to reach it."""
    at_office = say("Datang ke kantor Dinas Sosial kabupaten atau kota Anda. Bawa KTP kalau ada.")
    if dinsos is not None:
        at_office = f"{how_to_reach(dinsos, say)}."
    return (
        (say("Dinas Sosial"), at_office),
        (say("LAPOR!"), say("Buka lapor.go.id. Nama Anda boleh dirahasiakan.")),
        (say("PT Pos Indonesia"), say("Bicara dengan kepala kantor pos tempat pembayaran.")),
    )


def how_to_reach(office: Office, say: Say) -> str:
    """`Jl. Merdeka No. 142, telepon 0251 8312345, buka Senin-Jumat 08.00-15.00`, as far as it is known."""
    told = [office.address]
    if office.phone:
        told.append(say("telepon {nomor}", nomor=office.phone))
    if office.hours:
        told.append(say("buka {jam}", jam=office.hours))
    return ", ".join(part.rstrip(".") for part in told if part)


def dialled(office: Office) -> str | None:
    """The number as a telephone takes it; None for what is not just one number."""
    return re.sub(r"[^\d+]", "", office.phone) if DIALLED.fullmatch(office.phone) else None
