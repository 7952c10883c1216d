"""What a question costs that finds nothing, counted instead of timed: the same whether or not the number is known.

Statements and the rows they give, values opened, names compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

import pytest
from sqlalchemy import event

from salur.core.limits.asker import Asker
from salur.core.lookup import finding
from salur.core.lookup.answers import NotOnTheList
from salur.core.names import decoys, matching
from salur.core.people.letter_codes import LetterCode, Unguessable
from salur.core.people.nik import Identity, Kk, Nik
from salur.core.people.sealed import index_of, issued_index
from salur.core.people.ticket_codes import TicketCode
from salur.core.proposals import names, tickets
from salur.core.proposals.answers import NoTicket
from salur.core.storage.prepared import Prepared
from salur.core.storage.vault import Vault
from salur.wiring import Services
from tests.fixtures.office import Announced, Office, Recipient, a_kk, a_nik
from tests.fixtures.proposals import a_draft
from tests.fixtures.services import vault_of

WRONG = "ZAINAL QORI"
Work = Counter[str]
_chats = count(1)


@pytest.fixture
def work_of(services: Services, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Callable[[], object]], Work]]:
    """Do something and count what it takes."""
    work: Work = Counter()
    run, opened = Prepared.run, Vault.open

    def running(self, connection, values):
        rows = run(self, connection, values)
        work[f"{self._statement}: {len(rows)} rows"] += 1
        return rows

    def opening(self, sealed, place, row):
        work["opened"] += 1
        work["bytes opened"] += len(sealed)
        return opened(self, sealed, place, row)

    def executing(_connection, _cursor, statement, *_rest):
        work[statement] += 1

    monkeypatch.setattr(Prepared, "run", running)
    monkeypatch.setattr(Vault, "open", opening)
    for module, name in ((finding, "same_name"), (tickets, "same_name"), (decoys, "same_name"), (names, "same_person")):
        compare = getattr(matching, name)

        def comparing(one, other, compare=compare):
            work["compared"] += 1
            return compare(one, other)

        monkeypatch.setattr(module, name, comparing)
    event.listen(services.database.engine, "before_cursor_execute", executing)

    def done(what: Callable[[], object]) -> Work:
        work.clear()
        what()
        return Counter(work)

    yield done
    event.remove(services.database.engine, "before_cursor_execute", executing)


class Town:
    """Enough people that rows follow in every index, and numbers of which that is so."""

    def __init__(self, services: Services, office: Office) -> None:
        vault = vault_of(services)
        copied, home = a_kk(), a_kk()
        self.copied, self.home = Kk(copied), Kk(home)
        family = [Recipient(name=f"{name} SURYANA", kk=home) for name in ("ASEP", "NENENG", "UJANG", "DEDE", "EUIS")]
        people = [Recipient(name=f"SITI {n % 7}", letter_code=f"16100-{next(_chats):06}") for n in range(60)]
        crowd = [Recipient(name="DEWI SARTIKA", kk=copied) for _ in range(60)]
        office.publishes(*people, *family, *crowd)
        five = [replace(people[0], rt=rt, row=rt) for rt in range(11, 15)]
        office.publishes(*five, programme="SEMBAKO")
        everyone = [*people, *family, *crowd]
        ways = [
            sorted(vault.index(p.nik) for p in everyone),
            sorted(vault.index(p.kk) for p in everyone),
            sorted(index_of(vault, LetterCode.parse(p.letter_code)) for p in people),
        ]
        self._last = min(way[-finding.ROWS] for way in ways)
        self._vault = vault
        self.people, self.on_five = people, Nik(people[0].nik)

    def has_room_behind(self, number: Identity) -> bool:
        """Whether rows enough follow it in each index."""
        return index_of(self._vault, number) <= self._last

    def known(self, kind: str) -> Identity:
        """A number on one list."""
        made: dict[str, Callable[[str], Identity]] = {"nik": Nik, "kk": Kk, "letter_code": LetterCode.parse}
        numbers = (made[kind](getattr(person, kind)) for person in self.people[1:])
        return next(number for number in numbers if self.has_room_behind(number))

    def unknown(self, kind: str) -> Identity:
        """A number on none."""
        made: dict[str, Callable[[], Identity]] = {
            "nik": lambda: Nik(a_nik()),
            "kk": lambda: Kk(a_kk()),
            "letter_code": lambda: LetterCode.parse(f"9{next(_chats):07}"),
        }
        numbers = (made[kind]() for _ in count())
        return next(number for number in numbers if self.has_room_behind(number))


@pytest.fixture
def town(services: Services, office: Office) -> Town:
    """Lists, one of them with a KK number copied down its column."""
    found = Town(services, office)
    while not all(found.has_room_behind(number) for number in (found.copied, found.home, found.on_five)):
        found = Town(services, office)
    return found


def test_a_miss_costs_the_same_whether_or_not_the_number_is_known(town, services, work_of):
    def miss(number: Identity) -> Work:
        asker = Asker.chat(next(_chats))
        answers = []
        work = work_of(lambda: answers.append(services.lookup.ask(number, WRONG, asker=asker)))
        assert isinstance(answers[0], NotOnTheList)
        return work

    unknown = miss(town.unknown("nik"))
    assert (unknown["opened"], unknown["compared"]) == (decoys.LEAST_WORK, decoys.LEAST_WORK + 1)
    for number in (town.known("nik"), town.on_five, town.unknown("kk"), town.known("kk"), town.home, town.copied):
        assert miss(number) == unknown, number
    unknown = miss(town.unknown("letter_code"))
    assert (unknown["opened"], unknown["compared"]) == (decoys.LEAST_WORK, decoys.LEAST_WORK + 1)
    assert miss(town.known("letter_code")) == unknown


def test_a_wrong_name_for_a_letter_of_ours_costs_what_an_unknown_letter_does(town, services, work_of, press):
    """Genuine, replaced or never printed: as many rows, names and values."""
    office = Office(services)
    office.announces(Announced())
    replaced = [LetterCode.parse(one.code) for one in press.prints().letters]
    printed = [LetterCode.parse(one.code) for one in press.prints().letters]
    indexes = sorted(issued_index(vault_of(services), code.meant) for code in (*replaced, *printed))

    def has_room(code: LetterCode) -> bool:
        """As an office's code, which it is asked as too."""
        issued = issued_index(vault_of(services), code.meant)
        return issued <= indexes[-finding.ROWS] and town.has_room_behind(code)

    def miss(code: LetterCode) -> Work:
        asker = Asker.chat(next(_chats))
        answers = []
        work = work_of(lambda: answers.append(services.lookup.ask(code, WRONG, asker=asker)))
        assert isinstance(answers[0], NotOnTheList)
        return work

    made_up = (LetterCode.parse(Unguessable.new().grouped) for _ in count())
    unknown = miss(next(filter(has_room, made_up)))
    assert (unknown["opened"], unknown["compared"]) == (decoys.LEAST_WORK, decoys.LEAST_WORK + 1)
    for some in (replaced, printed):
        assert miss(next(filter(has_room, some))) == unknown


