"""Real sample files beside the checkout: `../shared/data`, described in its MANIFEST.md."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"

Test = TypeVar("Test", bound=Callable[..., object])


def needs_shared_data(test: Test) -> Test:
    """Marks a test as reading these files, and skips it (saying so) where they are not there."""
    absent = pytest.mark.skipif(
        not SHARED_DATA.is_dir(), reason=f"no sample files: {SHARED_DATA} does not exist"
    )
    marked: Test = pytest.mark.shared_data(absent(test))
    return marked


def shared_file(name: str) -> bytes:
    """The bytes of one sample file, by its path in the manifest."""
    return (SHARED_DATA / name).read_bytes()
