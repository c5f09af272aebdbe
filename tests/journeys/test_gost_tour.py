"""A conclusion signed and approved with GOST through the window (OZ-12, SPB-21, DRC-13)."""

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.journeys.demo_shelf import DemoShelf
from tests.journeys.driver import Desk
from tests.journeys.gost_tour import GOST_STEPS, GostTour
from tests.signing.gost_clinic import INSTALL, has_gost

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]


@pytest.mark.usefixtures("russian")
async def test_the_gost_tour_holds(
    qapp: QApplication, tmp_path: Path, shelf: DemoShelf, capfd: pytest.CaptureFixture[str]
) -> None:
    """The key is chosen in the settings as a doctor does; both signatures are GOST R 34.10-2012."""
    if not has_gost():
        pytest.skip(INSTALL)
    shelf.stock(tmp_path / "backend")
    async with Desk(qapp, tmp_path) as desk:
        tour = GostTour(desk, tmp_path, tmp_path)
        held = [f"{step.__name__}: {await step(tour)}" for step in GOST_STEPS]
    with capfd.disabled():
        sys.stdout.write("\n" + "\n".join(held) + "\n")
