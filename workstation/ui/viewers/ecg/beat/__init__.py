"""The averaged beat of the shown ECG: its bounds on large paper, and what follows from them."""
