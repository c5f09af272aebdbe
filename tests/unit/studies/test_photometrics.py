"""Colours and greys of every kind of picture, beside pydicom's slow and careful ways."""

import struct

import numpy as np
import pytest
from openjpeg.utils import encode_array
from PIL import Image
from pydicom.dataset import Dataset
from pydicom.pixels.processing import apply_color_lut, convert_color_space
from pydicom.uid import ExplicitVRBigEndian, JPEG2000Lossless, JPEGLosslessSV1, RLELossless

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.jpeg_writer import lossless_jpeg
from tests.unit.studies.packings import LOSSLESS, compressed, slice_of, with_frames
from tests.unit.studies.reading import colours_of, drawn, read_clip
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.warnings import StudyWarning

COLOURS = make.colour_frame(5)
LUMA_CHROMA = np.asarray(Image.fromarray(COLOURS).convert("YCbCr"))
INDICES = (np.arange(48 * 32) % 256).astype(np.uint8).reshape(32, 48)


def off(data: bytes, expected: np.ndarray, index: int = 0) -> int:
    """By how much a drawn frame differs at most."""
    return int(np.abs(colours_of(drawn(data, index)).astype(int) - expected).max())


@pytest.mark.parametrize("planar", [0, 1])
def test_luma_and_chroma_in_both_orders(planar: int) -> None:
    dataset = make.picture(LUMA_CHROMA, "YBR_FULL")
    dataset.PlanarConfiguration = planar
    if planar:
        dataset.PixelData = LUMA_CHROMA.transpose(2, 0, 1).tobytes()
    expected = convert_color_space(LUMA_CHROMA, "YBR_FULL", "RGB").astype(int)
    assert off(make.written(dataset), expected) <= 1
    if not planar:
        assert off(compressed(dataset, RLELossless), expected) <= 1


def halved() -> bytes:
    """Two lumas, then the two chromas of both."""
    quads = np.empty((32, 24, 4), np.uint8)
    quads[..., 0], quads[..., 1] = LUMA_CHROMA[:, ::2, 0], LUMA_CHROMA[:, 1::2, 0]
    quads[..., 2:] = LUMA_CHROMA[:, ::2, 1:]
    return quads.tobytes()


def test_uncompressed_halved_chromas() -> None:
    """PS3.3 C.7.6.3.1.2, YBR_FULL_422."""
    dataset = make.picture(LUMA_CHROMA, "YBR_FULL_422", frames=None)
    dataset.PixelData = halved() * 2
    dataset.NumberOfFrames, dataset.FrameTime = 2, "40"
    spread = LUMA_CHROMA.copy()
    spread[:, 1::2, 1:] = spread[:, ::2, 1:]
    expected = convert_color_space(spread, "YBR_FULL", "RGB").astype(int)
    assert off(make.written(dataset), expected, index=1) <= 1


def test_chromas_that_are_called_halved_and_are_not() -> None:
    """The length of the pixel data tells."""
    dataset = make.picture(LUMA_CHROMA, "YBR_FULL_422")
    assert off(make.written(dataset), convert_color_space(LUMA_CHROMA, "YBR_FULL", "RGB")) <= 1


@pytest.mark.parametrize("packing", ["JPEG lossless SV1", "JPEG-LS"])
def test_luma_and_chroma_in_lossless_packings(packing: str) -> None:
    """The codec leaves them as they are; the data set says what they are."""
    file = LOSSLESS[packing](LUMA_CHROMA, 8)
    said = file.replace(b"\x04\x00CS\x04\x00RGB ", b"\x04\x00CS\x08\x00YBR_FULL")
    assert said != file
    assert off(said, convert_color_space(LUMA_CHROMA, "YBR_FULL", "RGB")) <= 1


@pytest.mark.parametrize("photometric", ["YBR_RCT", "RGB"])
def test_jpeg_2000_with_its_own_transform(photometric: str) -> None:
    """Its decoder turns the colours back whatever the data set calls them."""
    frame = encode_array(COLOURS, photometric_interpretation=1, use_mct=True)
    dataset = slice_of(COLOURS, 8)
    dataset.PhotometricInterpretation = photometric
    assert off(with_frames(dataset, [bytes(frame)], JPEG2000Lossless), COLOURS) == 0


def test_sixteen_bit_colours_by_their_upper_bits() -> None:
    deep = COLOURS.astype(np.uint16) * 257
    assert off(make.written(make.picture(deep, "RGB")), COLOURS) == 0


