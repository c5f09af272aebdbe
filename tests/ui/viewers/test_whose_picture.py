"""Whose picture it is, when it was taken, which side is which, how it is shown: on every kind.

Issue 7: "Orientation and identity on every picture".
"""

from dataclasses import replace

import numpy as np
import pytest
from pydicom.uid import SecondaryCaptureImageStorage
from pytestqt.qtbot import QtBot

from tests.factories import make_patient
from tests.ui.viewers.made_up import MadeUpStudy, make_clip, make_picture, until
from tests.ui.viewers.made_up_documents import MadeUpDocument
from tests.unit.studies import dicom_factory as make
from tests.unit.studies import slices
from workstation.studies.imaging import ClipInfo
from workstation.studies.readers.dicom_image import DicomPicture
from workstation.studies.readers.opening import open_file
from workstation.studies.series_plane import EdgeMarks
from workstation.ui.screens.review.patient_lines import whose
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_view import CineView
from workstation.ui.viewers.paper_ecg.document import PaperDocumentView
from workstation.ui.viewers.picture_canvas import PictureCanvas
from workstation.ui.viewers.picture_view import PictureView


def raise_it(error: BaseException) -> None:
    raise error


def words(canvas: PictureCanvas) -> list[str]:
    """All words at the corners."""
    corners = canvas.corners
    groups = (corners.top_left, corners.top_right, corners.bottom_left, corners.bottom_right)
    return [line.text.strip("\u2007 ") for group in groups for line in group]


def secondary_capture(**values: object) -> ClipInfo:
    """A grey picture of 8 bits, as a scanner of films makes it."""
    dataset = slices.ct(1)
    for keyword in (
        *("ImagePositionPatient", "ImageOrientationPatient", "RescaleSlope"),
        *("RescaleIntercept", "WindowCenter", "WindowWidth"),
    ):
        del dataset[keyword]
    dataset.SOPClassUID, dataset.Modality = SecondaryCaptureImageStorage, "OT"
    dataset.BitsAllocated = dataset.BitsStored = 8
    dataset.HighBit = 7
    dataset.PixelData = np.zeros((slices.ROWS, slices.COLUMNS), np.uint8).tobytes()
    for keyword, value in values.items():
        setattr(dataset, keyword, value)
    found = open_file(memoryview(make.written(dataset)))
    assert isinstance(found, DicomPicture)
    return found.info


async def test_a_secondary_capture_says_name_date_sides_zoom_and_window(
    qtbot: QtBot, viewer_theme: Theme
) -> None:
    info = secondary_capture(PatientOrientation=["L", "F"], WindowCenter="100", WindowWidth="200")
    assert info.marks == EdgeMarks("R", "L", "H", "F")
    view = CineView(viewer_theme)
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show()
    tasks = TaskScope(raise_it)
    view.show_clip(info, MadeUpStudy(info), tasks)
    await until(lambda: view.canvas.has_picture)
    said = words(view.canvas)
    assert said[:2] == ["Образцов Пётр", "12.04.1961, 11.11.2026 10:24"]
    assert "window 200 / 100 by the file" in said
    assert any(text.endswith("\u00a0%") for text in said)
    view.key_actions()["view.rotate"]()
    assert view.canvas.shown_marks() == EdgeMarks("F", "H", "R", "L")
    assert not view.canvas.grab().isNull()
    view.clear()
    assert view.canvas.shown_marks().is_empty
    view.hide()
    await tasks.close()


@pytest.mark.parametrize("said", [None, ["", ""], ["L"], ["UP", "F"], ["1", "2"]])
def test_no_sides_are_written_that_the_file_does_not_say(said: list[str] | None) -> None:
    changes = {} if said is None else {"PatientOrientation": said}
    assert secondary_capture(**changes).marks.is_empty


def test_a_window_is_named_of_greys_alone() -> None:
    assert secondary_capture().window is None
    colours = secondary_capture(
        SamplesPerPixel=3,
        PhotometricInterpretation="RGB",
        PlanarConfiguration=0,
        WindowCenter="100",
        WindowWidth="200",
        PixelData=bytes(3 * slices.ROWS * slices.COLUMNS),
    )
    assert colours.window is None


async def test_a_photo_says_whose_request_it_belongs_to(qtbot: QtBot, viewer_theme: Theme) -> None:
    """It names nobody itself: the words say that the name is the request's."""
    view = PictureView(viewer_theme)
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.show()
    tasks = TaskScope(raise_it)
    view.set_whose(whose(make_patient("Иванова Анна Петровна")))
    view.show_picture(make_picture(), MadeUpStudy(make_picture()), tasks)
    await until(lambda: view.canvas.has_picture)
    said = words(view.canvas)
    assert said[0].startswith("by the request: Иванова Анна Петровна, ")
    assert said[1] == "03.03.2026 09:05"
    view.set_whose("")
    assert words(view.canvas)[0] == "03.03.2026 09:05"
    view.clear()
    view.hide()
    await tasks.close()


async def test_a_document_says_whom_it_names_else_whose_request_it_belongs_to(
    qtbot: QtBot, viewer_theme: Theme
) -> None:
    view = PaperDocumentView(viewer_theme)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    tasks = TaskScope(raise_it)
    view.set_whose("Иванова Анна Петровна, 09.03.1984")
    study = MadeUpDocument(["Выписка"])
    view.show_document(study.document, study, tasks)
    assert view.whose.text() == "by the request: Иванова Анна Петровна, 09.03.1984"
    view.show_document(replace(study.document, patient_name="Петров Иван"), study, tasks)
    assert view.whose.text() == "Петров Иван"
    assert view.whose.isVisible()
    view.resize(430, 330)
    assert view.whose_above.isVisible()
    assert not view.whose.isVisible()
    assert view.whose_above.text() == "Петров Иван"
    view.clear()
    view.hide()
    await tasks.close()


def test_nobody_is_named_before_a_case_is_there() -> None:
    assert whose(None) == ""


def test_a_made_up_clip_has_no_sides() -> None:
    assert make_clip().marks.is_empty
