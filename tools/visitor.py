"""A resident who asks at a site's address, as a browser would: run inside a nest, with the release's own Python.

Reads a JSON object from standard input: `site`, `trusted` (a file of certificates), `people` (pairs of number and
name).
Prints a JSON list with the text of each answer.
"""

from __future__ import annotations

import html
import json
import re
import ssl
import sys

import httpx


def ask(site: str, trusted: str, number: str, name: str) -> str:
    """Open the first page, type number and name, and give what the answer says."""
    with httpx.Client(verify=ssl.create_default_context(cafile=trusted), follow_redirects=True, timeout=20) as browser:
        form = browser.get(f"{site}/")
        [token] = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', form.text)[:1]
        fields = {"csrf_token": token, "nomor": number, "nama": name}
        page = browser.post(f"{site}/cek", data=fields, headers={"Origin": site})
    inner = re.sub(r"<(style|script|head)\b.*?</\1>", "", page.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", inner)).split())


if __name__ == "__main__":
    told = json.load(sys.stdin)
    answers = [ask(told["site"], told["trusted"], *each) for each in told["people"]]
    sys.stdout.write(json.dumps(answers))
