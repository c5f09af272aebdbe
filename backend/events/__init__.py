"""Events of a centre: numbered in commit order, told to the subscribers after the commit."""
