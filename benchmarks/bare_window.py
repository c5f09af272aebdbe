"""The floor of window benchmarks: a process with an empty QMainWindow.

`python -m benchmarks.bare_window` prints the moment of its first paint and ends;
with seconds as argument it prints how late each tick of a 10 ms timer came (ms, a JSON list),
after so many seconds or at SIGTERM.
"""

import json
import signal
import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from benchmarks.tick_lateness import TickLateness


class FirstPaint(QObject):
    """Tells the monotonic time (ns) of the first paint of what it watches."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            print(json.dumps({"milestone": "first_paint", "at_ns": time.monotonic_ns()}))
            sys.stdout.flush()
            QTimer.singleShot(0, QApplication.quit)
        return False


def main(arguments: list[str]) -> int:
    """Shows the window until its purpose is served."""
    application = QApplication([])
    window = QMainWindow()
    window.resize(1366, 768)
    if not arguments:
        watcher = FirstPaint()
        window.installEventFilter(watcher)
        window.show()
        return application.exec()
    lateness = TickLateness(window)
    window.show()
    QTimer.singleShot(round(float(arguments[0]) * 1000), QApplication.quit)
    signal.signal(signal.SIGTERM, lambda *_: QApplication.quit())
    code = application.exec()
    print(json.dumps(lateness.values_ms))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
