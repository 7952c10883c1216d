"""What Telegram refuses, in Telegram's own words: texts, HTML, keyboards, commands.

The descriptions follow the sources of the official server (tdlib/telegram-bot-api `Client.cpp`, tdlib/td
`MessageEntity.cpp`); bots match on them, so they are part of the contract.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_CALLBACK_DATA = 64  # bytes
MAX_BUTTONS = 100

# Tag as written → type of the entity.
TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
# Telegram knows these four by name, and numbers; any other & stays as it is.
CHARACTER = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
TOKEN = re.compile(r"<(?P<end>/)?(?P<name>[^\s>]*)(?P<rest>[^>]*)(?P<closed>>)?")


class ApiError(Exception):
    """An answer other than ok. `retry_after` is in seconds; `as_page` answers with HTML, as a broken proxy does."""

    def __init__(self, code: int, description: str, *, retry_after: int | None = None, as_page: bool = False) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.as_page = as_page


def bad_request(what: str) -> ApiError:
    """400, such as `bad_request("message can't be deleted")`."""
    return ApiError(400, f"Bad Request: {what}")


def forbidden(what: str = "bot was blocked by the user") -> ApiError:
    """403: the person, or the group, wants no more messages."""
    return ApiError(403, f"Forbidden: {what}")


def conflict(what: str) -> ApiError:
    """409: two readers of the same updates."""
    return ApiError(409, f"Conflict: {what}")


def too_many_requests(seconds: int = 1) -> ApiError:
    """429: come back after so many seconds."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def bad_gateway() -> ApiError:
    """502, with a page instead of JSON."""
    return ApiError(502, "Bad Gateway", as_page=True)


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, in which Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


@dataclass
class _Open:
    """A start tag that waits for its end tag; `at` is in UTF-16 code units."""

    tag: str
    at: int
    extra: Json = field(default_factory=dict)


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Plain text and entities of a text with parse_mode HTML.

    Raises: ApiError 400, where a tag is unknown, unclosed, or closes another.
    """
    text, entities, open_tags, done = "", [], list[_Open](), 0
    for match in TOKEN.finditer(source):
        text += _plain(source[done : match.start()])
        done = match.end()
        offset = len(source[: match.start()].encode())
        if match["end"]:
            opened = _closed_by(match, open_tags, offset)
            if length := utf16_length(text) - opened.at:
                entities.append({"type": TAGS[opened.tag], "offset": opened.at, "length": length, **opened.extra})
        else:
            open_tags.append(_Open(_start_tag(match, offset), utf16_length(text), _link(match)))
    if open_tags:
        raise _cannot_parse(f'Can\'t find end tag corresponding to start tag "{open_tags[-1].tag}"')
    return text + _plain(source[done:]), sorted(entities, key=lambda e: (e["offset"], -e["length"]))


def _plain(source: str) -> str:
    return CHARACTER.sub(lambda match: html.unescape(match[0]), source)


def _start_tag(match: re.Match[str], offset: int) -> str:
    tag = match["name"].lower()
    if not match["closed"]:
        raise _cannot_parse(f"Unclosed start tag at byte offset {offset}")
    if tag not in TAGS:
        raise _cannot_parse(f'Unsupported start tag "{tag}" at byte offset {offset}')
    if tag == "span" and 'class="tg-spoiler"' not in match["rest"]:
        raise _cannot_parse(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
    return tag


def _closed_by(match: re.Match[str], open_tags: list[_Open], offset: int) -> _Open:
    if not open_tags:
        raise _cannot_parse(f"Unexpected end tag at byte offset {offset}")
    if not match["closed"] or match["rest"].strip():
        raise _cannot_parse(f"Unclosed end tag at byte offset {offset}")
    opened, tag = open_tags.pop(), match["name"].lower()
    if tag not in ("", opened.tag):
        raise _cannot_parse(f'Unmatched end tag at byte offset {offset}, expected "</{opened.tag}>", found "</{tag}>"')
    return opened


def _link(match: re.Match[str]) -> Json:
    href = re.search(r"""href\s*=\s*["']([^"']*)["']""", match["rest"])
    return {"url": html.unescape(href[1])} if href and match["name"].lower() == "a" else {}


def _cannot_parse(why: str) -> ApiError:
    return bad_request(f"can't parse entities: {why}")


def checked_text(params: Json, key: str = "text", limit: int = MAX_TEXT) -> tuple[str, list[Json]]:
    """Plain text and entities of a message or caption.

    Raises: ApiError 400, when it is empty (a message), too long, or cannot be parsed.
    """
    source = params.get(key, "")
    mode = params.get("parse_mode", "").lower()
    if mode not in ("", "html"):
        # Salur writes HTML. Markdown is the mode in which a name with an underscore breaks a message.
        raise bad_request("unsupported parse_mode")
    text, entities = parse_html(source) if mode else (source, json.loads(params.get("entities", "[]")))
    if key == "text" and not text.strip():
        raise bad_request("message text is empty")
    if utf16_length(text) > limit:
        raise bad_request("message is too long" if key == "text" else "message caption is too long")
    return text, entities


def checked_markup(params: Json) -> Json | None:
    """The keyboard of a message, None without one.

    Raises: ApiError 400 for a shape that Telegram does not take.
    """
    if not params.get("reply_markup"):
        return None
    try:
        markup = json.loads(params["reply_markup"])
    except ValueError:
        raise bad_request("can't parse reply keyboard markup JSON object") from None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard", markup.get("keyboard", []))
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    buttons = [button for row in rows for button in row]
    if len(buttons) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    if "inline_keyboard" in markup:
        for button in buttons:
            _check_inline_button(button, private=not params.get("chat_id", "").startswith("-"))
    return markup


def _check_inline_button(button: Any, *, private: bool) -> None:
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    actions = set(button) - {"text", "style", "icon_custom_emoji_id"}
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not re.match(r"(https?://[^/\s]+\.[^/\s]+|tg://)", button["url"]):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    if "web_app" in button and not button["web_app"]["url"].startswith("https://"):
        url = button["web_app"]["url"]
        raise bad_request(f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed")
    if "web_app" in button and not private:
        raise bad_request("BUTTON_TYPE_INVALID")


def checked_commands(params: Json) -> list[Json]:
    """The commands of a menu. Raises: ApiError 400 for names or descriptions that Telegram does not take."""
    commands: list[Json] = json.loads(params.get("commands", "[]"))
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"].removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return commands
