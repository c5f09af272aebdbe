"""Words of the field and small plain-Python pieces: no Qt, no network, no database."""
