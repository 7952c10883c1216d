"""A place on the home screen, without which an iPhone is told nothing: what it is asked for, and what that costs."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from tests.web.conftest import read_off
from tests.web.following.conftest import Follower
from tests.web.http.test_weight import palette

ADDRESS = "/manifest.webmanifest"
SAFE = 0.4  # of the width, from the middle: what phones never cut off a picture


@pytest.fixture
def manifest(follower):
    """What the page that says how leads to."""
    page = follower.opens("/kabar/hp").text
    assert read_off(r'<link rel="manifest" href="([^"]+)">', page) == ADDRESS
    return follower.opens(ADDRESS)


def test_it_opens_the_first_page_as_an_app_of_its_own(manifest):
    said = manifest.json
    wanted = {"name": "Salur", "short_name": "Salur", "lang": "id", "display": "standalone"}
    assert wanted.items() <= said.items()
    assert (said["id"], said["start_url"], said["scope"]) == ("/", "/", "/")


def test_it_has_the_colours_of_the_pages_by_day_and_night(manifest, follower):
    day, night = (palette(mode)["paper"].replace("#fff", "#ffffff") for mode in ("light", "dark"))
    said = manifest.json
    assert said["theme_color"] == said["background_color"] == day
    assert said["color_scheme_dark"] == {"theme_color": night, "background_color": night}
    above = re.findall(r'name="theme-color" content="(\S+)" media="\(\S+ (\w+)\)"', follower.opens("/").text)
    assert above == [(palette(mode)["paper"], mode) for mode in ("light", "dark")]


def test_it_is_kept_by_whoever_asks_and_knows_nobody(another, mother):
    told = set()
    for phone in (another(), another()):
        phone.asks(mother.nik, mother.name)
        phone.opens("/bahasa/en")
        answer = phone.opens(ADDRESS)
        assert answer.headers["Content-Type"] == "application/manifest+json"
        assert answer.headers["Cache-Control"] == "public, max-age=86400"
        assert "Set-Cookie" not in answer.headers
        told.add(answer.data)
    assert len(told) == 1


def test_its_pictures_are_as_large_as_it_says_and_small_to_fetch(manifest, follower):
    for icon in manifest.json["icons"]:
        sent = follower.opens(icon["src"])
        assert sent.headers["Content-Type"] == icon["type"]
        picture = Image.open(io.BytesIO(sent.data))
        assert "x".join(map(str, picture.size)) == icon["sizes"]
        assert len(sent.data) < 4096
    assert {icon["sizes"] for icon in manifest.json["icons"]} == {"192x192", "512x512"}


def test_one_fills_its_square_and_loses_nothing_where_a_phone_cuts_it(manifest, follower):
    (whole,) = [icon["src"] for icon in manifest.json["icons"] if icon.get("purpose") == "maskable"]
    page = follower.opens("/kabar/hp").text
    assert read_off(r'<link rel="apple-touch-icon" href="([^"]+)">', page) == whole
    picture = Image.open(io.BytesIO(follower.opens(whole).data)).convert("RGBA")
    assert picture.getchannel("A").getextrema() == (255, 255)
    ground, middle = picture.getpixel((0, 0)), (picture.width - 1) / 2
    drawn = [
        abs(complex(x - middle, y - middle))
        for x in range(picture.width)
        for y in range(picture.height)
        if picture.getpixel((x, y)) != ground
    ]
    assert 0 < max(drawn) <= SAFE * picture.width


@pytest.mark.parametrize("address", ["/", "/jadwal", "/bantuan", "/kabar", "/jawaban"])
def test_no_other_page_asks_a_phone_to_fetch_it(follower: Follower, mother, address):
    follower.asks(mother.nik, mother.name)
    page = follower.opens(address).text
    assert "</html>" in page
    assert "manifest" not in page
    assert "apple-touch-icon" not in page
