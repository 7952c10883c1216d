"""Draw Salur's mark as pictures, for what is sent to a phone and for its home screen: `salur/web/static/tanda*.png` and
`lencana.png`.

Usage: `.venv/bin/python tools/icons.py`. It is the drawing of the icon in `salur/web/templates/base.html`, with round
ends; the same drawing gives the same bytes.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw

STATIC = Path(__file__).parent.parent / "salur" / "web" / "static"
UNITS = 16  # that the drawing is wide and high
TICK, STROKE, CORNER = ((4, 8), (7, 11), (12, 5)), 2, 4
GREEN, WHITE = (11, 81, 56), (255, 255, 255)
FINER = 8  # times, so that edges are smooth
STEP = 17
SHADES = range(0, 256, STEP)


def tick(size: int, *, scale: float = 1) -> Image.Image:
    """How much of each pixel it covers; larger or smaller around its middle."""
    pixels = size * FINER
    drawn = Image.new("L", (pixels, pixels))
    pen, unit = ImageDraw.Draw(drawn), pixels / UNITS * scale
    points = [complex(x - UNITS / 2, y - UNITS / 2) * unit + complex(pixels, pixels) / 2 for x, y in TICK]
    half = STROKE * unit / 2
    for one, other in pairwise(points):
        aside = (other - one) / abs(other - one) * half * 1j
        corners = (one + aside, other + aside, other - aside, one - aside)
        pen.polygon([(corner.real, corner.imag) for corner in corners], 255)
    for point in points:
        pen.circle((point.real, point.imag), half, 255)
    return drawn.resize((size, size), Image.Resampling.BOX)


def ground(size: int, corner: float) -> Image.Image:
    """A square, with round corners of so many units."""
    pixels = size * FINER
    drawn = Image.new("L", (pixels, pixels))
    ImageDraw.Draw(drawn).rounded_rectangle((0, 0, pixels - 1, pixels - 1), corner * pixels / UNITS, 255)
    return drawn.resize((size, size), Image.Resampling.BOX)


def mark(size: int, *, corner: float = CORNER) -> Image.Image:
    """White on green, in a palette of shades and of what shows through: a third of the bytes.

    Without a corner nothing shows through, and the phone cuts it as it likes: the tick stays within the middle circle
    of 0.4 of the width, which none cuts into.
    """
    drawn = tick(size).point(lambda shade: round(shade / STEP))
    edge = ground(size, corner).point(lambda shade: round(shade / STEP))
    drawn.paste(edge.point(lambda shade: len(SHADES) + shade), mask=edge.point(lambda shade: 255 * (shade < 15)))
    mixed = (round(g + (w - g) * shade / 255) for shade in SHADES for g, w in zip(GREEN, WHITE, strict=True))
    drawn.putpalette([*mixed, *GREEN * len(SHADES)])
    drawn.info["transparency"] = bytes([255] * len(SHADES) + [*SHADES]) if corner else None
    return drawn


def badge(size: int) -> Image.Image:
    """The tick alone, as large as it goes: phones take its shape and give it a colour of their own."""
    drawn = Image.new("RGBA", (size, size), (*WHITE, 0))
    drawn.putalpha(tick(size, scale=1.5))
    return drawn


def main() -> None:
    """Write all of them."""
    for name, picture in {
        "tanda": mark(192),
        "tanda-besar": mark(512),
        "tanda-penuh": mark(512, corner=0),
        "lencana": badge(96),
    }.items():
        picture.save(STATIC / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
