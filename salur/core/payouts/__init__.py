"""When and where is paid: sittings, schedules, the timetable that everybody sees, payments.

Start reading in `timetable.py`.
"""
