"""Solid plates over a picture: who is seen, how long, and what is wrong."""

from PySide6.QtCore import QEasingCurve, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.icons import paint_icon
from workstation.ui.screens.call.call_button import CallButton
from workstation.ui.screens.call.call_words import Said
from workstation.ui.screens.call.consultation_clock import ClockFace, Tone
from workstation.ui.screens.call.on_line import OnLine
from workstation.ui.shortcuts import key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel, TextBlock

_SOLID = 0.84
_PULSE_MS = 1000


class Plate(QWidget):
    """A dark ground at 84 % with an optional frame; users lay out what stands on it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._frame = ""
        self._strength = 1.0
        self._pulse = QVariantAnimation(self)
        self._pulse.setDuration(_PULSE_MS)
        self._pulse.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._pulse.setStartValue(0.0)
        self._pulse.setEndValue(1.0)
        self._pulse.valueChanged.connect(self._pulsed)
        theme.changed.connect(self.update)

    @property
    def frame(self) -> str:
        """Token of the frame's colour, "" for none."""
        return self._frame

    @property
    def is_pulsing(self) -> bool:
        """Whether the frame grows bright now."""
        return self._pulse.state() is QVariantAnimation.State.Running

    def set_frame(self, color: str) -> None:
        """Draws a frame of that colour."""
        if color != self._frame:
            self._frame = color
            self.update()

    def height_for(self, width: int) -> int:
        """How high it must be at that width."""
        layout = self.layout()
        return max(1, layout.totalHeightForWidth(width)) if layout is not None else 1

    def pulse(self) -> None:
        """One second in which the frame comes up."""
        self._pulse.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(self._theme.color("viewer.bg"))
        ground.setAlphaF(_SOLID)
        painter.setBrush(ground)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._frame:
            edge = QColor(self._theme.color(self._frame))
            edge.setAlphaF(0.25 + 0.75 * self._strength)
            painter.setPen(QPen(edge, 1 + (1 - self._strength) * 2))
        radius = self._theme.size("radius", "control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)

    def _pulsed(self, value: float) -> None:
        self._strength = value
        self.update()


class Glyph(QWidget):
    """One glyph with a name for screen readers; hidden without one."""

    def __init__(self, theme: Theme, size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._size = theme, size
        self.glyph, self._color = "", "text.secondary"

    def show_glyph(self, glyph: str, name: str = "", color: str = "text.secondary") -> None:
        """Shows another one; `name` is its tooltip too."""
        self.setVisible(bool(glyph))
        if (glyph, color) == (self.glyph, self._color) and name == self.toolTip():
            return
        self.glyph, self._color = glyph, color
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.px(self._size)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.glyph:
            return
        side = self._theme.px(self._size)
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint_icon(QPainter(self), self.glyph, box, self._theme.color(self._color))


class NamePlate(Plate):
    """Who is on the line, for whom, and whether sound and picture are sent from there."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName("call.namePlate")
        self.name = SignLabel(theme, role="bodyStrong", color="text.primary")
        self.patient = SignLabel(theme, role="small", color="text.primary")
        self.doubt = SignLabel(theme, role="small", color="warn.text")
        self.sound, self.picture = Glyph(theme), Glyph(theme)
        row = QHBoxLayout()
        row.setSpacing(10)
        for widget in (self.name, self.sound, self.picture):
            row.addWidget(widget)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        column.setSpacing(2)
        column.addLayout(row)
        for label in (self.patient, self.doubt):
            column.addWidget(label)

    def show_person(self, person: OnLine, sound: tuple[str, str], picture: tuple[str, str]) -> None:
        """`sound` and `picture`: glyph and words, as `CallWords.remote_sound` says them."""
        doubt = ", ".join(sign.word for sign in person.doubts)
        self.name.show_sign(person.who)
        self.patient.show_sign(person.patient)
        self.doubt.show_sign(doubt, person.doubts[0].glyph if person.doubts else None)
        for label in (self.patient, self.doubt):
            label.setVisible(bool(label.text()))
        for glyph, (shape, words) in ((self.sound, sound), (self.picture, picture)):
            is_off = shape.endswith("-slash")
            glyph.show_glyph(shape, words, "warn.text" if is_off else "ok.text")


class ClockPlate(Plate):
    """How long the consultation lasts already, of how long, and what is left."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName("call.clockPlate")
        self._glyph = Glyph(theme, 20)
        self.passed = SignLabel(theme, role="name", color="text.primary")
        self.whole = SignLabel(theme, role="body", color="text.secondary")
        self.rest = SignLabel(theme, role="bodyStrong", color="warn.text")
        self.next = SignLabel(theme, role="small", color="text.secondary")
        self.more = CallButton(theme, "call.extend", key_label("call.extend"), is_low=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self._glyph, self.passed, self.whole, self.rest, self.more):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.next)

    def show_more(self, text: str, tip: str, next_one: str) -> None:
        """How more time is taken, "" where it is not; `next_one`: whose time that would be."""
        self.more.setVisible(bool(text))
        self.more.show_words(text, "", tip=tip)
        self.next.setVisible(bool(next_one))
        if next_one != self.next.text():
            self.next.show_sign(next_one, "calendar-blank", "warn.text")

    def show_face(self, face: ClockFace, whole: str, rest: str) -> None:
        """`whole`: «из 30:00»; `rest`: «осталось 4:48» or ""."""
        tone = face.tone.value
        self.set_frame(f"{tone}.mark" if tone else "")
        self._glyph.show_glyph("clock", "", f"{tone}.text" if tone else "text.secondary")
        for label, text in ((self.passed, face.passed), (self.whole, whole)):
            if label.text() != text:
                label.show_sign(text)
        if self.rest.text() != rest:
            self.rest.show_sign(rest, None, f"{tone}.text" if tone else "warn.text")
        self.rest.setVisible(face.tone is not Tone.QUIET)


class NoticePlate(Plate):
    """What is wrong and what it means; at the lower left, never over the face."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName("call.notice")
        self._glyph = Glyph(theme, 20)
        self.title = TextBlock(theme, role="bodyStrong", max_lines=2)
        self.detail = TextBlock(theme, role="small", color="text.secondary", max_lines=3)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(self._glyph)
        row.addLayout(words, 1)
        self.said: Said | None = None

    def wanted_width(self, most: int) -> int:
        """As wide as its lines, at most `most`."""
        title = QFontMetricsF(self._theme.font("bodyStrong")).horizontalAdvance(self.title.text())
        detail = QFontMetricsF(self._theme.font("small")).horizontalAdvance(self.detail.text())
        around = 12 + 12 + 10 + self._glyph.sizeHint().width() + 4
        return min(most, round(max(title, detail)) + around)

    def show_said(self, said: Said | None) -> None:
        """None hides it."""
        self.setVisible(said is not None)
        if said is None or said == self.said:
            self.said = said
            return
        self.said = said
        self._glyph.show_glyph(said.glyph, "", said.color)
        self.title.set_text(said.title)
        self.detail.set_text(said.detail)
        self.detail.setVisible(bool(said.detail))
        self.set_frame(f"{said.tone}.mark" if said.tone else "")
        self.setAccessibleName(f"{said.title}. {said.detail}".strip())
