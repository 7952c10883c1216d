"""Intake: from the spreadsheets that offices send to drafts that can be checked and imported. No database.

draft = read_list("bst-kebonpedes.csv")
draft.people, draft.faults, draft.refused, draft.understood
"""

from salur.core.errors import UnreadableFile
from salur.intake.draft import Draft, Fault, ListedPayment, ListedPerson, ListedSession, PaymentDraft, ScheduleDraft
from salur.intake.fault_report import write_faults
from salur.intake.payments import read_payments
from salur.intake.people import read_list
from salur.intake.schedule import read_schedule

__all__ = [
    "Draft",
    "Fault",
    "ListedPayment",
    "ListedPerson",
    "ListedSession",
    "PaymentDraft",
    "ScheduleDraft",
    "UnreadableFile",
    "read_list",
    "read_payments",
    "read_schedule",
    "write_faults",
]
