"""Measurements of the review are kept with the request, and come back with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pytestqt.qtbot import QtBot

from backend_client.errors import BackendError, Conflict, Unreachable
from backend_client.models.annotations import Annotation, AnnotationId, PutAnnotation
from backend_client.models.common import ProblemCode, RequestId, UserId
from backend_client.models.documents import Document
from backend_client.models.evidence import EcgPlace, Figure, Origin
from backend_client.models.requests import Action
from tests.factories import NOW
from tests.ui.review_scene import Scene
from tests.ui.waiting import until
from workstation.core.subscription import Event
from workstation.studies.imaging import ClipInfo
from workstation.studies.measure.ecg.measured import Measured, Quantity
from workstation.studies.measure.echo.quantities import EchoInput
from workstation.studies.measure.figures import Drawing
from workstation.ui.screens.review.measurement_keeper import MeasurementKeeper
from workstation.ui.screens.review.pane_model import PaneState
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.viewers.ecg.caliper_qtc import CaliperQtc
from workstation.ui.viewers.ecg.measurements import EcgMeasurements

PLACE = EcgPlace(lead="II", start_s=3.52, stop_s=3.92)
QT = Measured(Quantity.QT, 396.0, "ms", PLACE, Origin.BY_HAND)
RR_PLACE = EcgPlace(lead="II", start_s=2.1, stop_s=2.98)
RR = Measured(Quantity.RR, 882.0, "ms", RR_PLACE, Origin.BY_HAND)
AT_ONCE_MS = 0


class Service:
    """What the server would have."""

    def __init__(self) -> None:
        self.kept: dict[AnnotationId, PutAnnotation] = {}
        self.calls: list[str] = []
        self.error: Exception | None = None
        self.refused: Event[BackendError] = Event()
        self.changed: Event[RequestId] = Event()
        self.blind: list[AnnotationId] = []

    def of(self, request_id: RequestId) -> tuple[Annotation, ...]:
        return tuple(_annotation(request_id, one) for one in self.kept.values())

    async def read(self, request_id: RequestId) -> tuple[Annotation, ...]:
        if self.error is not None:
            raise self.error
        return self.of(request_id)

    def forget(self, request_id: RequestId) -> None:
        self.calls.append("forget")

    async def put(
        self, request_id: RequestId, given: PutAnnotation, *, is_blind: bool = False
    ) -> None:
        self.calls.append("put")
        self.blind += [given.id] if is_blind else []
        self.kept[given.id] = given

    async def remove(self, request_id: RequestId, annotation_id: AnnotationId) -> None:
        self.calls.append("remove")
        del self.kept[annotation_id]

    @property
    def texts(self) -> list[str]:
        return [one.text for one in self.kept.values()]


def _annotation(request_id: RequestId, given: PutAnnotation) -> Annotation:
    said = {name: getattr(given, name) for name in given.__struct_fields__}
    return Annotation(
        **said,
        request_id=request_id,
        made_by=UserId("u"),
        made_by_name="Левашова М. О.",
        made_at=NOW,
        version=1,
    )


class Stage:
    """A case with an ECG and a clip, without its widgets."""

    def __init__(self, service: Service, *, may_write: bool = True) -> None:
        self.scene = Scene(["ecg", "clip"])
        actions = [Action.WRITE_CONCLUSION] if may_write else []
        self.scene.change_row(allowed_actions=actions)
        self.scene.requests.cards[self.scene.row.id] = self.scene.card
        self.service = service
        self.model = ReviewViewModel(self.scene.requests, self.scene.studies)
        self.others: set[str] = set()
        self.keeper = MeasurementKeeper(service, self.model, self.is_patients, rest_ms=AT_ONCE_MS)

    def is_patients(self, document: Document) -> bool:
        return document.id not in self.others

    def measure_qt(self, *more: Measured) -> int:
        return self.model.measurements.bring_back(self.scene.ecg.id, [QT, *more])[0]

    def draw(self) -> int:
        """The septum on the third frame of the clip."""
        info = self.model.pictures[0].info
        assert isinstance(info, ClipInfo)
        shelf = self.model.figures.of(self.scene.clip.id)
        made = shelf.add(info, 2, Drawing(Figure.LINE, ((4.0, 4.0), (4.0, 14.0))))
        shelf.call(made.id, EchoInput.SEPTUM)
        return made.id


@asynccontextmanager
async def staged(
    qtbot: QtBot, service: Service, *, may_write: bool = True, of: Stage | None = None
) -> AsyncIterator[Stage]:
    """With `of` the same case in another session."""
    stage = Stage(service, may_write=may_write)
    if of is not None:
        stage.scene = of.scene
        stage.model = ReviewViewModel(of.scene.requests, of.scene.studies)
        stage.keeper = MeasurementKeeper(
            service, stage.model, stage.is_patients, rest_ms=AT_ONCE_MS
        )
    stage.model.open(stage.scene.row.id)
    await until(lambda: stage.model.pictures[0].state is PaneState.READY)
    try:
        yield stage
    finally:
        stage.model.leave()
        await stage.keeper.close()
        await stage.model.close()


async def test_what_is_measured_is_kept_moved_and_removed(qtbot: QtBot) -> None:
    service = Service()
    async with staged(qtbot, service) as stage:
        line = stage.measure_qt()
        figure = stage.draw()
        await until(lambda: len(service.kept) == 2)
        qt, septum = service.kept.values()
        assert (qt.quantity, qt.value, qt.unit, qt.place) == ("qt", 396.0, "ms", PLACE)
        assert qt.sha256 == stage.scene.ecg.sha256
        assert septum.quantity == EchoInput.SEPTUM.value
        assert septum.place == stage.model.figures.of(stage.scene.clip.id).figures[0].place
        stage.model.figures.of(stage.scene.clip.id).remove(figure)
        await until(lambda: list(service.kept) == [qt.id])
        assert line == 1
    assert list(service.kept) == [qt.id], "leaving the case takes nothing away"
    assert service.calls[-1] == "forget"


async def test_what_was_measured_at_the_last_moment_is_kept_too(qtbot: QtBot) -> None:
    service = Service()
    async with staged(qtbot, service) as stage:
        await until(lambda: stage.keeper.is_ready)
        stage.measure_qt()
    assert len(service.kept) == 1


async def test_in_the_next_session_it_stands_where_it_was_and_is_the_same_one(
    qtbot: QtBot,
) -> None:
    service = Service()
    async with staged(qtbot, service) as first:
        first.measure_qt()
        first.draw()
        await until(lambda: len(service.kept) == 2)
    before, service.calls = dict(service.kept), []
    async with staged(qtbot, service, of=first) as second:
        await until(lambda: second.keeper.is_ready)
        lines = second.model.measurements.of(second.scene.ecg.id).lines
        assert [line.measured for line in lines] == [QT]
        figures = second.model.figures.of(second.scene.clip.id).figures
        assert [(one.frame, one.name) for one in figures] == [(2, EchoInput.SEPTUM)]
        second.keeper.keep()
    assert service.kept == before
    assert service.calls == ["forget"], "nothing was written anew"


async def test_what_was_computed_comes_back_once_into_an_open_ecg(qtbot: QtBot) -> None:
    """QTc of the doctor's QT and RR is written by the list itself: not a second time."""
    service = Service()
    async with staged(qtbot, service) as first:
        opened = EcgMeasurements()
        computing = CaliperQtc(opened)
        first.model.measurements.attach(first.scene.ecg.id, opened)
        first.measure_qt(RR)
        await until(lambda: len(service.kept) == 6)
        opened.remove(opened.lines[-1].id)
        await until(lambda: len(service.kept) == 5)
        lines = [line.measured for line in opened.lines]
    before, again = dict(service.kept), EcgMeasurements()
    async with staged(qtbot, service, of=first) as second:
        computing = CaliperQtc(again)
        second.model.measurements.attach(second.scene.ecg.id, again)
        await until(lambda: second.keeper.is_ready)
        assert [line.measured for line in again.lines] == lines
        second.keeper.keep()
    assert computing.parent() is None
    assert service.kept == before


