"""What a phone asks for that puts Salur on its home screen: an iPhone is told of nothing but there.

The page that says how (`/kabar/hp`) alone leads to it, so no other page costs a request more. It is the same for all:
no cookie is looked at, and none is set.
"""

from __future__ import annotations

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue

blueprint = Blueprint("home_screen", __name__)
ADDRESS = "/manifest.webmanifest"
DAY = "public, max-age=86400"
# Of the stylesheet, by day and by night: behind the page, and above it, where the clock stands.
PAPER, PAPER_BY_NIGHT = "#ffffff", "#121815"


@blueprint.get(ADDRESS)
def manifest() -> ResponseReturnValue:
    """Name, place, colours and pictures of it."""
    pictures = current_app.jinja_env.globals
    response = jsonify(
        id="/",
        name="Salur",
        short_name="Salur",
        lang="id",
        start_url="/",
        scope="/",
        display="standalone",  # with another, an iPhone makes a bookmark of it
        **_colours(PAPER),
        color_scheme_dark=_colours(PAPER_BY_NIGHT),
        icons=[
            {"src": pictures["mark"], "type": "image/png", "sizes": "192x192"},
            {"src": pictures["mark_large"], "type": "image/png", "sizes": "512x512"},
            {"src": pictures["mark_whole"], "type": "image/png", "sizes": "512x512", "purpose": "maskable"},
        ],
    )
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = DAY
    return response


def _colours(paper: str) -> dict[str, str]:
    return {"theme_color": paper, "background_color": paper}
