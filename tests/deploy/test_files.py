"""What `deploy/` ships is sound, and says what the code says. Whether it works is tried by `make deployment`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from salur.cli.main import main
from salur.cli.serve import granian
from salur.config import JSON, Settings
from tests.deploy.filled import DEPLOY, UNITS, filled
from tests.fixtures.missing import needs

SCRIPTS = ("install", "salur", "secrets.sh", "compose/entrypoint", "compose/salur")
KNOWN = {setting.metadata["variable"] for setting in fields(Settings)}
NAMED = re.compile(r"\bSALUR_[A-Z_]+")
EXPOSED = 2.0  # of 10, as systemd counts


def settings_in(text: str) -> dict[str, str]:
    """What a file of settings sets, as systemd and a shell both read it."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r'[A-Z_]+=(?:"[^"$`\\]*"|[^\s"\'$`\\]*)', line)] == []
    return {name: value.strip('"') for name, _, value in (line.partition("=") for line in lines)}


def commands(text: str) -> list[list[str]]:
    """What a unit starts."""
    joined = text.replace("\\\n", " ")
    return [found.split() for found in re.findall(r"^ExecStart=(.*)$", joined, re.MULTILINE)]


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_shell_reads_the_script(script):
    checked = subprocess.run(
        [needs("shellcheck", "SALUR_TEST_SHELLCHECK"), DEPLOY / script], capture_output=True, text=True
    )
    assert checked.stdout == ""


def test_what_would_be_done_is_only_told(tmp_path):
    """An administrator who has no rights yet can see it; no secret is in it."""
    told = subprocess.run(
        [
            DEPLOY / "install",
            "--domain",
            "salur.example.go.id",
            "--city",
            "32.71",
            "--backups",
            tmp_path / "b",
            "--show",
        ],
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"]},
    )
    if "this is no Debian" in told.stderr:
        pytest.skip("this is no Debian")
    assert (told.returncode, told.stderr) == (0, "")
    assert "write /etc/systemd/system/salur-site.service (0644 root:root)" in told.stdout
    assert not re.search(r"[0-9a-f]{40}", told.stdout)
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize(
    "wrong", [[], ["--domain", "x y", "--city", "32.71"], ["--domain", "x.id", "--city", "3271"], ["--nothing"]]
)
def test_who_calls_it_wrongly_is_told_and_nothing_is_done(wrong):
    told = subprocess.run([DEPLOY / "install", "--show", *wrong], capture_output=True, text=True)
    assert told.returncode != 0
    assert told.stderr
    assert told.stdout == ""


def test_the_settings_are_known_and_complete():
    told = settings_in(filled(DEPLOY / "salur.env"))
    assert set(told) <= KNOWN
    settings = Settings.from_env(told)
    assert (settings.production, settings.trusted_proxies, settings.city) == (True, 1, "32.71")


@pytest.mark.parametrize("path", [*DEPLOY.rglob("*.*"), DEPLOY / "install", DEPLOY / "compose" / "entrypoint"], ids=str)
def test_no_other_setting_is_named_in_any_file(path):
    if path.is_file() and "cluster" not in path.parts:
        assert set(NAMED.findall(path.read_text("utf-8"))) <= KNOWN


@pytest.mark.parametrize(
    ("file", "workers", "threads"), [("systemd/salur-site.service", 2, 4), ("compose/entrypoint", 2, 4)]
)
def test_the_site_is_served_as_serve_does_it(file, workers, threads):
    """But for where it listens and lies: what `serve` tells granian in production is told here too."""
    text = filled(DEPLOY / file).replace("\\\n", " ").replace('"${WORKERS:-2}"', "2").replace("0.0.0.0", "127.0.0.1")  # noqa: S104
    [told] = re.findall(r"python -m (granian .*)", text)
    served = [re.sub(r"=/.*/salur/cli/", "=", word) for word in granian("127.0.0.1", 8000, workers, threads, logs=JSON)]
    assert sorted(re.sub(r"=\S*salur/cli/", "=", told).split()) == sorted(served[2:])


def test_every_command_of_a_unit_is_there():
    """`python -m salur WORD`: a word that there is no command for would be found out in the night."""
    words = {
        command[3]
        for unit in UNITS.glob("*.service")
        for command in commands(filled(unit))
        if command[2:3] == ["salur"]
    }
    assert words
    assert words <= set(main.commands)


@pytest.fixture
def machine(tmp_path):
    """A folder with the units as they stand on a machine, and what they start."""
    release, units = tmp_path / "release", tmp_path / "units"
    (release / ".venv" / "bin").mkdir(parents=True)
    (release / ".venv" / "bin" / "python").symlink_to(sys.executable)
    for path in UNITS.rglob("*.*"):
        if path.is_file():
            there = units / path.relative_to(UNITS)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_text(filled(path, RELEASE=str(release), BACKUPS=str(tmp_path)))
    return units


def systemd_analyze(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Ask systemd what it thinks of units, or skip where there is none."""
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("no systemd here")
    return subprocess.run([program, *words], capture_output=True, text=True)


def test_systemd_finds_nothing_wrong_with_the_units(machine):
    asked = systemd_analyze("verify", "--man=no", *sorted(path for path in machine.glob("*.*") if path.is_file()))
    ours = [line for line in asked.stderr.splitlines() if str(machine) in line or "salur" in line]
    assert ours == []


def test_a_unit_can_do_little(machine, tmp_path):
    """Where somebody breaks into the site, there is little to be had: see `systemd-analyze security`."""
    root = tmp_path / "machine" / "etc" / "systemd"
    root.mkdir(parents=True)
    machine.rename(root / "system")
    for unit in sorted(UNITS.glob("*.service")):
        asked = systemd_analyze("security", "--offline=true", f"--root={root.parents[1]}", "--no-pager", unit.name)
        [score] = re.findall(r"exposure level for \S+: (\d+\.\d+)", asked.stdout)
        assert float(score) < EXPOSED, unit.name


def test_containers_are_described_as_compose_wants_it(tmp_path):
    """No container is run: there is nothing here that could."""
    compose = needs("docker-compose", "SALUR_TEST_COMPOSE")
    there = tmp_path / "deploy"
    shutil.copytree(DEPLOY, there)
    subprocess.run(["sh", there / "secrets.sh", "salur.example.go.id", "32.71"], check=True, capture_output=True)
    command = [compose, "--file", there / "compose.yml", "--profile", "telegram", "config"]
    asked = subprocess.run(command, capture_output=True, text=True, cwd=there)
    assert (asked.returncode, asked.stderr) == (0, "")
    told = settings_in((there / "secrets" / "salur.env").read_text().replace("=Dinas Sosial", '="Dinas Sosial"'))
    assert set(told) <= KNOWN
    for name in ("postgres", "secret_key", "webhook_secret"):
        secret = (there / "secrets" / name).read_text().strip()
        assert len(secret) == 64
        assert secret not in asked.stdout


def test_no_secret_is_made_where_others_may_look(tmp_path):
    """Each is made by openssl: while it runs, the folder is shut already, whatever the umask."""
    there, seen, openssl = tmp_path / "deploy", tmp_path / "seen", shutil.which("openssl")
    shutil.copytree(DEPLOY, there, ignore=shutil.ignore_patterns("secrets", "backups"))
    witness = tmp_path / "openssl"
    witness.write_text(f'#!/bin/sh\nstat -c %a {there}/secrets >>{seen}\nexec {openssl} "$@"\n')
    witness.chmod(0o755)
    command = f"umask 022; exec sh {there}/secrets.sh salur.example.go.id 32.71"
    path = f"{tmp_path}:{os.environ['PATH']}"
    subprocess.run(["sh", "-c", command], check=True, capture_output=True, env={"PATH": path})
    assert set(seen.read_text().split()) == {"700"}
