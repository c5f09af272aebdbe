"""What slices say of themselves: order, place, units, windows; and what is no stack."""

import contextlib
import random

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.uid import (
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ImplicitVRLittleEndian,
)

from tests.unit.studies import dicom_factory as make
from tests.unit.studies import slices
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.measure.reading import ScaleSource
from workstation.studies.messages import PartSpan, StackOpened, decode_answer, encode
from workstation.studies.opened import SliceSource
from workstation.studies.readers.opening import open_file
from workstation.studies.readers.slice_header import KEYWORDS, header_of, walked
from workstation.studies.readers.stack_file import (
    PartData,
    PartsWanted,
    StackFile,
    open_beginnings,
    open_parts,
)
from workstation.studies.series_spacing import SeriesFault
from workstation.studies.stack import GreyWindow, Rescale
from workstation.studies.stack_check import checked
from workstation.studies.warnings import StudyWarning


def opened(data: bytes) -> SliceSource:
    found = open_file(memoryview(data))
    assert isinstance(found, SliceSource)
    return found


def parts(*files: bytes) -> StackFile:
    return open_parts([memoryview(file) for file in files])


def numbers(stack: SliceSource, index: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint16]]:
    one = stack.info.slices[index]
    into = np.zeros((one.plane.rows, one.plane.columns), np.uint16)
    stack.write(index, into)
    return into


def test_files_in_any_order_are_a_series_in_its_own() -> None:
    found = parts(*slices.ct_files([3, 1, 4, 2]))
    assert [one.part for one in found.info.slices] == [1, 3, 0, 2]
    (series,) = found.info.series
    assert (series.first, series.count, series.step_mm, series.notes) == (0, 4, 5.0, ())
    assert (series.title, series.number, series.modality) == ("Голова 5 мм", 2, "CT")
    assert series.patient_name == "Образцов Пётр"
    assert found.info.patient_birth_date is not None
    assert found.info.left_out == 0


def test_a_slice_says_its_numbers_units_and_windows() -> None:
    (one,) = opened(slices.ct_file(1)).info.slices
    assert one.rescale == Rescale(1, -1024, "HU")
    assert one.windows == (GreyWindow(40, 80),)
    assert (one.numbers.bits, one.numbers.signed, one.numbers.inverted) == (12, False, False)
    assert one.plane.spacing_mm == (0.5, 0.25)
    assert one.spacing_source is ScaleSource.PIXEL_SPACING
    assert one.location_mm == pytest.approx(5)
    assert one.thickness_mm == 5
    assert (one.marks.left, one.marks.top) == ("R", "A")


def test_plain_numbers_lie_where_they_are_said_to() -> None:
    data = slices.ct_file(2)
    stack = opened(data)
    (place,) = stack.plain_numbers()
    assert place is not None
    found = np.frombuffer(place, np.uint16).reshape(slices.ROWS, slices.COLUMNS)
    np.testing.assert_array_equal(found, slices.counts(2))
    np.testing.assert_array_equal(numbers(stack, 0), slices.counts(2))


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, DeflatedExplicitVRLittleEndian])
def test_other_little_endian_files(syntax: UID) -> None:
    data = make.written(slices.ct(2), syntax)
    stack = parts(data)
    np.testing.assert_array_equal(numbers(stack, 0), slices.counts(2))
    is_plain = stack.plain_numbers()[0] is not None
    assert is_plain == (syntax == ImplicitVRLittleEndian)


def test_big_endian_numbers_are_turned_round() -> None:
    dataset = slices.ct(2)
    dataset.PixelData = slices.counts(2).astype(">i2").tobytes()
    dataset["PixelData"].VR = "OW"
    stack = parts(make.written(dataset, ExplicitVRBigEndian))
    assert stack.plain_numbers() == [None]
    np.testing.assert_array_equal(numbers(stack, 0), slices.counts(2))


def test_packed_slices_are_unpacked() -> None:
    stack = parts(slices.packed(1), slices.packed(2))
    assert stack.plain_numbers() == [None, None]
    np.testing.assert_array_equal(numbers(stack, 1), slices.counts(2))


def test_the_walk_reads_what_pydicom_reads() -> None:
    dataset = slices.ct(3)
    dataset.ReferencedImageSequence = [make.element(ReferencedSOPInstanceUID="1.2.3.9", Rows=7)]
    dataset["ReferencedImageSequence"].is_undefined_length = True
    dataset.PixelPaddingValue = 63536
    found = walked(memoryview(make.written(dataset)))
    assert found is not None
    by_pydicom = header_of(dataset)
    named = set(KEYWORDS) - {"PatientName"}
    assert set(found.header) == set(by_pydicom)
    for keyword in named & set(by_pydicom):
        one, other = found.header[keyword].split("\\"), by_pydicom[keyword].split("\\")
        assert [_plain(value) for value in one] == [_plain(value) for value in other], keyword


def _plain(text: str) -> str | float:
    try:
        return float(text)
    except ValueError:
        return text


