"""Files on their way in: received in pieces, checked, and made documents of their request."""
