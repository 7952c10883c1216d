"""An answer is read aloud by a phone that has an Indonesian voice, and has no such button on any other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.fixtures.chromium import SMALL
from tests.fixtures.office import Announced, Recipient
from tests.phone.test_asking import ask

INDONESIAN = {"name": "Damayanti", "lang": "id-ID", "localService": True}
# Voices that come a moment late, as they do; what is to be said stays in `said` until it is cancelled.
SPEECH = """
const voices = [];
window.said = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
const speech = new EventTarget();
speech.getVoices = () => voices;
speech.speak = (utterance) => window.said.push(utterance);
speech.cancel = () => { for (const u of window.said.splice(0)) u.onend?.(); };
Object.defineProperty(window, "speechSynthesis", { value: speech });
addEventListener("load", () => { voices.push(...VOICES); speech.dispatchEvent(new Event("voiceschanged")); });
"""
SAID = "said.map((u) => [u.text, u.lang, u.rate, u.voice.name])"
Phone = Callable[..., Page]


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Phone]:
    """`phone(voice, …)`: a phone with these voices, its page open."""
    opened = []

    def with_voices(*voices: dict[str, object], **options: object) -> Page:
        context = browser.new_context(viewport=SMALL, base_url=site, **options)  # type: ignore[arg-type]
        context.add_init_script(SPEECH.replace("VOICES", json.dumps(voices)))
        opened.append(context)
        return context.new_page()

    yield with_voices
    for context in opened:
        context.close()


@pytest.fixture
def mother(office) -> Recipient:
    """Listed, with a day to come."""
    mother = Recipient()
    office.publishes(mother)
    office.announces(Announced())
    return mother


def test_a_grandmother_listens_stops_and_listens_again(phone: Phone, mother: Recipient) -> None:
    page = phone({"name": "Samantha", "lang": "en-US", "localService": True}, INDONESIAN)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    ask(page, mother.nik, mother.name)
    button = page.locator("#dengarkan")
    expect(button).to_have_text("Dengarkan")
    button.click()
    said = page.evaluate(SAID)
    assert said[0] == ["Nama ini terdaftar sebagai penerima bantuan.", "id-ID", 0.8, "Damayanti"]
    told = " ".join(text for text, *_ in said)
    assert "Selasa, dua puluh empat Februari dua ribu dua puluh enam, pukul delapan sampai pukul sebelas" in told
    assert "enam ratus ribu rupiah" in told
    assert not any(sign.isdigit() for sign in told)
    expect(button).to_have_text("Berhenti")
    button.click()
    assert page.evaluate("said.length") == 0
    expect(button).to_have_text("Dengarkan lagi")
    button.click()
    assert page.evaluate(SAID) == said
    page.evaluate("said.at(-1).onend()")
    expect(button).to_have_text("Dengarkan lagi")
    assert complaints == []


@pytest.mark.parametrize(
    "voice",
    [{"name": "Samantha", "lang": "en-US", "localService": True}, {**INDONESIAN, "localService": False}],
    ids=["no Indonesian voice", "one in the cloud, which would be told the answer"],
)
def test_without_a_voice_of_its_own_a_phone_shows_no_button(
    voice: dict[str, object], phone: Phone, mother: Recipient
) -> None:
    page = phone(voice)
    ask(page, mother.nik, mother.name)
    expect(page.locator("#dengarkan")).to_be_hidden()


def test_without_javascript_there_is_no_button(phone: Phone, mother: Recipient) -> None:
    page = phone(INDONESIAN, java_script_enabled=False)
    ask(page, mother.nik, mother.name)
    expect(page.locator("#dengarkan")).to_be_hidden()
    assert page.locator("#dengarkan").count() == 1


def test_leaving_the_page_ends_the_voice(phone: Phone, mother: Recipient) -> None:
    page = phone({**INDONESIAN, "lang": "in_ID"})
    ask(page, mother.nik, mother.name)
    page.locator("#dengarkan").click()
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert page.evaluate("said.length") == 0


def test_an_english_page_is_read_in_indonesian_and_says_so(phone: Phone, mother: Recipient) -> None:
    page = phone(INDONESIAN)
    page.goto("/bahasa/en?ke=/")
    page.fill("#nomor", mother.nik)
    page.fill("#nama", mother.name)
    page.locator("#kirim").click()
    button = page.locator("#dengarkan")
    expect(button).to_have_text("Listen (in Indonesian)")
    button.click()
    assert page.evaluate(SAID)[0][:2] == ["Nama ini terdaftar sebagai penerima bantuan.", "id-ID"]
