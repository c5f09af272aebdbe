"""Signatures: making, lifting and verifying them, each beside OpenSSL over the same bytes."""
