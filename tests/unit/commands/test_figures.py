"""`measure` with figures: values as the window has them, whose scale, or why there is none."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence as DicomSequence

from tests.shared_data import SHARED_DATA, needs_shared_data
from tests.unit.commands.test_failures import one_line, refused
from tests.unit.studies import dicom_factory as make
from tests.unit.studies import report_factory, slices
from tests.unit.studies.test_picture_and_pdf import pdf
from workstation.__main__ import main

Output = pytest.CaptureFixture[bytes]
Answer = dict[str, Any]  # plain JSON

REGION: Final = {
    "RegionFlags": 1,
    "RegionLocationMinX0": 0,
    "RegionLocationMinY0": 0,
    "RegionLocationMaxX1": 23,
    "RegionLocationMaxY1": 31,
    "RegionSpatialFormat": 1,
    "RegionDataType": 1,
    "PhysicalUnitsXDirection": 3,
    "PhysicalUnitsYDirection": 3,
    "PhysicalDeltaX": 0.05,
    "PhysicalDeltaY": 0.1,
}
SPECTRUM: Final = {
    "RegionLocationMinX0": 24,
    "RegionLocationMaxX1": 47,
    "RegionSpatialFormat": 3,
    "RegionDataType": 3,
    "PhysicalUnitsXDirection": 4,
    "PhysicalUnitsYDirection": 7,
    "PhysicalDeltaX": 0.01,
    "PhysicalDeltaY": -2.0,
    "ReferencePixelY0": 16,
    "ReferencePixelPhysicalValueY": 0.0,
}


def calibrated(dataset: Dataset) -> None:
    """A picture at the left, a spectrum at the right."""
    regions = [make.element(**REGION), make.element(**(REGION | SPECTRUM))]
    dataset.SequenceOfUltrasoundRegions = DicomSequence(regions)


def projection(dataset: Dataset) -> None:
    """An X-ray picture whose scale is that of its detector."""
    dataset.Modality, dataset.SOPClassUID = "DX", "1.2.840.10008.5.1.4.1.1.1.1"
    dataset.ImagerPixelSpacing = [0.2, 0.2]
    for keyword in ("PixelSpacing", "ImagePositionPatient", "ImageOrientationPatient"):
        del dataset[keyword]


def measured(path: Path, *words: str, capfd: Output) -> Answer:
    """The JSON of the command, without NaN."""
    assert main(["measure", str(path), *words, "--json"]) == 0
    answer: Answer = json.loads(capfd.readouterr().out, parse_constant=pytest.fail)
    return answer


def chief(answer: Answer, figure: int = 0) -> Answer:
    """The first reading of a figure."""
    found: Answer = answer["figures"][figure]["readings"][0]
    return found


def file(folder: Path, data: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(data)
    return path


def test_a_length_by_a_region_of_the_file(tmp_path: Path, capfdbinary: Output) -> None:
    path = file(tmp_path, make.clip_file(3, calibrated))
    words = ("--frame", "2", "--line", "1,1,5,4", "--point", "30.5,6.5", "--line", "1,1,40,1")
    answer = measured(path, *words, capfd=capfdbinary)
    assert (answer["kind"], answer["frame"], answer["frames"]) == ("clip", 2, 3)
    length = chief(answer)
    assert length["value"] == pytest.approx((2.0**2 + 3.0**2) ** 0.5)
    assert (length["unit"], length["quantity"]) == ("mm", "distance")
    assert length["calibration"] == "SequenceOfUltrasoundRegions"
    assert length["region"]["number"] == 1
    assert (length["region"]["shows"], length["region"]["unit_x"]) == ("2d", "centimetre")
    velocity = chief(answer, 1)
    assert (velocity["quantity"], velocity["unit"]) == ("velocity", "cm/s")
    assert velocity["value"] == pytest.approx(20.0)
    assert velocity["region"]["data"] == "pw_spectral_doppler"
    across = chief(answer, 2)
    assert across["value"] is None
    assert across["unit"] is None
    assert across["calibration"] is None
    assert across["reason"] == "across_regions"
    assert across["words"] == "across parts of different scales"
    assert across["uncalibrated"] == {"value": 39.0, "unit": "{pixels}"}


def test_a_calibration_by_hand_is_said_in_every_value(tmp_path: Path, capfdbinary: Output) -> None:
    """40 mm between two points 20 pixels apart: 2 mm a pixel; never within a spectrum."""
    mark = ("--calibrate", "0,10,20,10,40")
    photo = file(tmp_path, make.jpeg(make.colour_frame(0)))
    length = chief(measured(photo, *mark, "--line", "0,0,3,4", capfd=capfdbinary))
    assert (length["value"], length["unit"]) == (pytest.approx(10.0), "mm")
    assert (length["calibration"], length["reason"]) == ("by hand", None)
    assert main(["measure", str(photo), *mark, "--line", "0,0,3,4"]) == 0
    assert b"distance 10 mm, calibrated by hand" in capfdbinary.readouterr().out
    clip = file(tmp_path, make.clip_file(1, calibrated))
    words = (*mark, "--line", "1,1,5,4", "--point", "30.5,6.5")
    answer = measured(clip, *words, capfd=capfdbinary)
    # Pixels are twice as high as they are wide.
    assert chief(answer)["value"] == pytest.approx((8.0**2 + 12.0**2) ** 0.5)
    assert chief(answer)["calibration"] == "by hand"
    assert chief(answer, 1)["calibration"] == "SequenceOfUltrasoundRegions"


@pytest.mark.parametrize(
    "mark",
    ["0,0,5,0", "0,0,5,0,-1", "0,0,5,0,nan", "0,0,0,0,10", "0,0,500,0,10", "0,0,9,0,1e9"],
)
def test_a_calibration_that_says_nothing_is_refused(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], mark: str
) -> None:
    photo = file(tmp_path, make.jpeg(make.colour_frame(0)))
    words = ["measure", str(photo), "--calibrate", mark, "--line", "0,0,3,4"]
    assert refused(words) == 2
    assert one_line(capfd)


def test_slices_and_pages_are_not_calibrated_by_hand(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = file(tmp_path, slices.ct_file(1))
    words = ["measure", str(path), "--calibrate", "0,0,9,0,10", "--line", "0,0,3,4"]
    assert refused(words) == 2
    assert "clips and photos" in one_line(capfd)


def test_spacing_at_the_detector_is_named_so(tmp_path: Path, capfdbinary: Output) -> None:
    path = file(tmp_path, slices.ct_file(1, projection))
    length = chief(measured(path, "--line", "0,0,10,0", capfd=capfdbinary))
    assert (length["value"], length["calibration"]) == (2.0, "ImagerPixelSpacing")
    assert length["at_detector"] is True
    patient = file(tmp_path, slices.ct_file(1))
    length = chief(measured(patient, "--line", "0,0,10,0", capfd=capfdbinary))
    assert (length["value"], length["calibration"]) == (2.5, "PixelSpacing")
    assert length["at_detector"] is False


def test_values_of_a_folder_of_slices(tmp_path: Path, capfdbinary: Output) -> None:
    """The slices in their order, HU of a point and of regions."""
    for name, number in zip("cab", (1, 3, 2), strict=True):
        (tmp_path / name).write_bytes(slices.ct_file(number))
    words = ("--point", "4.5,2.5", "--rectangle", "0,0,2,2", "--ellipse", "0,4,8,4,4,0")
    answer = measured(tmp_path, "--frame", "2", *words, capfd=capfdbinary)
    assert (answer["kind"], answer["frames"], answer["series"]) == ("stack", 3, 1)
    assert answer["part"] == "1.2.3.3"
    stored = slices.counts(3)
    point = chief(answer)
    assert (point["quantity"], point["unit"]) == ("value", "HU")
    assert point["value"] == stored[2, 4] - 1024
    box = {one["quantity"]: one["value"] for one in answer["figures"][1]["readings"]}
    inside = stored[:2, :2] - 1024.0
    assert box["mean"] == pytest.approx(inside.mean())
    assert box["standard_deviation"] == pytest.approx(inside.std())
    assert (box["minimum"], box["maximum"]) == (inside.min(), inside.max())
    assert box["area"] == pytest.approx(0.5 * 1.0)
    assert chief(answer, 2)["quantity"] == "mean"


def test_the_middle_slice_is_measured_where_none_is_named(
    tmp_path: Path, capfdbinary: Output
) -> None:
    """As the window opens them; the answer says which it was."""
    for number in (1, 2, 3):
        (tmp_path / str(number)).write_bytes(slices.ct_file(number))
    assert measured(tmp_path, "--point", "1,1", capfd=capfdbinary)["frame"] == 1


def test_numbers_that_the_file_does_not_name_are_no_hounsfield(
    tmp_path: Path, capfdbinary: Output
) -> None:
    def magnetic(dataset: Dataset) -> None:
        dataset.Modality, dataset.SOPClassUID = "MR", "1.2.840.10008.5.1.4.1.1.4"

    path = file(tmp_path, slices.ct_file(1, magnetic))
    assert chief(measured(path, "--point", "1,1", capfd=capfdbinary))["unit"] == "[arb'U]"


def test_padding_is_no_value(tmp_path: Path, capfdbinary: Output) -> None:
    def padded(dataset: Dataset) -> None:
        dataset.add_new(0x00280120, "US", 1010)  # the first pixel's own number

    path = file(tmp_path, slices.ct_file(1, padded))
    answer = measured(path, "--point", "0.5,0.5", "--rectangle", "0,0,1,1", capfd=capfdbinary)
    for figure in (0, 1):
        one = chief(answer, figure)
        assert (one["value"], one["reason"]) == (None, "out_of_range")


@pytest.mark.parametrize(
    ("data", "words", "unit"),
    [
        (make.jpeg(make.colour_frame(0)), ("--line", "0,0,3,4"), "{pixels}"),
        (pdf(), ("--page", "1", "--line", "0,0,3,4"), "[pt]"),
        (make.clip_file(1), ("--line", "0,0,3,4"), "{pixels}"),
    ],
    ids=["photo", "page", "picture without a scale"],
)
def test_without_a_scale_there_is_no_value_and_the_reason(
    data: bytes, words: tuple[str, ...], unit: str, tmp_path: Path, capfdbinary: Output
) -> None:
    one = chief(measured(file(tmp_path, data), *words, capfd=capfdbinary))
    assert one["value"] is None
    assert (one["reason"], one["words"]) == ("no_calibration", "no calibration")
    assert one["uncalibrated"] == {"value": 5.0, "unit": unit}


def test_a_point_of_a_plain_picture_says_that_it_tells_nothing(
    tmp_path: Path, capfdbinary: Output
) -> None:
    one = chief(measured(file(tmp_path, pdf()), "--point", "1,1", capfd=capfdbinary))
    assert (one["value"], one["reason"]) == (None, "other_figure_needed")


def test_for_people_every_value_has_its_source_in_the_line(
    tmp_path: Path, capfdbinary: Output
) -> None:
    path = file(tmp_path, make.clip_file(2, calibrated))
    assert main(["measure", str(path), "--line", "1,1,5,1", "--line", "1,1,40,1"]) == 0
    text = capfdbinary.readouterr().out.decode()
    assert "clip, frame 0 of 2 (from 0), 48 x 32" in text
    region = "region 1 (2d, tissue: 0.05 centimetre, 0.1 centimetre a pixel)"
    assert f"distance 2 mm, by SequenceOfUltrasoundRegions, {region}" in text
    assert "distance: no value, in the picture 39 {pixels}: across parts" in text


@pytest.mark.parametrize(
    "words",
    [
        ("--line", "nan,0,1,1"),
        ("--line", "inf,0,1,1"),
        ("--line", "1,2,3"),
        ("--line", "1,2,3,4,5,6"),
        ("--line", "a,b,c,d"),
        ("--line", ""),
        ("--area", "1,1,2,2"),
        ("--ellipse", "1,1,2,2"),
        ("--line", "0,0,48.1,1"),
        ("--point", "1,32.5"),
        ("--line=-1,0,1,1",),
        ("--frame", "3", "--line", "0,0,1,1"),
        ("--frame", "-1", "--line", "0,0,1,1"),
        ("--frame", "1.5", "--line", "0,0,1,1"),
        ("--frame", "x", "--line", "0,0,1,1"),
        ("--frame", "99999999999999999999", "--line", "0,0,1,1"),
        ("--page", "1", "--line", "0,0,1,1"),
        ("--series", "1", "--line", "0,0,1,1"),
        ("--frame", "0"),
        ("--beat", "--line", "0,0,1,1"),
    ],
    ids=" ".join,
)
def test_what_makes_no_sense_is_one_line_and_2(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file(tmp_path, make.clip_file(3))
    assert refused(["measure", str(path), *words]) == 2
    one_line(capsys)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pdf(), ("--page", "99")),
        (pdf(), ("--page", "0")),
        (pdf(), ("--page", "1", "--frame", "0")),
        (slices.ct_file(1), ("--frame", "1")),
        (slices.ct_file(1), ("--series", "2")),
        (slices.ct_file(1), ("--page", "1")),
        (make.ecg_file(), ()),
        (report_factory.echo_report(), ()),
    ],
    ids=["page", "page 0", "both", "slice", "series", "page of slices", "ECG", "report"],
)
def test_a_picture_that_is_not_there_is_2(
    data: bytes,
    words: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = file(tmp_path, data)
    assert refused(["measure", str(path), "--line", "0,0,1,1", *words]) == 2
    one_line(capsys)


def test_help_says_how_points_and_frames_count(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(["measure", "--help"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "from the outer corner of the first pixel, which is 0,0" in said
    assert "from 0, as the window shows them" in said


@needs_shared_data
@pytest.mark.parametrize(
    ("name", "words", "value", "unit", "calibration"),
    [
        ("us/fetal_cisterna_magna_still.dcm", "--line=460,291,499,302", 10.63, "mm", "regions"),
        ("us/gyn_endometrium_still.dcm", "--line=316,242,323,305", 10.46, "mm", "regions"),
        ("us/echo_cine_hp_nonsquare_34f.dcm", "--line=200,150,300,150", 28.57, "mm", "regions"),
        ("us/echo_cine_hp_nonsquare_34f.dcm", "--line=200,150,200,250", 22.86, "mm", "regions"),
        ("us/echo_cine_hp_nonsquare_34f.dcm", "--line=200,150,300,250", 36.59, "mm", "regions"),
        ("us/echo_cine_colour_toshiba_67f.dcm", "--line=200,200,300,200", 32.41, "mm", "regions"),
        ("us/doppler_tdi_still.dcm", "--point=300.5,302.5", 8.935, "cm/s", "regions"),
        ("us/doppler_tdi_still.dcm", "--point=300.5,402.5", -8.935, "cm/s", "regions"),
        ("us/echo_rle_palette_10f.dcm", "--line=100,100,140,130", None, None, None),
        ("us/cine_jpeg_sonosite_30f.dcm", "--line=100,100,140,130", None, None, None),
        ("ct/phantom_philips", "--line=100,100,200,100", 45.117, "mm", "spacing"),
    ],
)
def test_truths_of_real_files(
    name: str,
    words: str,
    value: float | None,
    unit: str | None,
    calibration: str | None,
    capfdbinary: Output,
) -> None:
    """The rows of the manifest; their twins are above."""
    names = {"regions": "SequenceOfUltrasoundRegions", "spacing": "PixelSpacing", None: None}
    one = chief(measured(SHARED_DATA / name, words, capfd=capfdbinary))
    assert one["unit"] == unit
    assert one["calibration"] == names[calibration]
    if value is None:
        assert one["value"] is None
        assert one["uncalibrated"] == {"value": 50.0, "unit": "{pixels}"}
        assert one["reason"] in ("no_calibration", "resized_picture")
    else:
        assert one["value"] == pytest.approx(value, abs=0.01)
