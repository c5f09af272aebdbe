"""Steps that build the tables; a step imports no code of the program."""

HEAD = "0024"
"""The newest step. A test holds it to the files."""
