"""Lines that a device keeps apart from its picture: both forms, origins, frames, hostile sizes."""

import contextlib
import random

import numpy as np
import numpy.typing as npt
import pytest
from pydicom.dataset import Dataset
from pydicom.uid import UID, ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from tests.unit.studies import dicom_factory as make
from tests.unit.studies import grey_files, slices
from workstation.studies.decoder import Decoder
from workstation.studies.errors import UnreadableFile
from workstation.studies.opened import Overlaid, SliceSource
from workstation.studies.readers.opening import open_file
from workstation.studies.readers.stack_file import StackFile, open_parts
from workstation.studies.stack_study import StackStudy
from workstation.studies.study import ClipStudy
from workstation.studies.warnings import StudyWarning

Mask = npt.NDArray[np.bool_]
ROWS, COLUMNS = slices.ROWS, slices.COLUMNS


def opened(dataset: Dataset, syntax: UID = ExplicitVRLittleEndian) -> StackFile:
    found = open_file(memoryview(make.written(dataset, syntax)))
    assert isinstance(found, StackFile)
    return found


def lines(stack: SliceSource, index: int = 0) -> Mask | None:
    """Where lines lie over a slice."""
    assert isinstance(stack, Overlaid)
    number = stack.info.slices[index].overlay
    return None if number is None else unpacked(stack.overlay(number))


def unpacked(bits: bytes) -> Mask:
    found = np.unpackbits(np.frombuffer(bits, np.uint8), bitorder="little")
    return found[: ROWS * COLUMNS].reshape(ROWS, COLUMNS).astype(np.bool_)


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ImplicitVRLittleEndian])
def test_overlay_data_lies_over_the_picture(syntax: UID) -> None:
    dataset = slices.ct(1)
    grey_files.add_overlay(dataset, [grey_files.cross()])
    stack = opened(dataset, syntax)
    found = lines(stack)
    assert found is not None
    np.testing.assert_array_equal(found, grey_files.cross())
    numbers = np.zeros((ROWS, COLUMNS), np.uint16)
    stack.write(0, numbers)
    np.testing.assert_array_equal(numbers, slices.counts(1))
    assert stack.info.warnings == ()


def test_in_big_endian_words_two_bytes_are_turned_round() -> None:
    dataset = slices.ct(1)
    dataset.PixelData = slices.counts(1).astype(">i2").tobytes()
    dataset["PixelData"].VR = "OW"
    grey_files.add_overlay(dataset, [grey_files.cross()])
    element = dataset[0x6000, 0x3000]
    element.value = np.frombuffer(element.value, "<u2").astype(">u2").tobytes()
    found = lines(opened(dataset, ExplicitVRBigEndian))
    assert found is not None
    np.testing.assert_array_equal(found, grey_files.cross())


def test_the_retired_form_in_spare_bits_of_the_pixels() -> None:
    """Values stay as they are: the bits above them are none of the number."""
    dataset = slices.ct(1)
    grey_files.add_embedded(dataset, grey_files.cross())
    for stack in (opened(dataset), open_parts([memoryview(make.written(dataset))])):
        found = lines(stack)
        assert found is not None
        np.testing.assert_array_equal(found, grey_files.cross())
        assert stack.info.slices[0].numbers.bits == 12


@pytest.mark.parametrize("bit", [0, 11, 16, 60_000])
def test_a_bit_of_the_number_itself_is_no_line(bit: int) -> None:
    dataset = slices.ct(1)
    grey_files.add_embedded(dataset, grey_files.cross(), bit=12)
    dataset[0x6000, 0x0102].value = bit
    stack = opened(dataset)
    assert lines(stack) is None
    assert stack.info.warnings == (StudyWarning.OVERLAYS_HIDDEN,)


@pytest.mark.parametrize(
    ("origin", "row", "column"), [((1, 1), 0, 0), ((4, 9), 3, 8), ((-1, 0), -2, -1)]
)
def test_the_origin_counts_from_1_and_may_lie_outside(
    origin: tuple[int, int], row: int, column: int
) -> None:
    dataset = slices.ct(1)
    small = np.zeros((8, 8), np.bool_)
    small[6, 5] = True
    grey_files.add_overlay(dataset, [small], origin=origin)
    found = lines(opened(dataset))
    assert found is not None
    assert np.argwhere(found).tolist() == [[6 + row, 5 + column]]


def test_several_groups_lie_together() -> None:
    dataset = slices.ct(1)
    for place, group in enumerate((0x6000, 0x6002, 0x601E)):
        one = np.zeros((ROWS, COLUMNS), np.bool_)
        one[place, place] = True
        grey_files.add_overlay(dataset, [one], group=group)
    found = lines(opened(dataset))
    assert found is not None
    assert np.argwhere(found).tolist() == [[0, 0], [1, 1], [2, 2]]


