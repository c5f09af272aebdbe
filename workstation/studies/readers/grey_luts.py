"""Modality LUTs and VOI LUTs of a file (PS3.3 C.11.1.1, C.11.2.1.1): sound ones, or none.

A table that contradicts itself is not mended by guessing: a wrong picture would look as good as a
right one. Whoever asks is told that there was one.
"""

from typing import Final

import numpy as np
from pydicom.datadict import tag_for_keyword
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

from workstation.studies.readers.dicom_text import text
from workstation.studies.readers.dicom_values import items
from workstation.studies.stack import LARGEST_LUT, GreyLut

_MOST_LUTS: Final = 8
_SIGN: Final = 0x8000


class BadLut(Exception):
    """A table that contradicts itself, or is cut off."""


def modality_lut(dataset: Dataset, *, signed: bool) -> tuple[GreyLut, str] | None:
    """The file's modality LUT and its Modality LUT Type ("HU", "OD", "US", ...); None where there
    is none. `signed`: whether the stored numbers are.

    Raises:
        BadLut: there is one that cannot be used.
    """
    if "ModalityLUTSequence" not in dataset:
        return None
    found = items(dataset, "ModalityLUTSequence")
    if not found:
        raise BadLut
    kind = text(found[0], "ModalityLUTType", 16).words.strip().upper()
    return grey_lut(found[0], signed=signed), kind


def voi_luts(dataset: Dataset, *, signed: bool) -> tuple[GreyLut, ...]:
    """The VOI LUTs of a file or of a frame, in their order. `signed`: whether values can be below
    0.

    Raises:
        BadLut: there is one that cannot be used.
    """
    if "VOILUTSequence" not in dataset:
        return ()
    found = items(dataset, "VOILUTSequence")
    if not found:
        raise BadLut
    return tuple(grey_lut(item, signed=signed) for item in found[:_MOST_LUTS])


def grey_lut(item: Dataset, *, signed: bool) -> GreyLut:
    """The table of one item: LUT Descriptor, LUT Data, LUT Explanation.

    Raises:
        BadLut: as the module says.
    """
    described = _words(item, "LUTDescriptor")
    if len(described) != 3:
        raise BadLut
    count, first, bits = (int(one) for one in described)
    count = count or LARGEST_LUT
    if not 8 <= bits <= 16:
        raise BadLut
    if first & _SIGN and (signed or _is_signed(item)):
        first -= 2 * _SIGN
    entries = _entries(item, count, bits)
    if int(entries.max()) >= 1 << bits:
        raise BadLut
    name = text(item, "LUTExplanation", 40).words.strip()
    return GreyLut(first, bits, entries.astype("<u2").tobytes(), name)


def _entries(item: Dataset, count: int, bits: int) -> "np.ndarray[tuple[int], np.dtype[np.uint16]]":
    """16 bits each, or of 8 bits two in a word (C.11.1.1.1: packed, the first in the low byte)."""
    words = _words(item, "LUTData")
    if len(words) == count:
        return words
    if bits == 8 and len(words) == (count + 1) // 2:
        return words.astype("<u2").view(np.uint8)[:count].astype(np.uint16)
    raise BadLut


def _words(item: Dataset, keyword: str) -> "np.ndarray[tuple[int], np.dtype[np.uint16]]":
    """An element of 16-bit words (US, SS or OW), without their sign."""
    tag = tag_for_keyword(keyword)
    if tag is None or tag not in item:
        raise BadLut
    element: object = item.get_item(tag)
    little = item.original_encoding[1] is not False
    if isinstance(element, RawDataElement):
        value: object = element.value
        little = element.is_little_endian
    else:
        value = getattr(element, "value", None)
    if isinstance(value, bytes):
        return _from_bytes(value, little=little)
    several = value if isinstance(value, MultiValue | list | tuple) else [value]
    whole = [one for one in several if isinstance(one, int)]
    if len(whole) < len(several):
        raise BadLut
    return np.array([one & 0xFFFF for one in whole], np.uint16)


def _from_bytes(value: bytes, *, little: bool) -> "np.ndarray[tuple[int], np.dtype[np.uint16]]":
    if len(value) % 2 or not value:
        raise BadLut
    return np.frombuffer(value, "<u2" if little else ">u2").astype(np.uint16)


def _is_signed(item: Dataset) -> bool:
    """Whether the descriptor's own representation says so."""
    tag = tag_for_keyword("LUTDescriptor")
    element: object = item.get_item(tag) if tag is not None else None
    if getattr(element, "VR", None) == "SS":
        return True
    value = getattr(element, "value", None)
    return isinstance(value, MultiValue) and len(value) == 3 and int(value[1]) < 0
