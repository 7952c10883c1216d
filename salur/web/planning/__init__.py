"""The desk's places and schedule: kept, planned, looked at as residents will read it, published."""
