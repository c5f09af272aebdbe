"""Who works in a centre: names, passwords, sign-in, tokens."""
