"""Conclusions: drafted, signed, approved or returned, delivered."""
