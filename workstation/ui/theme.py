"""Colours, type and sizes in one place, light and dark, from resources/theme/tokens.json.

Widgets keep the theme that they were given and ask it when they paint; `Theme.changed` tells them
to paint anew. Sizes are logical pixels multiplied by the font setting (1.0 to 2.0).
"""

from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGuiApplication,
    QPalette,
)

from workstation.resources import resource
from workstation.ui.stylesheet import stylesheet

FONT_FILES = (
    "Inter-Regular.otf",
    "Inter-Medium.otf",
    "Inter-SemiBold.otf",
    "JetBrainsMono-Regular.ttf",
)


MOST_MEASURED = 8192
"""Texts whose widths are remembered: those of some screens' rows."""


class Scheme(Enum):
    """What the doctor chose; SYSTEM follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class _Scale(msgspec.Struct, frozen=True):
    type: dict[str, tuple[int, int, int]]
    radius: dict[str, int]
    row: dict[str, int]
    control: dict[str, int]
    layout: dict[str, int]
    motion: dict[str, Any]


class Tokens(msgspec.Struct, frozen=True):
    """Measured values of the design: colours of both themes and the viewers, and the scale."""

    light: dict[str, str]
    dark: dict[str, str]
    viewer: dict[str, str]
    scale: _Scale


def load_tokens(path: Path | None = None) -> Tokens:
    """Reads the tokens; raises msgspec.DecodeError where the file is not what it should be."""
    source = path or resource("theme", "tokens.json")
    return msgspec.json.decode(source.read_bytes(), type=Tokens)


@cache  # a font that Qt is given twice makes every later look-up of one slower
def load_fonts() -> None:
    """Makes the shipped fonts known to Qt; without them the system's own are used."""
    for name in FONT_FILES:
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))


