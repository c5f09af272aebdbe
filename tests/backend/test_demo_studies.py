"""What the demonstration's ECGs and clips hold: leads that agree, frames, times, calibration."""

from datetime import date
from io import BytesIO

import numpy as np
import pydicom
import pytest
from PIL import Image
from pydicom.encaps import generate_frames

from backend.demo_data.files.ecg_dicom import make_ecg
from backend.demo_data.files.ecg_shapes import SHAPES
from backend.demo_data.files.ecg_signal import LEADS, make_trace
from backend.demo_data.files.real_files import make_real_clip, make_real_ecg
from backend.demo_data.files.subject import Story, Subject
from backend.demo_data.files.us_clips import CLIPS
from backend.demo_data.files.us_dicom import make_clip, make_doppler_still
from backend_client.models.requests import Sex

DAY = date(2026, 11, 11)
SUBJECT = Subject(
    number="20-0001",
    full_name="Проверкина Мария Львовна",
    birth_date=date(1970, 1, 31),
    sex=Sex.FEMALE,
    place="Тверь",
    icd10="I35.0",
    diagnosis="Проверка",
    complaints="Нет",
    doctor="Врачова А. А.",
    inpatient=False,
    story=Story("", "", (), (), (), ""),
)
SINUS = sorted(name for name, shape in SHAPES.items() if shape.beat.pr and not shape.extra)


def opened(content: bytes) -> pydicom.FileDataset:
    return pydicom.dcmread(BytesIO(content))


def leads_of(dataset: pydicom.FileDataset) -> dict[str, np.ndarray]:
    group = dataset.WaveformSequence[0]
    samples = np.frombuffer(group.WaveformData, "<i2").reshape(-1, 12).T.astype(int)
    return dict(zip(LEADS, samples, strict=True))


def measured(dataset: pydicom.FileDataset) -> dict[str, float]:
    notes = [note for note in dataset.WaveformAnnotationSequence if "NumericValue" in note]
    return {note.ConceptNameCodeSequence[0].CodeMeaning: float(note.NumericValue) for note in notes}


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_ecg_is_ten_seconds_of_twelve_leads_that_agree(name: str) -> None:
    """III = II - I, aVR = -(I + II) / 2, aVL = I - II / 2, aVF = II - I / 2, to the microvolt."""
    dataset = opened(make_ecg(SUBJECT, DAY, name))
    group = dataset.WaveformSequence[0]
    assert (group.SamplingFrequency, group.NumberOfWaveformSamples) == (500, 5000)
    lead = leads_of(dataset)
    assert np.array_equal(lead["III"], lead["II"] - lead["I"])
    assert np.array_equal(2 * lead["aVR"], -(lead["I"] + lead["II"]))
    assert np.array_equal(2 * lead["aVL"], 2 * lead["I"] - lead["II"])
    assert np.array_equal(2 * lead["aVF"], 2 * lead["II"] - lead["I"])
    assert all(300 < np.ptp(samples) < 6000 for samples in lead.values() if np.ptp(samples) > 300)


@pytest.mark.parametrize("name", SINUS)
def test_device_measured_the_rhythm_that_is_on_the_trace(name: str) -> None:
    """RR between the steepest places of lead II is what the device reports, within 4 %."""
    dataset = opened(make_ecg(SUBJECT, DAY, name))
    slope = np.abs(np.gradient(leads_of(dataset)["V4"].astype(float)))
    peaks = np.flatnonzero(slope > 0.55 * slope.max())
    beats = peaks[np.insert(np.diff(peaks) > 110, 0, True)]
    rr = float(np.mean(np.diff(beats))) * 2
    assert rr == pytest.approx(measured(dataset)["RR Interval"], rel=0.04)


def test_beats_begin_and_end_where_the_device_says() -> None:
    """Nothing but noise between the end of T and the next P; QT and PR lie inside RR."""
    for name in SINUS:
        beat, rr = SHAPES[name].beat, SHAPES[name].rr
        assert beat.pr is not None
        assert min(wave.start for wave in beat.waves) == -beat.pr
        assert max(wave.stop for wave in beat.waves) == beat.qt
        assert beat.qt + beat.pr < rr


def test_fibrillation_is_irregular_and_has_no_p_wave() -> None:
    dataset = opened(make_ecg(SUBJECT, DAY, "fibrillation"))
    assert "PR Interval" not in measured(dataset)
    assert "Фибрилляция" in dataset.WaveformAnnotationSequence[0].UnformattedTextValue


