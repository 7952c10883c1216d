"""Salur's own page, opened by a button of the bot: Telegram signs who pressed it, and here that is believed or not.

What Telegram hands the page (the *launch data*: a query string) is signed with the bot's token, as "Validating data
received via the Mini App" of core.telegram.org/bots/webapps says. It is good for ten minutes, once. For a quarter of an
hour from then on whoever holds the pass that comes of it asks as the chat does: what they try is counted for it, in the
page and in the chat together, and not for an address that a village may share. In a private chat, the only kind in
which such a button may stand, the number of the chat is that of the person.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from urllib.parse import parse_qsl

from salur.core.asking.answers import Opened
from salur.core.errors import Refused
from salur.core.limits import tallies
from salur.core.limits.asker import Asker
from salur.core.privacy.passes import Purpose, end_of, open_pass, seal_pass
from salur.core.storage.database import Database
from salur.core.storage.vault import Vault

GOOD = 600  # seconds from when Telegram signed it
AHEAD = 30  # seconds that Telegram's clock may be ahead of ours
REMEMBERED = AHEAD + GOOD + 1  # seconds: for longer than one that was opened at once would be good
LONGEST = 4_096  # characters; names of 64 letters and a picture's address have a thousand
FIELDS = 30


class Launches:
    """Believes what Telegram signed with this bot's token; nothing without a token."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], datetime], token: str) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._secret = hmac.digest(b"WebAppData", token.encode(), "sha256") if token else None

    def open(self, data: str) -> Opened:
        """Take launch data, and give the pass by which its chat is known from now on.

        Raises Refused: `launch_forged` (not signed with our token, or not by a person), `launch_old` (or of the
        future), `launch_used`.
        """
        signature, fields = self._signed(data)
        now = self._clock()
        signed_at = _whole(fields.get("auth_date", ""))
        if not -AHEAD <= now.timestamp() - signed_at <= GOOD:
            raise Refused("launch_old")
        chat, language = _person(fields.get("user", ""))
        self._spend(signature, now)
        return Opened(seal_pass(self._vault, Purpose.CHAT, {"chat": chat}, end_of(now)), language)

    def asker(self, key: str, *, mark: str = "") -> Asker:
        """Who asks with this pass: the page of the chat. `mark` as in `Asker`.

        Raises Refused(`key_expired`), whatever is wrong with it.
        """
        content, _ = open_pass(self._vault, Purpose.CHAT, key, self._clock())
        return Asker.page_of(content["chat"], mark=mark)

    def _signed(self, data: str) -> tuple[bytes, dict[str, str]]:
        """The signature and the fields that it is of. Raises Refused(`launch_forged`)."""
        try:
            pairs = parse_qsl(data, keep_blank_values=True, strict_parsing=True, max_num_fields=FIELDS)
        except ValueError:
            raise Refused("launch_forged") from None
        fields = dict(pairs)
        told = fields.pop("hash", "")
        # Twice the same field, or a line of its own within one: then what is signed could be read in two ways.
        ambiguous = len(pairs) != len(fields) + 1 or any("\n" in value for value in fields.values())
        if self._secret is None or len(data) > LONGEST or ambiguous:
            raise Refused("launch_forged")
        lines = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
        signature = hmac.new(self._secret, lines.encode(errors="replace"), sha256).digest()
        if not hmac.compare_digest(signature.hex().encode(), told.encode(errors="replace")):
            raise Refused("launch_forged")
        return signature, fields

    def _spend(self, signature: bytes, now: datetime) -> None:
        """Remember it for as long as it would be good: of two at once, one. Raises Refused(`launch_used`)."""
        key, second = self._vault.digest("launch", signature), int(now.timestamp())
        with self._database.writing() as connection:
            spent = tallies.lock(connection, {key: REMEMBERED}, second)[key]
            if spent.tries:
                raise Refused("launch_used")
            tallies.write(connection, [spent.plus(1, second)])


def _whole(text: str) -> int:
    """Unix seconds. Raises Refused(`launch_forged`)."""
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise Refused("launch_forged")
    return int(text)


def _person(text: str) -> tuple[int, str | None]:
    """Telegram's number of the person, and the language of their Telegram. Raises Refused(`launch_forged`)."""
    try:
        user = json.loads(text)
    except ValueError:
        raise Refused("launch_forged") from None
    number = user.get("id") if isinstance(user, dict) else None
    if type(number) is not int or number <= 0 or user.get("is_bot"):
        raise Refused("launch_forged")
    language = user.get("language_code")
    return number, language if isinstance(language, str) else None