async def test_who_may_not_write_looks_at_the_lines_as_they_are(qtbot: QtBot) -> None:
    """Calipers and figures of the doctor cannot be moved on the approver's screen."""
    service = Service()
    async with staged(qtbot, service) as first:
        first.measure_qt()
        first.draw()
        await until(lambda: len(service.kept) == 2)
    first.scene.change_row(allowed_actions=[])
    first.scene.requests.cards[first.scene.row.id] = first.scene.card
    async with staged(qtbot, service, of=first) as second:
        opened = EcgMeasurements()
        second.model.measurements.attach(second.scene.ecg.id, opened)
        shelf = second.model.figures.of(second.scene.clip.id)
        await until(lambda: bool(opened.lines and shelf.figures))
        (line,), (figure,) = opened.lines, shelf.figures
        opened.replace(line.id, RR)
        opened.remove(line.id)
        shelf.call(figure.id, None)
        shelf.remove(figure.id)
        assert (opened.lines, shelf.figures) == ((line,), (figure,))
        made = second.keeper.made(second.scene.ecg.id, line.id)
        assert made is not None
        assert (made.made_by_name, made.made_at) == ("Левашова М. О.", NOW)
        own = opened.add(RR)
        opened.remove(own)
        assert opened.lines == (line,)


async def test_what_is_only_proposed_or_another_patients_is_not_kept(qtbot: QtBot) -> None:
    service = Service()
    async with staged(qtbot, service) as stage:
        await until(lambda: stage.keeper.is_ready)
        stage.others.add(stage.scene.ecg.id)
        stage.measure_qt()
        stage.keeper.keep()
        assert service.kept == {}
        stage.others.clear()
        stage.keeper.keep()
        await until(lambda: len(service.kept) == 1)


async def test_who_may_not_write_the_conclusion_keeps_nothing(qtbot: QtBot) -> None:
    service = Service()
    async with staged(qtbot, service, may_write=False) as stage:
        await until(lambda: stage.keeper.is_ready)
        stage.measure_qt()
    assert service.kept == {}


async def test_without_a_connection_nothing_is_overwritten_unseen(qtbot: QtBot) -> None:
    """What the request has is not known: a line could be there twice."""
    service = Service()
    service.error = Unreachable("x")
    async with staged(qtbot, service) as stage:
        stage.measure_qt()
        assert not stage.keeper.is_ready
        service.error = None
        stage.keeper.keep()
        await until(lambda: len(service.kept) == 1)


async def test_what_the_server_refuses_is_said_and_a_lost_connection_is_not(qtbot: QtBot) -> None:
    service = Service()
    async with staged(qtbot, service) as stage:
        said: list[object] = []
        stage.keeper.failed.connect(said.append)
        service.refused.emit(Unreachable("x"))
        assert said == []
        service.refused.emit(Conflict(ProblemCode.MOVE_NOT_ALLOWED))
        assert len(said) == 1
