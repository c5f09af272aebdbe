"""What mutated files of all kinds have in common."""
