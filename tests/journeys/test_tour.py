"""The tour as a test: the whole path through the real window, with real processes."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.chromium import missing
from tests.journeys.consultation import PDF
from tests.journeys.tour import possible_steps

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.journey
@pytest.mark.timeout(420)
def test_the_tour_holds(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """From sign-in to the patient's signed PDF (OZ-28, OZ-8, OZ-12, DRC-4, DRC-6, DRC-13, SPB-21).

    On the way processes, a server, a tab and a camera are lost, and a file is altered.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.tour", "--out", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=400,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    assert "Traceback" not in done.stderr, done.stderr[-3000:]
    for place, step in enumerate(possible_steps(), 1):
        pictures = list(tmp_path.glob(f"{place:02}-{step.__name__}-*.png"))
        assert pictures, f"no picture of {step.__name__}"
        assert all(picture.stat().st_size > 5_000 for picture in pictures)
    assert (tmp_path / PDF).exists() is (missing() is None)
    with capfd.disabled():
        sys.stdout.write("\n" + done.stdout)
