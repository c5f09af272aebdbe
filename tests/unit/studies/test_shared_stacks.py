"""What real CT and MR files must show: the truths of the sample files' manifest, row by row."""

import numpy as np
import pytest

from tests.shared_data import SHARED_DATA, needs_shared_data, shared_file
from workstation.studies.opened import SliceSource
from workstation.studies.readers.opening import open_file
from workstation.studies.readers.stack_file import StackFile, open_parts
from workstation.studies.series_plane import EdgeMarks
from workstation.studies.series_spacing import SeriesFault
from workstation.studies.stack import GreyWindow, Rescale

PLAIN = "ct/ts/LittleEndianExplicitTransferSyntax_1.2.840.10008.1.2.1.dcm"
LOSSLESS = (
    "JPEG2000LosslessOnlyTransferSyntax_1.2.840.10008.1.2.4.90",
    "JPEGLSLosslessTransferSyntax_1.2.840.10008.1.2.4.80",
    "JPEGProcess14SV1TransferSyntax_1.2.840.10008.1.2.4.70",
    "RLELosslessTransferSyntax_1.2.840.10008.1.2.5",
)


def folder(name: str) -> StackFile:
    files = sorted((SHARED_DATA / name).iterdir())
    return open_parts([memoryview(shared_file(f"{name}/{file.name}")) for file in files])


def single(name: str) -> SliceSource:
    found = open_file(memoryview(shared_file(name)))
    assert isinstance(found, SliceSource)
    return found


def numbers(stack: SliceSource, index: int = 0) -> np.ndarray[tuple[int, int], np.dtype[np.uint16]]:
    plane = stack.info.slices[index].plane
    into = np.zeros((plane.rows, plane.columns), np.uint16)
    stack.write(index, into)
    return into


@needs_shared_data
def test_ct_phantom() -> None:
    """28 slices, 512x512, 0.451171875 mm, 5 mm apart, rescale -1024, windows 40,40 / 80,80."""
    info = folder("ct/phantom_philips").info
    assert len(info.slices) == 28
    (series,) = info.series
    assert series.step_mm == pytest.approx(5)
    assert series.notes == ()
    assert [one.instance_number for one in info.slices] == list(range(1, 29))
    assert [one.location_mm for one in info.slices] == pytest.approx(
        [696.21 + 5 * n for n in range(28)]
    )
    for one in info.slices:
        assert (one.plane.rows, one.plane.columns) == (512, 512)
        assert one.plane.spacing_mm == (0.451171875, 0.451171875)
        assert one.rescale == Rescale(1, -1024, "HU")
        assert one.windows == (GreyWindow(40, 80),)
        assert one.marks == EdgeMarks(left="R", right="L", top="A", bottom="P")


@needs_shared_data
def test_mr_series() -> None:
    """16 slices 256x256, 0.234375 mm, 2 mm thick; coronal."""
    info = folder("mr/doe_j1").info
    assert len(info.slices) == 16
    assert info.series[0].step_mm == pytest.approx(2, abs=1e-4)
    assert info.series[0].notes == ()
    assert {one.plane.spacing_mm for one in info.slices} == {(0.234375, 0.234375)}
    assert {one.thickness_mm for one in info.slices} == {2.0}
    assert {one.rescale.unit for one in info.slices} == {""}
    assert info.slices[0].marks == EdgeMarks(left="R", right="L", top="H", bottom="F")
    assert info.patient_name == "DOE J1"


@needs_shared_data
def test_moving_knee() -> None:
    """Enhanced MR: 19 times at one place, each with its own window, shared groups for the rest."""
    info = single("mr/enhanced_moveknee_19f.dcm").info
    assert [one.frame for one in info.slices] == list(range(19))
    (series,) = info.series
    assert (series.repeats, series.step_mm, series.notes) == (19, None, ())
    first = info.slices[0]
    assert first.plane.position == (-3.0, -80.0, 80.0)
    assert first.plane.spacing_mm == (0.625, 0.625)
    assert first.windows == (GreyWindow(1518, 2810),)
    assert first.marks == EdgeMarks(left="A", right="P", top="H", bottom="F")
    assert len({one.windows for one in info.slices}) > 1


@needs_shared_data
def test_enhanced_mr_in_rle_without_groups() -> None:
    """Nothing of places: the file's own order, and that is said; no marks, no scale."""
    stack = single("mr/enhanced_emri_rle_10f.dcm")
    assert [one.frame for one in stack.info.slices] == list(range(10))
    assert [note.fault for note in stack.info.series[0].notes] == [SeriesFault.BY_NUMBER]
    assert stack.info.slices[0].marks.is_empty
    assert stack.info.slices[0].plane.spacing_mm is None
    assert numbers(stack, 9).shape == (64, 64)
    assert numbers(stack, 9).any()


@needs_shared_data
def test_enhanced_ct() -> None:
    """The device's slice 1 is the second frame; a perfusion map is not in Hounsfield units."""
    stack = single("ct/enhanced_ct_2f.dcm")
    assert [one.frame for one in stack.info.slices] == [1, 0]
    assert [one.plane.position for one in stack.info.slices] == [
        (99.5, -301.5, -149.0),
        (99.5, -301.5, -159.0),
    ]
    assert stack.info.series[0].step_mm == pytest.approx(10)
    one = stack.info.slices[0]
    assert one.rescale == Rescale(1, -1024, "")
    assert one.windows == (GreyWindow(49, 102),)
    assert one.marks == EdgeMarks(left="L", right="R", top="A", bottom="P")


@needs_shared_data
@pytest.mark.parametrize("name", LOSSLESS)
def test_one_ct_slice_is_the_same_to_the_bit_however_it_is_packed(name: str) -> None:
    plain, packed = single(PLAIN), single(f"ct/ts/{name}.dcm")
    np.testing.assert_array_equal(numbers(packed), numbers(plain))
    assert packed.info.slices[0].rescale == plain.info.slices[0].rescale
