"""Machines as network namespaces: each with etcd, Patroni and PostgreSQL, to be killed or cut off.

All of it lives in the namespaces that `tools/cluster.py` has made (network, mounts, processes), and ends with them.
"""

from __future__ import annotations

import json
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NETWORK = "10.99.0"
START_SECONDS = 120
PASSWORDS = {
    name: secrets.token_hex(12)
    for name in ("SUPERUSER_PASSWORD", "REPLICATION_PASSWORD", "REWIND_PASSWORD", "SITE_PASSWORD")
}


class TooLate(Exception):
    """Something did not come to be in time."""


def run(*command: str) -> None:
    """Run a command to its end."""
    subprocess.run(command, check=True, capture_output=True)


def wait(what: str, is_so: Callable[[], bool], seconds: float = START_SECONDS) -> float:
    """Wait until it is so; gives how many seconds that took. Raises TooLate."""
    since = time.monotonic()
    while not is_so():
        if time.monotonic() - since > seconds:
            raise TooLate(what)
        time.sleep(0.1)
    return time.monotonic() - since


def lay_network(count: int) -> None:
    """A bridge, and on it a namespace for each machine; this one is 254."""
    run("ip", "link", "set", "lo", "up")
    run("ip", "link", "add", "bridge0", "type", "bridge")
    run("ip", "addr", "add", f"{NETWORK}.254/24", "dev", "bridge0")
    run("ip", "link", "set", "bridge0", "up")
    for n in range(1, count + 1):
        inside = f"n{n}"
        run("ip", "netns", "add", inside)
        run("ip", "link", "add", f"to{n}", "type", "veth", "peer", "name", "eth0", "netns", inside)
        run("ip", "link", "set", f"to{n}", "master", "bridge0", "up")
        run("ip", "-n", inside, "addr", "add", f"{NETWORK}.{n}/24", "dev", "eth0")
        run("ip", "-n", inside, "link", "set", "eth0", "up")
        run("ip", "-n", inside, "link", "set", "lo", "up")


@dataclass
class Node:
    """One machine of the database."""

    number: int
    all: int
    folder: Path
    _processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """As etcd and Patroni call it."""
        return f"n{self.number}"

    @property
    def address(self) -> str:
        """On the bridge."""
        return f"{NETWORK}.{self.number}"

    def prepare(self) -> None:
        """Write its configuration, from the file that operators are given."""
        user = pwd.getpwnam("postgres")
        for path in (self.folder, self.folder / "run"):
            path.mkdir(parents=True)
            os.chown(path, user.pw_uid, user.pw_gid)
        told = (ROOT / "deploy/cluster/patroni.yml").read_text()
        of_its_own = {
            "NAME": self.name,
            "ADDRESS": self.address,
            **{f"ETCD{n}": f"{NETWORK}.{n}" for n in range(1, self.all + 1)},
            **PASSWORDS,
            "/var/lib/postgresql/15/salur": str(self.folder / "data"),
            "/usr/lib/postgresql/15/bin": str(binaries()),
            "/var/run/postgresql": str(self.folder / "run"),
            "10-99": NETWORK,
        }
        for word, value in of_its_own.items():
            told = told.replace(word, value)
        configuration = self.folder / "patroni.yml"
        configuration.write_text(told)
        os.chown(configuration, user.pw_uid, user.pw_gid)

    def starts_etcd(self) -> None:
        """Start its voice in the election."""
        peers = ",".join(f"n{n}=http://{NETWORK}.{n}:2380" for n in range(1, self.all + 1))
        known = (self.folder / "etcd").exists()
        here = f"http://{self.address}"
        self._start(
            "etcd", "etcd", f"--name={self.name}", f"--data-dir={self.folder / 'etcd'}",
            f"--listen-peer-urls={here}:2380", f"--initial-advertise-peer-urls={here}:2380",
            f"--listen-client-urls={here}:2379", f"--advertise-client-urls={here}:2379",
            f"--initial-cluster={peers}", f"--initial-cluster-state={'existing' if known else 'new'}",
            "--enable-v2", "--unsafe-no-fsync",
        )  # fmt: skip

    def starts_patroni(self) -> None:
        """Start what looks after PostgreSQL."""
        self._start("patroni", "patroni", str(self.folder / "patroni.yml"))

    def dies(self) -> None:
        """All that runs on it is killed, as when its power goes."""
        told = subprocess.run(["ip", "netns", "pids", self.name], capture_output=True, text=True, check=True)
        for pid in told.stdout.split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
        for process in self._processes:
            process.wait()
        self._processes.clear()

    def is_cut(self, *, off: bool) -> None:
        """Cut its cable, or mend it."""
        run("ip", "link", "set", f"to{self.number}", "down" if off else "up")

    def state(self) -> dict[str, object]:
        """What its Patroni says of it, asked from inside; nothing where it does not answer."""
        command = [*self._inside(), "curl", "-s", "-m", "2", f"http://{self.address}:8008/patroni"]
        told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        with suppress(ValueError):
            found: dict[str, object] = json.loads(told)
            return found
        return {}

    def _inside(self) -> list[str]:
        return ["ip", "netns", "exec", self.name]

    def runs_inside(self, log: Path, *command: str) -> subprocess.Popen[bytes]:
        """Start something on this machine."""
        with log.open("ab") as output:
            return subprocess.Popen([*self._inside(), *command], stdout=output, stderr=output, cwd=self.folder)

    def _start(self, what: str, *command: str) -> None:
        as_postgres = ("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups")
        self._processes.append(self.runs_inside(self.folder / f"{what}.log", *as_postgres, *command))


