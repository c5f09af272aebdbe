"""Mutations that know what they touch: elements of DICOM pictures set to absurd values."""

import io
import random
import struct
import warnings
from collections.abc import Callable, Sequence
from typing import Final

from pydicom import dcmread
from pydicom.datadict import tag_for_keyword
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.filebase import DicomFileLike
from pydicom.filewriter import write_dataset
from pydicom.sequence import Sequence as DicomSequence
from pydicom.tag import Tag
from pydicom.uid import UID, ImplicitVRLittleEndian

from tests.unit.studies import dicom_factory as make
from tests.unit.studies import slices
from tests.unit.studies.imaging_fuzz.cases import Case, Fate
from tests.unit.studies.imaging_fuzz.specimens import Specimen, generated, with_regions

_SHORTS: Final = (0, 1, 2, 3, 7, 8, 12, 15, 16, 17, 24, 31, 32, 64, 255, 4096, 32768, 65535)
_SHORT_ELEMENTS: Final = (
    "Rows",
    "Columns",
    "BitsAllocated",
    "BitsStored",
    "HighBit",
    "PixelRepresentation",
    "SamplesPerPixel",
    "PlanarConfiguration",
    "PixelPaddingValue",
    "InstanceNumber",
)
_NUMBERS: Final = (
    *("0", "-1", "nan", "inf", "-inf", "1e308", "-1e308", "1e-320", "", "abc", " ", "1,5", "0x10"),
    *("0\\0", "nan\\nan", "-1\\-1", "1e300\\1e300", "0.5", "1\\1\\1", "\\", "0\\0\\0\\0\\0\\0"),
    *("1\\0\\0\\1\\0\\0", "1e200\\0\\0\\0\\1e200\\0", "9" * 16, "-0", "1\\nan\\1", "1e-9\\1e-9"),
)
_NUMBER_ELEMENTS: Final = (
    *("FrameTime", "FrameTimeVector", "PixelSpacing", "ImagerPixelSpacing", "RescaleSlope"),
    *("RescaleIntercept", "WindowCenter", "WindowWidth", "SliceThickness", "ImagePositionPatient"),
    *("ImageOrientationPatient", "NumberOfFrames", "RecommendedDisplayFrameRate", "CineRate"),
    *("PixelAspectRatio", "HeartRate", "SeriesNumber", "SliceLocation", "RWaveTimeVector"),
)
_WORDS: Final = {
    "PhotometricInterpretation": (
        *("RGB", "MONOCHROME1", "MONOCHROME2", "PALETTE COLOR", "YBR_FULL", "YBR_FULL_422"),
        *("YBR_RCT", "YBR_ICT", "YBR_PARTIAL_420", "ARGB", "", "XYZ"),
    ),
    "PatientName": ("", "\x1b$B^^^", "a" * 9000, "<b>a</b>", "\x00\x00", "\u202eabc", "^" * 60),
    "PatientBirthDate": ("99999999", "20261345", "-", "", "19000229", "0"),
    "StudyDate": ("99999999", "20261345", "-", "", "00010101"),
    "AcquisitionTime": ("999999", "-", "", "24:61", "1e9"),
    "SpecificCharacterSet": ("", "ISO_IR 999", "\\ISO 2022 IR 87", "GB18030", "\x1b", "UTF-8"),
    "Modality": ("", "US", "CT", "MR", "SR", "ECG", "XA", "\x00"),
    "RescaleType": ("HU", "", "US", "<b>", "OD"),
    "ImageType": ("", "LOCALIZER", "DERIVED\\SECONDARY", "ORIGINAL\\PRIMARY\\LOCALIZER"),
    "VOILUTFunction": ("SIGMOID", "LINEAR_EXACT", "", "XYZ"),
}
_SYNTAXES: Final = (
    *("1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99"),
    *("1.2.840.10008.1.2.2", "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51"),
    *("1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.4.80"),
    *("1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.100", "1.2.840.10008.1.2.4.102"),
    *("1.2.840.10008.1.2.4.107", "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.5", "1.2.3", ""),
)
_DOUBLES: Final = (0.0, -0.0, float("nan"), float("inf"), 1e300, 5e-324, -1e300, 1e-30)
_WORDS_OF_32: Final = (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 100_000)


def aware(chance: random.Random) -> Case:
    """One of them."""
    return chance.choice(ALL)(chance)


def _elements(chance: random.Random) -> Case:
    """One to three elements of any specimen hold what no device writes."""
    specimen = _dicom(chance)
    dataset = read(specimen.data)
    names = [_any_element(dataset, chance) for _ in range(chance.randint(1, 3))]
    return Case(f"{specimen.name}: {', '.join(names)}", _written(dataset, specimen.data))


