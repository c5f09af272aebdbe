"""Overlay planes (PS3.3 C.9.2): lines and letters that a device keeps apart from the picture.

Either bits of their own, or (retired) a bit of each pixel's word beyond its stored bits. What does
not fit together is left out, and that is said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset

from workstation.studies.readers.dicom_file import DicomFile
from workstation.studies.readers.dicom_values import element_value

GROUPS: Final = range(0x6000, 0x6020, 2)
_ROWS, _COLUMNS, _FRAMES, _ORIGIN, _FRAME_ORIGIN = 0x0010, 0x0011, 0x0015, 0x0050, 0x0051
_BIT, _DATA = 0x0102, 0x3000

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Overlay:
    """One plane. Its first pixel lies on row `top`, column `left` of the picture, from 0."""

    group: int
    rows: int
    columns: int
    top: int
    left: int
    first_frame: int
    """The frame of the picture, from 0, on which its first one lies."""
    frames: int | None
    """How many it has of its own; None: its only one lies on every frame."""
    bit: int | None
    """Of a pixel's word, from 0; None: it has data of its own."""

    def own_frame(self, frame: int) -> int | None:
        """Which of its own frames lies on a frame of the picture; None: none."""
        if self.frames is None:
            return 0
        own = frame - self.first_frame
        return own if 0 <= own < self.frames else None


def has_overlays(dataset: Dataset) -> bool:
    """Whether there is any plane, sound or not."""
    return any((group, _ROWS) in dataset or (group, _DATA) in dataset for group in GROUPS)


def overlays_in(dataset: Dataset, *, stored: tuple[int, int, int]) -> tuple[list[Overlay], bool]:
    """The planes that fit together, and whether others do not. `stored`: bits allocated, bits
    stored and high bit of the picture.
    """
    groups = [one for one in GROUPS if (one, _ROWS) in dataset or (one, _DATA) in dataset]
    planes = [_overlay(dataset, group, stored) for group in groups]
    sound = [one for one in planes if one is not None]
    return sound, len(sound) < len(planes)


def mask_of(
    overlays: Iterable[Overlay], file: DicomFile, frame: int, rows: int, columns: int
) -> Mask:
    """Where lines lie upon a frame of the picture: rows x columns, all planes together."""
    found = np.zeros((rows, columns), np.bool_)
    for one in overlays:
        own = one.own_frame(frame)
        if own is None:
            continue
        if one.bit is None:
            plane = _own_bits(file, one, own)
        else:
            plane = _bit_of_pixels(file, one.bit, frame, rows, columns)
        if plane is not None:
            _lay(plane, one, found)
    return found


def packed(mask: Mask) -> bytes:
    """Eight pixels a byte, row after row, the first in the lowest bit."""
    return np.packbits(mask.reshape(-1), bitorder="little").tobytes()


def _overlay(dataset: Dataset, group: int, stored: tuple[int, int, int]) -> Overlay | None:
    rows, columns = _whole(dataset, group, _ROWS), _whole(dataset, group, _COLUMNS)
    frames, first = _whole(dataset, group, _FRAMES), _whole(dataset, group, _FRAME_ORIGIN)
    origin = _several(dataset, group, _ORIGIN) or (1, 1)
    if rows is None or columns is None or rows <= 0 or columns <= 0 or len(origin) != 2:
        return None
    if (frames is not None and frames <= 0) or (first is not None and first <= 0):
        return None
    count = None if frames is None and first is None else frames or 1
    has_data = (group, _DATA) in dataset
    bit = None if has_data else _whole(dataset, group, _BIT)
    found = Overlay(
        group, rows, columns, origin[0] - 1, origin[1] - 1, (first or 1) - 1, count, bit
    )
    if has_data:
        needed = -(-rows * columns * (count or 1) // 8)
        return found if len(_data(dataset, group)) >= needed else None
    return found if bit is not None and _is_spare(bit, stored) else None


def _is_spare(bit: int, stored: tuple[int, int, int]) -> bool:
    """Whether that bit of a pixel is none of its number."""
    allocated, count, high = stored
    return 0 <= bit < allocated and not high - count < bit <= high


def _data(dataset: Dataset, group: int) -> bytes:
    element: object = dataset.get_item((group, _DATA))
    value = getattr(element, "value", None)
    return value if isinstance(value, bytes) else b""


def _own_bits(file: DicomFile, one: Overlay, own: int) -> Mask | None:
    """One frame of its Overlay Data: a bit a pixel, without gaps between frames (C.9.2.1, PS3.5
    8.1.2)."""
    data = _data(file.dataset, one.group)
    element: object = file.dataset.get_item((one.group, _DATA))
    is_little = not isinstance(element, RawDataElement) or element.is_little_endian
    words = np.frombuffer(data, np.uint8)
    if not is_little and getattr(element, "VR", "") != "OB" and words.size % 2 == 0:
        words = words.reshape(-1, 2)[:, ::-1].reshape(-1)
    size = one.rows * one.columns
    first, last = own * size // 8, -(-(own + 1) * size // 8)
    bits = np.unpackbits(words[first:last], bitorder="little")[own * size - 8 * first :][:size]
    return bits.reshape(one.rows, one.columns).astype(np.bool_) if bits.size == size else None


def _bit_of_pixels(file: DicomFile, bit: int, frame: int, rows: int, columns: int) -> Mask | None:
    """The retired form: only of pixels that are not packed."""
    pixels = file.pixels
    allocated = element_value(file.dataset, 0x00280100)
    if pixels is None or pixels.announced is None or allocated not in (8, 16):
        return None
    order = "<" if file.syntax.is_little_endian or file.syntax.is_compressed else ">"
    kind = np.dtype(np.uint8) if allocated == 8 else np.dtype(f"{order}u2")
    size = rows * columns * kind.itemsize
    part = pixels.value[frame * size : (frame + 1) * size]
    if len(part) < size:
        return None
    words = np.frombuffer(part, kind).reshape(rows, columns)
    return np.asarray(words >> bit & 1, np.bool_)


def _lay(plane: Mask, one: Overlay, into: Mask) -> None:
    """What of a plane lies within the picture."""
    rows, columns = into.shape
    top, left = (0, 0) if one.bit is not None else (one.top, one.left)
    first, last = max(0, top), min(rows, top + plane.shape[0])
    start, stop = max(0, left), min(columns, left + plane.shape[1])
    if first < last and start < stop:
        into[first:last, start:stop] |= plane[first - top : last - top, start - left : stop - left]


def _whole(dataset: Dataset, group: int, element: int) -> int | None:
    found = _several(dataset, group, element)
    return found[0] if found else None


def _several(dataset: Dataset, group: int, element: int) -> Sequence[int]:
    value = element_value(dataset, group << 16 | element)
    several = value if isinstance(value, list | tuple) else [value]
    try:
        return [int(str(one)) for one in several]
    except ValueError:
        return []
