"""The offices of the sample city: a chain of accounts above one family, and something on their desks to try."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from salur.core import printed_codes
from salur.core.attempts import Asker
from salur.core.circular_views import LEVELS, CircularDraft, Issuer
from salur.core.nik import Nik
from salur.core.proposal_answers import Draft
from salur.core.proposal_steps import Kind
from salur.core.roles import CHAIN, Officer, Role, Territory
from salur.wiring import Services

WAY_IN = "officers"  # the password of the officers to try, which is this machine's own
NAME = "coba.{role}"
CIRCULAR_TITLE = "Pembagian surat pemberitahuan"
CIRCULAR = """\
Surat pemberitahuan dibagikan kepada setiap keluarga paling lambat tiga hari sebelum hari pembayaran.

Bantuan diterima utuh. Tidak ada potongan. Siapa pun yang meminta bagian dilaporkan.

Warga yang sakit, lanjut usia, atau disabilitas didatangi di rumah. Tandai mereka di Salur."""
USULAN = "Warung tutup sejak tiga bulan lalu. Di rumah ada tiga anak sekolah."
LAPORAN = "Waktu surat dibagikan, warga diminta dua puluh ribu untuk ongkos."


def open_offices(services: Services, folder: Path, manifest: dict[str, Any]) -> None:
    """Make the accounts, with a password made up on this machine, and fill their desks. Safe to run again."""
    path = folder / WAY_IN
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(printed_codes.new(3).lower())
    there = {account.username for account in services.accounts.everyone()[0]}
    chain = offices(manifest)
    for role, territory in chain.items():
        if NAME.format(role=role) not in there:
            invited = services.accounts.invite(None, role, territory)
            services.accounts.accept(invited.code, NAME.format(role=role), path.read_text())
    operator = next(a for a in services.accounts.everyone()[0] if a.username == NAME.format(role=Role.DINSOS))
    officer = Officer(operator.id, operator.username, operator.role, operator.territory, operator.place)
    if not services.circulars.public().items:
        _fill_desks(services, officer, chain[Role.RT], manifest)


def offices(manifest: dict[str, Any]) -> dict[Role, Territory]:
    """The chain above one family that was paid, from its RT to the city, and the payout officer of its kelurahan."""
    person = manifest["try"]["paid"]
    code, rw, rt = person["area"], person["rw"], person["rt"]
    home = Territory(code, rw, rt)
    around = Territory(code, rw), Territory(code), Territory(code[:8]), Territory(code[:5])
    return {**dict(zip(CHAIN, (home, *around), strict=True)), Role.PAYOUT: Territory(code)}


def _fill_desks(services: Services, operator: Officer, home: Territory, manifest: dict[str, Any]) -> None:
    """A proposal of the one who is on no list, a report without a name, and the circular that a list rests on."""
    nobody = manifest["try"]["nobody"]
    asker = Asker.address("127.0.0.1")
    proposal = Draft(
        Kind.USULAN, home, "income_lost", USULAN, number=Nik.parse(nobody["nik"]), name=nobody["name"], whom="self"
    )
    services.proposals.send(proposal, asker=asker)
    report = Draft(Kind.LAPORAN, Territory(home.region_code), "levy", LAPORAN, who="other", when="Senin pagi")
    services.proposals.send(report, asker=asker)
    (basis,) = (
        entry
        for entry in manifest["lists"]
        if entry["programme"] == "PKH"
        and entry["area"] == home.region_code[:5]
        and entry["period"] == _newest(manifest)
    )
    circular = CircularDraft(
        number=basis["decree"],
        issued_on=date.fromisoformat(basis["issued"]),
        issuer=Issuer.CITY,
        title=CIRCULAR_TITLE,
        text=CIRCULAR,
        public=True,
        levels=LEVELS,
        areas=(home.region_code,),
    )
    services.circulars.write(operator, circular)


def _newest(manifest: dict[str, Any]) -> str:
    return max(str(entry["period"]) for entry in manifest["lists"])
