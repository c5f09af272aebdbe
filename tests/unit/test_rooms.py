"""The rooms of the house: who may import whom, held by the contracts in pyproject.toml."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_import_rule_is_kept() -> None:
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [str(lint), "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=100
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_main_window_stays_small() -> None:
    lines = (ROOT / "workstation" / "ui" / "main_window.py").read_text("utf-8").splitlines()
    assert len(lines) < 300
