"""The key file is changed by one process at a time: a key that another overwrites is lost, and all it sealed."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from salur.core.errors import Refused
from salur.core.storage.keys import KeyFile, sole_writer
from tests.fixtures.office import Recipient


def test_of_two_who_make_keys_at_once_the_second_is_refused(tmp_path: Path):
    path = tmp_path / "keys.json"
    barrier = threading.Barrier(8)

    def make() -> bool:
        barrier.wait()
        try:
            KeyFile.new().write(path)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        made = [pool.submit(make) for _ in range(8)]
    assert sum(one.result() for one in made) == 1


@pytest.mark.parametrize("act", ["rotate", "retire"])
def test_who_rotates_waits_for_whoever_is_changing_the_keys(office, services, settings, act):
    office.publishes(Recipient())
    path = Path(settings.keys_file)
    with ThreadPoolExecutor(1) as pool:
        with sole_writer(path):
            acting = pool.submit(getattr(services.rotation, act))
            with pytest.raises(TimeoutError):
                acting.result(timeout=0.3)
            KeyFile.read(path).with_new_key().write(path, over=True)
        if act == "retire":
            with pytest.raises(Refused):
                acting.result(timeout=150)
        else:
            acting.result(timeout=150)
    # Key 2 of the other one is still there, and the rotation joined it instead of making a third.
    assert sorted(json.loads(path.read_text())["sealing"]) == ["1", "2"]
