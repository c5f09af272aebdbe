"""Whether what the decoder says of a disc can be: a hostile file may have taken it over."""

from workstation.studies.disc import DiscFile, DiscInfo, DiscItem
from workstation.studies.errors import Unreadable, UnreadableFile

_MOST_FILES = 20_000
_LARGEST = 1024 * 1024 * 1024
_MOST_PICTURES = 1_000_000


def checked(info: DiscInfo, size: int) -> DiscInfo:
    """What was opened, if all its files lie within the `size` bytes of the archive.

    Raises:
        UnreadableFile: it cannot be.
    """
    sound = (
        0 < len(info.files) <= _MOST_FILES
        and bool(info.items)
        and all(_is_within(one, size) for one in info.files)
        and all(_is_sound(one, len(info.files)) for one in info.items)
    )
    if not sound:
        raise UnreadableFile(Unreadable.DAMAGED)
    return info


def _is_within(one: DiscFile, size: int) -> bool:
    return one.place.offset + one.place.packed <= size and one.place.size <= _LARGEST


def _is_sound(one: DiscItem, files: int) -> bool:
    return (
        bool(one.files)
        and all(0 <= number < files for number in one.files)
        and 0 < one.pictures <= _MOST_PICTURES
    )
