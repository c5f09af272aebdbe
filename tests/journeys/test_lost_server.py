"""A server that stops answering in the middle of the work: seen, said, and nothing is lost."""

import os
import signal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.journeys.colleague import Colleague, demo_password
from tests.journeys.demo_shelf import DemoShelf
from tests.journeys.driver import Desk
from tests.journeys.steps import open_case, screens, sign_in
from workstation.core.connection import Link
from workstation.core.pending_action import PendingAction

pytestmark = [pytest.mark.journey, pytest.mark.alone, pytest.mark.timeout(300)]
SEEN_WITHIN_S = 20.0


async def test_a_case_left_while_the_server_hangs_is_given_back_later(
    qapp: QApplication, tmp_path: Path, shelf: DemoShelf
) -> None:
    """The banner comes, the list stays, and what was done meanwhile reaches the server once."""
    shelf.stock(tmp_path / "backend")
    async with Desk(qapp, tmp_path) as desk:
        await sign_in(desk, "levashova")
        await open_case(desk, "Верещагин")
        case = screens(desk).review_model.request_id
        assert desk.workstation.desk is not None
        sync = desk.workstation.desk.sync
        waiting: list[str] = []

        def note(orders: tuple[PendingAction, ...]) -> None:
            waiting[:] = [order.target for order in orders]

        sync.waiting_changed.subscribe(note)
        assert desk.backend.pid is not None
        os.kill(desk.backend.pid, signal.SIGSTOP)
        try:
            offline = "the loss was not seen"
            await desk.until(lambda: sync.state.link is Link.OFFLINE, offline, SEEN_WITHIN_S)
            assert desk.find(QWidget, "banner").isVisible()
            desk.press(Qt.Key.Key_Escape)
            await desk.until(screens(desk).queue.isVisible, "the queue did not come back")
            assert screens(desk).queue_model.rows.rowCount() > 0
            await desk.until(lambda: case in waiting, "the release was not written down")
        finally:
            os.kill(desk.backend.pid, signal.SIGCONT)
        await desk.until(lambda: sync.state.link is Link.ONLINE, "no automatic return")
        address = desk.workstation.server_address
        async with Colleague(address, await demo_password(address)) as colleague:
            await desk.until(lambda: not desk.find(QWidget, "banner").isVisible(), "banner stays")
            await desk.until(lambda: not waiting, "orders still wait")
            assert case in [row.id for row in await colleague.free_requests()]
