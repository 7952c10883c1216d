"""Make the pictures in docs/images: the real site with the sample city, in a real browser, as large as a phone.

    .venv/bin/python tools/screenshots.py [--instance DIR] [--chromium /usr/bin/chromium]

Without `--instance` a small sample city is made in a temporary folder and forgotten. All people are invented.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
IMAGES = ROOT / "docs" / "images"
PHONE = {"width": 390, "height": 1180}  # as wide as a phone; as high as a ticket
PEOPLE = 500
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> None:
    """Start the site on a free port, take the pictures, stop."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--instance", type=Path, help="folder of an instance with the sample city")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["SALUR_INSTANCE"] = str(given.instance or Path(temporary) / "instance")
        person = sample_person()
        server = make_server("127.0.0.1", 0, make_app(), threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=given.chromium, args=ARGUMENTS)
            take_all(browser, f"http://127.0.0.1:{server.server_port}", person)
            browser.close()
        server.shutdown()


def sample_person() -> dict[str, str]:
    """Make the sample city if it is not there, and give one whose payout is still to come."""
    from salur.cli.setup import set_up
    from salur.cli.try_out import load_sample_city
    from salur.sample.city import MANIFEST

    services = set_up()
    load_sample_city(services, PEOPLE)
    manifest = Path(services.settings.instance) / "sample" / MANIFEST
    services.database.dispose()
    person: dict[str, str] = json.loads(manifest.read_text("utf-8"))["try"]["listed_coming"]
    return person


def make_app() -> object:
    """The site as every server finds it."""
    from wsgi import app

    return app


def take_all(browser: Browser, address: str, person: dict[str, str]) -> None:
    """The first page, a slip, the answer by day and by night."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    phone = browser.new_page(base_url=address, viewport=PHONE, device_scale_factor=1.5, color_scheme="light")
    phone.goto("/")
    take(phone, "first")
    ask(phone, person["nik"][:-1], person["name"])
    take(phone, "slip")
    ask(phone, person["nik"], person["name"])
    take(phone, "answer")
    phone.emulate_media(color_scheme="dark")
    take(phone, "answer-dark")


def ask(page: Page, number: str, name: str) -> None:
    """Fill in the form and send it."""
    page.goto("/")
    page.fill("#nomor", number)
    page.fill("#nama", name)
    page.click("#kirim")


def take(page: Page, name: str) -> None:
    """Write one picture."""
    page.screenshot(path=IMAGES / f"{name}.png")
    print(f"docs/images/{name}.png")  # noqa: T201  (a command that says what it wrote)


if __name__ == "__main__":
    main()
