"""Calls of a request: placed, answered, signalled, ended."""
