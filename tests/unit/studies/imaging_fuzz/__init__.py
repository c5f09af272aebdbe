"""Mutated files of the imaging desk: what they are, and what must come of them."""
