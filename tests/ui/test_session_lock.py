"""A locked screen is noticed: a real bus of D-Bus, and a small logind on it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusVariant,
    QDBusVirtualObject,
)
from pytestqt.qtbot import QtBot

from workstation.ui.session_lock import SessionLock, session_lock
from workstation.ui.session_lock.linux import LinuxLock
from workstation.ui.session_lock.windows import means_away

LOGIND, MANAGER = "org.freedesktop.login1", "/org/freedesktop/login1"
OWN, OTHER = f"{MANAGER}/session/_34", f"{MANAGER}/session/_35"
needs_bus = pytest.mark.skipif(
    shutil.which("dbus-daemon") is None, reason="no dbus-daemon: apt-get install dbus"
)


class Logind(QDBusVirtualObject):
    """Answers two questions, and says what the test wants it to say."""

    def __init__(self, bus: QDBusConnection) -> None:
        super().__init__()
        self.bus, self.is_locked, self.asked = bus, False, list[str]()
        assert bus.registerService(LOGIND)
        below = QDBusConnection.VirtualObjectRegisterOption.SubPath
        assert bus.registerVirtualObject(MANAGER, self, below)

    def introspect(self, path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        self.asked.append(message.member())
        found: object = QDBusObjectPath(OWN)
        if message.member() == "Get":
            found = QDBusVariant(self.is_locked)
        return bool(connection.send(message.createReply(found)))

    def say(self, path: str, interface: str, name: str, *words: object) -> None:
        signal = QDBusMessage.createSignal(path, interface, name)
        signal.setArguments(list(words))
        assert self.bus.send(signal)

    def hint(self, path: str = OWN) -> None:
        words = (f"{LOGIND}.Session", {"LockedHint": self.is_locked}, [""])
        self.say(path, "org.freedesktop.DBus.Properties", "PropertiesChanged", *words)


@dataclass
class Heard:
    logind: Logind
    lock: SessionLock
    desktop: QDBusConnection
    times: list[str] = field(default_factory=list)


@pytest.fixture
def heard(qtbot: QtBot) -> Iterator[Heard]:
    command = ["dbus-daemon", "--session", "--print-address", "--nofork", "--nopidfile"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        names = [f"lock-{os.getpid()}-{who}" for who in ("logind", "window")]
        theirs, ours = (QDBusConnection.connectToBus(address, name) for name in names)
        logind = Logind(theirs)
        lock = LinuxLock(system=ours, session=ours)
        found = Heard(logind, lock, theirs)
        lock.locked.connect(lambda: found.times.append("locked"))
        qtbot.waitUntil(lambda: lock._own == OWN)
        yield found
        lock.deleteLater()
        for name in names:
            QDBusConnection.disconnectFromBus(name)
        daemon.terminate()


def settled(heard: Heard, qtbot: QtBot) -> None:
    """What was said before has arrived: D-Bus keeps the order of one sender."""
    before = len(heard.times)
    heard.logind.say(OWN, f"{LOGIND}.Session", "Lock")
    qtbot.waitUntil(lambda: len(heard.times) > before)
    heard.times.pop()


@needs_bus
def test_a_lock_of_this_session_is_heard(heard: Heard, qtbot: QtBot) -> None:
    heard.logind.say(OWN, f"{LOGIND}.Session", "Lock")
    qtbot.waitUntil(lambda: heard.times == ["locked"])


@needs_bus
def test_sleep_is_heard_before_it_and_not_behind_it(heard: Heard, qtbot: QtBot) -> None:
    heard.logind.say(MANAGER, f"{LOGIND}.Manager", "PrepareForSleep", False)
    settled(heard, qtbot)
    assert heard.times == []
    heard.logind.say(MANAGER, f"{LOGIND}.Manager", "PrepareForSleep", True)
    qtbot.waitUntil(lambda: heard.times == ["locked"])


@needs_bus
def test_a_desktop_that_locks_by_itself_is_heard_by_its_hint(heard: Heard, qtbot: QtBot) -> None:
    heard.logind.hint()
    qtbot.waitUntil(lambda: "Get" in heard.logind.asked)
    settled(heard, qtbot)
    assert heard.times == []
    heard.logind.is_locked = True
    heard.logind.hint()
    qtbot.waitUntil(lambda: heard.times == ["locked"])


@needs_bus
@pytest.mark.parametrize(
    ("service", "path"),
    [
        ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
        ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ],
)
def test_a_screen_saver_that_locks_is_heard(
    heard: Heard, qtbot: QtBot, service: str, path: str
) -> None:
    assert heard.desktop.registerService(service)
    heard.logind.say(path, service, "ActiveChanged", True)
    qtbot.waitUntil(lambda: heard.times == ["locked"])


@needs_bus
def test_another_persons_lock_is_not_ours(heard: Heard, qtbot: QtBot) -> None:
    heard.logind.say(OTHER, f"{LOGIND}.Session", "Lock")
    settled(heard, qtbot)
    assert heard.times == []


def test_without_a_bus_nothing_is_said_and_nothing_breaks(qtbot: QtBot) -> None:
    nowhere = QDBusConnection("nowhere")
    lock = LinuxLock(system=nowhere, session=nowhere)
    lock.stop()
    lock.deleteLater()


def test_this_system_has_its_own(qtbot: QtBot) -> None:
    lock = session_lock(None)
    assert isinstance(lock, LinuxLock)


@pytest.mark.parametrize(
    ("message", "wparam", "is_away"),
    [
        (0x02B1, 0x7, True),
        (0x02B1, 0x8, False),
        (0x02B1, 0x2, True),
        (0x02B1, 0x5, False),
        (0x0218, 0x4, True),
        (0x0218, 0x7, False),
        (0x0010, 0x7, False),
    ],
)
def test_what_a_message_of_windows_means(message: int, wparam: int, is_away: bool) -> None:
    """WTS_SESSION_LOCK and _UNLOCK, console left and logon, suspend and resume, WM_CLOSE."""
    assert means_away(message, wparam) is is_away
