"""`inspect`: what stands in its answer, for ECGs and for the files of the imaging desk."""

import json
from pathlib import Path

import msgspec
import numpy as np
import pytest

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.ecg_files import binary, faulty, xml
from tests.unit.studies.reading import read_drawable, read_ecg
from tests.unit.studies.test_picture_and_pdf import pdf
from workstation.__main__ import main
from workstation.commands.answers import EcgSaid, LeadSaid
from workstation.commands.described import described
from workstation.commands.inspect import as_text

COUNTS = make.heart_counts(200, 12)


def said(data: bytes) -> EcgSaid:
    """The answer on an ECG."""
    answer = described(read_ecg(data))
    assert isinstance(answer, EcgSaid)
    return answer


def leads(answer: EcgSaid) -> dict[str, LeadSaid]:
    return {lead.name: lead for lead in answer.recordings[0].leads}


def test_everything_that_the_viewer_shows() -> None:
    note = make.measurement("5.13.5-11", "QT Interval", "368", "ms")
    words = make.element(UnformattedTextValue="RITMO SINUSALE", AnnotationGroupNumber=0)
    beat = make.waveform(COUNTS[:60], label="MEDIAN BEAT")
    answer = said(make.written(make.ecg([make.waveform(COUNTS), beat], [note, words])))
    assert answer.format == "DICOM"
    assert answer.patient.name == "Образцова Анна Ивановна"
    assert str(answer.patient.birth_date) == "1971-01-23"
    assert str(answer.recorded_at) == "2026-01-25 10:59:19"
    rhythm, median = answer.recordings
    assert (rhythm.name, rhythm.kind) == ("RHYTHM", "rhythm")
    assert (rhythm.sampling_rate_hz, rhythm.samples, rhythm.duration_s) == (1000, 200, 0.2)
    assert (median.name, median.kind, median.samples) == ("MEDIAN BEAT", "median_beat", 60)
    assert tuple(lead.name for lead in rhythm.leads) == make.TWELVE
    millivolts = COUNTS[:, 1] * 1.25e-3
    two = leads(answer)["II"]
    assert two.unit == "mV"
    assert (two.first, two.lowest, two.highest) == pytest.approx(
        (millivolts[0], millivolts.min(), millivolts.max())
    )
    assert [one.quantity for one in answer.device_measurements] == ["qt"]
    assert answer.device_measurements[0].value == 368
    assert answer.statements == ("RITMO SINUSALE",)
    assert answer.recorded_filter is not None
    assert (answer.recorded_filter.low_hz, answer.recorded_filter.high_hz) == (0.05, 300)
    assert answer.shown_filter == "none"
    assert answer.warnings == ()


def test_comments_are_notes_and_not_the_device_s_words() -> None:
    answer = said(binary.wfdb(COUNTS, make.TWELVE))
    assert (answer.notes, answer.statements) == (("Rhythm: sinus",), ())
    assert "Notes in the file:\n  Rhythm: sinus" in as_text(answer)
    assert "Device's statements: none" in as_text(answer)


def test_without_a_scale_the_numbers_are_raw_and_said_so() -> None:
    answer = said(make.written(make.ecg([make.waveform(COUNTS, sensitivity="0")])))
    two = leads(answer)["II"]
    assert two.unit == "uncalibrated"
    assert (two.first, two.lowest) == (COUNTS[0, 1], COUNTS[:, 1].min())
    (warning,) = answer.warnings
    assert (warning.code, warning.text) == (
        "no_calibration",
        "No calibration in some leads: their height is not in mV",
    )
    assert "uncalibrated" in as_text(answer)


def test_samples_of_a_gap_do_not_count() -> None:
    counts = COUNTS.copy()
    counts[:50] = -32768
    answer = said(binary.ishne(counts, make.TWELVE))
    one = leads(answer)["I"]
    assert one.gaps == ((0, 50),)
    assert one.first is None
    assert one.lowest == pytest.approx(counts[50:, 0].min() * 2.5e-3)
    assert "first not recorded" in as_text(answer)


def test_derived_leads_are_said_to_be_derived() -> None:
    answer = said(xml.muse(xml.muse_wave(COUNTS[:, :8])))
    names = [lead.name for lead in answer.recordings[0].leads if lead.derived]
    assert names == ["III", "aVR", "aVL", "aVF"]


def test_a_sample_is_the_shortest_number_that_it_can_be() -> None:
    counts = np.full((10, 12), -2, np.int16)
    answer = said(binary.ishne(counts, make.TWELVE))
    assert b'"first":-0.005,' in msgspec.json.encode(answer)


def test_words_of_a_file_are_literal_and_command_no_terminal() -> None:
    answer = said(xml.aecg(xml.aecg_sequences(COUNTS), name="&lt;b&gt;Anna&#x9b;31m"))
    assert answer.patient.name == "<b>Anna 31m"
    hostile = said(xml.aecg(xml.aecg_sequences(COUNTS, [f"\u009b{n}J" for n in range(12)])))
    assert "\u009b" not in as_text(hostile)


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (make.clip_file(3), "clip", "frames: 3"),
        (make.jpeg(make.colour_frame(0)), "picture", "width: 48"),
        (pdf(), "pdf", "pages: "),
    ],
    ids=["clip", "picture", "pdf"],
)
def test_files_of_the_imaging_desk(data: bytes, kind: str, words: str) -> None:
    answer = described(read_drawable(data).info)
    assert json.loads(msgspec.json.encode(answer))["kind"] == kind
    assert words in as_text(answer)


def test_it_reads_through_the_decoder_process(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A WFDB record in a folder of its own: the folder, the header and a zip are the same."""
    header = binary.wfdb_header(make.TWELVE, COUNTS)
    (tmp_path / "rec.hea").write_text(header)
    (tmp_path / "rec.dat").write_bytes(COUNTS.astype("<i2").tobytes())
    assert main(["inspect", str(tmp_path), "--json"]) == 0
    answer = json.loads(capfdbinary.readouterr().out)
    assert answer["format"] == "WFDB"
    assert [lead["name"] for lead in answer["recordings"][0]["leads"]] == list(make.TWELVE)
    assert main(["inspect", str(tmp_path / "rec.hea")]) == 0
    assert "Format: WFDB" in capfdbinary.readouterr().out.decode()


@pytest.mark.parametrize("kind", ["dicom negative", "scp zero", "edf+ unit", "sierra NaN"])
def test_a_file_without_a_scale_is_said_to_have_none(
    kind: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """The command itself, through the decoder process; the other formats are tested beside."""
    (tmp_path / "file").write_bytes(faulty.without_scale()[kind])
    assert main(["inspect", str(tmp_path / "file"), "--json"]) == 0
    answer = json.loads(capfdbinary.readouterr().out, parse_constant=pytest.fail)
    assert {lead["unit"] for lead in answer["recordings"][0]["leads"]} == {"uncalibrated"}
    assert [one["code"] for one in answer["warnings"]] == ["no_calibration"]
