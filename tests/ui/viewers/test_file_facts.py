"""What files say of themselves: the device's values apart, warnings in words, nothing invented."""

from dataclasses import replace

from PySide6.QtWidgets import QApplication

from tests.ui.viewers.made_up import make_clip, make_ecg, make_pdf, make_picture
from tests.ui.viewers.made_up_documents import make_report
from tests.ui.viewers.made_up_stack import make_series, make_stack
from workstation.studies.ecg import DeviceMeasurement, DeviceQuantity
from workstation.studies.film import Film
from workstation.studies.imaging import FrameTimeSource
from workstation.studies.series_spacing import SeriesFault, SeriesNote
from workstation.studies.warnings import StudyWarning
from workstation.ui.viewers.file_facts import Fact, FileFacts
from workstation.ui.viewers.numbers import decimal, fixed
from workstation.ui.viewers.warning_words import WarningWords


def test_device_values_stand_apart_from_the_files_facts(qapp: QApplication) -> None:
    sheet = FileFacts().sheet(make_ecg())
    assert Fact("QT", "396\u00a0ms") in sheet.device
    assert Fact("QRS axis", "−61°") in sheet.device
    assert Fact("Heart rate", "68\u00a0per min") in sheet.device
    assert not {fact.label for fact in sheet.facts} & {fact.label for fact in sheet.device}
    assert sheet.statements == ("Sinus rhythm",)


def test_notes_in_a_file_are_not_called_the_device_s(qapp: QApplication) -> None:
    record = make_ecg(statements=(), device_measurements=(), notes=("68 M <b>aspirin</b>",))
    sheet = FileFacts().sheet(record)
    assert sheet.notes == ("68 M <b>aspirin</b>",)
    assert (sheet.device, sheet.statements) == ((), ())


def test_an_unknown_device_value_keeps_its_own_name_and_unit(qapp: QApplication) -> None:
    value = DeviceMeasurement(DeviceQuantity.OTHER, "<i>Sokolow</i>", 3.6, "mV")
    sheet = FileFacts().sheet(make_ecg(device_measurements=(value,)))
    assert sheet.device == (Fact("<i>Sokolow</i>", "3,6\u00a0mV"),)


def test_what_the_file_does_not_say_is_unknown(qapp: QApplication) -> None:
    record = make_ecg(patient_name="", patient_birth_date=None, recorded_on=None, recorded_at=None)
    facts = FileFacts().sheet(record).facts
    assert Fact("Name in the file", "none") in facts
    assert Fact("Recorded", "unknown") in facts
    assert Fact("Device's filter", "not stated") in facts
    assert "Birth date" not in {fact.label for fact in facts}


def test_facts_of_a_clip(qapp: QApplication) -> None:
    facts = FileFacts().sheet(make_clip(pixel_aspect=0.8)).facts
    assert Fact("Frames", "5") in facts
    assert Fact("Length", "0,2\u00a0s") in facts
    assert Fact("Rate", "25\u00a0fps") in facts
    assert Fact("Pixel", "1 : 0,8, not square") in facts
    still = FileFacts().sheet(make_clip((0, 1))).facts
    assert not {"Frames", "Rate", "Length"} & {fact.label for fact in still}


def test_a_film_has_frames_and_no_places(qapp: QApplication) -> None:
    """Of an angiogram nobody is warned that slices have no positions."""
    film = Film((0.0, 40.0, 80.0, 120.0), FrameTimeSource.FRAME_TIME)
    notes = (SeriesNote(SeriesFault.BY_NUMBER),)
    stack = make_stack(3)
    series = make_series(0, 3, film=film, notes=notes, modality="XA")
    sheet = FileFacts().sheet(replace(stack, series=(series,)))
    assert Fact("Frames", "3") in sheet.facts
    assert sheet.warnings == ()
    bare = FileFacts().sheet(replace(stack, series=(make_series(0, 3, notes=notes),)))
    assert Fact("Slices", "3") in bare.facts
    assert len(bare.warnings) == 1


def test_facts_of_documents_and_photos(qapp: QApplication) -> None:
    assert Fact("Pages", "3") in FileFacts().sheet(make_pdf()).facts
    assert Fact("Taken", "03.03.2026 09:05") in FileFacts().sheet(make_picture()).facts


def test_facts_of_a_report_and_of_a_document_within_dicom(qapp: QApplication) -> None:
    facts = FileFacts().sheet(make_report()).facts
    assert Fact("Name in the file", "Иванова Анна Петровна") in facts
    assert Fact("Device", "Образец 1") in facts
    assert Fact("Values", "2") in facts
    inside = replace(make_pdf(), format="DICOM PDF", patient_name="Иванова Анна Петровна")
    assert Fact("Name in the file", "Иванова Анна Петровна") in FileFacts().sheet(inside).facts
    text = FileFacts().sheet(replace(make_pdf(), format="TXT", letters="Windows-1251")).facts
    assert Fact("Encoding", "Windows-1251") in text


def test_every_warning_has_its_own_words(qapp: QApplication) -> None:
    words = WarningWords()
    texts = {words.text(warning) for warning in StudyWarning}
    assert len(texts) == len(StudyWarning)
    assert "The file has an unknown peculiarity" not in texts


def test_numbers_are_written_as_doctors_write_them() -> None:
    assert [decimal(2.5), decimal(10.0), decimal(-0.14, 2), decimal(-0.001)] == [
        "2,5",
        "10",
        "−0,14",
        "0",
    ]
    assert [decimal(100), decimal(0)] == ["100", "0"]
    assert fixed(1.5, 2) == "1,50"
