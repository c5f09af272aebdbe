"""The clip follows the file's own frame times, and says which."""

import pytest
from pydicom.dataset import Dataset

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.reading import read_clip
from workstation.studies.imaging import ClipInfo, FrameTimeSource
from workstation.studies.warnings import StudyWarning


def times(count: int = 4, **values: object) -> ClipInfo:
    """A clip with these elements instead of its frame time."""

    def change(dataset: Dataset) -> None:
        del dataset.FrameTime
        del dataset.FrameIncrementPointer
        for keyword, value in values.items():
            setattr(dataset, keyword, value)

    return read_clip(make.clip_file(count, change))


def test_frame_time() -> None:
    info = times(3, FrameTime="34.9927", CineRate="28")
    assert info.frame_times_ms == pytest.approx((0, 34.9927, 69.9854, 104.9781))
    assert info.time_source is FrameTimeSource.FRAME_TIME
    assert info.frames_per_second == pytest.approx(28.58, abs=0.01)
    assert info.warnings == ()


def test_vector_of_unequal_times_is_followed() -> None:
    """Values are increments; the last frame stays for their mean."""
    info = times(4, FrameTimeVector=["0", "40", "30", "50"], FrameIncrementPointer=0x00181065)
    assert info.frame_times_ms == pytest.approx((0, 40, 70, 120, 160))
    assert info.time_source is FrameTimeSource.FRAME_TIME_VECTOR
    assert [info.frame_at(moment) for moment in (0, 39.9, 40, 119, 159, 161)] == [0, 0, 1, 2, 3, 0]


def test_vector_that_gives_the_first_frame_a_time() -> None:
    """Twin of the stress echo: ten times 40 ms is 400 ms."""
    info = times(10, FrameTimeVector=["40"] * 10, FrameIncrementPointer=0x00181065)
    assert info.duration_ms == 400
    assert info.warnings == ()


def test_single_time_goes_before_a_vector_that_nothing_points_to() -> None:
    info = times(2, FrameTimeVector=["0", "70"], FrameTime="30", FrameIncrementPointer=0x00181063)
    assert info.time_source is FrameTimeSource.FRAME_TIME


@pytest.mark.parametrize("vector", [["0", "40"], ["0", "40", "-5", "40"], ["0", "40", "0", "40"]])
def test_a_vector_with_holes_is_mended_and_said(vector: list[str]) -> None:
    info = times(4, FrameTimeVector=vector, FrameIncrementPointer=0x00181065)
    assert info.frame_times_ms == pytest.approx((0, 40, 80, 120, 160))
    assert StudyWarning.FRAME_TIMES_MENDED in info.warnings


@pytest.mark.parametrize("keyword", ["CineRate", "RecommendedDisplayFrameRate"])
def test_rate_where_there_is_no_time(keyword: str) -> None:
    info = times(3, **{keyword: "25"})
    assert info.frame_times_ms == pytest.approx((0, 40, 80, 120))
    assert info.time_source is FrameTimeSource.CINE_RATE


@pytest.mark.parametrize("time", ["0", "-40", "1E9", None])
def test_nonsense_is_an_assumption_and_said(time: str | None) -> None:
    info = times(3, FrameTime=time, CineRate="0")
    assert info.time_source is FrameTimeSource.ASSUMED
    assert StudyWarning.FRAME_TIMES_UNKNOWN in info.warnings
    assert info.duration_ms == pytest.approx(100)


def test_a_still_has_no_rate() -> None:
    info = times(1)
    assert info.is_still
    assert info.frames_per_second is None
    assert info.warnings == ()
    assert info.frame_at(1e6) == 0