def test_two_people_have_two_different_traces() -> None:
    one, other = (make_trace(SHAPES["normal"], name) for name in ("Первая", "Вторая"))
    assert not np.array_equal(one.samples, other.samples)


def test_real_ecg_keeps_its_samples_and_measurements() -> None:
    dataset = opened(make_real_ecg(SUBJECT, DAY))
    group = dataset.WaveformSequence[0]
    assert (group.SamplingFrequency, group.NumberOfWaveformSamples) == (1000, 10000)
    assert leads_of(dataset)["II"][0] * 1.25 == pytest.approx(112.5)
    assert measured(dataset)["RR Interval"] == 982


def test_real_clip_keeps_its_frames_and_times() -> None:
    dataset = opened(make_real_clip(SUBJECT, DAY, "Клип"))
    assert (dataset.NumberOfFrames, float(dataset.FrameTime)) == (30, 33.333)
    assert len(list(generate_frames(dataset.PixelData, number_of_frames=30))) == 30


@pytest.mark.parametrize("name", sorted(CLIPS))
def test_clip_plays(name: str) -> None:
    """Every frame decodes, neighbours differ, and a time is given for each."""
    dataset = opened(make_clip(SUBJECT, DAY, name, "Клип"))
    frames = list(generate_frames(dataset.PixelData, number_of_frames=dataset.NumberOfFrames))
    assert 40 <= len(frames) == dataset.NumberOfFrames <= 87
    assert all(one != other for one, other in zip(frames, frames[1:], strict=False))
    for frame in frames:
        with Image.open(BytesIO(frame)) as picture:
            picture.load()
            assert (picture.size, picture.mode) == ((dataset.Columns, dataset.Rows), "RGB")
    if "FrameTimeVector" in dataset:
        assert len(dataset.FrameTimeVector) == len(frames)
        assert len(set(dataset.FrameTimeVector[1:])) > 1
    else:
        assert 15 <= dataset.FrameTime <= 50


def test_some_clips_have_unequal_frame_times() -> None:
    assert any(len(clip.times) > 1 for clip in CLIPS.values())
    assert any(len(clip.times) == 1 for clip in CLIPS.values())


@pytest.mark.parametrize("name", sorted(CLIPS))
def test_calibration_lies_in_the_picture_and_gives_the_depth(name: str) -> None:
    """DICOM PS3.3 C.8.5.5: the sector's height in pixels times the scale is the depth in cm."""
    dataset = opened(make_clip(SUBJECT, DAY, name, "Клип"))
    region = dataset.SequenceOfUltrasoundRegions[0]
    left, right = region.RegionLocationMinX0, region.RegionLocationMaxX1
    top, bottom = region.RegionLocationMinY0, region.RegionLocationMaxY1
    assert 0 <= left < right < dataset.Columns
    assert 0 <= top < bottom < dataset.Rows
    assert (region.PhysicalUnitsXDirection, region.PhysicalUnitsYDirection) == (3, 3)
    depth = (bottom - top - region.ReferencePixelY0) * region.PhysicalDeltaY
    assert depth == pytest.approx(CLIPS[name].probe.depth, abs=0.15)


def test_jet_of_the_narrow_valve_measures_4_3_metres_a_second() -> None:
    """The lowest bright row under the baseline, by the region's own scale."""
    dataset = opened(make_doppler_still(SUBJECT, DAY, "CW"))
    region = dataset.SequenceOfUltrasoundRegions[0]
    assert (region.RegionSpatialFormat, region.RegionDataType) == (3, 4)
    (frame,) = generate_frames(dataset.PixelData, number_of_frames=1)
    with Image.open(BytesIO(frame)) as picture:
        grey = np.asarray(picture.convert("L"), dtype=float)
    top, bottom = region.RegionLocationMinY0, region.RegionLocationMaxY1
    field = grey[top:bottom, region.RegionLocationMinX0 : region.RegionLocationMaxX1]
    bright = np.flatnonzero((field > 110).mean(axis=1) > 0.02)
    rows = int(bright[bright > region.ReferencePixelY0].max()) - region.ReferencePixelY0
    assert rows * region.PhysicalDeltaY / -100 == pytest.approx(4.3, abs=0.25)
