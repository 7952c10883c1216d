"""Files that people take away: a sitting for the calendar, lists and faulty rows as workbooks.

Start reading in `list_workbook.py`.
"""
