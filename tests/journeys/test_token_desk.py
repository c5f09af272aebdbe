"""A token, a locked screen and a PIN at the whole program (OZ-12, SPB-21, DRC-13)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.signing.soft_tokens import INSTALL, is_installed

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not is_installed(), reason=INSTALL),
    pytest.mark.skipif(
        shutil.which("dbus-run-session") is None, reason="no dbus-run-session: apt-get install dbus"
    ),
]


def test_a_pin_serves_a_sitting_until_the_screen_is_locked_or_its_time_is_over(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """In a process of its own: a process knows but one session of D-Bus."""
    python = [sys.executable, "-u", "-X", "faulthandler"]
    command = ["dbus-run-session", "--", *python, "-m", "tests.journeys.token_desk"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.getcwd()}
    done = subprocess.run(
        [*command, str(tmp_path)], env=environment, capture_output=True, text=True, timeout=280
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with capfd.disabled():
        sys.stdout.write("\n" + done.stdout)
