"""Shared parts of the API: problem details, pagination, throttling."""
