"""Opens files with the readers in the test's own process, as the decoder process does."""

import numpy as np

from workstation.studies.disc import DiscInfo
from workstation.studies.ecg import EcgRecord
from workstation.studies.imaging import ClipInfo, PdfInfo, PictureInfo
from workstation.studies.opened import Drawable, Pixels, SliceSource
from workstation.studies.readers.long_record import LongFound, PackedEcg
from workstation.studies.readers.opening import open_file
from workstation.studies.report import ReportInfo


def read_ecg(data: bytes) -> EcgRecord:
    """The file as an ECG."""
    opened = open_file(memoryview(data))
    assert isinstance(opened, EcgRecord)
    return opened


def read_drawable(data: bytes) -> Drawable:
    """The file as something that can be drawn."""
    opened = open_file(memoryview(data))
    others = EcgRecord | LongFound | PackedEcg | ReportInfo | DiscInfo | SliceSource
    assert not isinstance(opened, others)
    return opened


def read_clip(data: bytes) -> ClipInfo:
    """What a DICOM picture says."""
    info = read_drawable(data).info
    assert isinstance(info, ClipInfo)
    return info


def drawn(data: bytes, index: int = 0, width: int = 200) -> Pixels:
    """A frame; or a page, `width` wide."""
    opened = read_drawable(data)
    info = opened.info
    match info:
        case ClipInfo() | PictureInfo():
            size = (info.height, info.width)
        case PdfInfo():
            page = info.page_sizes_pt[index]
            size = (round(width * page[1] / page[0]), width)
    pixels = np.zeros((*size, 4), np.uint8)
    opened.render(index, pixels)
    return pixels


def colours_of(pixels: Pixels) -> Pixels:
    """Red, green, blue of drawn pixels; the fourth byte must be 255 everywhere."""
    assert np.all(pixels[..., 3] == 255)
    return pixels[..., 2::-1]
