"""Light enough for a bar of signal, readable in the sun."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from salur.web.app import create_app
from tests.fixtures.office import Announced, Recipient, a_nik

GZIP = {"Accept-Encoding": "gzip, deflate"}
BUDGET = 14 * 1024  # bytes for page, stylesheet and script together, headers aside
READER = 1  # an answer has a script besides, which reads it aloud
SHEET = Path("salur/web/static/salur.css").read_text()
TEXT_ON = [
    *[(text, ground) for text in ("ink", "soft", "green") for ground in ("paper", "tint")],
    *[("on-green", "green"), ("amber", "amber-tint"), ("red", "red-tint"), ("red", "paper")],
]


def requests_of(page: str) -> list[str]:
    """What a browser would fetch for this page by itself."""
    fetched = re.findall(r'<(?:link|img|script|iframe)[^>]*(?:href|src)="([^"]+)"', page)
    return [address for address in fetched if not address.startswith("data:")]


@pytest.mark.parametrize("page", ["first", "answer", "slip"])
def test_first_page_and_answer_weigh_at_most_14_kb_and_the_first_in_two_requests(visitor, office, page):
    nik = a_nik()
    for programme in ("PKH", "SEMBAKO", "PANGAN"):
        office.publishes(Recipient(nik=nik), programme=programme, period="2025-T4")
        office.publishes(Recipient(nik=nik), programme=programme)
        office.announces(Announced(programme=programme))
    visitor.token()
    if page == "first":
        response = visitor.opens("/", headers=GZIP)
    else:
        response = visitor.asks(nik if page == "answer" else "1", "Siti Maesaroh", headers=GZIP)
    fetched = requests_of(gzip.decompress(response.data).decode())
    assert len(fetched) == 1 + (READER if page == "answer" else 0)
    assert len(response.data) + sum(len(visitor.opens(each, headers=GZIP).data) for each in fetched) <= BUDGET


def test_the_stylesheet_is_kept_for_a_year_and_renamed_when_it_changes(visitor, services, monkeypatch):
    (before,) = requests_of(visitor.opens("/").text)
    response = visitor.opens(before, headers=GZIP)
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Vary"] == "Accept-Encoding"  # one is kept for all, whatever their cookies
    assert (
        gzip.decompress(response.data) == visitor.opens(before).data == Path("salur/web/static/salur.css").read_bytes()
    )
    monkeypatch.setattr(Path, "read_bytes", lambda _self: b"body { color: red }")
    (after,) = requests_of(create_app(services).test_client().get("/").text)
    assert after != before


@pytest.mark.parametrize("accepts", ["", "identity", "br", "gzip;q=0", "gzip;q=0, *"])
def test_a_browser_that_takes_no_gzip_gets_none(visitor, accepts):
    response = visitor.opens("/bantuan", headers={"Accept-Encoding": accepts})
    assert "Content-Encoding" not in response.headers
    assert "Accept-Encoding" in response.vary
    assert response.text.startswith("<!doctype html>")


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_stands_out_at_seven_to_one(mode, text, ground):
    colours = palette(mode)
    lighter, darker = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 7


def test_every_colour_comes_from_the_palette():
    rules = re.sub(r":root \{.*?\}", "", SHEET, flags=re.S)
    assert not re.findall(r"#[0-9a-f]{3,6}\b", rules)


def palette(mode: str) -> dict[str, str]:
    """The custom properties of a mode; dark changes some of those of light."""
    light, dark = re.findall(r":root \{(.*?)\}", SHEET, flags=re.S)[:2]
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", light))
    return colours if mode == "light" else colours | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", dark))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
