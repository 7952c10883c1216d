"""All the words of a message: also those of a poll, of the quote in a reply, of the name of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from telegram import Message

# Not written in this message, or by nobody.
OTHERS = frozenset({
    "from", "chat", "sender_chat", "sender_business_bot", "via_bot", "forward_origin", "reply_to_message",
    "reply_markup", "pinned_message", "thumbnail", "photo", "file_id", "file_unique_id", "id",
    "media_group_id", "mime_type", "type",
})  # fmt: skip


def words_of(message: Message) -> list[str]:
    """Each text in a message, one by one: what stands in two of them is no number."""
    return list(_texts(message.to_dict()))


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for key, value in part.items():
            if key not in OTHERS:
                yield from _texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _texts(value)
