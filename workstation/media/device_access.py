"""Why a camera of Linux gives no picture: not permitted, or in another program's hands.

QtMultimedia says only that it does not work. The files of the cameras (Video4Linux) say more.
"""

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from workstation.core.device_check import Access


def camera_access(
    otherwise: Access, *, devices: Path = Path("/dev"), processes: Path = Path("/proc")
) -> Access:
    """`otherwise` where nothing more is to be known, as on other systems."""
    if not sys.platform.startswith("linux"):
        return otherwise
    cameras = sorted(devices.glob("video*"))
    if any(not os.access(one, os.R_OK | os.W_OK) for one in cameras):
        return Access.NO_PERMISSION
    if set(_held_by_others(processes)) & {str(one) for one in cameras}:
        return Access.BUSY
    return otherwise


def _held_by_others(processes: Path) -> Iterator[str]:
    """Files that programs of this user hold open; those of others are not to be seen."""
    own = str(os.getpid())
    for process in processes.glob("[0-9]*"):
        if process.name != own:
            yield from _links(process / "fd")


def _links(folder: Path) -> Iterable[str]:
    with contextlib.suppress(OSError):
        for one in os.scandir(folder):
            with contextlib.suppress(OSError):
                yield os.readlink(one.path)