def _any_element(dataset: Dataset, chance: random.Random) -> str:
    kind = chance.randrange(4)
    if kind == 0:
        keyword = chance.choice(_SHORT_ELEMENTS)
        value = struct.pack("<H", chance.choice(_SHORTS))
        kind_of = "US"
    elif kind == 1:
        keyword = chance.choice(tuple(_WORDS))
        value, kind_of = chance.choice(_WORDS[keyword]).encode(), "LO"
    elif kind == 2 and chance.random() < 0.3:
        keyword = chance.choice(list(dataset.keys()) or [0x00100010])  # type: ignore[assignment]
        dataset.pop(Tag(keyword), None)
        return f"no {Tag(keyword)}"
    else:
        keyword = chance.choice(_NUMBER_ELEMENTS)
        value, kind_of = chance.choice(_NUMBERS).encode(), "DS"
    _put(dataset, keyword, kind_of, value)
    return f"{keyword}={value[:20]!r}"


def _other_syntax(chance: random.Random) -> Case:
    """The file says that it is packed in another way than it is."""
    specimen = _dicom(chance)
    dataset = read(specimen.data)
    own, other = str(dataset.file_meta.TransferSyntaxUID), chance.choice(_SYNTAXES)
    data = specimen.data
    padded = [one.encode() + bytes(len(one) % 2) for one in (own, other)]
    at = data.find(padded[0])
    length = struct.pack("<H", len(padded[1]))
    changed = data[: at - 2] + length + padded[1] + data[at + len(padded[0]) :]
    return Case(f"{specimen.name}: called {other}", changed)


def _without_meta(chance: random.Random) -> Case:
    """The file's own header is cut away, or some of it."""
    specimen = _dicom(chance)
    end = 144 + int(struct.unpack_from("<L", specimen.data, 140)[0])
    start = chance.choice((132, end, 128, chance.randrange(132, end)))
    head = chance.choice((b"", bytes(128) + b"DICM", bytes(128)))
    return Case(f"{specimen.name}: without meta from {start}", head + specimen.data[start:])


def _regions(chance: random.Random) -> Case:
    """A region of an ultrasound picture is absurd; the others are not."""
    item = make.region()
    names = []
    for _ in range(chance.randint(1, 3)):
        keyword, value = chance.choice(
            (
                (chance.choice(("PhysicalDeltaX", "PhysicalDeltaY")), chance.choice(_DOUBLES)),
                (f"RegionLocation{chance.choice(_BOUNDS)}", chance.choice(_WORDS_OF_32)),
                ("RegionSpatialFormat", chance.choice((0, 2, 3, 4, 5, 9, 65535))),
                ("RegionDataType", chance.choice((0, 3, 9, 18, 65535))),
                ("PhysicalUnitsXDirection", chance.choice((0, 1, 4, 5, 12, 99, 65535))),
                ("PhysicalUnitsYDirection", chance.choice((0, 5, 7, 12, 99, 65535))),
                ("RegionFlags", 0xFFFFFFFF),
                ("ReferencePixelY0", chance.choice((-(2**31), 2**31 - 1))),
                ("ReferencePixelPhysicalValueY", chance.choice(_DOUBLES)),
            )
        )
        setattr(item, keyword, value)
        names.append(f"{keyword}={value}")

    def change(dataset: Dataset) -> None:
        with_regions(dataset)
        dataset.SequenceOfUltrasoundRegions[chance.randrange(2)] = item

    return Case(f"regions: {', '.join(names)}", make.clip_file(2, change))


_BOUNDS: Final = ("MinX0", "MinY0", "MaxX1", "MaxY1")
_NO_DELTAS: Final = (0.0, float("nan"), float("inf"), 1e300, 5e-324, 1e-30)
_NO_SPACINGS: Final = ("0\\0", "nan\\nan", "-1\\-1", "", "abc", "1e300\\1e300", "1e-9\\1e-9", "inf")


def _no_regions(chance: random.Random) -> Case:
    """No region has a scale that could be: never a length of a patient."""

    def change(dataset: Dataset) -> None:
        with_regions(dataset)
        for item in dataset.SequenceOfUltrasoundRegions:
            item.PhysicalDeltaX = chance.choice(_NO_DELTAS)
            item.PhysicalDeltaY = chance.choice(_NO_DELTAS)

    return Case("regions without a scale", make.clip_file(2, change), Fate.NEVER_MM)


