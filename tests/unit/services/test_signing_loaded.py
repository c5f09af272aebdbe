"""Threads that sign at once, each in a process that has not signed yet."""

import subprocess
import sys

TOGETHER = """
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from threading import Barrier
from workstation.services.signing_loaded import load_signing

begin = Barrier(4)

def use(name):
    begin.wait()
    load_signing()
    import_module(name)

names = ("signing.stamp", "signing.levels", "signing.pades", "signing.fields")
with ThreadPoolExecutor(4) as threads:
    list(threads.map(use, names))
"""


def test_threads_that_begin_at_once_do_not_meet_a_half_read_library() -> None:
    subprocess.run([sys.executable, "-c", TOGETHER], check=True, capture_output=True)
