"""Words of the document's desk."""

from PySide6.QtCore import QObject

from workstation.ui.viewers.numbers import MINUS, NBSP
from workstation.ui.viewers.page_tone import Tone


class DocumentWords(QObject):
    """What is said of pages beside their place."""

    def no_text(self) -> str:
        """Where nothing can be found: a scan."""
        return self.tr("There is no text on the pages: it is a scan")

    def quoted(self, words: str, page: int) -> str:
        """««Диагноз: …» (стр. 2)»."""
        return self.tr("“{}” (page {})").format(words, page + 1)

    def whole(self, page: int, pages: int) -> str:
        """«документ, стр. 2 из 5», for the conclusion."""
        return self.tr("document, page {} of {}").format(page + 1, pages)

    def tone(self, tone: Tone) -> str:
        """«контраст 150 %, ярче 16, негатив»; "" where nothing is changed."""
        parts = []
        if tone.contrast != 1:
            parts.append(self.tr("contrast {}").format(f"{round(100 * tone.contrast)}{NBSP}%"))
        if tone.brightness:
            sign = "+" if tone.brightness > 0 else MINUS
            parts.append(self.tr("brightness {}").format(f"{sign}{abs(tone.brightness)}"))
        if tone.is_inverted:
            parts.append(self.tr("negative"))
        return ", ".join(parts)
