"""`make check`: style, types, rooms, strings; then the ids that no test names yet."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHECKS: dict[str, list[str]] = {
    "style": [str(BIN / "ruff"), "check", "."],
    "format": [str(BIN / "ruff"), "format", "--check", "."],
    "types": [str(BIN / "mypy")],
    "rooms": [str(BIN / "lint-imports"), "--no-cache"],
    "strings": [sys.executable, "-m", "tools.strings", "check"],
    "requirements": [sys.executable, "-m", "tools.requirement_ids"],
}


def main() -> int:
    """Runs all of them, even behind one that failed; 1 where any did."""
    failed = []
    for name, command in CHECKS.items():
        print(f"== {name}", flush=True)
        if subprocess.run(command, cwd=ROOT).returncode != 0:
            failed.append(name)
    print(f"check: {'failed: ' + ', '.join(failed) if failed else 'all passed'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
