"""Shared blocks: two processes see them, and none stays behind."""

import subprocess
import sys

import numpy as np
import pytest

from tests.shared_memory import blocks_left
from workstation.core.shared_memory import SharedBlock


def test_what_one_writes_the_other_reads() -> None:
    made = SharedBlock.create(5000)
    seen = SharedBlock.attach(made.name, 5000, writable=False)
    made.memory[10:15] = b"hello"
    assert seen.memory[10:15] == b"hello"
    made.unlink()


def test_name_goes_and_memory_stays_while_an_array_needs_it() -> None:
    block = SharedBlock.create(8192)
    array = np.frombuffer(block.memory, np.uint8)
    block.memory[0] = 7
    name = block.name
    block.unlink()
    block.unlink()
    del block
    assert array[0] == 7
    assert blocks_left() == []
    with pytest.raises(OSError, match="No such file"):
        SharedBlock.attach(name, 8192, writable=False)


def test_a_forgotten_block_takes_its_name_along() -> None:
    block = SharedBlock.create(100)
    assert len(blocks_left()) == 1
    del block
    assert blocks_left() == []


def test_more_than_there_is_is_refused_and_not_a_crash_later() -> None:
    with pytest.raises(MemoryError):
        SharedBlock.create(1 << 50)
    assert blocks_left() == []


def test_a_block_is_made_of_bytes_in_hand() -> None:
    content = bytes(range(256)) * 5000
    made = SharedBlock.filled(memoryview(content))
    seen = SharedBlock.attach(made.name, len(content), writable=False)
    assert seen.size == len(content)
    assert seen.memory[:] == content
    made.unlink()
    assert blocks_left() == []


def test_pieces_are_put_into_an_empty_block() -> None:
    made = SharedBlock.create_empty(20_000)
    made.put([(0, memoryview(b"first")), (4096, memoryview(b"second")), (10_000, memoryview(b""))])
    made.put([(5, memoryview(b" and on"))])
    assert made.memory[:13] == b"first and on\0"
    assert made.memory[4096:4103] == b"second\0"
    made.unlink()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how much a file may take")
def test_bytes_for_which_there_is_no_room_are_refused_and_leave_nothing() -> None:
    """As with a full /dev/shm: the system writes no further."""
    ended = subprocess.run(
        [sys.executable, "-c", _MORE_THAN_IT_MAY], capture_output=True, text=True, timeout=60
    )
    assert ended.stdout.split() == ["refused"]
    assert ended.stderr == ""
    assert blocks_left() == []


_MORE_THAN_IT_MAY = """
import resource, signal
from workstation.core.shared_memory import SharedBlock
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    SharedBlock.filled(memoryview(bytes(200_000)))
except MemoryError:
    print("refused")
"""


def test_read_only_means_it() -> None:
    made = SharedBlock.create(100)
    seen = SharedBlock.attach(made.name, 100, writable=False)
    with pytest.raises(TypeError):
        seen.memory[0] = 1
    made.unlink()


_LEAVES_A_BLOCK = """
from workstation.core.shared_memory import SharedBlock
block = SharedBlock.create(1000)
print(block.name)
"""


def test_nothing_is_said_and_nothing_is_left_when_a_process_ends_in_haste() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _LEAVES_A_BLOCK], capture_output=True, text=True, timeout=60
    )
    assert ended.stderr == ""
    with pytest.raises(OSError, match="No such file"):
        SharedBlock.attach(ended.stdout.strip(), 1000, writable=False)
