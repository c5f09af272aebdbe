"""What was measured of the screens with a card: kept for each screen, whatever window is on it."""

from math import isfinite

import msgspec
from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QScreen

from workstation.ui.viewers.ecg.paper import ScreenCalibration


class _Kept(msgspec.Struct):
    """Device pixels a millimetre, by screen."""

    px_per_mm: dict[str, float] = {}


def name_of(screen: QScreen) -> str:
    """What tells a screen from others: who made it, its number or else its plug, and its pixels."""
    size = _device_pixels(screen)
    physical = screen.physicalSize()
    parts = (
        screen.manufacturer(),
        screen.model(),
        screen.serialNumber() or screen.name(),
        f"{size.width()}x{size.height()}",
        f"{physical.width():g}x{physical.height():g}mm",
    )
    return " ".join(part for part in parts if part)


class ScreenCalibrations(QObject):
    """Asked by every ECG for the screen that it is on; `changed` when one was measured."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._measured: dict[str, float] = {}

    def of(self, screen: QScreen) -> ScreenCalibration:
        """As it was measured; else by what the screen says of itself."""
        device = self._measured.get(name_of(screen))
        if device is None:
            return ScreenCalibration.from_screen(screen)
        return ScreenCalibration(device / screen.devicePixelRatio(), calibrated=True)

    def keep(self, screen: QScreen, px_per_mm: float) -> None:
        """The screen has so many logical pixels a millimetre."""
        self._measured[name_of(screen)] = px_per_mm * screen.devicePixelRatio()
        self.changed.emit()

    def forget(self, screen: QScreen) -> None:
        """From now on the screen is believed again."""
        if self._measured.pop(name_of(screen), None) is not None:
            self.changed.emit()

    def state(self) -> str:
        """What `restore` brings back after a restart."""
        return msgspec.json.encode(_Kept(self._measured)).decode()

    def restore(self, state: str) -> None:
        """Takes what an earlier window has measured; what is not its own is ignored."""
        try:
            kept = msgspec.json.decode(state, type=_Kept)
        except msgspec.DecodeError:
            return
        sound = {name: px for name, px in kept.px_per_mm.items() if isfinite(px) and px > 0}
        self._measured = sound


def _device_pixels(screen: QScreen) -> QRect:
    ratio = screen.devicePixelRatio()
    size = screen.size()
    return QRect(0, 0, round(size.width() * ratio), round(size.height() * ratio))
