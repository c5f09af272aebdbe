"""Slices of CT, MR and other series: scroll, window and level, values, figures."""
