"""Who asks: a Telegram chat or a network address, known to the core only by a keyed digest."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Self

from salur.core.limits.kinds import Door
from salur.core.storage.vault import Vault

WITH_PORT = re.compile(r"^(?:\[([^\]]*)\]|([\d.]+))(?::\d+)?$")


@dataclass(frozen=True, slots=True, repr=False)
class Asker:
    """Who asks: a Telegram chat, a network address, or an office at its counter. Known to the core only by a keyed
    digest."""

    kind: str  # chat, address or desk
    value: str
    mark: str = ""  # random: what tells this one sender from all others, as long as browser or bot keeps it
    on_page: bool = False  # of the site, which was opened from the chat

    @classmethod
    def chat(cls, chat_id: int, *, mark: str = "") -> Self:
        """A Telegram chat."""
        return cls("chat", str(chat_id), mark)

    @classmethod
    def page_of(cls, chat_id: int, *, mark: str = "") -> Self:
        """The site's page that was opened from a chat: counted as the chat itself, at another door."""
        return cls("chat", str(chat_id), mark, on_page=True)

    @classmethod
    def address(cls, address: str, *, mark: str = "") -> Self:
        """A network address. One household has a whole IPv6 /64, so that is what counts.

        Some proxies hand a port over with it, `203.0.113.7:5123` or `[2001:db8::1]:5123`; it is dropped.

        Raises: ValueError.
        """
        bare = WITH_PORT.sub(r"\1\2", address).partition("%")[0]
        ip = ipaddress.ip_address(bare)
        if ip.version == 6:
            if ip.ipv4_mapped is not None:
                return cls("address", str(ip.ipv4_mapped), mark)
            return cls("address", str(ipaddress.ip_network((ip, 64), strict=False)), mark)
        return cls("address", str(ip), mark)

    @classmethod
    def desk(cls, account: int) -> Self:
        """An officer's account, which looks up whoever stands at the counter."""
        return cls("desk", str(account))

    @property
    def door(self) -> Door:
        """The door that this kind of asker comes through, for the access record."""
        return Door.CHAT if self.kind == "chat" and not self.on_page else Door.SITE

    def sender(self, *, named: bool) -> str:
        """What tells this one sender from all others; empty where that is not known.

        The number of a chat only where they name themselves anyway: whoever has the keys could try all numbers to find
        out who sent something without a name.
        """
        return f"chat:{self.value}" if named and self.kind == "chat" else self.mark and f"mark:{self.mark}"

    @property
    def chat_id(self) -> int | None:
        """The chat that asks, by its messages or on the page that it opened; None for everybody else."""
        return int(self.value) if self.kind == "chat" else None

    @property
    def is_shared(self) -> bool:
        """Whether many may be behind it, as behind the IPv4 address of a mobile carrier."""
        return self.kind == "address" and self.network is None

    @property
    def network(self) -> str | None:
        """The IPv6 /48 that an address is in: all of it may be one customer's, or a carrier's phones."""
        if self.kind != "address" or ":" not in self.value:
            return None
        return str(ipaddress.IPv6Network(self.value).supernet(new_prefix=48))

    def __repr__(self) -> str:
        return f"<Asker {self.kind}>"


def known_as(vault: Vault, asker: Asker) -> bytes:
    """The digest that an asker is known by, in tallies and in the access record."""
    return vault.digest("asker", f"{asker.kind}:{asker.value}".encode())
