"""The tour: the whole path through the real window with real backend processes, unattended.

`make tour` saves a picture of every step and prints a line with its time; the first step that does
not hold ends it with code 1. It is a test, too (test_tour.py). `make tour ARGS=--clinics` is the
same path with three processes on PostgreSQL and S3.
"""

import argparse
import asyncio
import os
import shutil
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import qasync
from PySide6.QtWidgets import QApplication

from tests.journeys import clinics as many
from tests.journeys.between_processes import BetweenProcesses
from tests.journeys.chromium import missing
from tests.journeys.consultation import CONSULTATION, Consultation
from tests.journeys.demo_shelf import DemoShelf
from tests.journeys.driver import Desk, DoesNotHold
from tests.journeys.gost_tour import GOST_STEPS, GostTour
from tests.journeys.house import House
from tests.journeys.own_pki import PkiCertificates, lay_down_rules, own_rules
from tests.journeys.stage import OneClinic, Stage
from tests.signing.gost_clinic import INSTALL, has_gost
from tests.signing.pki import PkiServer
from workstation.application import make_application
from workstation.logging_setup import set_up_logging
from workstation.ui.theme import Scheme

OUT = Path("out") / "tour"
"""Where `make tour` puts the pictures."""
OUT_GOST = Path("out") / "tour-gost"
"""Where `make tour ARGS=--gost` does."""
OUT_CLINICS = Path("out") / "tour-clinics"
"""Where `make tour ARGS=--clinics` does."""
Step = Callable[["Tour"], Awaitable[str]]
Look = tuple[str, Scheme, int, int]


