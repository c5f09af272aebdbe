"""The quickest road of the last seconds, by which what comes later is late."""

import math
from collections import deque
from typing import Final

_BUCKETS: Final = 8
_BUCKET_S: Final = 0.5


class Quickest:
    """The least of four seconds; what is older is forgotten, for clocks and roads change."""

    def __init__(self) -> None:
        self._buckets: deque[float] = deque(maxlen=_BUCKETS)
        self._ends = -math.inf

    def add(self, relative_s: float, now_s: float) -> None:
        """The arrival less the time that stands on what has come."""
        if now_s >= self._ends:
            self._buckets.append(relative_s)
            self._ends = now_s + _BUCKET_S
        self._buckets[-1] = min(self._buckets[-1], relative_s)

    @property
    def relative_s(self) -> float:
        """Of the quickest; infinite before the first."""
        return min(self._buckets, default=math.inf)
