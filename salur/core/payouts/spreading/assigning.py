"""Which neighbourhood comes to which sitting: the shortest way for all together, neighbours together, none too full.

How many of each RW go to which place is a transportation problem, which a solver of the kept kind (HiGHS) answers
exactly; its whole answers split fewer RW than there are places. Within a place RW, and RT where an RW is too large, are
put into its sittings by a simple rule. `python3 tools/measure.py spreading` compares it with the best there is.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from salur.core.payouts.spreading.answers import Left, Neighbourhood, WantedSitting

TOO_FAR = 10_000.0  # kilometres: what it costs to leave a family without a place, so that it happens only without room
Cost = Callable[[Neighbourhood, int], float]
Families = Mapping[Neighbourhood, int]  # how many live in each RT


@dataclass
class Room:
    """A sitting and how many families it can still take. `share`: what falls to it when all are equally full."""

    number: int
    sitting: WantedSitting
    left: int
    share: int = 0
    rws: set[Neighbourhood] = field(default_factory=set)

    def take(self, where: Neighbourhood, count: int) -> None:
        """Let families come."""
        self.left -= count
        self.share -= count
        self.rws.add(where._replace(rt=None))


@dataclass
class Assigned:
    """How many families of each RT come to which sitting, and who is left."""

    shares: dict[tuple[Neighbourhood, int], int] = field(default_factory=lambda: defaultdict(int))
    left: dict[Left, dict[Neighbourhood, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))


def assign(families: Families, rooms: Iterable[Room], cost: Cost) -> Assigned:
    """Spread families over sittings at places. `cost` is kilometres, of an RW to a place."""
    done = Assigned()
    gates: dict[tuple[int, tuple[str, ...]], list[Room]] = defaultdict(list)  # sittings of a place open to the same
    for room in rooms:
        if room.left > 0 and room.sitting.place is not None:
            gates[room.sitting.place, room.sitting.regions].append(room)
    rws: dict[Neighbourhood, dict[Neighbourhood, int]] = defaultdict(dict)
    for where, count in sorted(families.items(), key=lambda item: _walk(item[0])):
        if any(some[0].sitting.is_open_to(where.region_code) for some in gates.values()):
            rws[where._replace(rt=None)][where] = count
        else:
            done.left[Left.NO_PLACE][where] += count
    keys = list(gates)
    flows = _transport(list(rws), [sum(some.values()) for some in rws.values()], keys, gates, cost)
    coming: dict[int, dict[Neighbourhood, dict[Neighbourhood, int]]] = defaultdict(dict)
    for (rw, rts), flow in zip(rws.items(), flows, strict=True):
        for gate, some in _shared_out(rts, flow):
            if gate is None:
                for where, count in some.items():
                    done.left[Left.NO_ROOM][where] += count
            else:
                coming[gate][rw] = some
    for gate, by_rw in coming.items():
        _seat(by_rw, sorted(gates[keys[gate]], key=lambda room: (room.sitting.date, room.sitting.starts)), done)
    return done


def _walk(where: Neighbourhood) -> tuple[object, ...]:
    """Neighbours stand side by side."""
    return (where.region_code, where.rw or 0, where.rt or 0)


def _transport(
    rws: Sequence[Neighbourhood],
    families: Sequence[int],
    keys: Sequence[tuple[int, tuple[str, ...]]],
    gates: Mapping[tuple[int, tuple[str, ...]], Sequence[Room]],
    cost: Cost,
) -> list[dict[int | None, int]]:
    """Of each RW how many families go to each gate, None for those without room: the least kilometres in all."""
    # Loaded here, as it takes 50 MB: only who plans needs it.
    from scipy.optimize import linprog  # noqa: PLC0415
    from scipy.sparse import coo_array  # noqa: PLC0415

    if not rws:
        return []
    open_to = [
        (i, j) for i, rw in enumerate(rws) for j, key in enumerate(keys)
        if gates[key][0].sitting.is_open_to(rw.region_code)
    ]  # fmt: skip
    arcs = [*open_to, *((i, None) for i in range(len(rws)))]
    costs = [TOO_FAR if j is None else cost(rws[i], keys[j][0]) for i, j in arcs]
    from_rw = coo_array(([1.0] * len(arcs), ([i for i, _ in arcs], range(len(arcs)))), shape=(len(rws), len(arcs)))
    into = coo_array(
        ([1.0] * len(open_to), ([j for _, j in open_to], range(len(open_to)))), shape=(len(keys), len(arcs))
    )
    most = [sum(room.left for room in gates[key]) for key in keys]
    solved = linprog(costs, A_ub=into.tocsr(), b_ub=most, A_eq=from_rw.tocsr(), b_eq=families, method="highs-ds")
    if not solved.success:
        raise RuntimeError(f"the ways could not be planned: {solved.message}")
    flows: list[dict[int | None, int]] = [{} for _ in rws]
    for (i, j), amount in zip(arcs, solved.x, strict=True):
        if round(amount):
            flows[i][j] = round(amount)
    return flows


def _shared_out(
    rts: Mapping[Neighbourhood, int], flow: Mapping[int | None, int]
) -> list[tuple[int | None, dict[Neighbourhood, int]]]:
    """The RT of one RW by gate, in their order; of one that two gates share a part goes to each."""
    shared = []
    waiting = list(rts.items())[::-1]
    for gate, amount in sorted(flow.items(), key=lambda item: (item[0] is None, -item[1])):
        some: dict[Neighbourhood, int] = {}
        room = amount
        while room > 0 and waiting:
            where, count = waiting.pop()
            some[where] = taken = min(count, room)
            room -= taken
            if taken < count:
                waiting.append((where, count - taken))
        shared.append((gate, some))
    return shared


def _seat(by_rw: Mapping[Neighbourhood, Mapping[Neighbourhood, int]], rooms: Sequence[Room], done: Assigned) -> None:
    """Put the families of a place into its sittings, equally full: RW whole, else RT whole, else as it fits."""
    everybody = sum(sum(rts.values()) for rts in by_rw.values())
    full = min(1.0, everybody / sum(room.left for room in rooms))
    for room in rooms:
        room.share = math.ceil(room.left * full)
    too_large: list[tuple[Neighbourhood, Mapping[Neighbourhood, int]]] = []
    for rw, rts in by_rw.items():
        count = sum(rts.values())
        found = next((room for room in rooms if room.share >= count), None) or _roomiest(rooms, count)
        if found is None:
            too_large.append((rw, rts))
            continue
        for where, some in rts.items():
            _put(where, some, found, done)
    loose = []
    for rw, rts in too_large:
        for where, count in rts.items():
            fitting = [room for room in rooms if room.left >= count]
            if fitting:
                _put(where, count, max(fitting, key=lambda room: (rw in room.rws, room.share)), done)
            else:
                loose.append((where, count))
    for where, count in loose:
        for room in sorted(rooms, key=lambda room: -room.left):
            taken = min(count, room.left)
            if taken:
                _put(where, taken, room, done)
                count -= taken
        assert not count, "the places have room for all that go there"


def _roomiest(rooms: Iterable[Room], count: int) -> Room | None:
    """Where so many find room without more than a tenth beyond what falls to it."""
    fitting = [room for room in rooms if room.left >= count and room.share + room.sitting.capacity // 10 >= count]
    return max(fitting, key=lambda room: room.share, default=None)


def _put(where: Neighbourhood, count: int, room: Room, done: Assigned) -> None:
    room.take(where, count)
    done.shares[where, room.number] += count
