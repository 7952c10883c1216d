"""One plan, worked out: every family is placed or left with a reason, and those who have their place keep it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from salur.core.errors import Refused
from salur.core.payouts.spreading.answers import Held, Left, Neighbourhood, WantedSitting
from salur.core.payouts.spreading.assigning import Assigned, Cost, Room, assign
from salur.core.payouts.spreading.families import Family
from salur.core.payouts.spreading.rounds import Round, Turn, rounds, turns

Placed = dict[int, tuple[int, Turn]]  # by person (id): which sitting, and where in it
WalkingOrder = Mapping[int, object]  # by person (id): what to sort those who are visited by


Seat = tuple[int, int | None]  # a sitting, and of visits at home whose round


@dataclass
class Plan:
    """Who is placed where, and who is left."""

    seats: dict[Seat, dict[int, Turn]] = field(default_factory=lambda: defaultdict(dict))  # by person (id)
    left: dict[Left, Counter[Neighbourhood]] = field(default_factory=lambda: defaultdict(Counter))

    @property
    def placed(self) -> Placed:
        """By person (id): which sitting, and where in it."""
        return {person: (slot, turn) for (slot, _), some in self.seats.items() for person, turn in some.items()}

    def keep(self, person: int, slot: int, turn: Turn) -> None:
        """Let somebody have their place."""
        self.seats[slot, turn.party][person] = turn

    def seat(self, seat: Seat, people: Sequence[int], windows: int) -> None:
        """Let people (ids, in their order) come to a sitting beside those who have their place in it."""
        here = self.seats[seat]
        self.seats[seat] = turns([*here, *people], windows, here, party=seat[1])


class Spreader:
    """Spreads families over the wanted sittings. `walking`: in which order those who are visited live."""

    def __init__(self, sittings: Sequence[WantedSitting], cost: Cost, walking: WalkingOrder) -> None:
        self._sittings = sittings
        self._cost = cost
        self._walking = walking
        self._closed: set[int] = set()
        self._visits = any(sitting.place is None for sitting in sittings)

    def close(self, number: int) -> None:
        """Let nobody new come to a sitting."""
        self._closed.add(number)

    def is_visited(self, family: Family) -> bool:
        """Whether a family is to be visited at home: who needs it, where the plan has visits at all."""
        return family.care and self._visits

    def spread(
        self,
        families: Sequence[Family],
        held: Iterable[Held] = (),
        kept: Placed | None = None,
        over: Collection[int] = (),
    ) -> Plan:
        """Place everybody who can be placed.

        `kept` keep their place; those `over` had theirs on a day that is past.
        Raises: Refused(`sitting_full`, facts: sitting, families, room) where those who are held find no room.
        """
        plan, todo = Plan(), []
        for family in families:
            why = family.left or (Left.OVER if family.person in over else None)
            if kept is not None and family.person in kept and why in (None, Left.NOWHERE):
                plan.keep(family.person, *kept[family.person])
            elif why is None or (why is Left.NOWHERE and _held_to(family, held) is not None):
                todo.append(family)
            else:
                plan.left[why or Left.NOWHERE][family.where] += 1
        self._place(plan, todo, list(held))
        return plan

    def _place(self, plan: Plan, todo: Sequence[Family], held: Sequence[Held]) -> None:
        taken: Counter[int] = Counter()
        for (slot, _), here in plan.seats.items():
            taken[slot] += len(here)
        rooms = {
            number: Room(number, sitting, 0 if number in self._closed else sitting.capacity - taken[number])
            for number, sitting in enumerate(self._sittings)
        }
        coming: dict[int, list[Family]] = defaultdict(list)  # by sitting
        free: list[Family] = []
        for family in todo:
            number = _held_to(family, held)
            if number is not None and (self._sittings[number].place is None) == self.is_visited(family):
                coming[number].append(family)
            elif family.rw is None:
                plan.left[Left.NOWHERE][family.where] += 1
            else:
                free.append(family)
        for number, people in coming.items():
            if len(people) > rooms[number].left:
                room = max(rooms[number].left, 0)
                raise Refused("sitting_full", sitting=number, families=len(people), room=room)
            rooms[number].left -= len(people)
        walking = [family for family in free if not self.is_visited(family)]
        assigned = assign(Counter(family.where for family in walking), rooms.values(), self._cost)
        for family, number in _each(walking, assigned):
            coming[number].append(family)
        for why, some_left in assigned.left.items():
            plan.left[why].update(some_left)
        for number, people in coming.items():
            if self._sittings[number].place is not None:
                windows = self._sittings[number].windows
                plan.seat((number, None), [family.person for family in people], windows)
        visited = {number: people for number, people in coming.items() if self._sittings[number].place is None}
        self._visit(plan, [family for family in free if self.is_visited(family)], visited)

    def _visit(self, plan: Plan, free: Sequence[Family], held: Mapping[int, Sequence[Family]]) -> None:
        """Rounds: first of those who are held to a sitting, then all others in what room is left."""
        for number, some in held.items():
            self._walk(plan, some, self._rounds(plan, only=number))
        self._walk(plan, free, self._rounds(plan))

    def _rounds(self, plan: Plan, *, only: int | None = None) -> list[Round]:
        return [
            Round(number, party, sitting.per_hour - len(plan.seats.get((number, party), ())))
            for number, sitting in enumerate(self._sittings)
            if sitting.place is None and only in (None, number) and number not in self._closed
            for party in range(1, sitting.officers + 1)
        ]

    def _walk(self, plan: Plan, families: Sequence[Family], open_rounds: Sequence[Round]) -> None:
        """Place families in rounds."""
        people: list[tuple[int, Neighbourhood]] = []
        for family in sorted(families, key=self._on_the_way):
            if any(self._sittings[one.sitting].is_open_to(family.where.region_code) for one in open_rounds):
                people.append((family.person, family.where))
            else:
                plan.left[Left.NO_PLACE][family.where] += 1
        walked = self._of_open_rounds(people, open_rounds)
        seated = {person for some in walked for person in some}
        for person, where in people:
            if person not in seated:
                plan.left[Left.NO_ROOM][where] += 1
        for one, some in zip(open_rounds, walked, strict=True):
            plan.seat((one.sitting, one.party), some, self._sittings[one.sitting].windows)

    def _of_open_rounds(
        self, people: Sequence[tuple[int, Neighbourhood]], open_rounds: Sequence[Round]
    ) -> list[list[int]]:
        """Rounds that are open to some kelurahan only take these; what is open to the same goes together."""
        walked: list[list[int]] = [[] for _ in open_rounds]
        groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for place, one in enumerate(open_rounds):
            groups[self._sittings[one.sitting].regions].append(place)
        waiting = list(people)
        for _, places in sorted(groups.items(), key=lambda item: (not item[0], item[0])):
            of_them = self._sittings[open_rounds[places[0]].sitting]
            mine = [one for one in waiting if of_them.is_open_to(one[1].region_code)]
            for place, some in zip(places, rounds(mine, [open_rounds[place] for place in places]), strict=True):
                walked[place] = some
            seated = {person for place in places for person in walked[place]}
            waiting = [one for one in waiting if one[0] not in seated]
        return walked

    def _on_the_way(self, family: Family) -> tuple[object, ...]:
        address = self._walking.get(family.person, ())
        return (family.region_code or "", family.rw or 0, family.rt or 0, address, family.person)


def _held_to(family: Family, held: Iterable[Held]) -> int | None:
    """The sitting that somebody has put a family's RT, or else its RW, into; the last word counts."""
    found = {one.where: one.sitting for one in held}
    return found.get(family.where, found.get(family.where._replace(rt=None)))


def _each(families: Sequence[Family], assigned: Assigned) -> Iterable[tuple[Family, int]]:
    """Which family is meant by each share of an RT: they stand in order, those of one household side by side."""
    by_rt: dict[Neighbourhood, list[Family]] = defaultdict(list)
    for family in families:
        by_rt[family.where].append(family)
    for (where, number), count in assigned.shares.items():
        for _ in range(count):
            yield by_rt[where].pop(0), number
