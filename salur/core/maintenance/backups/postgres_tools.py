"""`pg_dump`, `pg_restore` and `psql`, found and run. What they print may quote rows, so nothing of it is passed on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress

from psycopg.conninfo import make_conninfo

from salur.core.errors import Refused
from salur.core.storage.database import make_engine

TOOLS = ("pg_dump", "pg_restore", "psql")
OF_TABLE = re.compile(r'(?:contents of|data for) table "(?:[^".]+\.)?([^"]+)"')


def conninfo(url: str) -> tuple[str, str]:
    """What libpq connects with at an address of SQLAlchemy's, without the password; and that."""
    engine = make_engine(url)
    _args, parts = engine.dialect.create_connect_args(engine.url)
    password = str(parts.pop("password", ""))
    parts.pop("context", None)  # the driver's own
    return make_conninfo(**parts), password


def refuse_without_tools(server: int) -> None:
    """Raises Refused with `tool_missing`, or `tool_too_old` for a server of this major version."""
    for tool in TOOLS:
        found = re.search(r"\d+", _told_by(tool))
        has = int(found.group()) if found else 0
        if has < server:
            raise Refused("tool_too_old", tool=tool, has=has, needs=server)


def _told_by(tool: str) -> str:
    told = subprocess.run(  # noqa: S603 - one of three names, no shell
        [_path_of(tool), "--version"], capture_output=True, text=True, check=False
    )
    return told.stdout.partition("PostgreSQL)")[2]


def _path_of(tool: str) -> str:
    found = shutil.which(tool)
    if found is None:
        raise Refused("tool_missing", tool=tool)
    return found


def run(tool: str, url: str, words: Sequence[str], table: Callable[[str], None] | None = None) -> None:
    """Run a tool on the database at an address to its end; `table` hears the name of each it comes to, if it tells.

    The password goes by the environment: everybody on the machine may read the words of a command.

    Raises Refused with `tool_missing` or `tool_failed`.
    """
    info, password = conninfo(url)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SALUR_")}
    environment |= {"LC_ALL": "C"}
    if password:
        environment["PGPASSWORD"] = password
    with subprocess.Popen(  # noqa: S603 - one of three names, no shell
        [_path_of(tool), "--no-password", f"--dbname={info}", *words],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    ) as process:
        try:
            assert process.stderr is not None
            for line in process.stderr:
                if table is not None and (found := OF_TABLE.search(line)):
                    table(found[1])
        except BaseException:
            with suppress(ProcessLookupError):
                process.terminate()
            raise
    if process.returncode:
        raise Refused("tool_failed", tool=tool, exit_code=process.returncode)
