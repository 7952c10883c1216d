"""From payees to letters: what stands on each, with its number and its code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from salur.core.letters.answers import Landmark, Letter, way_to
from salur.core.letters.issuing.gathering import Payee
from salur.core.letters.issuing.kinds import PrintingKind
from salur.core.letters.issuing.numbers import written
from salur.core.payouts.answers import Place, PlaceKind, Sitting, Window
from salur.core.payouts.places.queries import located_in
from salur.core.people.letter_codes import LetterState, Unguessable
from salur.core.people.sealed import issued_index
from salur.core.regions.directory import region_names
from salur.core.regions.office import Office
from salur.core.regions.region import district_of, regency_of
from salur.core.storage.database import fresh_ids
from salur.core.storage.vault import Vault

NOWHERE = "http://localhost"  # where no address of the site is set, to try things out


@dataclass(frozen=True, slots=True)
class Sender:
    """In whose name letters are sent. `site` is the address of the site, `bot` its user name in Telegram."""

    site: str
    bot: str
    office: Callable[[], Office]


@dataclass(frozen=True, slots=True, repr=False)
class Issued:
    """A letter with the code that nobody knows yet, and whose it is."""

    payee: Payee
    number: int
    code: Unguessable = field(default_factory=Unguessable.new)

    def row(self, vault: Vault, id: int, printing: int) -> dict[str, object]:
        """As it is kept: the code as its index alone."""
        sitting = self.payee.said.next_sitting
        comes = comes_when(sitting) if sitting is not None else None
        return {
            "id": id,
            "printing_id": printing,
            "entitlement_id": self.payee.entitlement,
            "code_index": issued_index(vault, self.code.reveal()),
            "number": self.number,
            "sitting_id": sitting.id if sitting is not None else None,
            "comes_at": comes.starts if comes is not None else None,
            "comes_until": comes.ends if comes is not None else None,
            "state": str(LetterState.GENUINE),
        }


def comes_when(sitting: Sitting) -> Window:
    """From when until when whoever is told of a sitting is asked to come; which part of it that is, no paper says."""
    return Window(*sitting.window[:2]) if sitting.window is not None else Window(sitting.starts, sitting.ends)


def issue(payees: Iterable[Payee], first_number: int) -> list[Issued]:
    """A number and a code for each."""
    return [Issued(payee, number) for number, payee in enumerate(payees, first_number)]


def rows_of(vault: Vault, issued: Sequence[Issued], printing: int) -> list[dict[str, object]]:
    """As they are kept."""
    return [one.row(vault, id, printing) for id, one in zip(fresh_ids(len(issued)), issued, strict=True)]


def compose(connection: Connection, sender: Sender, issued: Sequence[Issued], kind: PrintingKind) -> list[Letter]:
    """The letters. On one that the payee prints stand neither address nor more of the name than initials: who knows a
    number and a name knows no more of a neighbour by it."""
    codes = {one.payee.region_code for one in issued}
    names = region_names(connection, {cut(code) for code in codes for cut in (str, district_of, regency_of)})
    around = located_in(connection, codes)
    office = sender.office()
    site = sender.site or NOWHERE
    official = kind is PrintingKind.OFFICIAL

    def one_letter(one: Issued) -> Letter:
        payee, said = one.payee, one.payee.said
        code, sitting = payee.region_code, said.next_sitting
        return Letter(
            number=written(code, one.number),
            code=one.code.grouped,
            url=f"{site}/v/{one.code.reveal()}".upper(),
            name=payee.name,
            address=payee.address or "" if official else "",
            rt=payee.rt,
            rw=payee.rw,
            kelurahan=said.kelurahan or names.get(code, code),
            kecamatan=names.get(district_of(code), ""),
            kabupaten=names.get(regency_of(code), ""),
            programme=said.programme_name,
            period=said.period,
            amount=said.amount,
            office=said.office or office,
            site=site.partition("//")[2],
            bot=sender.bot,
            sitting=sitting,
            window=sitting.window[:2] if sitting is not None and sitting.window is not None else None,
            deadline=said.deadline,
            bring=said.bring,
            proxy=said.proxy,
            group=said.group_name,
            near=_near(sitting.place, around[code]) if sitting is not None else None,
        )

    return [one_letter(one) for one in issued]


def _near(place: Place, around: Sequence[Place]) -> Landmark | None:
    """What people of the kelurahan know that helps to find a place: its office, or else what lies nearest."""
    ways: list[tuple[bool, int, Landmark]] = []
    for other in around:
        assert other.latitude is not None
        assert other.longitude is not None
        mark = Landmark(other.name, other.latitude, other.longitude)
        if other.id != place.id and (way := way_to(place, mark)) is not None:
            ways.append((other.kind is not PlaceKind.VILLAGE_HALL, way.metres, mark))
    return min(ways)[2] if ways else None
