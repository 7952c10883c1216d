"""The key pair of Web Push: one for ever, sealed, and the same after a change of keys."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import select

from salur.cli.setup import set_up
from salur.core.tables.notices import PushKeyRow
from salur.wiring import build
from tests.fixtures.databases import raw_bytes


def raw(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_it_is_made_once_and_both_halves_fit(services, settings, clock):
    public, private = services.push.public_key(), services.push.private_key()
    point = derive_private_key(int.from_bytes(raw(private)), SECP256R1()).public_key()
    assert point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint) == raw(public)
    another = build(settings, clock=clock)  # another process, or the same after an update
    assert another.push.make() == another.push.public_key() == public
    another.database.dispose()


def test_setting_up_makes_it_and_leaves_one_that_is_there(empty_database_url, tmp_path, monkeypatch):
    monkeypatch.setenv("SALUR_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("SALUR_DATABASE_URL", empty_database_url)
    monkeypatch.setattr("salur.core.regions.directory.Regions.complete", lambda self: True)  # 80,000 rows
    made: list[str] = []
    for _ in range(2):
        services = set_up()
        with services.database.reading() as connection:
            made += connection.execute(select(PushKeyRow.public_key)).scalars()
        services.database.dispose()
    assert len(made) == 2
    assert made[0] == made[1]


def test_processes_that_make_it_at_once_make_one(settings, clock, services):
    many = [build(settings, clock=clock) for _ in range(6)]
    at_once = Barrier(len(many))

    def make(one):
        at_once.wait()
        return one.push.public_key()

    with ThreadPoolExecutor(len(many)) as pool:
        assert len(set(pool.map(make, many))) == 1
    for one in many:
        one.database.dispose()
    with services.database.reading() as connection:
        assert len(connection.execute(select(PushKeyRow.id)).all()) == 1


def test_the_private_half_cannot_be_read_in_the_database(services):
    services.push.make()
    assert raw(services.push.private_key()) not in raw_bytes(services)


def test_a_change_of_keys_leaves_it_as_it_was(services, settings, clock):
    before = services.push.public_key(), services.push.private_key()
    services.rotation.rotate()
    services.rotation.retire()
    after = build(settings, clock=clock)
    assert (after.push.public_key(), after.push.private_key()) == before
    after.database.dispose()
