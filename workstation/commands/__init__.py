"""Subcommands of the command line, for support staff and tests: inspect, render, measure.

They speak English and leave with 0, with 2 where the command line makes no sense, with 3 where
the file cannot be read; what went wrong is one line on the error output.
"""
