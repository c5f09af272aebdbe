"""Rules of the field: pure functions over plain values, no database and no clock of their own."""
