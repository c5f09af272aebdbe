"""The tour as a test: the whole path through the real window, with real processes."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys import clinics as many
from tests.journeys.chromium import missing
from tests.journeys.consultation import PDF
from tests.journeys.demo_shelf import DemoShelf
from tests.journeys.tour import possible_steps

ROOT = Path(__file__).resolve().parents[2]
LONGEST_S = 580


@pytest.mark.journey
@pytest.mark.timeout(LONGEST_S + 20)
@pytest.mark.parametrize(
    "clinics",
    [
        pytest.param(False, id="one-server"),
        # A server is killed while they talk: pictures must go on at once, which two tours on two
        # cores do not allow for (a connection that is starved for half a minute is given up, RFC
        # 7675, and cannot be made anew without the server).
        pytest.param(True, id="three-processes", marks=pytest.mark.alone),
    ],
)
def test_the_tour_holds(
    tmp_path: Path, shelf: DemoShelf, capfd: pytest.CaptureFixture[str], *, clinics: bool
) -> None:
    """From sign-in to the patient's signed PDF (OZ-28, OZ-8, OZ-12, DRC-4, DRC-6, DRC-13, SPB-21).

    On the way processes, servers, a tab and a camera are lost, and a file is altered.
    """
    lacking = many.missing() if clinics else None
    if lacking is not None:
        pytest.skip(lacking)
    stage = ["--shelf", str(shelf.folder), *(["--clinics"] if clinics else [])]
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.tour", *stage, "--out", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    assert "Traceback" not in done.stderr, done.stderr[-3000:]
    for place, step in enumerate(possible_steps(clinics), 1):
        pictures = list(tmp_path.glob(f"{place:02}-{step.__name__}-*.png"))
        assert pictures, f"no picture of {step.__name__}"
        assert all(picture.stat().st_size > 5_000 for picture in pictures)
    assert (tmp_path / PDF).exists() is (missing() is None)
    with capfd.disabled():
        sys.stdout.write("\n" + done.stdout)
