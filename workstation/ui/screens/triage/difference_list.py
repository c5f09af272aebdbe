"""What has changed since the doctor saw it: a line for each field, before and after."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.ui.literal_text import one_line
from workstation.ui.screens.triage.differences import Difference
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import TextBlock

MOST_LINES = 4


class DifferenceList(QWidget):
    """A heading and the fields; more than a few are counted."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("triage.differences")
        self._block = TextBlock(theme, role="small", color="text.primary", max_lines=8)
        self._block.setObjectName("triage.differences.text")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._block)

    def text(self) -> str:
        """All that is said."""
        return self._block.text()

    def show_all(self, differences: Sequence[Difference]) -> None:
        """Shows the fields; hidden without any."""
        self.setVisible(bool(differences))
        lines = [self._line(one) for one in differences[:MOST_LINES]]
        rest = len(differences) - len(lines)
        if rest:
            lines.append(self.tr("and %n more", None, rest))
        heading = self.tr("Changed meanwhile:")
        self._block.set_text("\n".join([heading, *lines]) if differences else "")

    def _line(self, one: Difference) -> str:
        line = self.tr("{}: {} \u2192 {}")
        return line.format(one_line(one.name), _short(one.before), _short(one.after))


def _short(value: str, longest: int = 80) -> str:
    text = one_line(value)
    return text if len(text) <= longest else f"{text[: longest - 1]}\u2026"
