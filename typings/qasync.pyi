"""What is used of qasync, which ships no types."""

import asyncio

from PySide6.QtWidgets import QApplication

class QEventLoop(asyncio.SelectorEventLoop):  # the nearest concrete loop, for types only
    def __init__(
        self,
        app: QApplication | None = None,
        set_running_loop: bool = False,
        already_running: bool = False,
    ) -> None: ...
