"""Promises of the queue in numbers."""
