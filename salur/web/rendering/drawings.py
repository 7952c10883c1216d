"""Small drawings beside words that say the same: a stroke in the colour of the text, unseen by screen readers."""

from __future__ import annotations

from markupsafe import Markup

PATHS = {
    "add": "M4 4h16v16H4zM12 8v8M8 12h8",
    "ahead": "M12 3a9 9 0 1 0 .01 0z",
    "calendar": "M3 5h18v16H3zM3 10h18M8 2v5M16 2v5M8 15l3 3 5-5",
    "done": "M12 3a9 9 0 1 0 .01 0zM7.5 12.5l3 3 6-7",
    "here": "M12 3a9 9 0 1 0 .01 0zM12 8a4 4 0 1 0 .01 0zM12 11a1 1 0 1 0 .01 0z",
    "home": "M3 11l9-8 9 8M5 10v11h14V10M10 21v-6h4v6",
    "kk": "M3 4h18v16H3zM3 9h18M3 14.5h18M9 9v11",
    "kks": "M2 5h20v14H2zM2 9.5h20M5 15h5",
    "ktp": "M2 5h20v14H2zM5 9h7M5 12.5h7M5 16h4M15 9h4v6h-4z",
    "letter": "M5 2h10l4 4v16H5zM8 9h8M8 12.5h8M13 16h3v3h-3z",
    "money": "M2 6h20v12H2zM12 9a3 3 0 1 0 .01 0zM5 10v4M19 10v4",
    "office": "M3 21h18M5 21V9l7-6 7 6v12M9.5 21v-6h5v6M9 11h6",
    "pen": "M4 20l1-5L16 4l4 4L9 19zM13.5 6.5l4 4",
    "people": "M8 4a3.5 3.5 0 1 0 .01 0zM2 20c0-8 12-8 12 0M16.5 5.5a3 3 0 1 0 .01 0zM16.5 14c4-.5 5.5 2 5.5 6",
    "place": "M12 22s7-7 7-12.5a7 7 0 0 0-14 0C5 15 12 22 12 22zM12 7a2.5 2.5 0 1 0 .01 0z",
    "search": "M10 3a7 7 0 1 0 .01 0zM15 15l6 6",
    "share": "M8 9H5v12h14V9h-3M12 15V2M8 6l4-4 4 4",
    "sound": "M3 9h4l5-5v16l-5-5H3zM16 8.5a5 5 0 0 1 0 7M18.5 5.5a9 9 0 0 1 0 13",
}
DRAWN = {
    name: Markup('<svg class="drawing" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>').format(path)
    for name, path in PATHS.items()
}


def drawing(name: str) -> Markup:
    """The drawing of this name."""
    return DRAWN[name]
