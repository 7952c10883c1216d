"""Intake: from the spreadsheets that offices send to drafts that can be checked and imported. No database.

Start reading in `people.py`:

    draft = read_list("bst-kebonpedes.csv")
    draft.people, draft.faults, draft.refused, draft.understood
"""
