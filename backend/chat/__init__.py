"""The chat of a request."""
