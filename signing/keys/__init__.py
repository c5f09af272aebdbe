"""Where signing keys live: one file per kind of place."""
