"""A source of the conclusion in words: who found it, in which file."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from backend_client.models.documents import Document
from backend_client.models.evidence import Evidence, Origin
from workstation.ui.wording import NBSP, Wording


class SourceWords(QObject):
    """Words of the list of sources."""

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wording = wording

    def origin(self, origin: Origin) -> str:
        """«вручную»; never left out: an unknown one is said to be unknown."""
        words = {
            Origin.BY_HAND: self.tr("by hand"),
            Origin.CONFIRMED: self.tr("proposed and confirmed"),
            Origin.HAND_CALIBRATED: self.tr("calibrated by hand"),
            Origin.DEVICE: self.tr("the device"),
        }
        return words.get(origin) or self.tr("origin unknown")

    def file(self, source: Evidence, document: Document | None) -> str:
        """«ЭКГ 12.11, 12.11.2026»."""
        if document is None:
            return self.tr("{}, not among the files of the case").format(source.title)
        day = document.taken_on
        dated = f"{source.title}, {self._wording.full_date(day)}" if day else source.title
        if document.sha256 != source.sha256:
            return self.tr("{}, another file by now").format(dated)
        return dated

    def whole(self, source: Evidence, document: Document | None) -> str:
        """All of it, for the tooltip and whoever listens."""
        parts = (source.text, self.file(source, document), self.origin(source.origin))
        return f"[{source.number}] {'; '.join(parts)}"

    def without_source(self) -> str:
        """Of a number that leads nowhere."""
        return self.tr("No source has this number: nothing can be shown")

    def missing(self, numbers: Sequence[int]) -> str:
        """«Без источника: [7]»."""
        return self.tr("Without a source: {}").format(_listed(numbers))

    def uncited(self, numbers: Sequence[int]) -> str:
        """«Нет в тексте и не печатаются: [2]»."""
        return self.tr("Not in the text, not printed: {}").format(_listed(numbers))


def _listed(numbers: Sequence[int]) -> str:
    return f",{NBSP}".join(f"[{number}]" for number in numbers)
