"""Sound small files of every reader of the imaging desk, generated and (where they are) real."""

import io
import zipfile
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from PIL import Image
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence as DicomSequence
from pydicom.uid import (
    UID,
    ComputedRadiographyImageStorage,
    SecondaryCaptureImageStorage,
    XRayAngiographicImageStorage,
)

from tests.shared_data import SHARED_DATA
from tests.unit.studies import dicom_factory as make
from tests.unit.studies import docx_factory, report_factory, slices
from tests.unit.studies.grey_files import add_overlay, cross, lut_item
from tests.unit.studies.packings import LOSSLESS, compressed, slice_of, twelve_bit_jpeg
from tests.unit.studies.test_hostile_pictures import DEEP, GREYS
from tests.unit.studies.test_pdf_text import encapsulated
from tests.unit.studies.test_photometrics import palette
from tests.unit.studies.test_picture_and_pdf import pdf, saved, two_colours
from tests.unit.studies.test_pictures import pages_of
from tests.unit.studies.test_video import STREAMS, dicom_video
from tests.unit.studies.video_writer import video

JPEG_2000: Final = "1.2.840.10008.1.2.4.91"
_LARGEST_REAL: Final = 700_000
_REAL_FOLDERS: Final = ("us", "doc", "charset", "mr", "ct/ts")


@dataclass(frozen=True, slots=True)
class Specimen:
    """A sound file."""

    name: str
    data: bytes
    is_dicom: bool = False


@cache
def generated() -> tuple[Specimen, ...]:
    """One of each kind and packing."""
    dicom = {**_ultrasound(), **_slices(), **_packed(), **_others()}
    found = [Specimen(name, data, is_dicom=True) for name, data in dicom.items()]
    plain = {**_pictures(), **_videos(), **_documents(), **_discs()}
    return (*found, *(Specimen(name, data) for name, data in plain.items()))


@cache
def real() -> tuple[Specimen, ...]:
    """The smaller sample files beside the checkout; none where they are not there."""
    if not SHARED_DATA.is_dir():
        return ()
    files = [
        path
        for folder in _REAL_FOLDERS
        for path in sorted((SHARED_DATA / folder).rglob("*"))
        if path.is_file() and path.stat().st_size <= _LARGEST_REAL
    ]
    return tuple(
        Specimen(path.name, path.read_bytes(), is_dicom=path.suffix == ".dcm") for path in files
    )


def with_regions(dataset: Dataset) -> None:
    """A picture at the left, a spectrum at the right of 48 x 32 pixels."""
    spectrum = make.region(
        RegionSpatialFormat=3,
        RegionDataType=3,
        RegionLocationMinX0=41,
        RegionLocationMaxX1=47,
        PhysicalUnitsXDirection=4,
        PhysicalUnitsYDirection=7,
        PhysicalDeltaX=0.01,
        PhysicalDeltaY=-2.0,
        ReferencePixelY0=14,
        ReferencePixelPhysicalValueY=0.0,
    )
    dataset.SequenceOfUltrasoundRegions = DicomSequence([make.region(), spectrum])


def _ultrasound() -> dict[str, bytes]:
    colours = np.stack([make.colour_frame(number) for number in range(3)])
    still = make.picture(make.colour_frame(0), "RGB")
    with_regions(still)
    vector = make.picture(colours, "RGB", 3)
    vector.FrameTimeVector = ["0", "40", "35"]
    vector.FrameIncrementPointer = 0x00181065
    return {
        "us jpeg clip": make.clip_file(3, with_regions),
        "us still": make.written(still),
        "us uncompressed clip": make.written(make.picture(colours, "RGB", 3)),
        "us frame time vector": make.written(vector),
        "us rle": make.rle_file(make.picture(make.colour_frame(0), "RGB")),
        "us palette": make.written(palette()),
        "us palette of 16 bits": make.written(palette(100, 20, 16)),
    }


def _slices() -> dict[str, bytes]:
    angiography = slices.ct(1)
    angiography.SOPClassUID, angiography.Modality = XRayAngiographicImageStorage, "XA"
    angiography.NumberOfFrames, angiography.FrameTime = 3, "66"
    angiography.PixelData = b"".join(slices.counts(n).tobytes() for n in range(3))
    angiography.ImagerPixelSpacing = ["0.2", "0.2"]
    for keyword in ("ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing"):
        del angiography[keyword]
    radiography = slices.ct(1)
    radiography.SOPClassUID, radiography.Modality = ComputedRadiographyImageStorage, "CR"
    radiography.ImagerPixelSpacing = ["0.14", "0.14"]
    for keyword in ("ImagePositionPatient", "ImageOrientationPatient"):
        del radiography[keyword]
    return {
        "ct slice": slices.ct_file(1),
        "ct packed": slices.packed(1),
        "ct with tables": slices.ct_file(1, _with_tables),
        "ct with overlay": slices.ct_file(1, _with_overlay),
        "mr enhanced": make.written(slices.enhanced([0.0, 6.0, 12.0], times=2)),
        "xa": make.written(angiography),
        "cr": make.written(radiography),
    }


