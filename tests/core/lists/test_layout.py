"""A file that looks like one of another programme is asked about before it is published."""

from __future__ import annotations

import pytest

from salur.core.errors import Refused
from salur.core.lists.answers import Reason
from tests.fixtures.office import Office, Recipient


def asked(services, id: int) -> str | None:
    """The programme that a draft is asked about."""
    change = services.lists.change(id)
    assert (Reason.OTHER_LAYOUT in change.reasons) == (change.looks_like is not None)
    return change.looks_like


def test_headers_that_were_another_programmes_are_asked_about(services, office: Office):
    office.publishes(Recipient(), programme="SEMBAKO")
    id = office.drafts(Recipient())
    assert asked(services, id) == "SEMBAKO"
    with pytest.raises(Refused, match="not_agreed"):
        services.lists.publish(services.lists.change(id).seen())
    services.lists.publish(services.lists.change(id).agreed())
    # From now on the programme has had such files itself.
    assert asked(services, office.drafts(Recipient(), period="2026-T2")) is None


def test_a_list_that_was_taken_out_tells_nothing(services, office: Office):
    wrong = office.drafts(Recipient(), programme="SEMBAKO")
    services.lists.withdraw(wrong, "wrong programme")
    assert asked(services, office.drafts(Recipient())) is None


def test_a_file_that_names_another_programme_is_asked_about_although_the_operator_insisted(services, office: Office):
    id = office.drafts(Recipient(programme="SEMBAKO"), Recipient(programme="SEMBAKO"), Recipient(programme="PKH"))
    assert asked(services, id) == "SEMBAKO"
    assert asked(services, office.drafts(Recipient(programme="PKH"))) is None


def test_whoever_agreed_before_such_a_list_was_known_is_asked_anew(services, office: Office):
    id = office.drafts(Recipient(programme="SEMBAKO"))
    seen = services.lists.change(id)
    assert seen.digest != services.lists.change(office.drafts(Recipient())).digest
