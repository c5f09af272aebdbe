"""Requests: who sees them, lists, cards, claims."""
