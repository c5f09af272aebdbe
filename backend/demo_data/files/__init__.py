"""Files of the demonstration: made on demand, the same bytes at every call.

Only `subject` and `orders` are imported with the demonstration's data; what draws and writes files
(numpy, pydicom, Pillow, reportlab) is imported when the first file is made.
"""
