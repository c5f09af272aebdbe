"""Every packing gives the numbers that were stored; what does not fit is refused unopened."""

import struct
import tracemalloc

import numpy as np
import pytest
from pydicom.encaps import encapsulate
from pydicom.uid import (
    JPEG2000,
    UID,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGLossless,
    JPEGLSLossless,
    JPEGLSNearLossless,
    RLELossless,
)

from tests.shared_data import needs_shared_data, shared_file
from tests.unit.studies import dicom_factory as make
from tests.unit.studies.jpeg_writer import lossless_jpeg
from tests.unit.studies.packings import (
    LOSSLESS,
    Numbers,
    compressed,
    slice_of,
    twelve_bit_jpeg,
    with_frames,
)
from tests.unit.studies.reading import colours_of, drawn
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.dicom_file import read_dicom
from workstation.studies.readers.stored_frames import StoredFrames

HEIGHT, WIDTH = 32, 48


def wavy(least: int, greatest: int, kind: str) -> Numbers:
    """Smooth greys over the whole range, its ends among them."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    wave = np.sin(rows / 9) * np.cos(columns / 7)
    scaled = (wave - wave.min()) / (wave.max() - wave.min())
    found: Numbers = np.rint(least + scaled * (greatest - least)).astype(kind)
    return found


def stored(data: bytes, index: int = 0) -> Numbers:
    """The file's numbers."""
    return StoredFrames(read_dicom(memoryview(data))).stored(index)


@pytest.mark.parametrize("packing", LOSSLESS)
@pytest.mark.parametrize(
    ("numbers", "bits"),
    [
        (wavy(0, 255, "uint8"), 8),
        (wavy(0, 4095, "uint16"), 12),
        (wavy(0, 65535, "uint16"), 16),
        (wavy(-1024, 3071, "int16"), 16),
        (wavy(-2048, 2047, "int16"), 12),
        (make.colour_frame(3), 8),
    ],
    ids=["8", "12", "16", "signed 16", "signed 12", "colours"],
)
def test_lossless_packings_give_the_numbers_back(packing: str, numbers: Numbers, bits: int) -> None:
    found = stored(LOSSLESS[packing](numbers, bits))
    np.testing.assert_array_equal(found, numbers)
    assert found.dtype == numbers.dtype


def test_twelve_bits_of_jpeg() -> None:
    """All steps are 4: no number is off by more than cosines of half a step each can add up to."""
    numbers = wavy(200, 3900, "uint16")
    found = stored(twelve_bit_jpeg(numbers))
    assert np.abs(found.astype(int) - numbers).max() <= 8
    assert found.dtype == np.uint16


def test_near_lossless_jpeg_ls_stays_within_its_bound() -> None:
    numbers = wavy(0, 4095, "uint16")
    file = compressed(slice_of(numbers, 12), JPEGLSNearLossless, jls_error=2)
    assert 1 <= np.abs(stored(file).astype(int) - numbers).max() <= 2


def test_lossy_jpeg_2000() -> None:
    numbers = wavy(0, 255, "uint8")
    file = compressed(slice_of(numbers, 8), JPEG2000, j2k_ratio=4)
    assert np.abs(stored(file).astype(int) - numbers).max() <= 6


@pytest.mark.parametrize("packing", LOSSLESS)
def test_each_packing_is_drawn_alike(packing: str) -> None:
    """OZ-6: as greys and as colours, what the doctor sees does not depend on the packing."""
    greys, colours = wavy(0, 4095, "uint16"), make.colour_frame(2)
    plain = drawn(make.written(slice_of(greys, 12)))
    np.testing.assert_array_equal(drawn(LOSSLESS[packing](greys, 12)), plain)
    np.testing.assert_array_equal(colours_of(drawn(LOSSLESS[packing](colours, 8))), colours)


def test_what_lies_there_counts_more_than_the_stated_packing() -> None:
    """JPEG-LS, JPEG 2000 and lossless JPEG in files that call themselves baseline JPEG."""
    numbers = wavy(0, 255, "uint8")
    for packing, syntax in (
        ("JPEG-LS", JPEGLSLossless),
        ("JPEG 2000", JPEG2000Lossless),
        ("JPEG lossless", JPEGLossless),
    ):
        file = LOSSLESS[packing](numbers, 8)
        stated = JPEGBaseline8Bit.encode().ljust(len(syntax), b"\0")
        wrong = file.replace(syntax.encode(), stated)
        np.testing.assert_array_equal(stored(wrong), numbers)


