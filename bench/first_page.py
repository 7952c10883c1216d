"""The first page on a slow line, in Chromium: when its largest part is painted, how many bytes and requests it takes.

400 kbit/s, 400 ms there and back, a processor four times as slow as this one: a cheap phone far from the mast. Each
look is that of somebody who was never there. A busy machine makes it slower than it is; bytes and requests stay.
"""

from __future__ import annotations

import os
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench.databases import instances
from bench.serving import Server, serving

LOOKS = 7
LINE = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
SLOWER = 4
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
PAINTED = """() => new Promise(told => new PerformanceObserver(
    list => told(list.getEntries().at(-1).startTime)).observe({type: "largest-contentful-paint", buffered: true}))"""


def main() -> None:
    """Measure on SQLite, and print."""
    path = os.environ.get("SALUR_TEST_CHROMIUM")
    if path is None:
        print("without Chromium: SALUR_TEST_CHROMIUM names none")
        return
    for _ in instances():
        with serving() as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            looks = [_look(browser, server) for _ in range(LOOKS)]
            browser.close()
        break
    painted, sizes, requests = zip(*looks, strict=True)
    print(f"\nFirst page, 400 kbit/s, 400 ms, processor {SLOWER} times slower, {LOOKS} looks")
    print(f"largest paint {median(painted):,.0f} ms ({min(painted):,.0f} to {max(painted):,.0f}), to reach 2,000")
    print(f"{max(sizes):,} bytes (to reach 14,000), {max(requests)} requests (to reach 2)")


def _look(browser: Browser, server: Server) -> tuple[float, int, int]:
    """Milliseconds to the largest paint, bytes that came with their heads, requests."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="id-ID")
    page = context.new_page()
    line = context.new_cdp_session(page)
    came: list[int] = []

    def finished(event: dict[str, Any]) -> None:
        came.append(int(event["encodedDataLength"]))

    line.on("Network.loadingFinished", finished)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(f"http://127.0.0.1:{server.port}/", wait_until="load")
    painted = float(page.evaluate(PAINTED))
    page.wait_for_timeout(1_000)
    context.close()
    return painted, sum(came), len(came)


if __name__ == "__main__":
    main()
