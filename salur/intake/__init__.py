"""Intake: from the spreadsheets that offices send to drafts that can be checked and imported. No database.

draft = read_list("bst-kebonpedes.csv")
draft.people, draft.faults, draft.refused, draft.understood
"""

from salur.core.errors import UnreadableFile
from salur.intake.draft import Draft, Fault, ListedPerson
from salur.intake.people import read_list

__all__ = ["Draft", "Fault", "ListedPerson", "UnreadableFile", "read_list"]
