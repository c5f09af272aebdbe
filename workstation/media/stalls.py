"""How late a loop gets to what is due: late sound is lost sound."""

import asyncio
import time
from typing import Final

_TURN_S: Final = 0.05


class StallWatch:
    """Measures the loop that runs `watch`."""

    def __init__(self) -> None:
        self.since = time.monotonic()
        self.longest_s = 0.0
        self._lately_s = 0.0

    async def watch(self) -> None:
        """Measures until it is cancelled."""
        while True:
            before = time.monotonic()
            await asyncio.sleep(_TURN_S)
            late = time.monotonic() - before - _TURN_S
            self.longest_s = max(self.longest_s, late)
            self._lately_s = max(self._lately_s, late)

    def take_lately_s(self) -> float:
        """The longest since this was last asked."""
        lately, self._lately_s = self._lately_s, 0.0
        return lately
