"""Kill the leader under load, then cut another off alone; print what people noticed and what was lost.

`make cluster`. Ends with exit code 1 where something acknowledged was lost, two wrote at once, or it took too long.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

import psycopg

from bench.city import Listed, announce, listed, publish, sitting
from bench.cluster import site
from bench.cluster.load import Load, Told, lost
from bench.cluster.nodes import NETWORK, PASSWORDS, ROOT, Node, Nodes, TooLate, missing_tools, wait
from salur.core.errors import DatabaseAway
from salur.sample.people import population
from salur.wiring import Services

PEOPLE = 300
WHOLE_WITHIN = 30.0  # seconds
BEFORE, AFTERWARDS, CALM = 8.0, 8.0, 3.0
GIVEN_UP = 90.0
FOLDER = Path("/run/salur-cluster")


class Round:
    """One thing done to the leader under load."""

    def __init__(self, name: str, services: Services, people: Sequence[Listed]) -> None:
        self.name, self._services = name, services
        self._load = Load(site.FRONT, people, people[0].region_code or "")
        self.faults: list[str] = []

    def go(self, do: Callable[[], None]) -> None:
        """Let people ask, do it, wait until all is as before, and look what is there of what they were told."""
        self._load.start()
        time.sleep(BEFORE)
        since = time.monotonic()
        do()
        try:
            wait("the site", lambda: self._whole_since(since) is not None, GIVEN_UP)
            time.sleep(AFTERWARDS)
        except TooLate:
            self.faults.append(f"not whole after {GIVEN_UP:.0f} s")
        self._load.stop()
        self._tell(since, self._load.told)

    def _whole_since(self, since: float) -> float | None:
        """When everything was as before, after which nothing went wrong for a while; None: not yet."""
        wrong = max(
            (t.at for t in self._load.told if t.at > since and t.what not in ("written", "reported")), default=0
        )
        good = {
            what: [t.at for t in self._load.told if t.what == what and t.at > wrong] for what in ("written", "reported")
        }
        if wrong == 0 or not all(good.values()) or time.monotonic() < max(map(min, good.values())) + CALM:
            return None
        return max(map(min, good.values()))

    def _tell(self, since: float, told: Sequence[Told]) -> None:
        whole = self._whole_since(since)
        after = [one for one in told if one.at > since]
        first_kept = min((one.at for one in after if one.what == "kept"), default=None)
        kept = sum(one.what == "kept" for one in after)
        wait("all to be made good", self._is_made_good, GIVEN_UP)
        gone = lost(self._services, site.FRONT, told)
        print(f"\n{self.name}")
        print(f"  before              {dict(Counter(one.what for one in told if one.at <= since))}")
        print(f"  from then on        {dict(Counter(one.what for one in after))}")
        if first_kept is not None:
            print(f"  a standby answers   after {first_kept - since:.1f} s, {kept} look-ups")
        print(f"  whole again         after {whole - since:.1f} s" if whole else "  whole again         never")
        print(
            f"  acknowledged        {sum(one.acknowledged for one in told)}, of which not there once: {dict(gone) or 0}"
        )
        if whole is None or whole - since > WHOLE_WITHIN:
            self.faults.append("not whole in time")
        if gone:
            self.faults.append("something acknowledged is not there")

    def _is_made_good(self) -> bool:
        """Nothing is kept any more. Whoever was connected to what is gone learns of it here."""
        with suppress(DatabaseAway):
            self._services.database.ping()
            self._services.answering.make_good()
            return not self._services.answering.waiting()
        return False


def settle(services: Services) -> list[Listed]:
    """People on a published list, with a day to come."""
    day = dt.datetime.now(dt.UTC).date()
    period = f"{day.year}-T{(day.month + 2) // 3}"
    people = [
        listed(person.name, person.nik, household.kk, household.area.code, household.rt, household.rw)
        for household in population(PEOPLE)
        for person in household.members
    ]
    publish(services, people, "PKH", period)
    code = people[0].region_code or ""
    announce(services, [sitting("PKH", period, code, "Kantor Kelurahan", day + dt.timedelta(days=7))])
    return people


class TwoSides:
    """Who writes on the machine that is cut off, and who writes outside; and whether ever both could."""

    def __init__(self, nodes: Nodes, inside: Node) -> None:
        password = PASSWORDS["SITE_PASSWORD"]
        self._anywhere = nodes.url("salur", "salur", password) + "&target_session_attrs=read-write"
        with psycopg.connect(self._anywhere, autocommit=True) as connection:
            connection.execute("CREATE TABLE written (side text, number int)")
        alone = f"postgresql://salur:{password}@127.0.0.1:5432/salur"
        writer = [sys.executable, "-m", "bench.cluster.writer"]
        self._logs = {side: FOLDER / f"written-{side}" for side in ("inside", "outside")}
        run_in = ["ip", "netns", "exec", inside.name]
        self._processes = [
            self._start([*run_in, *writer, "inside"], "inside", alone),
            self._start([*writer, "outside"], "outside", self._anywhere),
        ]

    def _start(self, command: list[str], side: str, url: str) -> subprocess.Popen[bytes]:
        with self._logs[side].open("wb") as log:
            environment = os.environ | {"WRITTEN_URL": url}
            return subprocess.Popen(command, stdout=log, stderr=subprocess.DEVNULL, cwd=ROOT, env=environment)

    def end(self, since: float) -> list[str]:
        """Stop both, tell who could write when, and what is wrong with that."""
        for process in self._processes:
            process.kill()
            process.wait()
        acknowledged = {
            side: [(int(number), float(at)) for _, number, at in map(str.split, log.read_text().splitlines())]
            for side, log in self._logs.items()
        }
        with psycopg.connect(self._anywhere) as connection:
            there = set(connection.execute("SELECT side, number FROM written").fetchall())
        missing = [(side, n) for side, told in acknowledged.items() for n, _ in told if (side, n) not in there]
        last = max((at for _, at in acknowledged["inside"]), default=since)
        again = min((at for _, at in acknowledged["outside"] if at > since + 2), default=None)
        print(
            f"  inside              {len(acknowledged['inside'])} writes acknowledged, the last {last - since:+.1f} s"
        )
        if again is None:
            return ["nobody could write outside"]
        print(f"  outside             {len(acknowledged['outside'])} writes acknowledged, again {again - since:+.1f} s")
        print(f"  acknowledged, gone  {len(missing)}")
        faults = ["two could write at once"] if last >= again else []
        return [*faults, *(["a write that was acknowledged is gone"] if missing else [])]


def main(arguments: Sequence[str]) -> int:
    """The whole story. An argument is a folder that logs are copied to."""
    if absent := missing_tools():
        print(f"no cluster without {', '.join(absent)}", file=sys.stderr)
        return 1
    _make_room()
    faults: list[str] = []
    with ExitStack() as stack:
        stack.callback(_keep_logs, *arguments[:1])
        nodes = Nodes(FOLDER)
        print(f"three nodes of Patroni, etcd and PostgreSQL in network namespaces {NETWORK}.0/24", flush=True)
        services = site.start(nodes, FOLDER, stack)
        stack.callback(services.answering.close)
        stack.callback(services.database.dispose)
        people = settle(services)
        site.wait_until_ready()
        leader = nodes.leader()
        killed = Round("The leader's machine is killed (PostgreSQL, Patroni and etcd, SIGKILL)", services, people)
        killed.go(leader.dies)
        leader.starts_etcd()
        leader.starts_patroni()
        print(f"  it is back, and three are whole, after {wait('three nodes', nodes.are_whole):.0f} s", flush=True)
        leader = nodes.leader()
        sides = TwoSides(nodes, leader)
        cut = Round("The leader is cut off alone", services, people)
        began = time.monotonic() + BEFORE
        cut.go(lambda: leader.is_cut(off=True))
        print(f"  it says of itself   {leader.state().get('role')}, {leader.state().get('state')}")
        leader.is_cut(off=False)
        print(f"  it is back, and three are whole, after {wait('three nodes', nodes.are_whole):.0f} s")
        faults = [*killed.faults, *cut.faults, *sides.end(began)]
    for fault in faults:
        print(f"FAULT: {fault}")
    return 1 if faults else 0


def _keep_logs(folder: str | None = None) -> None:
    """Copy the logs out before they are gone."""
    for log in FOLDER.glob("**/*.log") if folder is not None else ():
        Path(folder or "").mkdir(exist_ok=True)
        shutil.copy(log, Path(folder or "") / "-".join(log.relative_to(FOLDER).parts))


def _make_room() -> None:
    """A place of this run's own in memory, and one for the names of namespaces: both are gone with it."""
    for path in (FOLDER, Path("/run/netns")):
        path.mkdir(exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "none", str(path)], check=True)


def _first_process() -> int:
    """Be the first process of the namespace: orphans become its children, and what nobody waits for never ends."""
    story = os.fork()
    if story == 0:
        return _told(main)
    while True:
        ended, status = os.wait()
        if ended == story:
            return os.waitstatus_to_exitcode(status)


def _told(do: Callable[[Sequence[str]], int]) -> int:
    try:
        return do(sys.argv[1:])
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(_first_process())
