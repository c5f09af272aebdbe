"""Promises of the ECG desk in numbers."""
