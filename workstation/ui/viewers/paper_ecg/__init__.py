"""An ECG on a picture of paper: calibrated by hand, measured by calipers."""