class Tour(BetweenProcesses):
    """All steps."""

    def __init__(self, desk: Desk, stage: Stage, out: Path, pki: PkiServer) -> None:
        House.__init__(self, desk, stage, out)
        Consultation.__init__(self, PkiCertificates(pki, stage.trust_roots))


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
BEHIND: dict[Step, Step] = {
    Tour.damaged_file: Tour.files_past_server,
    Consultation.patient_accepts: Tour.lobby_server_killed,
    Consultation.chat: Tour.talk_server_killed,
    Consultation.signatures_hold: Tour.doctor_has_heard,
    Tour.server_lost: Tour.missed_meanwhile,
}
"""Steps of several processes, each by the one that it comes behind."""
LOOKS: tuple[Look, ...] = (
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


def possible_steps(clinics: bool = False) -> tuple[Step, ...]:
    """All of them, or those that need no browser; with `clinics` those of several processes too."""
    able = STEPS if missing() is None else tuple(s for s in STEPS if s not in CONSULTATION)
    if not clinics:
        return able
    both = ((step, BEHIND.get(step)) for step in able)
    return tuple(step for pair in both for step in pair if step is not None)


async def pictures(desk: Desk, looks: tuple[Look, ...], to: Path) -> None:
    """Saves what the window shows in each look, and comes back to the first."""
    for look, scheme, width, height in looks:
        desk.look(scheme, width, height)
        await desk.picture(to.with_name(f"{to.name}-{look}.png"))
    desk.look(*LOOKS[0][1:])


async def take(application: QApplication, folder: Path, out: Path, pki: PkiServer) -> None:
    """All steps at one desk with its own server; raises DoesNotHold where one does not hold."""
    lay_down_rules(folder / "backend" / "catalogues", **own_rules(pki))
    async with Desk(application, folder) as desk:
        await walk(Tour(desk, OneClinic(desk), out, pki), possible_steps(), ALL_LOOKS)


async def take_clinics(
    application: QApplication, stage: many.Clinics, out: Path, pki: PkiServer
) -> None:
    """All steps with the servers of many clinics, in one look; raises as `take` does."""
    async with stage.desk(application) as desk:
        await walk(Tour(desk, stage, out, pki), possible_steps(clinics=True), ())


async def walk(tour: Tour, steps: tuple[Step, ...], in_all_looks: tuple[str, ...]) -> None:
    """One step after the other, each with its line and its pictures."""
    tour.desk.look(*LOOKS[0][1:])
    try:
        for place, step in enumerate(steps, 1):
            begun = time.perf_counter()
            held = await step(tour)
            seconds = time.perf_counter() - begun
            say(f"{place:2}. {step.__name__:<20} {seconds:7.2f} s  {held}")
            looks = LOOKS if step.__name__ in in_all_looks else LOOKS[:1]
            await pictures(tour.desk, looks, tour.out / f"{place:02}-{step.__name__}")
    finally:
        await tour.close()
        await tour.stage.close()


def say(line: str) -> None:
    """A line for the person who watches."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """Runs the tour; 1 where it ended early."""
    options = parsed(arguments)
    lacking = many.missing() if options.clinics else None
    if options.gost and not has_gost():
        lacking = INSTALL
    if lacking is not None:
        say(lacking)
        return 1
    out = options.out or (OUT_CLINICS if options.clinics else OUT_GOST if options.gost else OUT)
    shutil.rmtree(out, ignore_errors=True)
    set_up_logging(out)
    shelf = options.shelf and DemoShelf(options.shelf)
    try:
        if options.gost:
            run_gost(out, shelf)
            say(f"the tour holds; pictures are in {out}/")
            return 0
        run(options.clinics, out, shelf)
    except DoesNotHold as error:
        say(f"does not hold: {error}")
        return 1
    left_out = missing()
    if left_out is not None:
        say(f"the consultation was left out: {left_out}")
    say(f"the tour holds; pictures are in {out}/")
    return 1 if left_out is not None and os.environ.get("REQUIRE_REAL") == "1" else 0


def parsed(arguments: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="make tour", description=__doc__)
    several = "three server processes on PostgreSQL and S3"
    parser.add_argument("--clinics", action="store_true", help=several)
    parser.add_argument("--gost", action="store_true", help="the second tour: signed with GOST")
    parser.add_argument("--out", type=Path, help="folder of the pictures")
    parser.add_argument("--shelf", type=Path, help="folder of the demonstration's files, made")
    return parser.parse_args(arguments)


def run(clinics: bool, out: Path, shelf: DemoShelf | None) -> None:
    """The whole tour on a loop of Qt; without a shelf the server makes its files. Raises
    DoesNotHold."""
    application = make_application()
    with ExitStack() as stack:
        folder, keys = (Path(stack.enter_context(TemporaryDirectory())) for _ in range(2))
        pki = stack.enter_context(PkiServer(keys))
        if clinics:
            _run_clinics(application, folder, out, shelf, pki)
            return
        if shelf is not None:
            shelf.stock(folder / "backend")
        with qt_loop(application) as runner:
            runner.run(take(application, folder, out, pki))


def run_gost(out: Path, shelf: DemoShelf | None) -> None:
    """The second tour, as `run` does the first."""
    application = make_application()
    with TemporaryDirectory() as name, qt_loop(application) as runner:
        folder = Path(name)
        if shelf is not None:
            shelf.stock(folder / "backend")
        runner.run(take_gost(application, folder, out))


async def take_gost(application: QApplication, folder: Path, out: Path) -> None:
    """All of its steps, each with its line."""
    async with Desk(application, folder) as desk:
        desk.look(*LOOKS[0][1:])
        second = GostTour(desk, folder, out)
        for place, step in enumerate(GOST_STEPS, 1):
            say(f"{place:2}. {step.__name__:<20} {await step(second)}")


def _run_clinics(
    application: QApplication, folder: Path, out: Path, shelf: DemoShelf | None, pki: PkiServer
) -> None:
    begun, rules = time.perf_counter(), folder / "catalogues"
    lay_down_rules(rules, **own_rules(pki))
    with many.clinics(folder, shelf, rules) as stage, qt_loop(application) as runner:
        say(f"    three processes, PostgreSQL, S3: {time.perf_counter() - begun:.2f} s")
        runner.run(take_clinics(application, stage, out, pki))


def qt_loop(application: QApplication) -> asyncio.Runner:
    """Qt and asyncio in one."""
    return asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
