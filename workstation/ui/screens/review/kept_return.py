"""Brings measurements that were kept with the request back into the lists of the open case."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import cast

from backend_client.models.annotations import Annotation, AnnotationId
from backend_client.models.documents import Document
from backend_client.models.evidence import FramePlace, PicturePlace
from workstation.studies.errors import StudyError
from workstation.studies.measure.calibration import NoScale
from workstation.studies.measure.figures import Drawing
from workstation.studies.measure.measurable import Measurable, has_own_ways, measurable
from workstation.studies.slice_store import Numbers
from workstation.studies.stack import StackInfo
from workstation.ui.screens.review.file_shelves import FileShelf, open_shelf
from workstation.ui.screens.review.kept_calibrations import hand_of, paper_of
from workstation.ui.screens.review.kept_lines import (
    ecg_measured,
    figure_name,
    is_on_file_scale,
    paper_caliper,
)
from workstation.ui.screens.review.pane_model import PaneModel
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.task_scope import TaskScope
from workstation.ui.viewers.figures.frame_figure import HandScales
from workstation.ui.viewers.figures.shelf import FigureShelf
from workstation.ui.viewers.paper_ecg.marked_paper import MarkedPaper
from workstation.ui.viewers.paper_ecg.shelf import LineOf, PaperShelf
from workstation.ui.viewers.stack.figures import (
    REGIONS,
    SliceFigure,
    SliceFigures,
    statistics_of,
)
from workstation.ui.viewers.stack.model import StackSource

Key = tuple[str, str, int]
Kept = Callable[[Document], list[Annotation]]
"""Those of a file that are in no list yet."""


class KeptReturn:
    """What cannot be measured anew as it was stays out of the viewers' lists: it is told as it was
    kept. `back` hears of each that is in a list again, with the line's key."""

    def __init__(
        self,
        model: ReviewViewModel,
        kept: Kept,
        back: Callable[[Annotation, Key], None],
        may_change: Callable[[], bool],
    ) -> None:
        """`may_change`: whether the doctor may write with the request, now."""
        self._model, self._kept, self._back = model, kept, back
        self._may_change = may_change
        self._coming: set[AnnotationId] = set()
        """Regions whose slice is on its way."""
        self._tasks = TaskScope(on_error=_leave_it)

    async def close(self) -> None:
        """Waits for nothing any more."""
        await self._tasks.close()

    def without_file(self) -> None:
        """What needs no open file: lines of ECGs, calipers on paper."""
        for document in self._model.documents:
            parts: dict[str, list[Annotation]] = {}
            for one in self._kept(document):
                parts.setdefault(one.place.part, []).append(one)
            for part, kept in parts.items():
                self._ecg(FileShelf(document, part), kept)
                self._papers(FileShelf(document, part), kept)

    def with_file(self, pane: PaneModel) -> None:
        """What is measured anew by the file that is open."""
        document, study, info = pane.document, cast(object, pane.study), pane.info
        if document is None:
            return
        shelf, kept = open_shelf(document, pane), self._kept(document)
        drawn_on = measurable(info, document.taken_on)
        if drawn_on is not None:
            self._figures(shelf, drawn_on, [one for one in kept if shelf.has(one.place)])
        elif isinstance(info, StackInfo) and isinstance(study, StackSource):
            self._slices(shelf, info, study, kept)

    def _ecg(self, shelf: FileShelf, kept: Sequence[Annotation]) -> None:
        pairs = [(one, made) for one in kept if (made := ecg_measured(one)) is not None]
        if not pairs:
            return
        lists = self._model.measurements
        # Their numbers are known beforehand: what is told of the list is told of known lines.
        first = lists.of(shelf.id).following
        for number, (one, _) in enumerate(pairs, first):
            self._back(one, (shelf.id, "ecg", number))
        lists.bring_back(shelf.id, [made for _, made in pairs], self._may_change)

    def _papers(self, shelf: FileShelf, kept: Sequence[Annotation]) -> None:
        of_pages: dict[int, list[Annotation]] = {}
        for one in kept:
            if isinstance(one.place, PicturePlace) and paper_caliper(one) is not None:
                of_pages.setdefault(one.place.page, []).append(one)
        for page, found in of_pages.items():
            self._page(shelf, self._model.papers.of(shelf.id), page, found)

    def _page(
        self, shelf: FileShelf, pages: PaperShelf, page: int, found: Sequence[Annotation]
    ) -> None:
        """The newest calibration holds; one of this session before all."""
        paper = pages.paper(page)
        if paper == MarkedPaper():
            known = paper_of(_newest(found).calibration)
            if known is None:
                return
            paper = MarkedPaper(known)
        for one in found:
            caliper = paper_caliper(one)
            if caliper is not None:
                key = (shelf.id, "paper", LineOf(page, paper.following).number)
                paper = paper.with_another(replace(caliper, may_change=self._may_change))
                self._back(one, key)
        pages.keep(page, paper)

    def _figures(self, file: FileShelf, info: Measurable, kept: Sequence[Annotation]) -> None:
        drawn = [one for one in kept if isinstance(one.place, FramePlace)]
        shelf = self._model.figures.of(file.id)
        self._calibrate(shelf, info, drawn)
        for one in drawn:
            place = one.place
            if not isinstance(place, FramePlace) or place.frame >= info.frame_count:
                continue
            if not is_on_file_scale(one) and _hand(one, info) is None:
                continue
            if figure_name(one) is None and one.quantity != place.figure.value:
                continue  # called as a newer program calls it
            drawing = Drawing.of_place(place)
            if drawing.reason_against is not None:
                continue
            figure = shelf.add(info, place.frame, drawing)
            self._back(one, (file.id, "figure", figure.id))
            shelf.call(figure.id, figure_name(one))
            shelf.keep(figure.id, self._may_change)
            shelf.choose(None)

    @staticmethod
    def _calibrate(shelf: FigureShelf, info: Measurable, drawn: Sequence[Annotation]) -> None:
        """By hand, as it was last; what the doctor says in this session holds before all."""
        by_hand = [one for one in drawn if _hand(one, info) is not None]
        if not by_hand or shelf.hand != HandScales():
            return
        hand = _hand(_newest(by_hand), info)
        for mark in hand.marks if hand is not None else ():
            shelf.calibrate(info, mark)

    def _slices(
        self, file: FileShelf, info: StackInfo, source: StackSource, kept: Sequence[Annotation]
    ) -> None:
        shelf = self._model.slices.of(file.id)
        shelf.open_study(info)
        for one in kept:
            found = _of_slice(shelf, one)
            if found is None:
                continue
            index, drawing = found
            if drawing.figure not in REGIONS:
                self._slice(file, one, shelf.add(index, drawing), shelf)
                continue
            numbers = source.numbers(index)
            if numbers is not None:
                self._region(file, shelf, source, (one, index, drawing), numbers)
            elif one.id not in self._coming:
                self._coming.add(one.id)
                work = self._bring_region(file, shelf, source, one)
                self._tasks.start(work, name="annotation.slice")

    async def _bring_region(
        self, file: FileShelf, shelf: SliceFigures, source: StackSource, one: Annotation
    ) -> None:
        """Values inside of a region need the slice's numbers."""
        found = _of_slice(shelf, one)
        if found is None:
            return
        try:
            numbers = await source.slice(found[0])
        except StudyError:
            return  # closed, or damaged: it stays told as it was kept
        finally:
            self._coming.discard(one.id)
        if one in self._kept(file.document):
            self._region(file, shelf, source, (one, *found), numbers)

    def _region(
        self,
        file: FileShelf,
        shelf: SliceFigures,
        source: StackSource,
        found: tuple[Annotation, int, Drawing],
        numbers: Numbers,
    ) -> None:
        one, index, drawing = found
        statistics = statistics_of(drawing, source.info.slices[index], numbers)
        self._slice(file, one, shelf.add(index, drawing, statistics), shelf)

    def _slice(
        self, file: FileShelf, one: Annotation, figure: SliceFigure, shelf: SliceFigures
    ) -> None:
        self._back(one, (file.id, "slice", figure.number))
        shelf.keep(figure.number, self._may_change)
        shelf.choose(None)


def _of_slice(shelf: SliceFigures, one: Annotation) -> tuple[int, Drawing] | None:
    """On which slice it lies; None where it cannot be measured anew."""
    place = one.place
    if not isinstance(place, FramePlace) or not is_on_file_scale(one):
        return None
    index, drawing = shelf.find(place.part, place.frame), Drawing.of_place(place)
    if index is None or drawing.reason_against is not None:
        return None
    return (index, drawing) if SliceFigure(0, index, drawing).is_whole else None


def _hand(one: Annotation, info: Measurable) -> HandScales | None:
    """How it was calibrated by hand; None where it was not, or where that says nothing here."""
    hand = hand_of(one.calibration)
    if hand is not None and hand.quarter_turns and has_own_ways(info):
        return None
    for mark in hand.marks if hand is not None else ():
        is_here = mark.frame < info.frame_count
        if not is_here or isinstance(mark.scale(info.pixel_aspect), NoScale):
            return None
    return hand


def _leave_it(error: BaseException) -> None:
    """It stays told as it was kept; the scope has written why."""


def _newest(kept: Iterable[Annotation]) -> Annotation:
    return max(kept, key=lambda one: one.made_at)
