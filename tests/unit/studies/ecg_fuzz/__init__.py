"""Hostile ECG files by the thousand: seeded, each with what must come of it."""
