"""`make test`: every test; `--quick`: those without real processes. More arguments go to pytest."""

import os
import subprocess
import sys

QUICK = ["-m", "not journey", "tests/unit", "tests/ui", "tests/client"]


def main(arguments: list[str]) -> int:
    """Runs pytest on the offscreen platform and returns its exit code."""
    chosen = [word for word in arguments if word != "--quick"]
    if len(chosen) < len(arguments):
        chosen += QUICK
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "pytest", "-q", *chosen]
    return subprocess.run(command, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