def test_run_lengths_that_are_called_jpeg_and_the_other_way_round() -> None:
    colours = make.colour_frame(4)
    for packing, stated in (("RLE", JPEGBaseline8Bit), ("JPEG-LS", RLELossless)):
        file = LOSSLESS[packing](colours, 8)
        frame = StoredFrames(read_dicom(memoryview(file))).packed(0)
        wrong = with_frames(slice_of(colours, 8), [frame], stated)
        np.testing.assert_array_equal(stored(wrong), colours)
        np.testing.assert_array_equal(colours_of(drawn(wrong)), colours)


def test_a_damaged_first_frame_does_not_hide_the_others() -> None:
    """8 bits, or a window of the file: nothing is asked of the first one."""
    numbers = wavy(0, 255, "uint8")
    good = StoredFrames(read_dicom(memoryview(LOSSLESS["JPEG-LS"](numbers, 8)))).packed(0)
    dataset = slice_of(numbers, 8)
    dataset.NumberOfFrames = 2
    file = with_frames(dataset, [good[:30] + bytes(20), good], JPEGLSLossless)
    with pytest.raises(UnreadableFile):
        drawn(file, 0)
    np.testing.assert_array_equal(colours_of(drawn(file, 1))[..., 0], numbers)


def test_a_sign_that_only_the_data_set_knows() -> None:
    """JPEG 2000 of 12 unsigned bits in a signed picture of 16: the sign is spread from bit 11."""
    numbers = wavy(-2048, 2047, "int16")
    patterns = (numbers & 0xFFF).astype("uint16")
    file = LOSSLESS["JPEG 2000"](patterns, 12)
    dataset = slice_of(numbers, 16)
    frames = StoredFrames(read_dicom(memoryview(file)))
    wrapped = with_frames(dataset, [frames.packed(0)], JPEG2000Lossless)
    np.testing.assert_array_equal(stored(wrapped), numbers)


def test_frames_of_several_fragments() -> None:
    numbers = wavy(0, 4095, "uint16")
    frame = lossless_jpeg(numbers, 12)
    dataset = slice_of(numbers, 12)
    dataset.NumberOfFrames = 2
    dataset.PixelData = encapsulate([frame, frame], fragments_per_frame=3)
    dataset["PixelData"].VR = "OB"
    np.testing.assert_array_equal(stored(make.written(dataset, JPEGLossless), 1), numbers)


def refused(data: bytes) -> UnreadableFile:
    """Why the first frame cannot be drawn."""
    with pytest.raises(UnreadableFile) as raised:
        drawn(data)
    return raised.value


def claiming(packing: str, height: int, width: int) -> bytes:
    """A frame of 32 x 48 whose own header says something else; the data set is right."""
    file = bytearray(LOSSLESS[packing](wavy(0, 255, "uint8"), 8))
    if packing == "JPEG 2000":
        at = file.index(b"\xff\x4f\xff\x51") + 8
        file[at : at + 8] = struct.pack(">2L", width, height)
    else:
        marker = b"\xff\xf7" if packing == "JPEG-LS" else b"\xff\xc3"
        at = file.index(marker) + 5
        file[at : at + 4] = struct.pack(">2H", height, width)
    return bytes(file)


@pytest.mark.parametrize("packing", ["JPEG lossless", "JPEG-LS", "JPEG 2000"])
def test_headers_that_claim_other_sizes_cost_nothing(packing: str) -> None:
    """65500 x 65500 of one byte would be 4 GB; the header alone is read."""
    tracemalloc.start()
    try:
        assert refused(claiming(packing, 65500, 65500)).reason is Unreadable.TOO_LARGE
        assert tracemalloc.get_traced_memory()[1] < 4 * 1024 * 1024
    finally:
        tracemalloc.stop()
    assert refused(claiming(packing, HEIGHT, WIDTH + 1)).reason is Unreadable.DAMAGED
    assert refused(claiming(packing, 0, WIDTH)).reason is Unreadable.DAMAGED


