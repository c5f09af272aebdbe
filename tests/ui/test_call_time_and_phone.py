"""Around a call: the lobby's countdown, more time for the consultation, the patient's telephone."""

from collections.abc import Iterator
from datetime import timedelta

import msgspec
import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from backend_client.errors import Unreachable
from backend_client.models.calls import CallState
from backend_client.models.request_actions import PhoneOutcome
from backend_client.models.requests import Action, Contact, RequestStatus
from tests.factories import changed_row
from tests.ui.call_desk import CallDesk, open_call
from tests.ui.call_scene import make_call, make_clock
from tests.ui.keys import press
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import SCENE_NOW, scene_card
from tests.ui.waiting import until
from workstation.core.live_call import CallEnd, CallPhase
from workstation.core.telephone import tel_uri

MENUS = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")
"""The offscreen platform says it of every menu."""
NUMBER = "+7 900 000-48-43"


class Dialler(QObject):
    """The program of this computer that takes telephone numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.dialled: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        """Calls it."""
        self.dialled.append(url.toString())


@pytest.fixture
def dialler(qapp: object) -> Iterator[Dialler]:
    """Set up as the system's own."""
    taker = Dialler()
    QDesktopServices.setUrlHandler("tel", taker, "take")  # type: ignore[arg-type]  # its stub says bytes
    yield taker
    QDesktopServices.unsetUrlHandler("tel")


def nobody_there(desk: CallDesk, *, attempts: int = 1, confirmed: bool = True) -> None:
    """The time has passed; the patient's page is closed, and the telephone was tried so often."""
    row = changed_row(
        desk.scene.row,
        version=desk.scene.row.version + 1 + attempts,
        status=RequestStatus.SCHEDULED,
        appointment_at=SCENE_NOW - timedelta(minutes=4),
        allowed_actions=[Action.CALL, Action.LOG_PHONE_ATTEMPT],
    )
    contact = Contact(
        patient_offline=True, call_failed=True, phone_attempts=attempts, phone_attempts_needed=3
    )
    card = scene_card(row)
    desk.scene.requests.cards[row.id] = msgspec.structs.replace(
        card, phone=NUMBER, phone_confirmed=confirmed, contact=contact
    )
    desk.scene.requests.upsert(row)


def menu(desk: CallDesk) -> QMenu | None:
    """What the key of the telephone has opened."""
    found = desk.view.findChild(QMenu, "call.phoneMenu")
    return found if found is not None and found.isVisible() else None


async def ask(desk: CallDesk) -> QMenu:
    desk.press("P")
    await until(lambda: menu(desk) is not None)
    found = menu(desk)
    assert found is not None
    return found


async def test_lobby_counts_to_the_second_by_the_servers_clock(
    qtbot: QtBot, around: Surroundings
) -> None:
    """SOK-5, SOK-6: from when the lobby opens; it says what will happen by itself."""
    async with open_call(qtbot, around) as desk:
        assert "14:00 until the consultation" in desk.card
        assert "counts down and is placed; any key stops it" in desk.card
        far = SCENE_NOW + timedelta(hours=2, minutes=5)
        desk.scene.requests.upsert(changed_row(desk.scene.row, version=9, appointment_at=far))
        await until(lambda: "125:00" not in desk.card and "2 h" in desk.card)


@pytest.mark.parametrize(
    ("ago", "frame", "rest"),
    [
        ((24, 50), "", ""),
        ((25, 10), "warn.mark", "4:50 left"),
        ((29, 10), "danger.mark", "0:50 left"),
        ((30, 30), "danger.mark", "0:30 over"),
    ],
)
async def test_warnings_and_more_time(
    qtbot: QtBot, around: Surroundings, ago: tuple[int, int], frame: str, rest: str
) -> None:
    """DRC-8: warned at 25:00 and 29:00; at 30:00 nothing is cut off; more time moves it all."""
    async with open_call(qtbot, around) as desk:
        desk.scene.talk(timedelta(minutes=ago[0], seconds=ago[1]))
        clock = desk.view.stage.clock
        assert (clock.frame, clock.rest.text(), clock.whole.text()) == (frame, rest, "of 30:00")
        assert clock.more.isVisible() is bool(frame)
        assert desk.model.phase is CallPhase.TALKING
        desk.press("T", Qt.KeyboardModifier.ControlModifier)
        await until(lambda: clock.whole.text() == "of 40:00")
        assert clock.frame == ""
        assert desk.asked("extend") == [("extend",)]


