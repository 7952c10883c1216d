"""A payee sees how many are told of them, and ends that with one button. Who they are is told nowhere."""

from __future__ import annotations

from werkzeug.test import TestResponse

from salur.core.limits.asker import Asker
from salur.core.lookup.answers import OnTheList
from salur.core.notices.channels import Channel
from salur.core.people.nik import Nik
from salur.wiring import Services
from tests.fixtures.office import Office, Recipient
from tests.web.conftest import Visitor, text_of
from tests.web.privacy.test_my_data import EXPIRED, key_of, opens

BUTTON = "Hentikan semuanya"
NEIGHBOUR = "880077001"


def _followed(services: Services, whom: Recipient, *chats: str) -> None:
    answer = services.lookup.ask(Nik.parse(str(whom.nik)), whom.name, asker=Asker.chat(1))
    assert isinstance(answer, OnTheList)
    for chat in chats:
        services.following.follow(Channel.TELEGRAM, chat, None, answer.way_back)


def _ends(visitor: Visitor, key: str) -> TestResponse:
    data = {"csrf_token": visitor.token(), "kunci": key}
    return visitor.client.post("/data-saya/kabar", data=data, follow_redirects=True)


def test_she_sees_that_a_neighbour_follows_her_and_ends_it(
    visitor: Visitor, office: Office, services: Services
) -> None:
    mother = Recipient()
    office.publishes(mother)
    _followed(services, mother, NEIGHBOUR, "880077002")
    page = opens(visitor, key := key_of(visitor, mother))
    assert "Yang dikabari: 2 obrolan Telegram. Yang pertama sejak 20 Februari 2026." in text_of(page)
    assert BUTTON in page.text
    assert NEIGHBOUR not in page.text
    ended = _ends(visitor, key)
    assert "Yang tadi dikabari: 2. Sekarang tidak ada lagi." in text_of(ended)
    assert ended.headers["Cache-Control"] == "no-store"
    assert services.following.count(Channel.TELEGRAM, NEIGHBOUR) == 0
    page = opens(visitor, key)
    assert "Tidak ada yang minta dikabari" in text_of(page)
    assert BUTTON not in page.text
    assert "menghentikan semua kabar tentang orang ini" in text_of(page)


def test_another_site_cannot_press_it_and_a_made_up_pass_ends_nothing(
    visitor: Visitor, office: Office, services: Services
) -> None:
    mother = Recipient()
    office.publishes(mother)
    _followed(services, mother, NEIGHBOUR)
    key = key_of(visitor, mother)
    assert visitor.client.post("/data-saya/kabar", data={"kunci": key}).status_code == 400
    refused = _ends(visitor, key[:-8] + "AAAAAAAA")
    assert (refused.status_code, EXPIRED in text_of(refused)) == (410, True)
    assert services.following.count(Channel.TELEGRAM, NEIGHBOUR) == 1
