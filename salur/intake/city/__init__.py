"""What an office says of its own city: its kelurahan's offices, and where RW and RT lie."""
