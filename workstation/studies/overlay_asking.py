"""Asks the decoder for the lines that a device keeps apart from a picture."""

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.file_link import FileLink, answer_to
from workstation.studies.messages import OverlayFound, ReadOverlay


async def read_overlay(link: FileLink, number: int, pixels: int) -> bytes:
    """A bit for each of so many pixels, the first in the lowest of the first byte.

    Raises:
        UnreadableFile: the file is damaged, or what came is of another size.
        DecoderStopped: the process ended meanwhile; ask again.
        StudyClosed: the study was closed.
    """
    answer = await answer_to(link.ask(ReadOverlay(link.number, number)))
    if not isinstance(answer, OverlayFound) or len(answer.bits) != -(-pixels // 8):
        raise UnreadableFile(Unreadable.DAMAGED)
    return answer.bits
