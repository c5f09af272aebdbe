"""Across the doctor's conclusion: how far it has come to the patient (SPB-21, SOK-8)."""

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from backend_client.errors import Unreachable
from backend_client.models.requests import RequestStatus
from tests.factories import changed_row, make_row
from tests.ui.queue_desk import Surroundings
from tests.ui.test_delivery import FAILED, FakeDeliveries, delivered
from tests.ui.waiting import until
from workstation.ui.screens.delivery.glance import DeliveryGlance
from workstation.ui.screens.delivery.strip import DeliveryStrip


async def test_doctor_sees_the_ways_in_the_conclusion_and_sends_again(
    qtbot: QtBot, around: Surroundings
) -> None:
    row = make_row(status=RequestStatus.SIGNED)
    fake = FakeDeliveries(delivered(row, FAILED))
    glance = DeliveryGlance(fake, rest_s=0)
    strip = DeliveryStrip(around.theme, around.words, glance)
    page = QWidget()
    QVBoxLayout(page).addWidget(strip)
    qtbot.addWidget(page)
    page.show()
    try:
        assert not strip.isVisible(), "nothing was delivered yet"
        glance.show_row(changed_row(row, status=RequestStatus.DELIVERED))
        await until(strip.isVisible)
        said = " ".join(way.text() for way in strip.ways)
        assert "downloaded" in said
        assert "not sent: there is no such address" in said
        fake.backend.fail_with(Unreachable())
        strip.again.click()
        await until(strip.note.isVisible)
        strip.again.click()
        await until(lambda: not strip.again.isVisible())
        assert "waits to be sent" in strip.ways[2].text()
        glance.show_row(None)
        assert not strip.isVisible(), "another case"
    finally:
        await glance.close()
        page.hide()
