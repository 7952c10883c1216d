"""The guides for those who work with Salur: for everybody to read and print, for nothing in them is secret."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response
from werkzeug.exceptions import NotFound

from salur.web.context import services, show_public
from salur.web.rendering.assets import Asset
from salur.words.officers.guides import GUIDES

blueprint = Blueprint("guides", __name__)
FOLDER = Path(__file__).parent / "static" / "guide"
# Taken by `make pictures`, read once: name -> the picture under its hashed address.
PICTURES = {path.stem: Asset.read(str(FOLDER), path.name) for path in sorted(FOLDER.glob("*.webp"))}
BY_URL = {picture.url: picture for picture in PICTURES.values()}


@blueprint.get("/panduan")
def all_of_them() -> Response:
    """For whom there is one."""
    return show_public("guides/all.html", guides=GUIDES)


@blueprint.get("/panduan/<name>")
def one(name: str) -> Response:
    """One guide, step by step."""
    if name not in GUIDES:
        raise NotFound
    header = services().city.now().header
    return show_public("guides/one.html", guide=GUIDES[name], pictures=PICTURES, header=header)


@blueprint.get("/gambar/<file>")
def picture(file: str) -> Response:
    """A picture of a guide."""
    if (found := BY_URL.get(f"/gambar/{file}")) is None:
        raise NotFound
    return found.respond()
