"""Widgets that nobody holds any more go between two events, in the window's own thread."""

import asyncio
import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.waiting import until
from workstation.garbage import OLD_EVERY_S, CollectionBetweenEvents


class Ring(QWidget):
    """Holds itself, as a widget does whose slot is its own method."""

    def __init__(self) -> None:
        super().__init__()
        self.ring = self


class StillClock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def collector_as_it_was() -> Iterator[None]:
    """The suite switches the collector off for these tests; here it is as in the program."""
    thresholds = gc.get_threshold()
    gc.enable()
    yield
    gc.set_threshold(*thresholds)
    gc.disable()


def make_garbage() -> None:
    """Enough for every generation of an ordinary collector."""
    for _ in range(200_000):
        ring: list[object] = []
        ring.append(ring)


def left_widget(gone: list[threading.Thread]) -> None:
    """A widget that only the collector can end; `gone` hears in which thread it was."""
    weakref.finalize(Ring(), lambda: gone.append(threading.current_thread()))


async def test_a_thread_that_makes_garbage_destroys_no_widget(qapp: QApplication) -> None:
    gone: list[threading.Thread] = []
    with CollectionBetweenEvents():
        left_widget(gone)
        await asyncio.to_thread(make_garbage)
        await until(lambda: bool(gone))
    assert gone == [threading.main_thread()]


def test_what_is_old_is_walked_over_once_a_minute(qapp: QApplication) -> None:
    clock = StillClock()
    collection = CollectionBetweenEvents(clock)
    gone: list[threading.Thread] = []
    with collection:
        ring = Ring()
        weakref.finalize(ring, lambda: gone.append(threading.current_thread()))
        gc.collect(1)  # it is held, so it is among the old from now on
        del ring
        gc.set_threshold(1, 1, -1)
        collection.collect()
        before_a_minute = list(gone)
        clock.now = OLD_EVERY_S
        collection.collect()
    assert not before_a_minute
    assert gone == [threading.main_thread()]


def test_the_collector_is_given_back_as_it_was(qapp: QApplication) -> None:
    with CollectionBetweenEvents():
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    with CollectionBetweenEvents():
        assert not gc.isenabled()
    assert not gc.isenabled()
