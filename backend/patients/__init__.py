"""Patients: the links that let them in, and what they see of their consultation."""
