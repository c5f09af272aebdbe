"""What a child process has used is read while it runs, and afterwards nobody says."""

import os
import subprocess
import sys
import time

import pytest

from workstation.core.process_cpu import cpu_seconds_of

SPIN = """
import time
while time.process_time() < 0.2:
    pass
print(time.process_time(), flush=True)
input()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the clock may be coarse")
def test_the_cpu_time_of_a_child() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SPIN], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        its_own = float(child.stdout.readline())
        used = cpu_seconds_of(child.pid)
        assert used is not None
        assert used == pytest.approx(its_own, abs=0.05)
    assert cpu_seconds_of(child.pid) is None


def test_ones_own() -> None:
    """As the process itself counts it."""
    before, used, after = time.process_time(), cpu_seconds_of(os.getpid()), time.process_time()
    assert used is not None
    assert before - 0.05 <= used <= after + 0.05
