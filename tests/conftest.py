"""What all tests share. Fixtures stand in `tests/fixtures/`, one file per subject."""

from __future__ import annotations

pytest_plugins = [
    "tests.fixtures.botapi",
    "tests.fixtures.chromium",
    "tests.fixtures.databases",
    "tests.fixtures.files",
    "tests.fixtures.office",
    "tests.fixtures.services",
    "tests.fixtures.heads",  # after office, which it imports
]
