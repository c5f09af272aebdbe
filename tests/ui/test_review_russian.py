"""What the review screen says in Russian: the words of the design."""

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from backend_client.models.documents import DocumentKind
from tests.factories import make_document, make_patient
from tests.ui.review_scene import FakeStudies
from tests.ui.viewers.made_up import MadeUpStudy, make_clip, make_ecg, make_lead, uncalibrated
from workstation.studies.ecg import EcgRecording, RecordingKind
from workstation.studies.imaging import FrameTimeSource
from workstation.studies.measure.ecg.filters import Band, Mains, TraceFilter
from workstation.ui.screens.review.pane_model import PaneKind, PaneModel
from workstation.ui.screens.review.pane_words import PaneWords
from workstation.ui.viewers.ecg.layout import EcgLayout
from workstation.ui.viewers.ecg.paper import ScreenCalibration
from workstation.ui.viewers.ecg.words import EcgWords
from workstation.ui.viewers.imaging_words import ImagingWords

MEGABYTE = 1024 * 1024


def note_texts(study: MadeUpStudy) -> list[str]:
    pane = PaneModel(PaneKind.PICTURES, FakeStudies())
    pane.study = study
    return [note.text for note in PaneWords().notes(pane, make_patient())]


def test_words_of_the_paper(russian: QTranslator) -> None:
    words = EcgWords()
    record = make_ecg()
    assert words.title(record) == "ЭКГ 12.11.2026 08:52"
    assert words.speed(25) == "25\u00a0мм/с"
    assert words.gain(record, 10) == "10\u00a0мм/мВ"
    assert words.filter() == "Фильтр: нет"
    assert words.layout(EcgLayout.THREE_BY_FOUR) == "3×4 + ритм"
    by_data = words.scale(ScreenCalibration(4, calibrated=False), 0.81)
    assert by_data == "масштаб по паспорту экрана, 81\u00a0%"
    assert words.scale(ScreenCalibration(4, calibrated=True), 1).startswith("экран откалиброван")


def test_words_of_filters_columns_and_recordings(russian: QTranslator) -> None:
    words = EcgWords()
    every = TraceFilter(Band.MONITOR, Mains.HZ_50, baseline=True)
    assert words.filter(every) == "Фильтр: 0,5–40 Гц, сеть 50 Гц, изолиния 0,5 Гц"
    assert words.filter_code(TraceFilter(Band.DIAGNOSTIC).code) == "Фильтр: 0,05–150 Гц"
    assert words.columns(simultaneous=True) == "столбцы: одно время"
    assert words.columns(simultaneous=False) == "столбцы подряд"
    beat = EcgRecording("MEDIAN", RecordingKind.MEDIAN_BEAT, (), 500.0)
    assert words.one_of(2, 3, beat) == "2 из 3: усреднённый комплекс прибора «MEDIAN»"


def test_without_calibration_in_russian(russian: QTranslator) -> None:
    record = make_ecg([uncalibrated(make_lead("I"))])
    assert EcgWords().gain(record, 10) == "нет калибровки"


def test_words_under_a_clip(russian: QTranslator) -> None:
    words = ImagingWords()
    assert words.frame_of(30, 87) == "кадр 31 из 87"
    thirty = make_clip((0, 1000 / 30, 2000 / 30), time_source=FrameTimeSource.FRAME_TIME)
    assert words.rate(thirty) == "30 к/с по файлу"
    assert words.dropped(0) == "без пропусков"


def test_a_clip_that_is_cut_off_in_russian(russian: QTranslator) -> None:
    study = MadeUpStudy(make_clip(range(41), frames_announced=87))
    assert note_texts(study) == ["Показаны кадры 1–40. Остальное не прочитать."]


def test_another_patient_in_russian(russian: QTranslator) -> None:
    study = MadeUpStudy(make_clip(patient_name="Петрова И. И.", patient_birth_date=None))
    assert note_texts(study) == ["Другой пациент в файле? В файле: Петрова И. И."]


@pytest.mark.parametrize(
    ("kind", "received", "text"),
    [
        (DocumentKind.CLIP, 12, "Загружаю клип, 12 из 40 МБ"),
        (DocumentKind.PDF, 1, "Загружаю документ, 1 из 40 МБ"),
        (DocumentKind.ECG, 40, "Открываю ЭКГ"),
    ],
)
def test_loading_in_russian(
    russian: QTranslator, qapp: QApplication, kind: DocumentKind, received: int, text: str
) -> None:
    document = make_document(kind=kind)
    words = PaneWords()
    assert words.loading(document, received * MEGABYTE, 40 * MEGABYTE) == text