class Theme(QObject):
    """The present look. Ask for colours, fonts and sizes by the names of the tokens."""

    changed = Signal()

    def __init__(self, tokens: Tokens, scheme: Scheme = Scheme.SYSTEM, scale: float = 1.0) -> None:
        super().__init__()
        self._tokens = tokens
        self._scheme = scheme
        self._scale = scale
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[str, QFont] = {}
        self._metrics: dict[str, QFontMetricsF] = {}
        self._widths: dict[tuple[str, str], float] = {}
        self._fitted: dict[tuple[str, str, float], str] = {}
        self._viewers: Theme | None = None
        self._rebuild()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def is_dark(self) -> bool:
        """Whether the dark colours are shown now."""
        if self._scheme is Scheme.SYSTEM:
            return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._scheme is Scheme.DARK

    @property
    def scheme(self) -> Scheme:
        """The doctor's choice."""
        return self._scheme

    @property
    def scale(self) -> float:
        """The doctor's font setting: 1.0 to 2.0."""
        return self._scale

    def for_viewers(self) -> "Theme":
        """The look of what stands beside pictures: always dark, in the same sizes."""
        if self._viewers is None:
            twin = Theme(self._tokens, Scheme.DARK, self._scale)
            self.changed.connect(lambda: twin.choose(Scheme.DARK, self._scale))
            self._viewers = twin
        return self._viewers

    def choose(self, scheme: Scheme, scale: float | None = None) -> None:
        """Changes the look at once."""
        self._scheme = scheme
        self._scale = min(2.0, max(1.0, scale if scale is not None else self._scale))
        self._rebuild()
        self.changed.emit()

    def color(self, name: str) -> QColor:
        """The colour of a token such as "bg.panel" or "viewer.bg"; KeyError for an unknown name."""
        return self._colours[name]

    def font(self, role: str) -> QFont:
        """The font of a role such as "body", with digits of equal width; "mono" is for numbers."""
        return QFont(self._fonts[role])  # a copy: who strikes it through does so for himself

    def text_width(self, role: str, text: str) -> float:
        """Width of a line of that role; remembered, for rows are painted again and again."""
        width = self._widths.get((role, text))
        if width is None:
            _shorten(self._widths)
            width = self._widths[role, text] = self._metrics[role].horizontalAdvance(text)
        return width

    def fitted(self, role: str, text: str, width: float) -> str:
        """The line as far as it fits, "…" at its end where it does not."""
        if self.text_width(role, text) <= width:
            return text
        fitted = self._fitted.get((role, text, width))
        if fitted is None:
            _shorten(self._fitted)
            elided = self._metrics[role].elidedText(text, Qt.TextElideMode.ElideRight, width)
            fitted = self._fitted[role, text, width] = elided
        return fitted

    def line_height(self, role: str) -> int:
        """Height of a line of that role."""
        return self.px(self._tokens.scale.type[role][1])

    def px(self, size: float) -> int:
        """A size in the doctor's scale."""
        return round(size * self._scale)

    def size(self, group: str, name: str) -> int:
        """A size of the tokens: size("row", "comfortable"), size("layout", "rail")."""
        values: dict[str, int] = getattr(self._tokens.scale, group)
        return self.px(values[name])

    def duration(self, name: str) -> int:
        """Milliseconds of a motion such as "rowFlash"."""
        return int(self._tokens.scale.motion[name])

    def palette(self) -> QPalette:
        """The palette for what the style sheet does not reach."""
        palette = QPalette()
        for role, name in _PALETTE.items():
            palette.setColor(role, self.color(name))
        group = QPalette.ColorGroup.Disabled
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
            palette.setColor(group, role, self.color("text.disabled"))
        return palette

    def stylesheet(self) -> str:
        """The style sheet of the whole application."""
        names = self._tokens.dark if self.is_dark else self._tokens.light
        return stylesheet({**names, **self._tokens.viewer}, self)

    def _follow_system(self) -> None:
        if self._scheme is Scheme.SYSTEM:
            self._rebuild()
            self.changed.emit()

    def _rebuild(self) -> None:
        names = self._tokens.dark if self.is_dark else self._tokens.light
        self._colours = {
            name: QColor(value) for name, value in {**names, **self._tokens.viewer}.items()
        }
        self._fonts = {
            role: _font("Inter", self.px(size), weight)
            for role, (size, _, weight) in self._tokens.scale.type.items()
        }
        self._fonts["smallStrong"] = _font("Inter", self.px(12), 500)
        self._fonts["microStruck"] = QFont(self._fonts["micro"])
        self._fonts["microStruck"].setStrikeOut(True)
        self._fonts["mono"] = _font("JetBrains Mono", self.px(12), 400)
        self._fonts["monoBody"] = _font("JetBrains Mono", self.px(13), 400)
        self._metrics = {role: QFontMetricsF(font) for role, font in self._fonts.items()}
        self._widths.clear()
        self._fitted.clear()


_PALETTE = {
    QPalette.ColorRole.Window: "bg.window",
    QPalette.ColorRole.WindowText: "text.primary",
    QPalette.ColorRole.Base: "bg.field",
    QPalette.ColorRole.AlternateBase: "bg.sunken",
    QPalette.ColorRole.Text: "text.primary",
    QPalette.ColorRole.PlaceholderText: "text.tertiary",
    QPalette.ColorRole.Button: "bg.panel",
    QPalette.ColorRole.ButtonText: "text.primary",
    QPalette.ColorRole.Highlight: "bg.selected",
    QPalette.ColorRole.HighlightedText: "text.primary",
    QPalette.ColorRole.Link: "accent.text",
    QPalette.ColorRole.ToolTipBase: "bg.raised",
    QPalette.ColorRole.ToolTipText: "text.primary",
}


def _shorten(measured: dict[Any, Any]) -> None:
    if len(measured) >= MOST_MEASURED:
        measured.clear()


def _font(family: str, pixels: int, weight: int) -> QFont:
    font = QFont([family, "Noto Sans", "DejaVu Sans"])
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
