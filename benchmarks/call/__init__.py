"""Figures of the call, beside Chromium to Chromium in the same run where that can be."""
