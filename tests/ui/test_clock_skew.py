"""A computer whose clock is wrong shows the same terms: the server's time counts."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from backend_client.models.requests import RequestRow
from tests.ui.queue_desk import Surroundings, open_queue
from tests.ui.queue_scene import SCENE_NOW, scene_rows
from workstation.core.server_clock import ServerClock
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.review.identity import IdentityWording
from workstation.ui.wording import Wording

pytestmark = pytest.mark.usefixtures("russian")


def words_at(skew: timedelta) -> RequestWords:
    """On a computer that is so far ahead of the server, which has said what time it is."""
    clock = ServerClock(lambda: SCENE_NOW + skew)
    clock.set_from(SCENE_NOW)
    return RequestWords(Wording(clock))


async def said(qtbot: QtBot, around: Surroundings, skew: timedelta) -> list[str]:
    """Terms of the list, and of the card and the strip of its fourth request."""
    there = replace(around, words=words_at(skew))
    rows: list[RequestRow] = scene_rows()
    async with open_queue(qtbot, there, rows) as desk:
        desk.view.table.step(3)
        chosen = desk.model.chosen
        assert chosen is not None
        model = desk.model.rows
        terms = [str(model.index(number, 0).data()) for number in range(6)]
        strip = IdentityWording(there.words).of(chosen)
        return [*terms, desk.card.clock.headline.text(), *(one.text for one in strip.signs)]


@pytest.mark.parametrize("hours", [-30, -2, 2, 30])
async def test_terms_are_the_servers(qtbot: QtBot, around: Surroundings, hours: int) -> None:
    """Neither a breach that is none, nor a term that looks far away."""
    right = await said(qtbot, around, timedelta())
    assert "Ответить сегодня до 14:50, осталось 3\u00a0ч\u00a008\u00a0мин" in right
    assert await said(qtbot, around, timedelta(hours=hours)) == right