def palette(count: int = 256, first: int = 0, depth: int = 8) -> Dataset:
    """Indices, and a palette of three ramps."""
    dataset = make.picture(INDICES, "PALETTE COLOR")
    for name, factor in (("Red", 1), ("Green", 2), ("Blue", 3)):
        setattr(dataset, f"{name}PaletteColorLookupTableDescriptor", [count, first, depth])
        ramp = (np.arange(count) * factor % 256).astype(np.uint8)
        entries = ramp if depth == 8 else ramp.astype("<u2") * 257
        setattr(dataset, f"{name}PaletteColorLookupTableData", entries.tobytes())
    return dataset


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize(("count", "first"), [(256, 0), (100, 20), (50, 250)])
def test_palettes_of_any_length_and_beginning(count: int, first: int, depth: int) -> None:
    """Beyond an end its last entry (C.7.6.3.1.5)."""
    dataset = palette(count, first, depth)
    expected = np.asarray(apply_color_lut(INDICES, dataset))
    expected = expected >> 8 if depth == 16 else expected
    assert off(make.written(dataset), expected.astype(int)) == 0


def test_a_palette_of_eight_bits_in_sixteen() -> None:
    dataset = palette()
    for name in ("Red", "Green", "Blue"):
        words = np.frombuffer(dataset[f"{name}PaletteColorLookupTableData"].value, np.uint8)
        setattr(dataset, f"{name}PaletteColorLookupTableData", words.astype("<u2").tobytes())
    assert off(make.written(dataset), colours_of(drawn(make.written(palette()))).astype(int)) == 0


def segments(dataset: Dataset, *words: int) -> bytes:
    """The same segments for the three colours, in words of 16 bits."""
    packed = struct.pack(f"<{len(words)}H", *words)
    for name in ("Red", "Green", "Blue"):
        delattr(dataset, f"{name}PaletteColorLookupTableData")
        setattr(dataset, f"{name}PaletteColorLookupTableDescriptor", [256, 0, 16])
        setattr(dataset, f"Segmented{name}PaletteColorLookupTableData", packed)
    return make.written(dataset)


def test_a_segmented_palette() -> None:
    """Entries one by one, a slope, and the slope once more (C.7.9.2)."""
    file = segments(palette(), 0, 2, 0, 0x1000, 1, 127, 0xFF00, 0, 1, 512, 2, 1, 4, 0)
    shown = colours_of(drawn(file))
    dataset = palette()
    segments(dataset, 0, 2, 0, 0x1000, 1, 127, 0xFF00, 0, 1, 512, 2, 1, 4, 0)
    dataset.set_original_encoding(False, True)
    del dataset.file_meta
    expected = np.asarray(apply_color_lut(INDICES, dataset)) >> 8
    np.testing.assert_array_equal(shown, expected)


@pytest.mark.parametrize(
    "words",
    [
        (1, 4, 0xFFFF),  # a slope from nothing
        (0, 1, 7, 2, 9, 0, 0),  # itself, again and again
        (0, 1, 7, *((1, 65535, 0) * 40)),  # more entries than there can be
        (7, 1, 1),  # no such segment
        (0, 1, 7, 1, 5),  # cut off
    ],
)
def test_hostile_segments(words: tuple[int, ...]) -> None:
    with pytest.raises(UnreadableFile) as raised:
        drawn(segments(palette(), *words))
    assert raised.value.reason is Unreadable.DAMAGED


def test_a_palette_picture_without_a_palette() -> None:
    with pytest.raises(UnreadableFile) as raised:
        drawn(make.written(make.picture(INDICES, "PALETTE COLOR")))
    assert raised.value.reason is Unreadable.DAMAGED


def bits(frames: int) -> tuple[Dataset, np.ndarray]:
    """Black and white, 5 x 7: frames begin within bytes."""
    chance = np.random.default_rng(7)
    shown = chance.integers(0, 2, (frames, 5, 7)).astype(np.uint8)
    dataset = make.picture(shown, "MONOCHROME2", frames)
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 1, 1, 0
    packed = np.packbits(shown.reshape(-1), bitorder="little").tobytes()
    dataset.PixelData = packed + bytes(len(packed) % 2)
    return dataset, shown


