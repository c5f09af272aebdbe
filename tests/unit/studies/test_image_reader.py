"""DICOM pictures as a screen shows them: the same pixels as the libraries' slow, careful ways."""

import io
from datetime import date, datetime

import numpy as np
import pytest
from PIL import Image
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.pixels.processing import apply_windowing
from pydicom.sequence import Sequence
from pydicom.uid import ImplicitVRLittleEndian, JPEGBaseline8Bit

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.reading import colours_of, drawn, read_clip
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.imaging import RegionUnit
from workstation.studies.warnings import StudyWarning

GREYS = np.arange(48 * 32, dtype=np.uint16).reshape(32, 48)


def pillow_colours(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)))


def test_jpeg_frames_equal_pillow_s() -> None:
    file = make.clip_file(5)
    for number in range(5):
        expected = pillow_colours(make.jpeg(make.colour_frame(number)))
        np.testing.assert_array_equal(colours_of(drawn(file, number)), expected)


def test_what_the_clip_is() -> None:
    info = read_clip(make.clip_file(5))
    assert (info.frame_count, info.width, info.height) == (5, 48, 32)
    assert info.patient_name == "Образцова Анна Ивановна"
    assert info.patient_birth_date == date(1990, 2, 1)
    assert info.taken_at == datetime(2026, 1, 1, 10, 15)
    assert (info.title, info.modality) == ("Парастернально", "US")
    assert info.warnings == ()


@pytest.mark.parametrize("offsets", [True, False])
def test_frames_in_several_fragments_are_put_together(offsets: bool) -> None:
    frames = [make.jpeg(make.colour_frame(number)) for number in range(3)]
    dataset = make.clip(frames)
    dataset.PixelData = encapsulate(frames, fragments_per_frame=2, has_bot=offsets)
    file = make.written(dataset, JPEGBaseline8Bit)
    assert read_clip(file).frame_count == 3
    np.testing.assert_array_equal(colours_of(drawn(file, 2)), pillow_colours(frames[2]))


def test_jpeg_of_red_green_blue_is_not_taken_for_luma_and_chroma() -> None:
    """Stored without the usual transform, said so by the data set only."""
    pixels = make.colour_frame(0)
    stored = Image.merge("YCbCr", Image.fromarray(pixels).split())
    plain = io.BytesIO()
    stored.save(plain, "JPEG", quality=100, subsampling=0)
    bare = _without_jfif(plain.getvalue())
    dataset = make.clip([bare])
    dataset.PhotometricInterpretation = "RGB"
    shown = colours_of(drawn(make.written(dataset, JPEGBaseline8Bit)))
    assert np.abs(shown.astype(int) - pixels).max() < 12


def _without_jfif(data: bytes) -> bytes:
    length = int.from_bytes(data[4:6], "big")
    assert data[6:10] == b"JFIF"
    return data[:2] + data[4 + length :]


def test_grey_jpeg() -> None:
    grey = make.colour_frame(1)[..., 0]
    frame = make.jpeg(grey)
    dataset = make.clip([frame])
    dataset.SamplesPerPixel = 1
    dataset.PhotometricInterpretation = "MONOCHROME2"
    shown = colours_of(drawn(make.written(dataset, JPEGBaseline8Bit)))
    for channel in range(3):
        np.testing.assert_array_equal(shown[..., channel], pillow_colours(frame))


def test_uncompressed_colours_frame_by_frame() -> None:
    frames = np.stack([make.colour_frame(number) for number in range(3)])
    file = make.written(make.picture(frames, "RGB", 3))
    for number in range(3):
        np.testing.assert_array_equal(colours_of(drawn(file, number)), frames[number])


def test_uncompressed_colours_by_plane() -> None:
    pixels = make.colour_frame(2)
    dataset = make.picture(pixels, "RGB")
    dataset.PlanarConfiguration = 1
    dataset.PixelData = pixels.transpose(2, 0, 1).tobytes()
    np.testing.assert_array_equal(colours_of(drawn(make.written(dataset))), pixels)


def test_uncompressed_luma_and_chroma() -> None:
    pixels = make.colour_frame(3)
    ybr = np.asarray(Image.fromarray(pixels).convert("YCbCr"))
    shown = colours_of(drawn(make.written(make.picture(ybr, "YBR_FULL"))))
    assert np.abs(shown.astype(int) - pixels).max() <= 3


def test_rle_colours() -> None:
    frames = np.stack([make.colour_frame(number) for number in range(2)])
    file = make.rle_file(make.picture(frames, "RGB", 2))
    np.testing.assert_array_equal(colours_of(drawn(file, 1)), frames[1])


