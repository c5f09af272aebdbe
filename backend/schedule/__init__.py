"""Slots of doctors: proposed, held, accepted, and read as a day."""
