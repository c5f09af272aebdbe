"""What a doctor has chosen is found again at the next start."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from backend_client.models.requests import QueueGroup
from tests.journeys.demo_shelf import DemoShelf
from tests.journeys.driver import Desk
from tests.journeys.steps import open_case, queue_is_there, screens, sign_in
from workstation.ui.theme import Scheme

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]


async def test_choices_are_found_again(
    qapp: QApplication, tmp_path: Path, shelf: DemoShelf
) -> None:
    """Colours, size of the window, the open list and the splitters of the review."""
    shelf.stock(tmp_path / "backend")
    async with Desk(qapp, tmp_path) as desk:
        await sign_in(desk, "levashova")
        desk.look(Scheme.DARK, 1024, 700)  # what fits the offscreen screen
        screens(desk).queue_model.choose_group(QueueGroup.ALL)
        await queue_is_there(desk)
        await open_case(desk, "Верещагин")
        screens(desk).review.restore(b'{"across":[180,1000,260],"pictures_share":0.3}')
    async with Desk(qapp, tmp_path) as desk:
        await sign_in(desk, "levashova")
        assert desk.workstation.theme.is_dark
        assert (desk.window.width(), desk.window.height()) == (1024, 700)
        assert screens(desk).queue_model.group is QueueGroup.ALL
        assert b'"pictures_share":0.3' in screens(desk).review.state()
