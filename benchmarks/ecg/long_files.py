"""A day of three leads at 250 Hz in every format that is opened as a long recording."""

import zipfile
from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

from tests.unit.studies import long_files as short
from tests.unit.studies.ecg_files import binary

Counts = npt.NDArray[np.int16]

RATE: Final = 250
DAY_S: Final = 24 * 3600
RR_S: Final = 0.8
R_PEAK: Final = 1500
FIRST: Final = 100
"""Sample of the first R peak."""


def day() -> Counts:
    """Samples x leads: noise with an R peak of one sample every 0.8 s."""
    some = short.counts(200, top=R_PEAK)
    return np.tile(some, (DAY_S // 200, 1))


def _packed_212(stored: Counts) -> bytes:
    """As `binary.packed_212`, of millions."""
    pairs = stored.reshape(-1, 2).astype(np.uint16)
    packed = np.empty((len(pairs), 3), np.uint8)
    packed[:, 0] = pairs[:, 0] & 0xFF
    packed[:, 1] = ((pairs[:, 0] >> 8) & 0x0F) | ((pairs[:, 1] >> 4) & 0xF0)
    packed[:, 2] = pairs[:, 1] & 0xFF
    return packed.tobytes()


def _wfdb_212(stored: Counts) -> bytes:
    header = binary.wfdb_header(short.LEADS, stored, rate=str(RATE), packing="212")
    files: dict[str, bytes | str] = {"rec.hea": header, "rec.dat": _packed_212(stored)}
    return binary.zipped(files, method=zipfile.ZIP_STORED)


FORMATS: Final[dict[str, Callable[[Counts], bytes]]] = {
    "EDF": short.edf,
    "ISHNE": lambda stored: binary.ishne(stored, short.LEADS, rate=RATE),
    "WFDB 16": short.wfdb,
    "WFDB 212": _wfdb_212,
    "WFDB 16 deflated": lambda stored: short.wfdb(stored, method=zipfile.ZIP_DEFLATED),
    "DICOM": short.dicom,
}