async def test_more_time_shows_whose_time_that_is(qtbot: QtBot, around: Surroundings) -> None:
    """DRC-8"""
    async with open_call(qtbot, around) as desk:
        desk.scene.next_at = SCENE_NOW + timedelta(minutes=13)
        desk.scene.talk(timedelta(minutes=26))
        clock = desk.view.stage.clock
        assert (
            clock.next.text() == f"Next appointment at {around.words.time.time(desk.scene.next_at)}"
        )
        assert clock.more.text().replace("\u00a0", " ") == "+10 min"
        desk.scene.next_at = SCENE_NOW + timedelta(minutes=14)
        desk.calls.now(recoveries=1)
        assert not clock.next.isVisible()
        clock.more.click()
        await until(lambda: clock.whole.text() == "of 40:00")


async def test_route_without_extension_offers_none(qtbot: QtBot, around: Surroundings) -> None:
    async with open_call(qtbot, around) as desk:
        fixed = msgspec.structs.replace(
            make_clock(SCENE_NOW - timedelta(minutes=26)), extension_minutes=0
        )
        desk.scene.talk(clock=fixed)
        assert not desk.view.stage.clock.more.isVisible()
        assert desk.view.stage.clock.rest.text() == "4:00 left"


@MENUS
async def test_telephone_is_dialled_and_logged_by_two_keys(
    qtbot: QtBot, around: Surroundings, dialler: Dialler
) -> None:
    """DRC-11: the number confirmed at the registration, attempts counted in sight."""
    async with open_call(qtbot, around) as desk:
        nobody_there(desk)
        await until(lambda: "phone calls without answer: 1 of 3" in desk.card)
        assert NUMBER.replace("-", "\u2011") in desk.card.replace(" ", " ") or NUMBER in desk.card
        press(await ask(desk), "0")
        await until(lambda: dialler.dialled == ["tel:+79000004843"])
        nobody_there(desk, attempts=2)
        press(await ask(desk), "1")
        logged = desk.scene.phone_log.backend.calls
        await until(lambda: "2 of 3" in desk.card and bool(logged))
        assert logged == [("log", desk.scene.row.id, PhoneOutcome.NO_ANSWER)]
        nobody_there(desk, attempts=3)
        await until(lambda: "F6 leads to closing" in desk.card)


@MENUS
async def test_number_that_was_not_confirmed_is_not_dialled(
    qtbot: QtBot, around: Surroundings, dialler: Dialler
) -> None:
    """DRC-11"""
    async with open_call(qtbot, around) as desk:
        nobody_there(desk, confirmed=False)
        await until(lambda: "was not confirmed" in desk.card)
        found = await ask(desk)
        assert not any("Dial" in action.text() for action in found.actions())
        desk.model.phone.dial()
        assert dialler.dialled == []
        found.close()


@MENUS
async def test_attempt_that_was_not_logged_is_said(qtbot: QtBot, around: Surroundings) -> None:
    async with open_call(qtbot, around) as desk:
        nobody_there(desk)
        await until(lambda: "1 of 3" in desk.card)
        desk.scene.phone_log.backend.fail_with(Unreachable())
        press(await ask(desk), "2")
        await until(lambda: "The attempt was not logged" in desk.card)


async def test_no_telephone_where_the_patient_waits(qtbot: QtBot, around: Surroundings) -> None:
    async with open_call(qtbot, around) as desk:
        assert "elephone" not in desk.card
        assert not desk.view.bar.phone.isVisible()


async def test_ringing_at_a_closed_page_is_said(qtbot: QtBot, around: Surroundings) -> None:
    """DRC-4, DRC-11: offline is seen while it rings, and afterwards the telephone stands there."""
    async with open_call(qtbot, around) as desk:
        nobody_there(desk)
        desk.scene.ring()
        assert "nobody hears the call" in desk.card
        missed = make_call(state=CallState.TIMED_OUT)
        desk.calls.history = [missed]
        desk.calls.now(phase=CallPhase.OVER, end=CallEnd.TIMED_OUT)
        await until(lambda: "phone calls without answer: 1 of 3" in desk.card)
        assert "The patient did not answer" in desk.card


@pytest.mark.parametrize(
    ("number", "uri"),
    [
        (NUMBER, "tel:+79000004843"),
        ("8 (900) 000 48 43", "tel:89000004843"),
        ("+7 900 000-48-43;ext=1", ""),
        ("112", ""),
        ("+7900\n0004843", ""),
        ("javascript:alert(1)", ""),
        ("+٧٩٠٠٠٠٠٤٨٤٣", ""),
        ("1" * 16, ""),
        ("", ""),
    ],
)
def test_only_a_plain_number_reaches_the_dialler(number: str, uri: str) -> None:
    """DRC-11: what stands in the field was typed by strangers."""
    assert tel_uri(number) == uri
