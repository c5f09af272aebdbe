"""Files of a disc as studies by themselves, in the memory of the disc."""

import hashlib
from collections.abc import Sequence

from workstation.core.shared_memory import SharedBlock
from workstation.studies.disc import EntryPlace
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.file_link import FileLink, answer_to
from workstation.studies.messages import (
    BeatsFound,
    DiscOpened,
    Done,
    OpenEntries,
    OverlayFound,
    Refused,
    TextFound,
    WholePartsWanted,
    WordsFound,
)
from workstation.studies.series_opening import SeriesDesk
from workstation.studies.study import Study, study_of


async def open_part(
    desk: SeriesDesk, number: int, disc: FileLink, places: Sequence[EntryPlace]
) -> tuple[Study, FileLink]:
    """For `DiscStudy.open_item`: the study, and the link behind it. Raises as `Decoder.open`."""
    archive = disc.block
    # The name stays the disc's: a study that is closed does not take the archive away.
    block = SharedBlock(archive.name, archive.size, archive.memory, owned=False)

    def question(number: int) -> OpenEntries:
        return OpenEntries(number, archive.name, archive.size, tuple(places))

    size = sum(place.size for place in places)
    link = FileLink(desk, number, block, _digest(disc, places), question, size)
    desk.take_in(link)
    try:
        opened = await answer_to(link.open())
        if isinstance(opened, DiscOpened | WholePartsWanted):
            raise UnreadableFile(Unreadable.DAMAGED)
        assert not isinstance(
            opened, BeatsFound | WordsFound | TextFound | OverlayFound | Done | Refused
        )
        return await study_of(link, opened), link
    except BaseException:  # cancelled, too: the process may forget it
        link.close()
        raise


def _digest(disc: FileLink, places: Sequence[EntryPlace]) -> bytes:
    """A file that ends processes does not take the others of its disc along."""
    found = hashlib.sha256(disc.digest)
    for place in places:
        found.update(place.offset.to_bytes(8, "little"))
    return found.digest()