@pytest.mark.parametrize("packing", ["JPEG lossless", "JPEG-LS", "JPEG 2000", "RLE"])
def test_more_samples_or_bits_than_the_data_set_says(packing: str) -> None:
    colours = LOSSLESS[packing](make.colour_frame(0), 8)
    grey = slice_of(wavy(0, 255, "uint8"), 8)
    frame = StoredFrames(read_dicom(memoryview(colours))).packed(0)
    syntax = RLELossless if packing == "RLE" else JPEGLossless
    assert refused(with_frames(grey, [frame], syntax)).reason is Unreadable.DAMAGED
    deep = StoredFrames(read_dicom(memoryview(LOSSLESS[packing](wavy(0, 4095, "uint16"), 12))))
    shallow = slice_of(wavy(0, 255, "uint8"), 8)
    wrong = with_frames(shallow, [deep.packed(0)], syntax)
    assert refused(wrong).reason is Unreadable.DAMAGED


def test_tiles_beyond_sense() -> None:
    """JPEG 2000 of no tiles, and of tiles that begin behind the picture."""
    for place, values in ((24, (0, 1)), (32, (100, 0))):
        file = bytearray(LOSSLESS["JPEG 2000"](wavy(0, 255, "uint8"), 8))
        at = file.index(b"\xff\x4f\xff\x51") + place
        file[at : at + 8] = struct.pack(">2L", *values)
        assert refused(bytes(file)).reason is Unreadable.DAMAGED


@pytest.mark.parametrize("head", [struct.pack("<2L", 3, 64), struct.pack("<2L", 1, 9999)])
def test_segments_of_run_lengths_that_lie_elsewhere(head: bytes) -> None:
    frame = head + bytes(56) + b"\x01\x00\x00"
    file = with_frames(slice_of(wavy(0, 255, "uint8"), 8), [frame], RLELossless)
    assert refused(file).reason is Unreadable.DAMAGED


@pytest.mark.parametrize(
    ("uid", "name"),
    [
        ("1.2.840.10008.1.2.4.94", "JPIP"),
        ("1.2.840.10008.1.2.6.2", "XML"),
        ("1.2.840.10008.1.2.7.1", "SMPTE"),
    ],
)
def test_a_packing_that_is_not_read_is_named(uid: str, name: str) -> None:
    """Also where the frames say it and the file does not."""
    file = with_frames(slice_of(wavy(0, 255, "uint8"), 8), [b"whatever"], UID(uid))
    error = refused(file)
    assert error.reason is Unreadable.UNSUPPORTED_SYNTAX
    assert name in error.detail
    modern = with_frames(slice_of(wavy(0, 255, "uint8"), 8), [b"\xff\x0a12"], JPEGBaseline8Bit)
    assert refused(modern).detail == "JPEG XL"


SAME_SLICE = "ct/ts/LittleEndianExplicitTransferSyntax_1.2.840.10008.1.2.1.dcm"


@needs_shared_data
@pytest.mark.parametrize(
    "name",
    [
        "ct/ts/RLELosslessTransferSyntax_1.2.840.10008.1.2.5.dcm",
        "ct/ts/JPEGProcess14SV1TransferSyntax_1.2.840.10008.1.2.4.70.dcm",
        "ct/ts/JPEGLSLosslessTransferSyntax_1.2.840.10008.1.2.4.80.dcm",
        "ct/ts/JPEG2000LosslessOnlyTransferSyntax_1.2.840.10008.1.2.4.90.dcm",
    ],
)
def test_the_same_slice_bit_by_bit(name: str) -> None:
    """OZ-6: rows ct/ts of the manifest."""
    np.testing.assert_array_equal(stored(shared_file(name)), stored(shared_file(SAME_SLICE)))


@needs_shared_data
def test_the_same_slice_by_lossy_jpeg_of_twelve_bits() -> None:
    """In Hounsfield units by each file's own rescale: 3.9 off on average, 36 at most."""
    name = "ct/ts/JPEGProcess2_4TransferSyntax_1.2.840.10008.1.2.4.51.dcm"
    lossy = read_dicom(memoryview(shared_file(name)))
    slope, intercept = float(lossy.dataset.RescaleSlope), float(lossy.dataset.RescaleIntercept)
    units = StoredFrames(lossy).stored(0) * slope + intercept
    off = np.abs(units - (stored(shared_file(SAME_SLICE)) - 1024.0))
    assert off.max() <= 36
    assert off.mean() <= 3.9
