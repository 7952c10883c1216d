"""What kinds of work there are, and how far one has come."""

from __future__ import annotations

from enum import StrEnum


class JobKind(StrEnum):
    """What is done."""

    READ = "read"  # understand the files of an upload
    CORRECT = "correct"  # take rows that came back corrected
    IMPORT = "import"  # make a draft of them
    PUBLISH = "publish"  # put a draft in force; its subject is a list
    CHANGE = "change"  # what publishing a draft would change; its subject is the list
    COMPARE = "compare"  # two lists side by side; its subject is a comparison
    REPORT = "report"  # make a draft of a report of payments
    SCHEDULE = "schedule"  # read a schedule and make a draft of it
    PRINT = "print"  # letters; its subject is a printing
    SPREAD = "spread"  # plan payment family by family; its subject is an office


OF_UPLOADS = (JobKind.READ, JobKind.CORRECT, JobKind.IMPORT, JobKind.REPORT, JobKind.SCHEDULE)  # whose subject is one


class JobState(StrEnum):
    """How far it has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


OVER = frozenset({JobState.DONE, JobState.FAILED, JobState.STOPPED})
