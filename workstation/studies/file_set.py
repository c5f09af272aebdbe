"""Files that only make sense together, as the one file that a request carries.

A WFDB record is a text header and sample files beside it. A request's document is one file: a
zip of them. From a folder (command line, a file picker) the header is enough, and the files that
it names are taken along.
"""

import io
import zipfile
from pathlib import Path
from typing import Final

from workstation.studies.readers.sniff import FileFormat, sniff

_LARGEST: Final = 1024 * 1024 * 1024
_LARGEST_HEADER: Final = 1024 * 1024
_MOST_FILES: Final = 256


class NoSingleRecord(Exception):
    """A folder that does not hold exactly one WFDB header; says how many."""


def whole_file(path: Path) -> bytes:
    """The file's bytes; of a WFDB header a zip of it and the files that lie beside it.

    What the header names is looked for in its own folder only, whatever path it writes. A file
    that is not there is left out: the reader says so. A folder stands for the one header in it.

    Raises:
        OSError: it cannot be read.
        NoSingleRecord: a folder of no record, or of several.
    """
    if path.is_dir():
        path = _only_header(path)
    data = path.read_bytes()
    if data[:4] == b"PK\x03\x04" or sniff(memoryview(data)) is not FileFormat.WFDB:
        return data
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("record.hea", data)
        for name in _named(data):
            beside = path.parent / name
            if beside.is_file() and beside.stat().st_size <= _LARGEST:
                archive.writestr(name, beside.read_bytes())
    return packed.getvalue()


def _only_header(folder: Path) -> Path:
    headers = [one for one in folder.iterdir() if one.suffix.lower() == ".hea" and one.is_file()]
    if len(headers) != 1:
        raise NoSingleRecord(f"a folder with {len(headers)} WFDB headers: name the header")
    return headers[0]


def _named(header: bytes) -> list[str]:
    """File names at the head of the signal lines, without a path."""
    lines = [line.strip() for line in header[:_LARGEST_HEADER].splitlines()]
    told = [line.decode("latin-1").split() for line in lines if line and line[:1] != b"#"]
    names = dict.fromkeys(fields[0] for fields in told[1:] if len(fields) > 1)
    plain = [name for name in names if Path(name).name == name and name not in (".", "..")]
    return [name for name in plain if "\\" not in name and ":" not in name][:_MOST_FILES]
