"""Ways of opening files that do what hostile files make readers do: run in the decoder process."""

import os
import signal
import threading
from dataclasses import dataclass

import numpy as np

from workstation.studies.imaging import ClipInfo, FrameTimeSource
from workstation.studies.opened import OpenedFile, Pixels

CRASHES_ON = 3
"""The frame of the clip "bad clip" that ends the process."""
SIZE = (64, 48)


def open_trouble(data: memoryview) -> OpenedFile:
    """Does what the file's content says."""
    match bytes(data).split(b"#")[0]:
        case b"burn":
            while True:
                pass
        case b"hang":
            threading.Event().wait()
        case b"hoard":
            _hoard()
        case b"crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case b"clip":
            return Clip(_info(), crashes_on=None)
        case b"bad clip":
            return Clip(_info(), crashes_on=CRASHES_ON)
    raise ValueError("Ivanova^Maria")


def _hoard() -> None:
    kept = []
    while True:
        kept.append(bytearray(16 * 1024 * 1024))


@dataclass(frozen=True)
class Clip:
    """Frame 5 is full of fives."""

    info: ClipInfo
    crashes_on: int | None

    def render(self, index: int, into: Pixels) -> None:
        if index == self.crashes_on:
            os.kill(os.getpid(), signal.SIGSEGV)
        into[...] = np.uint8(index)


def _info(count: int = 100) -> ClipInfo:
    return ClipInfo(
        frame_count=count,
        frames_announced=count,
        width=SIZE[0],
        height=SIZE[1],
        pixel_aspect=1,
        frame_times_ms=tuple(40.0 * place for place in range(count + 1)),
        time_source=FrameTimeSource.FRAME_TIME,
        regions=(),
        patient_name="",
        patient_birth_date=None,
        taken_on=None,
        taken_at=None,
        title="",
        modality="US",
        warnings=(),
    )
