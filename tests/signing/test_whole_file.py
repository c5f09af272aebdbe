"""A file is there whole or not at all: a full disk, a folder that is not there, an older file."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from signing import whole_file
from signing.whole_file import write_whole

ROOT = Path(__file__).resolve().parents[2]
_FULL_DISK = """
import resource, sys
from pathlib import Path
from signing.whole_file import write_whole
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_whole(Path(sys.argv[1]), bytes(1 << 20))
except OSError:
    sys.exit(28)
"""


@pytest.fixture(params=["unnamed", "beside"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways of writing: with files that have no name yet, and without."""
    if request.param == "beside":
        monkeypatch.setattr(whole_file, "_UNNAMED", 0)


@pytest.mark.usefixtures("_way")
def test_it_is_written_and_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "signed.pdf"
    for data in (b"first", b"", b"second" * 100_000):
        write_whole(target, data)
        assert target.read_bytes() == data
        assert list(tmp_path.iterdir()) == [target]


@pytest.mark.usefixtures("_way")
def test_no_folder_no_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write_whole(tmp_path / "nowhere" / "signed.pdf", b"data")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes with names in folders")
def test_no_file_takes_the_place_of_a_device(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="only a file"):
        write_whole(pipe, b"data")
    assert pipe.is_fifo()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sets no limit to a file's size")
def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "signed.pdf"
    target.write_bytes(b"older")
    command = [sys.executable, "-c", _FULL_DISK, str(target)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60)
    assert done.returncode == 28, done.stderr
    assert target.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [target]
