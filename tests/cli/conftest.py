"""Commands run against the test's database; they are read in English, whatever the language of who runs the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner

from salur import wiring
from salur.cli.main import main
from salur.config import Settings
from salur.wiring import Services
from tests.fixtures.services import Clock


@pytest.fixture(autouse=True)
def english_terminal() -> Iterator[None]:
    """Have commands speak English, unless a test asks for another language.

    Not by `monkeypatch` itself, which would then undo what tests patch of the services after these are closed.
    """
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("LC_ALL", "C")
        yield


@pytest.fixture
def run(services: Services, settings: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run a command against the test's database and clock: gives its output, and checks its exit code."""
    monkeypatch.setattr(wiring, "now", clock)
    monkeypatch.setenv("SALUR_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("SALUR_KEYS_FILE", settings.keys_file)
    monkeypatch.setenv("SALUR_SECRET_KEY", settings.secret_key)

    def ran(*words: object, exits: int = 0) -> str:
        result = CliRunner().invoke(main, [str(word) for word in words])
        assert result.exit_code == exits, result.output
        return result.output

    return ran
