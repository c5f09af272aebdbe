"""Room for the samples of a short ECG, given with the file: one way to the decoder, not two."""

from typing import Final

from workstation.core.shared_memory import SharedBlock

_ROOM: Final = 512 * 1024
"""Ten seconds of twelve leads at 1000 Hz. Made in a tenth of a millisecond."""


def room_for_samples() -> SharedBlock | None:
    """It may turn out to be of no use: the file is a picture, or a longer ECG.

    None where there is no memory now.
    """
    try:
        return SharedBlock.create(_ROOM)
    except MemoryError:
        return None
