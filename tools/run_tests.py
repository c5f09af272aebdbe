"""`make test`: every test; `--quick`: those without servers, decoders, media and long roads.

More arguments go to pytest.

Windows, servers and journeys run one after the other in processes of their own, on every core there
is; what measures seconds or frames runs alone at the end. Where tests are named, one process runs
them. What they write is in memory where there is enough of it: each writes a database anew.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

SIDE_BY_SIDE = ["-n", "auto", "--maxprocesses", "4", "--dist", "worksteal"]
TWO = ["-n", "2", "--dist", "worksteal"]
"""A journey is several processes by itself: more than two of them side by side wait too long."""
UNUSED = ["-p", "no:schemathesis", "-p", "no:faker"]
"""Plugins whose import takes each process a second, where no test uses them."""
PROCESSES = [
    "tests/unit/studies",
    "tests/unit/media",
    "tests/unit/commands",
    "tests/ui/viewers",
    "tests/ui/test_disc_in_review.py",
    "tests/ui/test_disc_kept.py",
    "tests/ui/test_hostile_imaging_in_review.py",
    "tests/ui/test_hostile_in_review.py",
    "tests/ui/test_processes_on_qt_loop.py",
    "tests/ui/test_series_in_review.py",
    "tests/ui/test_stack_commands.py",
    "tests/unit/core/test_kept_process.py",
    "tests/unit/services/test_approvals.py",
    "tests/unit/services/test_verifying.py",
]
"""Files, calls and viewers: many start processes of their own, as the servers' tests do, and the
quick part does without."""
ROADS = [
    "tests/ui/test_approvers_look.py",
    "tests/ui/test_case_decisions.py",
    "tests/ui/test_claim_in_hand.py",
    "tests/ui/test_clock_skew.py",
    "tests/ui/test_figures_in_review.py",
    "tests/ui/test_hostile_places.py",
    "tests/ui/test_next_patient.py",
    "tests/ui/test_notifications.py",
    "tests/ui/test_one_patient.py",
    "tests/ui/test_palette.py",
    "tests/ui/test_photo_sheets_in_review.py",
    "tests/ui/test_queue_columns.py",
    "tests/ui/test_queue_filters.py",
    "tests/ui/test_review_layout.py",
    "tests/ui/test_second_screen.py",
    "tests/ui/test_shown_before_claimed.py",
    "tests/ui/test_slot_road.py",
    "tests/ui/test_sources_road.py",
    "tests/ui/test_threat_everywhere.py",
    "tests/ui/test_triage.py",
    "tests/ui/test_triage_kept.py",
    "tests/ui/test_triage_snooze.py",
    "tests/ui/test_triage_undo.py",
    "tests/ui/test_undo_everywhere.py",
]
"""Roads through the whole window, built anew for each test: half of the windows' time. The quick
part has its screens one by one."""
OTHERS = [f"--ignore={folder}" for folder in (*PROCESSES, *ROADS)]
WINDOW = [*SIDE_BY_SIDE, *UNUSED, "-m", "not journey", "tests/unit", "tests/ui", *OTHERS]
SERVERS = ["tests/backend", "tests/client", "tests/signing", "tests/journeys"]
BACKEND = [*SIDE_BY_SIDE, "-m", "not journey", *SERVERS, *PROCESSES, *ROADS]
WITH_JOURNEYS = ["tests/journeys", "tests/backend/test_contract_fuzzing.py", "tests/unit/media"]
SHORT = ["--tb=short"]
"""What a page showed instead stands at the end of a chain of errors, and long ones hide it."""
JOURNEYS = [*TWO, *SHORT, "-m", "journey and not alone", *WITH_JOURNEYS]
ALONE = [*SHORT, "-m", "journey and alone", *WITH_JOURNEYS]
COUNTED = (0, 1)
"""Exit codes behind which the next part runs: pytest was neither stopped nor killed."""
PASSED_GO = ["-o", "tmp_path_retention_policy=failed"]
"""What a test has written goes with it, where it holds."""
MEMORY = Path("/dev/shm")
LEAST_FREE = 4 * 1024**3
"""Bytes: less, and the tests write to the disk."""


def main(arguments: list[str]) -> int:
    """Runs pytest on the offscreen platform and returns the first exit code that is not 0."""
    with _place() as place:
        environment = {**os.environ, **place, "QT_QPA_PLATFORM": "offscreen"}
        if "--quick" in arguments:
            rest = [word for word in arguments if word != "--quick"]
            return _run([[*WINDOW, *rest]], environment)
        if arguments:
            return _run([arguments], environment)
        return _run_all(environment)


def _run_all(environment: Mapping[str, str]) -> int:
    """One part after the other; where one was stopped, those behind it are left out."""
    return _run([WINDOW, BACKEND, JOURNEYS, ALONE], environment)


def _run(parts: Sequence[list[str]], environment: Mapping[str, str]) -> int:
    """One part after the other, until one is stopped; the first code that is not 0."""
    first = 0
    for part in parts:
        code = subprocess.run(_command(part), env=environment).returncode
        first = first or code
        if code not in COUNTED:
            break
    return first


def _command(part: list[str]) -> list[str]:
    return [sys.executable, "-m", "pytest", "-q", *PASSED_GO, *part]


@contextmanager
def _place() -> Iterator[dict[str, str]]:
    """Where the tests write, as the environment says it: memory, or where it was said before; in it
    `TESTS_SHARED`, for what all processes of this run use and none changes."""
    where = MEMORY if "TMPDIR" not in os.environ and _has_memory() else None
    folder = Path(tempfile.mkdtemp(prefix="tests-", dir=where))
    folder.chmod(0o1777)  # as /tmp: the database's own user makes and removes folders there
    (folder / "shared").mkdir()
    place = {"TESTS_SHARED": str(folder / "shared")}
    try:
        yield place | ({"TMPDIR": str(folder)} if where else {})
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _has_memory() -> bool:
    if not os.access(MEMORY, os.W_OK):
        return False
    lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    kib = next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable:"))
    return min(kib * 1024, shutil.disk_usage(MEMORY).free) > LEAST_FREE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
