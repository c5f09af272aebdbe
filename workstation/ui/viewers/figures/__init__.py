"""Measuring on the frames of clips and on still pictures: figures, their names, what they tell."""
