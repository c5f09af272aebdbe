"""Dialogs that are awaited: never exec(), which would nest the event loop inside a running task."""

import asyncio

from PySide6.QtWidgets import QDialog


async def ask(dialog: QDialog) -> bool:
    """Opens the dialog and returns whether it was accepted. Cancelled with its task, it closes."""
    answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def finished(code: int) -> None:
        if not answer.done():
            answer.set_result(code)

    dialog.finished.connect(finished)
    dialog.open()
    try:
        return await answer == QDialog.DialogCode.Accepted.value
    finally:
        dialog.finished.disconnect(finished)
        dialog.close()
        dialog.deleteLater()
