"""Places of payment: known by schedules, kept by an office, merged where one was written as two."""
