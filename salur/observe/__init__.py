"""What an office sees of a running Salur: figures for Prometheus, of all processes together. Start reading in
`counting.py`."""
