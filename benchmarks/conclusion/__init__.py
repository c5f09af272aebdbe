"""Writing a conclusion: what the doctor waits for at each key."""
