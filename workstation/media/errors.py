"""What may go wrong with the media process.

::

    MediaError
      MediaStopped        it ended during the call; a new one is being started
"""


class MediaError(Exception):
    """Any trouble with sound and picture of calls."""


class MediaStopped(MediaError):
    """The media process ended: by itself, killed from outside, or because it did not answer."""

    def __init__(self, exit_code: int) -> None:
        super().__init__(f"exit code {exit_code}")
        self.exit_code = exit_code
