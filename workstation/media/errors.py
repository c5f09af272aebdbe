"""What may go wrong with the media process.

::

    MediaError
      MediaStopped        it ended during the call; a new one is being started
      BadDescription      what the other side sent is no description that a call can be made of
      NotPossibleNow      the call is over, or this is not its turn
"""


class MediaError(Exception):
    """Any trouble with sound and picture of calls."""


class MediaStopped(MediaError):
    """The media process ended: by itself, killed from outside, or because it did not answer."""

    def __init__(self, exit_code: int) -> None:
        super().__init__(f"exit code {exit_code}")
        self.exit_code = exit_code


class BadDescription(MediaError):
    """The other side's description is too long, is not SDP, or fits no call of ours."""


class NotPossibleNow(MediaError):
    """The call is over, or its offers and answers came in a wrong order."""
