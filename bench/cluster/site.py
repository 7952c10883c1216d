"""The site on two machines that share servers and Redis, with HAProxy before them as deploy/cluster has it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import psycopg
from psycopg import sql

from bench.cluster.nodes import PASSWORDS, ROOT, Nodes, wait
from salur.cli.serve import granian
from salur.cli.setup import set_up
from salur.wiring import Services

REDIS, FRONT, MACHINES = 6379, 8000, (8001, 8002)
BINDS = re.compile(r"^    bind .*\n    bind .*\n    http-request redirect .*\n", re.MULTILINE)
SERVERS = re.compile(r"^    server .*\n    server .*\n", re.MULTILINE)


def start(nodes: Nodes, folder: Path, stack: ExitStack) -> Services:
    """Set up a database on the cluster, and start all that stands before it; gives services on it."""
    _start(stack, folder / "redis.log", "redis-server", "--port", str(REDIS), "--save", "", "--appendonly", "no")
    _make_database(nodes)
    os.environ |= {
        "SALUR_INSTANCE": str(folder / "instance"),
        "SALUR_DATABASE_URL": nodes.url("salur", "salur", PASSWORDS["SITE_PASSWORD"]),
        "SALUR_REDIS_URL": f"redis://127.0.0.1:{REDIS}/0",
        "SALUR_TRUSTED_PROXIES": "1",
        "SALUR_PROXY_HEADER": "Forwarded",
    }
    services = set_up()
    for port in MACHINES:
        _start(stack, folder / f"site{port}.log", *granian("127.0.0.1", port, 1, 4))
    _start(stack, folder / "haproxy.log", "haproxy", "-db", "-f", str(_haproxy(folder)))
    return services


def _haproxy(folder: Path) -> Path:
    """The file that operators are given, without TLS, on this machine."""
    told = (ROOT / "deploy/cluster/haproxy.cfg").read_text()
    servers = "".join(f"    server s{port} 127.0.0.1:{port}\n" for port in MACHINES)
    told, binds = BINDS.subn(f"    bind 127.0.0.1:{FRONT}\n", told)
    told, found = SERVERS.subn(servers, told)
    assert (binds, found) == (1, 1)
    (folder / "haproxy.cfg").write_text(told)
    return folder / "haproxy.cfg"


def _make_database(nodes: Nodes) -> None:
    superuser = nodes.url("postgres", "postgres", PASSWORDS["SUPERUSER_PASSWORD"]) + "&target_session_attrs=read-write"
    with psycopg.connect(superuser, autocommit=True) as connection:
        made = sql.SQL("CREATE ROLE salur LOGIN PASSWORD {}").format(sql.Literal(PASSWORDS["SITE_PASSWORD"]))
        connection.execute(made)
        connection.execute("CREATE DATABASE salur OWNER salur")


def _start(stack: ExitStack, log: Path, *command: str) -> None:
    output = stack.enter_context(log.open("wb"))
    process = subprocess.Popen(command, stdout=output, stderr=output, cwd=ROOT)
    stack.callback(process.wait)
    stack.callback(process.terminate)


def wait_until_ready() -> None:
    """Wait until HAProxy has found both machines well."""
    import urllib.request

    def answers() -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{FRONT}/readyz", timeout=5) as response:
                return bool(response.status == 200)
        except OSError:
            return False

    wait("the site", answers)
    print(f"site on {len(MACHINES)} machines behind HAProxy, Python {sys.version.split()[0]}", flush=True)
