"""Over a hundred wrong names at once, from two processes of four threads, get three comparisons and no more."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.fixtures.office import Recipient

ROOT = Path(__file__).resolve().parents[3]
GUESSES, PROCESSES, THREADS = 104, 2, 4

# Each process counts the comparisons that its own look-ups make of the listed name.
GUESSER = """
import sys, threading
from salur.config import Settings
from salur.core.lookup import finding
from salur.core.limits.asker import Asker
from salur.core.errors import TooManyAttempts
from salur.core.people.nik import Nik
from salur.wiring import build

url, keys, nik, listed, guesses, threads, first = sys.argv[1:8]
services = build(Settings.from_env({
    "SALUR_DATABASE_URL": url, "SALUR_KEYS_FILE": keys, "SALUR_SECRET_KEY": "only-for-tests-" * 3}))
compared, refused, lock = [], [], threading.Lock()
same_name = finding.same_name

def counted(known, typed):
    if known.words[-1].written == listed.split()[-1]:
        with lock:
            compared.append(1)
    return same_name(known, typed)

finding.same_name = counted
barrier = threading.Barrier(int(threads))

def guess(thread):
    barrier.wait()
    for number in range(int(guesses) // int(threads)):
        asker = Asker.chat(int(first) + thread * 1000 + number if "--anyone" in sys.argv else 1)
        try:
            services.lookup.ask(Nik.parse(nik), f"BUDI {thread} {number}", asker=asker)
        except TooManyAttempts:
            with lock:
                refused.append(1)

workers = [threading.Thread(target=guess, args=[n]) for n in range(int(threads))]
print("ready", flush=True)
sys.stdin.readline()
[w.start() for w in workers]; [w.join() for w in workers]
print(len(compared), len(refused))
"""


def _guess_at_once(settings, mother, *options: str) -> tuple[int, int]:
    """Comparisons made and tries refused, over both processes."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", GUESSER, settings.database_url, settings.keys_file, mother.nik, mother.name,
             str(GUESSES // PROCESSES), str(THREADS), str(process * 100_000), *options],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for process in range(PROCESSES)
    ]  # fmt: skip
    for process in running:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    starting = [threading.Thread(target=print, args=("go",), kwargs={"file": p.stdin, "flush": True}) for p in running]
    for thread in starting:
        thread.start()
    for thread in starting:
        thread.join()
    results = [process.communicate(timeout=120)[0].split() for process in running]
    return sum(int(r[0]) for r in results), sum(int(r[1]) for r in results)


@pytest.fixture
def mother(office):
    recipient = Recipient(name="SITI MAESAROH")
    office.publishes(recipient)
    return recipient


def test_one_asker_gets_three_comparisons_however_he_hurries(settings, mother):
    compared, refused = _guess_at_once(settings, mother)
    assert (compared, refused) == (3, GUESSES - 3)


def test_many_askers_together_get_ten(settings, mother):
    compared, _refused = _guess_at_once(settings, mother, "--anyone")
    assert compared == 10
