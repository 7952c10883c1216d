"""Write without end to one place, and note which writes were acknowledged, and when (`python -m bench.cluster.writer`).

Runs on the machine that is cut off. What does not answer is left alone, never cancelled: PostgreSQL would call a commit
done whose standby has not got it.
"""

from __future__ import annotations

import os
import sys
import threading
import time

import psycopg

PATIENCE = 3.0  # seconds
PAUSE = 0.1


def write(url: str, side: str, number: int) -> None:
    """One write; a line for each that was acknowledged: side, number, when."""
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=2) as connection:
            connection.execute("INSERT INTO written VALUES (%s, %s)", (side, number))
            print(side, number, time.monotonic(), flush=True)
    except psycopg.Error:
        return


def main(url: str, side: str) -> None:
    """Until killed."""
    number = 0
    while True:
        number += 1
        thread = threading.Thread(target=write, args=(url, side, number), daemon=True)
        thread.start()
        thread.join(PATIENCE)
        time.sleep(PAUSE)


if __name__ == "__main__":
    main(os.environ["WRITTEN_URL"], sys.argv[1])
