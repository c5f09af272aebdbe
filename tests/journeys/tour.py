"""The tour: the whole path through the real window with a real backend process, unattended.

`make tour` saves a picture of every step and prints a line with its time; the first step that does
not hold ends it with code 1. It is a test, too (test_tour.py).
"""

import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import qasync
from PySide6.QtWidgets import QApplication

from tests.journeys.chromium import missing
from tests.journeys.consultation import CONSULTATION, Consultation
from tests.journeys.driver import Desk, DoesNotHold
from tests.journeys.house import House
from workstation.application import make_application
from workstation.logging_setup import set_up_logging
from workstation.ui.theme import Scheme

OUT = Path("out") / "tour"
"""Where `make tour` puts the pictures."""
Step = Callable[["Tour"], Awaitable[str]]


class Tour(House, Consultation):
    """All steps."""

    def __init__(self, desk: Desk, out: Path) -> None:
        House.__init__(self, desk, out)
        Consultation.__init__(self)


STEPS: tuple[Step, ...] = (
    Tour.sign_in_screen,
    Tour.wrong_password,
    Tour.queue,
    Tour.card,
    Tour.queue_changes,
    Tour.review,
    Tour.clip_plays,
    Tour.document,
    Tour.photo,
    Tour.damaged_file,
    Tour.decoder_killed,
    Tour.media_killed,
    Tour.slot,
    Tour.slot_proposed,
    *CONSULTATION,
    Tour.server_lost,
    Tour.other_centre,
)
LOOKS = (
    ("light-1366", Scheme.LIGHT, 1366, 768),
    ("dark-1366", Scheme.DARK, 1366, 768),
    ("light-1920", Scheme.LIGHT, 1920, 1080),
    ("dark-1920", Scheme.DARK, 1920, 1080),
)
ALL_LOOKS = (
    "sign_in_screen",
    "card",
    "review",
    "document",
    "photo",
    "slot",
    "patient_link",
    "chat",
    "folded",
    "conclusion_written",
    "approval_desk",
)
"""Steps whose screen is pictured in every look; the others at 1366x768, light."""


def possible_steps() -> tuple[Step, ...]:
    """All of them, or those that need no browser."""
    return STEPS if missing() is None else tuple(s for s in STEPS if s not in CONSULTATION)


async def pictures(desk: Desk, out: Path, place: int, name: str) -> None:
    """Saves the step's screen in its looks, and comes back to the first."""
    for look, scheme, width, height in LOOKS if name in ALL_LOOKS else LOOKS[:1]:
        desk.look(scheme, width, height)
        await desk.picture(out / f"{place:02}-{name}-{look}.png")
    desk.look(*LOOKS[0][1:])


async def take(application: QApplication, folder: Path, out: Path) -> None:
    """All steps; raises DoesNotHold at the first that does not hold."""
    async with Desk(application, folder) as desk:
        tour = Tour(desk, out)
        desk.look(*LOOKS[0][1:])
        try:
            for place, step in enumerate(possible_steps(), 1):
                begun = time.perf_counter()
                held = await step(tour)
                seconds = time.perf_counter() - begun
                say(f"{place:2}. {step.__name__:<20} {seconds:7.2f} s  {held}")
                await pictures(desk, out, place, step.__name__)
        finally:
            await tour.close()


def say(line: str) -> None:
    """A line for the person who watches."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """Runs the tour; 1 where it ended early."""
    out = Path(arguments[1]) if arguments[:1] == ["--out"] else OUT
    shutil.rmtree(out, ignore_errors=True)
    set_up_logging(out)
    application = make_application()
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner,
        ):
            runner.run(take(application, Path(folder), out))
    except DoesNotHold as error:
        say(f"does not hold: {error}")
        return 1
    left_out = missing()
    if left_out is not None:
        say(f"the consultation was left out: {left_out}")
    say(f"the tour holds; pictures are in {out}/")
    return 1 if left_out is not None and os.environ.get("REQUIRE_REAL") == "1" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
