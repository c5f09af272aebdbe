"""The queue's screen on fakes, ready to be driven."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backend_client.models.requests import QueueGroup, RequestRow
from tests.fakes import FakeIdentityService, FakeRequestService, FakeTriageService
from tests.ui.keys import press
from tests.ui.queue_scene import scene_card
from tests.ui.waiting import until
from workstation.services.kept_panels import KeptPanels
from workstation.ui.choices import LookChoices, QueueChoices
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.delivery.glance import Deliveries
from workstation.ui.screens.queue.view import QueueView
from workstation.ui.screens.queue.view_model import ListState, QueueViewModel
from workstation.ui.screens.request_card.chat_glance import Chats
from workstation.ui.screens.request_card.view import RequestCardView
from workstation.ui.screens.request_card.view_model import RequestCardViewModel
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme


@dataclass(slots=True)
class QueueDesk:
    """The view, its view models, and the service behind them."""

    service: FakeRequestService
    model: QueueViewModel
    view: QueueView
    opened: list[tuple[str, str]]
    """What was opened: id and checklist item."""
    triage: FakeTriageService
    """What was ordered."""

    @property
    def card(self) -> RequestCardView:
        """The card beside the list."""
        return self.view.card

    def names(self) -> list[str]:
        """The patients' names, top to bottom."""
        return [row.patient.full_name for row in self.model.rows.records()]

    def press(self, key: Qt.Key | str) -> None:
        """Presses a key where the focus is."""
        press(self.view.window().focusWidget() or self.view, key)

    async def card_is_read(self) -> None:
        """Waits until the card of the chosen request is there."""
        await until(lambda: self.card.view_model.card is not None)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every screen is given."""

    theme: Theme
    words: RequestWords
    shortcuts: ShortcutRouter
    look: LookChoices


@asynccontextmanager
async def open_queue(
    qtbot: QtBot,
    around: Surroundings,
    rows: Iterable[RequestRow],
    *,
    group: QueueGroup = QueueGroup.ALL,
    service: FakeRequestService | None = None,
    triage: FakeTriageService | None = None,
    panels: KeptPanels | None = None,
    identity: FakeIdentityService | None = None,
    chats: Chats | None = None,
    deliveries: Deliveries | None = None,
    size: tuple[int, int] = (1276, 740),
) -> AsyncIterator[QueueDesk]:
    """Shows the queue with these rows, as large as it is in a window of 1366x768."""
    rows = list(rows)
    service = service or FakeRequestService(rows)
    service.cards.update({row.id: scene_card(row) for row in rows if row.id not in service.cards})
    model = QueueViewModel(service, around.words, QueueChoices(group))
    model.filters.least_rest_s = 0.0
    model._changes.setInterval(0)  # what is gathered for a second comes with the loop's next turn
    identity = identity or FakeIdentityService()
    card_model = RequestCardViewModel(
        service, identity, around.words, chats=chats, deliveries=deliveries
    )
    triage = triage or FakeTriageService(service)
    panels = panels or KeptPanels(None)
    orders = TriageViewModel(triage, panels, around.words)
    card = RequestCardView(card_model, orders, around.theme, around.words, around.shortcuts)
    view = QueueView(model, card, around.theme, around.words, around.shortcuts, around.look)
    qtbot.addWidget(view)
    view.resize(*size)
    opened: list[tuple[str, str]] = []
    model.opened.connect(lambda request, item: opened.append((request, item)))
    view.show()
    model.start()
    orders.start()
    await until(lambda: model.state is not ListState.LOADING)
    view.activateWindow()
    view.setFocus()
    try:
        yield QueueDesk(service, model, view, opened, triage)
    finally:
        for one in (model, card_model, orders):
            await one.close()
            one.setParent(view)  # it goes with the window, and what it is connected to with it
        await panels.finish()
        view.hide()
