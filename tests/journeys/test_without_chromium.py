"""A machine without a browser: the tour goes as far as it can, and says what installs one."""

from pathlib import Path

import pytest

from tests.journeys.chromium import INSTALL, missing
from tests.journeys.consultation import CONSULTATION
from tests.journeys.tour import STEPS, possible_steps


def test_the_consultation_is_left_out_and_the_line_is_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert INSTALL in (missing() or "")
    assert len(possible_steps()) == len(STEPS) - len(CONSULTATION)
