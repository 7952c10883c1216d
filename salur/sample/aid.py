"""Who of a household gets what: one `Grant` for each line that some list will hold.

Every person is on at least one list. Shares and amounts are made up within what the programmes paid (PKH by component
a quarter, Sembako 200,000 a month for three months, Bogor's own aid 500,000 in 2020, KUBE 2,000,000 a member).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from salur.sample.names import Weighted
from salur.sample.people import Household, Person
from salur.sample.scenes import SCENE_AT, SCENES, Ended, Fate, Scene


@dataclass(frozen=True, slots=True)
class Grant:
    """One line of one list. `previous` is the list of the quarter before; `note` is what stands in KETERANGAN."""

    programme: str
    person: Person
    household: Household
    amount: int | None = None
    note: str = ""
    group: str = ""
    previous: bool = False
    counts: bool = True  # False where the line says that nothing is paid
    at_home: bool = False
    ended: Ended | None = None  # how the payment ended once its sitting is over; None: by chance
    clean: bool = False  # nothing may go wrong with this line


AT_HOME = "LANSIA, DIANTAR KE RUMAH"
FATES = Weighted({Fate.STAYS: 82.0, Fate.NEW: 6.0, Fate.SUSPENDED: 3.0, Fate.OFF: 5.0, Fate.GONE: 4.0})
WHY = {
    Fate.OFF: Weighted({"MENINGGAL": 30.0, "PINDAH ALAMAT": 25.0, "SUDAH MAMPU": 35.0, "DATA GANDA": 10.0}),
    Fate.SUSPENDED: Weighted({"DITANGGUHKAN: REKENING TERBLOKIR": 60.0, "DITANGGUHKAN: GAGAL CEK REKENING": 40.0}),
}
PKH_AMOUNTS = Weighted(
    {225_000: 26.0, 375_000: 18.0, 500_000: 14.0, 600_000: 12.0, 750_000: 15.0, 975_000: 9.0, 1_125_000: 6.0}
)
ELDERLY_AMOUNT, SEMBAKO_AMOUNT, CITY_AMOUNT, KUBE_AMOUNT = 600_000, 600_000, 500_000, 2_000_000
AMOUNTS = {"SEMBAKO": SEMBAKO_AMOUNT, "APBD": CITY_AMOUNT, "PANGAN": None}
PKH_SHARE, SEMBAKO_SHARE, RICE_SHARE, LOCAL_SHARE = 0.48, 0.5, 0.3, 0.06
GROUP_NAMES = "SIPAKATAU,MANDAR JAYA,SUMBER REJEKI,MALAQBI,TANI MAKMUR,SINAR PAGI,MELATI,SIWALI PARRI".split(",")
GROUP_SIZE = 10


def aid(household: Household, rng: Random) -> Iterator[Grant]:
    """Decide what the household gets; the scenes to try come first, the others by chance."""
    key = SCENE_AT.get((household.area.code, household.number))
    if key is not None:
        yield from _staged(SCENES[key], household)
        return
    without = dict.fromkeys(person.nik for person in household.members)
    for grant in _by_chance(household, rng):
        without.pop(grant.person.nik, None)
        yield grant
    for person in household.members:
        if person.nik in without:
            yield _local(household, person)


def _staged(scene: Scene, household: Household) -> Iterator[Grant]:
    mother, father = household.members[0], household.members[-1]
    for person, programmes, ended in ((mother, scene.mother, scene.ended), (father, scene.father, Ended.PAID)):
        for programme in programmes:
            if programme == "PKH":
                lines = _pkh(household, person, scene.fate, 600_000, scene.note, scene.home)
            else:
                lines = iter((Grant(programme, person, household, AMOUNTS[programme]),))
            yield from (replace(line, clean=True, ended=Ended.PAID if line.previous else ended) for line in lines)


def _by_chance(household: Household, rng: Random) -> Iterator[Grant]:
    payee, other = household.members[0], household.members[-1]
    home = AT_HOME if household.elderly and rng.random() < 0.5 else ""
    if rng.random() < PKH_SHARE:
        amount = ELDERLY_AMOUNT if household.elderly else PKH_AMOUNTS.pick(rng)
        fate = FATES.pick(rng)
        note = WHY[fate].pick(rng) if fate in WHY else ""
        yield from _pkh(household, payee, fate, amount, note, home)
    if rng.random() < SEMBAKO_SHARE or other is not payee:
        yield Grant("SEMBAKO", other, household, SEMBAKO_AMOUNT, home, at_home=bool(home))
    if rng.random() < RICE_SHARE:
        yield Grant("PANGAN", payee, household)
    if rng.random() < LOCAL_SHARE:
        yield _local(household, payee)


def _pkh(household: Household, person: Person, fate: Fate, amount: int, note: str, home: str) -> Iterator[Grant]:
    """The lines of one PKH family on the previous and on the present list."""
    if fate is not Fate.NEW:
        yield Grant("PKH", person, household, amount, home, previous=True, at_home=bool(home))
    if fate is not Fate.GONE:
        counts = fate in (Fate.STAYS, Fate.NEW)
        yield Grant("PKH", person, household, amount, note or home, counts=counts, at_home=bool(home))


def _local(household: Household, person: Person) -> Grant:
    """What the city itself gives in Bogor, what the province gives to groups in Polewali Mandar."""
    if household.area.regency_code == "32.71":
        return Grant("APBD", person, household, CITY_AMOUNT)
    number = household.number // (GROUP_SIZE * 3)
    name = GROUP_NAMES[(number + household.area.order) % len(GROUP_NAMES)]
    group = f"KUBE {name} {household.area.name.upper()} {number + 1}"
    return Grant("KUBE", person, household, KUBE_AMOUNT, group=group)
