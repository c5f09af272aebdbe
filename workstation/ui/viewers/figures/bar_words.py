"""What the bar under a picture says: the next step of what is drawn."""

from PySide6.QtCore import QObject

from workstation.ui.shortcuts import key_label
from workstation.ui.viewers.figures.kinds import FREE, Tool
from workstation.ui.viewers.figures.names import Contour, NameSet
from workstation.ui.viewers.figures.session import FigureSession


class BarWords(QObject):
    """Words of the bar."""

    def instruction(self, session: FigureSession) -> str:
        """What is to be done now."""
        if session.asked is not None:
            return self._asked(session)
        if session.is_turned:
            return self.tr(
                "Time and velocity are marked on the picture as it is stored: turn it back first "
                "({})"
            ).format(key_label("view.rotate"))
        if session.tool is None or (session.held is not None and not session.begun):
            return self._of_chosen(session)
        if session.tool in FREE and session.begun:
            return self.tr("Pull the line, or click point by point; a double click ends it")
        return self._first(session.tool, len(session.begun))

    def names(self, names: NameSet) -> str:
        """The other list of names."""
        if names is NameSet.ORGAN:
            return self.tr("Organ: volume")
        return self.tr("Echo") if names is NameSet.ECHO else self.tr("Fetus")

    def remove(self) -> str:
        """A button."""
        return self.tr("Remove")

    def person(self) -> str:
        """A button."""
        return self.tr("Height, weight, dates")

    def leave(self) -> str:
        """A button."""
        return self.tr("Done")

    def _asked(self, session: FigureSession) -> str:
        tool = session.asked[0] if session.asked is not None else None
        if session.refused and tool is Tool.TIME_MARK:
            return self.tr("50 to 60000 ms, over the whole strip: type another time, or Esc")
        if session.refused:
            return self.tr("With that number the picture has no scale: type another one")
        if tool is Tool.VELOCITY_MARK:
            return self.tr("Velocity at the second point, cm/s, then Enter:")
        if tool is Tool.TIME_MARK:
            return self.tr("Time from the left to the right edge, ms, then Enter:")
        return self.tr("Length between the points, mm, then Enter:")

    def _of_chosen(self, session: FigureSession) -> str:
        one = session.chosen
        if one is None:
            return self.tr("Choose a figure, or take a tool")
        if session.is_fixed:
            return self.tr("Kept with the request: only the doctor who leads it changes it")
        if isinstance(one.name, Contour):
            return self.tr("From one edge of the valve around the apex to the other")
        return self.tr("Arrows move the point, Shift: ten pixels. What is it?")

    def _first(self, tool: Tool, begun: int) -> str:
        first = {
            Tool.DISTANCE: self.tr("Distance: from point to point"),
            Tool.ANGLE: self.tr("Angle: a leg, the vertex, the other leg"),
            Tool.ELLIPSE: self.tr("Ellipse: one axis, then an end of the other"),
            Tool.CONTOUR: self.tr("Contour: pull it around"),
            Tool.VELOCITY: self.tr("Velocity: a point of the spectrum"),
            Tool.ENVELOPE: self.tr("Envelope: pull along the spectrum"),
            Tool.LENGTH_MARK: self.tr("Calibration: two points of a known distance"),
            Tool.VELOCITY_MARK: self.tr("Calibration: the baseline, then a known velocity"),
            Tool.TIME_MARK: self.tr(
                "Calibration of time: a corner of the strip, then the opposite one; from edge to "
                "edge the time is known. A length in the strip is depth then"
            ),
        }
        if begun == 2 and tool is Tool.ELLIPSE:
            return self.tr("Now an end of the other axis")
        return first[tool]
