"""Paints what is marked and measured on a picture of paper."""

from collections.abc import Sequence
from itertools import pairwise
from math import atan2

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from workstation.studies.measure.ecg.photo_calibration import Method, Spot
from workstation.ui.theme import Theme
from workstation.ui.viewers.paper_ecg.marked_paper import PaperCaliper
from workstation.ui.viewers.paper_ecg.session import PaperSession
from workstation.ui.viewers.paper_ecg.shape import PaperAxes, ends_held
from workstation.ui.viewers.paper_ecg.steps import Aim, CalibrationPoint, CaliperEnd
from workstation.ui.viewers.paper_ecg.words import PaperWords
from workstation.ui.viewers.picture_marks import (
    MARK,
    OTHER_MARK,
    paint_lines,
    paint_point,
    paint_words,
    words_place,
    words_size,
)
from workstation.ui.viewers.picture_spot_tool import PictureSight


class PaperPainter:
    """Calipers in yellow, the calibration in cyan, both outlined in black."""

    def __init__(self, theme: Theme, words: PaperWords) -> None:
        self._theme, self._words = theme, words

    def paint(self, painter: QPainter, sight: PictureSight, session: PaperSession) -> None:
        """The calibration's points while it is made; calipers always, the chosen one last."""
        taken: list[QRectF] = []
        if session.aim is Aim.CALIBRATION:
            self._paint_calibration(painter, sight, session, taken)
        order = sorted(range(len(session.paper.calipers)), key=lambda n: n == session.chosen)
        for number in order:
            self._paint_caliper(painter, sight, session, number, taken)
        draft = session.draft
        if draft is not None:
            self._paint_drawn(painter, sight, session, draft, taken)

    def _paint_calibration(
        self, painter: QPainter, sight: PictureSight, session: PaperSession, taken: list[QRectF]
    ) -> None:
        spots, color = list(session.calibration.spots), self._theme.color(OTHER_MARK)
        is_mark = session.calibration.method is Method.MARKS
        if session.is_begun and session.led is not None:
            spots.append(session.led)
        if is_mark:
            for first in range(0, len(spots) - 1, 2):
                line = QLineF(sight.at(spots[first]), sight.at(spots[first + 1]))
                paint_lines(painter, [line], color)
                text = self._words.mark(session.calibration, first // 2)
                self._say(painter, sight, [line], [(text, color)], taken)
        else:
            paint_lines(painter, _around(sight, spots), color, dashed=len(spots) < 4)
        held = session.held
        number = held.number if isinstance(held, CalibrationPoint) else None
        for place, spot in enumerate(session.calibration.spots):
            paint_point(painter, sight.at(spot), color, held=place == number)

    def _paint_caliper(
        self,
        painter: QPainter,
        sight: PictureSight,
        session: PaperSession,
        number: int,
        taken: list[QRectF],
    ) -> None:
        caliper, is_chosen = session.paper.calipers[number], number == session.chosen
        lines = PaperAxes.of(session.calibration, sight).lines(caliper)
        color = self._theme.color(MARK)
        paint_lines(painter, lines, color, 2.0 if is_chosen else 1.3)
        if is_chosen:
            held = session.held
            ends = ends_held(held.end if isinstance(held, CaliperEnd) else None)
            for spot, is_held in zip((caliper.start, caliper.stop), ends, strict=True):
                paint_point(painter, sight.at(spot), color, held=is_held)
        self._say(painter, sight, lines, self._lines(session, caliper, color), taken)

    def _paint_drawn(
        self,
        painter: QPainter,
        sight: PictureSight,
        session: PaperSession,
        draft: PaperCaliper,
        taken: list[QRectF],
    ) -> None:
        lines = PaperAxes.of(session.calibration, sight).lines(draft)
        color = self._theme.color(MARK)
        paint_lines(painter, lines, color)
        self._say(painter, sight, lines, self._lines(session, draft, color), taken)

    def _lines(
        self, session: PaperSession, caliper: PaperCaliper, color: QColor
    ) -> list[tuple[str, QColor]]:
        words = [(self._words.line(session.paper, caliper), color)]
        coarse = self._words.coarse(session.paper, caliper)
        return [*words, (coarse, self._theme.color("viewer.warn"))] if coarse else words

    def _say(
        self,
        painter: QPainter,
        sight: PictureSight,
        lines: Sequence[QLineF],
        words: Sequence[tuple[str, QColor]],
        taken: list[QRectF],
    ) -> None:
        size = words_size(self._theme, [text for text, _ in words])
        box = words_place(size, _bounds(lines), sight.room, taken)
        paint_words(painter, self._theme, box, words)
        taken.append(box)


def _bounds(lines: Sequence[QLineF]) -> QRectF:
    box = QRectF()
    for line in lines:
        box = box.united(QRectF(line.p1(), line.p2()).normalized().adjusted(-0.5, -0.5, 0.5, 0.5))
    return box


def _around(sight: PictureSight, corners: Sequence[Spot]) -> list[QLineF]:
    """From corner to corner as they were put; all four, in whatever order, as a rectangle."""
    at = [sight.at(corner) for corner in corners]
    if len(at) < 4:
        return [QLineF(first, last) for first, last in pairwise(at)]
    middle = sum(at, QPointF()) / len(at)
    at.sort(key=lambda one: atan2(one.y() - middle.y(), one.x() - middle.x()))
    return [QLineF(at[n - 1], at[n]) for n in range(len(at))]