def test_a_wrong_name_for_a_ticket_costs_what_an_unknown_ticket_does(town, services, work_of):
    def has_room(code: TicketCode) -> bool:
        """As a letter's code, which it is asked as too."""
        return town.has_room_behind(LetterCode(code.reveal()))

    codes = [services.proposals.send(a_draft(), asker=Asker.chat(next(_chats))).code for _ in range(10)]
    digests = sorted(vault_of(services).digest("ticket", code.reveal().encode()) for code in codes)

    def miss(code: TicketCode) -> Work:
        asker = Asker.chat(next(_chats))
        answers = []
        work = work_of(lambda: answers.append(services.asking.ask(code, WRONG, asker=asker)))
        assert answers == [NoTicket()]
        return work

    unknown = filter(has_room, (TicketCode.new() for _ in count()))
    free = next(c for c in unknown if vault_of(services).digest("ticket", c.reveal().encode()) <= digests[-1])
    costs = miss(free)
    for code in filter(has_room, codes):
        assert miss(code) == costs


def test_a_sending_costs_the_same_whether_or_not_somebody_else_sent_one_for_the_same_person(services, work_of):
    proposed = [a_nik() for _ in range(30)]
    for nik in proposed:
        services.proposals.send(a_draft(nik=nik), asker=Asker.address(f"203.0.113.{next(_chats) % 200}"))
    last = sorted(vault_of(services).index(nik) for nik in proposed)[-12]

    def sending(nik: str, name: str) -> Work:
        draft = a_draft(nik=nik, name=name)
        work = work_of(lambda: services.proposals.send(draft, asker=Asker.chat(next(_chats))))
        return Counter({what: times for what, times in work.items() if "opened" not in what or what == "opened"})

    def has_room(nik: str) -> bool:
        return vault_of(services).index(nik) <= last

    free = next(nik for nik in iter(a_nik, None) if has_room(nik))
    taken = next(nik for nik in proposed if has_room(nik))
    assert sending(taken, "Zainal Qori") == sending(free, "Zainal Qori")