def test_palette_colours_also_in_rle() -> None:
    indices = (GREYS % 256).astype(np.uint8)
    dataset = make.picture(indices, "PALETTE COLOR")
    for name, factor in (("Red", 1), ("Green", 2), ("Blue", 3)):
        setattr(dataset, f"{name}PaletteColorLookupTableDescriptor", [256, 0, 16])
        ramp = (np.arange(256) * factor % 256 * 257).astype("<u2")
        setattr(dataset, f"{name}PaletteColorLookupTableData", ramp.tobytes())
    expected = np.stack([indices * np.uint8(factor) for factor in (1, 2, 3)], axis=-1)
    np.testing.assert_array_equal(colours_of(drawn(make.written(dataset))), expected)
    np.testing.assert_array_equal(colours_of(drawn(make.rle_file(dataset))), expected)


@pytest.mark.parametrize("photometric", ["MONOCHROME2", "MONOCHROME1"])
def test_window_is_applied(photometric: str) -> None:
    """PS3.3 C.11.2.1.2, beside pydicom's own way."""
    dataset = make.picture(GREYS, photometric)
    dataset.WindowCenter, dataset.WindowWidth = "700", "900"
    dataset.RescaleSlope, dataset.RescaleIntercept = "1", "0"
    shown = colours_of(drawn(make.written(dataset)))[..., 0].astype(float)
    expected = apply_windowing(GREYS, dataset) / 65535 * 255
    if photometric == "MONOCHROME1":
        expected = 255 - expected
    assert np.abs(shown - expected).max() <= 1


def test_signed_numbers_through_rescale_and_window() -> None:
    dataset = make.picture((GREYS.astype(np.int16) - 700), "MONOCHROME2")
    dataset.PixelRepresentation = 1
    dataset.WindowCenter, dataset.WindowWidth = ["40", "50"], ["80", "90"]
    dataset.RescaleSlope, dataset.RescaleIntercept = "1", "-24"
    shown = colours_of(drawn(make.written(dataset)))[..., 0].reshape(-1).tolist()
    assert shown[700] == 0
    assert shown[764] == pytest.approx(128, abs=2)
    assert shown[-1] == 255


def test_without_a_window_the_whole_range_is_seen() -> None:
    shown = colours_of(drawn(make.written(make.picture(GREYS + 500, "MONOCHROME2"))))
    assert (shown.min(), shown.max()) == (0, 255)


def test_bits_beyond_the_stored_ones_are_no_brightness() -> None:
    """Old devices keep overlays there."""
    dataset = make.picture(GREYS | 0x8000, "MONOCHROME2")
    dataset.BitsStored, dataset.HighBit = 12, 11
    clean = make.picture(GREYS, "MONOCHROME2")
    clean.BitsStored, clean.HighBit = 12, 11
    shown = drawn(make.written(dataset))
    np.testing.assert_array_equal(shown, drawn(make.written(clean)))


def test_implicit_file() -> None:
    pixels = make.colour_frame(0)
    file = make.written(make.picture(pixels, "RGB"), ImplicitVRLittleEndian)
    np.testing.assert_array_equal(colours_of(drawn(file)), pixels)


def test_file_without_preamble_and_meta_information() -> None:
    pixels = make.colour_frame(0)
    whole = make.written(make.picture(pixels, "RGB"))
    bare = whole[whole.index(b"\x08\x00\x05\x00CS") :]
    np.testing.assert_array_equal(colours_of(drawn(bare)), pixels)


def test_jpeg_in_a_file_that_calls_itself_uncompressed() -> None:
    file = make.clip_file(2)
    wrong = file.replace(b"1.2.840.10008.1.2.4.50", b"1.2.840.10008.1.2.1\0\0\0")
    expected = pillow_colours(make.jpeg(make.colour_frame(1)))
    np.testing.assert_array_equal(colours_of(drawn(wrong, 1)), expected)


def test_a_cut_off_clip_shows_its_whole_frames() -> None:
    file = make.clip_file(6)
    last = file.rindex(b"\xfe\xff\x00\xe0")
    info = read_clip(file[: last + 40])
    assert (info.frame_count, info.frames_announced) == (5, 6)
    assert StudyWarning.FRAMES_MISSING in info.warnings
    assert len(info.frame_times_ms) == 6
    expected = pillow_colours(make.jpeg(make.colour_frame(4)))
    np.testing.assert_array_equal(colours_of(drawn(file[: last + 40], 4)), expected)


