"""The look: complete in both themes, readable, and changed at once."""

import pytest
from PySide6.QtGui import QColor, QFontInfo, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from workstation.ui.theme import Scheme, Theme, load_fonts, load_tokens
from workstation.ui.widgets.painting import CHIP_NOT_APPLICABLE, paint_chip

GROUNDS = ("bg.panel", "bg.window", "bg.selected", "bg.sunken", "bg.hover")
TEXTS = (
    "text.primary",
    "text.secondary",
    "text.tertiary",
    "accent.text",
    "warn.text",
    "danger.text",
    "route.centre",
    "route.duty",
    "route.referral",
    "route.journal",
)
PAIRS = [(text, ground) for text in TEXTS for ground in GROUNDS] + [
    ("warn.text", "warn.soft"),
    ("danger.text", "danger.soft"),
    ("ok.text", "ok.soft"),
    ("accent.on", "accent.fill"),
    ("text.primary", "accent.soft"),
]


def luminance(color: QColor) -> float:
    """Relative luminance of WCAG 2."""

    def channel(value: float) -> float:
        return value / 12.92 if value <= 0.03928 else float(((value + 0.055) / 1.055) ** 2.4)

    red, green, blue = (channel(v) for v in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of WCAG 2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_both_themes_name_the_same_colours() -> None:
    tokens = load_tokens()
    assert tokens.light.keys() == tokens.dark.keys()


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_is_readable(qapp: QApplication, scheme: Scheme, text: str, ground: str) -> None:
    theme = Theme(load_tokens(), scheme)
    assert contrast(theme.color(text), theme.color(ground)) >= 4.5


def test_a_choice_acts_at_once(qtbot: QtBot, theme: Theme) -> None:
    changes: list[bool] = []
    theme.changed.connect(lambda: changes.append(theme.is_dark))
    before = theme.color("bg.panel").name()
    theme.choose(Scheme.DARK)
    assert theme.color("bg.panel").name() != before
    theme.choose(Scheme.DARK, 5.0)
    assert theme.scale == 2.0
    assert theme.px(44) == 88
    assert changes == [True, True]


def test_sizes_and_fonts_grow_together(qapp: QApplication) -> None:
    load_fonts()
    theme = Theme(load_tokens(), Scheme.LIGHT, 1.5)
    assert theme.font("body").pixelSize() == round(13 * 1.5)
    assert theme.size("row", "comfortable") == 66


def test_the_shipped_fonts_are_used(qapp: QApplication) -> None:
    load_fonts()
    theme = Theme(load_tokens())
    assert QFontInfo(theme.font("body")).family() == "Inter"
    assert QFontInfo(theme.font("mono")).family() == "JetBrains Mono"


def test_the_style_sheet_is_taken_without_a_complaint(qtbot: QtBot, theme: Theme) -> None:
    """Qt says so in a warning where it cannot parse it, and warnings fail a test."""
    label = QLabel("text")
    qtbot.addWidget(label)
    label.setStyleSheet(theme.stylesheet())
    label.ensurePolished()
    assert "$" not in theme.stylesheet()


def test_a_struck_chip_strikes_nothing_else(theme: Theme) -> None:
    """A font taken from the theme may be changed; the next one is as it was."""
    picture = QPixmap(80, 30)
    painter = QPainter(picture)
    paint_chip(painter, theme, 0, 15, "МРТ", CHIP_NOT_APPLICABLE)
    painter.end()
    assert not theme.font("micro").strikeOut()
