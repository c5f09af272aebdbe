"""Files that are there whole or not at all, whatever happens while they are written."""

import errno
import os
import tempfile
from pathlib import Path
from typing import Final

_UNNAMED: Final = getattr(os, "O_TMPFILE", 0)
_MINE_ALONE: Final = 0o600


def write_whole(path: Path, data: bytes) -> None:
    """Writes `data` to `path`, which then has all of it; else `path` is as it was.

    Where the system can, the bytes have no name until they are whole: nothing is left behind even
    by a process that is killed. Only the file's owner may read it. Raises OSError (disk full; a
    device or a pipe, which a file would take the place of).
    """
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "only a file can be replaced", str(path))
    if not (_UNNAMED and _written_without_name(path, data)):
        _written_beside(path, data)


def _written_without_name(path: Path, data: bytes) -> bool:
    """False where this file system has no files without names."""
    try:
        handle = os.open(path.parent, _UNNAMED | os.O_WRONLY, _MINE_ALONE)
    except OSError:
        return False
    with os.fdopen(handle, "wb") as file:
        _fill(file.fileno(), data)
        return _named(file.fileno(), path)


def _named(handle: int, path: Path) -> bool:
    """Gives a whole file its name; over an older file by way of another name."""
    unnamed = f"/proc/self/fd/{handle}"
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
        beside = Path(folder, path.name)
        try:
            os.link(unnamed, beside, follow_symlinks=True)
        except OSError:
            return False
        beside.replace(path)
    return True


def _written_beside(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        try:
            _fill(handle, data)
        finally:
            os.close(handle)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _fill(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
    os.fsync(handle)
