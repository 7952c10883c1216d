"""What all tests share. Fixtures stand in `tests/fixtures/`, one file per subject."""

from __future__ import annotations

import pytest

# They import each other, in any order; pytest wants to know of them before.
pytest.register_assert_rewrite("tests.fixtures")

pytest_plugins = [
    "tests.fixtures.botapi",
    "tests.fixtures.chain",
    "tests.fixtures.chromium",
    "tests.fixtures.circulars",
    "tests.fixtures.databases",
    "tests.fixtures.files",
    "tests.fixtures.heads",
    "tests.fixtures.looks",
    "tests.fixtures.office",
    "tests.fixtures.senders",
    "tests.fixtures.services",
]