def test_enhanced_frames_have_their_own_places_windows_and_rescale() -> None:
    found = opened(make.written(slices.enhanced([30.0, 24.0, 18.0])))
    assert [one.frame for one in found.info.slices] == [0, 1, 2]
    assert [one.location_mm for one in found.info.slices] == pytest.approx([-30, -24, -18])
    assert found.info.series[0].step_mm == pytest.approx(6)
    assert {one.rescale for one in found.info.slices} == {Rescale(2, 0, "")}
    assert [one.windows[0].centre for one in found.info.slices] == [1500, 1501, 1502]
    assert found.info.slices[0].plane.spacing_mm == (0.6, 0.6)
    places = found.plain_numbers()
    for index, place in enumerate(places):
        assert place is not None
        last = np.frombuffer(place, np.uint16)[-1]
        assert last == slices.counts(index)[-1, -1]


def test_times_of_an_enhanced_picture_follow_one_another() -> None:
    found = opened(make.written(slices.enhanced([6.0, 0.0], times=3)))
    assert [one.frame for one in found.info.slices] == [0, 1, 2, 3, 4, 5]
    assert found.info.series[0].repeats == 3
    assert found.info.series[0].notes == ()


def test_frames_without_any_place_are_in_the_files_order_and_that_is_said() -> None:
    def bare(dataset: Dataset) -> None:
        del dataset.ImagePositionPatient
        del dataset.ImageOrientationPatient
        dataset.NumberOfFrames = 3
        dataset.PixelData = dataset.PixelData * 3

    found = opened(slices.ct_file(1, bare))
    assert [one.frame for one in found.info.slices] == [0, 1, 2]
    assert [note.fault for note in found.info.series[0].notes] == [SeriesFault.BY_NUMBER]
    assert found.info.slices[0].marks.is_empty


def test_a_cut_off_enhanced_picture_shows_what_is_there() -> None:
    data = make.written(slices.enhanced([0.0, 6.0, 12.0]))
    found = opened(data[: -2 * slices.ROWS * slices.COLUMNS - 4])
    assert len(found.info.slices) == 1
    assert found.info.warnings == (StudyWarning.FRAMES_MISSING,)


@pytest.mark.parametrize(
    ("changes", "unit"),
    [
        ({"RescaleType": "HU"}, "HU"),
        ({"RescaleType": "US"}, ""),
        ({"RescaleType": "OD"}, "OD"),
        ({"ImageType": ["DERIVED", "PRIMARY", "AXIAL"]}, ""),
        ({"ImageType": ["ORIGINAL", "PRIMARY", "LOCALIZER"]}, ""),
        ({"SOPClassUID": "1.2.840.10008.5.1.4.1.1.4", "Modality": "MR"}, ""),
        ({"RescaleSlope": "0"}, ""),
    ],
)
def test_hounsfield_units_only_where_the_file_or_its_kind_says_so(
    changes: dict[str, object], unit: str
) -> None:
    """PS3.3 C.8.2.1.1.2: HU is the type of original CT images that are no localizers."""

    def change(dataset: Dataset) -> None:
        for keyword, value in changes.items():
            setattr(dataset, keyword, value)

    (one,) = opened(slices.ct_file(1, change)).info.slices
    assert one.rescale.unit == unit


def test_signed_numbers_and_padding() -> None:
    def signed(dataset: Dataset) -> None:
        dataset.PixelRepresentation = 1
        dataset.BitsStored, dataset.HighBit = 16, 15
        dataset.add_new(0x00280120, "SS", -2000)

    (one,) = opened(slices.ct_file(1, signed)).info.slices
    assert (one.numbers.bits, one.numbers.signed) == (16, True)
    assert one.numbers.padding == (-2000, -2000)


def test_windows_that_are_none_are_left_out() -> None:
    def odd(dataset: Dataset) -> None:
        dataset.WindowCenter = ["40", "50"]
        dataset.WindowWidth = ["0", "1e30"]

    assert opened(slices.ct_file(1, odd)).info.slices[0].windows == ()


def test_absurd_places_and_sizes_of_pixels_are_unknown() -> None:
    def absurd(dataset: Dataset) -> None:
        dataset.PixelSpacing = ["0", "0"]
        dataset.ImagePositionPatient = ["1e30", "0", "0"]
        dataset.ImageOrientationPatient = ["0", "0", "0", "0", "0", "0"]

    (one,) = opened(slices.ct_file(1, absurd)).info.slices
    assert one.plane.spacing_mm is None
    assert one.spacing_source is ScaleSource.NONE
    assert one.plane.position is None
    assert one.marks.is_empty
    assert one.location_mm is None


def test_size_at_the_detector_is_said_to_be_one() -> None:
    def xray(dataset: Dataset) -> None:
        del dataset.PixelSpacing
        dataset.ImagerPixelSpacing = ["0.15", "0.15"]
        del dataset.ImagePositionPatient
        del dataset.ImageOrientationPatient
        dataset.PatientOrientation = ["L", "F"]

    (one,) = opened(slices.ct_file(1, xray)).info.slices
    assert one.spacing_source is ScaleSource.IMAGER_SPACING
    assert (one.marks.right, one.marks.bottom) == ("L", "F")


