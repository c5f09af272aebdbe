"""The obstetric desk's arithmetic. Lengths in mm, ages in days, weights in grams.

To be confirmed by a clinician before real use.
"""
