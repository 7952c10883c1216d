"""What lies on the desks of the sample city's offices: something for each of them to look at and decide."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from salur.cli.sample_offices import Manifest
from salur.cli.sample_papers import print_and_plan
from salur.core.circulars.answers import LEVELS, CircularDraft, Issuer, Standing
from salur.core.limits.asker import Asker
from salur.core.limits.kinds import Door
from salur.core.lists.kinds import ListState
from salur.core.marks.kinds import CareReason, MarkKind, Outcome
from salur.core.neighbourhood.answers import Filter
from salur.core.officers.roles import Officer, Role
from salur.core.people.nik import Nik
from salur.core.proposals.draft import Draft
from salur.core.proposals.kinds import Kind, LineRule, Step
from salur.core.regions.region import regency_of
from salur.core.regions.territory import Territory
from salur.core.settings.kinds import Setting
from salur.wiring import Services

TICKET = "ticket"  # the file with the code of the proposal of the one who is on no list
ASKER = Asker.address("127.0.0.1")
CIRCULAR_TITLE = "Pembagian surat pemberitahuan"
CIRCULAR = """\
Surat pemberitahuan dibagikan kepada setiap keluarga paling lambat tiga hari sebelum hari pembayaran.

Bantuan diterima utuh. Tidak ada potongan. Siapa pun yang meminta bagian dilaporkan.

Warga yang sakit, lanjut usia, atau disabilitas didatangi di rumah. Tandai mereka di Salur."""
USULAN = "Warung tutup sejak tiga bulan lalu. Di rumah ada tiga anak sekolah."
TETANGGA, TETANGGA_SAID = "LILIS KARYATI", "Tinggal sendiri, penglihatan sudah kurang."
KOREKSI = "Nomor rumah di daftar sudah lama berubah."
LAPORAN = "Waktu surat dibagikan, warga diminta dua puluh ribu untuk ongkos."
OFFICE = {
    Setting.OFFICE_NAME: "Dinas Sosial (kantor karangan)",
    Setting.OFFICE_ADDRESS: "Jl. Karangan No. 1",
    Setting.OFFICE_HOURS: "Senin sampai Jumat, 08.00 sampai 15.00",
}
EXCLUDES = "Keputusan karangan No. 5 Tahun 2026"
MOVED = "Sejak bulan lalu ikut anaknya ke luar kota."
AT_HOME = "Tidak kuat berjalan jauh."
NOT_IN_NEED = "Anaknya sudah bekerja tetap."
LIMITED, FREE_PLACES = "APBD", 2  # the programme with a quota


def fill_desks(services: Services, folder: Path, officers: Mapping[Role, Officer], manifest: Manifest) -> None:
    """Marks, proposals at each level, letters, a plan, and the circular that a list rests on. Done once it is there."""
    if services.circulars.public().items:
        return
    _mark(services, officers, manifest)
    _limit(services, officers[Role.DINSOS], manifest)
    code = _send(services, officers, manifest)
    (folder / TICKET).touch(mode=0o600)
    (folder / TICKET).write_text(code)
    _arrange(services, officers[Role.DINSOS])
    print_and_plan(services, officers)
    _circulate(services, officers, manifest)


def _arrange(services: Services, dinsos: Officer) -> None:
    """What an office says of itself, and of what its programmes exclude."""
    services.city.put(dinsos, OFFICE, seen=services.city.newest())
    if not services.confirmations.history():
        services.confirmations.confirm("BST", "SEMBAKO", EXCLUDES, dinsos.account, excludes=True)


def _mark(services: Services, officers: Mapping[Role, Officer], manifest: Manifest) -> None:
    """One mark that waits, one that the kelurahan confirmed, one that Dinas Sosial has closed."""
    rt, marks = officers[Role.RT], services.marks
    lines = services.neighbourhood.export(rt, Filter(), door=Door.SITE).lines
    of = {line.name: line.entitlement for line in lines if not line.marks}
    made = {}
    for key, kind, care, note in (
        ("missed_too", MarkKind.HOME_DELIVERY, CareReason.ELDERLY, AT_HOME),
        ("moved_away", MarkKind.MOVED_AWAY, None, MOVED),
        ("not_in_need", MarkKind.NOT_IN_NEED, None, NOT_IN_NEED),
    ):
        if (entitlement := of.get(manifest["try"][key]["name"])) is not None:
            made[key] = marks.make(rt, entitlement, kind, note=note, care=care)
    if "moved_away" in made:
        marks.confirm(officers[Role.KELURAHAN], made["moved_away"])
    if "not_in_need" in made:
        marks.handle(officers[Role.DINSOS], made["not_in_need"], Outcome.LIST_CORRECTED)


def _limit(services: Services, dinsos: Officer, manifest: Manifest) -> None:
    """The city's own aid has a few places more than people; accepted proposals will wait for them."""
    held = [one for one in services.lists.all() if (one.programme, one.state) == (LIMITED, ListState.PUBLISHED)]
    decrees = [entry["decree"] for entry in manifest["lists"] if entry["programme"] == LIMITED]
    if held and decrees:
        places = sum(one.people for one in held) + FREE_PLACES
        services.waiting.set_quota(dinsos, LIMITED, places, LineRule.ACCEPTED, str(decrees[-1]))


def _send(services: Services, officers: Mapping[Role, Officer], manifest: Manifest) -> str:
    """What waits at the neighbourhood, the kelurahan, the kecamatan and Dinas Sosial; gives the ticket of the first."""
    nobody, corrected = manifest["try"]["nobody"], manifest["try"]["two_programmes"]
    home = officers[Role.RT].territory
    neighbour = Draft(
        Kind.USULAN, home, "elderly", TETANGGA_SAID, no_nik="lost_papers", name=TETANGGA, whom="neighbour"
    )
    services.proposals.send(neighbour, asker=ASKER)
    for role in (Role.RT, Role.KELURAHAN):
        (entry, *_) = services.casework.page(officers[role]).entries
        version = services.casework.show(officers[role], entry.id, door=Door.SITE).version
        services.casework.decide(officers[role], entry.id, Step.ACCEPTED, version=version)
    number = Nik.parse(corrected["nik"])
    correction = Draft(Kind.KOREKSI, home, "address", KOREKSI, number=number, name=corrected["name"])
    services.proposals.send(correction, asker=ASKER)
    report = Draft(Kind.LAPORAN, Territory(home.region_code), "levy", LAPORAN, who="other", when="Senin pagi")
    services.proposals.send(report, asker=ASKER)
    number = Nik.parse(nobody["nik"])
    own = Draft(Kind.USULAN, home, "income_lost", USULAN, number=number, name=nobody["name"], whom="self")
    return services.proposals.send(own, asker=ASKER).code.grouped


def _circulate(services: Services, officers: Mapping[Role, Officer], manifest: Manifest) -> None:
    """The circular, read by some: the last of all, so that it tells whether the others are there."""
    home = officers[Role.RT].territory
    newest = max(str(entry["period"]) for entry in manifest["lists"])
    (basis,) = (
        entry
        for entry in manifest["lists"]
        if (entry["programme"], entry["area"], entry["period"]) == ("PKH", regency_of(home.region_code), newest)
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
    id = services.circulars.write(officers[Role.DINSOS], circular)
    services.circulars.acknowledge(officers[Role.KECAMATAN], id, Standing.PASSED_ON)
    services.circulars.acknowledge(officers[Role.KELURAHAN], id, Standing.READ)
