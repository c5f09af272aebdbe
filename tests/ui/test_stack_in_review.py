"""A series of slices in its pane on the review screen: the viewer, its keys, what is said of it."""

from pytestqt.qtbot import QtBot

from backend_client.models.documents import Document, DocumentKind
from backend_client.models.evidence import Figure, FramePlace, PicturePlace
from tests.factories import make_document, make_row
from tests.ui.no_series import NoSeries
from tests.ui.viewers.made_up import until
from tests.ui.viewers.made_up_stack import MadeUpStack, make_series, make_slice, make_stack
from workstation.core.subscription import Event
from workstation.services.answers import DownloadProgress
from workstation.studies.errors import DecoderStopped
from workstation.studies.film import Film
from workstation.studies.imaging import FrameTimeSource
from workstation.studies.series_spacing import SeriesFault, SeriesNote
from workstation.studies.stack import StackInfo
from workstation.ui.screens.review.key_hints import KeyHints
from workstation.ui.screens.review.pane_model import PaneKind, PaneModel, PaneState
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.screens.review.toolbar import ReviewToolbar
from workstation.ui.theme import Scheme, Theme, load_tokens
from workstation.ui.viewers.file_facts import FileFacts
from workstation.ui.viewers.stack.view import StackView

TILTED = SeriesNote(SeriesFault.TILT, most=12.5)


class StackStudies(NoSeries):
    """Opens one series."""

    def __init__(self) -> None:
        self.progress: Event[DownloadProgress] = Event()
        self.decoder_restarted: Event[DecoderStopped] = Event()
        self.study = MadeUpStack(make_stack(9, notes=(TILTED,)))

    async def open(self, document: Document) -> MadeUpStack:
        """The study."""
        return self.study


class Place:
    """A pane with the file in it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.studies = StackStudies()
        self.theme = Theme(load_tokens(), Scheme.DARK)
        self.model = PaneModel(PaneKind.PICTURES, self.studies)
        self.pane = StudyPane(self.model, self.theme)
        qtbot.addWidget(self.pane)
        self.pane.resize(900, 500)
        self.document = make_document(kind=DocumentKind.IMAGE)

    async def opened(self) -> StackView:
        """The viewer with the series in it."""
        self.pane.show()
        self.model.show(self.document)
        await until(lambda: self.model.state is PaneState.READY)
        viewer = self.pane.viewer
        assert isinstance(viewer, StackView)
        return viewer

    async def close(self) -> None:
        """Ends what runs."""
        await self.model.close()
        self.pane.hide()


async def test_slices_get_their_own_viewer_and_are_given_back(qtbot: QtBot) -> None:
    place = Place(qtbot)
    viewer = await place.opened()
    assert viewer.canvas.has_picture
    assert {"stack.next", "stack.window_2", "view.fit"} <= set(place.pane.key_actions())
    place.model.clear()
    await until(lambda: place.studies.study.closed)
    assert place.pane.viewer is None
    assert viewer.model is None
    await place.close()


async def test_a_viewer_is_made_before_the_event_that_shows_the_file(qtbot: QtBot) -> None:
    """Both in one held the window for 70 ms."""
    place = Place(qtbot)
    states: list[PaneState] = []
    place.pane.viewer_made.connect(lambda _: states.append(place.model.state))
    await place.opened()
    assert states == [PaneState.LOADING]
    await place.close()


async def test_a_file_that_is_left_while_its_viewer_is_made_is_closed(qtbot: QtBot) -> None:
    place = Place(qtbot)
    place.pane.viewer_made.connect(lambda _: place.model.clear())
    place.pane.show()
    place.model.show(place.document)
    await until(lambda: place.studies.study.closed)
    assert place.model.state is PaneState.EMPTY
    assert place.pane.viewer is None
    await place.close()


async def test_a_finding_leads_back_to_its_slice(qtbot: QtBot) -> None:
    place = Place(qtbot)
    viewer = await place.opened()
    finding = place.pane.finding()
    assert finding is not None
    assert finding.place == FramePlace(part="1.2.4", frame=0, figure=Figure.FRAME)
    viewer.key_actions()["stack.last"]()
    assert place.pane.show_place(finding.place)
    assert viewer.model is not None
    assert viewer.model.index == 4
    assert not place.pane.show_place(PicturePlace(start=(0, 0), stop=(1, 1)))
    await place.close()


async def test_what_is_said_of_the_series(qtbot: QtBot) -> None:
    """Whose it is, how many slices, what must be known; a warning where the name is another."""
    place = Place(qtbot)
    await place.opened()
    info = place.model.info
    assert info is not None
    sheet = FileFacts().sheet(info)
    facts = {fact.label: fact.value for fact in sheet.facts}
    assert facts["Slices"] == "9"
    assert facts["Size"] == "50 × 40"
    assert any("12,5°" in text for text in sheet.warnings)
    place.pane.set_patient(make_row(full_name="Сидоров Пётр Ильич").patient)
    assert any("Иванова" in text for text in place.pane.note_texts())
    await place.close()


async def test_another_patient_in_any_series_is_warned_about(qtbot: QtBot) -> None:
    place = Place(qtbot)
    mine = make_series(0, 4, patient_name="Иванова Анна Петровна")
    other = make_series(4, 5, patient_name="Сидоров Пётр Ильич")
    slices = make_stack(9).slices
    place.studies.study = MadeUpStack(StackInfo(slices, (mine, other), 0, ()))
    await place.opened()
    place.pane.set_patient(make_row(full_name="Иванова Анна Петровна").patient)
    assert any("Сидоров" in text for text in place.pane.note_texts())
    await place.close()


async def test_the_toolbar_names_the_keys_of_slices(qtbot: QtBot) -> None:
    place = Place(qtbot)
    viewer = await place.opened()
    toolbar = ReviewToolbar(place.theme)
    qtbot.addWidget(toolbar)
    hints = toolbar.findChild(KeyHints)
    assert hints is not None

    def said() -> str:
        toolbar.show_keys_of(viewer)
        return hints.accessibleName()

    told: list[None] = []
    place.pane.keys_changed.connect(lambda: told.append(None))
    assert "slice" in said()
    viewer.key_actions()["stack.distance"]()
    assert told
    assert "point" in said()
    viewer.put_away()
    assert "distance" in said()
    film = Film((0.0, 40.0, 80.0), FrameTimeSource.FRAME_TIME)
    slices = tuple(make_slice(n, location_mm=None) for n in range(2))
    info = StackInfo(slices, (make_series(0, 2, film=film),), 0, ())
    viewer.show_stack(info, MadeUpStack(info), place.model.tasks)
    assert "play" in said()
    await place.close()
