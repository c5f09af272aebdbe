"""Measuring on studies: arithmetic on numbers that readers have made sure of. No Qt, no files."""
