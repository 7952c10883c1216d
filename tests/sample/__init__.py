"""The sample city: its people, its files, and how the intake reads them."""
