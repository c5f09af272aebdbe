"""How notices reach the doctor: the tray, the line in the window, the counts, and their room."""
