"""A Debian made from nothing and booted beside this one: systemd and all, on a network of its own.

debootstrap makes it, from the mirror that this machine is set to; systemd-nspawn boots it. It reaches packages through
slirp4netns, and nothing that listens in it is reached from here but by `Nest.run`.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import packages

SUITE = "bookworm"
PROGRAMS = {
    "debootstrap": "debootstrap",
    "systemd-nspawn": "systemd-container",
    "slirp4netns": "slirp4netns",
    "ip": "iproute2",
}
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
BOOT_SECONDS = 60
STOP_SECONDS = 90
SEARCH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class NoNest(Exception):
    """None can be made here; the message says why."""


class Failed(Exception):
    """A command in the nest failed; the message is what it was and what it said."""


class Nest:
    """One such Debian, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "root"
        self._log = folder / "log"
        self._network = f"salur-{os.getpid()}"
        self._wire: subprocess.Popen[bytes] | None = None
        self._machine: subprocess.Popen[bytes] | None = None
        self._first = ""

    def make(self, source: Path | None = None) -> None:
        """Let debootstrap make it, the smallest that boots; or copy one."""
        if source is not None:
            _do("cp", "--archive", str(source), str(self.root))
            return
        command: list[str | Path] = [
            "debootstrap",
            "--variant=minbase",
            "--include=systemd,systemd-sysv,dbus",
            SUITE,
            self.root,
            _mirror(),
        ]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise NoNest(f"debootstrap: {done.stdout.strip()[-300:]} {done.stderr.strip()[-300:]}")

    def boot(self) -> None:
        """Boot it, and wait until systemd is done."""
        if self._wire is None:
            _do("ip", "netns", "add", self._network)
            _do("ip", "netns", "exec", self._network, "ip", "link", "set", "lo", "up")
            path = f"/run/netns/{self._network}"
            cable = [
                "--configure",
                "--mtu=65520",
                "--cidr=192.0.2.0/24",
                "--disable-host-loopback",
                "--netns-type=path",
            ]
            self._wire = self._start(["slirp4netns", *cable, path, "tap0"])
        options = [
            "--register=no",
            "--keep-unit",
            "--console=pipe",
            "--resolv-conf=copy-host",
            f"--directory={self.root}",
        ]
        if CERTIFICATES.exists():  # of whoever stands between this machine and the packages
            there = self.root / "usr/local/share/nest.crt"
            shutil.copy(CERTIFICATES, there)
        network = f"--network-namespace-path=/run/netns/{self._network}"
        self._machine = self._start(["systemd-nspawn", *options, network, "--boot"])
        until = time.monotonic() + BOOT_SECONDS
        while time.monotonic() < until:
            self._first = subprocess.run(
                ["pgrep", "--parent", str(self._machine.pid)], capture_output=True, text=True
            ).stdout.strip()
            if self._first and self.tries("systemctl is-system-running --wait | grep -qx -e running -e degraded"):
                return
            time.sleep(0.2)
        raise NoNest(f"it does not boot: {self._log.read_text(errors='replace')[-500:]}")

    def shut_down(self) -> None:
        """As somebody would who presses the button."""
        if self._machine is not None:
            self._machine.send_signal(signal.SIGTERM)
            _wait_for(self._machine)
            self._machine = None

    def take_away(self) -> None:
        """Stop all of it, and leave nothing behind but the folder."""
        self.shut_down()
        if self._wire is not None:
            self._wire.terminate()
            _wait_for(self._wire)
            _do("ip", "netns", "delete", self._network)

    def run(self, command: str, *, input: str | None = None, check: bool = True) -> str:
        """Let root type a line in it; gives what it said. Raises Failed."""
        done = self._type(command, input)
        if check and done.returncode:
            raise Failed(f"{command}\n{done.stdout[-3000:]}")
        return done.stdout

    def tries(self, command: str) -> bool:
        """Whether a line goes well."""
        return self._type(command, None).returncode == 0

    def _type(self, command: str, input: str | None) -> subprocess.CompletedProcess[str]:
        inside = ["nsenter", "--all", f"--target={self._first}", "env", "-i", *_environment(), "sh", "-c", command]
        return subprocess.run(
            inside, input=input or "", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        )

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)


@contextmanager
def nest(source: Path | None = None) -> Iterator[Nest]:
    """One that is booted, and is gone afterwards; from a root that was made before, if one is given. Raises NoNest."""
    if os.geteuid() != 0:
        raise NoNest("only root can make one")
    absent = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    if absent and (why := packages.install(absent)):
        raise NoNest(why)
    with tempfile.TemporaryDirectory(prefix="salur-nest-", ignore_cleanup_errors=True) as folder:
        one = Nest(Path(folder))
        try:
            one.make(source)
            one.boot()
            yield one
        finally:
            one.take_away()


def _mirror() -> str:
    """Where this machine gets its packages from."""
    places = [Path("/etc/apt/sources.list"), *sorted(Path("/etc/apt/sources.list.d").glob("*"))]
    texts = "\n".join(path.read_text() for path in places if path.suffix in (".list", ".sources") and path.is_file())
    found = re.search(r"^URIs:\s*(\S+)|^deb\s+(?:\[[^]]*\]\s+)?(\S+)", texts, re.MULTILINE)
    if found is None:
        raise NoNest("this machine is set to no mirror of Debian")
    return found[1] or found[2]


def _environment() -> list[str]:
    """What a command there is told of: how this machine's pip finds packages, and whom it trusts."""
    told = {"PATH": SEARCH, "HOME": "/var/empty", "TERM": "dumb"}
    if CERTIFICATES.exists():
        told["PIP_CERT"] = "/usr/local/share/nest.crt"
    listed = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True).stdout
    for line in listed.splitlines():
        name, _, value = line.partition("=")
        if name.startswith("global.") and name != "global.cert" and "/" in value and "file:" not in value:
            values = [word for word in shlex.split(value)[0].split() if not word.startswith("/")]
            if values:
                told["PIP_" + name.removeprefix("global.").upper().replace("-", "_")] = " ".join(values)
    return [f"{name}={value}" for name, value in told.items()]


def _do(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _wait_for(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
