"""Measuring in ultrasound pictures by their calibrated regions, or by hand."""
