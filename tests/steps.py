"""Work in steps instead of seconds: the same on every machine, however busy it is."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps_of(work: Callable[[], object]) -> int:
    """How many calls of functions, Python's and C's, the work makes in this thread.

    What it raises goes through. One call that never ends is not counted but ended, by the limit of
    the test; that it takes long is a figure of the benchmarks.
    """
    counted = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted
