"""ECG files of each format made for tests: small twins of the real sample files."""
