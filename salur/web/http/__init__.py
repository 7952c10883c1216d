"""What surrounds every request: limits, origin, headers, sizes, compression, the session cookie."""
