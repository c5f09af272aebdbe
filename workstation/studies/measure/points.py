"""Where a point of a picture is."""

Point = tuple[float, float]
"""Stored pixels to the right and down from the outer corner of the first one; its centre is
(0.5, 0.5)."""
