"""A NUL in an address or a form is refused in words: PostgreSQL takes none, and nobody types one."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from salur.web import guard

PLACE = "32.71.05.100\x00"
FIELDS = (
    "username password code nama kata cerita alasan kelurahan nomor nik kk angka kode number title text region catatan"
    " rw rt siapa untuk old again"
).split()


def rules(app: Flask, method: str) -> list[Any]:
    """Addresses without ids, of officers and of signing in."""
    rooms = {*guard.ROLES_OF, "signing"}
    found = [r for r in app.url_map.iter_rules() if r.endpoint.partition(".")[0] in rooms and not r.arguments]
    return [rule for rule in found if method in (rule.methods or ())]


@pytest.mark.parametrize("role", ["dinsos", "kelurahan", "rt"])
def test_a_nul_breaks_no_page_of_officers(heads, signed_in, role):
    browser = signed_in(heads.create(role))
    app = browser.client.application
    token = browser.form_token()
    pages = [browser.opens(r.rule, query_string={"kelurahan": PLACE}) for r in rules(app, "GET")]
    fields = dict.fromkeys(FIELDS, PLACE)
    forms = [browser.client.post(r.rule, data={**fields, "csrf_token": token}) for r in rules(app, "POST")]
    assert {response.status_code for response in pages + forms} <= {400, 403}
