"""Links that are not good, counted by address: who tries many has to wait."""

import math
from collections import OrderedDict, deque
from datetime import datetime, timedelta

from backend.problems import Refused
from backend.settings import Clock
from backend_client.models.common import Problem, ProblemCode

WINDOW = timedelta(minutes=1)
MOST_ADDRESSES = 10_000


class Guesses:
    """Of this process; a token cannot be guessed at any rate, this keeps the noise down."""

    def __init__(self, most: int, now: Clock) -> None:
        self._most = most
        self._now = now
        self._wrong: OrderedDict[str, deque[datetime]] = OrderedDict()

    def wrong(self, address: str) -> None:
        """The address has come with a token that opens nothing."""
        times = self._wrong.setdefault(address, deque(maxlen=self._most))
        times.append(self._now())
        self._wrong.move_to_end(address)
        if len(self._wrong) > MOST_ADDRESSES:
            self._wrong.popitem(last=False)

    def refuse_guesser(self, address: str) -> None:
        """Raises Refused (too_many_attempts) for an address that has tried too many."""
        times = self._wrong.get(address)
        if times is None or len(times) < self._most:
            return
        left = (times[0] + WINDOW - self._now()).total_seconds()
        if left > 0:
            title = "Too many links that are not good"
            code = ProblemCode.TOO_MANY_ATTEMPTS
            raise Refused(Problem(status=429, title=title, code=code, retry_after=math.ceil(left)))
