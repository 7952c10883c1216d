"""What the site's libraries write to a log, at whatever level: nothing of a person, a photo or a password."""

from __future__ import annotations

import io
import logging

from PIL import Image

from salur.core.proposals.photos.pixels import redraw
from salur.web.app import create_app
from tests.fixtures.office import a_nik
from tests.web.conftest import Visitor


def a_photo_that_says_where_it_was_taken() -> bytes:
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010F] = "TELEPON-SITI"
    exif.get_ifd(0x8825)[2] = (6.0, 34.0, 16.3)
    Image.new("RGB", (64, 64)).save(out, "PNG", exif=exif)
    return out.getvalue()


def test_not_even_at_debug_do_rows_and_photos_show(services, heads, caplog):
    heads.create("rt")
    with services.database.reading() as connection:
        hashed = connection.exec_driver_sql("SELECT password_hash FROM account").scalar_one()
    caplog.set_level(logging.DEBUG)
    for name in ("sqlalchemy", "sqlalchemy.engine", "sqlalchemy.engine.Engine", "PIL", "PIL.PngImagePlugin"):
        caplog.set_level(logging.DEBUG, logger=name)
    services.database.dispose()  # a connection that is kept at hand logs as it did when it was opened
    services.database.engine.echo = "debug"
    try:
        Visitor(create_app(services)).asks(a_nik(), "Siti Maesaroh")
        with services.database.reading() as connection:
            connection.exec_driver_sql("SELECT username, password_hash FROM account").all()
    finally:
        services.database.engine.echo = False
    redraw(a_photo_that_says_where_it_was_taken())
    assert {record.name.partition(".")[0] for record in caplog.records} >= {"sqlalchemy", "PIL"}
    for secret in (hashed, "SELECT", "TELEPON-SITI", "34.0"):
        assert secret not in "\n".join(record.getMessage() for record in caplog.records if "." in record.name)
