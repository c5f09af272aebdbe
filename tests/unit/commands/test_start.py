"""The command line costs the window nothing: nothing of it is imported before it is asked for."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HEAVY = ("workstation.commands", "workstation.studies", "numpy", "PySide6", "asyncio", "pydicom")


def test_the_entry_imports_nothing_of_the_commands() -> None:
    """Child processes import it, too."""
    program = (
        f"import sys, workstation.__main__; print([one for one in {HEAVY!r} if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