def test_a_cut_off_uncompressed_clip_shows_its_whole_frames() -> None:
    frames = np.stack([make.colour_frame(number) for number in range(4)])
    file = make.written(make.picture(frames, "RGB", 4))
    info = read_clip(file[:-10])
    assert (info.frame_count, info.frames_announced) == (3, 4)


def test_without_one_whole_frame_the_file_is_truncated() -> None:
    file = make.clip_file(1)
    with pytest.raises(UnreadableFile) as raised:
        read_clip(file[:-100])
    assert raised.value.reason is Unreadable.TRUNCATED
    assert raised.value.frames_readable == 0


def test_a_damaged_frame_among_good_ones() -> None:
    file = make.clip_file(4)
    third = [place for place in range(len(file)) if file.startswith(b"\xff\xd8\xff", place)][2]
    damaged = file[:third] + b"\0" * 64 + file[third + 64 :]
    with pytest.raises(UnreadableFile) as raised:
        drawn(damaged, 2)
    assert raised.value.reason is Unreadable.DAMAGED
    drawn(damaged, 3)


def test_a_frame_of_another_size_than_announced_is_not_stretched() -> None:
    frames = [make.jpeg(make.colour_frame(0)), make.jpeg(make.colour_frame(1, 64, 64))]
    file = make.written(make.clip(frames), JPEGBaseline8Bit)
    with pytest.raises(UnreadableFile):
        drawn(file, 1)


def _sized(rows: int, columns: int) -> bytes:
    def change(dataset: Dataset) -> None:
        dataset.Rows, dataset.Columns = rows, columns

    return make.clip_file(1, change)


def test_absurd_sizes_are_refused_before_anything_is_unfolded() -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_clip(_sized(65500, 65500))
    assert raised.value.reason is Unreadable.TOO_LARGE
    with pytest.raises(UnreadableFile) as raised:
        read_clip(_sized(0, 48))
    assert raised.value.reason is Unreadable.DAMAGED


def test_pixels_that_are_not_square_are_said_so() -> None:
    """By the aspect ratio, the spacing, or the 2D region's deltas; twin of the HP file."""

    def ratio(dataset: Dataset) -> None:
        dataset.PixelAspectRatio = ["536", "670"]

    def spacing(dataset: Dataset) -> None:
        dataset.PixelSpacing = ["0.2", "0.25"]

    def regions(dataset: Dataset) -> None:
        dataset.SequenceOfUltrasoundRegions = Sequence(
            [make.region(PhysicalDeltaX=-0.0285714, PhysicalDeltaY=0.0228571)]
        )

    for change in (ratio, spacing, regions):
        assert read_clip(make.clip_file(1, change)).pixel_aspect == pytest.approx(0.8, abs=1e-4)
    assert read_clip(make.clip_file(1)).pixel_aspect == 1


def test_an_absurd_aspect_is_not_believed() -> None:
    def change(dataset: Dataset) -> None:
        dataset.PixelAspectRatio = ["0", "5"]

    assert read_clip(make.clip_file(1, change)).pixel_aspect == 1


def test_ultrasound_regions_keep_sign_units_and_reference() -> None:
    def change(dataset: Dataset) -> None:
        spectral = make.region(
            RegionSpatialFormat=3,
            PhysicalUnitsXDirection=4,
            PhysicalUnitsYDirection=7,
            PhysicalDeltaX=-0.004,
            PhysicalDeltaY=0.17,
            ReferencePixelX0=640,
            ReferencePixelY0=131,
        )
        dataset.SequenceOfUltrasoundRegions = Sequence([make.region(), spectral])

    two_d, spectral = read_clip(make.clip_file(1, change)).regions
    assert (two_d.unit_x, two_d.delta_x) == (RegionUnit.CENTIMETRE, 0.02)
    assert two_d.reference_x is None
    assert (spectral.unit_x, spectral.unit_y) == (
        RegionUnit.SECOND,
        RegionUnit.CENTIMETRE_PER_SECOND,
    )
    assert (spectral.delta_x, spectral.reference_y) == (-0.004, 131)


def test_absurd_regions_are_left_out_and_said() -> None:
    def change(dataset: Dataset) -> None:
        dataset.SequenceOfUltrasoundRegions = Sequence(
            [make.region(RegionLocationMaxX1=1), make.region(PhysicalDeltaX=float("nan"))]
        )

    info = read_clip(make.clip_file(1, change))
    assert StudyWarning.REGIONS_IGNORED in info.warnings
    assert [region.delta_x for region in info.regions] == [0]
