"""How a field of one line looks while it can only be read, as the fields of several lines do."""

from PySide6.QtWidgets import QWidget

from workstation.ui.theme import Theme


def mark(widget: QWidget, name: str, *, marked: bool) -> None:
    """Another look of the style sheet; that is dear, so only where something changes."""
    if bool(widget.property(name)) != marked:
        widget.setProperty(name, marked)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def locked_sheet(theme: Theme) -> str:
    """The rule for a QLineEdit whose property `locked` is set."""
    ground, line = theme.color("bg.sunken").name(), theme.color("line.subtle").name()
    return f'QLineEdit[locked="true"] {{ background: {ground}; border-color: {line}; }}'
