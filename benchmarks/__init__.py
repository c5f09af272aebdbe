"""One file for each promise in numbers: a ratio to a floor that is measured in the same run."""
