"""Stored numbers, modality LUT, VOI LUT, window: greys as the device meant them (PS3.3 C.11).

Expected greys are pydicom's own (`apply_modality_lut`, `apply_voi_lut`), or computed by hand.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from pydicom.dataset import Dataset
from pydicom.pixels.processing import apply_modality_lut, apply_voi_lut
from pydicom.sequence import Sequence as DicomSequence
from pydicom.uid import UID, ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from tests.unit.studies import dicom_factory as make
from tests.unit.studies import grey_files, slices
from workstation.studies.errors import UnreadableFile
from workstation.studies.messages import PartSpan, StackOpened, decode_answer, encode
from workstation.studies.opened import SliceSource
from workstation.studies.readers.opening import open_file
from workstation.studies.readers.stack_file import open_parts
from workstation.studies.stack import GreyLut, GreyNumbers, GreyWindow, Rescale, StackSlice
from workstation.studies.stack_check import checked
from workstation.studies.stack_greys import (
    draw,
    grey_table,
    lut_shades,
    value_at,
    values_of,
    window_like,
)
from workstation.studies.stack_luts import laid_apart
from workstation.studies.warnings import StudyWarning

CURVE = [min(4095, int(4095 * (n / 2000) ** 0.5)) for n in range(2000)]
"""Brightens the dark: nothing that a straight window can do."""


def opened(dataset: Dataset, syntax: UID = ExplicitVRLittleEndian) -> SliceSource:
    found = open_file(memoryview(make.written(dataset, syntax)))
    assert isinstance(found, SliceSource)
    return found


def greys(stack: SliceSource, index: int = 0, view: int = 0) -> npt.NDArray[np.uint32]:
    """As the window draws them, 0 to 255."""
    one = stack.info.slices[index]
    patterns = np.zeros((one.plane.rows, one.plane.columns), np.uint16)
    stack.write(index, patterns)
    table = grey_table(one.numbers, one.rescale, one.views[view], inverted=False)
    into = np.zeros(patterns.shape, np.uint32)
    draw(patterns, table, into)
    return np.asarray(into & 0xFF, np.uint32)


def by_pydicom(dataset: Dataset, most: int, index: int = 0) -> npt.NDArray[np.float64]:
    """Its own modality and VOI LUT, scaled to 255."""
    stored = slices.counts(1).astype(np.int32)
    values = np.asarray(apply_modality_lut(stored, dataset), np.int32)
    seen = np.asarray(apply_voi_lut(values, dataset, index), np.float64)
    return np.asarray(np.rint(255 * seen / most))


def test_a_voi_lut_makes_the_greys_that_pydicom_makes() -> None:
    dataset = slices.ct(1)
    dataset.RescaleIntercept = "0"
    grey_files.with_voi(dataset, grey_files.lut_item(CURVE, 200, 12, "NORMAL"))
    stack = opened(dataset)
    (one,) = stack.info.slices
    assert [view.name for view in one.views] == ["NORMAL"]
    np.testing.assert_array_equal(greys(stack), by_pydicom(dataset, 4095))


def test_below_and_beyond_a_table_its_ends_go_on() -> None:
    """PS3.3 C.11.2.1.1, by hand: 100 before 101, 300 from 103 on, of 10 bits."""
    lut = GreyLut(101, 10, np.array([100, 200, 300], "<u2").tobytes())
    shades = lut_shades(np.array([0, 100, 101, 102, 103, 104, 60_000]), lut)
    np.testing.assert_allclose(shades, np.array([100, 100, 100, 200, 300, 300, 300]) / 1023)


def test_a_table_of_values_below_zero() -> None:
    """Its first value is signed where values can be: -1024 to HU."""
    dataset = slices.ct(1)
    grey_files.with_voi(dataset, grey_files.lut_item(CURVE, -1000, 12))
    stack = opened(dataset)
    assert stack.info.slices[0].luts[0].first == -1000
    np.testing.assert_array_equal(greys(stack), by_pydicom(dataset, 4095))


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRBigEndian])
def test_tables_of_other_transfer_syntaxes(syntax: UID) -> None:
    dataset = slices.ct(1)
    item = grey_files.lut_item(CURVE, -1000, 12)
    if syntax == ExplicitVRBigEndian:
        dataset.PixelData = slices.counts(1).astype(">i2").tobytes()
        item.LUTData = np.asarray(CURVE, ">u2").tobytes()
        dataset["PixelData"].VR = item["LUTData"].VR = "OW"
    grey_files.with_voi(dataset, item)
    (lut,) = opened(dataset, syntax).info.slices[0].luts
    assert (lut.first, lut.bits) == (-1000, 12)
    np.testing.assert_array_equal(np.frombuffer(lut.entries, "<u2"), CURVE)


def test_a_modality_lut_gives_the_values_and_their_unit() -> None:
    """PS3.3 C.11.1: before the VOI LUT, and in the place of slope and intercept."""
    densities = [3 * n for n in range(4096)]
    dataset = slices.ct(1)
    grey_files.with_modality(dataset, grey_files.lut_item(densities, 0, 16), "OD")
    grey_files.with_voi(dataset, grey_files.lut_item([n // 4 for n in range(4000)], 2000, 10))
    stack = opened(dataset)
    (one,) = stack.info.slices
    assert one.rescale.unit == "OD"
    np.testing.assert_array_equal(greys(stack), by_pydicom(dataset, 1023))
    patterns = slices.counts(1).view(np.uint16)
    expected = 3.0 * float(slices.counts(1)[4, 7])
    assert value_at(patterns, 7.5, 4.5, one.numbers, one.rescale) == expected
    assert values_of(patterns, one.numbers, one.rescale)[4, 7] == expected


@pytest.mark.parametrize(("kind", "unit"), [("HU", "HU"), ("OD", "OD"), ("US", ""), ("", "")])
def test_hounsfield_units_only_where_the_table_says_so(kind: str, unit: str) -> None:
    """Also in an original CT image, whose rescale alone would mean HU."""
    dataset = slices.ct(1)
    grey_files.with_modality(dataset, grey_files.lut_item(range(4096)), kind)
    assert opened(dataset).info.slices[0].rescale.unit == unit


def test_windows_and_tables_can_all_be_chosen_the_tables_first() -> None:
    dataset = slices.ct(1)
    windows = dataset.WindowCenter, dataset.WindowWidth
    items = [grey_files.lut_item(CURVE, 0, 12, name) for name in ("МЯГКАЯ", "ЖЁСТКАЯ")]
    grey_files.with_voi(dataset, *items)
    dataset.WindowCenter, dataset.WindowWidth = ["40", "300"], ["80", "1500"]
    dataset.WindowCenterWidthExplanation = ["МОЗГ", "КОСТЬ"]
    assert windows
    for stack in (opened(dataset), open_parts([memoryview(make.written(dataset))])):
        views = stack.info.slices[0].views
        assert [one.name for one in views] == ["МЯГКАЯ", "ЖЁСТКАЯ", "МОЗГ", "КОСТЬ"]
        assert views[2] == GreyWindow(40, 80, "МОЗГ")


def test_a_table_of_65536_entries_is_told_by_0() -> None:
    dataset = slices.ct(1)
    dataset.RescaleIntercept = "0"
    grey_files.with_voi(dataset, grey_files.lut_item(range(65_536)))
    (lut,) = opened(dataset).info.slices[0].luts
    assert len(lut.entries) == 2 * 65_536


def test_entries_of_8_bits_may_share_a_word() -> None:
    """C.11.1.1.1: the first in the low byte; an odd number is filled up."""
    shades = bytes(range(0, 255, 5))
    dataset = slices.ct(1)
    dataset.RescaleIntercept = "0"
    item = grey_files.lut_item([0], data=shades + b"\0", descriptor=[len(shades), 1010, 8])
    grey_files.with_voi(dataset, item)
    stack = opened(dataset)
    expected = np.array(list(shades))[np.clip(slices.counts(1) - 1010, 0, len(shades) - 1)]
    np.testing.assert_array_equal(greys(stack), expected)


BAD: dict[str, dict[str, Any]] = {
    "too few entries": {"descriptor": [4096, 0, 12]},
    "too many entries": {"descriptor": [100, 0, 12]},
    "65536 announced": {"descriptor": [0, 0, 12]},
    "two numbers only": {"descriptor": [2000, 0]},
    "no bits": {"descriptor": [2000, 0, 0]},
    "more bits than 16": {"descriptor": [2000, 0, 32]},
    "entries beyond their bits": {"descriptor": [2000, 0, 8]},
    "no entries": {"data": b""},
}


@pytest.mark.parametrize("changes", BAD.values(), ids=BAD)
def test_a_bad_voi_lut_is_said_and_never_drawn(changes: dict[str, Any]) -> None:
    dataset = slices.ct(1)
    grey_files.with_voi(dataset, grey_files.lut_item(CURVE, 0, 12, **changes))
    for stack in (opened(dataset), open_parts([memoryview(make.written(dataset))])):
        (one,) = stack.info.slices
        assert one.views == ()
        assert one.rescale == Rescale(1, -1024, "HU")
        assert stack.info.warnings == (StudyWarning.VOI_LUT_UNUSABLE,)


@pytest.mark.parametrize("changes", BAD.values(), ids=BAD)
def test_a_bad_modality_lut_leaves_no_unit_and_no_window(changes: dict[str, Any]) -> None:
    """A window is over values: over stored numbers it would be another picture."""
    dataset = slices.ct(1)
    grey_files.with_modality(dataset, grey_files.lut_item(CURVE, 0, 12, **changes), "HU")
    stack = opened(dataset)
    (one,) = stack.info.slices
    assert (one.rescale, one.views) == (Rescale(), ())
    assert stack.info.warnings == (StudyWarning.MODALITY_LUT_UNUSABLE,)


def test_a_picture_of_8_bits_with_a_table_is_windowed_too() -> None:
    dataset = make.element(
        **{
            keyword: slices.ct(1)[keyword].value
            for keyword in ("SOPClassUID", "SOPInstanceUID", "Modality", "Rows", "Columns")
        },
        SamplesPerPixel=1,
        PhotometricInterpretation="MONOCHROME2",
        BitsAllocated=8,
        BitsStored=8,
        HighBit=7,
        PixelRepresentation=0,
        PixelData=bytes(range(256)) * 3,
    )
    grey_files.with_voi(dataset, grey_files.lut_item(range(255, -1, -1), 0, 8))
    np.testing.assert_array_equal(greys(opened(dataset)).reshape(-1)[:256], range(255, -1, -1))


def test_frames_have_the_tables_of_their_functional_groups() -> None:
    """Frame VOI LUT With LUT Macro (C.7.6.16.2.10b)."""
    dataset = slices.enhanced([12.0, 6.0])
    for number, frame in enumerate(dataset.PerFrameFunctionalGroupsSequence):
        item = grey_files.lut_item([0, number + 1], 2000, 8, f"кадр {number + 1}")
        grey_files.with_voi(frame.FrameVOILUTSequence[0], item)
    stack = opened(dataset)
    assert [one.luts[0].name for one in stack.info.slices] == ["кадр 1", "кадр 2"]


@pytest.mark.parametrize(
    ("photometric", "shape", "is_inverted"),
    [
        ("MONOCHROME2", None, False),
        ("MONOCHROME2", "IDENTITY", False),
        ("MONOCHROME2", "INVERSE", True),
        ("MONOCHROME1", None, True),
        ("MONOCHROME1", "INVERSE", True),
    ],
)
def test_presentation_lut_shape(photometric: str, shape: str | None, is_inverted: bool) -> None:
    """C.11.6.1.2; MONOCHROME1 and INVERSE say the same once (C.8.11.3.1.2)."""
    dataset = slices.ct(1)
    dataset.PhotometricInterpretation = photometric
    if shape is not None:
        dataset.PresentationLUTShape = shape
    for stack in (opened(dataset), open_parts([memoryview(make.written(dataset))])):
        assert stack.info.slices[0].numbers.inverted == is_inverted


@pytest.mark.parametrize("curve", ["SIGMOID", "LINEAR_EXACT", "LINEAR"])
def test_windows_of_every_function_are_pydicoms(curve: str) -> None:
    """C.11.2.1.2 and C.11.2.1.3."""
    dataset = slices.ct(1)
    dataset.WindowCenter, dataset.WindowWidth, dataset.VOILUTFunction = "20", "60", curve
    shades = _shades_by_pydicom(dataset)
    assert np.abs(greys(opened(dataset)).astype(int) - shades).max() <= 1


def _shades_by_pydicom(dataset: Dataset) -> npt.NDArray[np.int64]:
    """Its window spans the range of the stored numbers after the rescale (12 bits)."""
    seen = apply_voi_lut(apply_modality_lut(slices.counts(1), dataset), dataset)
    return np.asarray(np.rint(255 * (seen + 1024) / 4095), np.int64)


def test_a_straight_window_like_a_table() -> None:
    """What the mouse pulls at once a table was chosen."""
    rise = np.concatenate([np.zeros(50), np.linspace(0, 1023, 101), np.full(50, 1023)])
    lut = GreyLut(-100, 10, rise.astype("<u2").tobytes())
    found = window_like(lut)
    assert found is not None
    assert found.centre == pytest.approx(0, abs=1)
    assert found.width == pytest.approx(96, abs=3)
    assert window_like(GreyLut(0, 8, b"\x05\x00" * 9)) is None


def test_a_table_goes_through_the_pipe_once() -> None:
    """Three hundred frames of an angiogram share theirs."""
    dataset = grey_files.film(20, FrameTime="40")
    grey_files.with_voi(dataset, grey_files.lut_item(range(65_536)))
    stack = opened(dataset)
    info, luts = laid_apart(stack.info)
    assert len(luts) == 1
    message = encode(StackOpened(info, (None,) * 20, luts))
    assert len(message) < 3 * 65_536
    answer = decode_answer(message)
    assert isinstance(answer, StackOpened)
    span = PartSpan(0, 1 << 20, 1 << 20)
    assert checked(answer, [span]) == stack.info


@pytest.mark.parametrize(
    "luts",
    [
        (),
        (GreyLut(0, 8, b""),),
        (GreyLut(0, 8, b"\x00"),),
        (GreyLut(0, 8, b"\x00\x01"),),
        (GreyLut(0, 17, b"\x00\x00"),),
        (GreyLut(0, 0, b"\x00\x00"),),
        (GreyLut(1 << 40, 8, b"\x00\x00"),),
        (GreyLut(0, 16, b"\x00\x00" * 65_537),),
    ],
)
def test_nonsense_of_a_decoder_that_was_taken_over_is_refused(luts: tuple[GreyLut, ...]) -> None:
    dataset = slices.ct(1)
    grey_files.with_voi(dataset, grey_files.lut_item(CURVE, 0, 12))
    info, _ = laid_apart(opened(dataset).info)
    with pytest.raises(UnreadableFile):
        checked(StackOpened(info, (None,), luts), [PartSpan(0, 4096, 4096)])


def test_the_largest_value_of_a_table_survives_rounding() -> None:
    numbers = GreyNumbers(16, signed=False, inverted=False)
    lut = GreyLut(0, 16, np.arange(65_536).astype("<u2").tobytes())
    table = grey_table(numbers, Rescale(), lut, inverted=False) & 0xFF
    assert (table[0], table[-1]) == (0, 255)
    assert np.all(np.diff(table.astype(int)) >= 0)


def test_a_mask_that_is_not_subtracted_is_said() -> None:
    dataset = grey_files.film(3, FrameTime="40")
    dataset.MaskSubtractionSequence = DicomSequence([make.element(MaskOperation="AVG_SUB")])
    assert opened(dataset).info.warnings == (StudyWarning.MASK_NOT_APPLIED,)


def test_slices_say_nothing_of_tables_that_they_do_not_have() -> None:
    one: StackSlice = opened(slices.ct(1)).info.slices[0]
    assert (one.luts, one.rescale.lut, one.overlay) == ((), None, None)
