"""What is kept of secrets."""

import hashlib


def digest(text: str) -> str:
    """SHA-256 in hexadecimal; for what is random and long, not for passwords."""
    return hashlib.sha256(text.encode()).hexdigest()
