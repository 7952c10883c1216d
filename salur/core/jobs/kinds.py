"""What kinds of work there are, and how far one has come."""

from __future__ import annotations

from enum import StrEnum


class JobKind(StrEnum):
    """What is done."""

    READ = "read"  # understand the files of an upload
    CORRECT = "correct"  # take rows that came back corrected
    PUBLISH = "publish"  # put a list in force; its subject is the list, all others have an upload
    IMPORT = "import"  # make a draft of them
    SCHEDULE = "schedule"  # read a schedule and make a draft of it


class JobState(StrEnum):
    """How far it has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


OVER = frozenset({JobState.DONE, JobState.FAILED, JobState.STOPPED})
