"""The menu of the filters: what each takes out, and what is chosen."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from workstation.studies.measure.ecg.filters import Band, Mains, TraceFilter
from workstation.ui.shortcuts import key_label
from workstation.ui.viewers.ecg.words import EcgWords


class FilterMenu(QMenu):
    """Made anew each time, gone when it closes. `choose` gets the filter as it is to be."""

    def __init__(
        self,
        words: EcgWords,
        chosen: TraceFilter,
        choose: Callable[[TraceFilter], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("ecg.filterMenu")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._words, self._choose, self._chosen = words, choose, chosen
        off = self.addAction(self.tr("As recorded, no filter"))
        off.setCheckable(True)
        off.setChecked(chosen.off)
        off.triggered.connect(lambda: choose(TraceFilter()))
        bands = [replace(chosen, band=band) for band in Band]
        self._add_group("ecg.band", self.tr("All frequencies"), bands, words.band)
        hums = [replace(chosen, mains=mains) for mains in Mains]
        self._add_group("ecg.mains", self.tr("Hum of the mains stays"), hums, words.mains)
        drifts = [replace(chosen, baseline=out) for out in (False, True)]
        self._add_group("ecg.baseline", self.tr("Drift stays"), drifts, words.baseline)

    def _add_group(
        self,
        action: str,
        none: str,
        filters: list[TraceFilter],
        word: Callable[[TraceFilter], str],
    ) -> None:
        """A choice of one out of several; its key stands beside the first."""
        self.addSeparator()
        group = QActionGroup(self)
        for place, one in enumerate(filters):
            text = word(one) or none
            entry = self.addAction(f"{text}\t{key_label(action)}" if place == 0 else text)
            entry.setCheckable(True)
            entry.setChecked(one == self._chosen)
            entry.triggered.connect(lambda _=False, one=one: self._choose(one))
            group.addAction(entry)