def binaries() -> Path:
    """Where Debian keeps PostgreSQL's programs."""
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


class Nodes:
    """The three."""

    def __init__(self, folder: Path, count: int = 3) -> None:
        lay_network(count)
        self.all = [Node(n, count, folder / f"n{n}") for n in range(1, count + 1)]
        for node in self.all:
            node.prepare()
            node.starts_etcd()
        wait("etcd", self._have_elected)
        for node in self.all:
            node.starts_patroni()
        wait("a leader with a synchronous standby", self.are_whole)

    def _have_elected(self) -> bool:
        with suppress(OSError):
            url = f"http://{self.all[0].address}:2379/health"
            return b"true" in urllib.request.urlopen(url, timeout=2).read()
        return False

    def members(self) -> list[dict[str, object]]:
        """As any Patroni that answers lists them."""
        for node in self.all:
            with suppress(OSError, ValueError):
                told = urllib.request.urlopen(f"http://{node.address}:8008/cluster", timeout=2).read()
                members: list[dict[str, object]] = json.loads(told)["members"]
                return members
        return []

    def leader(self) -> Node:
        """Who writes. Raises TooLate."""
        wait("a leader", lambda: self._leader() is not None)
        found = self._leader()
        assert found is not None
        return found

    def _leader(self) -> Node | None:
        names = [member["name"] for member in self.members() if member.get("role") == "leader"]
        return next((node for node in self.all if node.name in names), None)

    def are_whole(self) -> bool:
        """Whether all are there, one of them in step with the leader."""
        members = [member for member in self.members() if member.get("state") in ("running", "streaming")]
        roles = sorted(str(member.get("role")) for member in members)
        level = len({member.get("timeline") for member in members}) == 1 and not any(m.get("lag") for m in members)
        return level and roles == ["leader", *["replica"] * (len(self.all) - 2), "sync_standby"]

    def url(self, database: str, user: str, password: str) -> str:
        """Where the site finds whichever writes."""
        hosts, ports = ",".join(n.address for n in self.all), ",".join("5432" for _ in self.all)
        return f"postgresql://{user}:{password}@/{database}?host={hosts}&port={ports}"


def missing_tools() -> list[str]:
    """What is not installed."""
    return [name for name in ("patroni", "etcd", "haproxy", "redis-server", "ip", "curl") if shutil.which(name) is None]
