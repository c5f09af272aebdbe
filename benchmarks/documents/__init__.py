"""Papers: how long they take, and what they cost the window."""
