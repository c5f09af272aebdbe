"""A machine without PostgreSQL or S3: the tour of many clinics says what installs them."""

from pathlib import Path

import pytest

from tests.journeys.clinics import S3_MISSING, missing
from tests.journeys.tour import BEHIND, STEPS, possible_steps


def test_what_installs_postgresql_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "apt-get install -y postgresql" in (missing(installed=tmp_path) or "")


def test_what_installs_the_s3_server_is_said() -> None:
    assert missing(s3="no_such_module") == S3_MISSING
    assert "make setup" in S3_MISSING


def test_each_step_of_several_processes_has_its_place() -> None:
    assert set(BEHIND) <= set(STEPS)
    assert len(set(BEHIND.values())) == len(BEHIND)
    added = [step for step in possible_steps(clinics=True) if step not in STEPS]
    assert set(added) <= set(BEHIND.values())
