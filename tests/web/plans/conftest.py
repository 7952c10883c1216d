"""Somebody at Dinas Sosial who plans family by family, with a browser without scripts."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from salur.core.officers.roles import Officer, Role
from salur.core.payouts.answers import PlaceKind
from salur.core.payouts.places.answers import PlaceFacts
from salur.wiring import Services
from tests.fixtures.office import TEGAL_GUNDIL
from tests.fixtures.officers import Heads, SignedIn
from tests.web.conftest import read_off

HOME = "/kantor/rencana"
FORM = f"{HOME}/baru"


def fields_of(page: str) -> MultiDict[str, str]:
    """What a browser would send of the plan's form as it stands, without its buttons."""
    form = re.search(r'<form class="wide plan-form".*?</form>', page, re.S)
    assert form
    typed = MultiDict[str, str]()
    for tag in re.findall(r"<input[^>]*>", form[0]):
        at = {name: html.unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if at.get("type") != "checkbox" or " checked" in tag:
            typed.add(at["name"], at.get("value", ""))
    for name, options in re.findall(r'<select[^>]* name="([\w-]+)"[^>]*>(.*?)</select>', form[0], re.S):
        chosen = re.search(r'<option selected value="([^"]*)"|<option value="([^"]*)" selected', options)
        typed.add(name, html.unescape(chosen[1] or chosen[2]) if chosen else "")
    return typed


class FamilyPlanner:
    """Plans in steps, as the page lets one."""

    def __init__(self, services: Services, browser: SignedIn, officer: Officer) -> None:
        self.services, self.browser, self.officer = services, browser, officer

    def opens(self, address: str) -> TestResponse:
        """Open a page."""
        return self.browser.opens(address, follow_redirects=True)

    def posts(self, address: str, **fields: Any) -> TestResponse:
        """Send a form; where it leads is `location`."""
        return self.browser.posts(address, **fields)

    def presses(self, page: TestResponse, action: str, **typed: Any) -> TestResponse:
        """Press a button of the form that a page shows, with something typed over."""
        fields = fields_of(page.text)
        for name, value in typed.items():
            fields.setlist(name, value if isinstance(value, list) else [value])
        fields["lakukan"] = action
        fields.pop("csrf_token", None)
        return self.browser.posts(FORM, **fields.to_dict(flat=False))

    def hall(self, name: str = "Aula Tegal Gundil", **facts: Any) -> str:
        """A hall, open on weekdays; gives its number."""
        told = {"opening_hours": "Senin-Jumat 08.00-15.00", "region_code": TEGAL_GUNDIL, **facts}
        place = PlaceFacts(name, PlaceKind.VILLAGE_HALL, **told)
        return str(self.services.places.add(self.officer, place, is_another=True))

    def pattern(self, *places: str, **other: Any) -> dict[str, Any]:
        """What makes mornings and afternoons of Monday and Tuesday in places."""
        told = {
            "first": "2026-02-23", "last": "2026-02-24", "morning_starts": "08:00", "morning_ends": "12:00",
            "afternoon_starts": "", "afternoon_ends": "", "per_hour": "20", **other,
        }  # fmt: skip
        return {
            "round": "PKH|2026-T1",
            "g-places": list(places),
            **{f"g-{name}": value for name, value in told.items()},
        }

    def drafts(self, *places: str, **other: Any) -> str:
        """A draft of mornings of Monday and Tuesday; gives its address."""
        made = self.presses(self.opens(FORM), "buat", **self.pattern(*places, **other))
        sent = self.presses(made, "susun")
        assert sent.status_code == 303, sent.text
        return str(sent.location)

    def publishes(self, draft: str, *, ticks: bool = True) -> TestResponse:
        """Tick all that is asked, and publish what is shown."""
        page = self.opens(draft).text
        boxes = dict.fromkeys(re.findall(r'type="checkbox" id="(setuju-\d+)"', page), "1") if ticks else {}
        return self.posts(f"{draft}/terbitkan", dilihat=read_off(r'name="dilihat" value="(\w+)"', page), **boxes)


@pytest.fixture
def planner(services: Services, heads: Heads, signed_in: Callable[[Officer], SignedIn]) -> FamilyPlanner:
    """A planner of Bogor who is signed in."""
    officer = heads.create(Role.DINSOS)
    return FamilyPlanner(services, signed_in(officer), officer)