def test_single_bits() -> None:
    dataset, shown = bits(3)
    for index in range(3):
        found = colours_of(drawn(make.written(dataset), index))[..., 0]
        np.testing.assert_array_equal(found, shown[index] * 255)


def test_single_bits_in_big_endian_words() -> None:
    dataset, shown = bits(3)
    dataset.PixelData = np.frombuffer(dataset.PixelData, "<u2").byteswap().tobytes()
    dataset["PixelData"].VR = "OW"
    found = colours_of(drawn(make.written(dataset, ExplicitVRBigEndian), 2))[..., 0]
    np.testing.assert_array_equal(found, shown[2] * 255)


def test_thirty_two_bits() -> None:
    """From the least to the greatest number; a window of the file goes before."""
    numbers = np.arange(48 * 32, dtype=np.uint32).reshape(32, 48) * 1_000_000
    dataset = make.picture(numbers, "MONOCHROME2")
    shown = colours_of(drawn(make.written(dataset)))[..., 0]
    assert (shown.reshape(-1)[0], shown.reshape(-1)[-1]) == (0, 255)
    dataset.WindowCenter, dataset.WindowWidth = "1000000000", "2000"
    windowed = colours_of(drawn(make.written(dataset)))[..., 0].reshape(-1)
    assert (windowed[999], windowed[1001]) == (0, 255)


def test_numbers_in_the_upper_bits() -> None:
    """12 of 16 bits with the highest bit 15: as if they stood below."""
    numbers = (np.arange(48 * 32) % 4096).astype(np.uint16).reshape(32, 48)
    above = slice_of(numbers << 4, 12)
    above.HighBit = 15
    below = drawn(make.written(slice_of(numbers, 12)))
    np.testing.assert_array_equal(drawn(make.written(above)), below)
    np.testing.assert_array_equal(drawn(compressed(above, RLELossless)), below)


def test_numbers_in_the_upper_bits_of_lossless_jpeg() -> None:
    numbers = (np.arange(48 * 32) % 4096).astype(np.uint16).reshape(32, 48)
    above = slice_of(numbers << 4, 12)
    above.HighBit = 15
    frame = lossless_jpeg(numbers << 4, 16)
    shown = drawn(with_frames(above, [frame], JPEGLosslessSV1))
    np.testing.assert_array_equal(shown, drawn(make.written(slice_of(numbers, 12))))


def test_fewer_bits_than_eight() -> None:
    dataset = make.picture(INDICES // 16, "MONOCHROME2")
    dataset.BitsStored, dataset.HighBit = 4, 3
    shown = colours_of(drawn(make.written(dataset)))[..., 0]
    np.testing.assert_array_equal(shown, INDICES // 16 * 17)


def test_pixel_data_longer_than_stated() -> None:
    """What stands behind the frames is no picture."""
    dataset = make.picture(COLOURS, "RGB")
    dataset.PixelData += bytes(1000)
    file = make.written(dataset)
    assert read_clip(file).frame_count == 1
    assert off(file, COLOURS) == 0


def test_pixel_data_shorter_than_stated() -> None:
    """Half a frame is none; the file says how long its value would be, and it is."""
    dataset = make.picture(COLOURS, "RGB")
    dataset.PixelData = dataset.PixelData[:2000]
    with pytest.raises(UnreadableFile) as raised:
        drawn(make.written(dataset))
    assert (raised.value.reason, raised.value.frames_readable) == (Unreadable.TRUNCATED, 0)


def test_overlays_that_cannot_be_are_said_not_to_be_shown() -> None:
    """Those that can be are lines over the picture (`test_overlays`)."""
    dataset = slice_of(INDICES.astype(np.uint16), 12)
    assert read_clip(make.written(dataset)).warnings == ()
    dataset.add_new((0x6000, 0x0010), "US", 32)
    dataset.add_new((0x6000, 0x0011), "US", 48)
    dataset.add_new((0x6000, 0x3000), "OW", bytes(190))
    assert StudyWarning.OVERLAYS_HIDDEN in read_clip(make.written(dataset)).warnings


def test_floating_numbers_are_named() -> None:
    dataset = make.picture(np.zeros((4, 4), np.uint32), "MONOCHROME2")
    del dataset.PixelData
    dataset.FloatPixelData = np.zeros(16, "<f4").tobytes()
    with pytest.raises(UnreadableFile) as raised:
        read_clip(make.written(dataset))
    assert raised.value.detail == "Float Pixel Data"