def _with_tables(dataset: Dataset) -> None:
    dataset.ModalityLUTSequence = DicomSequence([lut_item(list(range(1000, 1200)), 1000)])
    dataset.VOILUTSequence = DicomSequence([lut_item([n % 256 for n in range(200)], 1000, 8)])


def _with_overlay(dataset: Dataset) -> None:
    add_overlay(dataset, [cross()])


def _packed() -> dict[str, bytes]:
    found = {f"grey {one}": LOSSLESS[one](GREYS, 8) for one in LOSSLESS}
    found |= {f"colour {one}": LOSSLESS[one](make.colour_frame(4), 8) for one in LOSSLESS}
    found["jpeg of 12 bits"] = twelve_bit_jpeg(DEEP)
    found["lossy jpeg 2000"] = compressed(slice_of(GREYS, 8), UID(JPEG_2000), j2k_ratio=8)
    return found


def _others() -> dict[str, bytes]:
    capture = make.picture(make.colour_frame(2), "RGB")
    capture.SOPClassUID, capture.Modality = SecondaryCaptureImageStorage, "OT"
    return {
        "secondary capture": make.written(capture),
        "echo report": report_factory.echo_report(),
        "fetal report": report_factory.fetal_report(),
        "encapsulated pdf": encapsulated(pdf()),
        **{f"dicom {name}": dicom_video(name) for name in STREAMS},
    }


def _pictures() -> dict[str, bytes]:
    photo, colours = make.colour_frame(1), Image.fromarray(make.colour_frame(1, 64, 64))
    return {
        "jpeg": make.jpeg(photo),
        "progressive jpeg": make.jpeg(photo, progressive=True),
        "turned jpeg": _turned(),
        "png": saved(colours, "PNG"),
        "bmp": saved(two_colours(), "BMP"),
        "tiff lzw": saved(two_colours(), "TIFF", compression="tiff_lzw"),
        "tiff jpeg": saved(colours, "TIFF", compression="jpeg"),
        "fax": saved(two_colours().convert("1"), "TIFF", compression="group4"),
        "tiff of pages": pages_of((60, 40), (40, 60)),
        "avif": saved(colours, "AVIF"),
    }


def _turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved(Image.fromarray(make.colour_frame(1)), "JPEG", exif=exif)


def _videos() -> dict[str, bytes]:
    return {
        "mp4": video(times=range(8)),
        "hevc": video("mp4", "libx265", times=range(6), options={"x265-params": "log-level=none"}),
        "avi": video("avi", "mjpeg", times=range(8)),
        "mov": video("mov", "mpeg4", times=range(8)),
    }


def _documents() -> dict[str, bytes]:
    words = docx_factory.paragraph("Диагноз: преэклампсия") * 6
    table = docx_factory.table(("Показатель", "ФВ"), ("62", "%"))
    shown = docx_factory.drawing("r1")
    relations = docx_factory.relations({"r1": ("media/a.png", "Internal")})
    parts: dict[str, bytes | str] = {
        docx_factory.RELATIONS: relations,
        "word/media/a.png": saved(two_colours(), "PNG"),
    }
    text = "Выписной эпикриз. АД 160/110.\n" * 10
    return {
        "pdf": pdf(),
        "docx": docx_factory.docx(words + table),
        "docx with a picture": docx_factory.docx(words + shown, parts),
        "text": text.encode("cp1251"),
        "text of utf-8": text.encode(),
    }


def _discs() -> dict[str, bytes]:
    """A patient's disc: two series, a clip, a report and a viewer's own files."""
    other = slices.ct(3)
    other.SeriesInstanceUID, other.SeriesNumber = "1.2.4", 3
    files: dict[str, bytes] = {
        **{f"DICOM/S1/I{n}": slices.ct_file(n) for n in (1, 2, 3)},
        "DICOM/S2/I1": make.written(other),
        "DICOM/S3/I1": make.clip_file(2, with_regions),
        "DICOM/S4/I1": report_factory.echo_report(),
        "report.pdf": pdf(),
        "VIEWER.EXE": b"MZ" + bytes(200),
    }
    return {
        "disc": zipped(files, zipfile.ZIP_DEFLATED),
        "disc stored": zipped(files, zipfile.ZIP_STORED),
    }


def zipped(files: dict[str, bytes], method: int) -> bytes:
    """A ZIP of them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()
