"""A long ECG in its pane on the review screen: the viewer, its keys, what is said of the file."""

from pytestqt.qtbot import QtBot

from backend_client.models.documents import Document, DocumentKind
from backend_client.models.evidence import EcgPlace
from tests.factories import make_document, make_row
from tests.ui.no_series import NoSeries
from tests.ui.viewers.made_up import until
from tests.ui.viewers.made_up_long import MadeUpLong, beating, make_long
from workstation.core.subscription import Event
from workstation.services.answers import DownloadProgress
from workstation.studies.errors import DecoderStopped
from workstation.ui.screens.review.key_hints import KeyHints
from workstation.ui.screens.review.pane_model import PaneKind, PaneModel, PaneState
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.screens.review.toolbar import ReviewToolbar
from workstation.ui.theme import Scheme, Theme, load_tokens
from workstation.ui.viewers.ecg.long.view import LongEcgView
from workstation.ui.viewers.ecg.view import EcgView
from workstation.ui.viewers.file_facts import FileFacts


class LongStudies(NoSeries):
    """Opens one long ECG."""

    def __init__(self) -> None:
        self.progress: Event[DownloadProgress] = Event()
        self.decoder_restarted: Event[DecoderStopped] = Event()
        self.study = MadeUpLong(make_long({"II": beating(600), "V5": beating(600)}))

    async def open(self, document: Document) -> MadeUpLong:
        """The study."""
        return self.study


class Place:
    """A pane with the file in it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.studies = LongStudies()
        self.theme = Theme(load_tokens(), Scheme.DARK)
        self.model = PaneModel(PaneKind.ECG, self.studies)
        self.pane = StudyPane(self.model, self.theme)
        qtbot.addWidget(self.pane)
        self.pane.resize(900, 500)
        self.document = make_document(kind=DocumentKind.ECG)

    async def opened(self) -> LongEcgView:
        """The viewer, once the recording is surveyed."""
        self.pane.show()
        self.model.show(self.document)
        await until(lambda: self.model.state is PaneState.READY)
        viewer = self.pane.viewer
        assert isinstance(viewer, LongEcgView)
        await until(lambda: not viewer.model.is_surveying)
        return viewer


async def test_a_long_ecg_gets_its_own_viewer_and_gives_it_back(qtbot: QtBot) -> None:
    place = Place(qtbot)
    viewer = await place.opened()
    assert viewer.model.survey is not None
    assert viewer.model.survey.is_complete
    assert "ecg.to_moment" in place.pane.key_actions()
    assert place.pane.note_texts() == []
    place.model.clear()
    await until(lambda: place.studies.study.closed)
    assert viewer.model.ecg is None
    assert place.pane.viewer is None
    await place.model.close()
    place.pane.hide()


def measured_on(pane: StudyPane) -> EcgView | None:
    return pane.ecg_view


async def test_calipers_measure_on_its_paper_only(qtbot: QtBot) -> None:
    place = Place(qtbot)
    viewer = await place.opened()
    assert measured_on(place.pane) is None
    found = place.pane.finding()
    assert found is not None
    assert found.place == EcgPlace(start_s=0, stop_s=60)
    assert place.pane.show_place(EcgPlace(lead="II", start_s=300, stop_s=300.5))
    assert measured_on(place.pane) is viewer.paper
    on_paper = place.pane.finding()
    assert on_paper is not None
    assert isinstance(on_paper.place, EcgPlace)
    assert 280 < on_paper.place.start_s < 310
    await place.model.close()
    place.pane.hide()


async def test_what_is_said_of_the_file(qtbot: QtBot) -> None:
    """Whose it is, how long, and a warning where the name is another one."""
    place = Place(qtbot)
    await place.opened()
    info = place.model.info
    assert info is not None
    sheet = FileFacts().sheet(info)
    facts = {fact.label: fact.value for fact in sheet.facts}
    assert facts["Length"] == "10\u00a0min"
    assert facts["Leads"] == "2: II, V5"
    assert sheet.statements == ("Sinus rhythm",)
    other = make_row(full_name="Сидоров Пётр Ильич").patient
    place.pane.set_patient(other)
    assert any("Иванова" in text for text in place.pane.note_texts())
    await place.model.close()
    place.pane.hide()


def hints(toolbar: ReviewToolbar) -> str:
    return " ".join(one.accessibleName() for one in toolbar.findChildren(KeyHints))


async def test_the_toolbar_tells_its_keys(qtbot: QtBot) -> None:
    place = Place(qtbot)
    viewer = await place.opened()
    toolbar = ReviewToolbar(place.theme)
    qtbot.addWidget(toolbar)
    toolbar.show_keys_of(viewer)
    assert "Ctrl+G" in hints(toolbar)
    viewer.model.to_paper(100)
    toolbar.show_keys_of(viewer)
    assert "layout" in hints(toolbar)
    await place.model.close()
    place.pane.hide()
