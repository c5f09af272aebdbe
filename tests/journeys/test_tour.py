"""The tour as a test: the whole path through the real window, with real processes."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.tour import STEPS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.journey
@pytest.mark.timeout(300)
def test_the_tour_holds(tmp_path: Path) -> None:
    """Sign-in, queue that changes by itself, card, review, lost processes, lost server (OZ-28)."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.tour", "--out", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=280,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    assert "Traceback" not in done.stderr, done.stderr[-3000:]
    for place, step in enumerate(STEPS, 1):
        pictures = list(tmp_path.glob(f"{place:02}-{step.__name__}-*.png"))
        assert pictures, f"no picture of {step.__name__}"
        assert all(picture.stat().st_size > 5_000 for picture in pictures)
