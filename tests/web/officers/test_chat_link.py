"""Linking Telegram on the site: a code that is shown, never asked for, and a way to let the chat go."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from salur.core.errors import Refused
from salur.core.limits.asker import Asker
from salur.core.officers.roles import Role
from salur.web.app import create_app
from salur.wiring import Services
from tests.fixtures.officers import Heads, SignedIn
from tests.web.conftest import text_of

CODE = re.compile(r'class="link-code"><strong>([A-Z0-9]{4}-[A-Z0-9]{4})</strong>')
CHAT = 700_100_200

Enter = Callable[..., SignedIn]


def shown(page: str) -> str:
    """The code on a page."""
    found = CODE.search(page)
    assert found
    return found[1]


def links(services: Services, code: str, chat: int = CHAT) -> None:
    """Send the code to the bot."""
    services.chat_links.link(code, chat, asker=Asker.chat(chat))


@pytest.mark.parametrize("role", Role)
def test_every_role_may_link_a_chat(role: Role, services: Services, heads: Heads, signed_in: Enter) -> None:
    officer = heads.create(role)
    phone = signed_in(officer)
    assert "belum terhubung" in text_of(phone.opens("/akun/telegram"))
    links(services, shown(phone.posts("/akun/telegram/kode").text))
    assert services.chat_links.officer_of(CHAT) == officer
    told = text_of(phone.opens("/akun/telegram"))
    assert "Akun ini terhubung dengan satu obrolan Telegram sejak Jumat, 20 Februari 2026, pukul 12.00" in told


def test_the_code_stands_in_no_address_and_no_cookie(heads: Heads, signed_in: Enter) -> None:
    page = signed_in(heads.create()).posts("/akun/telegram/kode")
    code = shown(page.text)
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert code not in " ".join(page.headers.getlist("Set-Cookie"))
    assert "t.me" not in page.text
    assert f"/hubungkan {code}" in page.text


def test_where_the_bots_name_is_known_a_link_carries_the_code_to_it(
    services_with: Callable[..., Services], heads: Heads, signed_in: Enter
) -> None:
    app = create_app(services_with(telegram_name="@salur_tes_bot"))
    page = signed_in(heads.create(), app).posts("/akun/telegram/kode").text
    assert f'href="https://t.me/salur_tes_bot?start=ikat-{shown(page)}"' in page


def test_opening_the_page_makes_no_code(services: Services, heads: Heads, signed_in: Enter) -> None:
    phone = signed_in(heads.create())
    code = shown(phone.posts("/akun/telegram/kode").text)
    phone.opens("/akun/telegram")
    links(services, code)


def test_a_second_code_replaces_the_first(services: Services, heads: Heads, signed_in: Enter) -> None:
    phone = signed_in(heads.create())
    first = shown(phone.posts("/akun/telegram/kode").text)
    second = shown(phone.posts("/akun/telegram/kode").text)
    with pytest.raises(Refused):
        links(services, first)
    links(services, second)


def test_unlinking_on_the_site(services: Services, heads: Heads, signed_in: Enter) -> None:
    phone = signed_in(heads.create())
    links(services, shown(phone.posts("/akun/telegram/kode").text))
    done = phone.posts("/akun/telegram/lepas")
    assert (done.status_code, done.headers["Location"]) == (303, "/akun/telegram?selesai=lepas")
    assert services.chat_links.officer_of(CHAT) is None
    assert "Sudah dilepas." in text_of(phone.opens(done.headers["Location"]))


def test_what_will_come_and_where_it_passes_is_said_beforehand(heads: Heads, signed_in: Enter) -> None:
    told = text_of(signed_in(heads.create()).opens("/akun/telegram"))
    assert "Pesan Telegram lewat server di luar negeri." in told
    assert "Tanpa NIK dan tanpa nama warga." in told


def test_nobody_links_without_signing_in(services: Services, visitor) -> None:
    assert visitor.opens("/akun/telegram").status_code == 303
    token = visitor.token()
    for address in ("/akun/telegram/kode", "/akun/telegram/lepas"):
        page = visitor.client.post(address, data={"csrf_token": token})
        assert (page.status_code, page.headers["Location"].partition("?")[0]) == (303, "/masuk")


def test_another_site_cannot_make_a_code_or_unlink(services: Services, heads: Heads, signed_in: Enter) -> None:
    phone = signed_in(heads.create())
    links(services, shown(phone.posts("/akun/telegram/kode").text))
    for address in ("/akun/telegram/kode", "/akun/telegram/lepas"):
        assert phone.client.post(address).status_code == 400
    assert services.chat_links.officer_of(CHAT)
