"""What all tests share. Fixtures stand in `tests/fixtures/`, one file per subject."""

from __future__ import annotations

import gc

import pytest
from hypothesis import settings

# They import each other, in any order; pytest wants to know of them before.
pytest.register_assert_rewrite("tests.fixtures")

pytest_plugins = [
    "tests.fixtures.backups",
    "tests.fixtures.botapi",
    "tests.fixtures.chromium",
    "tests.fixtures.circulars",
    "tests.fixtures.corrections",
    "tests.fixtures.databases",
    "tests.fixtures.files",
    "tests.fixtures.firefox",
    "tests.fixtures.hung",
    "tests.fixtures.killing",
    "tests.fixtures.letters",
    "tests.fixtures.office",
    "tests.fixtures.officers",
    "tests.fixtures.pair",
    "tests.fixtures.paper",
    "tests.fixtures.privacy",
    "tests.fixtures.proposals",
    "tests.fixtures.proxies",
    "tests.fixtures.push",
    "tests.fixtures.pushing",
    "tests.fixtures.services",
    "tests.fixtures.spent",
    "tests.fixtures.uploads",
    "tests.fixtures.waiting",
]

# How long an example takes says something about a busy machine only.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_collection_finish() -> None:
    """Leave out of all further searches for garbage what stays to the end: Salur, its libraries, the tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
