"""What `make run` tells a newcomer once the site answers: where it is, what to type, and what will be seen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from salur.cli.language import say, words
from salur.cli.sample_desks import TICKET
from salur.cli.sample_offices import NAME, SECOND_FACTOR, WAY_IN, Manifest, offices
from salur.core.officers.roles import Role
from salur.core.regions.territory import Territory
from salur.sample.city import MANIFEST
from salur.wiring import Services
from salur.words.language import N_
from salur.words.officers.offices import office

TO_TRY = {
    "listed_coming": N_("akan dibayar: hari, tempat, dan yang dibawa"),
    "two_programmes": N_("dua bantuan: satu sudah, satu akan dibayar"),
    "paid": N_("sudah dibayar"),
    "missed": N_("tidak datang; masih bisa diambil"),
    "returned": N_("tidak diambil; uangnya sudah kembali"),
    "suspended": N_("ditangguhkan, dengan alasannya"),
    "home_visit": N_("diantar ke rumah"),
    "sitting_moved": N_("jadwalnya diubah"),
    "taken_off": N_("dikeluarkan dari daftar"),
    "nobody": N_("tidak ada di daftar mana pun; sudah diusulkan"),
}
FOR_OFFICERS: Mapping[Role, str] = {
    Role.RT: N_("yang belum mengambil, yang pindah, data ganda, satu usulan"),
    Role.RW: N_("seperti RT, untuk seluruh RW"),
    Role.KELURAHAN: N_("satu koreksi menunggu, tanda dari RT"),
    Role.KECAMATAN: N_("satu usulan menunggu, yang sudah diperiksa di bawah"),
    Role.DINSOS: N_("seluruh kota, satu laporan"),
    Role.PAYOUT: N_("daftarnya saja"),
}


def tell_what_to_try(services: Services, folder: Path, address: str) -> str:
    """All of it as one text. `folder` is that of the sample city."""
    told = ["", say("Salur ada di {alamat}", alamat=address), ""]
    manifest = folder / MANIFEST
    if manifest.exists():
        city = json.loads(manifest.read_text("utf-8"))
        told += [*_people(city["try"]), *_ticket(folder, city["try"]), ""]
        told += _officers(services, folder, city, address)
    return "\n".join([*told, say("Berhenti dengan Ctrl-C."), ""])


def _people(people: Manifest) -> list[str]:
    first = people["listed_coming"]
    others = (("kk", say("nomor KK")), ("letter_code", say("kode surat")))
    more = ", ".join(f"{name} {first[key]}" for key, name in others if first.get(key))
    shown = [(people[key], what) for key, what in TO_TRY.items() if key in people]
    return [
        say("Orang karangan untuk dicoba, dengan nomor dan nama:"),
        "",
        *(f"  {one['nik']}  {one['name']:18} {say(what)}" for one, what in shown),
        "",
        say("Yang pertama juga dengan {nomor}.", nomor=more),
        say("Di bawah jawabannya, Kabari saya mengabarkan perubahan: di HP, Telegram, atau kalender."),
    ]


def _ticket(folder: Path, people: Manifest) -> list[str]:
    path = folder / TICKET
    if not path.exists():
        return []
    name = people["nobody"]["name"]
    return [
        say("Usulan yang terakhir juga dengan kode tiket {kode} dan nama {nama}.", kode=path.read_text(), nama=name)
    ]


def _officers(services: Services, folder: Path, city: Manifest, address: str) -> list[str]:
    path = folder / WAY_IN
    if not path.exists():
        return []
    way, password = f"{address}/masuk", path.read_text()
    return [
        say("Petugas masuk di {alamat}, semua dengan kata sandi {sandi}", alamat=way, sandi=password),
        "",
        *(_officer(services, role, territory) for role, territory in offices(city).items()),
        "",
        *_second_factor(folder),
    ]


def _second_factor(folder: Path) -> list[str]:
    """What the desk's officer types after the password; of a city that is older, none was set up."""
    path = folder / SECOND_FACTOR
    if not path.exists():
        return []
    secret, *codes = path.read_text().splitlines()
    return [
        say(
            "Akun Dinas Sosial juga meminta kode dari aplikasi autentikator. Masukkan ke aplikasi: {rahasia}",
            rahasia=secret,
        ),
        say("Tanpa aplikasi: satu kode cadangan setiap masuk, {kode}", kode=" ".join(codes)),
        "",
    ]


def _officer(services: Services, role: Role, territory: Territory) -> str:
    region = services.regions.name(territory.region_code) or territory.region_code
    return f"  {NAME.format(role=role):15} {office(role, territory, region, words())}: {say(FOR_OFFICERS[role])}"
