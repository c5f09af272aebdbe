"""The echo desk's arithmetic, for adults. Lengths in mm, areas in mm2, velocities in cm/s.

To be confirmed by a clinician before real use.
"""