def _no_spacing(chance: random.Random) -> Case:
    """No Pixel Spacing that could be."""
    value = chance.choice(_NO_SPACINGS)
    dataset = read(slices.ct_file(1))
    _put(dataset, "PixelSpacing", "DS", value.encode())
    data = _written(dataset, slices.ct_file(1))
    return Case(f"ct slice: spacing {value}", data, Fate.NEVER_MM)


def _at_the_detector(chance: random.Random) -> Case:
    """An X-ray picture whose scale in the patient cannot be: at most that of the detector."""
    specimen = _named(chance, ("xa", "cr"))
    dataset = read(specimen.data)
    value = chance.choice(_NO_SPACINGS)
    _put(dataset, "PixelSpacing", "DS", value.encode())
    name = f"{specimen.name}: spacing {value}"
    return Case(name, _written(dataset, specimen.data), Fate.NEVER_MM_OF_PATIENT)


def _nested(chance: random.Random) -> Case:
    """Sequences in sequences, in front of a sound picture."""
    inner = make.element(PatientComments="x")
    for _ in range(chance.choice((3, 30, 200))):
        inner = make.element(ReferencedImageSequence=DicomSequence([inner]))
    dataset = slices.ct(1)
    dataset.ReferencedImageSequence = DicomSequence([inner])
    return Case("ct slice: nested sequences", make.written(dataset))


def _frames(chance: random.Random) -> Case:
    """What is announced is not what is there."""
    count = chance.choice(("-1", "0", "2", "4", "65536", "2147483647", "1e9"))
    specimen = _named(chance, _CLIPS)
    dataset = read(specimen.data)
    _put(dataset, "NumberOfFrames", "IS", count.encode())
    return Case(f"{specimen.name}: {count} frames", _written(dataset, specimen.data))


_CLIPS: Final = ("us jpeg clip", "us uncompressed clip", "mr enhanced", "xa", "dicom H.264")


def _tables(chance: random.Random) -> Case:
    """Palettes and tables of greys that are described as what they are not."""
    names = ("us palette", "us palette of 16 bits", "ct with tables", "ct with overlay")
    specimen = _named(chance, names)
    data = bytearray(specimen.data)
    marks = (b"\x28\x00\x01\x11", b"\x28\x00\x02\x30", b"\x00\x60\x10\x00", b"\x28\x00\x06\x30")
    found = [at for mark in marks if (at := data.find(mark)) >= 0]
    at = chance.choice(found) + 8
    for _ in range(chance.randint(1, 3)):
        data[at : at + 2] = struct.pack("<H", chance.choice(_SHORTS))
        at += 2
    return Case(f"{specimen.name}: description", bytes(data))


def read(data: bytes) -> Dataset:
    """The data set of a sound file."""
    return dcmread(io.BytesIO(data))


def _named(chance: random.Random, names: Sequence[str]) -> Specimen:
    name = chance.choice(names)
    return next(one for one in generated() if one.name == name)


def _dicom(chance: random.Random) -> Specimen:
    packed = ("deflated", "big endian", "disc")
    plain = [
        one for one in generated() if one.is_dicom and not any(word in one.name for word in packed)
    ]
    return chance.choice(plain)


def _put(dataset: Dataset, keyword: str, kind: str, value: bytes) -> None:
    """As these very bytes, whatever the element's own kind would allow."""
    tag = Tag(tag_for_keyword(keyword) or 0x00100010)
    value += b" " * (len(value) % 2)
    dataset[tag] = RawDataElement(tag, kind, len(value), value, 0, False, True)


def _written(dataset: Dataset, original: bytes) -> bytes:
    """With the meta information of the original, which is not looked at again."""
    implicit = UID(dataset.file_meta.TransferSyntaxUID) == ImplicitVRLittleEndian
    file = io.BytesIO()
    end = 144 + int(struct.unpack_from("<L", original, 140)[0])
    out = DicomFileLike(file)
    out.is_little_endian, out.is_implicit_VR = True, implicit
    with warnings.catch_warnings():  # the writer remarks upon what was put in on purpose
        warnings.simplefilter("ignore")
        write_dataset(out, dataset)
    return original[:end] + file.getvalue()


ALL: Final[tuple[Callable[[random.Random], Case], ...]] = (
    *(_elements,) * 5,
    *(_regions,) * 2,
    _other_syntax,
    _without_meta,
    _no_regions,
    _no_spacing,
    _at_the_detector,
    _nested,
    _frames,
    _tables,
)
"""Those that come in many kinds stand several times."""
