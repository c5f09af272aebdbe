"""Files of a folder as the one archive that a disc is opened from. For the command line."""

import io
import zipfile
from collections.abc import Iterable


def as_disc(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP of the files under these names ("/" between folders), stored as they are:
    `Decoder.open` makes the same disc of it as of one that was sent. The bytes are copied once.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data)
    return packed.getvalue()
