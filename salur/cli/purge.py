"""`python -m salur purge`."""

from __future__ import annotations

import click

from salur.cli.console import answer, as_json, with_services
from salur.cli.language import say, words
from salur.wiring import Services
from salur.words.language import N_
from salur.words.lists.counts import number

# What is counted -> what it is called.
WHAT = {
    "tallies": N_("hitungan percobaan"),
    "access_records": N_("catatan akses"),
    "lists": N_("daftar"),
    "people": N_("orang yang tidak ada di daftar mana pun"),
    "payout_files": N_("berkas pembayaran atau jadwal"),
    "uploads": N_("berkas unggahan"),
    "jobs": N_("catatan pekerjaan"),
    "proposals": N_("pengajuan yang sudah ditutup"),
    "photos": N_("foto pengajuan"),
    "marks": N_("tanda"),
    "double_checks": N_("hasil periksa data ganda"),
    "notices": N_("pemberitahuan"),
    "sign_ins": N_("catatan masuk petugas"),
    "invitations": N_("undangan"),
    "link_codes": N_("kode penghubung Telegram"),
    "notes": N_("catatan kantor"),
    "accounts": N_("akun yang ditutup karena masa tugasnya selesai"),
}


@click.command()
@as_json
@with_services
def purge(services: Services, as_json: bool) -> None:
    """Delete what is past its time, most of it after 13 months: see docs/privacy.md. Run it daily."""
    purged = services.retention.purge()
    counted = [(getattr(purged, name), say(what)) for name, what in WHAT.items()]
    lines = [f"  {number(words(), count)} {what}" for count, what in counted if count]
    lines = [say("Dihapus karena waktunya lewat:"), *lines] if lines else [say("Tidak ada yang perlu dihapus.")]
    answer(purged, lines, for_programs=as_json)
