"""`python -m salur accounts`: the console makes the first accounts, and shows no secret twice."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from salur.cli.main import main
from salur.config import Settings
from tests.fixtures.officers import PASSWORD


@pytest.fixture
def run(services, settings, monkeypatch):
    """Run a command on the test's own database; gives exit code and output."""
    from salur.cli import console

    monkeypatch.setattr(Settings, "from_env", lambda: settings)
    monkeypatch.setattr(console, "build", lambda _settings, **_: services)
    monkeypatch.setattr(type(services.database), "dispose", lambda _self: None)

    def runs(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["accounts", *arguments])
        return result.exit_code, result.output

    return runs


def test_the_first_operator_is_invited_from_the_console(run, services):
    code, out = run("invite", "dinsos")
    assert code == 0
    assert "dinsos, Kota Bogor" in out
    code_line = re.search(r"Code:\s+(\S+)", out)
    assert code_line
    services.invitations.accept(code_line[1], "operator", PASSWORD)
    code, out = run("list")
    assert "operator" in out
    assert "never signed in" in out


def test_an_indonesian_terminal_reads_indonesian_and_the_clocks_of_the_city(run, heads, monkeypatch):
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    assert "Belum ada akun. Mulai dengan: accounts invite dinsos" in run("list")[1]
    out = run("invite", "dinsos")[1]
    assert re.search(r"Untuk dinsos, Kota Bogor\nKode:  \S+\nKetik kode itu di .* sebelum .* WIB\.", out)
    officer = heads.create("rt")
    assert re.search(r"\(diundang\) .* berlaku sampai .* WIB", run("list")[1])
    assert f"Akun {officer.username} ditutup." in run("close", officer.username)[1]
    assert "ditutup" in run("list")[1]
    assert "Tidak ada akun terbuka" in run("close", officer.username)[1]
    assert "perlu wilayah lain" in run("invite", "rt", "--area", "32.71.05.1002", "--rw", "5")[1]


def test_a_head_needs_his_area(run):
    assert run("invite", "rt")[0] == 2
    code, out = run("invite", "rt", "--area", "32.71.05.1002", "--rw", "5")
    assert (code, "needs another area" in out) == (1, True)
    assert run("invite", "rt", "--area", "99.99.99.9999", "--rw", "5", "--rt", "2")[0] == 1
    assert run("invite", "rt", "--area", "32.71.05.1002", "--rw", "5", "--rt", "2")[0] == 0


def test_close_and_reset_go_by_user_name(run, heads, services):
    officer = heads.create("rt")
    code, out = run("reset", officer.username.upper(), "--json")
    assert code == 0
    assert services.invitations.invitation(json.loads(out)["code"]).username == officer.username
    assert run("close", officer.username)[0] == 0
    assert run("close", officer.username)[0] == 1
    assert run("reset", "nobody")[0] == 1


def test_the_list_shows_no_code_and_no_hash(run, heads):
    heads.create("rt")
    _, out = run("invite", "dinsos", "--json")
    secret = json.loads(out)["code"]
    for listing in (run("list")[1], run("list", "--json")[1]):
        assert secret not in listing
        assert "argon2" not in listing