def test_frames_of_an_overlay_lie_on_frames_of_the_picture() -> None:
    """From Image Frame Origin on, one each; bits of frames follow without a gap (9 x 7 pixels)."""
    dataset = grey_files.film(5, FrameTime="40")
    planes = [np.zeros((9, 7), np.bool_) for _ in range(2)]
    planes[0][0, 0], planes[1][8, 6] = True, True
    grey_files.add_overlay(dataset, planes, first_frame=3)
    stack = opened(dataset)
    found = [lines(stack, index) for index in range(5)]
    assert [one is None for one in found] == [True, True, False, False, True]
    assert found[2] is not None
    assert found[3] is not None
    assert np.argwhere(found[2]).tolist() == [[0, 0]]
    assert np.argwhere(found[3]).tolist() == [[8, 6]]


def test_one_plane_without_a_frame_lies_on_all_and_is_read_once() -> None:
    dataset = grey_files.film(4, FrameTime="40")
    grey_files.add_overlay(dataset, [grey_files.cross()])
    assert [one.overlay for one in opened(dataset).info.slices] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("element", "value"),
    [(0x0010, 65_535), (0x0011, 65_535), (0x0010, 0), (0x0015, 60_000), (0x0015, -1)],
)
def test_absurd_sizes_cost_nothing_and_are_said(element: int, value: int) -> None:
    dataset = slices.ct(1)
    grey_files.add_overlay(dataset, [grey_files.cross()])
    dataset.add_new((0x6000, element), "IS" if element == 0x0015 else "US", value)
    stack = opened(dataset)
    assert lines(stack) is None
    assert stack.info.warnings == (StudyWarning.OVERLAYS_HIDDEN,)
    with pytest.raises(UnreadableFile):
        stack.overlay(0)


def test_a_sound_plane_is_shown_beside_a_bad_one_which_is_said() -> None:
    dataset = slices.ct(1)
    grey_files.add_overlay(dataset, [grey_files.cross()])
    grey_files.add_overlay(dataset, [grey_files.cross()], group=0x6002)
    dataset[0x6002, 0x0010].value = 9000
    stack = opened(dataset)
    assert lines(stack) is not None
    assert stack.info.warnings == (StudyWarning.OVERLAYS_HIDDEN,)


async def test_lines_come_through_the_process_for_slices_and_for_clips() -> None:
    dataset = slices.ct(1)
    grey_files.add_overlay(dataset, [grey_files.cross()])
    packed = slices.packed(2, lambda one: grey_files.add_overlay(one, [grey_files.cross()]))
    plain = make.written(dataset)
    picture = slices.ct(3)
    for keyword in ("ImagePositionPatient", "RescaleSlope", "RescaleIntercept"):
        del picture[keyword]
    picture.BitsAllocated = picture.BitsStored = 8
    picture.HighBit, picture.Modality = 7, "US"
    picture.PixelData = bytes(ROWS * COLUMNS)
    grey_files.add_overlay(picture, [grey_files.cross()])
    decoder = Decoder()
    try:
        series = await decoder.open_series([plain, packed])
        for index in range(2):
            assert unpacked(await series.overlay(index)).sum() == grey_files.cross().sum()
        await series.close()
        alone = await decoder.open(plain)
        assert isinstance(alone, StackStudy)
        np.testing.assert_array_equal(unpacked(await alone.overlay(0)), grey_files.cross())
        await alone.close()
        clip = await decoder.open(make.written(picture))
        assert isinstance(clip, ClipStudy)
        np.testing.assert_array_equal(unpacked(await clip.overlay(0)), grey_files.cross())
        await clip.close()
    finally:
        await decoder.close()


def test_mutated_files_end_in_an_answer() -> None:
    """Seeded: lines and tables that fit no more are left out, or the file is refused."""
    dataset = slices.ct(1)
    grey_files.with_voi(dataset, grey_files.lut_item(range(64), 0, 12))
    grey_files.add_overlay(dataset, [grey_files.cross()])
    whole, chance = make.written(dataset), random.Random(7)
    begin = whole.index(b"\x28\x00\x10\x30")
    for _ in range(60):
        broken = bytearray(whole)
        for _ in range(3):
            broken[chance.randrange(begin, begin + 420)] = chance.choice((0, 1, 127, 128, 255))
        with contextlib.suppress(UnreadableFile):
            stack = open_parts([memoryview(bytes(broken))])
            for one in stack.info.slices:
                if one.overlay is not None:
                    size = one.plane.rows * one.plane.columns
                    assert len(stack.overlay(one.overlay)) == -(-size // 8)
