"""`python -m salur accounts`: the console makes the first accounts, and shows no secret twice."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from salur.cli import main
from tests.fixtures.heads import PASSWORD


@pytest.fixture
def run(services, settings, monkeypatch):
    """Run a command on the test's own database; gives exit code and output."""
    from salur.cli import console

    monkeypatch.setattr(console.Settings, "from_env", lambda: settings)
    monkeypatch.setattr(console, "build", lambda _settings: services)
    monkeypatch.setattr(type(services.database), "dispose", lambda _self: None)

    def runs(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["accounts", *arguments])
        return result.exit_code, result.output

    return runs


def test_the_first_operator_is_invited_from_the_console(run, services):
    code, out = run("invite", "dinsos")
    assert code == 0
    assert "dinsos, Kota Bogor" in out
    services.accounts.accept(re.search(r"Code:\s+(\S+)", out)[1], "operator", PASSWORD)
    code, out = run("list")
    assert "operator" in out
    assert "never signed in" in out


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
    assert services.accounts.invitation(json.loads(out)["code"]).username == officer.username
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
