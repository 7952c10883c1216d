"""An empty Flask view: the least that Flask can do."""

from __future__ import annotations

from flask import Flask

app = Flask("bench.peers.empty")


@app.get("/")
def first() -> str:
    """Nothing."""
    return ""


@app.post("/cek")
def nothing() -> str:
    """Nothing, whatever was sent."""
    return ""
