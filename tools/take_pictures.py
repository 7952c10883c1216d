"""Take the pictures in docs/images: the real site and the real bot with the sample city, as large as a phone.

Run by tools/pictures.py. Without `--instance` a small sample city is made in a temporary folder and forgotten. All
people are invented.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import tempfile
import threading
from io import BytesIO
from pathlib import Path

from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from werkzeug.serving import make_server

from chat_page import WIDTH, chat_page

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from salur.core.officers.roles import Officer  # noqa: E402  (found by the line above)

IMAGES = ROOT / "docs" / "images"
PHONE: ViewportSize = {"width": 390, "height": 1180}  # as wide as a phone; as high as a ticket
SHARP = 1.5
PEOPLE = 500
GUIDES = ROOT / "salur" / "web" / "static" / "guide"
GUIDE: ViewportSize = {"width": 390, "height": 600}
ABOVE = 12  # pixels of margin over the heading
# Who is signed in -> name of the picture, and its page.
GUIDED = {
    "": {"join": "/gabung", "sign-in": "/masuk"},
    "coba.rt": {"head-home": "/petugas", "head-list": "/wilayah"},
    "coba.kelurahan": {"accounts": "/kantor/akun"},
    "coba.dinsos": {
        "lists": "/kantor/daftar",
        "list": "/kantor/daftar/1",
        "settings": "/kantor/pengaturan",
        "record": "/kantor/catatan",
    },
}


def main() -> None:
    """Make the city, start the site on a free port, take the pictures, stop."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--instance", type=Path, help="folder of an instance with the sample city")
    given = parser.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["SALUR_INSTANCE"] = str(given.instance or Path(temporary) / "instance")
        person, password = sample_person()
        chat = chat_page(person["nik"], person["name"])
        server = make_server("127.0.0.1", 0, make_app(), threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        from tests.fixtures.chromium import CHROMIUM

        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=os.environ["SALUR_TEST_CHROMIUM"], args=CHROMIUM)
            take_site(browser, f"http://127.0.0.1:{server.server_port}", person, password)
            take_chat(browser, chat)
            take_guides(browser, f"http://127.0.0.1:{server.server_port}", password)
            browser.close()
        server.shutdown()


def sample_person() -> tuple[dict[str, str], str]:
    """Make the sample city if it is not there; gives one whose sitting is to come, and the officers' password."""
    from salur.cli.sample_offices import WAY_IN
    from salur.cli.setup import set_up
    from salur.cli.try_out import load_sample_city
    from salur.sample.city import MANIFEST

    services = set_up()
    load_sample_city(services, PEOPLE)
    folder = Path(services.settings.instance) / "sample"
    services.database.dispose()
    person: dict[str, str] = json.loads((folder / MANIFEST).read_text("utf-8"))["try"]["listed_coming"]
    return person, (folder / WAY_IN).read_text()


def make_app() -> Flask:
    """The site as every server finds it."""
    from wsgi import app

    return app


def take_site(browser: Browser, address: str, person: dict[str, str], password: str) -> None:
    """The first page, a slip, the answer by day and by night; the list of an RT."""
    phone = browser.new_page(base_url=address, viewport=PHONE, device_scale_factor=SHARP, color_scheme="light")
    phone.goto("/")
    take(phone, "first")
    ask(phone, person["nik"][:-1], person["name"])
    take(phone, "slip")
    ask(phone, person["nik"], person["name"])
    take(phone, "answer")
    phone.emulate_media(color_scheme="dark")
    take(phone, "answer-dark")
    phone.emulate_media(color_scheme="light")
    sign_in(phone, "coba.rt", password)
    phone.goto("/wilayah")
    take(phone, "list")


def take_chat(browser: Browser, content: str) -> None:
    """The conversation, as high as it is."""
    page = browser.new_page(viewport={"width": WIDTH, "height": 400}, device_scale_factor=SHARP)
    page.set_content(content)
    take(page, "chat", full_page=True)


def ask(page: Page, number: str, name: str) -> None:
    """Fill in the form and send it."""
    page.goto("/")
    page.fill("#nomor", number)
    page.fill("#nama", name)
    page.click("#kirim")


def sign_in(page: Page, username: str, password: str) -> None:
    """Through the front door."""
    page.goto("/masuk")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", password)
    page.click("main button.button")


def take_guides(browser: Browser, address: str, password: str) -> None:
    """The pages that the guides show, as small as a phone loads them gladly."""
    for username, pages in GUIDED.items():
        context = browser.new_context(base_url=address, viewport=GUIDE, color_scheme="light", locale="id-ID")
        page = context.new_page()
        if username:
            context.add_cookies([{"name": "salur", "value": cookie_of(username, password), "url": address}])
        for name, where in pages.items():
            page.goto(where)
            page.wait_for_load_state()
            # What stands above the page itself is the same on all of them.
            top = page.evaluate("document.querySelector('main').getBoundingClientRect().top + scrollY") - ABOVE
            shown = page.screenshot(full_page=True, clip={"x": 0, "y": top, **GUIDE})
            with Image.open(BytesIO(shown)) as picture:
                picture.save(GUIDES / f"{name}.webp", quality=60, method=6)
            print(f"salur/web/static/guide/{name}.webp")  # noqa: T201  (a command that says what it wrote)
        context.close()


def cookie_of(username: str, password: str) -> str:
    """A signed-in browser's cookie, a second factor set up where there has to be one."""
    from salur.cli.sample_offices import SECOND_FACTOR
    from salur.core.officers.roles import NEEDS_SECOND_FACTOR
    from tests.fixtures.officers import SignedIn, sign_in_token

    app = make_app()
    services = app.extensions["salur"]
    account = next(one for one in services.accounts.everyone()[0] if one.username == username)
    officer = Officer(account.id, username, account.role, account.territory, account.region_name)
    kept = Path(services.settings.instance) / "sample" / SECOND_FACTOR
    codes = kept.read_text().splitlines()[1:] if officer.role in NEEDS_SECOND_FACTOR else ()
    token = sign_in_token(services, officer, password, recovery=codes)
    cookie = SignedIn(app, token).client.get_cookie("salur")
    assert cookie is not None
    return str(cookie.value)


def take(page: Page, name: str, *, full_page: bool = False) -> None:
    """Write one picture."""
    page.wait_for_load_state()
    page.screenshot(path=IMAGES / f"{name}.png", full_page=full_page)
    print(f"docs/images/{name}.png")  # noqa: T201  (a command that says what it wrote)


if __name__ == "__main__":
    main()
