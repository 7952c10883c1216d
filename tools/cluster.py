"""Kill and cut off database servers under load, and measure what becomes of the site (`make cluster`).

Patroni, etcd, HAProxy, Redis and the site run in namespaces of their own (network, mounts, processes): nothing of them
reaches this machine's network, and all of it ends with this program, however that ends.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

import environment
import packages
import servers

PACKAGES = ("patroni", "etcd-server", "postgresql", "haproxy", "redis-server", "iproute2", "curl")
PROGRAMS = ("patroni", "etcd", "haproxy", "redis-server", "ip", "curl", "unshare", "setpriv")
APART = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child=SIGKILL", "--mount-proc"]


def main(arguments: list[str]) -> int:
    """Install what is missing, and run `bench.cluster` apart from everything else."""
    servers.stop_when_killed()
    python = environment.prepare("test")
    if not all(map(shutil.which, PROGRAMS)) and (why := packages.install(list(PACKAGES))) is not None:
        print(f"no cluster: {why}", file=sys.stderr)
        return 1
    as_root = packages.privilege()
    if as_root is None or subprocess.run([*as_root, *APART, "true"], check=False).returncode:
        print("no cluster: namespaces cannot be made here (run it as root, outside of a container)", file=sys.stderr)
        return 1
    command = [*as_root, *APART, str(python), "-m", "bench.cluster", *arguments]
    return subprocess.run(command, cwd=environment.ROOT, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except environment.NoEnvironment as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
