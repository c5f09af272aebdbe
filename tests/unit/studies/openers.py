"""Ways of opening files that do what hostile files make readers do: run in the decoder process."""

import hashlib
import os
import signal
import threading
import time
from dataclasses import dataclass

import numpy as np

from workstation.studies.confinement import Confinement
from workstation.studies.imaging import ClipInfo, FrameTimeSource
from workstation.studies.limits import MIB
from workstation.studies.opened import OpenedFile, Pixels

CRASHES_ON = 3
"""The frame of the clip "bad clip" that ends the process."""
SIZE = (64, 48)
SLOW_S = 2.0
"""On the clock, for the file "slow"."""


def open_trouble(data: memoryview) -> OpenedFile:
    """Does what the file's content says."""
    match bytes(data).split(b"#")[0]:
        case b"burn":
            while True:
                pass
        case b"burn twice":
            _burn_in_two_threads()
        case b"slow":
            _work_a_tenth_of_the_time()
            return Clip(_info(), crashes_on=None)
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


def burn_confined(cpu_s: float) -> None:
    """In a process without a window: only what it holds itself to ends it."""
    with Confinement().job(cpu_s, 256 * MIB):
        open_trouble(memoryview(b"burn"))


def _burn_in_two_threads() -> None:
    """A digest of a large piece is made without the interpreter's lock."""

    def burn() -> None:
        while True:
            hashlib.sha256(piece).digest()

    piece = bytes(1024 * 1024)
    threading.Thread(target=burn, daemon=True).start()
    burn()


def _work_a_tenth_of_the_time() -> None:
    """As on a busy machine: `SLOW_S` seconds on the clock."""
    pause, end = threading.Event(), time.monotonic() + SLOW_S
    while time.monotonic() < end:
        turn = time.process_time() + 0.005
        while time.process_time() < turn:
            pass
        pause.wait(0.045)


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
