"""The style sheet of the application, made from the tokens."""

from string import Template
from typing import Protocol


class Sizes(Protocol):
    """What the style sheet asks of the theme."""

    def px(self, size: float) -> int:
        """A size in the doctor's scale."""


_LENGTHS = (8, 11, 12, 13, 14, 16, 20, 24, 28, 30, 32, 34)


def stylesheet(colours: dict[str, str], sizes: Sizes) -> str:
    """QSS for standard widgets; custom widgets paint themselves."""
    names = {name.replace(".", "_"): value for name, value in colours.items()}
    lengths = {f"px{n}": f"{sizes.px(n)}px" for n in _LENGTHS}
    return _QSS.substitute(names, **lengths)


_QSS = Template("""
* { font-family: "Inter", "Noto Sans", "DejaVu Sans"; font-size: $px13; color: $text_primary; }
QMainWindow, QDialog { background: $bg_window; }
QToolTip { background: $bg_raised; color: $text_primary; border: 1px solid $line_default;
  padding: 4px 8px; }

QLabel { background: transparent; }
QLabel[role="micro"] { font-size: $px11; font-weight: 500; color: $text_secondary; }
QLabel[role="small"] { font-size: $px12; color: $text_secondary; }
QLabel[role="meta"] { font-size: $px12; color: $text_tertiary; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="title"] { font-size: $px16; font-weight: 600; }
QLabel[role="name"] { font-size: $px20; font-weight: 600; }
QLabel[tone="danger"] { color: $danger_text; }
QLabel[tone="warn"] { color: $warn_text; }
QLabel[tone="ok"] { color: $ok_text; }

QFrame[surface="panel"] { background: $bg_panel; border: none; }
QFrame[surface="sunken"] { background: $bg_sunken; border: none; }
QFrame[surface="window"] { background: $bg_window; border: none; }
QFrame[surface="viewer"] { background: $viewer_bg; border: none; }
QFrame[surface="viewerPanel"] { background: $viewer_panel; border: none; }
QFrame[line="h"] { background: $line_default; border: none; max-height: 1px; min-height: 1px; }
QFrame[line="v"] { background: $line_default; border: none; max-width: 1px; min-width: 1px; }
QFrame[line="subtle"] { background: $line_subtle; border: none; max-height: 1px; min-height: 1px; }

QPushButton { background: $bg_panel; border: 1px solid $line_control; border-radius: 6px;
  padding: 0 12px; min-height: $px30; font-weight: 500; }
QPushButton[large="true"] { min-height: $px34; }
QPushButton:hover { background: $bg_hover; }
QPushButton:focus { border: 2px solid $focus_ring; padding: 0 11px; }
QPushButton:disabled { color: $text_disabled; border-color: $line_default; }
QPushButton[kind="primary"] { background: $accent_fill; color: $accent_on;
  border: 1px solid $accent_fill; }
QPushButton[kind="primary"]:hover { background: $accent_fill_hover; }
QPushButton[kind="primary"]:focus { border: 1px solid $accent_fill; }
QPushButton[kind="primary"]:disabled { background: $line_default; border-color: $line_default;
  color: $text_tertiary; }
QPushButton[kind="flat"] { background: transparent; border: 1px solid transparent;
  color: $text_secondary; }
QPushButton[kind="flat"]:hover { background: $bg_hover; }
QPushButton[kind="flat"]:focus { border: 2px solid $focus_ring; }
QPushButton[kind="link"] { background: transparent; border: none; padding: 0; min-height: $px20;
  color: $accent_text; font-size: $px12; font-weight: 500; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid $focus_ring; border-radius: 4px; }
QPushButton[kind="status"] { background: transparent; border: 1px solid transparent;
  border-radius: 4px; padding: 0 8px; min-height: $px20; color: $text_tertiary;
  font-size: $px12; font-weight: 400; }
QPushButton[kind="status"]:hover { background: $bg_hover; color: $text_primary; }
QPushButton[kind="status"]:focus { border: 2px solid $focus_ring; padding: 0 7px; }
QPushButton[kind="choice"]:checked { background: $bg_selected; border-color: $accent_fill;
  color: $accent_text; }
QPushButton[kind="choice"]:checked:focus { border-color: $focus_ring; }
QPushButton[kind="danger"] { color: $danger_text; border-color: $danger_mark; }

QLineEdit, QPlainTextEdit, QTextEdit { background: $bg_field; border: 1px solid $line_control;
  border-radius: 6px; padding: 0 10px; min-height: $px30;
  selection-background-color: $accent_fill; selection-color: $accent_on; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $focus_ring;
  padding: 0 9px; }
QDateTimeEdit { background: $bg_field; border: 1px solid $line_control; border-radius: 6px;
  min-height: $px30; selection-background-color: $accent_fill; selection-color: $accent_on; }
QDateTimeEdit:focus { border: 2px solid $focus_ring; }
QDateTimeEdit::up-button, QDateTimeEdit::down-button { width: 0; }
QDateTimeEdit QLineEdit, QDateTimeEdit QLineEdit:focus { background: transparent; border: none;
  padding: 0; min-height: 0; }
QLineEdit[invalid="true"] { border: 2px solid $danger_mark; }

QListView { background: transparent; border: none; outline: none; }
QTableView { background: $bg_panel; border: none; outline: none; gridline-color: transparent;
  selection-background-color: transparent; }
QHeaderView { background: $bg_sunken; border: none; }
QHeaderView::section { background: $bg_sunken; color: $text_secondary; font-size: $px12;
  font-weight: 500; border: none; border-bottom: 1px solid $line_default; padding: 0 8px; }
QHeaderView::section:first { padding-left: $px16; }

QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: $line_default; border-radius: 4px; min-height: 32px;
  margin: 1px 2px; }
QScrollBar::handle:vertical:hover { background: $line_control; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: $line_default; border-radius: 4px; min-width: 32px;
  margin: 2px 1px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle { background: $line_default; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter[soft="true"]::handle:horizontal { width: 4px; background: $bg_panel;
  border-left: 1px solid $line_default; }
QSplitter::handle:vertical { height: 1px; }

QMenu { background: $bg_raised; border: 1px solid $line_default; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $bg_selected; }
QMenu::item:disabled { color: $text_disabled; }
""")
