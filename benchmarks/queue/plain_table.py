"""The floor of a first page: the same bytes over HTTP, and a plain table that paints their rows."""

import httpx
import msgspec
from PySide6.QtCore import QSize
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTableView

from backend_client.models.common import Page
from backend_client.models.requests import RequestRow
from benchmarks.queue.frames import FrameWatch, Spent

ROWS, COLUMNS = 50, 6


class PlainTable:
    """A QTableView with a text in each cell, high enough for all rows; a window of its own."""

    def __init__(self, size: QSize) -> None:
        self._client = httpx.AsyncClient(timeout=None)
        self._view = QTableView()
        self._model = QStandardItemModel(0, COLUMNS, self._view)
        self._view.setModel(self._model)
        row = self._view.verticalHeader().defaultSectionSize()
        self._view.resize(size.width(), (ROWS + 2) * row)
        self._view.show()
        self._frames = FrameWatch(self._view)

    async def first_page(self, address: str) -> Spent:
        """From the question to the end of the paint."""
        self._model.setRowCount(0)
        await self._frames.until(lambda: True)
        begun = Spent.now()
        answer = await self._client.get(address)
        for row in msgspec.json.decode(answer.content, type=Page[RequestRow]).items:
            self._model.appendRow([QStandardItem(text) for text in _texts(row)])
        return await self._frames.until(lambda: True) - begun

    async def close(self) -> None:
        """Ends the connection and the window."""
        await self._client.aclose()
        self._view.close()
        self._view.deleteLater()


def _texts(row: RequestRow) -> tuple[str, ...]:
    """As many as the queue has columns."""
    due = row.due_at.isoformat() if row.due_at is not None else ""
    owner = row.owner.name if row.owner is not None else ""
    items = ", ".join(item.chip for item in row.checklist)
    return due, row.patient.full_name, row.diagnosis.text, row.route.value, items, owner
