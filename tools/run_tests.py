"""`make test`: every test; `--quick`: those without servers, decoders and media.

More arguments go to pytest.

Windows, servers and journeys run one after the other in processes of their own, the first two on
every core there is; where tests are named, one process runs them.
"""

import os
import subprocess
import sys

SIDE_BY_SIDE = ["-n", "auto", "--maxprocesses", "4", "--dist", "worksteal", "-m", "not journey"]
"""No journey: what happens within seconds there wants the whole machine."""
PROCESSES = [
    "tests/unit/studies",
    "tests/unit/media",
    "tests/unit/commands",
    "tests/ui/viewers",
    "tests/ui/test_hostile_in_review.py",
]
"""Files, calls and viewers: many start processes of their own, as the servers' tests do, and the
quick part does without."""
OTHERS = [f"--ignore={folder}" for folder in PROCESSES]
WINDOW = [*SIDE_BY_SIDE, "tests/unit", "tests/ui", *OTHERS]
BACKEND = [*SIDE_BY_SIDE, "tests/backend", "tests/client", "tests/signing", *PROCESSES]
JOURNEYS = ["-m", "journey", "tests"]
COUNTED = (0, 1)
"""Exit codes behind which the next part runs: pytest was neither stopped nor killed."""


def main(arguments: list[str]) -> int:
    """Runs pytest on the offscreen platform and returns the first exit code that is not 0."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    parts = [arguments] if arguments else [WINDOW, BACKEND, JOURNEYS]
    if "--quick" in arguments:
        rest = [word for word in arguments if word != "--quick"]
        parts = [[*WINDOW, *rest]]
    first = 0
    for part in parts:
        command = [sys.executable, "-m", "pytest", "-q", *part]
        code = subprocess.run(command, env=environment).returncode
        first = first or code
        if code not in COUNTED:
            break
    return first


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
