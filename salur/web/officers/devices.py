"""What a browser is, in two words, for the list of one's own sign-ins: enough to recognise it, too little to track."""

from __future__ import annotations

# In this order: Android says Linux too, Edge and Opera say Chrome, and all of them say Safari.
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"),
           ("Linux", "Linux"))  # fmt: skip
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("UCBrowser", "UC Browser"),
            ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip


def device_of(user_agent: str) -> str:
    """`Android, Chrome`; empty for what is not known."""
    found = (next((name for sign, name in kinds if sign in user_agent), "") for kinds in (SYSTEMS, BROWSERS))
    return ", ".join(part for part in found if part)
