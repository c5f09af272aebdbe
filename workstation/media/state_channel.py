"""What each side says of its sound and picture, over the connection's own data channel.

The channel is named "state"; the side that offers opens it. A message is JSON of at most 512
bytes: `{"audio": "on", "video": "off"}`, each "on", "off" or "missing"; unknown keys are ignored.
"""

import asyncio
from collections.abc import Callable
from typing import Final

import msgspec
from aiortc import RTCDataChannel

from workstation.core.call_media import MediaState

LABEL: Final = "state"
_LONGEST: Final = 512
_MOST_REFUSED: Final = 100
_PAUSE_S: Final = 0.1
_decoder: Final = msgspec.json.Decoder(MediaState)


class StateChannel:
    """Says ours when it has changed; tells of theirs when it has, ten times a second at most."""

    def __init__(self, ours: MediaState, tell: Callable[[MediaState], None]) -> None:
        self.refused = 0
        self._ours = ours
        self._tell = tell
        self._theirs: MediaState | None = None
        self._told: MediaState | None = None
        self._pause: asyncio.TimerHandle | None = None
        self._channel: RTCDataChannel | None = None

    def attach(self, channel: RTCDataChannel) -> None:
        """Uses this channel; any but the first of that name is closed."""
        if channel.label != LABEL or self._channel is not None:
            self.refused += 1
            channel.close()
            return
        self._channel = channel
        channel.on("message", self._hear)
        channel.on("open", self._say)
        self._say()

    def say(self, ours: MediaState) -> None:
        """Ours has changed."""
        self._ours = ours
        self._say()

    def close(self) -> None:
        """Tells no more."""
        if self._pause is not None:
            self._pause.cancel()

    def _say(self) -> None:
        if self._channel is not None and self._channel.readyState == "open":
            self._channel.send(msgspec.json.encode(self._ours).decode())

    def _hear(self, message: str | bytes) -> None:
        if self.refused >= _MOST_REFUSED:
            return
        try:
            if len(message) > _LONGEST:
                raise ValueError("too long")
            self._theirs = _decoder.decode(message)
        except ValueError:
            self._refuse()
            return
        if self._pause is None:
            self._tell_change()

    def _refuse(self) -> None:
        self.refused += 1
        if self.refused == _MOST_REFUSED and self._channel is not None:
            self._channel.close()

    def _tell_change(self) -> None:
        self._pause = None
        if self._theirs is not None and self._theirs != self._told:
            self._told = self._theirs
            self._tell(self._theirs)
            self._pause = asyncio.get_running_loop().call_later(_PAUSE_S, self._tell_change)
