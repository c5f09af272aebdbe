"""Files that only make sense together, as the one file that a request carries.

A WFDB record is a text header and sample files beside it. A request's document is one file: a
zip of them. From a folder (command line, a file picker) the header is enough, and the files that
it names are taken along. A folder without a header is one of slices: all files in it.
"""

import io
import os
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from workstation.studies.readers.sniff import FileFormat, sniff

_LARGEST: Final = 1024 * 1024 * 1024
_LARGEST_HEADER: Final = 1024 * 1024
_MOST_FILES: Final = 256
_MOST_SLICES: Final = 20_000
_DEEPEST: Final = 8


class FolderTooLarge(Exception):
    """A folder with more files, more bytes or deeper folders than are opened together."""


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


def has_wfdb_header(folder: Path) -> bool:
    """Whether the folder is one of WFDB records. Raises OSError."""
    return bool(_headers(folder))


def files_in(folder: Path, most_bytes: int = _LARGEST) -> dict[str, bytes]:
    """All plain files in a folder and in those below it, by their paths within it, in order.

    Links are left out: what they lead to lies elsewhere. Nothing is read before all is counted.

    Raises:
        OSError: something cannot be read.
        FolderTooLarge: more than 20,000 files, than `most_bytes`, or folders deeper than 8.
    """
    found: list[Path] = []
    size = 0
    for path, own_size in _plain_files(folder, 0):
        found.append(path)
        size += own_size
        if len(found) > _MOST_SLICES or size > most_bytes:
            raise FolderTooLarge
    return {
        path.relative_to(folder).as_posix(): _content(path, most_bytes) for path in sorted(found)
    }


def as_disc(files: Mapping[str, bytes]) -> bytes:
    """These files as a disc that comes in one archive, nothing in it packed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def _plain_files(folder: Path, depth: int) -> Iterator[tuple[Path, int]]:
    """Each with its size."""
    if depth > _DEEPEST:
        raise FolderTooLarge
    with os.scandir(folder) as entries:
        for one in entries:
            if one.is_dir(follow_symlinks=False):
                yield from _plain_files(folder / one.name, depth + 1)
            elif one.is_file(follow_symlinks=False):
                yield folder / one.name, one.stat(follow_symlinks=False).st_size


def _content(path: Path, most_bytes: int) -> bytes:
    """No more than that, however it has grown since it was counted."""
    with path.open("rb") as file:
        return file.read(most_bytes)


def _headers(folder: Path) -> list[Path]:
    return [one for one in folder.iterdir() if one.suffix.lower() == ".hea" and one.is_file()]


def _only_header(folder: Path) -> Path:
    headers = _headers(folder)
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
