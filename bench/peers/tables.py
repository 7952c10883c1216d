"""The same work's tables, as models of Flask-SQLAlchemy; and the sample city put into them."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import os
from collections.abc import Sequence

from cryptography.fernet import Fernet
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from bench.city import Listed

INDEX_KEY = hashlib.blake2b(b"bench").digest()
DATABASE, SEALING = "SALUR_PEER_DATABASE", "SALUR_PEER_KEY"  # how a server is told where the city is


class Base(DeclarativeBase):
    """All models."""


db = SQLAlchemy(model_class=Base)


class Programme(Base):
    """A programme with its list in force."""

    __tablename__ = "programme"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    period: Mapped[str]
    decree: Mapped[str]
    issued_on: Mapped[dt.date]


class Place(Base):
    """Where a kelurahan is paid, and when."""

    __tablename__ = "place"
    id: Mapped[int] = mapped_column(primary_key=True)
    region_code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    address: Mapped[str]
    starts: Mapped[dt.datetime]
    ends: Mapped[dt.datetime]


class Person(Base):
    """Somebody on a list."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[bytes] = mapped_column(index=True)  # keyed digest of the NIK
    family: Mapped[bytes] = mapped_column(index=True)  # and of the KK number
    name: Mapped[bytes]  # sealed
    place_id: Mapped[int] = mapped_column(ForeignKey(Place.id))
    place: Mapped[Place] = relationship()
    entitlements: Mapped[list[Entitlement]] = relationship(back_populates="person")


class Entitlement(Base):
    """What a list says of somebody."""

    __tablename__ = "entitlement"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey(Programme.id))
    amount: Mapped[int]
    person: Mapped[Person] = relationship(back_populates="entitlements")
    programme: Mapped[Programme] = relationship()


class Tally(Base):
    """How often was tried, by whom or on what."""

    __tablename__ = "tally"
    key: Mapped[bytes] = mapped_column(primary_key=True)
    tries: Mapped[int]
    since: Mapped[dt.datetime]


class Look(Base):
    """Who looked at whose record."""

    __tablename__ = "look"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    at: Mapped[dt.datetime]
    asker: Mapped[bytes]


def index_of(text: str) -> bytes:
    """The keyed digest by which something is found."""
    return hmac.digest(INDEX_KEY, text.encode(), "sha256")


def fernet() -> Fernet:
    """What seals names."""
    return Fernet(os.environ[SEALING])


def fill(app: Flask, people: Sequence[Listed]) -> None:
    """Make the tables, and write these people and where they are paid."""
    day = dt.datetime.now() + dt.timedelta(days=7)  # noqa: DTZ005  (as it is usually written)
    seal = fernet()
    with app.app_context():
        db.create_all()
        issued = dt.date(2026, 1, 12)
        programme = Programme(
            name="Program Keluarga Harapan", period="2026-T4", decree="SK Dinsos 460/12", issued_on=issued
        )
        codes = sorted({person.region_code or "" for person in people})
        places = [
            Place(region_code=code, name=f"Kantor Kelurahan {code}", address="Jl. Roda No. 5", starts=day, ends=day)
            for code in codes
        ]
        db.session.add_all([programme, *places])
        db.session.flush()
        where = {place.region_code: place.id for place in places}
        rows = [
            {
                "number": index_of(person.nik),
                "family": index_of(person.kk),
                "name": seal.encrypt(person.name.encode()),
                "place_id": where[person.region_code or ""],
            }
            for person in people
        ]
        db.session.bulk_insert_mappings(Person.__mapper__, rows)
        entitled = [
            {"person_id": id, "programme_id": programme.id, "amount": 600_000} for (id,) in db.session.query(Person.id)
        ]
        db.session.bulk_insert_mappings(Entitlement.__mapper__, entitled)
        db.session.commit()
