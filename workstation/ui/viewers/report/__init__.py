"""Structured reports of devices as tables."""
