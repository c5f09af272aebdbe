"""What the Makefile's words do."""