def test_two_patients_are_never_one_series() -> None:
    def other(dataset: Dataset) -> None:
        dataset.PatientName = "Другой"

    found = parts(slices.ct_file(1), slices.ct_file(2, other))
    assert [series.patient_name for series in found.info.series] == ["Образцов Пётр", "Другой"]


def test_what_is_no_slice_is_left_out_and_counted() -> None:
    found = parts(slices.ct_file(1), make.clip_file(2), make.ecg_file(), b"text", slices.ct_file(2))
    assert len(found.info.slices) == 2
    assert found.info.left_out == 3


def test_a_cut_off_slice_is_left_out() -> None:
    found = parts(slices.ct_file(1), slices.ct_file(2)[:-40])
    assert (len(found.info.slices), found.info.left_out) == (1, 1)


def test_nothing_but_other_files_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        parts(make.ecg_file(), b"text")
    with pytest.raises(UnreadableFile) as raised:
        open_parts([])
    assert raised.value.reason is Unreadable.EMPTY


def test_beginnings_are_enough_for_the_order_and_else_are_asked_for_whole() -> None:
    files = slices.ct_files([2, 1])
    found = open_beginnings([PartData(memoryview(file), 2048) for file in files])
    assert [one.part for one in found.info.slices] == [1, 0]
    with pytest.raises(PartsWanted) as wanted:
        open_beginnings([PartData(memoryview(files[0]), 200), PartData(memoryview(files[1]), 2048)])
    assert wanted.value.parts == (0,)


def test_ultrasound_and_colours_stay_clips() -> None:
    grey = make.picture(np.zeros((8, 8), np.uint16), "MONOCHROME2")
    for data in (make.clip_file(1), make.written(grey)):
        found = open_file(memoryview(data))
        assert not isinstance(found, SliceSource)


def test_monochrome1_is_inverted_and_8_bits_with_a_place_are_a_stack() -> None:
    def small(dataset: Dataset) -> None:
        dataset.PhotometricInterpretation = "MONOCHROME1"
        dataset.BitsAllocated = dataset.BitsStored = 8
        dataset.HighBit = 7
        dataset.PixelData = (slices.counts(1) % 256).astype(np.uint8).tobytes()

    stack = opened(slices.ct_file(1, small))
    assert stack.info.slices[0].numbers.inverted
    assert stack.plain_numbers() == [None]
    np.testing.assert_array_equal(numbers(stack, 0), slices.counts(1) % 256)


@pytest.mark.parametrize(
    ("keyword", "value"), [("Rows", 0), ("Columns", 65535), ("BitsStored", 17), ("HighBit", 3)]
)
def test_absurd_shapes_are_refused(keyword: str, value: int) -> None:
    def absurd(dataset: Dataset) -> None:
        setattr(dataset, keyword, value)

    with pytest.raises(UnreadableFile):
        parts(slices.ct_file(1, absurd))


def test_mutated_files_do_no_harm_to_the_others() -> None:
    """Whatever one file holds, the slices beside it are there, and what is said is sound."""
    chance = random.Random(16)
    good = [slices.ct_file(n) for n in (1, 2, 3)]
    others = [slices.packed(4), make.written(slices.enhanced([0.0, 6.0], times=2))]
    for round_ in range(120):
        broken = bytearray(others[round_ % 2] if round_ % 3 else good[2])
        for _ in range(chance.choice((1, 2, 8))):
            broken[chance.randrange(132, len(broken) // 2)] = chance.randrange(256)
        if chance.random() < 0.3:
            del broken[chance.randrange(len(broken)) :]
        found = parts(good[0], bytes(broken), good[1])
        assert {0, 2} <= {one.part for one in found.info.slices}
        spans = [PartSpan(0, 10**9, 10**9)] * 3
        said = decode_answer(encode(StackOpened(found.info, (None,) * len(found.info.slices))))
        assert isinstance(said, StackOpened)
        assert checked(said, spans) == found.info


def test_a_panic_of_a_decoder_is_damage() -> None:
    """pylibjpeg-rle is written in Rust: its panics are no Exceptions, and would end the process."""
    chance = random.Random(5)
    whole = slices.packed(1)
    start = whole.index(b"\xe0\x7f\x10\x00")
    for _ in range(60):
        broken = bytearray(whole)
        for _ in range(4):
            broken[chance.randrange(start + 90, len(broken))] = chance.randrange(256)
        with contextlib.suppress(UnreadableFile):
            numbers(parts(bytes(broken)), 0)


@pytest.mark.parametrize(
    ("keyword", "value", "expected"),
    [
        ("FrameTime", "33.3", 33.3),
        ("CineRate", "25", 40.0),
        ("RecommendedDisplayFrameRate", "15", 1000 / 15),
        ("FrameTime", "0", None),
        ("CineRate", "0", None),
    ],
)
def test_how_long_a_frame_is_seen(keyword: str, value: str, expected: float | None) -> None:
    """PS3.3 C.7.6.5: Frame Time in ms, else frames a second."""

    def paced(dataset: Dataset) -> None:
        setattr(dataset, keyword, value)

    (series,) = opened(slices.ct_file(1, paced)).info.series
    assert series.slice_ms == (None if expected is None else pytest.approx(expected))
